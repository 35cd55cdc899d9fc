"""The circuit breaker of one upstream: what has just failed again and again is left alone for a while. Pure of time."""

from dataclasses import dataclass
from typing import Literal

FAILURES = 5
"""So many in a row open the circuit."""

REST_SECONDS = 5.0
"""How long an open circuit rests before one request may try again."""


@dataclass(slots=True)
class Breaker:
    """Closed: everything passes. Open: nothing does. Half open: one request tries, and decides for all."""

    failures: int = 0
    open_until: float = 0.0
    trying: bool = False

    def state(self, now: float) -> Literal["closed", "open", "half open"]:
        """Return the state at `now` (seconds, monotonic)."""
        if self.failures < FAILURES:
            return "closed"
        return "open" if now < self.open_until or self.trying else "half open"

    def admit(self, now: float) -> bool:
        """Tell whether a request may pass; the one that does while half open is the trial."""
        state = self.state(now)
        self.trying = self.trying or state == "half open"
        return state != "open"

    def succeed(self) -> None:
        """Note that the upstream has answered."""
        self.failures, self.trying = 0, False

    def fail(self, now: float) -> None:
        """Note that it has not."""
        self.failures, self.trying = self.failures + 1, False
        if self.failures >= FAILURES:
            self.open_until = now + REST_SECONDS

    def give_up(self) -> None:
        """Note that a request ended without telling anything, such as one whose client went away."""
        self.trying = False
