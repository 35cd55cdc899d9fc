"""People: who sees them, who sees how to reach them, and when they can attend."""

from typing import Any

import pytest

from shared.caller import Role
from tests.alone import OTHER, SOCIETY
from tests.events.running import Events

LI = {
    "name": {"zh": "李明", "en": "Li Ming"},
    "affiliation": {"zh": "清华大学", "en": "Tsinghua University"},
    "email": "li@example.org",
    "phone": "+86 10 0000 0000",
    "owner_id": SOCIETY,
}


def person(events: Events, **values: Any) -> Any:
    """Enter a person."""
    return events.do("POST", "people", LI | values)


def session(events: Events, slug: str, *people: Any) -> Any:
    """Enter a session in which they speak."""
    parts = [{"person_id": each["id"]} for each in people]
    return events.do("POST", f"editions/{slug}/sessions", {"kind": "panel", "title": {"zh": "一"}, "people": parts})


@pytest.mark.parametrize(
    ("role", "read", "write", "contact"),
    [
        (None, 401, 401, None),
        ("member", 403, 403, None),
        ("foreign_organizer", 200, 403, False),
        ("scheduler", 200, 403, True),
        ("organizer", 200, 200, True),
        ("administrator", 200, 200, True),
    ],
)
def test_names_are_for_those_who_work_with_people_and_contacts_for_those_concerned(
    events: Events, role: str | None, read: int, write: int, contact: bool | None
) -> None:
    path = f"people/{person(events)['id']}"
    assert events.status("GET", "people", role) == read
    answer = events.ask("GET", path, role)
    seen, to_one = (404, 404) if read == 403 else (read, write)  # somebody hidden is not there
    assert answer.status_code == seen
    if contact is not None:
        told = (answer.json()["contact"], answer.json()["email"], answer.json()["name"]["zh"])
        assert told == (contact, "li@example.org" if contact else "", "李明")
    assert events.status("PATCH", path, role, version=1, json={}) == to_one
    assert events.status("POST", "people", role, json=LI) == (201 if write == 200 else write)
    assert events.status("DELETE", path, role, version=1) == (204 if write == 200 else to_one)


def test_whoever_works_on_an_edition_reaches_its_people(events: Events) -> None:
    series = events.series()
    edition = events.edition(series, "one")
    li, wang = person(events), person(events, name={"zh": "王芳"}, email="wang@example.org")
    session(events, "one", li)
    guest = events.grant("guest", Role.SCHEDULER, edition)
    told = {p["id"]: p["email"] for p in events.get("people", guest)["items"]}
    assert told == {li["id"]: "li@example.org", wang["id"]: ""}


def test_an_organizer_of_one_edition_enters_people_for_its_owner(events: Events) -> None:
    edition = events.edition(events.series(), "one")
    guest = events.grant("guest", Role.ORGANIZER, edition)
    assert events.status("POST", "people", guest, json=LI) == 201
    assert events.status("POST", "people", guest, json=LI | {"owner_id": OTHER}) == 403
    scheduler = events.grant("guest", Role.SCHEDULER, edition)
    assert events.status("POST", "people", scheduler, json=LI) == 403


def test_the_record_names_people_by_id_and_tells_no_contents(events: Events) -> None:
    li = person(events)
    changed = events.do("PATCH", f"people/{li['id']}", {"email": "new@example.org", "phone": ""}, version=1)
    assert (changed["email"], changed["version"]) == ("new@example.org", 2)
    deeds = [(deed["verb"], deed["change"]) for deed in events.get(f"people/{li['id']}/history")]
    assert deeds == [
        ("person.changed", {"fields": ["email", "phone"]}),
        ("person.added", {"owner": SOCIETY}),
    ]


