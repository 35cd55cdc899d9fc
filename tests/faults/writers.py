"""Writers: each has things of its own, which nobody else changes, and changes them one after the other."""

import threading
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.faults.changes import Asker, Change
from tests.faults.rig import REPLICAS, Installation

MOST_DATES = 40
"""So many key dates a writer keeps at a time."""

ONLY_ONCE = 0.15
"""The part of the changes for which a writer asks once only, whatever comes of it."""

FIRST = date(2031, 3, 1)
EVENTS, DIRECTORY = "/api/events", "/api/directory/organisations"


@dataclass
class Thing:
    """Something that a writer has made: where it is read, and the version that its next change rests on.

    `sure` while that version is known: not after a change of which nobody knows.
    """

    path: str
    id: str
    version: int
    sure: bool = True


@dataclass
class Writer:
    """One writer, its things, and its changes in the order in which it asked for them."""

    number: int
    seed: int
    asker: Asker
    gateway: str
    edition: Thing
    notices: Thing
    root: str
    random: Random
    dates: list[Thing] = field(default_factory=list)
    organisations: list[Thing] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    standing: str = "normal"

    def run(self, stop: threading.Event) -> None:
        """Change one thing after the other until told to stop."""
        while not stop.is_set():
            self._step()
            stop.wait(self.random.uniform(0.0, 0.25))

    def _step(self) -> None:
        chance, full = self.random.random(), len(self.dates) >= MOST_DATES
        if chance < 0.36 and not full:
            self._add_date()
        elif chance < 0.66 and self.dates:
            self._move_date(self.random.choice(self.dates))
        elif chance < (0.9 if full else 0.72) and self.dates:
            self._remove_date(self.random.choice(self.dates))
        elif chance < 0.80:
            self._change_edition()
        elif chance < 0.84:
            self._give_notice()
        elif chance < 0.92 and self.organisations:
            self._rename(self.random.choice(self.organisations))
        elif chance < 0.97:
            self._open_organisation()
        else:
            self._open_series()

    def _add_date(self) -> None:
        body = {"kind": "other", "on": self._day()}
        made = self._ask("key_date.added", "POST", f"{self.edition.path}/key-dates", "title", body=body)
        self._keep(self.dates, made, f"{self.edition.path}/key-dates")

    def _move_date(self, thing: Thing) -> None:
        if self._change(thing, "key_date.changed", "PATCH", thing.path, "title", {"on": self._day()}):
            self.dates.remove(thing)

    def _remove_date(self, thing: Thing) -> None:
        if self._change(thing, "key_date.removed", "DELETE", thing.path, "", None):
            self.dates.remove(thing)

    def _change_edition(self) -> None:
        """Change an edition's place, or now and then its name, with which all of its dates are told anew."""
        named = "name" if self.random.random() < 0.15 else "city"
        self._change(self.edition, "edition.changed", "PATCH", self.edition.path, named, {})

    def _give_notice(self) -> None:
        """Postpone another edition, call it off, or hold it after all."""
        deed = "resume" if self.standing != "normal" else self.random.choice(("postpone", "cancel"))
        self._change(self.notices, f"edition.{deed}", "POST", f"{self.notices.path}/{deed}", "note", {})
        found = self.asker.read(self.notices.path)
        assert found
        self.standing, self.notices.version, self.notices.sure = found["standing"], found["version"], True

    def _open_organisation(self) -> None:
        body = {"kind": "society", "parent_id": self.root}
        made = self._ask("organisation.opened", "POST", DIRECTORY, "name", body=body, slug=True, service="directory")
        self._keep(self.organisations, made, DIRECTORY)

    def _rename(self, thing: Thing) -> None:
        self._change(thing, "organisation.renamed", "POST", f"{thing.path}/rename", "name", {}, service="directory")

    def _open_series(self) -> None:
        body = {"kind": "forum", "owner_id": self.root}
        self._ask("series.opened", "POST", f"{EVENTS}/series", "name", body=body, slug=True)

    def _change(
        self, thing: Thing, verb: str, method: str, path: str, named: str, body: dict[str, Any] | None,
        service: str = "events",
    ) -> bool:  # fmt: skip
        """Change a thing; tell whether it is no more."""
        if not thing.sure:
            found = self.asker.read(thing.path)
            if found is None:
                return True
            thing.version, thing.sure = found["version"], True
        made = self._ask(verb, method, path, named, body=body, service=service, thing=thing)
        thing.sure = made.outcome == "acknowledged" and "version" in made.answer
        if thing.sure:
            thing.version = made.answer["version"]
        return method == "DELETE" and made.outcome == "acknowledged"

    def _ask(
        self, verb: str, method: str, path: str, named: str, *, body: dict[str, Any] | None, slug: bool = False,
        service: str = "events", thing: Thing | None = None,
    ) -> Change:  # fmt: skip
        """Ask for a change that writes its marker into the text `named`."""
        marker = f"m{self.seed}-{self.number:02}-{len(self.changes):05}"
        if body is not None:
            body = body | {named: {"zh": marker, "en": marker}} | ({"slug": marker} if slug else {})
        version = thing.version if thing else None
        change = Change(verb, marker, method, path, service, body, thing.id if thing else "", version)
        self.changes.append(change)
        self.asker.ask(change, once=self.random.random() < ONLY_ONCE)
        return change

    def _keep(self, things: list[Thing], made: Change, folder: str) -> None:
        if made.outcome == "acknowledged":
            things.append(Thing(f"{folder}/{made.answer['id']}", made.answer["id"], made.answer["version"]))

    def _day(self) -> str:
        return (FIRST + timedelta(days=self.random.randrange(300))).isoformat()


