"""Ask a server over a kept connection, at next to no cost, so that what is measured is the server and not its client."""

import asyncio
import re
from collections.abc import Coroutine, Mapping
from typing import Any, NamedTuple, Self, TypeVar

import httpx
import uvloop

T = TypeVar("T")
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)


class Answer(NamedTuple):
    """What came back; `head` is the status line and the headers as they were sent."""

    status: int
    head: bytes
    body: bytes


class Wire:
    """One connection. Answers have a length, as all of the house's own do but live views."""

    def __init__(self, url: str, headers: Mapping[str, str], ends: tuple[asyncio.StreamReader, asyncio.StreamWriter]):
        self._lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._host = httpx.URL(url).netloc.decode()
        self._reader, self._writer = ends

    @classmethod
    async def open(cls, url: str, **headers: str) -> Self:
        """Connect; `headers` go with every request, `_` for `-`."""
        at = httpx.URL(url)
        ends = await asyncio.open_connection(at.host, at.port, limit=1 << 24)
        return cls(url, {name.replace("_", "-"): value for name, value in headers.items()}, ends)

    async def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        """Send one request and return its answer."""
        lines = self._lines + "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        if body:
            lines += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        self._writer.write(f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\n{lines}\r\n".encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        content = await self._reader.readexactly(int(length[1])) if length else b""
        return Answer(int(head[9:12]), head, content)

    def close(self) -> None:
        """End the connection."""
        self._writer.close()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a client to its end on the fast loop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)
