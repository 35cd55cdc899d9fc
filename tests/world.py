"""A whole Huitang for one test: every service and the gateway in this process, on a real loopback port and fresh files.

Everything is asked for through the gateway, as a user would; `settle` waits until every fact has had its effect.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from huitang.house import SERVICES, House
from huitang.preparing import prepare_folder
from huitang.sample.people import SamplePeople, email_of, make_people
from huitang.server import Server, listen
from services.directory.links.actions import sign_in_link
from shared.db import Database, utc_now
from shared.service import Runtime
from shared.settings import Settings
from tests.databases import copy_folder, setting_of
from tests.installation import LIMITS, Installation

MakeLink = Callable[[Database, Settings, str], str | None]


@dataclass
class Clock:
    """A clock that tests may turn; it runs on from where it was set."""

    offset: float = 0.0

    def __call__(self) -> datetime:
        """Return the present instant of this world."""
        return datetime.fromtimestamp(time.time() + self.offset, tz=utc_now().tzinfo)

    def turn(self, *, days: float = 0, seconds: float = 0) -> None:
        """Let time pass at once."""
        self.offset += days * 86_400 + seconds


@dataclass
class World(Installation):
    """A running house."""

    house: House
    clock: Clock

    @classmethod
    def of(cls, house: House, url: str, clock: Clock, people: SamplePeople) -> "World":
        """Return the world of a house that runs at `url`."""
        databases = {name: runtime.db for name, runtime in house.runtimes.items()}
        return cls(url, house.settings.data, people, databases, clock, house)

    def link(self, role: str, make: MakeLink = sign_in_link) -> str:
        """Return the path by which a persona signs in, once, or does what else a link is made for."""
        made = make(self.runtime("directory").db, self.house.settings, email_of(role)) or ""
        return made.removeprefix(self.house.settings.address())

    def session(self, role: str) -> str:
        """Sign a persona in, and return the session's cookie."""
        with httpx.Client(base_url=self.url, headers={"Origin": self.url}) as browser:
            browser.post(self.link(role))
            return str(browser.cookies["huitang_session"])

    def runtime(self, service: str) -> Runtime:
        """Return a service's runtime, to look behind its API."""
        return self.house.runtimes[service]


@contextmanager
def running(settings: Settings, clock: Clock, port: int = 0) -> Iterator[tuple[House, str]]:
    """Run a house on a port, else on a free one, for the time of the block."""
    listening = listen("127.0.0.1", port)
    house = House(settings.model_copy(update={"port": listening.getsockname()[1]}), clock=clock)
    server = Server(house, house.bus)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    wait_until(lambda: server.started or not thread.is_alive())
    try:
        yield house, f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listening.close()


@dataclass(frozen=True)
class OneProcess:
    """Worlds on copies of a template; each folder of a test has one, and again is a restart."""

    template: Path

    def make(self, folder: Path, **settings: Any) -> AbstractContextManager[Installation]:
        """Run a world on a copy of the template."""
        return make_world(self.template, folder, **settings)

    def open(self, folder: Path, **settings: Any) -> AbstractContextManager[Installation]:
        """Run a world on a folder that holds one."""
        return open_world(folder, **settings)


@contextmanager
def make_world(template: Path, folder: Path, **settings: Any) -> Iterator[World]:
    """Run a world on a copy of `template` (a folder that `make_template` has filled)."""
    copy_folder(template, folder)
    with open_world(folder, **settings) as world:
        yield world


@contextmanager
def open_world(folder: Path, port: int = 0, **settings: Any) -> Iterator[World]:
    """Run a world on a folder that holds one: the same folder again, on the same port, is a restart."""
    clock = Clock()
    with running(settings_of(folder, **settings), clock, port) as (house, url):
        world = World.of(house, url, clock, SamplePeople.read(folder / "people.json"))
        try:
            yield world
        finally:
            world.close()


def settings_of(folder: Path, **more: Any) -> Settings:
    """Return the settings of a world on a folder; its databases are there."""
    database = setting_of(folder, *(service.name for service in SERVICES))
    return Settings(data=folder, log_level="ERROR", **(LIMITS | {"database": database} | more))


def make_template(folder: Path) -> Path:
    """Fill a data folder with the tables, the organisations and the personas that every world starts with."""
    settings = settings_of(folder)
    prepare_folder(settings)
    with running(settings, Clock()) as (house, url):
        people = make_people(house.runtimes["directory"].db, house.settings, url)
        people.write(folder / "people.json")
        World.of(house, url, Clock(), people).settle()
    return folder


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something that another thread brings about; raise `TimeoutError`."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(getattr(true, "__doc__", None) or "it did not come about")
        time.sleep(0.005)
