"""The record of cycles, for those who check it without trusting whoever keeps it."""
