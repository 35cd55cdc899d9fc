"""One edition with a draft schedule on a fresh database, changed through its own routes; nothing else is running."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from services.events.acceptances import api as conflicts_api
from services.events.editions.actions import TELL_SESSIONS
from services.events.editions.models import Edition
from services.events.programme.models import Person, ProgrammeSession, SessionPerson
from services.events.releases.actions import tell_sessions
from services.events.schedule import api as schedule_api
from services.events.series.models import Series
from services.events.service import service as events
from services.events.venues.models import EditionRoom, Room, Venue
from shared.audit import AuditRow
from shared.bus import LocalBus
from shared.caller import Caller, Grant, Role, TokenVerifier
from shared.db import Database, SharedBase
from shared.files import FileStore
from shared.ledger import OutboxRow
from shared.message import Fact, Message
from shared.service import Runtime, Service
from shared.settings import Settings
from shared.text import Text, same
from shared.tree import Node
from tests.apps import App
from tests.databases import url_of
from tests.shared.signing import Signer

ORGANIZER = Caller("organizer", grants=(Grant(Role.ORGANIZER, "hq"),), language="en")
SCHEDULER = Caller("scheduler", grants=(Grant(Role.SCHEDULER, "hq"),), language="en")
STRANGER = Caller("stranger", grants=(Grant(Role.ORGANIZER, "society"),), language="en")
MEMBER = Caller("member", language="en")
ZONE = "Asia/Shanghai"


@dataclass
class Turning:
    """A clock that stands still until it is turned."""

    now: datetime = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time it shows, a microsecond later each time, so that order shows."""
        self.now += timedelta(microseconds=1)
        return self.now


@dataclass
class Draft:
    """The edition `id`, its rooms and sessions by name, and a client of the service's own application."""

    runtime: Runtime
    clock: Turning
    signer: Signer
    id: str = ""
    rooms: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        app = App(self.runtime.service, self.runtime)
        self.transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self.db = self.runtime.db

    def ask(self, method: str, path: str, caller: Caller | None = ORGANIZER, **options: Any) -> httpx.Response:
        """Ask as `caller`; `version` is sent as If-Match."""
        headers = dict(options.pop("headers", {}))
        if caller:
            headers["Authorization"] = f"Bearer {self.signer.token(caller)}"
        if (version := options.pop("version", None)) is not None:
            headers["If-Match"] = f'"v{version}"'

        async def asking() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://events") as client:
                return await client.request(method, f"/api/events{path}", headers=headers, **options)

        return anyio.run(asking)

    def get(self, path: str, caller: Caller | None = ORGANIZER) -> Any:
        """Return what stands at a path below the edition."""
        answer = self.ask("GET", f"/editions/{self.id}{path}", caller)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, status: int = 200, caller: Caller = ORGANIZER) -> Any:
        """Post to a path below the edition; return the answer, which has this status."""
        answer = self.ask("POST", f"/editions/{self.id}{path}", caller, json=body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def place(self, session: str, at: str, room: str | None = None, *, version: int | None = None, **more: Any) -> Any:
        """Place or move a session on the first day; without a version, whatever stands there now."""
        answer = self.try_place(session, at, room, version=version, **more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def try_place(
        self, session: str, at: str, room: str | None = None, *, version: int | None = None, **more: Any
    ) -> httpx.Response:
        """Ask for a session to be placed."""
        caller = more.pop("caller", ORGANIZER)
        body = {"start_local": at if "T" in at else f"2026-11-23T{at}", "room_id": self.rooms[room] if room else None}
        stale = self.version(session) if version is None else version
        path = f"/sessions/{self.sessions[session]}/placement"
        return self.ask("PUT", path, caller, json=body | more, version=stale)

    def version(self, session: str) -> int:
        """Return the version of a placement, 0 where there is none."""
        answer = self.ask("GET", f"/sessions/{self.sessions[session]}/placement")
        return int(answer.json()["version"]) if answer.status_code == 200 else 0

    def standing(self) -> dict[str, tuple[str, str | None, int]]:
        """Return start, room and length of all that is placed, by name."""
        names = {id_: name for name, id_ in self.sessions.items()}
        rooms = {id_: name for name, id_ in self.rooms.items()}
        return {
            names[p["session_id"]]: (p["start_local"], rooms.get(p["room_id"]), p["duration_minutes"])
            for p in self.get("/schedule")["placements"]
        }

    def facts(self, *kinds: type[Fact]) -> list[Fact]:
        """Return the facts of these kinds, in order."""
        with self.db.reading() as tx:
            rows = tx.scalars(select(OutboxRow.message).order_by(OutboxRow.id)).all()
        facts = [Message.model_validate_json(row).fact() for row in rows]
        return [fact for fact in facts if isinstance(fact, kinds)]

    def deeds(self, subject: str) -> list[tuple[str, str, dict[str, Any]]]:
        """Return who did what to something."""
        with self.db.reading() as tx:
            rows = tx.scalars(select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id))
            return [(row.actor, row.verb, row.change) for row in rows]

    def add_session(self, name: str, people: Sequence[str] = (), **more: Any) -> str:
        """Add a session to the programme; its people are made as they are named."""
        with self.db.transaction() as tx:
            values = {"kind": "parallel", "duration_minutes": 30, "status": "confirmed", "position": 0} | more
            title = values.pop("title", same(name))
            edition = values.pop("edition_id", self.id)
            session = ProgrammeSession(edition_id=edition, title=title, slug=f"{name}-{edition[-8:]}", **values)
            tx.add(session)
            tx.flush()
            self.sessions[name] = session.id
            for number, person in enumerate(people):
                self._add_person(tx, person)
                part = SessionPerson(session_id=session.id, person_id=self.people[person], role="speaker")
                part.position = number
                tx.add(part)
        return self.sessions[name]

    def change(self, model: type[Any], id_: str, **values: Any) -> None:
        """Change a row, as other features would."""
        with self.db.transaction() as tx:
            row = tx.get_one(model, id_)
            for name, value in values.items():
                setattr(row, name, value)

    def _add_person(self, tx: Session, name: str) -> None:
        if name not in self.people:
            person = Person(owner_id="hq", name=same(name), affiliation=same("Academy"), email=f"{name}@example.org")
            tx.add(person)
            tx.flush()
            self.people[name] = person.id

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """Count the statements that run within the block."""
        statements: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
            statements.append(statement)

        engines = (self.db.engine, self.db._reader)
        for engine in engines:
            event.listen(engine, "before_cursor_execute", note)
        yield statements
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def make_draft(folder: Path, *routers: Any) -> Draft:
    """Make an edition of three days in three rooms of one venue, without sessions."""
    clock = Turning()
    db = Database("events", url_of(folder, "events", _make_tables), clock=clock)
    bus = LocalBus()
    bus.attach(db)
    service = Service(
        name="events",
        metadata=events.metadata,
        migrations=events.migrations,
        routers=(schedule_api.router, conflicts_api.router, *routers),
        live=schedule_api.LIVE,
        jobs={TELL_SESSIONS: tell_sessions},
    )
    signer = Signer(folder)
    verifier = TokenVerifier(folder / "signing.jwks")
    runtime = Runtime(service, Settings(data=folder), db, bus, verifier, FileStore(folder / "files"))
    draft = Draft(runtime, clock, signer)
    with db.transaction() as tx:
        for id_, parent in (("top", None), ("hq", "top"), ("society", "top")):
            path = f"/top/{id_}/" if parent else "/top/"
            tx.add(Node(id=id_, parent_id=parent, path=path, slug=id_, kind="office", name=same(id_), status="active", version=1))  # fmt: skip
        series = Series(slug="forum", name=Text("论坛", "Forum"), kind="forum", owner_id="hq")
        tx.add(series)
        tx.flush()
        draft.id = add_edition(tx, series.id, "forum-2026")
        venue = Venue(owner_id="hq", name=Text("会议中心", "Conference Centre"), zone=ZONE)
        tx.add(venue)
        tx.flush()
        for number, name in enumerate(("hall", "east", "west")):
            room = Room(venue_id=venue.id, name=same(name), slug=name, position=number)
            tx.add(room)
            tx.flush()
            draft.rooms[name] = room.id
            tx.add(EditionRoom(edition_id=draft.id, room_id=room.id, position=number))
    return draft


def _make_tables(db: Database) -> None:
    SharedBase.metadata.create_all(db.engine)
    events.metadata.create_all(db.engine)


def add_edition(tx: Session, series_id: str, slug: str, **more: Any) -> str:
    """Add an edition of three days and return its id."""
    edition = Edition(
        slug=slug, series_id=series_id, name=Text("第一届论坛", "First Forum"), owner_id="hq", zone=ZONE,
        starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 25), state="open", **more,
    )  # fmt: skip
    tx.add(edition)
    tx.flush()
    return edition.id
