"""The one door: credentials, routing, limits, cache and the pages that belong to no service."""
