"""The one door: an ASGI application that stands before every service.

A request is limited, answered from the cache where it may be, else handed with its caller's token to the upstream that owns
its address. Plain ASGI, because most requests are answered here and must cost little; each concern has its own file.
"""

import asyncio
import re
import sys
from collections.abc import Mapping
from time import monotonic

from starlette.responses import RedirectResponse
from starlette.types import Receive, Scope, Send

from gateway.access import AccessLog
from gateway.arrival import Arrival, Credential, TrustedProxies, neighbourhood
from gateway.cache import Cache
from gateway.credentials import Credentials, check_same_origin, credential_of
from gateway.dress import for_readers
from gateway.forward import DIRECTORY, ClientGone, Forwarder
from gateway.hearing import hear
from gateway.kept import key_of, send_kept
from gateway.limiting import Limit
from gateway.metrics import METHODS, Metrics
from gateway.own import Own
from gateway.record import Record
from gateway.refusals import BadHeaders, BodyTooSlow, HeadersTooLarge
from gateway.reply import Reply
from gateway.routing import Closing, Routes, ToLanguage, Upstream, language_of
from shared.bus import Bus
from shared.db import Clock
from shared.errors import Refusal, TooMany, Unauthenticated
from shared.message import request_id
from shared.problems import MethodNotAllowed, accepted_language, problem
from shared.settings import Settings
from shared.text import Language
from shared.tracing import begin, is_taken

__all__ = ["Gateway", "Upstream"]

_HOST = re.compile(rb"[A-Za-z0-9._-]+(?::\d{1,5})?|\[[0-9A-Fa-f:.]+\](?::\d{1,5})?")
OWN = ("api", "assets", "console", "health", "metrics", "problems")
"""First segments of the gateway's own addresses."""

GONE = 499
"""What is logged where the client went away before its request had arrived."""

_LOGGING = {"DEBUG", "INFO"}
"""The levels at which requests are logged."""


