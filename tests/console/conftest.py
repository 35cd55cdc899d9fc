"""The console as it is built, before a world that runs."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.console.desk import Desk, make_desk
from tests.world import World, make_world
from tools.built import WEB, is_built
from tools.console import build

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def console(clients: Path) -> None:
    """Build the console, where it is not; npm's registry is asked for what it is built with."""
    assert build(WEB, if_possible=True) == 0, "the console does not build"
    if not is_built(WEB):
        pytest.skip("clients: npm's registry could not be asked for what the console is built with")


@pytest.fixture(scope="module")
def house(console: None, world_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Run one world for the tests of a file."""
    with make_world(world_template, tmp_path_factory.mktemp("console") / "world") as world:
        yield world


@pytest.fixture
def desk(house: World) -> Desk:
    """Make an edition of its own for a test."""
    return make_desk(house, f"forum-{next(_NUMBERS)}")
