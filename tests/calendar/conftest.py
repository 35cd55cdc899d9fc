"""Fixtures of the calendar's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calendar.rig import Rig, make_rig


@pytest.fixture
def rig(database: str, tmp_path: Path) -> Iterator[Rig]:
    """Return the calendar service alone, on fresh files."""
    with make_rig(tmp_path) as made:
        yield made
