"""An account opened on PostgreSQL: its action, with fact and audit, beside the same inserts on bare psycopg.

Both commit through to the disk, on the same server. The action checks who asks, the organisation and the contact, and
writes account, fact and record in one transaction; the bare side writes the same three rows, with the same bytes. They
take turns, and the median of the rounds counts, those left out that others slowed (`calm.py`).
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from statistics import median
from typing import TypeVar

import psycopg
from psycopg import sql
from psycopg.types.json import Json

from benchmarks.__main__ import Row
from benchmarks.calm import Calm
from benchmarks.stack import Stack, not_here, postgres, postgres_lacking, row
from huitang.server import spare_what_is_loaded
from services.directory.accounts.actions import open_account
from services.directory.accounts.schemas import AccountIn
from services.directory.organisations.actions import ensure_root
from shared.caller import Caller, Grant, Role
from shared.db import Database
from shared.text import Text

T = TypeVar("T")

ROUNDS, MOST, DEEDS, LIMIT = 7, 40, 60, 30
TABLES = ("accounts", "audit", "outbox")
OWN = {"accounts": ("id", "email"), "audit": (), "outbox": ("message_id",)}
"""What differs from row to row; what the database gives is left out."""


class Office:
    """Where accounts are opened, by the action and bare."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.numbers = count(1)
        with db.transaction() as tx:
            self.root = ensure_root(tx).id
        self.caller = Caller("registrar", grants=(Grant(Role.ADMINISTRATOR, self.root),))
        self.act(self.asked())
        address = db.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self.bare = psycopg.connect(address, autocommit=True)  # so that `transaction` begins and commits one of its own
        self.inserts = [self._insert(table) for table in TABLES]

    def asked(self) -> AccountIn:
        """Return what is asked for, as the route hands it over."""
        email = f"member-{next(self.numbers)}@example.org"
        return AccountIn(name=Text("会员", "Member"), email=email, organisation_id=self.root)

    def act(self, body: AccountIn) -> None:
        """Open an account as the service does."""
        with self.db.transaction() as tx:
            open_account(tx, self.caller, body, self.db.clock())

    def write(self, number: int) -> None:
        """Write what opening one account writes."""
        with self.bare.transaction(), self.bare.cursor() as cursor:
            for table, (statement, values) in zip(TABLES, self.inserts, strict=True):
                cursor.execute(statement, values | dict.fromkeys(OWN[table], f"{number:036}"))

    def _insert(self, table: str) -> tuple[sql.Composed, dict[str, object]]:
        """Return the insert of the row that the action has written last, and its values."""
        with self.bare.cursor() as cursor:
            last = "opened_at" if table == "accounts" else "id"
            found = cursor.execute(
                sql.SQL("SELECT * FROM {} ORDER BY {} DESC LIMIT 1").format(sql.Identifier(table), sql.Identifier(last))
            ).fetchone()
            names = [column.name for column in cursor.description or ()]
        values = {
            name: Json(value) if isinstance(value, dict) else value
            for name, value in zip(names, found or (), strict=True)
        }
        if table != "accounts":
            values = {name: value for name, value in values.items() if name not in ("id", "number", "hash")}
        columns = sql.SQL(", ").join(map(sql.Identifier, values))
        marks = sql.SQL(", ").join(map(sql.Placeholder, values))
        return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), columns, marks), values


def _timed(action: Callable[[T], None], each: Sequence[T]) -> float:
    began = time.perf_counter()
    for what in each:
        action(what)
    return (time.perf_counter() - began) / len(each)


def taken(office: Office) -> tuple[float, float]:
    """Return the seconds that one account takes by the action, and bare."""
    asked = [office.asked() for _ in range(DEEDS)]
    return _timed(office.act, asked), _timed(office.write, [next(office.numbers) for _ in range(DEEDS)])


def measure() -> list[Row]:
    """Return the row, or what is missing."""
    name = "deeds: an account opened on PostgreSQL, with fact and audit"
    if missing := postgres_lacking():
        return not_here(name, missing)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o711)
        with postgres(folder) as server:
            db = Stack((), server).database("directory")
            office = Office(db)
            taken(office)
            spare_what_is_loaded()
            rounds, said = Calm().rounds(lambda: taken(office), ROUNDS, MOST)
            office.bare.close()
            db.close()
    value = median(bare / ours * 100 for ours, bare in rounds)
    ours, bare = (median(each) * 1_000 for each in zip(*rounds, strict=True))
    peer = f"{ours:.2f} ms; psycopg, synchronous_commit=on: {bare:.2f} ms{said and '; '}{said}"
    return [row(name, value, "% of bare", f"≥ {LIMIT}", value >= LIMIT, peer)]
