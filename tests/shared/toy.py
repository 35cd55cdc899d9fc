"""A toy service for tests of the platform: it makes things, and hears what it has made itself."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import Integer, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from shared import migrate, revisions
from shared.audit import record
from shared.bus import LocalBus
from shared.caller import TokenVerifier
from shared.db import Database, KeepsVersions, SharedBase, id_column
from shared.errors import NotFound, check_version
from shared.files import FileStore
from shared.inbox import reactions
from shared.jobs import Handler
from shared.ledger import emit
from shared.message import Fact
from shared.paging import Page, PageQuery, paginate
from shared.schema import Count, In, Out
from shared.service import Runtime, Service
from shared.settings import Settings
from shared.text import Text, bilingual
from shared.web import Answer, CallerDep, IfMatch, Now, reads, writes
from tests.databases import url_of
from tests.shared.logs import read_log


class Base(KeepsVersions, DeclarativeBase):
    """The toy's tables."""


class Thing(Base):
    """Something."""

    __tablename__ = "things"

    id: Mapped[str] = id_column()
    name: Mapped[Text] = bilingual("name")
    rank: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)


class Seen(Base):
    """What a reaction has put here."""

    __tablename__ = "seen"

    id: Mapped[str] = id_column()
    times: Mapped[int] = mapped_column(Integer, default=0)


class ThingMade(Fact, type="toy.thing.made.v1", subject="thing_id"):
    """A thing was made."""

    thing_id: str
    name: Text


class ThingIn(In):
    """A thing to be made."""

    name: Text
    rank: Count = 0


class ThingOut(Out):
    """A thing."""

    id: str
    name: Text
    rank: int
    version: int


class ThingQuery(PageQuery):
    """Things of one rank, or all."""

    rank: Annotated[int | None, Query(ge=0, le=1000)] = None


router = APIRouter(prefix="/things", tags=["things"])


@router.post("", status_code=201)
@writes
def make_thing(tx: Session, caller: CallerDep, body: ThingIn) -> ThingOut:
    """Make a thing; the name `fail` fails after everything was written."""
    thing = Thing(name=body.name, rank=body.rank)
    tx.add(thing)
    tx.flush()
    emit(tx, ThingMade(thing_id=thing.id, name=thing.name))
    record(tx, caller, "thing.made", thing.id, rank=(None, thing.rank))
    if body.name.en == "fail":
        raise RuntimeError("failed late")
    return ThingOut.model_validate(thing)


@router.get("")
@reads
def list_things(tx: Session, caller: CallerDep, query: Annotated[ThingQuery, Query()]) -> Page[ThingOut]:
    """List things by rank."""
    statement = select(Thing)
    if query.rank is not None:
        statement = statement.where(Thing.rank == query.rank)
    rows, following, total = paginate(tx, statement, query, Thing.id, Thing.rank)
    return Page(items=[ThingOut.model_validate(row) for row in rows], next=following, total=total)


@router.patch("/{thing_id}")
@writes
def change_thing(tx: Session, caller: CallerDep, thing_id: str, version: IfMatch, body: ThingIn) -> ThingOut:
    """Change a thing."""
    thing = tx.get(Thing, thing_id)
    if thing is None:
        raise NotFound()
    check_version(thing.version, version, now=ThingOut.model_validate(thing))
    thing.name, thing.rank, thing.version = body.name, body.rank, thing.version + 1
    return ThingOut.model_validate(thing)


@router.post("/secret")
@writes
def tell_secret(tx: Session, caller: CallerDep, answer: Answer) -> Text:
    """Tell something once."""
    answer.headers["Cache-Control"] = "no-store"
    return Text("密", "secret")


@router.get("/received")
@reads
def received(tx: Session, now: Now) -> str:
    """Tell when the request arrived."""
    return now.isoformat()


def on_thing_made(tx: Session, fact: ThingMade) -> None:
    """Count how often a thing was heard of; the name `poison` cannot be handled."""
    if fact.name.en == "poison" and not Toy.mended:
        raise ValueError("poisoned")
    row = tx.get(Seen, fact.thing_id)
    if row is None:
        row = Seen(id=fact.thing_id, times=0)
        tx.add(row)
    row.times += 1


on_thing_made.__module__ = "services.toy.things.reactions"


class Turning:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.now

    def turn(self, seconds: float) -> None:
        """Let time pass at once."""
        self.now += timedelta(seconds=seconds)


@dataclass
class Toy:
    """A toy service that runs only when a test drains it."""

    runtime: Runtime
    clock: Turning
    mended = False

    def seen(self) -> dict[str, int]:
        """Return how often each thing was handled."""
        with self.runtime.db.reading() as tx:
            return {row.id: row.times for row in tx.scalars(select(Seen))}

    def deliver(self) -> bool:
        """Hand over one batch."""
        batch = read_log(self.runtime, "toy", self.runtime.position("toy"))
        return self.runtime.deliverer.deliver(batch)


OPEN: list[Database] = []
"""The databases of the toys of one test, which are closed at its end."""


def make_toy(folder: Path, jobs: dict[str, Handler] | None = None) -> Toy:
    """Make a toy on files in `folder`; nothing runs in its background."""
    service = Service(
        "toy",
        Base.metadata,
        folder,
        [router],
        reactions=reactions(on_thing_made),
        projections=[Base.metadata.tables["seen"]],
        jobs=jobs or {},
    )
    clock = Turning()
    db = Database("toy", url_of(folder, "toy", _make_tables), clock=clock)
    OPEN.append(db)
    bus = LocalBus()
    bus.attach(db)
    verifier = TokenVerifier(folder / "signing.jwks")
    Toy.mended = False
    return Toy(Runtime(service, Settings(data=folder), db, bus, verifier, FileStore(folder / "files")), clock)


def _make_tables(db: Database) -> None:
    migrate.upgrade_layer(db, "shared", revisions.HERE / "versions", SharedBase.metadata)
    Base.metadata.create_all(db.engine)
