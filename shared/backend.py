"""What differs between the kinds of database; which one it is is decided once, where a `Database` is made."""

import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.orm import Session


class Backend(Protocol):
    """One database as its own kind knows it.

    `file` is where it stands, if it is a file. `is_alone` tells whether this process alone writes to it. So many `writers`
    and `readers` work at a time for requests.
    """

    file: Path | None
    is_alone: bool
    writers: int
    readers: int

    def engines(self) -> tuple[Engine, Engine]:
        """Return the engine that writes and the one that reads."""

    def view(self, tx: Session) -> AbstractContextManager[object]:
        """Show one unchanging view, for the time of the block, to whoever asks more than one statement."""

    def writing(self) -> AbstractContextManager[object]:
        """Wait, where there is but one writer, until it is one's turn; for the time of the block."""

    def held(self, task: str) -> AbstractContextManager[object]:
        """Hold the lock named `task` among all processes that use the database."""

    def in_turn(self, tx: Session, names: Iterable[str]) -> None:
        """Let other transactions that name one of these wait until this one is committed."""

    def hold(self, tx: Session, row: object) -> None:
        """Let whoever else would change `row` wait until this transaction is committed, and read it as it is by now."""

    def hold_table(self, tx: Session, table: Table) -> None:
        """Let nobody else write to `table` before the end of this transaction, once who is at it has ended."""

    def count_on(self, tx: Session, table: Table) -> None:
        """Let the database number further rows of `table` behind those that brought their numbers along."""

    def count_added(self, tx: Session) -> None:
        """Have what this transaction has brought taken into account by whoever plans how to answer; just before the commit."""

    def make(self) -> bool:
        """Make the database itself where it is missing; tell whether it was there."""

    def check(self, tx: Session) -> None:
        """Raise `WrongCollation` where the same list would come in another order than elsewhere."""

    def migration_arguments(self) -> Mapping[str, Any]:
        """Return how migrations connect."""

    def begin_migration(self, connection: Connection) -> None:
        """Begin a transaction in which nobody else migrates, and keys are not looked at."""

    def broken_key(self, connection: Connection) -> object:
        """Return a key that does not fit after a migration; nothing where all do."""

    def close(self) -> None:
        """Let go of what it holds."""


class Written(str):
    """JSON that is written already, to be kept in a column of JSON as it is."""

    __slots__ = ()


_write = json.JSONEncoder(ensure_ascii=False).encode


def kept_json(value: Any) -> str:
    """Return what a column of JSON keeps, with characters as they are: as six signs each they are slow to write and read."""
    return str(value) if isinstance(value, Written) else _write(value)


class WrongCollation(Exception):
    """The database orders text as people of one language do; here the order is that of code points, as on SQLite."""
