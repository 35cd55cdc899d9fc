"""One `huitang serve` for all tests that only ask it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from huitang.sample.people import SamplePeople
from tests.databases import copy_folder
from tests.huitang.process import Ended, Running, huitang, serving


@dataclass
class Served:
    """A served data folder, with the personas of the template."""

    running: Running
    people: SamplePeople

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.running.data

    def ask(self, *arguments: str | Path, role: str = "", **more: str) -> Ended:
        """Run a command on it, as a persona or as the command line's own account."""
        key = {"HUITANG_API_KEY": self.people.key(role)} if role else {}
        return huitang(self.data, *arguments, **key, **more)

    def json(self, *arguments: str | Path, role: str = "") -> Any:
        """Run a command that must succeed, and return what it answered."""
        ended = self.ask(*arguments, "--json", role=role)
        assert ended.code == 0, ended.out + ended.err
        return ended.json


@pytest.fixture(scope="session")
def served(world_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the template in a process of its own."""
    data = tmp_path_factory.mktemp("served") / "data"
    copy_folder(world_template, data)
    with serving(data) as running:
        yield Served(running, SamplePeople.read(data / "people.json"))
