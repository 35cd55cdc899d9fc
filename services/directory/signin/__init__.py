"""Credentials: passwords, sessions, API keys, one-time links, and the tokens they are exchanged for."""
