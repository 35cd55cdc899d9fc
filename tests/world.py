"""A whole Huitang for one test: every service and the gateway in this process, on a real loopback port and fresh files.

Everything is asked for through the gateway, as a user would; `settle` waits until every fact has had its effect.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from huitang.house import SERVICES, House, prepare_folder
from huitang.sample.people import SamplePeople, make_people
from huitang.server import Server, listen
from shared.db import utc_now
from shared.jobs import Job
from shared.ledger import is_unnumbered, read_outbox
from shared.service import Runtime
from shared.settings import Settings
from tests.databases import copy_folder, setting_of

LIMITS = {"rate_caller": "1000000/minute", "rate_address": "1000000/minute", "rate_signin": "1000000/minute"}


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
class World:
    """A running house; `people` are the personas, each with an API key."""

    house: House
    url: str
    clock: Clock
    people: SamplePeople
    _clients: list[httpx.Client] = field(default_factory=list)

    def client(self, role: str | None = None, **options: Any) -> httpx.Client:
        """Return a client that speaks as a persona (nobody where no role is named)."""
        headers = {"Authorization": f"Bearer {self.people.key(role)}"} if role else {}
        client = httpx.Client(base_url=self.url, headers=headers | options.pop("headers", {}), timeout=30, **options)
        self._clients.append(client)
        return client

    def organisation(self, name: str) -> str:
        """Return the id of an organisation of the sample, by its slug."""
        return self.people.organisations[name]

    def runtime(self, service: str) -> Runtime:
        """Return a service's runtime, to look behind its API."""
        return self.house.runtimes[service]

    def settle(self, seconds: float = 120) -> None:
        """Wait until every outbox is published, every fact handled and every due job done."""
        deadline, still = time.monotonic() + seconds, 0
        while still < 2:  # what one look finds done may have left a fact behind the look
            still = still + 1 if self._still() else 0
            if time.monotonic() > deadline:
                raise TimeoutError("the world does not settle")
            time.sleep(0.01)

    def _still(self) -> bool:
        return not any(self._busy(runtime) for runtime in self.house.runtimes.values())

    def _busy(self, runtime: Runtime) -> bool:
        due = select(Job.id).where(Job.state.in_(("waiting", "running")), Job.due_at <= self.clock()).limit(1)
        with runtime.db.reading() as tx:
            if is_unnumbered(tx) or tx.scalar(due):
                return True
            if read_outbox(tx, runtime.service.name, runtime.relay._published or 0, limit=1):
                return True  # who listens (the gateway, live views) is told only now
        sources = runtime.deliverer.sources()
        return any(self.house.bus.read(source, runtime.position(source)) for source in sources)


@contextmanager
def running(settings: Settings, clock: Clock) -> Iterator[tuple[House, str]]:
    """Run a house on a free port for the time of the block."""
    listening = listen("127.0.0.1", 0)
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


@contextmanager
def make_world(template: Path, folder: Path, **settings: Any) -> Iterator[World]:
    """Run a world on a copy of `template` (a folder that `make_template` has filled)."""
    copy_folder(template, folder)
    with open_world(folder, **settings) as world:
        yield world


@contextmanager
def open_world(folder: Path, **settings: Any) -> Iterator[World]:
    """Run a world on a folder that holds one: the same folder again is a restart."""
    clock = Clock()
    with running(_settings(folder, **settings), clock) as (house, url):
        world = World(house, url, clock, SamplePeople.read(folder / "people.json"))
        try:
            yield world
        finally:
            for client in world._clients:
                client.close()


def _settings(folder: Path, **more: Any) -> Settings:
    database = setting_of(folder, *(service.name for service in SERVICES))
    return Settings(data=folder, log_level="ERROR", **(LIMITS | {"database": database} | more))


def make_template(folder: Path) -> Path:
    """Fill a data folder with the tables, the organisations and the personas that every world starts with."""
    settings = _settings(folder)
    prepare_folder(settings)
    with running(settings, Clock()) as (house, url):
        people = make_people(house, url)
        people.write(folder / "people.json")
        World(house, url, Clock(), people).settle()
    return folder


def wait_until(true: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something that another thread brings about; raise `TimeoutError`."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(getattr(true, "__doc__", None) or "it did not come about")
        time.sleep(0.005)
