"""One `Database` on SQLite and on PostgreSQL: views, locks, and what two do to the same thing at the same moment."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from shared import audit, migrate, postgres
from shared.backend import WrongCollation
from shared.db import Database, SharedBase, in_turn, lost_connection, new_id
from shared.errors import PreconditionFailed, check_version
from shared.jobs import Job, Worker, enqueue
from shared.messages.directory import OrganisationState
from shared.text import Text
from shared.together import Apart
from shared.tree import Node, put_node
from tests.databases import server, url_of
from tests.shared.toy import Base, Thing

T = TypeVar("T")


@pytest.fixture
def url(database: str, tmp_path: Path) -> URL:
    """Return the address of a database with the tables of every service and of the toy."""
    made = url_of(tmp_path, "toy")
    db = Database("toy", made)
    SharedBase.metadata.create_all(db.engine)
    Base.metadata.create_all(db.engine)
    db.close()
    return made


@pytest.fixture
def db(url: URL) -> Iterator[Database]:
    """Open it."""
    opened = Database("toy", url)
    yield opened
    opened.close()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all of it at the same time; return what came of each, a result or an error."""

    def caught(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(caught, works))


def calling(db: Database, work: Callable[[Session], T]) -> Callable[[], T]:
    """Return a call of `work` as a request makes it."""
    return lambda: Apart(db).alone(work)


class Meeting:
    """Lets two who come for the first time wait for each other; who comes again goes on."""

    def __init__(self) -> None:
        self._barrier = threading.Barrier(2, timeout=20)
        self._met = threading.local()

    def __call__(self) -> None:
        """Come."""
        if not getattr(self._met, "once", False):
            self._met.once = True
            self._barrier.wait()


def add_thing(db: Database, rank: int = 0) -> str:
    """Add a thing and return its id."""
    with db.transaction() as tx:
        thing = Thing(id=new_id(), name=Text(en="thing"), rank=rank)
        tx.add(thing)
    return thing.id


def count(tx: Session) -> int:
    """Count the things."""
    return tx.scalar(select(func.count()).select_from(Thing)) or 0


def test_a_reader_has_one_unchanging_view_and_changes_nothing(db: Database) -> None:
    add_thing(db)
    with db.reading() as tx:
        before = count(tx)
        add_thing(db)
        assert (before, count(tx)) == (1, 1)
    with db.reading() as tx:
        assert count(tx) == 2
        with pytest.raises(DBAPIError):
            tx.execute(text("DELETE FROM things"))
    with db.reading() as tx:
        assert count(tx) == 2


def test_a_check_that_counts_holds_for_many_at_once(db: Database) -> None:
    def take_a_seat(tx: Session) -> bool:
        in_turn(tx, "seats")
        if count(tx) >= 5:
            return False
        tx.add(Thing(id=new_id(), name=Text(en="seat")))
        return True

    assert sorted(at_once(*[calling(db, take_a_seat)] * 20)) == [False] * 15 + [True] * 5
    with db.reading() as tx:
        assert count(tx) == 5


@pytest.mark.postgres
def test_of_two_stale_writers_one_is_refused(db: Database) -> None:
    id_, meet = add_thing(db), Meeting()

    def rank(number: int) -> Callable[[Session], int]:
        def change(tx: Session) -> int:
            thing = tx.get_one(Thing, id_)
            check_version(thing.version, 1)
            meet()
            thing.rank, thing.version = number, thing.version + 1
            return number

        return change

    answers = at_once(calling(db, rank(7)), calling(db, rank(8)))
    won = [answer for answer in answers if isinstance(answer, int)]
    refused = [answer for answer in answers if isinstance(answer, PreconditionFailed)]
    assert (len(won), [each.facts for each in refused]) == (1, [{"yours": 1, "current": 2}])
    with db.reading() as tx:
        assert (tx.get_one(Thing, id_).rank, tx.get_one(Thing, id_).version) == (won[0], 2)


