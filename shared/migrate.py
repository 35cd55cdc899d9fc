"""Migrations of one database: those of `shared/migrations`, then the service's own. Forward only.

Foreign keys are off while they run (a batch recreate would delete every child row) and are checked afterwards.
"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.pool import NullPool

from shared.db import Database
from shared.revisions import HERE, layers


class WrongRevision(Exception):
    """The database is not at the revision that this code needs."""


class WrongCollation(Exception):
    """The database orders text as people of one language do; here the order is that of code points, as on SQLite."""


def make_database(db: Database) -> bool:
    """Make the database itself where it is missing; tell whether it was there.

    On PostgreSQL it is ordered by code point, as SQLite orders: lists have one order everywhere.
    """
    if db.is_sqlite:
        file = Path(db.url.database or "")
        held = file.exists()
        file.touch(mode=0o600)  # SQLite gives what it writes beside it the same mode
        return held
    engine = create_engine(db.url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    name = str(db.url.database)
    with engine.connect() as connection:
        if connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
            return True
        quoted = engine.dialect.identifier_preparer.quote(name)
        words = f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        connection.exec_driver_sql(words)
    return False


def upgrade(db: Database, service: str, migrations: Path, metadata: MetaData) -> None:
    """Bring the database to the newest revision.

    Raises `WrongRevision` where its keys do not fit afterwards, and `WrongCollation` before anything is done.
    """
    check_collation(db)
    for name, folder, tables in layers(service, migrations, metadata):
        upgrade_layer(db, name, folder, tables)


def upgrade_layer(db: Database, name: str, folder: Path, tables: MetaData) -> None:
    """Bring the tables of one layer to the newest revision."""
    config = _config(name, folder)
    with db.migrating() as connection:
        config.attributes.update(connection=connection, metadata=tables)
        command.upgrade(config, "head")
        if db.is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first()):
            raise WrongRevision(f"{name}: a key does not fit after migrating: {tuple(broken)}")


def check_collation(db: Database) -> None:
    """Raise `WrongCollation` where the same list would come in another order than on SQLite."""
    if db.is_sqlite:
        return
    with db.reading() as tx:
        asked = "SELECT datcollate, datlocprovider FROM pg_database WHERE datname = current_database()"
        found, provider = tx.execute(text(asked)).one()
    if provider != "c" or found.upper().replace("-", "") not in ("C", "POSIX", "C.UTF8"):
        raise WrongCollation(
            f"{db.url.database} orders text by {found}; make it with"
            " CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        )


def differences(db: Database, service: str, migrations: Path, metadata: MetaData) -> list[Any]:
    """Return what the tables in the code have that the migrated database has not, and the reverse."""
    found: list[Any] = []
    for name, _, tables in layers(service, migrations, metadata):
        with db.engine.connect() as connection:
            options = {"version_table": f"revision_{name}", "include_name": _only(tables), "compare_type": True}
            found += compare_metadata(MigrationContext.configure(connection, opts=options), tables)
    return found


def write_revision(db: Database, name: str, folder: Path, tables: MetaData, message: str, revision: str) -> None:
    """Write the next migration of one layer from the difference between its tables and the database."""
    config = _config(name, folder)
    with db.engine.connect() as connection:
        config.attributes.update(connection=connection, metadata=tables)
        command.revision(config, message, autogenerate=True, rev_id=revision)


def _only(tables: MetaData) -> Any:
    def include(name: str | None, kind: str, parents: Any) -> bool:
        return kind != "table" or name in tables.tables

    return include


def _config(name: str, folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("version_locations", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    config.attributes["layer"] = name
    return config
