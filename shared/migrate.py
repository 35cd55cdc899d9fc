"""Migrations of one database: those of `shared/migrations`, then the service's own. Forward only.

Foreign keys are off while they run (a batch recreate would delete every child row) and are checked afterwards.
"""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import MetaData

from shared.db import Database
from shared.revisions import HERE, layers


class WrongRevision(Exception):
    """The database is not at the revision that this code needs."""


def upgrade(db: Database, service: str, migrations: Path, metadata: MetaData) -> None:
    """Bring the database to the newest revision.

    Raises `WrongRevision` where its keys do not fit afterwards, and `WrongCollation` before anything is done.
    """
    with db.reading() as tx:
        db.backend.check(tx)
    for name, folder, tables in layers(service, migrations, metadata):
        upgrade_layer(db, name, folder, tables)


def upgrade_layer(db: Database, name: str, folder: Path, tables: MetaData) -> None:
    """Bring the tables of one layer to the newest revision."""
    config = _config(name, folder)
    with db.migrating() as connection:
        config.attributes.update(connection=connection, metadata=tables)
        command.upgrade(config, "head")
        if broken := db.backend.broken_key(connection):
            raise WrongRevision(f"{name}: a key does not fit after migrating: {broken}")


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
