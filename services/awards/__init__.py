"""Programmes that select: their cycles, quotas, nominations and checks."""
