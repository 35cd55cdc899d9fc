"""The databases of a data folder, for what is done without a server or beside one."""

from collections.abc import Iterator
from contextlib import contextmanager

from huitang.language import said
from huitang.opening import open_database
from huitang.services import NAMES
from huitang.terminal import Failed
from shared.db import Database
from shared.settings import Settings


@contextmanager
def open_databases(settings: Settings) -> Iterator[dict[str, Database]]:
    """Open the database of every service; raise `Failed` where one is not there."""
    databases = {name: open_database(settings, name) for name in NAMES}
    try:
        for db in databases.values():
            if db.backend.file and not db.backend.file.exists():
                raise Failed(
                    said(
                        f"{settings.data} 中没有 {db.name}.db，运行 huitang serve 即可生成。",
                        f"{settings.data} holds no {db.name}.db; `huitang serve` makes it.",
                    )
                )
        yield databases
    finally:
        for db in databases.values():
            db.close()
