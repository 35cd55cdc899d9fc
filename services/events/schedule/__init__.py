"""When and where every session takes place, and what stands against it."""
