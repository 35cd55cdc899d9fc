"""Who belongs to which society, from when until when."""
