"""How long somebody counts as being there."""

from datetime import timedelta

KEPT = timedelta(seconds=60)
"""After so long without a word somebody has left, whatever became of their browser."""
