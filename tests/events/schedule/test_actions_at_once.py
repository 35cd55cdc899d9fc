"""Moves that are asked for at the same moment: as if one came after the other, on whatever database."""

from typing import Any

import anyio
import httpx

from services.events.schedule.models import Schedule
from shared.ledger import read_outbox
from tests.events.draft import ORGANIZER, Draft


def all_at_once(draft: Draft, asked: list[tuple[str, int, str]]) -> list[tuple[int, Any]]:
    """Place sessions (by name, version and start) at the same moment; return status and body of each answer, in order."""
    headers = {"Authorization": f"Bearer {draft.signer.token(ORGANIZER)}"}
    answers: dict[int, httpx.Response] = {}

    async def asking() -> None:
        async with (
            httpx.AsyncClient(transport=draft.transport, base_url="http://events", timeout=60) as client,
            anyio.create_task_group() as group,
        ):
            for number, each in enumerate(asked):
                group.start_soon(ask, client, number, *each)

    async def ask(client: httpx.AsyncClient, number: int, session: str, version: int, at: str) -> None:
        answers[number] = await client.put(
            f"/api/events/sessions/{draft.sessions[session]}/placement",
            headers=headers | {"If-Match": f'"v{version}"'},
            json={"start_local": f"2026-11-23T{at}", "room_id": draft.rooms["hall"]},
        )

    anyio.run(asking)
    return [(answers[number].status_code, answers[number].json()) for number in range(len(asked))]


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
