"""What anybody may read of awards: open calls, programmes and cycles as pages, made from what was announced."""
