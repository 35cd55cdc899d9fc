"""Venues and rooms: shared by editions, kept by their owners."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from services.events.venues.models import RoomWindow
from services.events.venues.rules import SameEnds, check_walks
from shared.caller import Role
from tests.alone import SOCIETY
from tests.events.running import Events

VENUE = {
    "name": {"zh": "国家会议中心", "en": "National Convention Center"},
    "owner_id": SOCIETY,
    "zone": "Asia/Shanghai",
}


def venue(events: Events, **values: Any) -> Any:
    """Enter a venue."""
    return events.do("POST", "venues", VENUE | values)


def room(events: Events, place: Any, name: str = "Hall A", **values: Any) -> Any:
    """Enter a room."""
    return events.do("POST", f"venues/{place['id']}/rooms", {"name": {"zh": f"会场 {name}", "en": name}} | values)


@pytest.mark.parametrize(
    ("role", "read", "write"),
    [
        (None, 401, 401),
        ("member", 200, 403),
        ("foreign_organizer", 200, 403),
        ("scheduler", 200, 403),
        ("organizer", 200, 201),
        ("administrator", 200, 201),
    ],
)
def test_everybody_signed_in_sees_halls_and_their_keepers_change_them(
    events: Events, role: str | None, read: int, write: int
) -> None:
    place = venue(events)
    hall = room(events, place)
    paths = ["venues", f"venues/{place['id']}", f"venues/{place['id']}/rooms", f"rooms/{hall['id']}"]
    paths += [f"rooms/{hall['id']}/windows", f"venues/{place['id']}/walks"]
    assert {events.status("GET", path, role) for path in paths} == {read}
    changed = 200 if write == 201 else write
    assert events.status("POST", "venues", role, json=VENUE) == write
    assert events.status("POST", f"venues/{place['id']}/rooms", role, json={"name": {"zh": "厅"}}) == write
    assert events.status("PATCH", f"venues/{place['id']}", role, version=1, json={}) == changed
    assert events.status("PATCH", f"rooms/{hall['id']}", role, version=1, json={}) == changed
    assert events.status("PUT", f"rooms/{hall['id']}/windows", role, version=1, json={}) == changed
    assert events.status("PUT", f"venues/{place['id']}/walks", role, version=1, json={}) == changed
    assert events.status("GET", f"rooms/{hall['id']}/history", role) == changed
    assert events.status("GET", f"venues/{place['id']}/history", role) == changed
    assert events.status("DELETE", f"rooms/{hall['id']}", role, version=1) == (204 if write == 201 else write)


def test_a_room_keeps_what_it_has(events: Events) -> None:
    place = venue(events, latitude=39.99, longitude=116.38)
    values = {
        "building": "E座",
        "floor": "3",
        "capacity": {"theatre": 300, "classroom": 160},
        "equipment": {"projector": 2},
        "interpretation_booths": 3,
        "accessible": True,
        "buffer_minutes": 15,
    }
    hall = room(events, place, **values)
    assert {name: hall[name] for name in values} == values
    assert (hall["slug"], hall["position"], room(events, place, "Hall B")["position"]) == ("hall-a", 0, 1)
    assert room(events, place)["slug"] == "hall-a-2"
    taken = events.ask("POST", f"venues/{place['id']}/rooms", json={"name": {"zh": "厅"}, "slug": "hall-a"})
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/room-twice")


def test_a_room_is_entered_under_a_slug_of_its_own(events: Events) -> None:
    made = room(events, venue(events), "A", slug="great-hall")
    assert made["slug"] == "great-hall"
    (entered,) = [deed for deed in events.get(f"rooms/{made['id']}/history") if deed["verb"] == "room.added"]
    assert entered["change"]["slug"] == "great-hall"


def test_changes_need_the_version_and_are_remembered(events: Events) -> None:
    place = venue(events)
    hall = room(events, place)
    path = f"rooms/{hall['id']}"
    assert events.status("PATCH", path, "organizer", json={"seats": 10}) == 428
    assert events.do("PATCH", path, {"seats": 10}, version=1)["version"] == 2
    stale = events.ask("PATCH", path, version=1, json={"seats": 20})
    assert (stale.status_code, stale.json()["now"]["seats"]) == (412, 10)
    assert [deed["verb"] for deed in events.get(f"{path}/history")] == ["room.changed", "room.added"]
    assert events.get(f"{path}/history")[0]["change"] == {"seats": [None, 10]}
    other = room(events, place, "Hall B")
    assert events.status("PATCH", f"rooms/{other['id']}", "organizer", version=1, json={"slug": "hall-a"}) == 409


def test_a_room_is_shared_by_editions_in_an_order_of_their_own(events: Events) -> None:
    series, place = events.series(), venue(events)
    halls = [room(events, place, name) for name in ("Hall A", "Hall B", "Hall C")]
    for slug in ("one", "two"):
        events.edition(series, slug)
        for hall in halls:
            events.do("POST", f"editions/{slug}/rooms", {"room_id": hall["id"]})
    events.do("POST", "editions/two/rooms", {"room_id": halls[2]["id"], "position": 0})
    assert [r["slug"] for r in events.get("editions/one/rooms")] == ["hall-a", "hall-b", "hall-c"]
    assert [r["slug"] for r in events.get("editions/two/rooms")] == ["hall-c", "hall-a", "hall-b"]
    events.do("POST", "editions/two/rooms", {"room_id": halls[2]["id"], "position": 1})
    assert [r["slug"] for r in events.get("editions/two/rooms")] == ["hall-a", "hall-c", "hall-b"]
    events.do("POST", "editions/two/rooms", {"room_id": halls[2]["id"]})
    assert [r["slug"] for r in events.get("editions/two/rooms")] == ["hall-a", "hall-c", "hall-b"]
    events.do("POST", "editions/two/rooms", {"room_id": halls[0]["id"], "position": 9})
    assert [r["slug"] for r in events.get("editions/two/rooms")] == ["hall-c", "hall-b", "hall-a"]
    events.do("DELETE", f"editions/one/rooms/{halls[0]['id']}")
    assert [r["slug"] for r in events.get("editions/one/rooms")] == ["hall-b", "hall-c"]
    assert events.status("DELETE", f"editions/one/rooms/{halls[0]['id']}", "organizer") == 404


def test_the_rooms_of_an_edition_are_for_those_who_work_on_it(events: Events) -> None:
    hall = room(events, venue(events))
    edition = events.published("one")
    other = events.edition(events.series("x"), "hidden")
    scheduler = events.grant("scheduler_of_one", Role.SCHEDULER, edition)
    body = {"room_id": hall["id"]}
    path = "editions/one/rooms"
    roles = (None, "member", "foreign_organizer", "scheduler", scheduler)
    assert [events.status("POST", path, role, json=body) for role in roles] == [401, 403, 403, 200, 200]
    assert [events.status("GET", path, role) for role in roles] == [401, 403, 403, 200, 200]
    assert events.status("GET", f"editions/{other['id']}/rooms", scheduler) == 404


def test_an_archived_room_is_offered_to_nobody_new(events: Events) -> None:
    hall = room(events, venue(events))
    events.edition(events.series(), "one")
    events.do("PATCH", f"rooms/{hall['id']}", {"archived": True}, version=1)
    refused = events.ask("POST", "editions/one/rooms", json={"room_id": hall["id"]})
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/room-archived")
    missing = events.ask("POST", "editions/one/rooms", json={"room_id": SOCIETY})
    assert (missing.status_code, missing.json()["type"]) == (422, "/problems/unknown-room")


def test_drafts_that_use_a_room_are_told_of_its_changes(events: Events) -> None:
    series, hall = events.series(), room(events, venue(events))
    edition = events.edition(series, "one")
    events.edition(series, "two")
    events.do("POST", "editions/one/rooms", {"room_id": hall["id"]})
    events.facts()
    events.do("PATCH", f"rooms/{hall['id']}", {"buffer_minutes": 10}, version=1)
    told = [(fact.data["edition_id"], fact.data["part"], fact.data["version"]) for fact in events.facts()]
    assert told == [(edition["id"], "room", 2)]


def test_windows_are_wall_times_of_the_venue(events: Events) -> None:
    place = venue(events)
    hall = room(events, place)
    windows = [
        {"closed": False, "start_local": "2027-05-10T08:00:00", "end_local": "2027-05-10T18:00:00"},
        {"closed": True, "start_local": "2027-05-10T12:00:00", "end_local": "2027-05-10T13:00:00"},
    ]
    path = f"rooms/{hall['id']}/windows"
    assert events.do("PUT", path, {"windows": windows[::-1]}, version=1)["version"] == 2
    assert events.get(path) == windows
    assert events.do("PUT", path, {"windows": windows}, version=2)["version"] == 2

    def first_start() -> datetime | None:
        with events.db.reading() as tx:
            return tx.scalar(select(RoomWindow.starts_at).order_by(RoomWindow.starts_at))

    assert first_start() == datetime(2027, 5, 10, 0, 0, tzinfo=UTC)
    events.do("PATCH", f"venues/{place['id']}", {"zone": "Asia/Urumqi"}, version=1)
    assert first_start() == datetime(2027, 5, 10, 2, 0, tzinfo=UTC)
    assert events.get(path) == windows


@pytest.mark.parametrize(
    ("window", "problem"),
    [
        ({"start_local": "2027-05-10T18:00", "end_local": "2027-05-10T08:00"}, "window-backwards"),
        ({"start_local": "2027-05-10T18:00", "end_local": "2027-05-10T18:00"}, "window-backwards"),
        ({"start_local": "2027-05-10T18:00Z", "end_local": "2027-05-10T19:00Z"}, "invalid-input"),
        ({"start_local": "2027-05-10T18:00"}, "invalid-input"),
    ],
)
def test_bad_windows_are_refused_whole(events: Events, window: dict[str, str], problem: str) -> None:
    hall = room(events, venue(events))
    good = {"start_local": "2027-05-10T08:00", "end_local": "2027-05-10T09:00"}
    answer = events.ask("PUT", f"rooms/{hall['id']}/windows", version=1, json={"windows": [good, window]})
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")
    assert events.get(f"rooms/{hall['id']}/windows") == []


def test_ways_between_rooms_and_buildings(events: Events) -> None:
    place = venue(events, same_building_minutes=3, other_building_minutes=10)
    a, b = room(events, place, "A", building="E"), room(events, place, "B", building="W")
    walks = [
        {"kind": "building", "one": "E", "other": "W", "minutes": 12},
        {"kind": "room", "one": a["id"], "other": b["id"], "minutes": 15},
    ]
    path = f"venues/{place['id']}/walks"
    assert events.do("PUT", path, {"walks": walks}, version=1)["version"] == 2
    assert events.get(path) == walks
    assert events.do("PUT", path, {"walks": walks}, version=2)["version"] == 2
    stranger = [{"kind": "room", "one": a["id"], "other": SOCIETY, "minutes": 1}]
    answer = events.ask("PUT", path, version=2, json={"walks": stranger})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-room")


@pytest.mark.parametrize(
    "walks",
    [[("room", "a", "a")], [("room", "a", "b"), ("room", "a", "b")], [("room", "a", "b"), ("room", "b", "a")]],
)
def test_a_way_leads_somewhere_and_is_named_once(walks: list[tuple[str, str, str]]) -> None:
    with pytest.raises(SameEnds):
        check_walks(walks)


def test_what_is_in_use_is_not_removed(events: Events) -> None:
    place = venue(events)
    hall = room(events, place)
    answer = events.ask("DELETE", f"venues/{place['id']}", version=1)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/in-use")
    events.do("DELETE", f"rooms/{hall['id']}", version=1)
    events.do("DELETE", f"venues/{place['id']}", version=1)
    assert events.get("venues")["items"] == []


def test_identities_of_other_systems_are_pairs_and_come_once(events: Events) -> None:
    identity = {"source": "mice", "key": "V1"}
    made = venue(events, **identity)
    assert {name: made[name] for name in identity} == identity
    assert events.status("POST", "venues", "organizer", json=VENUE | {"source": "mice"}) == 422
    assert events.status("POST", "venues", "organizer", json=VENUE | identity) == 409
    assert venue(events, source="other", key="V1")["key"] == "V1"


def test_lists_filter_and_need_as_many_queries_for_thirty_as_for_one(events: Events) -> None:
    place = venue(events)
    venue(events, name={"zh": "上海展览中心", "en": "Shanghai Expo"}, city={"zh": "上海", "en": "Shanghai"})
    assert [v["name"]["zh"] for v in events.get("venues?q=上海")["items"]] == ["上海展览中心"]
    assert len(events.get(f"venues?owner={SOCIETY}")["items"]) == 2
    room(events, place, "Hall 0")
    path = f"venues/{place['id']}/rooms"
    one = events.queries(path)
    for number in range(1, 30):
        room(events, place, f"Hall {number}", archived=number == 7)
    assert events.queries(path) == one
    assert [r["slug"] for r in events.get(f"{path}?archived=true")["items"]] == ["hall-7"]
    assert [r["slug"] for r in events.get(f"{path}?limit=2")["items"]] == ["hall-0", "hall-1"]


@pytest.mark.parametrize(
    "values",
    [
        {"seats": -1},
        {"seats": 10**30},
        {"capacity": {"balcony": 10}},
        {"buffer_minutes": 1441},
        {"equipment": {"": 1}},
        {"name": {"zh": "", "en": ""}},
    ],
)
def test_bad_rooms_are_refused(events: Events, values: dict[str, Any]) -> None:
    place = venue(events)
    body = {"name": {"zh": "厅"}} | values
    assert events.status("POST", f"venues/{place['id']}/rooms", "organizer", json=body) == 422
