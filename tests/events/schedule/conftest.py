"""A draft to schedule in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.events.draft import Draft, make_draft


@pytest.fixture
def draft(database: str, tmp_path: Path) -> Iterator[Draft]:
    """Make an edition with four sessions in the tray; `talk` and `panel` share a speaker."""
    made = make_draft(tmp_path)
    made.add_session("opening", position=1)
    made.add_session("talk", ["li"], position=2)
    made.add_session("panel", ["li", "wang"], position=3, duration_minutes=60)
    made.add_session("poster", position=4, duration_minutes=None)
    yield made
    made.db.close()
