"""One request handed to an upstream: its body read whole, what came from outside dropped, what is ours set."""

import asyncio
from collections.abc import Container

import structlog
from starlette.types import Message, Receive, Scope, Send

from gateway.arrival import Arrival
from gateway.cache import Cache, Entry, Fill, entry_of
from gateway.credentials import COOKIE
from gateway.kept import key_of, send_kept
from gateway.refusals import BodyTooSlow
from gateway.reply import HOP_BY_HOP, Reply, is_for_everybody, outer_headers
from gateway.routing import Upstream, language_of
from shared.db import Clock
from shared.errors import Refusal, TooLarge
from shared.problems import InternalError
from shared.settings import Settings
from shared.tracing import headers as trace_headers

log = structlog.get_logger()

Header = tuple[bytes, bytes]

BODY_SECONDS = 60
"""How long a body may pause on its way in."""

DIRECTORY = "directory"
"""The one service that is shown the session cookie, since it ends sessions."""

_NOT_FROM_OUTSIDE = HOP_BY_HOP | {
    b"host", b"x-request-id", b"authorization", b"forwarded", b"x-real-ip", b"content-length", b"expect",
    b"traceparent", b"tracestate", b"baggage",
}  # fmt: skip
_CONDITIONS = {b"if-none-match", b"if-modified-since", b"range", b"if-range"}
_DROPPED = {
    (whole, by_address): _NOT_FROM_OUTSIDE
    | (_CONDITIONS if whole else set())
    | ({b"accept-language"} if by_address else set())
    for whole in (False, True)
    for by_address in (False, True)
}
"""By whether the whole answer is asked for, and whether the address tells its language."""

_PREFIXES_OF_OURS = (b"huitang-", b"x-forwarded-")
_SMALL_TYPES = (b"application/json", b"application/x-www-form-urlencoded")


class ClientGone(Exception):
    """The client went away before its request had arrived; nobody waits for an answer."""


def body_limit(arrival: Arrival, settings: Settings) -> int:
    """Return how large the body may be: a file's limit for a file from somebody who is signed in."""
    kind = arrival.headers.get(b"content-type", _SMALL_TYPES[0]).lower()
    small = arrival.held is None or kind.startswith(_SMALL_TYPES)
    return settings.body_limit if small else max(settings.body_limit, settings.upload_limit)


class Forwarder:
    """Hands requests to upstreams, and keeps in the cache what comes back for everybody."""

    def __init__(self, settings: Settings, cache: Cache, clock: Clock) -> None:
        self._settings = settings
        self._cache = cache
        self._clock = clock

    async def forward(self, arrival: Arrival, upstream: Upstream, receive: Receive, send: Send) -> None:
        """Answer a request by what `upstream` answers; raises what refuses its body."""
        headers = arrival.headers
        has_body = b"content-length" in headers or b"transfer-encoding" in headers
        body = await read_body(arrival, receive, body_limit(arrival, self._settings)) if has_body else b""
        received_at = self._clock().isoformat()
        keeps = self._cache.keeps and arrival.reads and arrival.credential is None
        fill = self._cache.begin(key_of(arrival)) if keeps else None
        reply = Reply(send, arrival, self._cache.largest if fill else 0)
        whole = fill is not None and self._cache.is_wanted(fill.key)
        scope = inner_scope(arrival, upstream.name, body, received_at, whole=whole)
        entry = None
        try:
            await _run(upstream, scope, replay(body, receive), reply)
            entry = self._entry(arrival, upstream, reply) if reply.collected else None
        finally:
            if fill:
                self._end(fill, entry, reply)
        if fill and entry:
            arrival.cached = "miss"
            await send_kept(self._cache, fill.key, entry, arrival, send)
        elif reply.collected:
            await reply.release()

    def _entry(self, arrival: Arrival, upstream: Upstream, reply: Reply) -> Entry | None:
        assert reply.start is not None
        headers = outer_headers(reply.start["headers"])
        tags = dict(reply.start["headers"])[b"cache-tag"]
        by_language = bool(key_of(arrival).language)
        return entry_of(headers, reply.body(), tags=tags, upstream=upstream.name, by_language=by_language)

    def _end(self, fill: Fill, entry: Entry | None, reply: Reply) -> None:
        self._cache.end(fill, entry)
        if reply.start and reply.start["status"] == 304 and is_for_everybody(reply.start):
            self._cache.want(fill.key)


