"""Feeds: entries chosen, windowed, joined, split and answered."""
