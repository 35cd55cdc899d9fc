"""Attachments: the papers of a nomination, and pointers to those that may not be sent."""
