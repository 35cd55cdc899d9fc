"""One database of one service: transactions, reading, and locks for what only one may do.

Nobody else commits. On SQLite a writing transaction holds the write lock from its first statement (`BEGIN IMMEDIATE`),
so a check and the change that rests on it see the same state. On PostgreSQL many write at once: a row is changed only as
it was read (`KeepsVersions`), and a check that counts waits `in_turn`.
"""

import threading
from asyncio import get_running_loop
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from datetime import UTC, datetime
from typing import Any, Literal, Self, TypeVar, get_args

import anyio
import uuid_utils
from sqlalchemy import Connection, DateTime, Dialect, Engine, Insert, String, create_engine, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.orm import DeclarativeBase, MappedColumn, Session, SessionTransaction, declared_attr, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import NullPool
from sqlalchemy.types import TypeDecorator

from shared import postgres
from shared.backend import Backend
from shared.glance import AskedAgain, Glance
from shared.sqlite import Sqlite
from shared.workdays import WorkCalendar, announced

Clock = Callable[[], datetime]

T = TypeVar("T")

_BACKENDS: Mapping[str, Callable[[URL], Backend]] = {"sqlite": Sqlite, "postgresql": postgres.Postgres}

HELD: Any = postgres.HELD
"""For `Session.get` of a row that is to be changed: locked as `hold` locks it."""

Row = Mapping[str, Any]
Late = dict[Insert, list[Row]]

Leaving = Literal["facts", "jobs"]
LEAVINGS: tuple[Leaving, ...] = get_args(Leaving)
"""What a transaction may leave for others to work on; it notes so in its session's `info`."""


class KeepsVersions:
    """Lets a row that has a `version` be changed or deleted only as it was read.

    Where another transaction changed it since, the flush raises what `postgres.clashed` knows. Actions raise `version`
    themselves.
    """

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        column = cls.__dict__.get("version")
        return {} if column is None else {"version_id_col": column, "version_id_generator": False}


class CanBeCopied:
    """Lets a row be copied."""

    def copied(self, **values: Any) -> Self:
        """Return a new row like this one, not yet added, with an id of its own and `values` instead of what it has."""
        names = (attribute.key for attribute in inspect(type(self)).column_attrs)
        own = {name: getattr(self, name) for name in names if name != "id"}
        return type(self)(**own | values)


class SharedBase(KeepsVersions, DeclarativeBase):
    """The tables that every database has: outbox, inbox, jobs, audit, tree."""


def utc_now() -> datetime:
    """Return the present instant; the clock of every real process."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a new UUIDv7 as text: unique, and in the order of making."""
    return str(uuid_utils.uuid7())


def id_column() -> MappedColumn[str]:
    """Map a primary key that is a UUIDv7 string."""
    return mapped_column(String(36), primary_key=True, default=new_id)


class UtcDateTime(TypeDecorator[datetime]):
    """A column of instants: takes aware datetimes, gives them back in UTC on every database."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """Tell what the column gives, for cursors of lists."""
        return datetime

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Use a column with time zone where the database has one."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant as the database takes it; raise `ValueError` for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs its offset from UTC: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant with its zone, UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Any:
        """Return what turns an instant into SQLAlchemy's text for SQLite in one step; every move binds a score."""
        return _text_of if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """Return what turns that text back."""
        return _instant_of if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _text_of(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"an instant needs its offset from UTC: {moment!r}")
    return moment.astimezone(UTC).isoformat(" ", "microseconds").removesuffix("+00:00")


