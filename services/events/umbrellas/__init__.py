"""Umbrellas: a forum stands under a summit, or under a series, and is shown with it."""
