"""What the gateway answers itself: assets, health, metrics, the API's description, its own pages, the console.

An ASGI application.
"""

import asyncio
import ipaddress
import json
from collections.abc import Mapping
from time import monotonic
from typing import NamedTuple

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from gateway.ask import ask
from gateway.console import Console
from gateway.metrics import Told
from gateway.openapi import Chapters, Document, listed, merged
from gateway.own_pages import OwnPages
from gateway.reader import reader_assets
from gateway.record import Record
from gateway.refusals import ServiceDown
from gateway.routing import Upstream, language_of
from shared.conditional import accepts_gzip, compressed
from shared.errors import NotFound
from shared.pages.assets import IMMUTABLE, assets
from shared.problems import MethodNotAllowed, accepted_language
from shared.settings import Settings

HEALTH_SECONDS = 3.0
"""How long a service may take to say how it is."""

_DESCRIPTION_SECONDS = 60.0
_NO_STORE = {"Cache-Control": "no-store"}
_TAG = {"Cache-Tag": "gateway"}
"""Lets the gateway's cache keep what lasts as long as the process."""


class Own:
    """The gateway's own addresses; raises refusals, which the gateway answers like any other."""

    def __init__(self, settings: Settings, upstreams: Mapping[str, Upstream], record: Record) -> None:
        self._server = settings.public_url.rstrip("/") or "/"
        self._upstreams = upstreams
        self._record = record
        self.pages = OwnPages(settings)
        self._console = Console(settings)
        self._description: _Description | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope)
        if request.method != "GET":
            raise MethodNotAllowed()
        response = await self._answer(request, scope["path"])
        await response(scope, receive, send)

    async def _answer(self, request: Request, path: str) -> Response:
        if path.startswith("/assets/"):
            return _asset(path)
        match path:
            case "/health/live":
                return JSONResponse({"status": "live"}, headers=_NO_STORE)
            case "/health/ready":
                return await self._ready()
            case "/metrics":
                return await self._counted(request)
            case "/api/openapi.json":
                return await self._described(request)
            case "/api":
                return RedirectResponse("/api/docs", headers={"Cache-Control": "no-cache"})
        return await self._page(request, path)

    async def _page(self, request: Request, path: str) -> Response:
        """Return a page, in the language of its address or else as the reader prefers; raises `NotFound`."""
        named = language_of(path)
        language = named or accepted_language(request.headers)
        bare = path[3:] if named else path
        if f"{bare}/".startswith("/console/"):
            console = await self._console.answer(request, bare.removeprefix("/console").removeprefix("/"))
            return RedirectResponse(bare) if named else console  # its language is chosen in it
        if bare == "/problems":
            page = self.pages.problems(language)
        elif bare.startswith("/problems/"):
            page = self.pages.problem(language, bare.removeprefix("/problems/"))
        elif bare == "/api/docs":
            page = self.pages.docs(language, (await self._whole()).chapters)
        elif bare == "/api/docs/reader":
            page = self.pages.reader(language)
        else:
            raise NotFound()
        headers = {"Cache-Control": "public, max-age=300", "Content-Language": language}
        lasting = _TAG if named and bare != "/api/docs" else {}
        return HTMLResponse(page, headers=headers | lasting | ({} if named else {"Vary": "Accept-Language"}))

    async def _ready(self) -> Response:
        upstreams = list(self._upstreams.values())
        told = await asyncio.gather(*(_health(upstream) for upstream in upstreams))
        services = {upstream.name: each for upstream, each in zip(upstreams, told, strict=True)}
        down = [name for name, each in services.items() if each["status"] != "ready"]
        body = {"status": "down" if down else "ready", "down": down, "services": services}
        return JSONResponse(body, 503 if down else 200, _NO_STORE)

    async def _counted(self, request: Request) -> Response:
        """Show the counters, and how every service stands, to those who run the house: to private addresses alone."""
        if not (request.client and _is_private(request.client.host)):
            raise NotFound()
        names = sorted(self._upstreams)
        told = await asyncio.gather(*(_numbers(self._upstreams[name]) for name in names))
        self._record.flush()
        text = self._record.metrics.text() + Told(dict(zip(names, told, strict=True))).text()
        return Response(text, media_type="text/plain; version=0.0.4", headers=_NO_STORE)

    async def _described(self, request: Request) -> Response:
        """Answer with the description of the whole API."""
        zipped = accepts_gzip(request.headers.get("accept-encoding"))
        headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"} | (
            {"Content-Encoding": "gzip"} if zipped else {}
        )
        whole = await self._whole()
        return Response(whole.zipped if zipped else whole.body, media_type="application/json", headers=headers)

    async def _whole(self) -> "_Description":
        """Return the description of the whole API, asked of every service now and then; raises `ServiceDown`."""
        if self._description is None or monotonic() - self._description.at > _DESCRIPTION_SECONDS:
            names = sorted(self._upstreams)
            told = await asyncio.gather(*(self._describe(name) for name in names))
            documents = dict(zip(names, told, strict=True))
            self._description = await anyio.to_thread.run_sync(_description, documents, self._server)
        return self._description

    async def _describe(self, name: str) -> Document:
        try:
            answer = await ask(self._upstreams[name].app, "GET", f"/api/{name}/openapi.json")
        except Exception as error:
            raise ServiceDown(service=name) from error
        if answer.status != 200:
            raise ServiceDown(service=name)
        document: Document = answer.json()
        return document


class _Description(NamedTuple):
    """The description as it is sent and as a page lists it, and when it was made (monotonic seconds)."""

    at: float
    body: bytes
    zipped: bytes
    chapters: Chapters


def _description(documents: Mapping[str, Document], server: str) -> _Description:
    whole = merged(documents, server=server)
    body = json.dumps(whole, ensure_ascii=False).encode()
    return _Description(monotonic(), body, compressed(body), listed(whole))


def _asset(path: str) -> Response:
    asset = assets().get(path) or reader_assets().get(path)
    if asset is None:
        raise NotFound()
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": IMMUTABLE} | _TAG)


def _is_private(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False


async def _health(upstream: Upstream) -> dict[str, object]:
    try:
        answer = await asyncio.wait_for(ask(upstream.app, "GET", "/internal/health"), HEALTH_SECONDS)
        told = answer.json() if answer.status == 200 else {}
    except Exception as error:
        return {"status": "down", "reason": type(error).__name__}
    return {"status": "ready" if answer.status == 200 else "down"} | told


async def _numbers(upstream: Upstream) -> str:
    """Return the numbers of a service; empty where it does not tell them."""
    try:
        answer = await asyncio.wait_for(ask(upstream.app, "GET", "/internal/metrics"), HEALTH_SECONDS)
    except Exception:
        return ""
    return answer.body.decode() if answer.status == 200 else ""
