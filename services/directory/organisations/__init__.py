"""The tree of organisations, its past included."""
