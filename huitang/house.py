"""The whole system in one process: every service on its own SQLite file, one bus, one gateway in front.

Which constructors run here is the only difference from many machines; no service knows where it runs.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from gateway.app import Gateway, Upstream
from huitang.opening import open_bus, open_database
from huitang.services import NAMES, load
from shared.caller import TokenVerifier
from shared.db import Clock, utc_now
from shared.files import FileStore
from shared.service import Runtime, Service, build_app
from shared.settings import Settings

SERVICES: tuple[Service, ...] = tuple(map(load, NAMES))


@asynccontextmanager
async def _entered(apps: Sequence[FastAPI]) -> AsyncIterator[None]:
    """Run the lifespans of all services."""
    async with AsyncExitStack() as stack:
        for app in apps:
            await stack.enter_async_context(app.router.lifespan_context(app))
        yield


class House:
    """Every service and the gateway; an ASGI application whose lifespan starts and stops all of it."""

    def __init__(self, settings: Settings, *, clock: Clock = utc_now) -> None:
        self.settings = settings
        databases = [open_database(settings, name, clock) for name in NAMES]
        self.bus = open_bus(settings, databases)
        self.runtimes: dict[str, Runtime] = {}
        self.apps: dict[str, FastAPI] = {}
        verifier = TokenVerifier(settings.data / "signing.jwks")
        for service, db in zip(SERVICES, databases, strict=True):
            files = FileStore(settings.data / "files" / service.name)
            runtime = Runtime(service, settings, db, self.bus, verifier, files)
            self.runtimes[service.name] = runtime
            self.apps[service.name] = build_app(service, runtime)
        upstreams = {s.name: Upstream(s.name, self.apps[s.name], tuple(s.prefixes)) for s in SERVICES}
        self.gateway = Gateway(settings, upstreams, self.bus, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or run the lifespans."""
        if scope["type"] != "lifespan":
            await self.gateway(scope, receive, send)
            return
        async with _entered(list(self.apps.values())):
            await self.gateway(scope, receive, send)
        self.close()

    def close(self) -> None:
        """End the bus and every database."""
        self.bus.close()
        for runtime in self.runtimes.values():
            runtime.db.close()
