"""Whatever an administrator sends to any route of a running world, shaped as the API describes it, nothing fails on it.

Every answer is as the description says, and whatever hears of what was sent can bear it. Examples are the same in every
run, fewer and others on PostgreSQL, where drawing them takes as long and what is drawn is refused by the same code;
HUITANG_EXAMPLES sets how many there are of every operation. The first of each is known to succeed.
"""

import os

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from huitang.house import SERVICES
from tests.permissions.asking import Asking, Case
from tests.permissions.things import Things
from tests.world import World

EXAMPLES = {"sqlite": 50, "postgres": 15}
SEEDS = {"sqlite": 1, "postgres": 2}
REACHED = 0.8
"""So much of all operations must have succeeded."""

WAYS = ("known", "mixed", "drawn", "drawn", "stray")


def try_out(asking: Asking, database: str) -> None:
    """Send every example of an operation."""
    examples = int(os.environ.get("HUITANG_EXAMPLES", EXAMPLES[database]))
    asking.things.forget()
    asking.ask(asking.first(), "known")

    @seed(SEEDS[database])
    @settings(
        max_examples=max(examples - 1, 1), deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(asking.operation.as_strategy(), st.sampled_from(WAYS))
    def attempt(case: Case, way: str) -> None:
        asking.ask(case, way)

    if examples > 1 and asking.takes_anything():
        attempt()


def state_of(world: World, service: str) -> dict[str, int]:
    """Return what waits for somebody to mend it."""
    status = world.client("administrator").get(f"/api/{service}/status").json()
    return {name: status[name] for name in ("parked", "failed_jobs")}


@pytest.mark.parametrize("service", [service.name for service in SERVICES])
def test_no_input_makes_a_service_fail(world: World, database: str, service: str) -> None:
    document = world.client("administrator").get("/api/openapi.json", timeout=120).json()
    schema = schemathesis.openapi.from_dict(document)
    found = list(schema.get_all_operations())
    things, session = Things(world), requests.Session()
    every = [Asking(things, each.ok(), document["paths"], session) for each in found if isinstance(each, Ok)]
    assert (len(every), {each.service for each in every}) == (len(found), set(world.house.runtimes))
    asked = [each for each in every if each.service == service]
    for asking in asked:
        try_out(asking, database)
    session.close()
    assert [failure for asking in asked for failure in asking.failures] == []
    missed = {asking.operation.label: dict(asking.statuses) for asking in asked if not asking.succeeded()}
    assert len(missed) <= (1 - REACHED) * len(asked), f"answered without success: {missed}"
    world.settle(seconds=600)
    assert {name: state_of(world, name) for name in world.house.runtimes} == {
        key: {"parked": 0, "failed_jobs": 0} for key in world.house.runtimes
    }
