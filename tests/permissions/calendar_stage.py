"""The calendar service with one personal feed of the organizer's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shared.text import Text
from tests.alone import CALLERS, TREE
from tests.calendar.rig import make_rig
from tests.permissions.stage import Stage, put_operations


@contextmanager
def make_calendar_stage(folder: Path) -> Iterator[Stage]:
    """Make the service on files in `folder`."""
    with make_rig(folder) as rig:
        for organisation, parent, slug, _ in TREE:
            rig.open_organisation(organisation, parent, Text(slug, slug))
        owner = CALLERS["organizer"]
        made = rig.ask("POST", "/api/calendar/feeds", owner, json={"name": "Mine", "duties": True})
        assert made.status_code == 201, made.text
        shown = {"feed_id": made.json()["id"]} | put_operations(rig.runtime, owner.account_id)
        yield Stage(rig.runtime, rig.app, rig.signer.token, CALLERS, shown, {}, {})
