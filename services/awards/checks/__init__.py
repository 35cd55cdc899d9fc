"""The formality check (形式审查): a queue of what was handed in, opinions of two persons, corrections, and what looks amiss."""
