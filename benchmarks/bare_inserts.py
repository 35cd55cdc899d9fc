"""A bare FastAPI route that writes the rows of one submission and commits them durably: the peer of handing in.

`python -m benchmarks.bare_inserts HOW FILE COUNTS` makes its tables like those of the awards service in FILE, and serves;
COUNTS says in JSON how many rows of which table one submission writes. It prints its address. HOW is `core`, by SQLAlchemy
Core with the engine of the house, or `sqlite3`, by the driver alone. Both make what they insert of values, as any route
does: ids, times, and documents written as JSON.
"""

import json
import sqlite3
import sys
import tempfile
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Table, bindparam, text
from sqlalchemy.engine import make_url

from huitang.server import listen
from services.awards.service import service
from shared.db import SharedBase, new_id, utc_now
from shared.sqlite import Sqlite

FRESH = ("id", "message_id", "key")
"""Columns in which no two rows have the same."""

TIMES = ("at", "made_at", "created_at", "decided_at", "received_at")

GIVEN = ("number", "hash")
"""What the relay gives later."""

encode = json.JSONEncoder(ensure_ascii=False).encode


class Bare:
    """The rows that one submission writes, like the last ones there, written by sqlite3 alone into a copy of the database."""

    def __init__(self, source: str, folder: str, counts: dict[str, int]) -> None:
        self._file = Path(folder) / "bare.db"
        self._connection = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
        self._lock = threading.Lock()
        with sqlite3.connect(source) as there:
            there.backup(self._connection)
        run = self._connection.execute
        run("PRAGMA journal_mode=WAL")
        run("PRAGMA synchronous=FULL")
        run("PRAGMA foreign_keys=ON")
        self._inserts = [like for table, count in counts.items() for like in [self._like(table)] * count]
        self._drafts = iter(
            [row[0] for row in run("SELECT id FROM nominations WHERE submitted_at IS NULL ORDER BY id DESC")]
        )
        self._number = 0

    def _like(self, table: str) -> tuple[str, list[Any], list[int], list[tuple[int, Any]], list[int], list[int]]:
        """Return how a row like the last one is written, and where in it stand ids, documents with what they say, times.

        Last is where the nomination stands.
        """
        last = self._connection.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1")
        names = [column[0] for column in last.description]
        row = list(last.fetchone())
        for place, name in enumerate(names):
            if name in GIVEN or (name == "id" and isinstance(row[place], int)):
                row[place] = None
        texts = [(place, name, row[place]) for place, name in enumerate(names) if isinstance(row[place], str)]
        fresh = [place for place, name, _ in texts if name in FRESH]
        documents = [(place, json.loads(value)) for place, _, value in texts if value.startswith(("[", "{"))]
        times = [place for place, name, _ in texts if name in TIMES]
        of = [place for place, name, _ in texts if name == "nomination_id"]
        return f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row, fresh, documents, times, of

    def write(self) -> int:
        """Write what one submission writes; return its number."""
        with self._lock:
            self._number += 1
            run, nomination = self._connection.execute, next(self._drafts)
            run("BEGIN IMMEDIATE")
            for statement, row, fresh, documents, times, of in self._inserts:
                for place in fresh:
                    row[place] = new_id()
                for place, said in documents:
                    row[place] = encode(said)
                for place in times:
                    row[place] = _now()
                for place in of:
                    row[place] = nomination
                run(statement, row)
            run(
                "UPDATE nominations SET state = ?, serial = ?, number = ?, submitted_at = ?, changed_at = ?, "
                "handed_in = content, version = version + 1 WHERE id = ?",
                ("submitted", 100_000 + self._number, f"bare-{self._number}", _now(), _now(), nomination),
            )
            run("COMMIT")
            return self._number


def _now() -> str:
    return utc_now().isoformat(" ")[:-6]


class BareCore(Bare):
    """The same rows, written by SQLAlchemy Core."""

    def __init__(self, source: str, folder: str, counts: dict[str, int]) -> None:
        super().__init__(source, folder, counts)
        self._engine, _ = Sqlite(make_url(f"sqlite:///{self._file}")).engines()
        tables = service.metadata.tables | SharedBase.metadata.tables
        self._rows = [row for name, count in counts.items() for row in [self._row(tables[name])] * count]
        nominations = tables["nominations"]
        self._update = (
            nominations.update()
            .where(nominations.c.id == bindparam("of"))
            .values(
                {name: bindparam(name) for name in ("state", "serial", "number", "submitted_at", "changed_at")}
                | {"handed_in": nominations.c.content, "version": nominations.c.version + 1}
            )
        )

    def _row(self, table: Table) -> tuple[Any, dict[str, Any], list[str], list[str], list[str]]:
        """Return how a row like the last one is written, and which of its values are ids, times, and the nomination."""
        with self._engine.connect() as connection:
            last = connection.execute(table.select().order_by(text("rowid DESC")).limit(1)).mappings().one()
        given = (*GIVEN, *(["id"] if isinstance(last.get("id"), int) else []))
        row = {name: value for name, value in last.items() if name not in given}
        fresh = [name for name in FRESH if isinstance(row.get(name), str)]
        times = [name for name in TIMES if isinstance(row.get(name), datetime)]
        return table.insert(), row, fresh, times, [name for name in ("nomination_id",) if row.get(name)]

    def write(self) -> int:
        """Write what one submission writes; return its number."""
        with self._lock, self._engine.begin() as connection:
            self._number += 1
            nomination = next(self._drafts)
            for statement, row, fresh, times, of in self._rows:
                own = {name: new_id() for name in fresh} | {name: utc_now() for name in times}
                connection.execute(statement, row | own | dict.fromkeys(of, nomination))
            values = {"state": "submitted", "serial": 100_000 + self._number, "number": f"bare-{self._number}"}
            moments = {"submitted_at": utc_now(), "changed_at": utc_now()}
            connection.execute(self._update, {"of": nomination, **values, **moments})
            return self._number


PEERS = {"core": BareCore, "sqlite3": Bare}


def main(how: str, source: str, counts: str) -> None:
    """Serve until it is ended."""
    with tempfile.TemporaryDirectory() as folder:
        bare, app = PEERS[how](source, folder, json.loads(counts)), FastAPI()

        @app.post("/")
        def post() -> dict[str, int]:
            return {"number": bare.write()}

        listening = listen("127.0.0.1", 0)
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_keep_alive=3600)).run(sockets=[listening])


if __name__ == "__main__":
    main(*sys.argv[1:])
