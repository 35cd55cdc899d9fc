"""What only readers get: a page in the place of a problem, and gzip for the pages that the cache does not keep."""

from collections.abc import Awaitable, Callable

import anyio.to_thread
from starlette.types import Message, Send

from gateway.arrival import Arrival
from gateway.cache import takes_gzip
from gateway.own_pages import OwnPages
from gateway.routing import FILES, language_of
from shared.conditional import compressed
from shared.pages.assets import POLICY
from shared.problems import MEDIA_TYPE
from shared.text import Language

SMALL = 1_000
"""Bytes of a page that are not worth compressing."""

_REPLACED = {b"content-type", b"content-length", b"content-security-policy"}
_CODED = {b"content-length", b"etag", b"vary"}


def for_readers(send: Send, arrival: Arrival, pages: OwnPages) -> Send:
    """Return a `send` that dresses answers for a reader, or `send` itself where the request is not a reader's."""
    if b"text/html" not in arrival.headers.get(b"accept", b"") or arrival.method == "HEAD":
        return send
    path = arrival.path
    file = (path.startswith("/api/") and not path.startswith("/api/docs")) or path.endswith(FILES)
    return send if file else _Dresser(send, arrival, pages)


class _Dresser:
    def __init__(self, send: Send, arrival: Arrival, pages: OwnPages) -> None:
        self._send = send
        self._arrival = arrival
        self._pages = pages
        self._finish: Callable[[Message, bytes], Awaitable[None]] | None = None
        self._start: Message = {}
        self._chunks: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            told = dict(message["headers"])
            if told.get(b"content-type", b"").startswith(MEDIA_TYPE.encode()):
                self._finish = self._page
            elif takes_gzip(self._arrival.headers.get(b"accept-encoding")) and _is_worth_gzip(message["status"], told):
                self._finish = self._zipped
            self._start = message
        if self._finish is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self._start, b"".join(self._chunks))

    async def _page(self, start: Message, body: bytes) -> None:
        """Send the page in the place of the problem, whose language is that of the address."""
        language: Language = "en" if dict(start["headers"]).get(b"content-language") == b"en" else "zh"
        path = self._arrival.path
        bare = path[3:] if language_of(path) else path
        page = self._pages.refused(language, bare, body).encode()
        headers = [(name, value) for name, value in start["headers"] if name not in _REPLACED]
        headers += [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(page)).encode()),
            (b"content-security-policy", POLICY.encode()),
        ]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": page})

    async def _zipped(self, start: Message, body: bytes) -> None:
        """Send the page in gzip; its tag is weak then, since it names other bytes."""
        body = await anyio.to_thread.run_sync(compressed, body)
        told = dict(start["headers"])
        headers = [(name, value) for name, value in start["headers"] if name not in _CODED]
        vary = b", ".join(filter(None, (told.get(b"vary"), b"Accept-Encoding")))
        headers += [(b"content-encoding", b"gzip"), (b"content-length", str(len(body)).encode()), (b"vary", vary)]
        if b"etag" in told:
            headers.append((b"etag", b"W/" + told[b"etag"].removeprefix(b"W/")))
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _is_worth_gzip(status: int, told: dict[bytes, bytes]) -> bool:
    """Tell whether a page is still to be compressed; one that nobody may store can hold a secret, and is not."""
    return (
        status == 200
        and told.get(b"content-type", b"").startswith(b"text/html")
        and b"accept-encoding" not in told.get(b"vary", b"").lower()
        and b"no-store" not in told.get(b"cache-control", b"")
        and int(told.get(b"content-length", b"0")) > SMALL
    )