@pytest.mark.postgres
def test_two_who_wait_for_each_other_both_get_through(db: Database) -> None:
    ids, meet = (add_thing(db), add_thing(db)), Meeting()

    def raise_both(first: str, second: str) -> Callable[[Session], None]:
        def change(tx: Session) -> None:
            for id_ in (first, second):
                tx.execute(text("UPDATE things SET rank = rank + 1 WHERE id = :id"), {"id": id_})
                meet()

        return change

    assert at_once(calling(db, raise_both(*ids)), calling(db, raise_both(*ids[::-1]))) == [None, None]
    with db.reading() as tx:
        assert [thing.rank for thing in tx.scalars(select(Thing))] == [2, 2]


@pytest.mark.postgres
def test_a_job_that_two_ask_for_at_once_is_one_job(db: Database) -> None:
    meet = Meeting()

    def ask(number: int) -> Callable[[Session], None]:
        def work(tx: Session) -> None:
            meet()
            enqueue(tx, "kind", "key", number=number)

        return work

    assert at_once(calling(db, ask(1)), calling(db, ask(2))) == [None, None]
    with db.reading() as tx:
        assert [job.state for job in tx.scalars(select(Job))] == ["waiting"]


@pytest.mark.postgres
def test_no_worker_takes_a_job_while_somebody_asks_for_it(db: Database) -> None:
    seen: list[int] = []

    def look(work: Any) -> None:
        with work.db.reading() as tx:
            seen.append(count(tx))

    worker = Worker(db, {"look": look})
    with db.transaction() as tx:
        enqueue(tx, "look", "key", due_at=db.clock())
    with db.transaction() as tx:
        job = tx.scalars(select(Job)).one()
        enqueue(tx, "look", "key", due_at=job.due_at)  # just what waits already: nothing is written
        tx.add(Thing(id=new_id(), name=Text(en="thing")))
        tx.flush()
        assert worker.run_due() == 0
    assert (worker.run_due(), seen) == (1, [1])


@pytest.mark.postgres
def test_a_child_and_its_parent_that_are_told_at_once_find_each_other(db: Database) -> None:
    def told(id_: str, parent: str | None) -> Callable[[Session], None]:
        state = OrganisationState(
            organisation_id=id_, parent_id=parent, slug=id_, kind="society", name=Text(en=id_), status="active",
            version=1,
        )  # fmt: skip

        def work(tx: Session) -> None:
            put_node(tx, state)
            with suppress(threading.BrokenBarrierError):
                together.wait(0.3)  # the other waits for this commit, and cannot come

        return work

    together = threading.Barrier(2)
    assert at_once(calling(db, told("top", None)), calling(db, told("below", "top"))) == [None, None]
    with db.reading() as tx:
        assert {node.id: node.path for node in tx.scalars(select(Node))} == {"top": "/top/", "below": "/top/below/"}


@pytest.mark.postgres
def test_what_takes_too_long_is_busy_and_not_wrong(db: Database) -> None:
    def sleep(tx: Session) -> None:
        tx.execute(text("SET LOCAL statement_timeout = '20ms'"))
        tx.execute(text("SELECT pg_sleep(10)"))

    def lock(tx: Session) -> None:
        tx.execute(text("SET LOCAL lock_timeout = '20ms'"))
        tx.execute(text("LOCK TABLE things"))

    with db.transaction() as holding:
        holding.execute(text("LOCK TABLE things"))
        errors = at_once(calling(db, sleep), calling(db, lock))
    assert [(lost_connection(error), postgres.clashed(error)) for error in errors] == [(True, False)] * 2


@pytest.mark.postgres
def test_an_exclusive_task_is_one_process_at_a_time(db: Database, url: URL) -> None:
    other, order = Database("toy", url), list[str]()
    with db.exclusively("task"), ThreadPoolExecutor(1) as thread:

        def take() -> None:
            with other.exclusively("task"):
                order.append("other")

        taking = thread.submit(take)
        wait_for_lock(db.engine)
        order.append("first")
        assert not taking.done()
        terminate_others(db.engine, "locktype = 'advisory' AND granted")  # the lock ends with its connection
        taking.result(timeout=20)
    with db.exclusively("task"):
        order.append("first again")
    other.close()
    assert order == ["first", "other", "first again"]


