"""Stages of cycles: their dates, and the deadlines that are put off."""
