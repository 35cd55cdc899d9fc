"""A directory for one test, with a small tree and a few people in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.directory.people import Town, make_town
from tests.directory.running import Directory, make_directory, make_template


@pytest.fixture(scope="session")
def template(database: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with keys and an empty database."""
    return make_template(tmp_path_factory.mktemp("directory"))


@pytest.fixture
def empty(template: Path, tmp_path: Path) -> Iterator[Directory]:
    """Return a directory in which nothing was done yet."""
    directory = make_directory(template, tmp_path / "empty")
    yield directory
    directory.db.close()


@pytest.fixture(scope="session")
def town_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the small tree and its people."""
    directory = make_directory(template, tmp_path_factory.mktemp("town") / "data")
    make_town(directory)
    directory.db.close()
    return directory.data


@pytest.fixture
def town(town_template: Path, tmp_path: Path) -> Iterator[Town]:
    """Return a directory with a small tree and a few people."""
    directory = make_directory(town_template, tmp_path / "data")
    yield Town.of(directory)
    directory.db.close()