class Gateway:
    """The gateway of one process. Its lifespan hears the bus; the lifespans of upstreams are run by who made them."""

    def __init__(self, settings: Settings, upstreams: Mapping[str, Upstream], bus: Bus, clock: Clock) -> None:
        self.settings = settings
        self.upstreams = upstreams
        self.bus = bus
        self.clock = clock
        self.proxies = TrustedProxies(settings.trusted_proxies)
        directory = upstreams.get(DIRECTORY)
        self.credentials = Credentials(directory.app if directory else None, settings.data / "gateway.secret", clock)
        self.cache = Cache(settings.cache_bytes)
        metrics = Metrics(self.cache)
        log = AccessLog(sys.stderr, json=settings.log_json) if settings.log_level.upper() in _LOGGING else None
        self.record = Record(metrics, log)
        own = Own(settings, upstreams, self.record)
        self.pages = own.pages
        self.routes = Routes.of(upstreams, Upstream("gateway", own, OWN))
        self.forwarder = Forwarder(settings, self.cache, clock)
        self._per_caller = Limit(settings.rate_caller)
        self._per_address = Limit(settings.rate_address)
        self._signing_in = Limit(settings.rate_signin)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or run the lifespan."""
        if scope["type"] == "http":
            arrival = Arrival(scope)
            try:
                await self._answer(arrival, receive, send)
            finally:
                self.record.add(arrival)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _answer(self, arrival: Arrival, receive: Receive, send: Send) -> None:
        """Answer from the cache, or by who owns the address, or with a refusal."""
        try:
            self._admit(arrival)
            if arrival.reads and self.cache.keeps:
                key = key_of(arrival)
                entry = self.cache.get(key)
                if entry is not None:
                    arrival.upstream, arrival.cached = entry.upstream, "hit"
                    await send_kept(self.cache, key, entry, arrival, send)
                    return
            await self._pass(arrival, receive, send)
        except Refusal as refusal:
            await self._refuse(arrival, refusal, receive, send)
        except ClientGone:
            arrival.status = GONE

    def _admit(self, arrival: Arrival) -> None:
        """Read who is asking, and hold the request against the limits; raises what refuses it."""
        try:
            self._read(arrival)
        finally:
            if arrival.held is not None:
                self._per_caller.hit(arrival.held.account_id, monotonic())
            else:
                self._per_address.hit(neighbourhood(arrival.address), monotonic())

    def _read(self, arrival: Arrival) -> None:
        headers = arrival.headers
        size = sum(map(len, headers)) + sum(map(len, headers.values()))
        if len(headers) != len(arrival.scope["headers"]):
            size = sum(len(name) + len(value) for name, value in arrival.scope["headers"])
            arrival.join_repeated()
        if self.proxies.any:
            self.proxies.settle(arrival)
        if size > self.settings.header_limit:
            raise HeadersTooLarge(limit=self.settings.header_limit)
        credential = arrival.credential = credential_of(arrival)
        if credential is not None:
            arrival.held = self.credentials.known(credential)

    async def _pass(self, arrival: Arrival, receive: Receive, send: Send) -> None:
        """Let the owner of the address answer; refusals by services become pages where a reader expects one."""
        send = for_readers(send, arrival, self.pages)
        if arrival.method not in METHODS:
            raise MethodNotAllowed()
        if not _HOST.fullmatch(arrival.host):
            raise BadHeaders(header="host")
        if not arrival.reads:
            check_same_origin(arrival, self.settings.address())
        token = request_id.set(arrival.id)
        try:
            await (self._trace if is_taken() else self._hand_over)(arrival, receive, send)
        finally:
            request_id.reset(token)

    async def _trace(self, arrival: Arrival, receive: Receive, send: Send) -> None:
        """Hand over, and tell of it in a trace."""
        with begin(arrival.method, {"http.request.method": arrival.method, "url.path": arrival.path}) as span:
            await self._hand_over(arrival, receive, send)
            span.update_name(f"{arrival.method} {arrival.upstream}")
            span.set_attribute("http.response.status_code", arrival.status)

    async def _hand_over(self, arrival: Arrival, receive: Receive, send: Send) -> None:
        target = self.routes.find(arrival.path)
        if arrival.credential is not None and arrival.held is None:
            await self._identify(arrival, arrival.credential)
        if isinstance(target, ToLanguage):
            await self._to_language(arrival)(arrival.scope, receive, Reply(send, arrival))
            return
        arrival.upstream = target.name
        if not arrival.reads and target.name == DIRECTORY and (arrival.held is None or "sign-in" in arrival.path):
            self._signing_in.hit(neighbourhood(arrival.address), monotonic())
        await self.forwarder.forward(arrival, target, receive, send)

    async def _identify(self, arrival: Arrival, credential: Credential) -> None:
        """Exchange the credential. A session that has ended is nobody's; a key that has ended is refused."""
        try:
            arrival.held = await self.credentials.exchange(credential)
        except Unauthenticated:
            if credential.kind == "key":
                raise
            return
        self._per_caller.hit(arrival.held.account_id, monotonic())

    def _to_language(self, arrival: Arrival) -> RedirectResponse:
        """Send a reader of a bare address to the page in their language."""
        path, query = arrival.scope.get("raw_path", arrival.path.encode()).decode("latin-1"), arrival.query
        target = f"/{self._language(arrival)}{path}".rstrip("/") + (f"?{query.decode('latin-1')}" if query else "")
        return RedirectResponse(target, 307, {"Vary": "Accept-Language, Cookie", "Cache-Control": "private, no-cache"})

    def _language(self, arrival: Arrival) -> Language:
        """Return the language of an answer: of the page's address, else as the request asks, else the caller's own."""
        if language := language_of(arrival.path):
            return language
        accepted = {"accept-language": arrival.header(b"accept-language") or ""}
        return accepted_language(accepted, arrival.held.language if arrival.held else "zh")

    async def _refuse(self, arrival: Arrival, refusal: Refusal, receive: Receive, send: Send) -> None:
        """Answer with a problem. What is still to come of the request is read by the server and thrown away, so that the
        client sees the answer; only who sends nothing is cut off.
        """
        token = request_id.set(arrival.id)
        try:
            response = problem(refusal, self._language(arrival))
        finally:
            request_id.reset(token)
        if isinstance(refusal, TooMany):
            response.headers["Retry-After"] = str(refusal.facts["seconds"])
        dressed = for_readers(send, arrival, self.pages)
        await response(arrival.scope, receive, Reply(dressed, arrival, close=isinstance(refusal, BodyTooSlow)))

    async def _live(self, receive: Receive, send: Send) -> None:
        """Hear the bus from startup to shutdown."""
        await receive()
        hearing = asyncio.create_task(hear(self.bus, self.cache, self.credentials))
        await asyncio.sleep(0)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
        applications: list[object] = [upstream.app for upstream in self.upstreams.values()]
        for application in applications:
            if isinstance(application, Closing):
                await application.close()
        self.record.flush()
        await send({"type": "lifespan.shutdown.complete"})
