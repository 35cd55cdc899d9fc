"""Roles given to accounts, at a node of the tree or on one thing."""
