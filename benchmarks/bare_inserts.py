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
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from sqlalchemy import Table, bindparam, event, text
from sqlalchemy.engine import make_url

from huitang.server import listen
from services.awards.service import service
from shared.db import SharedBase, new_id, utc_now
from shared.sqlite import Sqlite

FRESH = ("id", "message_id", "nomination_id", "key")
"""Columns in which no two rows have the same."""

TIMES = ("at", "made_at", "created_at", "decided_at", "received_at")

encode = json.JSONEncoder(ensure_ascii=False).encode


class Bare:
    """The rows that one submission writes, like the last ones there, written by sqlite3 alone."""

    def __init__(self, source: str, folder: str, counts: dict[str, int]) -> None:
        self._file = Path(folder) / "bare.db"
        self._connection = sqlite3.connect(self._file, isolation_level=None, check_same_thread=False)
        self._lock = threading.Lock()
        run = self._connection.execute
        run("PRAGMA journal_mode=WAL")
        run("PRAGMA synchronous=FULL")
        run("PRAGMA foreign_keys=OFF")
        run("ATTACH ? AS source", (source,))
        self._inserts = [copied for table, count in counts.items() for copied in [self._insert(table)] * count]
        self._copy("nominations")
        self._said = json.loads(run("SELECT content FROM nominations LIMIT 1").fetchone()[0])
        self._ids = [row[0] for row in run("SELECT id FROM nominations")]
        run("DETACH source")
        self._number = 0

    def _copy(self, table: str) -> None:
        """Make a table as it is there, with its indexes and rows."""
        told = "SELECT sql FROM source.sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC"
        for (sql,) in self._connection.execute(told, (table,)).fetchall():
            self._connection.execute(sql)
        self._connection.execute(f"INSERT INTO {table} SELECT * FROM source.{table}")

    def _insert(self, table: str) -> tuple[str, list[Any], list[int], list[tuple[int, Any]], list[int]]:
        """Return how a row like the last one is written, and where in it stand ids, documents with what they say, times."""
        self._copy(table)
        last = self._connection.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1")
        names = [column[0] for column in last.description]
        row = list(last.fetchone())
        for place, name in enumerate(names):
            if name in ("number", "hash") or (name == "id" and isinstance(row[place], int)):
                row[place] = None
        fresh = [p for p, name in enumerate(names) if name in FRESH and isinstance(row[p], str)]
        documents = [
            (p, json.loads(value))
            for p, value in enumerate(row)
            if isinstance(value, str) and value.startswith(("[", "{"))
        ]
        times = [p for p, name in enumerate(names) if isinstance(row[p], str) and name in TIMES]
        return f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row, fresh, documents, times

    def write(self) -> int:
        """Write what one submission writes; return its number."""
        with self._lock:
            self._number += 1
            run = self._connection.execute
            run("BEGIN IMMEDIATE")
            for statement, row, fresh, documents, times in self._inserts:
                for place in fresh:
                    row[place] = new_id()
                for place, said in documents:
                    row[place] = encode(said)
                for place in times:
                    row[place] = utc_now().isoformat(" ")[:-6]
                run(statement, row)
            said, nomination = encode(self._said), self._ids[self._number % len(self._ids)]
            run("UPDATE nominations SET handed_in = ?, version = version + 1 WHERE id = ?", (said, nomination))
            run("COMMIT")
            return self._number


class BareCore(Bare):
    """The same rows, written as values by SQLAlchemy Core."""

    def __init__(self, source: str, folder: str, counts: dict[str, int]) -> None:
        super().__init__(source, folder, counts)
        self._engine, _ = Sqlite(make_url(f"sqlite:///{self._file}")).engines()
        event.listen(self._engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
        tables = service.metadata.tables | SharedBase.metadata.tables
        self._rows = [row for name, count in counts.items() for row in [self._row(tables[name])] * count]
        nominations = tables["nominations"]
        self._update = (
            nominations.update()
            .where(nominations.c.id == bindparam("of"))
            .values(handed_in=bindparam("said"), version=nominations.c.version + 1)
        )
        self._content = self._last(nominations)["content"]

    def _last(self, table: Table) -> dict[str, Any]:
        with self._engine.connect() as connection:
            return dict(connection.execute(table.select().order_by(text("rowid DESC")).limit(1)).mappings().one())

    def _row(self, table: Table) -> tuple[Any, dict[str, Any], list[str]]:
        """Return how a row like the last one is written, and which of its values are never there twice."""
        row = self._last(table)
        numbered = ("number", "hash", *(["id"] if isinstance(row.get("id"), int) else []))
        row = {name: value for name, value in row.items() if name not in numbered}
        return table.insert(), row, [name for name in FRESH if isinstance(row.get(name), str)]

    def write(self) -> int:
        """Write what one submission writes; return its number."""
        with self._lock, self._engine.begin() as connection:
            self._number += 1
            for statement, row, fresh in self._rows:
                connection.execute(statement, row | {name: new_id() for name in fresh})
            nomination = self._ids[self._number % len(self._ids)]
            connection.execute(self._update, {"of": nomination, "said": self._content})
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
