"""Moves that are asked for at the same moment: as if one came after the other, on whatever database."""

from typing import Any

from services.events.schedule.models import Schedule
from shared.ledger import read_outbox
from tests.at_once import ask_at_once
from tests.events.draft import ORGANIZER, Draft


def all_at_once(draft: Draft, asked: list[tuple[str, int, str]]) -> list[tuple[int, Any]]:
    """Place sessions (by name, version and start) at the same moment; return status and body of each answer, in order."""
    token = draft.signer.token(ORGANIZER)
    answers = ask_at_once(
        draft.transport,
        [
            {
                "method": "PUT",
                "url": f"/api/events/sessions/{draft.sessions[session]}/placement",
                "headers": {"Authorization": f"Bearer {token}", "If-Match": f'"v{version}"'},
                "json": {"start_local": f"2026-11-23T{at}", "room_id": draft.rooms["hall"]},
            }
            for session, version, at in asked
        ],
    )
    return [(answer.status_code, answer.json()) for answer in answers]


def test_first_moves_of_a_draft_each_take_a_number_of_their_own(draft: Draft) -> None:
    names = [f"session-{number}" for number in range(8)]
    for name in names:
        draft.add_session(name, ["ada"])
    answers = all_at_once(draft, [(name, 0, f"{9 + hour:02}:00") for hour, name in enumerate(names)])
    assert [status for status, _ in answers] == [200] * 8
    assert sorted(body["version"] for _, body in answers) == list(range(1, 9))
    with draft.db.reading() as tx:
        assert tx.get_one(Schedule, draft.id).number == 8
    draft.runtime.relay.drain()
    with draft.db.reading() as tx:
        told = [numbered.message.data["version"] for numbered in read_outbox(tx, "events", 0)]
    assert told == list(range(1, 9))


def test_of_moves_from_the_same_place_one_is_made_and_the_others_see_it(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    answers = all_at_once(draft, [("talk", 1, f"{10 + hour}:00") for hour in range(6)])
    assert sorted(status for status, _ in answers) == [200, 412, 412, 412, 412, 412]
    (made,) = (body["start_local"] for status, body in answers if status == 200)
    assert {body["now"]["start_local"] for status, body in answers if status == 412} == {made}
    assert draft.standing() == {"talk": (made, "hall", 30)}


def test_of_two_who_place_a_session_first_one_is_told_of_the_other(draft: Draft) -> None:
    answers = all_at_once(draft, [("talk", 0, "09:00"), ("talk", 0, "10:00")])
    assert sorted(status for status, _ in answers) == [200, 412]
