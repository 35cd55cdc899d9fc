"""Nominations: what units put forward in a cycle, from the first draft on; who sees one, and who may write in it."""
