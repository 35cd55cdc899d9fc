"""Writing calls that wait at the same time: one commit for all, and each fails for itself alone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shared.audit import AuditRow, record
from shared.db import Database, SharedBase
from shared.errors import Conflict
from shared.ledger import OutboxRow, emit
from shared.message import request_id
from shared.text import same
from shared.together import calls_of
from shared.web import IdempotencyRow
from tests.databases import url_of
from tests.shared.signing import Signer
from tests.shared.test_web import CALLER, Client
from tests.shared.toy import Base, Thing, ThingMade, make_toy

shared = pytest.mark.sqlite_only("calls share a commit where only one may write; on PostgreSQL each commits alone")

Work = Callable[[Session], Any]


pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def db(database: str, tmp_path: Path) -> Iterator[Database]:
    """Make a database with the toy's tables."""
    made = Database("toy", url_of(tmp_path, "toy"))
    for metadata in (SharedBase.metadata, Base.metadata):
        metadata.create_all(made.engine)
    yield made
    made.close()


def making(rank: int, error: Exception | None = None) -> Work:
    """Return work that makes a thing, tells and records it, and then fails if told to."""

    def work(tx: Session) -> int:
        thing = Thing(name=same("thing"), rank=rank)
        tx.add(thing)
        tx.flush()
        emit(tx, ThingMade(thing_id=thing.id, name=thing.name))
        record(tx, None, "thing.made", thing.id)
        if error:
            raise error
        return rank

    return work


def at_once(db: Database, *works: Work, most: int = 16, seconds: float = 60) -> list[Any]:
    """Run all the work while all of it waits for another writer; return what each returned or raised."""
    together, found = calls_of(db, most=most, seconds=seconds), dict[int, Any]()

    async def one(number: int, work: Work) -> None:
        request_id.set(f"request-{number}")
        try:
            found[number] = await together.run(work)
        except Exception as error:
            found[number] = error

    async def everybody() -> None:
        async with anyio.create_task_group() as group:
            with db.transaction() as tx:
                tx.connection()
                for number, work in enumerate(works):
                    group.start_soon(one, number, work)
                for _ in range(3):
                    await anyio.lowlevel.checkpoint()

    anyio.run(everybody)
    return [found[number] for number in range(len(works))]


def kept(db: Database) -> tuple[list[int], int, int]:
    """Return the ranks of the things there are, and how many facts and deeds."""
    with db.reading() as tx:
        ranks = list(tx.scalars(select(Thing.rank).order_by(Thing.rank)))
        facts, deeds = (tx.scalar(select(func.count()).select_from(table)) or 0 for table in (OutboxRow, AuditRow))
    return ranks, facts, deeds


def commits_of(db: Database) -> list[int]:
    """Return a list that grows by the number of changes known at each commit."""
    commits: list[int] = []
    event.listen(db.engine, "commit", lambda _: commits.append(1))
    return commits


@shared
def test_what_waits_at_once_shares_one_commit_and_is_told_once(db: Database) -> None:
    told: list[str] = []
    db.on_commit("facts", lambda: told.append("facts"))
    db.on_commit("jobs", lambda: told.append("jobs"))
    commits = commits_of(db)
    assert at_once(db, *(making(rank) for rank in range(5))) == [0, 1, 2, 3, 4]
    assert (len(commits), told, db.changes) == (2, ["facts"], 1)  # the other writer's, and theirs
    assert kept(db) == ([0, 1, 2, 3, 4], 5, 5)


def test_what_one_raises_rolls_back_that_one_alone(db: Database) -> None:
    refusal, fault = Conflict(), RuntimeError("late")
    assert at_once(db, making(0), making(1, refusal), making(2), making(3, fault), making(4)) == [
        0,
        refusal,
        2,
        fault,
        4,
    ]
    assert kept(db) == ([0, 2, 4], 3, 3)


def test_what_breaks_a_constraint_rolls_back_that_one_alone(db: Database) -> None:
    def twice(tx: Session) -> None:
        tx.add_all([Thing(id="same", name=same("one")), Thing(id="same", name=same("other"))])

    first, second, third = at_once(db, making(0), twice, making(2))
    assert (first, type(second), third) == (0, IntegrityError, 2)
    assert kept(db) == ([0, 2], 2, 2)


@shared
def test_later_work_sees_what_earlier_work_did(db: Database) -> None:
    def count(tx: Session) -> int:
        return tx.scalar(select(func.count()).select_from(Thing)) or 0

    assert at_once(db, making(0), making(1, Conflict()), count)[2] == 1


