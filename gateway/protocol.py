"""The server's reading of requests, with an end to how large and how slow the head of one may be.

uvicorn reads a head of any size for any time. The gateway's own limit on headers refuses in words, but only what has
arrived; this one ends the connection before its memory is gone.
"""

from asyncio import BaseTransport, TimerHandle

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 256 << 10
"""Far above what the gateway takes, so that whoever is only a little too large is told why."""

HEAD_SECONDS = 20.0

LINGER_SECONDS = 2.0
"""So long what a refused client still sends is thrown away: closing upon unread bytes would reset the connection, and
the answer might be lost with it."""

_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class GuardedProtocol(HttpToolsProtocol):
    """uvicorn's protocol for httptools; what arrives in one piece, as most heads do, costs it no timer."""

    _in_head = True
    _refused = False
    _head_bytes = 0
    _waiting: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Wait for the first head."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Begin a head."""
        self._in_head, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """End a head."""
        self._in_head = False
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on, while the head is neither too large nor too slow."""
        if self._refused:
            return
        super().data_received(data)
        if not self._in_head:
            if self._waiting:
                self._wait_no_more()
            return
        self._head_bytes += len(data)
        if self._head_bytes > HEAD_BYTES:
            self._refuse(_TOO_LARGE)
        elif not self._waiting:
            self._wait()

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEAD_SECONDS, self._refuse, _TOO_SLOW)

    def _wait_no_more(self) -> None:
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None

    def _refuse(self, answer: bytes) -> None:
        self._wait_no_more()
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        self.transport.write(answer)
        self.transport.write_eof()
        self._waiting = self.loop.call_later(LINGER_SECONDS, self.transport.close)
