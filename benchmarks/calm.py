"""Rounds of a measure while this machine keeps its own speed.

Processors shared with others run at half their speed for seconds at a time, and a limit in milliseconds then measures
the others. A fixed piece of work, timed before and after every round, tells; a round that they slowed is taken again.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import pbkdf2_hmac
from statistics import median
from typing import TypeVar

T = TypeVar("T")
SLOWED = 1.2
"""How many times its shortest time the fixed work may take while the machine counts as calm."""


def work(_: object = None) -> float:
    """Do the fixed work a few times; return the seconds that it took, in the median."""
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        pbkdf2_hmac("sha256", b"calm", b"calm", 8_000)  # other threads go on meanwhile
        taken.append(time.perf_counter() - began)
    return median(taken)


class Calm:
    """Knows the shortest time that the fixed work has taken here, on so many processors at once as are measured."""

    def __init__(self, processors: int = 1) -> None:
        self._processors = processors
        self._threads = ThreadPoolExecutor(processors)
        self.least = min(self._work() for _ in range(10))

    def is_calm(self) -> bool:
        """Tell whether the fixed work takes about as long as it has at best."""
        taken = self._work()
        self.least = min(self.least, taken)
        return taken <= SLOWED * self.least

    def _work(self) -> float:
        return max(self._threads.map(work, range(self._processors)))

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
