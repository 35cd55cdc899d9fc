"""A draft that is ready to be released."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.events.editions import api as editions_api
from services.events.previews import api as previews_api
from services.events.releases import api as releases_api
from tests.events.draft import Draft, make_draft


@pytest.fixture
def draft(database: str, tmp_path: Path) -> Iterator[Draft]:
    """Make an edition with three sessions on its first day, each in a room of its own."""
    made = make_draft(tmp_path, editions_api.router, releases_api.router, previews_api.router)
    for name, room, people in (("opening", "hall", []), ("talk", "east", ["li"]), ("panel", "west", ["wang", "li2"])):
        made.add_session(name, people)
        made.place(name, "09:00", room)
    yield made
    made.db.close()
