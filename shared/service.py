"""What a service is, what it is given, and how the two become an application."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig
from sqlalchemy import MetaData, Table
from starlette.datastructures import Headers, State
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from shared import problems
from shared.bus import Bus
from shared.caller import TokenVerifier
from shared.db import Database
from shared.describing import Described
from shared.files import FileStore
from shared.inbox import Deliverer, Reaction
from shared.jobs import Handler, Work, Worker
from shared.keys import Keys
from shared.live import Live, live_router
from shared.message import FACTS, Fact, request_id
from shared.operations import REBUILD, health_router, operations_router
from shared.relay import Relay
from shared.route_table import RouteTable, add_routes
from shared.settings import Settings
from shared.together import calls_of
from shared.tracing import name_request
from shared.tree import TREE_REACTIONS, Node
from shared.workdays import load_calendar


@dataclass(frozen=True)
class Service:
    """A service as its `service.py` declares it.

    `routers` stand under `/api/<name>`; `pages` and `internal` stand as they are; `prefixes` are the public URL prefixes
    that the gateway sends here. `projections` are tables that hold nothing but what reactions put there. `front` stands
    before all routes and what the framework does for them, and answers what needs neither.
    """

    name: str
    metadata: MetaData
    migrations: Path
    routers: Sequence[APIRouter]
    pages: Sequence[APIRouter] = ()
    internal: Sequence[APIRouter] = ()
    prefixes: Sequence[str] = ()
    reactions: Sequence[Reaction] = ()
    projections: Sequence[Table] = ()
    jobs: Mapping[str, Handler] = field(default_factory=dict)
    live: Live | None = None
    front: Callable[[State, ASGIApp], ASGIApp] | None = None

    def all_reactions(self) -> tuple[Reaction, ...]:
        """Return its own reactions behind those that keep the organisation tree."""
        return (*TREE_REACTIONS, *self.reactions)

    def all_projections(self) -> tuple[Table, ...]:
        """Return every table that a rebuild empties."""
        return (Node.metadata.tables["tree"], *self.projections)

    def publishes(self) -> list[type[Fact]]:
        """Return the facts this service owns."""
        return [kind for name, kind in sorted(FACTS.items()) if name.startswith(f"{self.name}.")]


@dataclass
class Runtime:
    """What a service is given: its database, the bus, keys, files and settings; and what works in its background."""

    service: Service
    settings: Settings
    db: Database
    bus: Bus
    verifier: TokenVerifier
    files: FileStore

    def __post_init__(self) -> None:
        self.db.address = self.settings.address()
        self.db.keys = Keys(self.settings.data)
        self.db.calendar = load_calendar(self.settings.workdays)
        self.db.files = self.files
        self.calls = calls_of(self.db)
        self.relay = Relay(self.db, self.bus)
        self.worker = Worker(self.db, {REBUILD: self.rebuild, **self.service.jobs})
        self.deliverer = Deliverer(self.db, self.service.all_reactions())

    def start(self) -> None:
        """Start the relay, the reading of other services' logs, and the jobs."""
        self.relay.start()
        self.bus.subscribe(self.service.name, self.deliverer.sources(), self.position, self.deliverer.deliver)
        self.worker.start()

    def stop(self) -> None:
        """Finish what is in hand and end; the bus and the database are closed by who made them."""
        self.worker.stop()
        self.relay.stop()

    def position(self, source: str) -> int:
        """Return how far the log of `source` was handled here."""
        return self.deliverer.position(source)

    def rebuild(self, work: Work | None = None) -> int:
        """Empty this service's projections and fill them from the logs; return how many messages were read."""
        return self.deliverer.rebuild(self.service.all_projections(), self.bus.replay, work)


_TELEMETRY: TelemetryConfig = {"metrics": False, "logs": False, "operation_spans": False}


def build_app(service: Service, runtime: Runtime) -> FastAPI:
    """Make the application of a service; its lifespan starts and stops the background of `runtime`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        runtime.start()
        yield
        runtime.stop()

    app = Described(
        title=f"Huitang {service.name}",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry=_TELEMETRY | {"tracing": bool(runtime.settings.traces)},
        responses={
            "4XX": {"description": "A refusal", "content": {problems.MEDIA_TYPE: {"schema": problems.problem_schema()}}}
        },
        generate_unique_id_function=lambda route: f"{service.name}_{route.name}",
    )

    @app.get(f"/api/{service.name}/openapi.json", include_in_schema=False)
    def describe() -> JSONResponse:
        """Describe the API, in a thread: making the description takes a second and would hold up everybody."""
        return JSONResponse(app.openapi())

    app.state.runtime = runtime
    app.state.service = service
    live = [live_router(service.live)] if service.live else []
    for router in (*service.routers, operations_router(), *live):
        add_routes(app, router, f"/api/{service.name}")
    for router in (*service.pages, *service.internal, health_router()):
        add_routes(app, router, include_in_schema=False)
    app.table = RouteTable(app.routes)
    app.router.routes = [app.table]
    problems.install(app)
    app.add_middleware(RequestId)
    if service.front:
        app.put_before(service.front)
    return app


class RequestId:
    """Carries the gateway's request id into the logs, facts and problems of this request, and of what is made of a fault.

    Refuses at once an address with the character NUL, which not every database can look for.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set the id for the time of one request; where that fails, it stays for who answers instead."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        header = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        token = request_id.set(header.decode("latin-1")[:64])
        name_request()
        if "\0" in scope["path"] or b"%00" in scope.get("query_string", b""):
            language = problems.accepted_language(Headers(scope=scope))
            await problems.problem(problems.Unstorable(), language)(scope, receive, send)
        else:
            await self.app(scope, receive, send)
        request_id.reset(token)
