"""Which database a test stands on, as its fixture `database` says: files of SQLite, or databases of a private PostgreSQL.

A database belongs to the folder that a test gives its things, so that the same folder again is the same database.
"""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path

from sqlalchemy import MetaData, delete, insert, select
from sqlalchemy.engine import URL, make_url

from huitang.local_postgres import FAST, LocalPostgres
from shared.db import Database
from tests.spare import Spares

Fill = Callable[[Database], None]

_STANDING: list[str] = []
"""The kind of database that tests stand on at present, where they said that they need one."""

_MADE: dict[Path, set[str]] = {}
"""The names of the databases made for each folder."""


@contextmanager
def standing_on(kind: str) -> Iterator[None]:
    """Let tests stand on `sqlite` or `postgres` for the time of the block."""
    _STANDING.append(kind)
    try:
        yield
    finally:
        _STANDING.pop()


def on_postgres() -> bool:
    """Tell whether tests stand on PostgreSQL; raise `LookupError` for a test that has no fixture `database`."""
    if not _STANDING:
        raise LookupError("a test that makes a database asks for the fixture `database`, and runs on both")
    return _STANDING[-1] == "postgres"


@cache
def server() -> LocalPostgres:
    """Start the PostgreSQL of this run of tests; `end_server` ends it."""
    folder = Path(tempfile.mkdtemp(prefix="huitang-postgres-"))
    folder.chmod(0o711)  # the server's account goes through it
    started = LocalPostgres(folder / "server", options=FAST | {"max_connections": "300"})
    started.start()
    return started


@cache
def _spares() -> Spares:
    return Spares(server())


def end_server() -> None:
    """End the server and remove its folder, where one was started."""
    if server.cache_info().currsize:
        server().stop()
        shutil.rmtree(server().folder.parent)
        server.cache_clear()
        _spares.cache_clear()
        _MADE.clear()


def url_of(folder: Path, name: str, fill: Fill | None = None) -> URL:
    """Return the address of the database `name` of a folder; on PostgreSQL it is made where it is missing.

    A new one holds what `fill` has put into an empty one, once for all tests.
    """
    if fill and not ((on_postgres() and name in _MADE.get(folder.resolve(), ())) or (folder / f"{name}.db").exists()):
        _copy(_filled(_STANDING[-1], name, fill), folder, name)
    if not on_postgres():
        return make_url(f"sqlite:///{folder}/{name}.db")
    made = _MADE.setdefault(folder.resolve(), set())
    if name not in made:
        server().make_databases(f"{_prefix(folder)}{name}")
        made.add(name)
    return server().url(f"{_prefix(folder)}{name}")


def setting_of(folder: Path, *names: str) -> str:
    """Return the setting `database` for the services `names` on a folder; empty where SQLite's files stand in it."""
    if not on_postgres():
        return ""
    for name in names:
        url_of(folder, name)
    return server().address(f"{_prefix(folder)}{{service}}")


def made_on(folder: Path) -> str:
    """Return the setting `database` for a folder whose databases stand on the server; empty where they stand in it."""
    return server().address(f"{_prefix(folder)}{{service}}") if folder.resolve() in _MADE else ""


def copy_folder(template: Path, folder: Path) -> None:
    """Copy a folder with its databases, which nobody may use meanwhile."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    for name in _MADE.get(template.resolve(), set()) - _MADE.get(folder.resolve(), set()):
        _copy(template, folder, name)


def drop_below(folder: Path) -> None:
    """Drop the databases of a folder and of those in it."""
    for each in [made for made in _MADE if made.is_relative_to(folder.resolve())]:
        for name in _MADE.pop(each):
            _spares().drop(f"{_prefix(each)}{name}")


class Snapshot:
    """What a database holds when it is taken; `restore` brings that back while the database stays open."""

    def __init__(self, db: Database) -> None:
        self.db = db
        if db.backend.file:
            self._copy = sqlite3.connect(":memory:", check_same_thread=False)
            with closing(sqlite3.connect(db.backend.file)) as live:
                live.backup(self._copy)
            return
        tables = MetaData()
        tables.reflect(db.engine)
        with db.reading() as tx:
            self._rows = {
                table: [dict(row) for row in tx.execute(select(table)).mappings()] for table in tables.tables.values()
            }

    def restore(self) -> None:
        """Bring it back."""
        if self.db.backend.file:
            with closing(sqlite3.connect(self.db.backend.file)) as live:
                self._copy.backup(live)
            return
        with self.db.engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")  # keys need no order then
            for table, rows in self._rows.items():
                connection.execute(delete(table))
                if rows:
                    connection.execute(insert(table), rows)


@cache
def _filled(kind: str, name: str, fill: Fill) -> Path:
    """Return a folder with a database that `fill` has filled."""
    folder = Path(tempfile.mkdtemp(dir=_templates()))
    db = Database(name, url_of(folder, name))
    fill(db)
    db.close()
    return folder


@cache
def _templates() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="huitang-templates-"))
    atexit.register(shutil.rmtree, folder)
    return folder


def _copy(template: Path, folder: Path, name: str) -> None:
    if not on_postgres():
        shutil.copy(template / f"{name}.db", folder / f"{name}.db")
        return
    _spares().make(f"{_prefix(folder)}{name}", template=f"{_prefix(template)}{name}")
    _MADE.setdefault(folder.resolve(), set()).add(name)


def _prefix(folder: Path) -> str:
    return f"t_{blake2b(str(folder.resolve()).encode(), digest_size=8).hexdigest()}_"
