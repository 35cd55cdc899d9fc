"""What is PostgreSQL's own: its pools, its locks across processes, and what its errors say.

Transactions see what others have committed (READ COMMITTED) and lock what a check rests on; readers hold one unchanging
view. Whatever two did to the same thing at the same moment shows as an error that `clashed` knows, and the later of the
two is done again from the start.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from hashlib import blake2b
from pathlib import Path
from select import POLLIN, poll
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, bindparam, create_engine, event, func, literal, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import NullPool

from shared.backend import WrongCollation, kept_json

WRITERS = 8
"""So many transactions at a time for requests. Three services with their readers stay below the 100 connections that a
server takes as it comes."""

READERS = 4
"""Fewer than writers: threads that read stand in each other's way for the interpreter rather than wait for a server."""

BACKGROUND = 4
"""So many connections more, for relay, jobs and reactions, so that requests never keep these waiting."""

HELD: Any = {"key_share": True}
"""How a row that is to be changed is locked; rows that point to it may come meanwhile."""

MANY_ROWS = 200
"""A transaction that has brought a table so many rows, and a tenth of what it held, has them counted."""

_OPTIONS = {
    "statement_timeout": "30s",  # as long as a gateway waits for an answer
    "lock_timeout": "10s",  # nobody holds a row longer who is well
    "idle_in_transaction_session_timeout": "120s",  # who stands still in a transaction must not stop everybody
    "timezone": "UTC",
}

_READING = r" -c default_transaction_isolation=repeatable\ read -c default_transaction_read_only=on"
"""One unchanging view, said once for a connection rather than for each of its transactions."""

_AWAY = {"57P01", "57P02", "57P03", "57P05", "25P03", "53300"}
"""Shut down, crashed, starting up, timed out, too many connections: besides the class 08."""

_BUSY = {"55P03", "57014"}
"""A lock or a statement that took too long."""

_CLASH = {"40001", "40P01", "23505", "23503"}
"""Not serializable, a deadlock, the same key or the lost parent of another who came first."""


def connect_args(*, limits: bool) -> dict[str, object]:
    """Return how to connect: who does not answer within five seconds is away. Migrations have no `limits`."""
    options = " ".join(f"-c {name}={value}" for name, value in _OPTIONS.items() if limits or name == "timezone")
    return {"connect_timeout": 5, "options": options, "application_name": "huitang"}


