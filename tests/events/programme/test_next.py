"""The next edition, opened from this one; and how complete an edition is in each language."""

from typing import Any

import pytest

from services.events.programme.completeness import Shown, report
from shared.text import Text
from tests.alone import SOCIETY
from tests.events.running import Events

NEXT = {
    "slug": "forum-2028",
    "name": {"zh": "2028世界科技论坛", "en": "World Forum 2028"},
    "starts_on": "2028-05-08",
    "ends_on": "2028-05-10",
}


@pytest.fixture
def old(events: Events) -> Any:
    """Make an edition with something of everything."""
    parts = [{"role": "host", "organisation_id": SOCIETY}, {"role": "supporter", "name": {"zh": "市政府"}}]
    settings = {"number": 4, "hours_start": "08:00:00", "contact_email": "o@example.org", "requires_approval": False}
    edition = events.edition(events.series(), "forum-2027", organisations=parts, **settings)
    path = "editions/forum-2027"
    events.do("POST", f"{path}/key-dates", {"kind": "abstracts", "title": {"zh": "摘要"}, "on": "2027-01-31"})
    timed = {"kind": "arrival", "title": {"zh": "报到"}, "at_local": "2027-05-09T14:00"}
    events.do("POST", f"{path}/key-dates", timed)
    venue = events.do("POST", "venues", {"name": {"zh": "场馆"}, "owner_id": SOCIETY})
    for name, archived in (("A", False), ("B", False), ("C", True)):
        hall = events.do("POST", f"venues/{venue['id']}/rooms", {"name": {"en": name}})
        events.do("POST", f"{path}/rooms", {"room_id": hall["id"]})
        events.do("PATCH", f"rooms/{hall['id']}", {"archived": archived}, version=1)
    track = events.do("POST", f"{path}/tracks", {"name": {"zh": "气候", "en": "Climate"}})
    person = events.do("POST", "people", {"name": {"zh": "李明"}, "owner_id": SOCIETY})
    speaker = [{"person_id": person["id"], "role": "keynote"}]
    body = {"kind": "panel", "title": {"en": "Panel"}, "track_id": track["id"], "status": "confirmed"}
    panel = events.do("POST", f"{path}/sessions", body | {"embargo_until": "2027-05-10T01:00:00Z"})
    talk = {"kind": "talk", "title": {"en": "Talk"}, "parent_id": panel["id"], "people": speaker, "position": 0}
    made = events.do("POST", f"{path}/sessions", talk | {"source": "x", "key": "1"})
    events.do("POST", f"sessions/{made['id']}/people/{person['id']}/confirm", {"role": "keynote"})
    gone = {"kind": "panel", "title": {"en": "Gone"}, "status": "cancelled"}
    events.do("POST", f"{path}/sessions", gone)
    events.facts()
    return edition


