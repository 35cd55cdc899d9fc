"""Rehearsals with something in them: sample nominations of every category, on every step of their way."""