def test_drafts_are_told_of_a_changed_person_by_id_alone(events: Events) -> None:
    edition = events.edition(events.series(), "one")
    li = person(events)
    session(events, "one", li)
    events.facts()
    events.do("PATCH", f"people/{li['id']}", {"name": {"zh": "李鸣"}}, version=1)
    told = events.facts()
    assert [(fact.type, fact.data["edition_id"], fact.data["part_id"]) for fact in told] == [
        ("events.draft.changed.v1", edition["id"], li["id"])
    ]
    assert "李鸣" not in told[0].model_dump_json()


def test_whoever_has_a_part_is_not_removed(events: Events) -> None:
    events.edition(events.series(), "one")
    li = person(events)
    held = session(events, "one", li)
    answer = events.ask("DELETE", f"people/{li['id']}", version=1)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/has-parts")
    events.do("PATCH", f"sessions/{held['id']}", {"people": []}, version=1)
    events.do("DELETE", f"people/{li['id']}", version=1)
    assert events.status("GET", f"people/{li['id']}", "organizer") == 404


def test_when_somebody_can_attend_an_edition(events: Events) -> None:
    events.edition(events.series(), "one")
    li = person(events)
    path = f"editions/one/people/{li['id']}/windows"
    windows = [{"start_local": "2027-05-10T08:00:00", "end_local": "2027-05-10T12:00:00"}]
    assert events.get(path) == []
    assert events.do("PUT", path, {"windows": windows}, "scheduler", version=1)["version"] == 2
    assert events.get(path, "scheduler") == windows
    assert events.do("PUT", path, {"windows": windows}, version=2)["version"] == 2
    assert events.status("PUT", path, "organizer", version=1, json={"windows": []}) == 412
    backwards = [{"start_local": "2027-05-10T12:00", "end_local": "2027-05-10T08:00"}]
    assert events.status("PUT", path, "organizer", version=2, json={"windows": backwards}) == 422
    assert [events.status("GET", path, role) for role in (None, "member", "foreign_organizer")] == [401, 404, 404]


def test_a_persons_parts_are_listed_where_the_caller_works(events: Events) -> None:
    series = events.series()
    edition = events.edition(series, "one")
    events.edition(series, "two")
    li = person(events)
    held = [session(events, slug, li) for slug in ("one", "two")]
    path = f"people/{li['id']}/sessions"
    assert [part["session_id"] for part in events.get(path)] == [each["id"] for each in held]
    guest = events.grant("guest", Role.SCHEDULER, edition)
    assert [part["session_id"] for part in events.get(path, guest)] == [held[0]["id"]]
    assert events.get(path, "foreign_organizer") == []


def test_lists_filter_and_need_as_many_queries_for_thirty_as_for_one(events: Events) -> None:
    events.edition(events.series(), "one")
    li = person(events)
    one = events.queries("people?q=li")
    for number in range(29):
        person(events, name={"zh": f"人员{number}", "en": f"Li {number}"}, affiliation={})
    assert events.queries("people?q=li") == one
    session(events, "one", li)

    def ids(query: str) -> list[str]:
        return [row["id"] for row in events.get(f"people?{query}")["items"]]

    assert ids("edition=one") == ids("q=tsinghua") == ids("edition=one&role=speaker") == [li["id"]]
    assert ids("edition=one&role=chair") == ids(f"owner={OTHER}") == []
    assert len(ids(f"owner={SOCIETY}")) == 30
    assert events.status("GET", "people?edition=one", "foreign_organizer") == 404


@pytest.mark.parametrize(
    "values",
    [{"email": "nobody"}, {"name": {}}, {"account_id": "x"}, {"phone": "1" * 81}, {"source": ""}],
)
def test_bad_input_is_refused(events: Events, values: dict[str, Any]) -> None:
    assert events.status("POST", "people", "organizer", json=LI | values) == 422


def test_an_address_that_is_none_is_told_once_at_its_field(events: Events) -> None:
    answer = events.ask("POST", "people", json=LI | {"email": "li at example"})
    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [("/body/email", "email")]
    assert events.do("POST", "people", LI | {"email": ""})["email"] == ""
