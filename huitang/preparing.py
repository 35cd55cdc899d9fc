"""What stands before anything runs: keys, tables, topics, and the key by which the command line asks."""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from huitang.copies import copy_database
from huitang.loading import loaded
from huitang.opening import make_topics, open_database
from huitang.services import NAMES, load, migrations_of
from services.directory.setup.actions import ensure_local_key
from services.directory.signin.tokens import ensure_gateway_secret, ensure_keys
from shared.db import Clock, utc_now
from shared.keys import Keys
from shared.revisions import is_current
from shared.settings import Settings


def prepare_folder(settings: Settings, clock: Clock = utc_now) -> list[str]:
    """Make keys that are missing, and bring every database forward; name those changed."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    ensure_keys(settings.data / "signing.jwks")
    ensure_gateway_secret(settings.data / "gateway.secret")
    Keys(settings.data).ensure()
    return prepare_databases(settings, clock)


def prepare_apart(settings: Settings) -> list[str]:
    """Prepare a folder for a process that goes on, where there is a fork in one of its own: the memory ends with it."""
    if sys.platform != "linux":
        return prepare_folder(settings)
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as apart:
        return apart.submit(prepare_folder, settings).result()


def prepare_databases(settings: Settings, clock: Clock = utc_now) -> list[str]:
    """Make databases that are missing, and bring each forward, keeping a copy of SQLite's first; name those changed."""
    changed = []
    for name in NAMES:
        db = open_database(settings, name, clock)
        file = db.backend.file
        try:
            held_something = db.backend.make()
            if not is_current(db, name, migrations_of(name)):
                if held_something and file:
                    copy_database(file, file.with_suffix(f".before-{clock():%Y%m%dT%H%M%S}.db"))
                service = load(name)
                loaded("shared.migrate").upgrade(db, name, service.migrations, service.metadata)
                changed.append(name)
        finally:
            db.close()
    return changed


def prepare_machines(settings: Settings) -> None:
    """Make the topics of every service where there are brokers, and the key by which the command line asks."""
    make_topics(settings)
    db = open_database(settings, "directory")
    try:
        ensure_local_key(db, settings.data / "cli.key")
    finally:
        db.close()
