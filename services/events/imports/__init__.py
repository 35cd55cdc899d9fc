"""Programmes brought in from files: looked at first, applied whole, taken back."""
