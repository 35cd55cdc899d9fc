"""An upstream on another machine: an ASGI application that forwards each request over HTTP. Its answers stream through.

It waits `timeout` seconds for the head of an answer and between two parts of it; an event stream may be silent for as long
as it likes. What fails before an answer has begun is refused as `ServiceDown` or `ServiceSlow`.
"""

import asyncio
from collections.abc import AsyncIterator
from time import monotonic

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from starlette.types import Receive, Scope, Send
from yarl import URL

from gateway.breaker import Breaker
from gateway.refusals import ServiceDown, ServiceSlow
from gateway.reply import HOP_BY_HOP

CONNECT_SECONDS = 3.0
CONNECTIONS = 500
"""Most connections to one upstream; a live view holds one for as long as it is open."""

_NOT_ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


class Proxy:
    """Forwards to the service `name` at `base`, such as `http://events:8000`; `close` it in the end."""

    def __init__(self, name: str, base: str, *, timeout: float) -> None:
        self.name = name
        self.breaker = Breaker()
        self._base = base.rstrip("/")
        self._timeout = timeout
        self._session: ClientSession | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward one request."""
        if not self.breaker.admit(monotonic()):
            raise ServiceDown(service=self.name)
        answer = await self._ask(scope, await _whole(receive))
        gone = asyncio.ensure_future(_gone(receive))
        gone.add_done_callback(lambda _: answer.close())
        try:
            headers = [(name.lower(), value) for name, value in answer.raw_headers]
            headers = [pair for pair in headers if pair[0] not in HOP_BY_HOP]
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            async for part in self._parts(answer):
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except (ClientError, TimeoutError):
            if not gone.done():
                self.breaker.fail(monotonic())
                raise
        finally:
            gone.cancel()
            answer.close()

    async def close(self) -> None:
        """Close every connection."""
        if self._session:
            await self._session.close()

    async def _ask(self, scope: Scope, body: bytes) -> ClientResponse:
        """Send the request and return its answer as soon as the head is there."""
        query = scope["query_string"]
        address = self._base + scope["raw_path"].decode("ascii") + (f"?{query.decode('latin-1')}" if query else "")
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._connected().request(
                    scope["method"], URL(address, encoded=True), headers=headers, data=body or None,
                    allow_redirects=False, skip_auto_headers=_NOT_ADDED,
                )  # fmt: skip
        except TimeoutError as error:
            self.breaker.fail(monotonic())
            raise ServiceSlow(service=self.name) from error
        except (ClientError, OSError) as error:
            self.breaker.fail(monotonic())
            raise ServiceDown(service=self.name) from error
        except BaseException:
            self.breaker.give_up()
            raise
        self.breaker.succeed()
        return answer

    async def _parts(self, answer: ClientResponse) -> AsyncIterator[bytes]:
        """Yield the body as it comes."""
        timeout = None if answer.content_type == "text/event-stream" else self._timeout
        while True:
            async with asyncio.timeout(timeout):
                part = await answer.content.readany()
            if not part:
                return
            yield part

    def _connected(self) -> ClientSession:
        """Return the session, made in the loop that serves."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=CONNECTIONS),
                cookie_jar=DummyCookieJar(),
                timeout=ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
                auto_decompress=False,
            )
        return self._session


async def _whole(receive: Receive) -> bytes:
    """Return the body, which the gateway has read whole."""
    parts, more = list[bytes](), True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _gone(receive: Receive) -> None:
    """Return when the client has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass
