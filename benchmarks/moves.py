"""A move in the draft schedule: its action beside the same writes on bare sqlite3, and through the API with 16 callers.

The action is check, write, fact and audit in one transaction at `synchronous=FULL`; the bare side writes the same rows,
with the same bytes, and commits the same way. Both take turns, and the median of the rounds counts. Through the API, the
whole house runs in a process of its own with the sample world, and every caller moves a session of its own to and fro,
in rounds as well: the median of their 99th percentiles counts, and the least and the greatest stand beside it. Rounds
that the machine's other users slowed are taken again (`calm.py`).
"""

import asyncio
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.__main__ import Row
from benchmarks.calm import Calm
from benchmarks.sampled import house
from benchmarks.wire import Wire, run
from huitang.server import spare_what_is_loaded
from services.events.editions.models import Edition
from services.events.programme.models import Person, ProgrammeSession, SessionPerson
from services.events.schedule.actions import place
from services.events.schedule.models import Placement
from services.events.schedule.schemas import PlaceIn
from services.events.series.models import Series
from services.events.service import service
from services.events.venues.models import EditionRoom, Room, Venue
from shared import migrate
from shared.caller import Caller, Grant, Role
from shared.db import Database
from shared.text import Text, same
from shared.times import PlannedTime
from shared.tree import Node

ROUNDS, MOVES, SESSIONS, ROOMS = 21, 20, 780, 35
CALLERS, API_ROUNDS, WARM_UP, SECONDS = 16, 15, 0.2, 1.0
MOST = 120
"""The most rounds that are taken for as many calm ones as are wanted."""
SHARE_LIMIT, MOVE_LIMIT_MS, READ_LIMIT_MS = 15.0, 60.0, 20.0
ZONE = "Europe/Brussels"
FIRST = datetime(2026, 2, 7, 9)
CALLER = Caller("organizer", grants=(Grant(Role.ORGANIZER, "hq"),))


@dataclass
class Draft:
    """A conference on the schedule: its database, and the places that its sessions take."""

    db: Database
    versions: dict[str, int]
    places: list[PlaceIn]

    def move(self, rng: random.Random) -> None:
        """Move any session to where any other stands."""
        session = rng.choice(list(self.versions))
        with self.db.transaction() as tx:
            moved = place(tx, CALLER, session, self.versions[session], rng.choice(self.places), self.db.clock())
        self.versions[session] = moved.version


def draft(folder: Path) -> Draft:
    """Put a two-day conference of the size of a real one on the schedule of a fresh database."""
    db = Database("events", f"sqlite:///{folder}/events.db")
    migrate.upgrade(db, service.name, service.migrations, service.metadata)
    rng = random.Random(1)
    with db.transaction() as tx:
        tx.add(
            Node(
                id="hq",
                parent_id=None,
                path="/hq/",
                slug="hq",
                kind="society",
                name=same("HQ"),
                status="active",
                version=1,
            )
        )
        series = Series(slug="forum", name=Text("论坛", "Forum"), kind="forum", owner_id="hq")
        venue = Venue(owner_id="hq", name=same("Campus"), zone=ZONE)
        people = [Person(owner_id="hq", name=same(f"Person {n}")) for n in range(SESSIONS)]
        tx.add_all([series, venue, *people])
        tx.flush()
        edition = Edition(
            slug="forum-2026", series_id=series.id, name=Text("论坛", "Forum"), owner_id="hq", zone=ZONE,
            starts_on=FIRST.date(), ends_on=FIRST.date() + timedelta(days=1), state="open",
        )  # fmt: skip
        rooms = [Room(venue_id=venue.id, name=same(f"Room {n}"), slug=f"room-{n}") for n in range(ROOMS)]
        tx.add_all([edition, *rooms])
        tx.flush()
        tx.add_all(EditionRoom(edition_id=edition.id, room_id=room.id) for room in rooms)
        versions, places = {}, []
        for number in range(SESSIONS):
            row, room = divmod(number, ROOMS)
            start = PlannedTime(FIRST + timedelta(days=row // 12, minutes=45 * (row % 12)), ZONE)
            session = ProgrammeSession(
                edition_id=edition.id, kind="talk", title=same(f"Talk {number}"), slug=f"talk-{number}",
                duration_minutes=40, status="confirmed", position=number,
            )  # fmt: skip
            tx.add(session)
            tx.flush()
            for person in rng.sample(people, rng.choice((1, 1, 2))):
                tx.add(SessionPerson(session_id=session.id, person_id=person.id, role="speaker"))
            tx.add(
                Placement(
                    session_id=session.id, edition_id=edition.id, room_id=rooms[room].id, start_local=start.local,
                    zone=ZONE, duration_minutes=40, starts_at=start.utc(), ends_at=start.plus(40).utc(), version=1,
                    changed_by="organizer", changed_at=datetime(2026, 1, 1, tzinfo=UTC),
                )
            )  # fmt: skip
            versions[session.id] = 1
            places.append(PlaceIn(start_local=start.local, room_id=rooms[room].id))
    return Draft(db, versions, places)


class Bare:
    """The rows that one move writes, written by sqlite3 alone into copies of the same tables."""

    def __init__(self, source: Database, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute("ATTACH ? AS source", (source.url.database,))
        self.rows: dict[str, tuple[Any, ...]] = {}
        for table in ("schedules", "placements", "audit", "outbox"):
            self._copy(table)
        self.connection.execute("DETACH source")
        self.sessions = [row[0] for row in self.connection.execute("SELECT session_id FROM placements")]
        self.number = 0

    def _copy(self, table: str) -> None:
        """Make a table as it is there, with its indexes and rows, but for keys to tables that are not here."""
        told = "SELECT sql FROM source.sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC"
        self.connection.execute("PRAGMA foreign_keys=OFF")
        for (sql,) in self.connection.execute(told, (table,)).fetchall():
            self.connection.execute(sql)
        self.connection.execute(f"INSERT INTO {table} SELECT * FROM source.{table}")
        last = self.connection.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1").fetchone()
        self.rows[table] = last

    def move(self, rng: random.Random) -> None:
        """Write what one move writes."""
        self.number += 1
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        run("UPDATE schedules SET number = number + 1")
        stood = run("SELECT * FROM placements WHERE session_id = ?", (rng.choice(self.sessions),)).fetchone()
        run("UPDATE placements SET room_id = ?, start_local = ?, starts_at = ?, ends_at = ?, version = ? WHERE session_id = ?",
            (stood[2], stood[3], stood[6], stood[7], self.number, stood[0]))  # fmt: skip
        deed, message = self.rows["audit"], self.rows["outbox"]
        run(f"INSERT INTO audit VALUES ({_marks(deed)})", (None, None, *deed[2:]))
        run(f"INSERT INTO outbox VALUES ({_marks(message)})", (None, None, f"{self.number:036}", *message[3:]))
        run("COMMIT")


def _marks(row: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(row))


def share() -> Row:
    """Measure how much of bare sqlite3's speed is left to a move."""
    rng = random.Random(2)
    with tempfile.TemporaryDirectory() as place_:
        folder = Path(place_)
        ours = draft(folder)
        for _ in range(5):
            ours.move(rng)
        bare = Bare(ours.db, folder)
        spare_what_is_loaded()
        rounds, said = Calm().rounds(
            lambda: (_timed(lambda: ours.move(rng)), _timed(lambda: bare.move(rng))), ROUNDS, MOST
        )
        ours.db.close()
        bare.connection.close()
    value = median(theirs / mine * 100 for mine, theirs in rounds)
    taken, beside = (median(each) * 1_000 for each in zip(*rounds, strict=True))
    peer = f"sqlite3, synchronous=FULL: {beside:.2f} ms{said and '; '}{said}"
    name = f"moves: the action alone, {taken:.1f} ms each"
    return _row(name, value, "%", f"≥ {SHARE_LIMIT:g}", value >= SHARE_LIMIT, peer)


def _timed(action: Callable[[], None]) -> float:
    began = time.perf_counter()
    for _ in range(MOVES):
        action()
    return (time.perf_counter() - began) / MOVES


@dataclass
class Callers:
    """Those who ask the same house at the same time, each over a connection of their own."""

    url: str
    key: str

    async def wire(self) -> Wire:
        """Connect one more of them."""
        return await Wire.open(self.url, Authorization=f"Bearer {self.key}")

    async def move(self, placement: dict[str, Any], since: float) -> list[float]:
        """Move one session to and fro, the next move as soon as the last was answered; return how long each took.

        What began before `since` is not counted: statements are put together when they are first needed.
        """
        taken, version, wire = list[float](), placement["version"], await self.wire()
        here = datetime.fromisoformat(placement["start_local"])
        path = f"/api/events/sessions/{placement['session_id']}/placement"
        number, until = 0, since + SECONDS
        while (began := time.monotonic()) < until:
            start = here + timedelta(minutes=5 * (number % 2 + 1))
            body = json.dumps({"start_local": start.isoformat(), "room_id": placement["room_id"]}).encode()
            answer = await wire.ask("PUT", path, body, If_Match=f'"v{version}"')
            if began >= since:
                taken.append(time.monotonic() - began)
            number += 1
            if answer.status != 200:
                raise RuntimeError(answer.body.decode())
            version = json.loads(answer.body)["version"]
        wire.close()
        return taken

    async def read(self, edition_id: str, since: float) -> list[float]:
        """Read an edition again and again; return how long each reading took."""
        taken, wire = list[float](), await self.wire()
        while (began := time.monotonic()) < since + SECONDS:
            answer = await wire.ask("GET", f"/api/events/editions/{edition_id}")
            if began >= since:
                taken.append(time.monotonic() - began)
            if answer.status != 200:
                raise RuntimeError(answer.body.decode())
            await asyncio.sleep(0.01)
        wire.close()
        return taken

    async def largest_draft(self) -> dict[str, Any]:
        """Return the schedule on which most stands."""
        wire = await self.wire()
        editions = json.loads((await wire.ask("GET", "/api/events/editions?limit=100")).body)["items"]
        drafts = [
            json.loads((await wire.ask("GET", f"/api/events/editions/{e['id']}/schedule")).body) for e in editions
        ]
        wire.close()
        return max(drafts, key=lambda each: len(each["placements"]))

    async def all_at_once(self) -> tuple[list[float], list[float]]:
        """Move and read for one round; return how long each move took, and each reading beside them, shortest first."""
        draft = await self.largest_draft()
        since = time.monotonic() + WARM_UP
        reading = asyncio.create_task(self.read(draft["edition_id"], since))
        moved = await asyncio.gather(*(self.move(each, since) for each in draft["placements"][:CALLERS]))
        return sorted(taken for each in moved for taken in each), sorted(await reading)


def through_api() -> list[Row]:
    """Measure moves and the reads beside them, as 16 callers and one reader see them."""
    with tempfile.TemporaryDirectory() as place_, house(Path(place_)) as (url, keys):
        rounds, said = Calm().rounds(lambda: run(Callers(url, keys["administrator"]).all_at_once()), API_ROUNDS, MOST)
    found = (
        (f"moves: through the API, {CALLERS} callers, p99", [moves for moves, _ in rounds], MOVE_LIMIT_MS, "moves"),
        ("moves: an edition read beside them, p99", [reads for _, reads in rounds], READ_LIMIT_MS, "reads"),
    )
    rows = []
    for name, each, limit, what in found:
        values = sorted(taken[int(len(taken) * 0.99)] * 1_000 for taken in each)
        rate = median(len(taken) / SECONDS for taken in each)
        beside = f"{rate:,.0f} {what} a second; p99 of the rounds from {values[0]:.0f} to {values[-1]:.0f} ms"
        beside += f"; {said}" if said else ""
        rows.append(_row(name, value := median(values), "ms", f"≤ {limit:g}", value <= limit, beside))
    return rows


def _row(name: str, value: float, unit: str, limit: str, holds: bool, peer: str = "") -> Row:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": peer, "holds": holds}


def measure() -> list[Row]:
    """Return the rows: the action beside bare sqlite3, and what callers of the API see."""
    return [share(), *through_api()]
