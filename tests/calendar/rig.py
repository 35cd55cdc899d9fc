"""The calendar service alone, hearing facts that a test lets other services tell; its clock stands until it is turned."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx

from services.calendar.service import service
from shared import migrate
from shared.bus import LocalBus
from shared.caller import Caller, TokenVerifier
from shared.db import Database, SharedBase
from shared.files import FileStore
from shared.ledger import emit
from shared.message import Fact
from shared.messages.dates import DateEntry
from shared.messages.directory import (
    AccountOpened,
    MembershipGiven,
    OrganisationMoved,
    OrganisationOpened,
    OrganisationRenamed,
    OrganisationState,
)
from shared.messages.events import EventsDateCancelled, EventsDateSet
from shared.relay import Relay
from shared.service import Runtime
from shared.settings import Settings
from shared.text import Text
from tests.apps import App
from tests.databases import url_of
from tests.shared.logs import read_log
from tests.shared.signing import Signer

ADDRESS = "https://huitang.example"


class Turning:
    """A clock that stands still until it is turned: at first, noon in Beijing on 1 September 2026."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 1, 4, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.now

    def turn(self, **by: float) -> None:
        """Let time pass at once."""
        self.now += timedelta(**by)


class Teller:
    """Another service, of which only the log is there."""

    def __init__(self, name: str, folder: Path, bus: LocalBus, clock: Turning) -> None:
        self.db = Database(name, url_of(folder, name, _make_log), clock=clock)
        bus.attach(self.db)
        self.relay = Relay(self.db, bus)

    def tell(self, *facts: Fact) -> None:
        """Put facts into the log."""
        with self.db.transaction() as tx:
            for fact in facts:
                emit(tx, fact)
        self.relay.drain()


@dataclass
class Rig:
    """The calendar service, and those it hears."""

    folder: Path
    runtime: Runtime
    clock: Turning
    signer: Signer
    tellers: dict[str, Teller]
    app: Any = field(init=False)

    def __post_init__(self) -> None:
        self.app = App(service, self.runtime)

    def tell(self, *facts: Fact) -> None:
        """Let the services that own these facts tell them, in this order, and let the calendar hear."""
        for fact in facts:
            self.tellers[fact.fact_type.split(".")[0]].tell(fact)
        self.settle()

    def tell_dates(self, *entries: DateEntry) -> None:
        """Let the events service tell dates in one transaction."""
        kinds = {True: EventsDateCancelled, False: EventsDateSet}
        self.tellers["events"].tell(*(kinds[entry.status == "cancelled"].of(entry) for entry in entries))
        self.settle()

    def open_organisation(self, organisation: str, parent: str | None = None, name: Text | None = None) -> None:
        """Let the directory open an organisation, whose slug is its id."""
        self.tell(OrganisationOpened(organisation_id=organisation, organisation=state(organisation, parent, name)))

    def rename_organisation(self, organisation: str, name: Text, parent: str | None = None) -> None:
        """Let the directory rename an organisation."""
        told = state(organisation, parent, name, version=2)
        self.tell(OrganisationRenamed(organisation_id=organisation, organisation=told))

    def move_organisation(self, organisation: str, parent: str) -> None:
        """Let the directory move an organisation."""
        told = state(organisation, parent, None, version=3)
        self.tell(OrganisationMoved(organisation_id=organisation, organisation=told))

    def open_account(self, account: str, organisation: str | None = None) -> None:
        """Let the directory open an account."""
        self.tell(AccountOpened(account_id=account, organisation_id=organisation))

    def give_membership(self, account: str, organisation: str, membership: str = "m1", until: Any = None) -> None:
        """Let the directory make an account a member from the first of the year on."""
        self.tell(
            MembershipGiven(
                membership_id=membership, account_id=account, organisation_id=organisation,
                from_on=self.clock().date().replace(month=1, day=1), until_on=until, version=1,
            )
        )  # fmt: skip

    def settle(self) -> None:
        """Let everything told be heard, and everything due be done."""
        moved = True
        while moved:
            moved = bool(self.runtime.worker.run_due() + self.runtime.relay.drain())
            for source in self.tellers:
                while batch := read_log(self.runtime, source, self.runtime.position(source)):
                    moved = True
                    assert self.runtime.deliverer.deliver(batch)

    def tags(self) -> list[set[str]]:
        """Return the tags of every fact that the calendar has told."""
        return [set(each.message.data["tags"]) for each in read_log(self.runtime, "calendar")]

    def ask(self, method: str, path: str, caller: Caller | None = None, **options: Any) -> httpx.Response:
        """Ask the service's own application."""
        headers = dict(options.pop("headers", {}))
        if caller:
            headers["Authorization"] = f"Bearer {self.signer.token(caller)}"

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
                return await client.request(method, path, headers=headers, **options)

        return anyio.run(ask)

    def get(self, path: str, caller: Caller | None = None, **options: Any) -> httpx.Response:
        """Read an address."""
        return self.ask("GET", path, caller, **options)

    def feed(self, path: str) -> bytes:
        """Return the bytes of a feed that must be there."""
        answer = self.get(f"/calendars/{path}")
        assert answer.status_code == 200, answer.text
        return answer.content


def state(organisation: str, parent: str | None, name: Text | None, version: int = 1) -> OrganisationState:
    """Make what the directory says of an organisation."""
    return OrganisationState(
        organisation_id=organisation, parent_id=parent, slug=organisation, kind="society",
        name=name or Text(organisation, organisation), status="active", version=version,
    )  # fmt: skip


def _make_log(db: Database) -> None:
    SharedBase.metadata.create_all(db.engine)


def _make_tables(db: Database) -> None:
    migrate.upgrade(db, "calendar", service.migrations, service.metadata)


@contextmanager
def make_rig(folder: Path, **settings: Any) -> Iterator[Rig]:
    """Run a rig on files in `folder`; nothing runs in its background. The same folder again is a restart."""
    clock, bus = Turning(), LocalBus()
    db = Database("calendar", url_of(folder, "calendar", _make_tables), clock=clock)
    bus.attach(db)
    signer = Signer(folder)
    asked = {"data": folder, "public_url": ADDRESS} | settings
    runtime = Runtime(
        service, Settings(**asked), db, bus, TokenVerifier(folder / "signing.jwks"), FileStore(folder / "files")
    )
    tellers = {name: Teller(name, folder, bus, clock) for name in ("events", "directory")}
    yield Rig(folder, runtime, clock, signer, tellers)
    for each in (db, *(teller.db for teller in tellers.values())):
        each.close()


def entries_of(content: bytes) -> list[str]:
    """Return the UIDs in a feed, in its order."""
    return [line.removeprefix("UID:") for line in content.decode().split("\r\n") if line.startswith("UID:")]


def values_of(content: bytes, name: str) -> list[str]:
    """Return the values of a property wherever it stands on an unfolded line."""
    unfolded = content.decode().replace("\r\n ", "").split("\r\n")
    return [line.partition(":")[2] for line in unfolded if line.startswith((f"{name}:", f"{name};"))]
