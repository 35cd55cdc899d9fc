"""The record of answered requests: counted and logged together, a moment after the first of them.

Done one by one, in between requests, the same work costs three times as much: its code and data are cold by then.
"""

import asyncio
from time import perf_counter, time

from gateway.access import AccessLog, Answered
from gateway.arrival import Arrival
from gateway.metrics import Metrics

_TOGETHER_SECONDS = 0.05
_MOST_WAITING = 500


class Record:
    """Takes answered requests to the metrics and, where there is one, to the log."""

    def __init__(self, metrics: Metrics, log: AccessLog | None) -> None:
        self.metrics = metrics
        self._log = log
        self._waiting: list[Answered] = []

    def add(self, arrival: Arrival) -> None:
        """Take a request whose last byte was written just now."""
        held = arrival.held
        self.take(
            Answered(
                time(), arrival.id, arrival.method, arrival.path, arrival.status, perf_counter() - arrival.began,
                arrival.upstream, held.account_id if held else "", arrival.address, arrival.cached,
            )
        )  # fmt: skip

    def take(self, request: Answered) -> None:
        """Let a request wait for the next writing."""
        self._waiting.append(request)
        waiting = len(self._waiting)
        if waiting == 1:
            asyncio.get_running_loop().call_later(_TOGETHER_SECONDS, self.flush)
        elif waiting >= _MOST_WAITING:
            self.flush()

    def flush(self) -> None:
        """Count and log what waits."""
        requests, self._waiting = self._waiting, []
        if requests:
            self.metrics.count(requests)
            if self._log:
                self._log.write(requests)
