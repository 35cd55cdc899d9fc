"""The access log: one line for each request, in the shape of the house's other log lines.

Lines are written together, a moment after the first of them: a system call for each would cost more than the line.
Queries are not logged, and long random segments of a path are cut, because both may hold somebody's secret.
"""

import asyncio
import re
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii as quoted
from time import time
from typing import TextIO

from gateway.arrival import Arrival

_TOGETHER_SECONDS = 0.05
_MOST_WAITING = 1_000
_SECRET = re.compile(r"(?<=/)([A-Za-z0-9_-]{6})[A-Za-z0-9_-]{34,}")


class AccessLog:
    """Writes lines to `stream`; as JSON, or for people."""

    def __init__(self, stream: TextIO, *, json: bool) -> None:
        self._stream = stream
        self._line = _json_line if json else _plain_line
        self._waiting: list[str] = []
        self._second, self._stamp = 0, ""

    def write(self, arrival: Arrival, seconds: float) -> None:
        """Log a request that was answered in `seconds`."""
        now = time()
        second = int(now)
        if second != self._second:
            self._second, self._stamp = second, f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}"
        path = arrival.path
        if len(path) > 40:
            path = _SECRET.sub(r"\1…", path)
        self._waiting.append(self._line(arrival, path, seconds, f"{self._stamp}.{int(now % 1 * 1000):03}Z"))
        if len(self._waiting) == 1:
            asyncio.get_running_loop().call_later(_TOGETHER_SECONDS, self.flush)
        elif len(self._waiting) >= _MOST_WAITING:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            lines, self._waiting = self._waiting, []
            self._stream.write("".join(lines))
            self._stream.flush()


def _json_line(arrival: Arrival, path: str, seconds: float, stamp: str) -> str:
    return (
        f'{{"event": "request", "request_id": "{arrival.id}", "method": {quoted(arrival.method)}, "path": {quoted(path)}, '
        f'"status": {arrival.status}, "ms": {seconds * 1000:.2f}, '
        f'"upstream": "{arrival.upstream}", "account": "{arrival.held.account_id if arrival.held else ""}", "address": {quoted(arrival.address)}, '
        f'"cache": "{arrival.cached}", "level": "info", "timestamp": "{stamp}"}}\n'
    )


def _plain_line(arrival: Arrival, path: str, seconds: float, stamp: str) -> str:
    who = arrival.held.account_id if arrival.held else arrival.address
    told = f"{stamp} {arrival.method} {path} {arrival.status} {seconds * 1000:.1f} ms {who} {arrival.cached} {arrival.id}\n"
    return "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in told)
