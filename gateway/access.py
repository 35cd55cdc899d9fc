"""The access log: one line for each request, in the shape of the house's other log lines.

Queries are not logged, and long random segments of a path are cut, because both may hold somebody's secret.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from json.encoder import encode_basestring_ascii as quoted
from typing import NamedTuple, TextIO

_SECRET = re.compile(r"(?<=/)([A-Za-z0-9_-]{6})[A-Za-z0-9_-]{34,}")
_SHORTEST_SECRET = 40


class Answered(NamedTuple):
    """What is told of a request that was answered; `at` is when, `seconds` how long it took."""

    at: float
    id: str
    method: str
    path: str
    status: int
    seconds: float
    upstream: str
    account: str
    address: str
    cached: str


class AccessLog:
    """Writes lines to `stream`; as JSON, or for people."""

    def __init__(self, stream: TextIO, *, json: bool) -> None:
        self._stream = stream
        self._line = _json_line if json else _plain_line
        self._second, self._stamp = 0, ""

    def write(self, requests: Iterable[Answered]) -> None:
        """Log requests, all in one system call."""
        self._stream.write("".join([self._line(each, _path(each), self._time(each.at)) for each in requests]))
        self._stream.flush()

    def _time(self, at: float) -> str:
        second = int(at)
        if second != self._second:
            self._second, self._stamp = second, f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}"
        return f"{self._stamp}.{int(at % 1 * 1000):03}Z"


def _path(request: Answered) -> str:
    return _SECRET.sub(r"\1…", request.path) if len(request.path) >= _SHORTEST_SECRET else request.path


def _json_line(request: Answered, path: str, stamp: str) -> str:
    return (
        f'{{"event": "request", "request_id": "{request.id}", "method": {quoted(request.method)}, '
        f'"path": {quoted(path)}, "status": {request.status}, "ms": {request.seconds * 1000:.2f}, '
        f'"upstream": "{request.upstream}", "account": "{request.account}", "address": {quoted(request.address)}, '
        f'"cache": "{request.cached}", "level": "info", "timestamp": "{stamp}"}}\n'
    )


def _plain_line(request: Answered, path: str, stamp: str) -> str:
    who = request.account or request.address
    told = f"{stamp} {request.method} {path} {request.status} {request.seconds * 1000:.1f} ms {who} {request.cached}"
    return "".join(sign if sign.isprintable() else "?" for sign in f"{told} {request.id}") + "\n"
