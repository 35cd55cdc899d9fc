"""A reading that asks one statement has no transaction around it; one that asks more sees one state in all it asks."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from shared.db import Database
from shared.text import same
from tests.shared.toy import Thing, make_toy


@pytest.fixture
def db(database: str, tmp_path: Path) -> Database:
    """Return the database of a toy, with one thing in it."""
    made = make_toy(tmp_path).runtime.db
    add(made)
    return made


def add(db: Database) -> None:
    """Make a thing."""
    with db.transaction() as tx:
        tx.add(Thing(name=same("thing")))


def count(tx: Session) -> int:
    """Ask one statement."""
    return tx.scalar(select(func.count()).select_from(Thing)) or 0


def read(db: Database, work: Callable[[Session], Any], kind: str) -> Any:
    """Read as a route does."""
    return asyncio.run(db.read(work, kind))


@contextmanager
def asking(db: Database) -> Iterator[list[str]]:
    """Collect what readers ask of the database."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement.split()[0])

    event.listen(db._reader, "before_cursor_execute", note)
    yield asked
    event.remove(db._reader, "before_cursor_execute", note)


def test_work_that_asks_again_is_done_anew_and_then_at_once_with_one_view(db: Database) -> None:
    runs = []

    def twice(tx: Session) -> tuple[int, int]:
        runs.append(count(tx))
        add(db)
        return runs[-1], count(tx)

    assert read(db, twice, "twice") == (2, 2)
    assert runs == [1, 2]
    assert read(db, twice, "twice") == (3, 3)
    assert runs == [1, 2, 3]


def test_what_is_asked_on_the_connection_itself_has_a_view(db: Database) -> None:
    def work(tx: Session) -> tuple[int | None, int]:
        before = tx.connection().scalar(select(func.count()).select_from(Thing))
        add(db)
        return before, count(tx)

    assert read(db, work, "raw") == (1, 1)


def test_an_error_is_raised_once_and_the_next_sees_what_came_since(db: Database) -> None:
    runs = []

    def fail(tx: Session) -> None:
        runs.append(count(tx))
        raise LookupError

    for _ in range(8):  # as many as there are connections that read
        with pytest.raises(LookupError):
            read(db, fail, "fail")
        with pytest.raises(LookupError), db.reading() as tx:
            fail(tx)
    assert len(runs) == 16
    add(db)
    with db.reading() as tx:
        assert count(tx) == read(db, count, "count") == 2


@pytest.mark.postgres
def test_one_statement_is_asked_alone_and_several_in_a_transaction(db: Database) -> None:
    with asking(db) as asked:
        read(db, count, "count")
        read(db, lambda tx: (count(tx), count(tx)), "two")
        read(db, lambda tx: (count(tx), count(tx)), "two")
    both = ["BEGIN", "SELECT", "SELECT", "COMMIT"]
    assert asked == ["SELECT", "SELECT", *both, *both]
