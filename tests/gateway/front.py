"""A gateway before small applications that stand for services, asked in process."""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.app import Gateway, Upstream
from shared.db import utc_now
from shared.listening import Listener
from shared.message import Fact
from shared.message import Message as Letter
from shared.settings import Settings

Answering = Callable[[Request], Awaitable[Response]]


class Ear:
    """A bus that only has listeners."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self.heard = True

    def listen(self) -> Listener:
        """Start hearing, at once where the bus is `heard`."""
        self.listeners.append(Listener(hears=self.heard))
        return self.listeners[-1]

    def dismiss(self, listener: Listener) -> None:
        """End a listener."""
        if listener in self.listeners:
            self.listeners.remove(listener)

    async def say(self, fact: Fact) -> None:
        """Let every listener hear a fact, and have it handled."""
        for listener in list(self.listeners):
            listener.offer([self.letter(fact)])
        await settle()

    def letter(self, fact: Fact, **other: Any) -> Letter:
        """Return the message that carries a fact, with `other` fields instead of its own."""
        return Letter.wrap(fact, source=fact.fact_type.split(".")[0], at=utc_now()).model_copy(update=other)

    async def end(self) -> None:
        """Close the bus."""
        for listener in list(self.listeners):
            listener.offer([None])
        await settle()


async def settle() -> None:
    """Let everything that is ready in this loop run."""
    for _ in range(10):
        await asyncio.sleep(0)


@dataclass
class Service:
    """A service that answers from a table of paths, and keeps what it was asked."""

    answers: dict[str, Answering] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def answer(self, path: str, content: str | bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer `path` with fixed content; header names with underscores."""

        async def fixed(request: Request) -> Response:
            return Response(content, status, {name.replace("_", "-"): value for name, value in headers.items()})

        self.answers[path] = fixed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the table says, with 404 for what is not there."""
        request = Request(scope, receive)
        self.bodies.append(await request.body())
        self.asked.append(request)
        answering = self.answers.get(request.url.path)
        response = await answering(request) if answering else Response("no such page", 404)
        await response(scope, receive, send)

    def headers(self) -> Mapping[str, str]:
        """Return the headers of the last request."""
        return self.asked[-1].headers


class Directory(Service):
    """A directory that knows a few credentials: each with its account."""

    def __init__(self) -> None:
        super().__init__()
        self.accounts = {"ht_ada": "ada", "s-ada": "ada", "ht_bo": "bo"}
        self.exchanges: list[dict[str, str]] = []
        self.secrets: list[str | None] = []
        self.expires_in = 60
        self.hold: asyncio.Event | None = None
        self.answers["/internal/token"] = self.exchange

    async def exchange(self, request: Request) -> Response:
        """Exchange a credential, as it stands when the exchange begins."""
        asked = json.loads(self.bodies[-1])
        self.exchanges.append(asked)
        self.secrets.append(request.headers.get("huitang-gateway"))
        account = self.accounts.get(asked["credential"])
        if self.hold:
            await self.hold.wait()
        if account is None:
            return JSONResponse({}, 401)
        number = len(self.exchanges)
        return JSONResponse(
            {"token": f"t-{account}-{number}", "account_id": account, "expires_in": self.expires_in, "language": "en"}
        )


@dataclass
class Front:
    """A gateway that runs, its services, and a client before it."""

    gateway: Gateway
    client: httpx.AsyncClient
    bus: Ear
    directory: Directory
    events: Service
    calendar: Service


@asynccontextmanager
async def front(data: Path, **settings: Any) -> AsyncIterator[Front]:
    """Run a gateway before a directory, events and a calendar."""
    (data / "gateway.secret").write_text("hush\n")
    bus, directory, events, calendar = Ear(), Directory(), Service(), Service()
    upstreams = {
        "directory": Upstream("directory", directory, ("/sign-in",)),
        "events": Upstream("events", events, ("/events",)),
        "calendar": Upstream("calendar", calendar, ("/", "/calendars")),
    }
    own = Settings(**{"data": data, "log_level": "WARNING", "public_url": "http://huitang.test", **settings})
    gateway = Gateway(own, upstreams, bus, utc_now)  # type: ignore[arg-type]
    async with running(gateway):
        transport = httpx.ASGITransport(gateway, client=("192.0.2.7", 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://huitang.test") as client:
            yield Front(gateway, client, bus, directory, events, calendar)


def fronted(**settings: Any) -> Callable[[Callable[..., Awaitable[None]]], Callable[..., None]]:
    """Run an asynchronous test with a front of its own as the first argument; the others are pytest's."""

    def decorated(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
        def run(tmp_path: Path, **given: Any) -> None:
            async def inside() -> None:
                async with front(tmp_path, **settings) as running_front:
                    await test(running_front, **given)

            asyncio.run(inside())

        run.__name__, run.__doc__, run.__module__ = test.__name__, test.__doc__, test.__module__
        _, *others = inspect.signature(test).parameters.values()
        path = inspect.Parameter("tmp_path", inspect.Parameter.KEYWORD_ONLY)
        others = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in others]
        run.__signature__ = inspect.Signature([path, *others])  # type: ignore[attr-defined]
        run.__dict__.update(test.__dict__)
        return run

    return decorated


@asynccontextmanager
async def running(app: ASGIApp) -> AsyncIterator[None]:
    """Run the lifespan of an application."""
    to_app: asyncio.Queue[Message] = asyncio.Queue()
    from_app: asyncio.Queue[Message] = asyncio.Queue()

    async def live() -> None:
        await app({"type": "lifespan"}, to_app.get, from_app.put)

    task = asyncio.create_task(live())
    await to_app.put({"type": "lifespan.startup"})
    assert (await from_app.get())["type"] == "lifespan.startup.complete"
    yield
    await to_app.put({"type": "lifespan.shutdown"})
    assert (await from_app.get())["type"] == "lifespan.shutdown.complete"
    await task
