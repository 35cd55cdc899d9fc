"""Placing and moving sessions: what changes, what is told, what is refused."""

from typing import Any

import pytest

from services.events.editions.models import Edition
from services.events.programme.models import ProgrammeSession
from shared.messages.events import DraftChanged
from tests.events.draft import MEMBER, ORGANIZER, SCHEDULER, STRANGER, Draft


def codes(conflicts: list[dict[str, Any]]) -> list[str]:
    return [conflict["code"] for conflict in conflicts]


def test_a_session_is_placed_in_local_time_with_its_own_length(draft: Draft) -> None:
    placed = draft.place("talk", "09:00", "hall")
    assert {name: placed[name] for name in placed if name not in ("changed_at", "session_id", "edition_id", "room_id")} == {
        "start_local": "2026-11-23T09:00:00",
        "zone": "Asia/Shanghai",
        "duration_minutes": 30,
        "starts_at": "2026-11-23T01:00:00Z",
        "ends_at": "2026-11-23T01:30:00Z",
        "locked": False,
        "version": 1,
        "changed_by": "organizer",
        "made": [],
        "mended": [],
    }  # fmt: skip
    assert draft.standing() == {"talk": ("2026-11-23T09:00:00", "hall", 30)}
    schedule = draft.get("/schedule")
    assert [row["title"]["en"] for row in schedule["placements"]] == ["talk"], (
        "so that a board needs no sessions beside"
    )
    assert [row["title"]["en"] for row in schedule["tray"]] == ["opening", "panel", "poster"]


