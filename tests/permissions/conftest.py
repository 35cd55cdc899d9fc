"""The services that the tests of permissions ask."""

from collections.abc import Iterator

import pytest

from tests.permissions.calendar_stage import make_calendar_stage
from tests.permissions.directory_stage import make_directory_stage
from tests.permissions.events_stage import make_events_stage
from tests.permissions.stage import Stage

MAKERS = {"directory": make_directory_stage, "events": make_events_stage, "calendar": make_calendar_stage}


@pytest.fixture(params=MAKERS, scope="session")
def stage(request: pytest.FixtureRequest, database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Return a service with something of everything."""
    with MAKERS[request.param](tmp_path_factory.mktemp(request.param)) as made:
        yield made
