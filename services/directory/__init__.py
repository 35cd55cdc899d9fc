"""Organisations, the people who sign in, what they may do, and how they prove who they are."""