@pytest.mark.postgres
def test_a_database_that_orders_text_otherwise_is_not_migrated(url: URL, tmp_path: Path) -> None:
    name = f"{url.database}_other"
    with server().connect() as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")  # type: ignore[call-overload]
    other = Database("toy", url.set(database=name))
    with pytest.raises(WrongCollation):
        migrate.upgrade(other, "toy", tmp_path, Base.metadata)
    other.close()
    server().drop_databases(name)


@pytest.mark.postgres
def test_a_chain_is_sealed_once_and_holds(db: Database) -> None:
    works = [calling(db, lambda tx: audit.record(tx, None, "done", "thing"))] * 20
    seals = [calling(db, sealing)] * 10
    at_once(*works, *seals)
    at_once(calling(db, sealing))
    with db.reading() as tx:
        (chain,) = audit.verify(tx)
    assert (chain.length, chain.broken_at) == (20, None)


def sealing(tx: Session) -> int:
    """Seal in turn, as relays do."""
    in_turn(tx, "numbering")
    return audit.seal(tx)


def wait_for_lock(engine: Engine) -> None:
    """Wait until somebody waits for a lock of ours."""
    with engine.connect() as connection:
        while not connection.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")):
            connection.rollback()


def terminate_others(engine: Engine, holding: str) -> None:
    """End the connections of this database that hold such a lock."""
    ours = "(SELECT oid FROM pg_database WHERE datname = current_database())"
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                f" WHERE {holding} AND database = {ours} AND pid <> pg_backend_pid()"
            )
        )


@pytest.mark.postgres
def test_what_a_transaction_has_brought_counts_even_where_the_server_counted_meanwhile(db: Database) -> None:
    behind(db, "ALTER TABLE things SET (autovacuum_enabled = false)")
    with db.transaction() as tx:
        tx.add_all(Thing(name=Text("物", "Thing"), rank=number) for number in range(2_000))
        tx.flush()
        behind(db, "ANALYZE things")  # as the server does once a minute: of these it sees none
    with db.reading() as tx:
        assert rows_expected(tx) == pytest.approx(2_000, rel=0.1)


@pytest.mark.postgres
def test_few_rows_among_many_are_not_counted_anew(db: Database) -> None:
    def bring(count: int) -> int:
        with db.transaction() as tx:
            tx.add_all(Thing(name=Text("物", "Thing"), rank=number) for number in range(count))
        with db.reading() as tx:
            return int(tx.scalar(text("SELECT reltuples FROM pg_class WHERE relname = 'things'")) or 0)

    behind(db, "ALTER TABLE things SET (autovacuum_enabled = false)")
    assert bring(postgres.MANY_ROWS - 1) == -1, "never"
    assert (bring(4_000), bring(postgres.MANY_ROWS)) == (4_199, 4_199)


def rows_expected(tx: Session) -> int:
    """Return how many rows the planner expects of all things."""
    (planned,) = tx.execute(text("EXPLAIN (FORMAT JSON) SELECT * FROM things")).scalar_one()
    return int(planned["Plan"]["Plan Rows"])


def behind(db: Database, statement: str) -> None:
    """Execute a statement on a connection of its own."""
    with db.engine.connect() as other:
        other.exec_driver_sql(statement)
        other.commit()


@pytest.mark.sqlite_only("is about the lock that a writing transaction of SQLite takes with its first statement")
def test_a_writer_takes_the_lock_before_its_first_statement_and_says_who_keeps_it_out(url: URL) -> None:
    db, other = Database("toy", url), sqlite3.connect(str(url.database), isolation_level=None, timeout=0)
    with db.transaction() as tx:
        tx.connection().exec_driver_sql("PRAGMA busy_timeout=0")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked") as caught, db.transaction() as tx:
        tx.connection()
    assert lost_connection(caught.value)
    with db.reading() as tx:
        assert tx.scalar(text("SELECT 1")) == 1
    other.close()
    with db.transaction() as tx:
        tx.connection()
    db.close()