def test_a_placement_and_its_moves_are_told_and_recorded(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    draft.place("talk", "10:00", "east", caller=SCHEDULER)
    id_ = draft.sessions["talk"]
    assert draft.facts(DraftChanged) == [
        DraftChanged(edition_id=draft.id, part="placement", part_id=id_, version=1, by="organizer"),
        DraftChanged(edition_id=draft.id, part="placement", part_id=id_, version=2, by="scheduler"),
    ]
    first = [draft.rooms["hall"], "2026-11-23T09:00", 30]
    assert draft.deeds(id_) == [
        ("organizer", "session.placed", {"place": [None, first]}),
        ("scheduler", "session.moved", {"place": [first, [draft.rooms["east"], "2026-11-23T10:00", 30]]}),
    ]


def test_a_stale_move_is_refused_with_both_versions(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    draft.place("talk", "10:00", "east", version=1)
    answer = draft.try_place("talk", "11:00", "west", version=1)
    assert answer.status_code == 412
    problem = answer.json()
    assert (problem["yours"], problem["current"]) == (1, 2)
    assert (problem["now"]["start_local"], problem["now"]["room_id"]) == ("2026-11-23T10:00:00", draft.rooms["east"])
    assert draft.standing() == {"talk": ("2026-11-23T10:00:00", "east", 30)}


def test_of_two_who_place_the_same_session_the_second_is_refused(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall", version=0)
    assert draft.try_place("talk", "10:00", "hall", version=0).status_code == 412


def test_a_version_never_comes_again(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    draft.ask("DELETE", f"/sessions/{draft.sessions['talk']}/placement", version=1)
    assert draft.place("talk", "09:00", "hall", version=0)["version"] == 3


def test_a_move_to_where_the_session_stands_changes_nothing(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    assert draft.place("talk", "09:00", "hall")["version"] == 1
    assert len(draft.facts(DraftChanged)) == 1


def test_a_move_tells_the_conflicts_it_makes_and_mends(draft: Draft) -> None:
    draft.place("opening", "09:00", "hall")
    made = draft.place("talk", "09:15", "hall")
    assert (codes(made["made"]), codes(made["mended"])) == (["room_overlap"], [])
    assert made["made"][0]["message"]["en"] == "“opening” and “talk” are both in hall for 15 min."
    again = draft.place("talk", "09:20", "hall")
    assert (again["made"], again["mended"]) == ([], [])
    draft.place("panel", "10:00", "east")
    moved = draft.place("talk", "10:00", "west")
    assert (codes(moved["made"]), codes(moved["mended"])) == (["person_overlap"], ["room_overlap"])


def test_a_check_tells_the_same_and_changes_nothing(draft: Draft) -> None:
    draft.place("opening", "09:00", "hall")
    body = {"session_id": draft.sessions["talk"],
            "place": {"start_local": "2026-11-23T09:15", "room_id": draft.rooms["hall"]}}  # fmt: skip
    checked = draft.post("/check", body)
    assert draft.standing() == {"opening": ("2026-11-23T09:00:00", "hall", 30)}
    placed = draft.place("talk", "09:15", "hall")
    assert checked == {"made": placed["made"], "mended": placed["mended"]}
    off = draft.post("/check", {"session_id": draft.sessions["talk"]})
    assert (off["made"], codes(off["mended"])) == ([], ["room_overlap"])


def test_a_session_goes_back_into_the_tray(draft: Draft) -> None:
    draft.place("opening", "09:00", "hall")
    draft.place("talk", "09:00", "hall")
    path = f"/sessions/{draft.sessions['talk']}/placement"
    answer = draft.ask("DELETE", path, version=2)
    assert (answer.status_code, codes(answer.json()["mended"])) == (200, ["room_overlap"])
    assert draft.standing() == {"opening": ("2026-11-23T09:00:00", "hall", 30)}
    assert draft.ask("GET", path).status_code == 404
    assert draft.ask("DELETE", path, version=0).json()["type"] == "/problems/not-placed"


def test_two_sessions_change_places_and_keep_their_lengths(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    draft.place("panel", "14:00", "east")
    one, other = draft.sessions["talk"], draft.sessions["panel"]
    body = {"one_id": one, "one_version": 1, "other_id": other, "other_version": 2}
    swapped = draft.post("/schedule/swap", body)
    assert [placement["version"] for placement in swapped["placements"]] == [3, 3]
    assert draft.standing() == {
        "talk": ("2026-11-23T14:00:00", "east", 30),
        "panel": ("2026-11-23T09:00:00", "hall", 60),
    }
    assert draft.ask("POST", f"/editions/{draft.id}/schedule/swap", json=body).status_code == 412


def bulk(draft: Draft, *moves: tuple[str, int, str, str]) -> dict[str, Any]:
    return {
        "moves": [
            {"session_id": draft.sessions[name], "version": version,
             "place": {"start_local": f"2026-11-23T{at}", "room_id": draft.rooms[room]}}
            for name, version, at, room in moves
        ]
    }  # fmt: skip


def test_many_moves_are_all_made(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    moves = bulk(draft, ("opening", 0, "09:00", "hall"), ("panel", 0, "09:30", "hall"), ("talk", 1, "09:15", "east"))
    answer = draft.post("/schedule/moves", moves)
    assert [placement["version"] for placement in answer["placements"]] == [2, 2, 2]
    assert draft.standing() == {
        "opening": ("2026-11-23T09:00:00", "hall", 30),
        "talk": ("2026-11-23T09:15:00", "east", 30),
        "panel": ("2026-11-23T09:30:00", "hall", 60),
    }
    assert codes(answer["made"]) == ["person_overlap"]


@pytest.mark.parametrize("stale", [0, 7])
def test_or_none_is_made(draft: Draft, stale: int) -> None:
    draft.place("talk", "09:00", "hall")
    moves = bulk(draft, ("opening", 0, "09:00", "hall"), ("talk", stale, "10:00", "hall"))
    answer = draft.ask("POST", f"/editions/{draft.id}/schedule/moves", json=moves)
    assert answer.status_code == 412
    assert draft.standing() == {"talk": ("2026-11-23T09:00:00", "hall", 30)}
    assert len(draft.facts(DraftChanged)) == 1


def test_a_bulk_names_a_session_once_and_only_its_own(draft: Draft) -> None:
    path = f"/editions/{draft.id}/schedule/moves"
    twice = draft.ask("POST", path, json=bulk(draft, ("talk", 0, "09:00", "hall"), ("talk", 0, "10:00", "hall")))
    assert (twice.status_code, twice.json()["type"]) == (422, "/problems/session-twice")
    unknown = {"moves": [{"session_id": draft.id, "version": 0}]}
    answer = draft.ask("POST", path, json=unknown)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-session")


def test_the_rest_of_a_room_is_delayed(draft: Draft) -> None:
    draft.place("opening", "09:00", "hall")
    draft.place("talk", "10:00", "hall")
    draft.place("panel", "2026-11-24T10:00", "hall")
    draft.post(f"/rooms/{draft.rooms['hall']}/delay", {"minutes": 20, "from_local": "2026-11-23T09:30"})
    assert draft.standing() == {
        "opening": ("2026-11-23T09:00:00", "hall", 30),
        "talk": ("2026-11-23T10:20:00", "hall", 30),
        "panel": ("2026-11-24T10:00:00", "hall", 60),
    }


def test_the_rest_of_a_room_goes_to_another(draft: Draft) -> None:
    draft.place("opening", "09:00", "hall")
    draft.place("talk", "10:00", "hall")
    body = {"to_room_id": draft.rooms["west"], "from_local": "2026-11-23T09:30"}
    draft.post(f"/rooms/{draft.rooms['hall']}/change", body)
    assert draft.standing() == {
        "opening": ("2026-11-23T09:00:00", "hall", 30),
        "talk": ("2026-11-23T10:00:00", "west", 30),
    }


def test_a_delay_counts_from_now_in_the_zone_of_the_edition(draft: Draft) -> None:
    draft.place("opening", "2026-11-01T08:30", "hall")
    draft.place("talk", "2026-11-01T09:30", "hall")
    assert draft.clock().isoformat().startswith("2026-11-01T01:00")  # nine o'clock in Beijing
    draft.post(f"/rooms/{draft.rooms['hall']}/delay", {"minutes": 10})
    assert draft.standing() == {
        "opening": ("2026-11-01T08:30:00", "hall", 30),
        "talk": ("2026-11-01T09:40:00", "hall", 30),
    }


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"room": None, "duration_minutes": None}, "length-unknown"),
        ({"room": "elsewhere"}, "room-not-used"),
    ],
)
def test_what_cannot_be_placed_says_why(draft: Draft, body: dict[str, Any], problem: str) -> None:
    body = dict(body)  # each database takes its own
    draft.rooms["elsewhere"] = draft.id
    answer = draft.try_place("poster" if "duration_minutes" in body else "talk", "09:00", body.pop("room"), **body)
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")


def test_a_time_that_the_clocks_skip_is_refused(draft: Draft) -> None:
    draft.change(Edition, draft.id, zone="Europe/Brussels")
    answer = draft.try_place("talk", "2026-03-29T02:30", "hall")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/no-such-wall-time")


def test_a_cancelled_session_is_in_nobodys_way(draft: Draft) -> None:
    draft.place("opening", "09:00", "hall")
    draft.change(ProgrammeSession, draft.sessions["opening"], status="cancelled")
    assert draft.place("talk", "09:00", "hall")["made"] == []
    assert draft.get("/conflicts")["count"] == 0


@pytest.mark.parametrize(("caller", "status"), [(ORGANIZER, 200), (SCHEDULER, 200), (STRANGER, 404), (MEMBER, 404)])
def test_only_those_who_organize_or_schedule_see_a_draft(draft: Draft, caller: Any, status: int) -> None:
    assert draft.ask("GET", f"/editions/{draft.id}/schedule", caller).status_code == status
    assert draft.try_place("talk", "09:00", "hall", version=0, caller=caller).status_code == status


@pytest.mark.parametrize("caller", [STRANGER, MEMBER])
def test_the_draft_of_a_public_edition_is_forbidden_to_others_and_what_stands_in_it_hidden(
    draft: Draft, caller: Any
) -> None:
    draft.change(Edition, draft.id, state="published")
    assert draft.ask("GET", f"/editions/{draft.id}/schedule", caller).status_code == 403
    assert draft.ask("GET", f"/editions/{draft.id}/conflicts", caller).status_code == 403
    assert draft.try_place("talk", "09:00", "hall", version=0, caller=caller).status_code == 404
    assert draft.ask("GET", f"/editions/{draft.id}/schedule", None).status_code == 401
