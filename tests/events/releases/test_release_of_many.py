"""A release of a large programme: how long it takes, and how many statements it needs."""

import time
from datetime import datetime, timedelta

from sqlalchemy import insert

from services.events.programme.models import ProgrammeSession, SessionPerson
from services.events.releases.actions import release
from services.events.releases.queries import released_programme
from services.events.releases.schemas import ReleaseIn
from services.events.schedule.models import Placement
from services.events.venues.models import EditionRoom, Room
from shared.db import new_id
from shared.messages.events import EventsDateSet
from shared.text import Text, same
from shared.times import PlannedTime
from tests.events.draft import ORGANIZER, ZONE, Draft

SESSIONS, ROOMS = 780, 35
SECONDS = 2.0
"""What the release of a large conference may take of one CPU, whoever else uses the machine."""

ABSTRACT = "<p>" + "What was found, how it was found, and what follows from it. " * 20 + "</p>"


def fill(draft: Draft) -> None:
    """Put a two-day conference on the schedule."""
    with draft.db.transaction() as tx:
        hall = tx.get_one(Room, draft.rooms["hall"])
        rooms = [Room(venue_id=hall.venue_id, name=same(f"Room {n}"), slug=f"room-{n}") for n in range(ROOMS)]
        tx.add_all(rooms)
        tx.flush()
        tx.add_all(EditionRoom(edition_id=draft.id, room_id=room.id) for room in rooms)
        person = draft.people["li"]
        for number in range(SESSIONS):
            day, slot = divmod(number // ROOMS, 12)
            start = PlannedTime(datetime(2026, 11, 23, 9) + timedelta(days=day, minutes=40 * slot), ZONE)
            session = ProgrammeSession(
                id=new_id(), edition_id=draft.id, kind="talk", title=Text(f"第{number}场", f"Talk {number}"),
                slug=f"talk-{number}", status="confirmed", duration_minutes=30, abstract=same(ABSTRACT), position=number,
            )  # fmt: skip
            tx.add(session)
            tx.flush()
            tx.execute(insert(SessionPerson).values(session_id=session.id, person_id=person, role="chair", position=0))
            tx.add(
                Placement(
                    session_id=session.id, edition_id=draft.id, room_id=rooms[number % ROOMS].id, start_local=start.local,
                    zone=ZONE, duration_minutes=30, starts_at=start.utc(), ends_at=start.plus(30).utc(), version=1,
                    changed_by="organizer", changed_at=draft.clock(),
                )
            )  # fmt: skip
        draft.sessions["last"] = session.id


def test_hundreds_of_sessions_are_released_at_once(draft: Draft) -> None:
    fill(draft)
    draft.ask(
        "PUT", f"/editions/{draft.id}/schedule/settings", json={"levels": {"person_overlap": "ignore"}}, version=1
    )
    began = time.thread_time()
    with draft.db.transaction() as tx:
        made = release(tx, ORGANIZER, draft.clock(), draft.id, ReleaseIn())
    taken = time.thread_time() - began
    assert made.counts["added"] == SESSIONS + 3
    assert len(draft.facts(EventsDateSet)) == SESSIONS + 4  # the edition too
    with draft.db.reading() as tx:
        assert len(released_programme(tx, draft.id)) == SESSIONS + 3
    print(f"\nreleased {SESSIONS} sessions in {taken:.2f} s of CPU")  # noqa: T201
    assert taken <= SECONDS


def test_one_change_among_hundreds_needs_no_more_than_among_few(draft: Draft) -> None:
    draft.post("/releases", {}, 201)
    draft.place("talk", "11:00", "east")
    with draft.counting() as few:
        draft.post("/releases", {}, 201)
    fill(draft)
    draft.ask(
        "PUT", f"/editions/{draft.id}/schedule/settings", json={"levels": {"person_overlap": "ignore"}}, version=1
    )
    draft.post("/releases", {}, 201)
    draft.change(ProgrammeSession, draft.sessions["last"], duration_minutes=20)
    draft.place("talk", "11:30", "east")
    with draft.counting() as many:
        draft.post("/releases", {}, 201)
    assert len(many) == len(few)
