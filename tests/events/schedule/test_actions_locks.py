"""What is locked stays; what an edition minds decides what is a conflict; what was accepted blocks nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.events.acceptances.queries import list_blocking
from services.events.editions.models import Edition
from services.events.programme.models import PersonWindow, ProgrammeSession, Track
from services.events.venues.models import EditionRoom, Room, RoomWindow
from shared.messages.events import DraftChanged
from shared.text import same
from tests.events.draft import STRANGER, Draft, add_edition


def refused(answer: Any, status: int, problem: str) -> bool:
    return (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


def test_a_locked_session_stays_until_it_is_unlocked(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    path = f"/sessions/{draft.sessions['talk']}/placement"
    locked = draft.ask("PUT", f"{path}/lock", version=1)
    assert (locked.json()["locked"], locked.headers["etag"]) == (True, '"v2"')
    assert refused(draft.try_place("talk", "10:00", "hall"), 409, "locked")
    assert refused(draft.ask("DELETE", path, version=2), 409, "locked")
    assert draft.ask("DELETE", f"{path}/lock", version=1).status_code == 412
    draft.ask("DELETE", f"{path}/lock", version=2)
    assert draft.place("talk", "10:00", "hall")["version"] == 4
    assert [verb for _, verb, _ in draft.deeds(draft.sessions["talk"])] == [
        "session.placed", "session.locked", "session.unlocked", "session.moved",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lock", "what"),
    [
        ({"room_id": "hall"}, "the room"),
        ({"day": "2026-11-23"}, "the day"),
        ({"room_id": "hall", "day": "2026-11-23"}, "the room on that day"),
    ],
)
def test_nothing_enters_or_leaves_what_is_locked(draft: Draft, lock: dict[str, str], what: str) -> None:
    draft.place("talk", "09:00", "hall")
    draft.place("opening", "2026-11-24T09:00", "east")
    body = {name: draft.rooms.get(value, value) for name, value in lock.items()}
    made = draft.post("/schedule/locks", body, 201)
    out, into = draft.try_place("talk", "2026-11-24T09:00", "west"), draft.try_place("opening", "09:00", "hall")
    assert (out.status_code, into.status_code) == (409, 409)
    assert out.json()["detail"] == f"“talk” cannot be moved: {what} is locked."
    assert refused(draft.ask("POST", f"/editions/{draft.id}/schedule/locks", json=body), 409, "already-locked")
    draft.place("opening", "2026-11-24T10:00", "east")
    assert draft.ask("DELETE", f"/editions/{draft.id}/schedule/locks/{made['id']}").status_code == 204
    draft.place("opening", "09:00", "hall")
    assert draft.get("/schedule")["locks"] == []


def test_a_locked_day_ends_at_the_change_of_day(draft: Draft) -> None:
    draft.change(Edition, draft.id, day_change=datetime(2026, 1, 1, 4).time())
    draft.post("/schedule/locks", {"day": "2026-11-23"}, 201)
    assert refused(draft.try_place("talk", "2026-11-24T02:00", "hall"), 409, "locked")
    draft.place("talk", "2026-11-24T04:00", "hall")


def test_a_lock_names_a_room_of_the_edition_or_a_day(draft: Draft) -> None:
    path = f"/editions/{draft.id}/schedule/locks"
    assert refused(draft.ask("POST", path, json={}), 422, "nothing-to-lock")
    assert refused(draft.ask("POST", path, json={"room_id": draft.id}), 422, "room-not-used")
    assert draft.ask("DELETE", f"{path}/{draft.id}").status_code == 404


def kinds(draft: Draft) -> dict[str, int]:
    return {kind["kind"]: kind["count"] for kind in draft.get("/conflicts")["kinds"]}


def test_an_edition_sets_what_it_minds(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    draft.place("panel", "09:15", "hall")
    assert kinds(draft) == {"room_overlap": 1, "person_overlap": 1}
    path = f"/editions/{draft.id}/schedule/settings"
    body = {"levels": {"room_overlap": "ignore", "person_overlap": "note"}}
    answer = draft.ask("PUT", path, json=body, version=1)
    assert (answer.json()["version"], answer.json()["levels"]["person_overlap"]) == (2, "note")
    found = draft.get("/conflicts")
    assert ([(k["kind"], k["level"]) for k in found["kinds"]], found["blocking"]) == ([("person_overlap", "note")], 0)
    stale = draft.ask("PUT", path, json={}, version=1)
    assert (stale.status_code, stale.json()["now"]["version"]) == (412, 2)
    assert draft.ask("PUT", path, json={"levels": {"nothing": "warn"}}, version=2).status_code == 422


def test_tags_equipment_and_interpreters_are_shared_by_the_edition(draft: Draft) -> None:
    for name, more in {"one": {"tags": ["ai"], "needs": {"projector": 2}},
                       "two": {"tags": ["ai"], "interpretation": ["en"]},
                       "three": {"needs": {"projector": 1}, "interpretation": ["en"]}}.items():  # fmt: skip
        draft.add_session(name, **more)
    body = {"never_parallel": ["ai"], "equipment": {"projector": 2}, "interpreters": {"en": 1}}
    draft.ask("PUT", f"/editions/{draft.id}/schedule/settings", json=body, version=1)
    draft.place("one", "09:00", "hall")
    two, three = draft.place("two", "09:15", "east"), draft.place("three", "09:20", "west")
    assert [c["message"]["en"] for c in two["made"]] == [
        "“one” and “two” are both tagged “ai”, never to run in parallel, but do for 15 min."
    ]
    assert [c["message"]["en"] for c in three["made"]] == [
        "Too few interpreters “en”: 2 needed at once, 1 there. Sessions: “two”, “three”.",
        "Too little of “projector”: 3 needed at once, 2 there. Sessions: “one”, “three”.",
    ]
    draft.change(Room, draft.rooms["west"], equipment={"projector": 1})
    assert kinds(draft) == {"never_parallel": 1, "interpreter_overbooked": 1}


def test_rooms_people_and_hours_have_their_limits(draft: Draft) -> None:
    draft.change(Room, draft.rooms["hall"], seats=50, buffer_minutes=15)
    draft.change(
        Edition, draft.id, hours_start=datetime(2026, 1, 1, 9).time(), hours_end=datetime(2026, 1, 1, 18).time()
    )
    draft.change(ProgrammeSession, draft.sessions["talk"], expected_attendance=80)
    with draft.db.transaction() as tx:
        span = {"start_local": datetime(2026, 11, 23, 9), "end_local": datetime(2026, 11, 23, 12),
                "starts_at": datetime(2026, 11, 23, 1, tzinfo=UTC), "ends_at": datetime(2026, 11, 23, 4, tzinfo=UTC)}  # fmt: skip
        tx.add(PersonWindow(edition_id=draft.id, person_id=draft.people["li"], **span))
        tx.add(RoomWindow(room_id=draft.rooms["east"], closed=True, **span))
    assert [c["code"] for c in draft.place("talk", "08:45", "hall")["made"]] == [
        "person_unavailable", "capacity_short", "outside_hours",
    ]  # fmt: skip
    assert [c["code"] for c in draft.place("opening", "09:20", "hall")["made"]] == ["turnover_short"]
    assert [c["code"] for c in draft.place("opening", "11:45", "east")["made"]] == ["room_closed"]


def test_two_editions_cannot_book_one_hall_or_one_person(draft: Draft) -> None:
    with draft.db.transaction() as tx:
        series = tx.get_one(Edition, draft.id).series_id
        other = add_edition(tx, series, "forum-other", standing="normal")
        tx.add(EditionRoom(edition_id=other, room_id=draft.rooms["hall"]))
    draft.add_session("theirs", ["li"], edition_id=other)
    draft.place("theirs", "09:00", "hall")
    made = draft.place("talk", "09:15", "hall")["made"]
    assert [c["message"]["en"] for c in made] == [
        "hall is booked by “First Forum” for 15 min of “talk”.",
        "li is expected at “First Forum” for 15 min of “talk”.",
    ]
    assert made[0]["facts"] == {"minutes": 15, "edition": other}
    assert kinds(draft) == {"room_booked_elsewhere": 1, "person_booked_elsewhere": 1}
    draft.change(Edition, other, standing="postponed")
    assert kinds(draft) == {}


def test_a_track_beside_itself_is_a_conflict(draft: Draft) -> None:
    with draft.db.transaction() as tx:
        track = Track(edition_id=draft.id, name=same("AI"), slug="ai")
        tx.add(track)
        tx.flush()
    for name in ("talk", "opening"):
        draft.change(ProgrammeSession, draft.sessions[name], track_id=track.id)
    draft.place("talk", "09:00", "hall")
    made = draft.place("opening", "09:00", "east")["made"]
    assert [c["message"]["zh"] for c in made] == ["同属“AI”专题的“opening”与“talk”同时进行，重叠 30 分钟。"]


def overlapping(draft: Draft) -> dict[str, Any]:
    draft.place("opening", "09:00", "hall")
    conflict: dict[str, Any] = draft.place("talk", "09:00", "hall")["made"][0]
    return conflict


def blocking(draft: Draft) -> list[str]:
    with draft.db.reading() as tx:
        return [conflict.key for conflict in list_blocking(tx, tx.get_one(Edition, draft.id))]


def test_a_conflict_is_accepted_by_name_with_a_reason(draft: Draft) -> None:
    key = overlapping(draft)["key"]
    assert blocking(draft) == [key]
    accepted = draft.post("/conflicts/accepted", {"key": key, "reason": "The hall is parted."}, 201)
    assert (accepted["accepted_by"], accepted["kind"]) == ("organizer", "room_overlap")
    assert blocking(draft) == []
    (kind,) = draft.get("/conflicts")["kinds"]
    (conflict,) = kind["conflicts"]
    assert (conflict["reason"], conflict["acceptance_id"]) == ("The hall is parted.", accepted["id"])
    draft.place("talk", "09:10", "hall")
    assert blocking(draft) == []  # it is the same conflict, whatever its times
    assert draft.ask("DELETE", f"/editions/{draft.id}/conflicts/accepted/{accepted['id']}").status_code == 204
    assert blocking(draft) == [key]


def test_accepted_again_the_new_reason_counts(draft: Draft) -> None:
    key = overlapping(draft)["key"]
    first = draft.post("/conflicts/accepted", {"key": key, "reason": "One."}, 201)
    second = draft.post("/conflicts/accepted", {"key": key, "reason": "Two."}, 201)
    assert (second["id"], second["reason"]) == (first["id"], "Two.")
    assert [row["reason"] for row in draft.get("/conflicts/accepted")] == ["Two."]


def test_only_a_conflict_that_is_there_can_be_accepted(draft: Draft) -> None:
    path = f"/editions/{draft.id}/conflicts/accepted"
    answer = draft.ask("POST", path, json={"key": "room_overlap-0", "reason": "Why not?"})
    assert refused(answer, 409, "no-such-conflict")
    assert draft.ask("POST", path, json={"key": overlapping(draft)["key"], "reason": " "}).status_code == 422
    assert draft.ask("DELETE", f"{path}/{draft.id}").status_code == 404
    assert draft.ask("GET", path, STRANGER).status_code == 404


def test_settings_locks_and_acceptances_are_told_too(draft: Draft) -> None:
    key = overlapping(draft)["key"]
    draft.post("/conflicts/accepted", {"key": key, "reason": "One."}, 201)
    draft.post("/schedule/locks", {"day": "2026-11-24"}, 201)
    told = [(fact.part, fact.version) for fact in draft.facts(DraftChanged) if isinstance(fact, DraftChanged)]
    assert told == [("placement", 1), ("placement", 2), ("conflict", 3), ("schedule", 4)]
    assert draft.get("/schedule")["number"] == 4
