"""The services that the tests of permissions ask."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests.permissions.awards_stage import make_awards_stage
from tests.permissions.calendar_stage import make_calendar_stage
from tests.permissions.directory_stage import make_directory_stage
from tests.permissions.events_stage import make_events_stage
from tests.permissions.stage import Stage

MAKERS = {
    "directory": make_directory_stage,
    "events": make_events_stage,
    "awards": make_awards_stage,
    "calendar": make_calendar_stage,
}


@pytest.fixture(scope="session")
def stages(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Stage]]:
    """Return what makes each stage once on each kind of database: what it is asked, it takes back."""
    with ExitStack() as standing:
        yield cache(lambda name: standing.enter_context(MAKERS[name](tmp_path_factory.mktemp(name))))


@pytest.fixture(params=MAKERS)
def stage(request: pytest.FixtureRequest, stages: Callable[[str], Stage]) -> Stage:
    """Return a service with something of everything."""
    return stages(request.param)