class Postgres:
    """A database of a server."""

    file: Path | None = None
    is_alone = False
    writers = WRITERS
    readers = READERS

    def __init__(self, url: URL) -> None:
        self._url = url
        self._locks = Locks(url)

    def engines(self) -> tuple[Engine, Engine]:
        """Return the engine that writes and the one that reads; a lost connection is found before it is used."""
        writing = connect_args(limits=True)
        reading = writing | {"options": f"{writing['options']}{_READING}"}
        both: Any = {"max_overflow": BACKGROUND, "json_serializer": kept_json}
        writer = create_engine(self._url, connect_args=writing, pool_size=WRITERS, **both)
        reader = create_engine(self._url, connect_args=reading, pool_size=READERS, isolation_level="AUTOCOMMIT", **both)
        for engine in (writer, reader):
            event.listen(engine, "checkout", _check_alive)
        event.listen(writer, "after_cursor_execute", _note_added)
        return writer, reader

    @contextmanager
    def view(self, tx: Session) -> Iterator[None]:
        """Ask in one transaction. It is committed, since a driver that rolls back forgets what statements it has prepared."""
        connection = tx.connection()
        connection.exec_driver_sql("BEGIN")
        yield
        connection.exec_driver_sql("COMMIT")

    def writing(self) -> AbstractContextManager[object]:
        """Wait for nobody: many write at once."""
        return nullcontext()

    def held(self, task: str) -> AbstractContextManager[object]:
        """Hold an advisory lock; raise what `is_away` knows where another keeps it too long."""
        return self._locks.held(task)

    def in_turn(self, tx: Session, names: Iterable[str]) -> None:
        """Hold an advisory lock for each name until the commit, always in the same order: no two wait for each other."""
        for name in sorted(names):
            tx.execute(_TURN, {"key": key_of(name)})

    def hold(self, tx: Session, row: object) -> None:
        """Lock the row, and read it again; rows that point to it may come meanwhile."""
        tx.refresh(row, with_for_update=HELD)

    def hold_table(self, tx: Session, table: Table) -> None:
        """Lock the table against writing."""
        tx.execute(text(f"LOCK TABLE {table.name} IN EXCLUSIVE MODE"))

    def count_on(self, tx: Session, table: Table) -> None:
        """Set the sequence of the table's numbered column."""
        column: Column[int] | None = table.autoincrement_column
        if column is not None:
            sequence = func.pg_get_serial_sequence(literal(table.name), literal(column.name))
            tx.execute(select(func.setval(sequence, func.max(column))).having(func.max(column).is_not(None)))

    def count_added(self, tx: Session) -> None:
        """Have the rows counted, for the planner, that this transaction has brought to a table in great number.

        The server counts by itself once a minute, but then nothing of a transaction that is still open: where it comes at
        such a moment it takes a table of a thousand rows for empty, and goes through all of it for each row of another.
        Who is about to commit sees its own rows, and the server leaves a table alone that is being counted.
        """
        connection = tx.connection()
        added: Counter[str] = connection.info.pop("added", Counter())
        many = {table: number for table, number in added.items() if number >= MANY_ROWS}
        if many:
            held: dict[str, float] = dict(connection.execute(_COUNTED, {"tables": list(many)}).all())
            if due := sorted(table for table, number in many.items() if number * 10 >= held[table]):
                connection.exec_driver_sql(f"ANALYZE {', '.join(due)}")

    def make(self) -> bool:
        """Make the database where it is missing; tell whether it was there."""
        return make_database(self._url)

    def check(self, tx: Session) -> None:
        """Raise `WrongCollation` where the database does not order by code point."""
        asked = "SELECT datcollate, datlocprovider FROM pg_database WHERE datname = current_database()"
        found, provider = tx.execute(text(asked)).one()
        if provider != "c" or found.upper().replace("-", "") not in ("C", "POSIX", "C.UTF8"):
            raise WrongCollation(
                f"{self._url.database} orders text by {found}; make it with"
                " CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            )

    def migration_arguments(self) -> Mapping[str, Any]:
        """Connect without limits of time."""
        return connect_args(limits=False)

    def begin_migration(self, connection: Connection) -> None:
        """Wait until nobody else migrates."""
        connection.execute(_TURN, {"key": key_of("migrating")})

    def broken_key(self, connection: Connection) -> object:
        """Find nothing: keys are looked at while rows are written."""
        return None

    def close(self) -> None:
        """Let go of every lock."""
        self._locks.close()


def make_database(url: URL, template: str = "template0") -> bool:
    """Make a database where it is missing, in UTF-8 and ordered by code point as SQLite orders; tell whether it was there.

    What another one as `template` holds is copied as files, for which the server has to be PostgreSQL 15 or newer.
    """
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        if connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": url.database}):
            return True
        name, source = (engine.dialect.identifier_preparer.quote(each) for each in (str(url.database), template))
        words = f"CREATE DATABASE {name} TEMPLATE {source} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        connection.exec_driver_sql(words if template == "template0" else f"{words} STRATEGY FILE_COPY")
    return False


def _check_alive(connection: Any, _record: object, _proxy: object) -> None:
    """Raise where the server has spoken on a connection that rests: it says goodbye, and nothing else, unasked.

    Asking instead (SQLAlchemy's ping) would take as long as any other statement.
    """
    resting = poll()
    resting.register(connection, POLLIN)
    if resting.poll(0):
        raise DisconnectionError("the server has closed the connection")


def _note_added(connection: Connection, cursor: Any, _words: str, _values: object, context: Any, _many: bool) -> None:
    """Note how many rows a statement has inserted, and where."""
    if context.isinsert:
        connection.info.setdefault("added", Counter())[context.compiled.statement.table.name] += cursor.rowcount


_COUNTED = text(
    "SELECT relname, reltuples FROM pg_class WHERE relname = ANY(:tables) AND relnamespace = current_schema()::regnamespace"
)


def state_of(error: BaseException) -> str:
    """Return the SQLSTATE of an error, empty where the server gave none."""
    return str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")


def is_away(error: BaseException) -> bool:
    """Tell whether an error says that the server is away, shuts down, starts, or had no time."""
    state = state_of(error)
    return isinstance(error, DBAPIError) and (state[:2] == "08" or state in _AWAY or state in _BUSY)


def clashed(error: BaseException) -> bool:
    """Tell whether somebody else changed the same at the same moment, so that the work should be done anew."""
    return isinstance(error, StaleDataError) or (isinstance(error, DBAPIError) and state_of(error) in _CLASH)


def may_be_for_good(error: BaseException) -> bool:
    """Tell whether a clash may show again however often it is tried: a key that is taken stays taken."""
    return isinstance(error, IntegrityError)


class Locks:
    """Locks by name that one process at a time holds among all that use a database.

    Each is held on a connection of its own, so that it ends with the process, or with the connection.
    """

    def __init__(self, url: URL) -> None:
        self._engine = create_engine(
            url, connect_args=connect_args(limits=True), poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        self._kept: dict[str, Connection] = {}
        self._guard = threading.Lock()

    @contextmanager
    def held(self, name: str) -> Iterator[None]:
        """Hold the lock; raise what `is_away` knows where another keeps it too long. One thread at a time asks."""
        connection = self._take(name)
        try:
            yield
        finally:
            try:
                connection.execute(_UNLOCK, {"key": key_of(name)})
            except SQLAlchemyError:  # it was lost, and the lock with it
                self._drop(name)

    def close(self) -> None:
        """Let go of every lock."""
        for name in tuple(self._kept):
            self._drop(name)
        self._engine.dispose()

    def _take(self, name: str) -> Connection:
        with self._guard:
            kept = self._kept.get(name)
        if kept is not None:
            try:
                kept.execute(_LOCK, {"key": key_of(name)})
                return kept
            except SQLAlchemyError as error:
                self._drop(name)
                if state_of(error) in _BUSY:
                    raise
        connection = self._engine.connect()
        try:
            connection.execute(_LOCK, {"key": key_of(name)})
        except SQLAlchemyError:
            connection.invalidate()
            connection.close()
            raise
        with self._guard:
            self._kept[name] = connection
        return connection

    def _drop(self, name: str) -> None:
        with self._guard:
            connection = self._kept.pop(name, None)
        if connection is not None:
            connection.invalidate()
            connection.close()


_LOCK = text("SELECT pg_advisory_lock(:key)").bindparams(bindparam("key"))
_UNLOCK = text("SELECT pg_advisory_unlock(:key)").bindparams(bindparam("key"))
_TURN = text("SELECT pg_advisory_xact_lock(:key)").bindparams(bindparam("key"))
"""Waits until no other transaction holds the key, and holds it until the commit."""


def key_of(name: str) -> int:
    """Return the number under which PostgreSQL knows the lock of this name."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
