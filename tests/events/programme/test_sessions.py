"""Sessions and tracks of the draft: who may do what, parts, talks, lists."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from shared.caller import Role
from tests.alone import SOCIETY
from tests.events.running import Events

PANEL = {"kind": "panel", "title": {"zh": "青年科学家圆桌", "en": "Young scientists"}}


def session(events: Events, edition: str = "one", **values: Any) -> Any:
    """Enter a session."""
    return events.do("POST", f"editions/{edition}/sessions", PANEL | values)


def person(events: Events, name: str = "李明", **values: Any) -> Any:
    """Enter a person."""
    return events.do("POST", "people", {"name": {"zh": name}, "owner_id": SOCIETY} | values)


@pytest.mark.parametrize(
    ("role", "listing", "one", "write"),
    [
        (None, 401, 401, 401),
        ("member", 403, 404, 404),
        ("foreign_organizer", 403, 404, 404),
        ("scheduler", 200, 200, 403),
        ("organizer", 200, 200, 200),
        ("administrator", 200, 200, 200),
    ],
)
def test_the_draft_of_a_public_edition_is_for_those_who_work_on_it(
    events: Events, role: str | None, listing: int, one: int, write: int
) -> None:
    events.published("one")
    made, track = session(events), events.do("POST", "editions/one/tracks", {"name": {"zh": "专题"}})
    lists = ("sessions", "tracks", "completeness")
    assert {events.status("GET", f"editions/one/{name}", role) for name in lists} == {listing}
    for path in (f"sessions/{made['id']}", f"tracks/{track['id']}"):
        assert events.status("GET", path, role) == one
        assert events.status("GET", f"{path}/history", role) == one
        assert events.status("PATCH", path, role, version=1, json={"position": 3}) == write
        assert events.status("DELETE", path, role, version=2 if write == 200 else 1) == (204 if write == 200 else write)
    post = {401: 401, 404: 403, 403: 403, 200: 201}[write]
    assert events.status("POST", "editions/one/sessions", role, json=PANEL) == post
    assert events.status("POST", "editions/one/tracks", role, json={"name": {"zh": "专题"}}) == post


def test_a_hidden_draft_is_not_found(events: Events) -> None:
    events.edition(events.series(), "one")
    for path in ("editions/one/sessions", "editions/one/tracks", "editions/one/completeness"):
        assert events.status("GET", path, "foreign_organizer") == 404


def test_who_schedules_changes_what_belongs_to_that(events: Events) -> None:
    edition = events.edition(events.series(), "one")
    path = f"sessions/{session(events)['id']}"
    for role in ("scheduler", events.grant("scheduler_of_one", Role.SCHEDULER, edition)):
        version = events.get(path)["version"]
        body = {"duration_minutes": 30 + version, "expected_attendance": 100, "needs": {"projector": 1}}
        assert events.do("PATCH", path, body, role, version=version)["duration_minutes"] == 30 + version
        assert events.status("PATCH", path, role, version=version + 1, json={"title": {"zh": "新"}}) == 403


def test_a_session_keeps_all_that_is_said_of_it(events: Events) -> None:
    events.edition(events.series(), "one")
    track = events.do("POST", "editions/one/tracks", {"name": {"zh": "气候", "en": "Climate"}, "colour": "#1f6feb"})
    values = {
        "subtitle": {"zh": "副题", "en": ""},
        "abstract": {"zh": "<b>摘要</b> 🎪", "en": "<script>alert(1)</script>"},
        "description": {"zh": "说明", "en": "About"},
        "language": "zh",
        "interpretation": ["en", "fr"],
        "track_id": track["id"],
        "openness": "invited",
        "embargo_until": "2027-05-01T00:00:00Z",
        "expected_attendance": 300,
        "attendance_mode": "hybrid",
        "join_url": "https://meet.example.org/1",
        "tags": ["气候", "a,b%_"],
        "needs": {"projector": 1},
        "licence": "CC BY 4.0",
        "do_not_record": True,
        "links": [{"href": "https://example.org", "title": "主页", "type": "web"}],
        "attachments": [{"href": "https://example.org/a.pdf", "title": "", "type": "slides"}],
        "duration_minutes": 90,
        "status": "confirmed",
        "source": "pretalx",
        "key": "ABC",
    }
    made = session(events, **values)
    assert {name: made[name] for name in values} == values
    assert (made["slug"], made["kind"], made["version"]) == ("young-scientists", "panel", 1)
    assert events.get(f"sessions/{made['id']}") == made
    again = events.ask("POST", "editions/one/sessions", json=PANEL | {"source": "pretalx", "key": "ABC"})
    assert again.status_code == 409


def test_slugs_are_made_of_titles_and_stand_once_in_an_edition(events: Events) -> None:
    series = events.series()
    for edition in ("one", "two"):
        events.edition(series, edition)
    assert [session(events)["slug"] for _ in range(3)] == [
        "young-scientists",
        "young-scientists-2",
        "young-scientists-3",
    ]
    assert session(events, "two")["slug"] == "young-scientists"
    assert session(events, title={"zh": "开幕式"})["slug"] == "session"
    taken = events.ask("POST", "editions/one/sessions", json=PANEL | {"slug": "young-scientists"})
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/slug-twice")


def test_changes_need_the_version_and_are_told_and_remembered(events: Events) -> None:
    edition = events.edition(events.series(), "one")
    made = session(events)
    path = f"sessions/{made['id']}"
    events.facts()
    assert events.status("PATCH", path, "organizer", json={"kind": "plenary"}) == 428
    changed = events.do("PATCH", path, {"kind": "plenary"}, version=1)
    told = [fact.data for fact in events.facts()]
    by = "00000000-0000-7000-9000-000000000002"
    draft = {"edition_id": edition["id"], "part": "session", "part_id": made["id"], "version": 2, "by": by}
    assert told == [draft]
    stale = events.ask("PATCH", path, version=1, json={"kind": "poster"})
    assert (stale.status_code, stale.json()["now"]) == (412, changed)
    assert events.get(f"{path}/history")[0]["change"] == {"kind": ["panel", "plenary"]}
    assert events.do("PATCH", path, {"kind": "plenary"}, version=2)["version"] == 2
    assert events.types() == []


def test_people_stand_in_the_order_of_printing_with_what_is_printed(events: Events) -> None:
    events.edition(events.series(), "one")
    li = person(events, affiliation={"zh": "清华大学", "en": "Tsinghua"}, title={"zh": "教授", "en": "Professor"})
    wang = person(events, "王芳")
    parts = [
        {"person_id": wang["id"], "role": "chair", "affiliation": {"zh": "北京大学（兼）"}},
        {"person_id": li["id"], "role": "keynote"},
        {"person_id": li["id"], "role": "moderator"},
    ]
    made = session(events, people=parts)
    assert [(p["name"]["zh"], p["role"], p["affiliation"]["zh"], p["title"]["zh"]) for p in made["people"]] == [
        ("王芳", "chair", "北京大学（兼）", ""),
        ("李明", "keynote", "清华大学", "教授"),
        ("李明", "moderator", "清华大学", "教授"),
    ]
    path = f"sessions/{made['id']}"
    assert events.do("PATCH", path, {"people": parts}, version=1)["version"] == 1
    changed = events.do("PATCH", path, {"people": parts[1:]}, version=1)
    assert ([p["role"] for p in changed["people"]], changed["version"]) == (["keynote", "moderator"], 2)
    deed = events.get(f"{path}/history")[0]["change"]
    assert deed == {"people": [[li["id"], "keynote"], [li["id"], "moderator"]]}


def test_a_confirmed_part_is_told_once_by_id_and_stays_confirmed(events: Events) -> None:
    edition = events.edition(events.series(), "one")
    account = "00000000-0000-7000-9000-000000000006"
    li = person(events, account_id=account)
    parts = [{"person_id": li["id"], "role": "keynote"}]
    made = session(events, people=parts)
    events.facts()
    path = f"sessions/{made['id']}"
    confirm = f"{path}/people/{li['id']}/confirm"
    confirmed = events.do("POST", confirm, {"role": "keynote"})
    assert (confirmed["people"][0]["confirmed"], confirmed["version"]) == (True, 2)
    fact = next(fact for fact in events.facts() if fact.type == "events.person.confirmed.v1")
    told = {"person_id": li["id"], "account_id": account, "edition_id": edition["id"], "role": "keynote"}
    assert fact.data == told | {"session_id": made["id"]}
    assert events.do("POST", confirm, {"role": "keynote"})["version"] == 2
    assert events.types() == []
    assert events.status("POST", confirm, "organizer", json={"role": "chair"}) == 404
    assert events.status("POST", confirm, "scheduler", json={"role": "keynote"}) == 403
    reordered = [{"person_id": person(events, "王芳")["id"]}, *parts]
    after = events.do("PATCH", path, {"people": reordered}, version=2)
    assert [p["confirmed"] for p in after["people"]] == [False, True]
    events.do("PATCH", path, {"status": "cancelled"}, version=3)
    assert events.status("POST", confirm, "organizer", json={"role": "keynote"}) == 409


def test_a_talk_is_part_of_a_session_and_nothing_goes_deeper(events: Events) -> None:
    series = events.series()
    for edition in ("one", "two"):
        events.edition(series, edition)
    top, elsewhere = session(events), session(events, "two")
    talk = session(events, kind="talk", parent_id=top["id"])
    assert talk["parent_id"] == top["id"]
    for parent in (talk, elsewhere):
        answer = events.ask("POST", "editions/one/sessions", json=PANEL | {"parent_id": parent["id"]})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/not-a-parent")
    other = session(events)
    for child, parent in ((top, other), (other, other)):
        answer = events.ask("PATCH", f"sessions/{child['id']}", version=1, json={"parent_id": parent["id"]})
        assert answer.status_code == 422
    blocked = events.ask("DELETE", f"sessions/{top['id']}", version=1)
    assert (blocked.status_code, blocked.json()["type"]) == (409, "/problems/has-talks")
    events.do("DELETE", f"sessions/{talk['id']}", version=1)
    events.do("DELETE", f"sessions/{top['id']}", version=1)


def test_a_removed_track_leaves_its_sessions(events: Events) -> None:
    events.edition(events.series(), "one")
    track = events.do("POST", "editions/one/tracks", {"name": {"zh": "气候", "en": "Climate"}})
    made = session(events, track_id=track["id"])
    changed = events.do("PATCH", f"tracks/{track['id']}", {"colour": "#1f6feb", "slug": "climate-2"}, version=1)
    assert (changed["slug"], changed["version"]) == ("climate-2", 2)
    events.do("DELETE", f"tracks/{track['id']}", version=2)
    assert events.get(f"sessions/{made['id']}")["track_id"] is None


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"kind": "party"}, "invalid-input"),
        ({"title": {"zh": ""}}, "invalid-input"),
        ({"title": {"zh": "长" * 100_001}}, "invalid-input"),
        ({"duration_minutes": 0}, "invalid-input"),
        ({"join_url": "javascript:alert(1)"}, "invalid-input"),
        ({"links": [{"href": "ftp://example.org"}]}, "invalid-input"),
        ({"embargo_until": "2027-05-01T00:00:00"}, "invalid-input"),
        ({"embargo_until": "0001-01-01T00:00:00+14:00"}, "invalid-input"),
        ({"position": -1}, "invalid-input"),
        ({"start": "2027-05-10T09:00"}, "invalid-input"),
        ({"track_id": SOCIETY}, "unknown-track"),
        ({"parent_id": SOCIETY}, "not-a-parent"),
        ({"people": [{"person_id": SOCIETY}]}, "unknown-person"),
        ({"people": [{"person_id": SOCIETY}, {"person_id": SOCIETY}]}, "part-twice"),
    ],
)
def test_bad_input_is_refused(events: Events, values: dict[str, Any], problem: str) -> None:
    events.edition(events.series(), "one")
    answer = events.ask("POST", "editions/one/sessions", json=PANEL | values)
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")


def test_a_tag_is_found_by_whichever_signs_it_was_kept(events: Events) -> None:
    events.edition(events.series(), "one")
    made = session(events, slug="top", tags=["气候"])
    for kept in ('["气候"]', json.dumps(["气候"])):
        with events.db.transaction() as tx:
            tx.execute(text("UPDATE sessions SET tags = :tags WHERE id = :id"), {"tags": kept, "id": made["id"]})
        found = events.get("editions/one/sessions?tag=气候")["items"]
        assert [(row["slug"], row["tags"]) for row in found] == [("top", ["气候"])]


def test_lists_filter_sort_and_turn_pages(events: Events) -> None:
    events.edition(events.series(), "one")
    li = person(events)
    track = events.do("POST", "editions/one/tracks", {"name": {"zh": "专题"}})
    top = session(events, slug="top", tags=["气候", "a%"], status="confirmed")
    session(events, slug="talk", kind="talk", parent_id=top["id"], people=[{"person_id": li["id"]}])
    session(events, slug="closed", openness="staff", track_id=track["id"], title={"zh": "闭门会"})

    def slugs(query: str) -> list[str]:
        return [row["slug"] for row in events.get(f"editions/one/sessions?{query}")["items"]]

    assert slugs("") == ["top", "talk", "closed"]
    assert slugs("sort=slug") == ["closed", "talk", "top"]
    assert slugs("sort=newest&limit=1") == ["closed"]
    assert slugs("tag=气候") == slugs("tag=a%25") == slugs("tag=A%25") == slugs("status=confirmed") == ["top"]
    assert slugs("tag=a") == []
    assert slugs(f"parent={top['id']}") == slugs("q=李明") == slugs(f"person={li['id']}") == ["talk"]
    assert slugs(f"track={track['id']}") == slugs("openness=staff") == slugs("missing=en") == ["closed"]
    assert slugs("missing=zh") == []
    assert slugs("kind=panel&q=young") == ["top"]
    first = events.get("editions/one/sessions?limit=2&total=true")
    assert first["total"] == 3
    assert slugs(f"cursor={first['next']}") == ["closed"]
    assert events.ask("GET", "editions/one/sessions?format=xlsx").content[:2] == b"PK"


def test_a_list_needs_as_many_queries_for_thirty_as_for_one(events: Events) -> None:
    events.edition(events.series(), "one")
    parts = [{"person_id": person(events)["id"]}]
    session(events, people=parts)
    one = events.queries("editions/one/sessions")
    for _ in range(29):
        session(events, people=parts)
    assert events.queries("editions/one/sessions") == one
    assert len(events.get("editions/one/sessions")["items"]) == 30
