"""An answer on its way out: what is dropped and set in its head, and the collecting of what may be kept."""

from collections.abc import Iterable

from starlette.types import Message, Send

from gateway.arrival import Arrival
from shared.pages.assets import POLICY

HOP_BY_HOP = {
    b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection", b"te", b"trailer",
    b"transfer-encoding", b"upgrade",
}  # fmt: skip
"""Headers that concern one connection alone (RFC 9110 §7.6.1)."""

_NOT_TO_OUTSIDE = HOP_BY_HOP | {b"x-request-id", b"server", b"date", b"cache-tag"}
_NO_PAGE_POLICY = b"default-src 'none'; frame-ancestors 'none'"
_PAGE_POLICY = POLICY.encode()


def outer_headers(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return an upstream's headers as they leave the house, with what every answer must say added where it is missing."""
    kept = [(name, value) for name, value in headers if name not in _NOT_TO_OUTSIDE]
    told = dict(kept)
    if b"x-content-type-options" not in told:
        kept.append((b"x-content-type-options", b"nosniff"))
    if b"referrer-policy" not in told:
        kept.append((b"referrer-policy", b"same-origin"))
    if b"content-security-policy" not in told:
        page = told.get(b"content-type", b"").startswith(b"text/html")
        kept.append((b"content-security-policy", _PAGE_POLICY if page else _NO_PAGE_POLICY))
    if b"cache-control" not in told:
        kept.append((b"cache-control", b"private, no-cache"))
    return kept


class Reply:
    """The `send` given to an upstream. Passes its answer on as it comes, or collects it where it may be kept.

    `begun` tells that the client was sent something, `done` that the upstream has said everything.
    """

    def __init__(self, send: Send, arrival: Arrival, collect_up_to: int = 0, *, close: bool = False) -> None:
        self._send = send
        self._arrival = arrival
        self._limit = collect_up_to
        self._close = close
        self._collecting = False
        self._size = 0
        self._chunks: list[bytes] = []
        self.start: Message | None = None
        self.begun = self.done = False

    @property
    def collected(self) -> bool:
        """Tell whether a whole answer was collected and nothing sent."""
        return self._collecting and self.done

    def body(self) -> bytes:
        """Return the collected body."""
        return b"".join(self._chunks)

    async def __call__(self, message: Message) -> None:
        """Take the next message of the upstream."""
        if message["type"] == "http.response.start":
            self.start = message
            self._collecting = bool(self._limit) and message["status"] == 200 and is_for_everybody(message)
            if not self._collecting:
                await self.begin()
        elif self.start is not None and not self.done:
            await self._part(message)

    async def release(self) -> None:
        """Send a collected answer that is not kept after all."""
        self._collecting = False
        await self.begin()
        if self._arrival.method != "HEAD":
            await self._send({"type": "http.response.body", "body": self.body()})

    async def begin(self) -> None:
        """Send the head of the answer, and end it there where only the head was asked for."""
        assert self.start is not None
        self._arrival.status = self.start["status"]
        self.begun = True
        headers = [*outer_headers(self.start["headers"]), (b"x-request-id", self._arrival.id.encode())]
        if self._close:
            headers.append((b"connection", b"close"))
        await self._send({**self.start, "headers": headers})
        if self._arrival.method == "HEAD":
            self.done = True
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _part(self, message: Message) -> None:
        more = message.get("more_body", False)
        if self._collecting:
            self._chunks.append(message.get("body", b""))
            self._size += len(self._chunks[-1])
            if self._size <= self._limit:
                self.done = not more
                return
            self._collecting = False
            await self.begin()
            message = {**message, "body": self.body()}
            self._chunks.clear()
            if self.done:
                return
        self.done = not more
        await self._send(message)


def is_for_everybody(start: Message) -> bool:
    """Tell at a glance whether an answer may be kept; `entry_of` looks closer."""
    headers = dict(start["headers"])
    return b"cache-tag" in headers and b"public" in headers.get(b"cache-control", b"")
