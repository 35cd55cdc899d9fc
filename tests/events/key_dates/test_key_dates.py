"""Key dates: days or wall times, the same entry for life, and who may change them."""

from typing import Any

import pytest

from tests.events.running import Events

DUE = {"kind": "abstracts", "title": {"zh": "摘要截止", "en": "Abstracts due"}, "on": "2027-01-31"}


def test_a_key_date_is_read_by_whoever_sees_the_edition(events: Events) -> None:
    edition = events.edition(events.series())
    path = f"editions/{edition['id']}/key-dates"
    made = events.do("POST", path, DUE)
    assert events.get(f"{path}/{made['id']}") == made
    assert events.get(path)["items"] == [made]
    assert [events.status("GET", path, role) for role in (None, "foreign_organizer", "scheduler")] == [404, 404, 200]
    events.step(edition, "publish")
    assert events.get(f"{path}/{made['id']}", None) == made
    assert events.get(f"{path}?kind=arrival", None)["items"] == []


@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), ("member", 403), ("foreign_organizer", 403), ("scheduler", 403)]
)
def test_only_its_organizers_change_them(events: Events, role: str | None, status: int) -> None:
    edition = events.published()
    path = f"editions/{edition['id']}/key-dates"
    made = events.do("POST", path, DUE)
    assert events.status("POST", path, role, json=DUE) == status
    assert events.status("PATCH", f"{path}/{made['id']}", role, version=1, json={}) == status
    assert events.status("DELETE", f"{path}/{made['id']}", role, version=1) == status


def test_a_changed_key_date_stays_the_same_entry(events: Events) -> None:
    edition = events.published()
    path = f"editions/{edition['id']}/key-dates"
    made = events.do("POST", path, DUE)
    first = events.entries()[f"key-date-{made['id']}"]
    assert events.status("PATCH", f"{path}/{made['id']}", "organizer", json={"on": "2027-02-15"}) == 428
    changed = events.do("PATCH", f"{path}/{made['id']}", {"on": "2027-02-15"}, version=1)
    assert (changed["on"], changed["version"]) == ("2027-02-15", 2)
    second = events.entries()[f"key-date-{made['id']}"]
    assert (first["sequence"], second["sequence"], second["start_on"]) == (0, 1, "2027-02-15")
    stale = events.ask("PATCH", f"{path}/{made['id']}", version=1, json={"on": "2027-03-01"})
    assert (stale.status_code, stale.json()["now"]["on"]) == (412, "2027-02-15")
    assert events.do("PATCH", f"{path}/{made['id']}", {"on": "2027-02-15"}, version=2)["version"] == 2
    assert events.types() == []


def test_a_removed_key_date_is_called_off_in_calendars(events: Events) -> None:
    edition = events.published()
    path = f"editions/{edition['id']}/key-dates"
    made = events.do("POST", path, DUE)
    events.facts()
    events.do("DELETE", f"{path}/{made['id']}", version=1)
    told = events.facts()
    assert [fact.type for fact in told] == ["events.date.cancelled.v1", "events.view.changed.v1"]
    assert (told[0].data["entry"]["status"], told[0].data["entry"]["sequence"]) == ("cancelled", 1)
    assert events.status("GET", f"{path}/{made['id']}", "organizer") == 404


def test_a_time_of_day_has_a_zone(events: Events) -> None:
    edition = events.published()
    path = f"editions/{edition['id']}/key-dates"
    body = {
        "kind": "arrival",
        "title": {"zh": "报到"},
        "at_local": "2027-05-09T14:00",
        "until_local": "2027-05-09T20:00",
    }
    made = events.do("POST", path, body)
    assert (made["at_local"], made["zone"]) == ("2027-05-09T14:00:00", "Asia/Shanghai")
    entry = events.entries()[f"key-date-{made['id']}"]
    span = (entry["start_local"], entry["end_local"], entry["zone"], entry["start_on"])
    assert span == ("2027-05-09T14:00:00", "2027-05-09T20:00:00", "Asia/Shanghai", None)
    days = {"at_local": None, "until_local": None, "on": "2027-05-09"}
    changed = events.do("PATCH", f"{path}/{made['id']}", days, version=1)
    assert (changed["on"], changed["at_local"], changed["zone"]) == ("2027-05-09", None, None)


def test_a_key_date_can_be_called_off_by_itself(events: Events) -> None:
    edition = events.published()
    path = f"editions/{edition['id']}/key-dates"
    made = events.do("POST", path, DUE)
    events.facts()
    events.do("PATCH", f"{path}/{made['id']}", {"status": "cancelled"}, version=1)
    assert events.types() == ["date.cancelled", "view.changed"]
    events.step(edition, "postpone")
    events.step(edition, "resume")
    assert [entry for entry in events.entries() if entry.startswith("key-date")] == []


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"on": None}, "dates-incomplete"),
        ({"at_local": "2027-01-31T12:00"}, "dates-incomplete"),
        ({"on": None, "until_on": "2027-01-31"}, "dates-incomplete"),
        ({"until_on": "2027-01-30"}, "dates-backwards"),
        ({"on": None, "at_local": "2027-01-31T12:00", "until_local": "2027-01-31T11:00"}, "dates-backwards"),
        ({"on": None, "at_local": "2027-03-14T02:30", "zone": "America/New_York"}, "no-such-wall-time"),
        ({"on": None, "at_local": "2027-03-14T02:30Z"}, "invalid-input"),
        ({"on": "2027-02-30"}, "invalid-input"),
        ({"kind": "party"}, "invalid-input"),
        ({"title": {}}, "invalid-input"),
    ],
)
def test_bad_input_is_refused(events: Events, values: dict[str, Any], problem: str) -> None:
    edition = events.edition(events.series())
    answer = events.ask("POST", f"editions/{edition['id']}/key-dates", json=DUE | values)
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")


def test_they_are_listed_in_order_of_time_with_as_many_queries_for_thirty(events: Events) -> None:
    edition = events.edition(events.series())
    path = f"editions/{edition['id']}/key-dates"
    events.do("POST", path, DUE)
    one = events.queries(path)
    for number in range(1, 30):
        events.do("POST", path, DUE | {"on": f"2027-01-{number:02}"})
    assert events.queries(path) == one
    days = [row["on"] for row in events.get(f"{path}?limit=100")["items"]]
    assert days == sorted(days)
    assert len(days) == 30


def test_another_editions_key_date_is_not_found_here(events: Events) -> None:
    series = events.series()
    own, other = events.edition(series, "own"), events.edition(series, "other")
    made = events.do("POST", f"editions/{other['id']}/key-dates", DUE)
    assert events.status("GET", f"editions/{own['id']}/key-dates/{made['id']}", "organizer") == 404
