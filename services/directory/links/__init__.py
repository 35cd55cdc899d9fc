"""One-time links: the first run, a lost password, a sample account."""
