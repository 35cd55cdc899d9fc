"""At which revision a database is, and at which its migrations end: read without alembic, which only migrating needs."""

import re
from pathlib import Path

from sqlalchemy import Connection, MetaData, inspect, text

from shared.db import Database, SharedBase

HERE = Path(__file__).parent / "migrations"

_REVISIONS = re.compile(r"""^(revision|down_revision) = (?:["'](\w+)["']|None)$""", re.MULTILINE)


def layers(service: str, migrations: Path, metadata: MetaData) -> list[tuple[str, Path, MetaData]]:
    """Return (name, versions folder, tables) of what a service's database is made of, in order."""
    return [("shared", HERE / "versions", SharedBase.metadata), (service, migrations, metadata)]


def is_current(db: Database, service: str, migrations: Path) -> bool:
    """Tell whether the database is at the newest revision of every layer."""
    with db.engine.connect() as connection:
        folders = {"shared": HERE / "versions", service: migrations}
        return all(revision_of(connection, name) == head_of(folder) for name, folder in folders.items())


def revision_of(connection: Connection, name: str) -> str | None:
    """Return the revision that the tables of one layer are at, nothing before the first."""
    table = f"revision_{name}"
    if not inspect(connection).has_table(table):
        return None
    revision: str | None = connection.scalar(text(f"SELECT version_num FROM {table}"))
    return revision


def head_of(folder: Path) -> str | None:
    """Return the revision that no other follows; nothing where there are no migrations."""
    found = [dict(_REVISIONS.findall(file.read_text(encoding="utf-8"))) for file in folder.glob("*.py")]
    heads = {each["revision"] for each in found} - {each["down_revision"] for each in found}
    return heads.pop() if heads else None
