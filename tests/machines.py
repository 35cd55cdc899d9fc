"""A Huitang across processes for tests, as `huitang up` starts it: the gateway and every service on Kafka and PostgreSQL."""

import os
import shlex
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from filelock import FileLock

from huitang.house import SERVICES
from huitang.local_kafka import jars_folder
from huitang.local_postgres import LocalPostgres, free_port
from huitang.machines import Machines
from huitang.sample.people import SamplePeople, make_people
from shared.db import Database, utc_now
from shared.settings import Settings
from tests.huitang.process import ROOT, environment, huitang
from tests.installation import Installation


class Across(Installation):
    """An installation whose gateway hears the bus in a process of its own."""

    def reach_gateway(self, client: httpx.Client, deadline: float) -> None:
        """End an API key, and wait until the gateway has heard of that, and so of all that was published before."""
        headers = {"Authorization": f"Bearer {self.people.key('administrator')}"}
        keys = "/api/directory/me/keys"
        made = client.post(keys, json={"name": "settled"}, headers=headers).raise_for_status().json()
        with_it = {"Authorization": f"Bearer {made['key']}"}
        client.get("/api/directory/me", headers=with_it).raise_for_status()
        client.delete(f"{keys}/{made['id']}", headers=headers).raise_for_status()
        while client.get("/api/directory/me", headers=with_it).status_code != 401:
            if time.monotonic() > deadline:
                raise TimeoutError("the gateway does not hear")
            time.sleep(0.01)


class Copies:
    """Installations on copies of one that was prepared; each folder of a test has one, and again is a restart.

    What was prepared stays in the folder `shared`, for whoever else runs tests meanwhile.
    """

    def __init__(self, shared: Path, jars: Path) -> None:
        self._shared = shared
        self._jars = jars
        self._root = Path(tempfile.mkdtemp(prefix="huitang-machines-"))
        self._root.chmod(0o711)  # the account of the database server goes through it
        self._places: dict[Path, Path] = {}

    @contextmanager
    def make(self, folder: Path, **settings: Any) -> Iterator[Installation]:
        """Run an installation on a copy of the one that was prepared."""
        subprocess.run(["cp", "-a", self._template, self._place(folder)], check=True)  # with owners and modes
        (self._place(folder) / "postgres" / "port").write_text(str(free_port()))
        with self.open(folder, **settings) as made:
            yield made

    @contextmanager
    def open(self, folder: Path, **settings: Any) -> Iterator[Installation]:
        """Run an installation on a folder that holds one."""
        place = self._place(folder)
        with (
            running(place, self._jars, settings) as url,
            opened(place, url, SamplePeople.read(place / "people.json")) as made,
        ):
            yield made

    def end(self) -> None:
        """Remove everything."""
        shutil.rmtree(self._root)

    @cached_property
    def _template(self) -> Path:
        """Prepare an installation with the organisations and personas that every test starts with, and end it."""
        ready = self._shared / "machines"
        with FileLock(self._shared / "machines.lock"):
            if not ready.exists():
                folder = self._root / "template"
                with running(folder, self._jars, {}) as url, opened(folder, url, SamplePeople()) as made:
                    made.people = make_people(made.databases["directory"], Settings(data=folder, public_url=url), url)
                    made.people.write(folder / "people.json")
                    made.settle()
                subprocess.run(["mv", folder, ready], check=True)  # with owners and modes
        return ready

    def _place(self, folder: Path) -> Path:
        return self._places.setdefault(folder, self._root / str(len(self._places)))


@contextmanager
def running(folder: Path, jars: Path, settings: dict[str, Any]) -> Iterator[str]:
    """Run on a folder what `huitang up` runs, for the time of a block; yield the address."""
    folder.mkdir(exist_ok=True)
    if not (folder / "jars").is_symlink():
        (folder / "jars").symlink_to(jars.parent)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what the processes compile is kept
    environ = environment(folder, **{f"HUITANG_{name.upper()}": str(value) for name, value in settings.items()})
    with (folder / "up.log").open("ab") as log:
        own = Settings(data=folder, public_url=settings.get("public_url", ""))
        with Machines(own, ROOT / "docker-compose.yml", 0, environment=environ, output=log) as machines:
            yield machines.start(threading.Event())


@contextmanager
def up(folder: Path, settings: dict[str, Any], *options: str | Path) -> Iterator[str]:
    """Run `huitang up` on a folder for the time of a block; yield the address."""
    more = {f"HUITANG_{name.upper()}": str(value) for name, value in settings.items()}
    jars = str(jars_folder(ROOT / ".data"))
    try:
        started = huitang(folder, "up", "--detach", "--port", "0", *options, "--json", HUITANG_JARS=jars, **more)
        assert started.code == 0, started.out + started.err + (folder / "up.log").read_text()
        yield started.json["url"]
    finally:
        huitang(folder, "down")


def settings_of(folder: Path) -> dict[str, str]:
    """Return the environment of commands that work on the databases and brokers of what is up on a folder."""
    return dict(line.split("=", 1) for line in shlex.split((folder / "up.env").read_text()))


@contextmanager
def opened(folder: Path, url: str, people: SamplePeople) -> Iterator[Across]:
    """Open the databases of what runs at `url` for the time of a block."""
    server = LocalPostgres(folder / "postgres")
    databases = {each.name: Database(each.name, server.url(f"huitang_{each.name}")) for each in SERVICES}
    made = Across(url, folder, people, databases, utc_now)
    try:
        yield made
    finally:
        made.close()
        for database in databases.values():
            database.close()
