"""What anybody may read: events, series, programmes and sessions as pages, made from what was released."""
