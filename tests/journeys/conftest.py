"""What journeys share: one installation for a file of them, and the command line as somebody starts it."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from tests.huitang.process import Ended, huitang
from tests.installation import Installation
from tests.journeys.selecting import Selecting

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass
class Line:
    """The command line, each command a process of its own, asking a world."""

    world: Installation

    def ask(self, *arguments: str | Path, role: str = "organizer") -> Ended:
        """Run a command to its end, as a persona."""
        asked = {"HUITANG_URL": self.world.url, "HUITANG_API_KEY": self.world.people.key(role)}
        return huitang(self.world.data, *arguments, "--json", **asked)

    def json(self, *arguments: str | Path, role: str = "organizer") -> Any:
        """Run a command that must succeed, and return what it answered."""
        ended = self.ask(*arguments, role=role)
        assert ended.code == 0, ended.out + ended.err
        return ended.json

    def bring(self, file: Path, edition: str, *options: str) -> Any:
        """Import a file; return what came of it, be it that nothing was imported for what is wrong in the file."""
        ended = self.ask("import", "programme", file, "--edition", edition, *options)
        assert ended.code in (0, 1), ended.out + ended.err
        assert "sessions" in ended.json, f"refused altogether: {ended.out}"
        return ended.json

    def take_along(self, edition: str, form: str = "json", *options: str) -> bytes:
        """Export a programme; return the file's bytes."""
        file = self.world.data / "taken-along"
        self.json("export", edition, "--format", form, "-o", file, *options)
        return file.read_bytes()

    def programme(self, edition: str) -> dict[str, Any]:
        """Return the draft of an edition as our JSON tells it."""
        told: dict[str, Any] = json.loads(self.take_along(edition))
        return told


@pytest.fixture(scope="module")
def hall(running: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Run one installation for all tests of a file."""
    with running.make(tmp_path_factory.mktemp("hall") / "world") as made:
        yield made


@pytest.fixture
def world(running: Any, tmp_path: Path) -> Iterator[Installation]:
    """Run an installation for one test."""
    with running.make(tmp_path / "world") as made:
        yield made


@pytest.fixture(scope="module")
def line(hall: Installation) -> Line:
    """Return the command line of that world."""
    return Line(hall)


@pytest.fixture(scope="module")
def selecting(hall: Installation, tmp_path_factory: pytest.TempPathFactory) -> Selecting:
    """Let the personas of that world do what selections need of them."""
    made = Selecting(hall, tmp_path_factory.mktemp("signed"))
    made.allow()
    return made


@pytest.fixture(scope="session")
def real() -> Path:
    """Return the file of the real programme; for tests marked `samples`."""
    return Path(os.environ["HUITANG_SAMPLES"]) / "fosdem2023.xml"


def stored(world: Installation) -> Rows:
    """Return every row of the events service by table, and under `files` the names of the files that it keeps."""
    world.settle()
    folder = world.data
    with world.databases["events"].reading() as tx:
        names = inspect(tx.connection()).get_table_names()
        found = {name: tx.execute(text(f'SELECT * FROM "{name}"')).all() for name in names}
    rows = {name: sorted(map(tuple, each), key=repr) for name, each in found.items()}
    del rows["idempotency"]  # a dry run is answered once like every other request
    return rows | {"files": sorted((path.name,) for path in (folder / "files").rglob("*") if path.is_file())}
