"""Measures beside their peers and limits, printed by `make bench`. Each module here has `measure() -> list[dict]`.

A row is `{"name", "value", "unit", "limit", "peer", "holds"}`: what was measured, in which unit, what it may be at most
or at least in words, beside what it was measured, and whether the limit holds (None where there is none).
"""
