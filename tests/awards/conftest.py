"""The awards service alone, for the tests of its rooms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.awards.service import service
from tests.alone import make_template
from tests.awards.running import Awards, make_awards


@pytest.fixture(scope="session")
def awards_template(database: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ed25519PrivateKey]:
    """Make the data folder that every test starts from."""
    return make_template(service, tmp_path_factory.mktemp("awards"))


@pytest.fixture
def a_day_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the office know of a holiday that nobody else does, Friday 4 December 2026."""
    file = tmp_path / "workdays.toml"
    file.write_text("holidays = [2026-12-04]\n", encoding="utf-8")
    monkeypatch.setenv("HUITANG_WORKDAYS", str(file))


@pytest.fixture
def awards(awards_template: tuple[Path, Ed25519PrivateKey], tmp_path: Path) -> Iterator[Awards]:
    """Make the service on fresh files."""
    made = make_awards(*awards_template, tmp_path / "data")
    yield made
    made.runtime.stop()
    made.db.close()
