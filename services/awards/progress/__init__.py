"""How far a cycle has come, and which units are behind: the figures of its office."""
