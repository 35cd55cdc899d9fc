"""The gateway before the real services: who ends is refused at once, and the whole house is described and ready."""

import time

import httpx

from shared.inbox import Attempt
from shared.ledger import emit
from shared.messages.calendar import CalendarViewChanged
from tests.world import World

OWN = "/api/directory/me"


def is_refused(client: httpx.Client) -> bool:
    """Tell whether a client is refused long before the token that the gateway keeps for it would end by itself."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if client.get(OWN).status_code == 401:
            return True
    return False


def test_a_disabled_account_is_refused_long_before_its_token_ends(world: World) -> None:
    member, administrator = world.client("member"), world.client("administrator")
    account = f"/api/directory/accounts/{member.get(OWN).json()['id']}"
    version = administrator.get(account).headers["etag"]
    administrator.post(f"{account}/disable", headers={"If-Match": version}).raise_for_status()
    assert is_refused(member)


def test_a_key_that_ends_takes_no_other_with_it(world: World) -> None:
    member = world.client("member")
    made = member.post(f"{OWN}/keys", json={"name": "second", "scope": "read"}).json()
    with httpx.Client(base_url=world.url, headers={"Authorization": f"Bearer {made['key']}"}) as second:
        assert second.get(OWN).status_code == 200
        member.delete(f"{OWN}/keys/{made['id']}").raise_for_status()
        assert is_refused(second)
    assert member.get(OWN).status_code == 200


def test_the_house_is_ready_and_says_how_it_is(world: World) -> None:
    world.settle()
    told = world.client().get("/health/ready")
    assert (told.status_code, told.json()["down"]) == (200, [])
    assert told.json()["services"] == {
        name: {
            "status": "ready", "parked": 0, "parked_messages": [], "unsent": 0, "unsent_since": None, "behind": 0,
            "bus": True,
        }
        for name in ("directory", "events", "awards", "calendar")
    }  # fmt: skip


def test_a_fact_that_waits_and_a_message_that_is_parked_are_counted(world: World) -> None:
    world.settle()
    assert 'huitang_parked{service="calendar"} 0.0' in counted(world)
    calendar = world.runtime("calendar").db
    with calendar.exclusively("relay"):
        with calendar.transaction() as tx:
            parked = {"message": "{}", "failures": 5, "interruptions": 0, "parked_at": calendar.clock()}
            tx.add(Attempt(message_id="m", reaction="r", source="events", number=1, **parked))
            emit(tx, CalendarViewChanged(view="calendar", tags=("all",)))
        world.clock.turn(seconds=3600)
        told = counted(world)
    assert {'huitang_parked{service="calendar"} 1.0', 'huitang_outbox_unpublished{service="calendar"} 1.0'} <= told
    (age,) = (line for line in told if line.startswith('huitang_outbox_oldest_seconds{service="calendar"}'))
    assert 3600 <= float(age.split()[1]) < 3700
    assert 'huitang_parked{service="events"} 0.0' in told
    world.settle()
    assert 'huitang_outbox_oldest_seconds{service="calendar"} 0.0' in counted(world)


def counted(world: World) -> set[str]:
    return set(world.client().get("/metrics").text.splitlines())


def test_the_house_is_described_whole(world: World) -> None:
    description = world.client().get("/api/openapi.json").json()
    operations = [each for path in description["paths"].values() for each in path.values() if "operationId" in each]
    names = [each["operationId"] for each in operations]
    assert sorted(set(names)) == sorted(names)
    assert {path.split("/")[2] for path in description["paths"]} == {"directory", "events", "awards", "calendar"}


def test_what_the_house_adds_to_every_route_is_described(world: World) -> None:
    paths = world.client().get("/api/openapi.json").json()["paths"]

    def headers(path: str, method: str) -> set[str]:
        return {each["name"] for each in paths[path][method].get("parameters", ()) if each["in"] == "header"}

    assert headers("/api/events/series", "post") == {"Idempotency-Key"}
    assert headers("/api/events/series/{ref}", "patch") == {"If-Match"}
    assert headers("/api/events/editions/{ref}/publish", "post") == {"If-Match", "Idempotency-Key"}
    assert headers("/api/events/editions/{ref}/check", "post") == set()  # it changes nothing
    listed, one = (
        paths[path]["get"]["responses"]["200"] for path in ("/api/events/series", "/api/events/series/{ref}")
    )
    files = {"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    assert set(listed["content"]) == {"application/json"} | files
    assert list(one["headers"]) == ["ETag"]
    assert set(paths["/api/events/imports"]["post"]["responses"]) == {"200", "201", "4XX"}


def test_what_a_stranger_says_about_time_has_no_effect(world: World) -> None:
    """A session made in the past would have ended by now."""
    member = world.client("member", headers={"Huitang-Received-At": "2001-01-01T00:00:00+00:00"})
    made = member.post(f"{OWN}/keys", json={"name": "now", "scope": "read"}).json()
    assert made["made_at"] >= "2026"