@shared
def test_a_commit_that_fails_fails_all_and_keeps_nothing(db: Database) -> None:
    def fail(_: object) -> None:
        if len(commits) == 2:
            raise RuntimeError("no commit")

    commits, told = commits_of(db), list[str]()
    event.listen(db.engine, "commit", fail)
    db.on_commit("facts", lambda: told.append("facts"))
    found = at_once(db, making(0), making(1, Conflict()), making(2))
    assert [str(error) for error in found] == ["no commit"] * 3
    assert (kept(db), told) == (([], 0, 0), [])
    assert at_once(db, making(7)) == [7]
    assert kept(db) == ([7], 1, 1)


@shared
def test_a_transaction_that_the_database_gave_up_fails_all_and_keeps_nothing(db: Database) -> None:
    def gives_up(tx: Session) -> None:
        making(1)(tx)
        tx.connection().exec_driver_sql("ROLLBACK")  # as SQLite does by itself where the disk is full
        raise RuntimeError("disk full")

    found = at_once(db, making(0), gives_up, making(2))
    assert all(isinstance(error, Exception) for error in found)
    assert kept(db) == ([], 0, 0)
    assert at_once(db, making(7)) == [7]
    assert kept(db) == ([7], 1, 1)


def test_a_transaction_that_cannot_begin_fails_one_at_a_time(db: Database) -> None:
    refused: list[int] = []

    def refuse(_: object) -> None:
        refused.append(1)
        if len(refused) == 1:
            raise RuntimeError("database is locked")

    with db.transaction() as tx:
        tx.connection()
    event.listen(db.engine, "begin", refuse, insert=True)

    async def ask() -> list[str]:
        together, found = calls_of(db), list[str]()
        for rank in (1, 2):
            try:
                found.append(str(await together.run(making(rank))))
            except RuntimeError as error:
                found.append(str(error))
        return found

    assert anyio.run(ask) == ["database is locked", "2"]
    assert kept(db) == ([2], 1, 1)


def test_each_deed_names_its_own_request(db: Database) -> None:
    at_once(db, making(0), making(1), making(2))
    with db.reading() as tx:
        of_each = select(AuditRow.request_id).join(Thing, Thing.id == AuditRow.subject).order_by(Thing.rank)
        assert list(tx.scalars(of_each)) == [f"request-{n}" for n in range(3)]


@shared
@pytest.mark.parametrize(("most", "seconds", "commits"), [(3, 60, 3), (16, 0, 7)])
def test_so_many_share_a_commit_and_for_so_long_at_most(db: Database, most: int, seconds: float, commits: int) -> None:
    counted = commits_of(db)
    ranks = list(range(7))
    assert at_once(db, *(making(rank) for rank in ranks), most=most, seconds=seconds) == ranks
    assert (kept(db)[0], len(counted)) == (ranks, commits + 1)  # and the other writer's


def test_who_goes_away_before_their_turn_has_changed_nothing(db: Database) -> None:
    together = calls_of(db)

    async def leave() -> None:
        async with anyio.create_task_group() as group:
            with db.transaction():
                group.start_soon(together.run, making(0))
                await anyio.lowlevel.checkpoint()
                with anyio.move_on_after(0):
                    await together.run(making(1))
        await together.run(making(2))

    anyio.run(leave)
    assert kept(db)[0] == [0, 2]


@pytest.mark.postgres
def test_where_many_may_write_each_commits_alone(db: Database) -> None:
    commits = commits_of(db)
    together = calls_of(db)
    assert anyio.run(together.run, making(0)) == 0
    assert (kept(db), len(commits)) == (([0], 1, 1), 1)


def test_the_same_request_twice_at_once_is_done_once(tmp_path: Path) -> None:
    toy = make_toy(tmp_path)
    client, db = Client(toy, Signer(tmp_path)), toy.runtime.db
    token = client.signer.token(CALLER)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "once"}
    body = {"name": {"zh": "物", "en": "thing"}}
    answers = []

    async def ask() -> None:
        async with client.client() as http:
            answers.append(await http.post("/api/toy/things", headers=headers, json=body))

    async def twice() -> None:
        async with anyio.create_task_group() as group:
            with db.transaction():
                group.start_soon(ask)
                group.start_soon(ask)
                await anyio.wait_all_tasks_blocked()

    anyio.run(twice)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert client.counts() == (1, 1, 1)
    with db.reading() as tx:
        assert tx.scalar(select(func.count()).select_from(IdempotencyRow)) == 1
    db.close()
