"""Personal feeds: what members compose for their own calendar, and who may see what."""
