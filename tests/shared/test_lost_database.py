"""A PostgreSQL that goes away: connections that end, a server that dies and comes back, one that stands still."""

import shutil
import subprocess
import threading
from collections.abc import Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from huitang.local_postgres import FAST, LocalPostgres, NoPostgres
from shared.db import Database, SharedBase, lost_connection, new_id
from shared.ledger import Numbered, OutboxRow, emit, read_outbox
from shared.message import request_id
from shared.relay import Relay
from shared.text import Text
from shared.together import Apart
from tests.bus.rig import wait_until
from tests.databases import server, url_of
from tests.shared.signing import Signer
from tests.shared.test_web import Client
from tests.shared.toy import Base, Thing, ThingMade, Toy, make_toy

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("database")]


class Paper:
    """A bus that keeps what is published, in the order of publishing; nobody listens."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.subjects: list[str] = []

    def publish(self, source: str, batch: list[Numbered]) -> None:
        """Keep it."""
        self.numbers += [numbered.number for numbered in batch]
        self.subjects += [numbered.message.subject for numbered in batch]


@pytest.fixture
def private() -> Iterator[LocalPostgres]:
    """Run a server that a test may kill."""
    made = LocalPostgres(server().folder.parent / new_id(), options=FAST)
    made.start("toy")
    yield made
    with suppress(NoPostgres):
        made.thaw()
    made.stop()


def opened(server: LocalPostgres) -> Database:
    """Open the toy's database, with its tables."""
    db = Database("toy", server.url("toy"))
    SharedBase.metadata.create_all(db.engine)
    Base.metadata.create_all(db.engine)
    return db


def make(db: Database, name: str = "thing") -> None:
    """Make a thing, and tell of it, as a request does."""

    def work(tx: Session) -> None:
        thing = Thing(id=new_id(), name=Text(en=name))
        tx.add(thing)
        emit(tx, ThingMade(thing_id=thing.id, name=thing.name))

    Apart(db).alone(work)


def count(db: Database) -> int:
    """Count the things."""
    with db.reading() as tx:
        return tx.scalar(select(func.count()).select_from(Thing)) or 0


