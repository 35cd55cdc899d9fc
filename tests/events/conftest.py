"""The events service alone, for the tests of its rooms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.events.service import service
from tests.alone import make_template
from tests.events.running import Events, make_events


@pytest.fixture(scope="session")
def events_template(database: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ed25519PrivateKey]:
    """Make the data folder that every test starts from."""
    return make_template(service, tmp_path_factory.mktemp("events"))


@pytest.fixture
def events(events_template: tuple[Path, Ed25519PrivateKey], tmp_path: Path) -> Iterator[Events]:
    """Make the service on fresh files."""
    made = make_events(*events_template, tmp_path / "data")
    yield made
    made.runtime.stop()
    made.db.close()
