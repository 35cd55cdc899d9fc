"""Reads of the draft schedule, and of what stands against it."""
