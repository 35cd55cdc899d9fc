"""What is SQLite's own: its engines, and that there is one writer at a time, in one process.

A writing transaction holds the write lock from its first statement (`BEGIN IMMEDIATE`), so nobody else needs to be kept out
of anything: what other databases have to be asked for is so already.
"""

import threading
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, PoolProxiedConnection, Table, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from shared.backend import kept_json


class Sqlite:
    """A database in a file."""

    is_alone = True
    writers = 1
    readers = 16

    def __init__(self, url: URL) -> None:
        self._url = url
        self.file: Path | None = Path(url.database or "")
        self._writing = threading.Lock()

    def engines(self) -> tuple[Engine, Engine]:
        """Return the engine that writes and the one that reads."""
        return _engine(self._url, readonly=False), _engine(self._url, readonly=True)

    def view(self, tx: Session) -> AbstractContextManager[object]:
        """Ask nothing: every session of the engine that reads shows one."""
        return nullcontext()

    def writing(self) -> AbstractContextManager[object]:
        """Wait until no other thread writes."""
        return self._writing

    def held(self, task: str) -> AbstractContextManager[object]:
        """Hold nothing: no other process works on the file."""
        return nullcontext()

    def in_turn(self, tx: Session, names: Iterable[str]) -> None:
        """Ask nothing: every transaction is alone as it is."""

    def hold(self, tx: Session, row: object) -> None:
        """Ask nothing, either."""

    def hold_table(self, tx: Session, table: Table) -> None:
        """Ask nothing, either."""

    def count_on(self, tx: Session, table: Table) -> None:
        """Ask nothing: SQLite numbers behind the last row by itself."""

    def count_added(self, tx: Session) -> None:
        """Count nothing: SQLite plans without numbers."""

    def make(self) -> bool:
        """Make the file, for its owner alone, where it is missing; tell whether it was there."""
        assert self.file is not None
        held = self.file.exists()
        self.file.touch(mode=0o600)  # SQLite gives what it writes beside it the same mode
        return held

    def check(self, tx: Session) -> None:
        """Find nothing: SQLite orders by code point."""

    def migration_arguments(self) -> Mapping[str, Any]:
        """Connect as everybody does."""
        return {}

    def begin_migration(self, connection: Connection) -> None:
        """Begin with foreign keys off: a batch recreate would delete every child row."""
        driver: Any = connection.connection.dbapi_connection
        driver.isolation_level = None
        driver.execute("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def broken_key(self, connection: Connection) -> object:
        """Return a key that does not fit."""
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        return tuple(broken) if broken else None

    def close(self) -> None:
        """Hold nothing, and so let go of nothing."""


def _engine(url: URL, *, readonly: bool) -> Engine:
    engine = create_engine(
        url,
        json_serializer=kept_json,
        connect_args={"timeout": 30, "check_same_thread": False, "cached_statements": 512},
        pool_size=1 if not readonly else 16,
        max_overflow=1 if not readonly else 16,
        pool_use_lifo=True,  # each connection keeps pages of its own: the same few are used while few are needed
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late to protect a check
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA cache_size=-16000")
        if readonly:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    # Not by the event "begin": an engine of which any event is heard asks at every statement who hears it.
    setattr(engine.dialect, "do_begin", partial(_begin, "BEGIN" if readonly else "BEGIN IMMEDIATE"))  # noqa: B010
    # SQLAlchemy would compile each of these anew, for no name of a savepoint comes twice; the first two cannot fail.
    setattr(engine.dialect, "do_savepoint", partial(_run_bare, "SAVEPOINT"))  # noqa: B010 - mypy takes it for a method
    setattr(engine.dialect, "do_release_savepoint", partial(_run_bare, "RELEASE"))  # noqa: B010
    setattr(engine.dialect, "do_rollback_to_savepoint", _roll_back_to)  # noqa: B010
    return engine


def _begin(words: str, connection: PoolProxiedConnection) -> None:
    driver: Any = connection.driver_connection
    driver.execute(words)


def _run_bare(words: str, connection: Connection, name: str) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(f"{words} {name}")


def _roll_back_to(connection: Connection, name: str) -> None:
    connection.exec_driver_sql(f"ROLLBACK TO {name}")
