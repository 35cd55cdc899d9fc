"""Problems for readers: where a browser asked for a page and was refused, it gets a page that says why."""

from starlette.types import Message, Send

from gateway.arrival import Arrival
from gateway.own_pages import OwnPages
from gateway.routing import FILES, language_of
from shared.pages.assets import POLICY
from shared.problems import MEDIA_TYPE
from shared.text import Language

_REPLACED = {b"content-type", b"content-length", b"content-security-policy"}


def for_readers(send: Send, arrival: Arrival, pages: OwnPages) -> Send:
    """Return a `send` that turns problems into pages, or `send` itself where the request is not a reader's."""
    path = arrival.path
    file = path.startswith("/api/") or path.endswith(FILES)
    if file or arrival.method == "HEAD" or b"text/html" not in arrival.headers.get(b"accept", b""):
        return send
    return _Dresser(send, arrival, pages)


class _Dresser:
    def __init__(self, send: Send, arrival: Arrival, pages: OwnPages) -> None:
        self._send = send
        self._arrival = arrival
        self._pages = pages
        self._start: Message | None = None
        self._chunks: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if dict(message["headers"]).get(b"content-type", b"").startswith(MEDIA_TYPE.encode()):
                self._start = message
                return
        elif self._start is not None:
            self._chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._page(self._start)
            return
        await self._send(message)

    async def _page(self, start: Message) -> None:
        """Send the page in the place of the problem, whose language is that of the address."""
        language: Language = "en" if dict(start["headers"]).get(b"content-language") == b"en" else "zh"
        path = self._arrival.path
        bare = path[3:] if language_of(path) else path
        page = self._pages.refused(language, bare, b"".join(self._chunks)).encode()
        headers = [(name, value) for name, value in start["headers"] if name not in _REPLACED]
        headers += [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(page)).encode()),
            (b"content-security-policy", POLICY.encode()),
        ]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": page})
