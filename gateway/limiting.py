"""How often somebody may ask. Rules are written as the `limits` library reads them: `1200/minute`.

Counting is done here: that library's own memory starts a thread every ten milliseconds which walks over every key.
"""

from math import ceil

from limits import parse

from gateway.refusals import TooManyFromHere


class Limit:
    """A sliding window: the count of this window, and the part of the last one that still reaches into it."""

    def __init__(self, rule: str) -> None:
        item = parse(rule)
        self.amount, self.seconds = item.amount, float(item.get_expiry())
        self._ends = 0.0
        self._counts: dict[str, int] = {}
        self._before: dict[str, int] = {}

    def hit(self, key: str, now: float) -> None:
        """Count one request of `key` at the time `now` (seconds, monotonic); raise `TooManyFromHere` and count none."""
        left = self._ends - now
        if left <= 0:
            left = self._turn(now)
        count = self._counts.get(key, 0) + 1
        before = self._before.get(key, 0) if self._before else 0
        if count + before * left / self.seconds > self.amount:
            raise TooManyFromHere(seconds=self._wait(count, before, left))
        self._counts[key] = count

    def _turn(self, now: float) -> float:
        """Begin the next window, forgetting all but the last; return how much of it is left."""
        follows = now < self._ends + self.seconds
        self._before, self._counts = (self._counts if follows else {}), {}
        self._ends = self._ends + self.seconds if follows else now + self.seconds
        return self._ends - now

    def _wait(self, count: int, before: int, left: float) -> int:
        """Return the seconds until the last window's part has shrunk enough, or this window's has."""
        if count > self.amount:
            return ceil(left + self.seconds / self.amount)
        return max(1, ceil(left - (self.amount - count) * self.seconds / before))
