"""The whole system in one process: every service on its own SQLite file, one bus, one gateway in front.

Which constructors run here is the only difference from many machines; no service knows where it runs.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from filelock import FileLock, Timeout
from sqlalchemy.engine import make_url
from starlette.types import Receive, Scope, Send

from gateway.app import Gateway, Upstream
from huitang.copies import copy_database
from services.calendar.service import service as calendar
from services.directory.service import service as directory
from services.directory.setup.actions import ensure_local_key
from services.directory.signin.tokens import ensure_gateway_secret, ensure_keys
from services.events.service import service as events
from shared.bus import Bus, LocalBus
from shared.caller import TokenVerifier
from shared.db import Clock, Database, utc_now
from shared.files import FileStore
from shared.kafka import KafkaBus, make_topics
from shared.migrate import make_database, upgrade
from shared.revisions import is_current
from shared.service import Runtime, Service, build_app
from shared.settings import Settings

SERVICES: tuple[Service, ...] = (directory, events, calendar)


class FolderInUse(Exception):
    """Another process works on the same data folder."""


def open_database(settings: Settings, service: Service, clock: Clock = utc_now) -> Database:
    """Open the database of a service."""
    url = make_url(settings.database_url(service.name))
    if settings.database_password_file:
        url = url.set(password=settings.database_password_file.read_text(encoding="utf-8").strip())
    return Database(service.name, url, clock=clock)


def open_bus(settings: Settings, databases: Sequence[Database]) -> Bus:
    """Open the bus: Kafka where brokers are named, else that of this process, which reads the outboxes of `databases`."""
    if settings.kafka:
        return KafkaBus(settings.kafka, [service.name for service in SERVICES])
    bus = LocalBus()
    for db in databases:
        bus.attach(db)
    return bus


@asynccontextmanager
async def _entered(apps: Sequence[FastAPI]) -> AsyncIterator[None]:
    """Run the lifespans of all services."""
    async with AsyncExitStack() as stack:
        for app in apps:
            await stack.enter_async_context(app.router.lifespan_context(app))
        yield


def lock_folder(data: Path) -> FileLock:
    """Take the lock of a data folder; raise `FolderInUse`."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(data / "huitang.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise FolderInUse(str(data)) from error
    return lock


def prepare_folder(settings: Settings, clock: Clock = utc_now) -> list[str]:
    """Make keys that are missing, and bring every database forward; name those changed."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    ensure_keys(settings.data / "signing.jwks")
    ensure_gateway_secret(settings.data / "gateway.secret")
    return prepare_databases(settings, clock)


def prepare_databases(settings: Settings, clock: Clock = utc_now) -> list[str]:
    """Make databases that are missing, and bring each forward, keeping a copy of SQLite's first; name those changed."""
    changed = []
    for service in SERVICES:
        db = open_database(settings, service, clock)
        file = db.backend.file
        try:
            held_something = make_database(db)
            if not is_current(db, service.name, service.migrations, service.metadata):
                if held_something and file:
                    copy_database(file, file.with_suffix(f".before-{clock():%Y%m%dT%H%M%S}.db"))
                upgrade(db, service.name, service.migrations, service.metadata)
                changed.append(service.name)
        finally:
            db.close()
    return changed


def prepare_machines(settings: Settings) -> None:
    """Make the topics of every service where there are brokers, and the key by which the command line asks."""
    if settings.kafka:
        make_topics(settings.kafka, [service.name for service in SERVICES])
    db = open_database(settings, directory)
    try:
        ensure_local_key(db, settings.data / "cli.key")
    finally:
        db.close()


class House:
    """Every service and the gateway; an ASGI application whose lifespan starts and stops all of it."""

    def __init__(self, settings: Settings, *, clock: Clock = utc_now) -> None:
        self.settings = settings
        databases = [open_database(settings, service, clock) for service in SERVICES]
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
