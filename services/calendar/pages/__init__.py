"""What anybody may read about coming dates, and what members read about their own feeds: templates, words, rendering."""