def test_everything_comes_along_moved_with_the_start(events: Events, old: Any) -> None:
    new = events.do("POST", "editions/forum-2027/next", NEXT)
    kept = ("series_id", "owner_id", "zone", "hours_start", "contact_email", "has_programme")
    assert {name: new[name] for name in kept} == {name: old[name] for name in kept}
    assert (new["number"], new["state"], new["copied_from_id"]) == (5, "planned", old["id"])
    assert [(p["role"], p["name"]["zh"]) for p in new["organisations"]] == [
        ("host", "中国气象学会"),
        ("supporter", "市政府"),
    ]
    dates = events.get("editions/forum-2028/key-dates")["items"]
    assert [(d["on"], d["at_local"], d["status"]) for d in dates] == [
        ("2028-01-30", None, "tentative"),
        (None, "2028-05-07T14:00:00", "tentative"),
    ]
    assert [room["slug"] for room in events.get("editions/forum-2028/rooms")] == ["a", "b"]
    tracks = events.get("editions/forum-2028/tracks")["items"]
    talk, panel = sorted(events.get("editions/forum-2028/sessions")["items"], key=lambda s: s["kind"], reverse=True)
    assert (panel["title"]["en"], panel["track_id"], panel["status"]) == ("Panel", tracks[0]["id"], "draft")
    assert panel["embargo_until"] == "2028-05-08T01:00:00Z"
    assert (talk["parent_id"], talk["source"], talk["version"]) == (panel["id"], None, 1)
    assert [(p["role"], p["confirmed"]) for p in talk["people"]] == [("keynote", False)]
    ids = {row["id"] for row in events.get("editions/forum-2027/sessions")["items"]}
    assert ids.isdisjoint({talk["id"], panel["id"]})
    assert events.types() == ["edition.opened"]


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([], (0, 0, 0, 0, 0, 0)),
        (["organisations"], (2, 0, 0, 0, 0, 0)),
        (["key_dates", "rooms"], (0, 2, 2, 0, 0, 0)),
        (["tracks"], (0, 0, 0, 1, 0, 0)),
        (["sessions"], (0, 0, 0, 0, 2, 0)),
        (["sessions", "people"], (0, 0, 0, 0, 2, 1)),
        (["people"], (0, 0, 0, 0, 0, 0)),
    ],
)
def test_only_the_chosen_parts_come_along(events: Events, old: Any, parts: list[str], found: tuple[int, ...]) -> None:
    new = events.do("POST", f"editions/{old['id']}/next", NEXT | {"parts": parts})
    path = f"editions/{new['id']}"
    sessions = events.get(f"{path}/sessions")["items"]
    counts = (
        len(new["organisations"]),
        len(events.get(f"{path}/key-dates")["items"]),
        len(events.get(f"{path}/rooms")),
        len(events.get(f"{path}/tracks")["items"]),
        len(sessions),
        sum(len(session["people"]) for session in sessions),
    )
    assert counts == found


def test_a_refused_copy_leaves_nothing(events: Events, old: Any) -> None:
    skipped = {"kind": "arrival", "title": {"zh": "报到"}, "at_local": "2027-03-16T02:30", "zone": "America/New_York"}
    events.do("POST", "editions/forum-2027/key-dates", skipped)
    body = NEXT | {"starts_on": "2028-05-06", "ends_on": "2028-05-07"}
    answer = events.ask("POST", "editions/forum-2027/next", json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/no-such-wall-time")
    assert events.status("GET", "editions/forum-2028", "organizer") == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 401), ("member", 404), ("foreign_organizer", 404), ("scheduler", 403), ("administrator", 201)],
)
def test_only_who_may_open_an_edition_copies_one(events: Events, old: Any, role: str | None, status: int) -> None:
    assert events.status("POST", "editions/forum-2027/next", role, json=NEXT) == status


def test_strangers_do_not_copy_what_is_public(events: Events, old: Any) -> None:
    events.step(old, "publish")
    assert events.status("POST", "editions/forum-2027/next", "foreign_organizer", json=NEXT) == 403


def test_what_is_missing_in_a_language_is_named(events: Events, old: Any) -> None:
    found = events.get("editions/forum-2027/completeness")
    parts = {part["part"]: (part["zh"]["filled"], part["en"]["filled"], part["zh"]["of"]) for part in found["parts"]}
    assert parts == {
        "edition": (2, 2, 2),
        "organisations": (2, 1, 2),
        "key_dates": (2, 0, 2),
        "rooms": (0, 3, 3),
        "tracks": (1, 1, 1),
        "sessions": (0, 2, 2),
        "people": (1, 0, 1),
    }
    assert (found["zh"], found["en"]) == ({"filled": 8, "of": 13}, {"filled": 9, "of": 13})
    gaps = [(gap["part"], gap["language"], gap["other"]) for gap in found["missing"]]
    assert gaps[:3] == [("rooms", "zh", "A"), ("rooms", "zh", "B"), ("rooms", "zh", "C")]
    assert (len(gaps), found["more"]) == (9, False)


def test_what_has_no_words_at_all_is_not_missing() -> None:
    found = report([Shown("a", "1", "title", Text("一", "")), Shown("a", "1", "subtitle", Text())])
    assert found.whole == {"zh": (1, 1), "en": (0, 1)}
    assert [(gap.language, gap.other()) for gap in found.gaps] == [("en", "一")]
