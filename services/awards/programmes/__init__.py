"""Programmes: awards, lists, designations and grants as data, with the definition that each of their cycles takes over."""