async def _run(upstream: Upstream, scope: Scope, receive: Receive, reply: Reply) -> None:
    """Run the upstream; what it raises after a whole answer has been told by itself already."""
    try:
        await upstream.app(scope, receive, reply)
    except Exception as error:
        if reply.done:
            return
        if isinstance(error, Refusal) and not reply.begun:
            raise
        log.error("upstream_failed", upstream=upstream.name, path=scope["path"], error=repr(error))
        if reply.begun:
            raise
        raise InternalError() from error
    if not reply.done and not reply.begun:
        raise InternalError()


async def read_body(arrival: Arrival, receive: Receive, limit: int) -> bytes:
    """Read the whole body; raise `TooLarge` (at once where its length says so), `BodyTooSlow` or `ClientGone`."""
    length = arrival.headers.get(b"content-length")
    if length is not None and int(length) > limit:
        raise TooLarge(limit=limit)
    chunks, size, more = list[bytes](), 0, True
    while more:
        try:
            message = await asyncio.wait_for(receive(), BODY_SECONDS)
        except TimeoutError as error:
            raise BodyTooSlow(seconds=BODY_SECONDS) from error
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > limit:
            raise TooLarge(limit=limit)
        more = message.get("more_body", False)
    return b"".join(chunks)


def replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body that was read, and then whatever else comes: the disconnect."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def inner_scope(arrival: Arrival, upstream: str, body: bytes, received_at: str, *, whole: bool) -> Scope:
    """Make the scope that the upstream sees; `whole` asks for the answer whatever the client holds.

    A HEAD is asked as GET, so that its answer has the same headers. A page is read in the language of its address.
    """
    scope, language = arrival.scope, language_of(arrival.path)
    dropped = _DROPPED[whole, language is not None]
    headers = [
        *_passed_on(arrival, upstream, dropped),
        (b"host", arrival.host),
        (b"x-request-id", arrival.id.encode()),
        (b"huitang-received-at", received_at.encode()),
        (b"x-forwarded-for", arrival.address.encode("latin-1")),
        (b"x-forwarded-proto", arrival.scheme.encode()),
        (b"x-forwarded-host", arrival.host),
        *trace_headers(),
    ]
    if body or arrival.method not in ("GET", "HEAD"):
        headers.append((b"content-length", str(len(body)).encode()))
    if language:
        headers.append((b"accept-language", language.encode()))
    if arrival.held is not None:
        headers.append((b"authorization", arrival.held.authorization))
    return {
        **scope,
        "method": "GET" if arrival.method == "HEAD" else arrival.method,
        "scheme": arrival.scheme,
        "client": (arrival.address, 0),
        "headers": headers,
        "state": {},
    }


def _passed_on(arrival: Arrival, upstream: str, dropped: Container[bytes]) -> list[Header]:
    """Return the headers from outside that the upstream sees: none of `dropped`, and none by a name of ours."""
    came: list[Header] = arrival.scope["headers"]
    kept = [each for each in came if each[0] not in dropped and not each[0].startswith(_PREFIXES_OF_OURS)]
    if upstream != DIRECTORY and COOKIE in arrival.headers.get(b"cookie", b""):
        kept = [(name, _without_session(value) if name == b"cookie" else value) for name, value in kept]
        kept = [each for each in kept if each != (b"cookie", b"")]
    return kept


def _without_session(cookies: bytes) -> bytes:
    pairs = (pair.strip() for pair in cookies.split(b";"))
    return b"; ".join(pair for pair in pairs if pair.partition(b"=")[0] != COOKIE)
