"""Rounds of a measure while this machine keeps its own speed.

Processors shared with others run at half their speed for seconds at a time, and a limit in milliseconds then measures
the others. A fixed piece of work, timed before and after every round, tells; a round that they slowed is taken again.
"""

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import TypeVar

T = TypeVar("T")
SLOWED = 1.2
"""How many times its shortest time the fixed work may take while the machine counts as calm."""


def work() -> float:
    """Do the fixed work a few times; return the seconds that it took, in the median."""
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        total = 0
        for number in range(100_000):
            total += number
        taken.append(time.perf_counter() - began)
    return median(taken)


class Calm:
    """Knows the shortest time that the fixed work has taken here."""

    def __init__(self) -> None:
        self.least = min(work() for _ in range(10))

    def is_calm(self) -> bool:
        """Tell whether the fixed work takes about as long as it has at best."""
        taken = work()
        self.least = min(self.least, taken)
        return taken <= SLOWED * self.least

    def rounds(self, measure: Callable[[], T], wanted: int, most: int) -> tuple[Sequence[T], str]:
        """Return `wanted` rounds that nobody slowed, of at most `most`, and how many were left out, in words.

        Where there were too few, the latest of the others make up for them, and the words say so.
        """
        calm, slowed = list[T](), list[T]()
        while len(calm) < wanted and len(calm) + len(slowed) < most:
            before = self.is_calm()
            found = measure()
            (calm if self.is_calm() and before else slowed).append(found)
        missing = wanted - len(calm)
        if missing:
            return calm + slowed[-missing:], f"{missing} of {wanted} rounds slowed by others"
        return calm, f"{len(slowed)} slowed rounds left out" if slowed else ""
