"""Knowing without a query that nothing has changed: the number of commits that left facts or jobs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, text

from shared.db import Database, SharedBase
from shared.jobs import enqueue
from tests.databases import url_of

counts = pytest.mark.sqlite_only("counts the commits of this process, which says nothing where others may commit too")
LATER = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def db(database: str, tmp_path: Path) -> Iterator[Database]:
    """Make a database with the tables of every service."""
    made = Database("toy", url_of(tmp_path, "toy"))
    SharedBase.metadata.create_all(made.engine)
    yield made
    made.close()


@counts
def test_only_commits_that_leave_something_behind_count(db: Database) -> None:
    counts = [db.changes]
    with db.transaction() as tx:
        tx.execute(text("SELECT 1"))
    counts.append(db.changes)
    with db.transaction() as tx:
        enqueue(tx, "kind", "key", due_at=LATER)
        counts.append(db.changes)
    counts.append(db.changes)
    with pytest.raises(ZeroDivisionError):
        _fail(db)
    counts.append(db.changes)
    assert counts == [0, 0, 0, 1, 1]


@counts
def test_while_a_commit_is_under_way_nobody_knows(db: Database) -> None:
    seen: list[int | None] = []
    event.listen(db.engine, "commit", lambda _: seen.append(db.changes))
    with db.transaction() as tx:
        enqueue(tx, "kind", "key", due_at=LATER)
    assert (seen, db.changes) == ([None], 1)


@counts
def test_a_commit_that_fails_leaves_the_number_known(db: Database) -> None:
    def fail(_: object) -> None:
        raise RuntimeError

    event.listen(db.engine, "commit", fail, once=True)
    with pytest.raises(RuntimeError), db.transaction() as tx:
        enqueue(tx, "kind", "key", due_at=LATER)
    assert db.changes == 1


@pytest.mark.postgres
def test_where_others_write_too_nobody_knows(db: Database) -> None:
    assert db.changes is None


def _fail(db: Database) -> None:
    with db.transaction() as tx:
        enqueue(tx, "kind", "other", due_at=LATER)
        _ = 1 / 0
