"""What a move tells is what the whole list of conflicts shows afterwards; and it asks no more for a larger draft."""

import random
from datetime import datetime, timedelta
from typing import Any

from services.events.acceptances.queries import list_conflicts
from services.events.editions.models import Edition
from services.events.programme.models import ProgrammeSession, Track
from services.events.schedule.actions import move_many, place
from services.events.schedule.queries.draft import list_placements
from services.events.schedule.schemas import MoveIn, PlaceIn
from services.events.venues.models import EditionRoom, Room, Venue, Walk
from shared.text import same
from tests.events.draft import ORGANIZER, Draft, add_edition

START = datetime(2026, 11, 23, 8, 30)


def fill(draft: Draft, rng: random.Random, sessions: int) -> None:
    """Add sessions that get into each other's way: few people, tracks, tags and things, and another edition's."""
    with draft.db.transaction() as tx:
        edition = tx.get_one(Edition, draft.id)
        edition.hours_start = datetime(2026, 1, 1, 9).time()
        tracks = [Track(edition_id=draft.id, name=same(name), slug=name) for name in ("ai", "bio")]
        tx.add_all(tracks)
        other = add_edition(tx, edition.series_id, "forum-other")
        tx.add(EditionRoom(edition_id=other, room_id=draft.rooms["hall"]))
        for number, id_ in enumerate(draft.rooms.values()):
            room = tx.get_one(Room, id_)
            room.building, room.seats, room.buffer_minutes = "AB"[number % 2], 40 * number, 5 * number
        venue = tx.get_one(Venue, room.venue_id)
        venue.same_building_minutes, venue.other_building_minutes = 5, 15
        one, two = sorted(draft.rooms.values())[:2]
        tx.add(Walk(venue_id=venue.id, kind="room", one=one, other=two, minutes=25))
        tx.flush()
        ids = [track.id for track in tracks]
    for number in range(sessions):
        people = rng.sample(["li", "wang", "zhao", "sun"], rng.choice((0, 1, 1, 2)))
        draft.add_session(
            f"s{number}",
            people,
            edition_id=other if number % 7 == 0 else draft.id,
            track_id=None if number % 7 == 0 else rng.choice([None, *ids]),
            tags=rng.choice([[], [], ["solo"]]),
            needs=rng.choice([{}, {}, {"projector": 1}]),
            interpretation=rng.choice([[], [], ["en"]]),
            expected_attendance=rng.choice([None, 20, 60]),
        )
    body = {"never_parallel": ["solo"], "equipment": {"projector": 1}, "interpreters": {"en": 1}}
    draft.ask("PUT", f"/editions/{draft.id}/schedule/settings", json=body, version=1)


def anywhere(rng: random.Random, draft: Draft) -> PlaceIn:
    """Choose a time and a room."""
    at = START + timedelta(days=rng.randrange(2), minutes=5 * rng.randrange(30))
    return PlaceIn(
        start_local=at, room_id=rng.choice([*draft.rooms.values(), None]), duration_minutes=rng.choice([30, 60])
    )


def test_every_move_tells_how_the_whole_list_changes(draft: Draft) -> None:
    rng = random.Random(7)
    fill(draft, rng, 28)
    seen: set[str] = set()
    for _ in range(150):
        name = f"s{rng.randrange(28)}"
        with draft.db.transaction() as tx:
            edition = tx.get_one(Edition, draft.id)
            before = {conflict.key for conflict in list_conflicts(tx, edition)}
            if name in {"s0", "s7", "s14", "s21"}:
                at = anywhere(rng, draft).model_copy(update={"room_id": draft.rooms["hall"]})
                other = tx.get_one(ProgrammeSession, draft.sessions[name]).edition_id
                version = {p.session_id: p.version for p in list_placements(tx, other)}
                place(tx, ORGANIZER, draft.sessions[name], version.get(draft.sessions[name], 0), at, draft.clock())
                continue
            versions = {p.session_id: p.version for p in list_placements(tx, draft.id)}
            chosen = {draft.sessions[name]} | {
                draft.sessions[f"s{n}"] for n in rng.sample([1, 2, 3, 4, 5, 6], rng.choice((0, 0, 3)))
            }
            moves = [
                MoveIn(session_id=id_, version=versions.get(id_, 0),
                       place=anywhere(rng, draft) if rng.random() < 0.9 else None)
                for id_ in sorted(chosen)
            ]  # fmt: skip
            answer = move_many(tx, ORGANIZER, draft.id, moves, draft.clock())
            after = {conflict.key for conflict in list_conflicts(tx, edition)}
        assert {c.key for c in answer.made} == after - before
        assert {c.key for c in answer.mended} == before - after
        seen |= {conflict.kind for conflict in answer.made}
    assert seen == KINDS


KINDS = {
    "room_overlap", "person_overlap", "room_booked_elsewhere", "person_booked_elsewhere", "turnover_short",
    "capacity_short", "never_parallel", "track_parallel", "interpreter_overbooked", "equipment_overbooked", "outside_hours",
}  # fmt: skip
"""Every kind but those that need windows."""


def statements(draft: Draft, call: Any) -> list[str]:
    with draft.counting() as counted:
        call()
    return [s for s in counted if not s.startswith(("BEGIN", "COMMIT", "PRAGMA"))]


def test_a_move_and_the_whole_draft_ask_as_often_of_a_large_draft_as_of_a_small_one(draft: Draft) -> None:
    draft.place("opening", "09:00", "hall")

    def move(at: str) -> None:
        draft.place("talk", at, "hall", version=draft.version("talk"))

    for call in calls(draft, move, "09:10"):  # the first reading of a kind finds out whether it needs a view
        call()
    few = [len(statements(draft, call)) for call in calls(draft, move, "09:05")]
    for number in range(30):
        draft.add_session(f"s{number}", ["li"])
        draft.place(f"s{number}", "09:00", "hall")
    many = [len(statements(draft, call)) for call in calls(draft, move, "09:15")]
    assert many == few


def calls(draft: Draft, move: Any, at: str) -> list[Any]:
    return [lambda: move(at), lambda: draft.get("/schedule"), lambda: draft.get("/conflicts")]