def _instant_of(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


def lost_connection(error: BaseException) -> bool:
    """Tell whether `error` says that the database is away or busy, rather than that the work was wrong."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if isinstance(error, PoolExhausted) or postgres.is_away(error):
        return True
    if postgres.clashed(error) and not postgres.may_be_for_good(error):
        return True
    words = str(error)
    return isinstance(error, OperationalError | InterfaceError) and (
        "locked" in words or "connect" in words or "unable to open" in words or "disk I/O" in words
    )


class Database:
    """The database of the service `name`; made once per process and closed at its end.

    `address` is the one that people use; its runtime sets it, and sessions carry it for links in what is stored ahead.
    `keys` are those that the installation seals and signs with; sessions carry them for `sealer_of` and `signer_of`, and
    the `calendar` of its working days for `calendar_of`, and the service's `files` for `files_of`.
    """

    def __init__(self, name: str, url: str | URL, *, clock: Clock = utc_now) -> None:
        self.name = name
        self.url = make_url(url)
        self.clock = clock
        self.address = ""
        self.keys: Any = None
        self.calendar = announced()
        self.files: Any = None
        self.backend: Backend = _BACKENDS[self.url.get_backend_name()](self.url)
        self._engine, self._reader = self.backend.engines()
        self._kinds_with_views: set[Hashable] = set()
        self._exclusive: dict[str, threading.Lock] = {}
        self._listeners: list[tuple[str, Callable[[], None]]] = []
        self._changes = 0
        self._committing = False
        self.write_limiter = anyio.CapacityLimiter(self.backend.writers)
        self._readers = ThreadPoolExecutor(self.backend.readers, f"{name}-reads")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open a writing transaction; it is committed at the end of the block and rolled back by any exception."""
        left: set[Leaving] = set()
        with self._writer(left), Session(self._engine, expire_on_commit=False) as tx, tx.begin():
            tx.info.update(self._info())
            yield tx
            write_now(tx)
            tx.flush()
            self.backend.count_added(tx)
            left.update(_left_by(tx))
            self._committing = bool(left)

    @contextmanager
    def sharing(self) -> Iterator[Callable[[Callable[[Session], T]], T]]:
        """Open a writing transaction of SQLite for several pieces of work; yield what runs one.

        What a piece raises rolls back that piece alone, and is raised to the caller, who may run the next. Where SQLite
        gave up the whole transaction (a full disk), every further piece raises, and so does the end of the block.
        """
        left: set[Leaving] = set()
        late: Late = {}
        given_up: list[Exception] = []

        def run(work: Callable[[Session], T]) -> T:
            if given_up:
                raise given_up[0]
            tx = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
            tx.info.update(self._info())
            try:
                result = work(tx)
                tx.commit()
            except Exception as error:
                if not driver.in_transaction:
                    given_up.append(error)
                raise
            finally:
                tx.close()
            left.update(_left_by(tx))
            for statement, rows in tx.info.get("late", {}).items():
                late.setdefault(statement, []).extend(rows)
            return result

        with self._writer(left), self._engine.connect() as connection, connection.begin():
            driver: Any = connection.connection.dbapi_connection
            yield run
            if given_up:
                raise given_up[0]
            for statement, rows in late.items():
                connection.execute(statement, rows)
            self._committing = bool(left)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a reading session with one unchanging view; it never waits for writers."""
        with Session(self._reader, expire_on_commit=False, autoflush=False) as tx:
            tx.info.update(self._info())
            with self.backend.view(tx):
                yield tx

    async def read(self, work: Callable[[Session], T], kind: Hashable) -> T:
        """Run `work` in a reading session on a thread, in the context of whoever asks, and return what it returned.

        It may be run twice, since work of this `kind` is believed to ask one statement until it asks another. The threads
        are the database's own: through anyio's, which can be told to let go, the way there and back takes three times as
        long (60 µs of processor time instead of 20).
        """
        return await get_running_loop().run_in_executor(self._readers, copy_context().run, self._read, work, kind)

    def _read(self, work: Callable[[Session], T], kind: Hashable) -> T:
        if kind not in self._kinds_with_views:
            try:
                with Glance(self._reader, expire_on_commit=False, autoflush=False) as glance:
                    glance.info.update(self._info())
                    return work(glance)
            except AskedAgain:
                self._kinds_with_views.add(kind)
        with self.reading() as tx:
            return work(tx)

    @contextmanager
    def exclusively(self, task: str) -> Iterator[None]:
        """Hold the lock named `task`: one holder at a time, among all processes that use the database."""
        lock = self._exclusive.setdefault(task, threading.Lock())
        with lock, self.backend.held(task):
            yield

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Open a connection in one transaction with foreign keys off, as migrations need it."""
        arguments = dict(self.backend.migration_arguments())
        engine = create_engine(self.url, connect_args=arguments, poolclass=NullPool)
        with engine.connect() as connection:
            self.backend.begin_migration(connection)
            yield connection
            connection.commit()

    def on_commit(self, what: Leaving, listener: Callable[[], None]) -> None:
        """Call `listener` after every commit that left `what` behind: facts in the outbox, or jobs in the queue."""
        self._listeners.append((what, listener))

    @property
    def changes(self) -> int | None:
        """Return a number that rises with every commit that left facts or jobs, without asking the database.

        None while such a commit is under way, and where other processes write to the same database.
        """
        return self._changes if self.backend.is_alone and not self._committing else None

    @property
    def engine(self) -> Engine:
        """The engine that writes, for migrations and backups only."""
        return self._engine

    def close(self) -> None:
        """Close every connection."""
        self._readers.shutdown(wait=False, cancel_futures=True)
        self.backend.close()
        self._engine.dispose()
        self._reader.dispose()

    def _info(self) -> dict[str, Any]:
        return {
            "source": self.name, "clock": self.clock, "address": self.address, "keys": self.keys,
            "calendar": self.calendar, "files": self.files, "backend": self.backend,
        }  # fmt: skip

    @contextmanager
    def _writer(self, left: set[Leaving]) -> Iterator[None]:
        """Hold the one writer's lock where there is one; after the commit, tell who listens for what was `left`."""
        with self.backend.writing():
            try:
                yield
            finally:
                self._changes += self._committing
                self._committing = False
        for what, listener in self._listeners:
            if what in left:
                listener()


def backend_of(tx: Session) -> Backend:
    """Return what the session's kind of database knows."""
    backend: Backend = tx.info["backend"]
    return backend


def calendar_of(tx: Session) -> WorkCalendar:
    """Return the working days that this installation decides by."""
    calendar: WorkCalendar = tx.info["calendar"]
    return calendar


def in_turn(tx: Session, *names: str) -> None:
    """Let other transactions that name one of these wait until this one is committed, before a check that counts.

    On SQLite every transaction is alone as it is, and nothing is asked.
    """
    backend_of(tx).in_turn(tx, names)


def check_as_read(changed: Any) -> None:
    """Raise what `postgres.clashed` knows where a statement, by its result, found no row: it is no more as it was read."""
    if changed.rowcount == 0:
        raise StaleDataError("the row was changed, or removed, since it was read")


def hold(tx: Session, row: object) -> None:
    """Let whoever else would change `row` wait until this transaction is committed, and read it as it is by now.

    On SQLite that is so from the first statement, and nothing is asked.
    """
    backend_of(tx).hold(tx, row)


def write_late(tx: Session, statement: Insert, rows: Sequence[Row]) -> None:
    """Insert `rows` at the end of the transaction, in the order of asking: for what nobody reads before the commit.

    Those of one statement are inserted together, and those of calls that share a commit as well. In a `savepoint` they
    are inserted at once.
    """
    if rows:
        tx.info.setdefault("late", {}).setdefault(statement, []).extend(rows)
    if tx.in_nested_transaction():
        write_now(tx)


def waiting_for(tx: Session, statement: Insert) -> Sequence[dict[str, Any]]:
    """Return the rows of a statement that wait to be inserted; they may be changed until then."""
    rows: Sequence[dict[str, Any]] = tx.info.get("late", {}).get(statement, ())
    return rows


def savepoint(tx: Session) -> SessionTransaction:
    """Begin what can be rolled back alone; what waits to be written late is not part of it."""
    write_now(tx)
    return tx.begin_nested()


def write_now(tx: Session) -> None:
    """Insert at once what was to be inserted at the end: before it is read, or changed."""
    if late := tx.info.pop("late", None):
        connection = tx.connection()  # no rows of the session are meant
        for statement, rows in late.items():
            connection.execute(statement, rows)


def _left_by(tx: Session) -> Iterable[Leaving]:
    return (what for what in LEAVINGS if tx.info.get(what))
