"""The rows of whole databases, from one kind of database to another: from a server into SQLite's files, and back.

Both sides have the tables of this version. What is read is as it was at one instant; what is written is there as a whole
or not at all. Numbers of the outbox, the audit and all else stay as they are.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.orm import Session

from huitang.copies import BadBackup, copy_database
from huitang.language import said
from huitang.opening import make_topics, open_bus, open_database
from huitang.preparing import prepare_databases
from huitang.services import NAMES, load
from shared.db import Database, SharedBase, backend_of
from shared.ledger import set_published
from shared.migrate import upgrade
from shared.reading import topic_of
from shared.service import Service
from shared.settings import Settings

AT_ONCE = 1_000
"""So many rows are read and written at once."""


class NotEmpty(Exception):
    """A database or a topic holds something already."""

    def __init__(self, name: str) -> None:
        super().__init__(
            said(
                f"{name} 中已有内容；请使用空的数据库与主题。",
                f"{name} is not empty: it takes empty databases and topics.",
            )
        )


@contextmanager
def sqlite_file(service: Service, file: Path) -> Iterator[Database]:
    """Open a file of SQLite, made or brought forward to the tables of this version, for the time of the block."""
    db = Database(service.name, f"sqlite:///{file.absolute()}")
    try:
        db.backend.make()
        upgrade(db, service.name, service.migrations, service.metadata)
        yield db
    finally:
        db.close()
    with closing(sqlite3.connect(file)) as alone:
        alone.execute("PRAGMA journal_mode=DELETE")  # so that the file alone holds everything


def copy_to_file(settings: Settings, name: str, file: Path) -> None:
    """Write the database of the service `name` as it is at one instant into a new file of SQLite.

    Raises `BadBackup` where there is none.
    """
    service: Service = load(name)
    source = open_database(settings, name)
    try:
        if held := source.backend.file:
            if not held.exists():
                raise BadBackup(said(f"缺少数据库 {held}。", f"There is no database {held}."))
            copy_database(held, file)
            return
        with sqlite_file(service, file) as target, source.reading() as old, target.transaction() as new:
            copy_rows(old, new, service)
    finally:
        source.close()


def fill_server(settings: Settings, folder: Path) -> int:
    """Fill the databases of a server from the files `<service>.db` of a folder; return the number of rows.

    Databases and topics are made first; nothing counts as published yet. Raises `NotEmpty` where one holds anything, and
    then, as after any failure, no row was written.
    """
    prepare_databases(settings)
    if settings.kafka:
        make_topics(settings)
        with closing(open_bus(settings, [])) as bus:
            for name in NAMES:
                if next(bus.replay(name), ()):
                    raise NotEmpty(topic_of(name))
    count = 0
    with ExitStack() as stack:
        for name in NAMES:
            service: Service = load(name)
            target = open_database(settings, name)
            stack.callback(target.close)
            tx = stack.enter_context(target.transaction())
            with sqlite_file(service, folder / f"{name}.db") as source, source.reading() as old:
                count += copy_rows(old, tx, service)
            set_published(tx, 0)
    return count


def copy_rows(old: Session, new: Session, service: Service) -> int:
    """Write every row that `old` sees into the empty tables of `new`; return their number. Raises `NotEmpty`."""
    tables = [*SharedBase.metadata.sorted_tables, *service.metadata.sorted_tables]
    for table in tables:
        if new.execute(select(table).limit(1)).first():
            raise NotEmpty(new.get_bind().engine.url.database or service.name)
    return sum(_copy_table(old, new, table) for table in tables)


def _copy_table(old: Session, new: Session, table: Table) -> int:
    """Write the rows of one table; what they say of each other in a second step, when all of them are there."""
    count = 0
    within = [column for column in table.columns if any(key.column.table is table for key in column.foreign_keys)]
    late: list[Mapping[str, Any]] = []
    found = old.execute(select(table), execution_options={"yield_per": AT_ONCE})
    for rows in found.mappings().partitions(AT_ONCE):
        late += [dict(row) for row in rows if any(row[column.name] is not None for column in within)]
        new.execute(insert(table), [dict(row) | {column.name: None for column in within} for row in rows])
        count += len(rows)
    for row in late:
        same = (column == row[column.name] for column in table.primary_key)
        new.execute(update(table).where(*same).values({column.name: row[column.name] for column in within}))
    backend_of(new).count_on(new, table)
    return count