def make_writers(installation: Installation, seed: int, count: int) -> list[Writer]:
    """Make writers with their own editions, public and settled, by turns at each gateway."""
    writers = []
    with installation.client() as client:
        root = client.get(DIRECTORY, params={"limit": 1}).raise_for_status().json()["items"][0]["id"]
    for number in range(count):
        gateway = f"gateway-{REPLICAS[number % len(REPLICAS)]}"
        random = Random(f"writer {seed} {number}")
        client = installation.client(gateway)
        body = {"slug": f"s{seed}-{number}", "kind": "forum", "owner_id": root}
        series = client.post(
            f"{EVENTS}/series", json=body | {"name": {"zh": "系列", "en": "Series"}}
        ).raise_for_status()
        edition, notices = (
            _published(client, f"e{seed}-{number}-{which}", series.json()["id"], root) for which in "ab"
        )
        writers.append(Writer(number, seed, Asker(client, random), gateway, edition, notices, root, random))
    return writers


def _published(client: Any, slug: str, series: str, owner: str) -> Thing:
    body = {
        "series_id": series, "slug": slug, "name": {"zh": "届", "en": slug}, "owner_id": owner,
        "zone": "Asia/Shanghai", "starts_on": "2031-05-02", "ends_on": "2031-05-03",
    }  # fmt: skip
    made = client.post(f"{EVENTS}/editions", json=body).raise_for_status()
    path = f"{EVENTS}/editions/{made.json()['id']}"
    for step in ("open", "publish"):
        made = client.post(f"{path}/{step}", headers={"If-Match": made.headers["ETag"]}).raise_for_status()
    return Thing(path, made.json()["id"], made.json()["version"])


class Load:
    """The writers at work, each in a thread of its own."""

    def __init__(self, writers: list[Writer]) -> None:
        self.writers = writers
        self.began = time.monotonic()
        self._stop = threading.Event()
        self._errors: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=(each,), daemon=True) for each in writers]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        for writer in self.writers:
            writer.asker.close()

    def seconds(self) -> float:
        """Return how long it has lasted."""
        return time.monotonic() - self.began

    def acknowledged(self) -> int:
        """Count what was acknowledged so far."""
        return sum(change.outcome == "acknowledged" for writer in self.writers for change in list(writer.changes))

    def check(self) -> None:
        """Raise what ended a writer before its time."""
        for error in self._errors:
            raise error

    def _run(self, writer: Writer) -> None:
        try:
            writer.run(self._stop)
        except BaseException as error:
            self._errors.append(error)