class Seeing:
    """A log that keeps its lines, each as (level, event, request id)."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, str]] = []

    def __call__(self, _logger: object, level: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """Keep a line."""
        self.lines.append((level, line["event"], request_id.get()))
        return line


def error_of(db: Database) -> BaseException | None:
    """Return why no thing can be made; nothing where one was."""
    try:
        make(db)
    except Exception as error:
        return error
    return None


def test_connections_that_were_ended_are_found_before_they_are_used(tmp_path: Path) -> None:
    db = Database("toy", url_of(tmp_path, "toy"))
    SharedBase.metadata.create_all(db.engine)
    Base.metadata.create_all(db.engine)
    make(db)
    assert count(db) == 1
    with server().connect() as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s", [db.url.database]
        )
    make(db)
    assert count(db) == 2
    db.close()


def test_work_in_hand_is_lost_with_its_connection_and_says_so(tmp_path: Path) -> None:
    db = Database("toy", url_of(tmp_path, "toy"))
    Base.metadata.create_all(db.engine)
    errors = []
    try:
        with db.transaction() as tx:
            tx.add(Thing(id=new_id(), name=Text(en="lost")))
            tx.flush()
            with server().connect() as admin:
                admin.execute("SELECT pg_terminate_backend(%s)", [tx.scalar(text("SELECT pg_backend_pid()"))])
            tx.execute(text("SELECT 1"))
    except Exception as error:
        errors.append(error)
    assert [lost_connection(error) for error in errors] == [True]
    assert count(db) == 0
    db.close()


def test_a_server_that_is_killed_and_comes_back_has_what_was_committed(private: LocalPostgres) -> None:
    db = opened(private)
    paper = Paper()
    relay = Relay(db, paper)  # type: ignore[arg-type]
    for number in range(20):
        make(db, f"{number}")
    assert relay.drain() == 20
    make(db)
    private.kill()
    away = error_of(db)
    assert away is not None
    assert lost_connection(away)
    private.start()
    make(db)
    assert (count(db), relay.drain(), paper.numbers) == (22, 2, list(range(1, 23)))
    db.close()


def test_while_a_server_stands_still_nothing_is_lost_and_new_connections_give_up(private: LocalPostgres) -> None:
    db, other = opened(private), Database("toy", private.url("toy"))
    make(db)
    private.freeze()
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(make, db)
        away = error_of(other)
        assert away is not None
        assert (lost_connection(away), waiting.done()) == (True, False)
        private.thaw()
        waiting.result(timeout=20)
    make(other)
    assert count(db) == 3
    db.close()
    other.close()


def test_a_request_and_a_worker_without_a_database_say_so_in_a_line_each(
    private: LocalPostgres, tmp_path: Path
) -> None:
    toy = make_toy(tmp_path)
    runtime = replace(toy.runtime, db=opened(private))
    client = Client(Toy(runtime, toy.clock), Signer(tmp_path))
    client.transport.raise_app_exceptions = True  # the server logs what it is given with its traceback
    private.kill()
    with capture_logs([seeing := Seeing()]):
        answers = [
            client(method, "/things", headers={"X-Request-Id": method}, json={"name": {"en": "one"}})
            for method in ("GET", "POST")
        ]
        asked, seeing.lines = seeing.lines, []
        runtime.worker.start()
        wait_until(lambda: seeing.lines != [])
        runtime.worker.stop()
    assert [(answer.status_code, answer.json()["request_id"]) for answer in answers] == [(503, "GET"), (503, "POST")]
    assert asked == [("warning", "database_away", "GET"), ("warning", "database_away", "POST")]
    assert set(seeing.lines) == {("warning", "job_worker_failed", "")}
    runtime.db.close()


def test_two_relays_publish_in_order_and_number_without_gaps(tmp_path: Path) -> None:
    url = url_of(tmp_path, "toy")
    dbs = [Database("toy", url), Database("toy", url)]
    SharedBase.metadata.create_all(dbs[0].engine)
    Base.metadata.create_all(dbs[0].engine)
    paper, done = Paper(), threading.Event()
    relays = [Relay(db, paper) for db in dbs]  # type: ignore[arg-type]

    def relaying(relay: Relay) -> None:
        while not done.is_set():
            relay.drain()

    def making(db: Database) -> None:
        for _ in range(25):
            make(db)

    with ThreadPoolExecutor(6) as threads:
        at_it = [threads.submit(relaying, relay) for relay in relays]
        for each in [threads.submit(making, db) for db in (*dbs, *dbs)]:
            each.result()
        done.set()
        for each in at_it:
            each.result()
    relays[1].drain()
    assert paper.numbers == list(range(1, 101))
    for db in dbs:
        db.close()


def test_numbers_follow_the_commits_and_not_the_inserts(tmp_path: Path) -> None:
    db = Database("toy", url_of(tmp_path, "toy"))
    SharedBase.metadata.create_all(db.engine)
    paper = Paper()
    relay = Relay(db, paper)  # type: ignore[arg-type]
    with db.transaction() as early:
        emit(early, ThingMade(thing_id="early", name=Text(en="early")))
        early.execute(text("SELECT nextval('outbox_id_seq')"))
        with db.transaction() as late:
            emit(late, ThingMade(thing_id="late", name=Text(en="late")))
        assert relay.drain() == 1
    assert relay.drain() == 1
    with db.reading() as tx:
        rows = tx.execute(select(OutboxRow.subject, OutboxRow.number).order_by(OutboxRow.number)).all()
    assert (paper.subjects, [tuple(row) for row in rows]) == (["late", "early"], [("late", 1), ("early", 2)])
    db.close()


def test_facts_of_one_subject_come_in_the_order_of_its_changes(tmp_path: Path) -> None:
    db = Database("toy", url_of(tmp_path, "toy"))
    SharedBase.metadata.create_all(db.engine)
    Base.metadata.create_all(db.engine)
    paper = Paper()
    relay = Relay(db, paper)  # type: ignore[arg-type]
    with db.transaction() as tx:
        tx.add(Thing(id="one", name=Text(en="thing")))

    def raising(tx: Session) -> None:
        thing = tx.get_one(Thing, "one", with_for_update=True)
        thing.rank += 1
        thing.version += 1
        emit(tx, ThingMade(thing_id="one", name=Text(en=str(thing.rank))))

    with ThreadPoolExecutor(8) as threads:
        for each in [threads.submit(Apart(db).alone, raising) for _ in range(40)]:
            each.result()
    relay.drain()
    with db.reading() as tx:
        told = read_outbox(tx, "toy", 0, limit=100)
    assert [numbered.message.data["name"]["en"] for numbered in told] == [str(rank) for rank in range(1, 41)]
    db.close()


def test_a_copied_folder_is_not_taken_for_the_server_that_it_was_copied_from(private: LocalPostgres) -> None:
    private.stop()
    copy = LocalPostgres(private.folder.with_name(new_id()), options=FAST)
    subprocess.run(["cp", "-a", private.folder, copy.folder], check=True)  # with owners and modes
    private.start()
    try:
        with pytest.raises(NoPostgres, match="Address already in use"):
            copy.start()
    finally:
        copy.stop()
        shutil.rmtree(copy.folder)
