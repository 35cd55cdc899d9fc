"""Series: the brands under which an association holds its events, year after year."""
