"""Who is at a draft is told to those who may edit it, for a minute; nothing is told or recorded of it otherwise."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from services.events.presence.models import Presence
from shared.audit import AuditRow
from shared.caller import Role
from shared.text import Text
from tests.alone import CALLERS, account
from tests.events.running import Events

ZHOU, LIN = Text("周文博", "Zhou Wenbo"), Text("林海", "Lin Hai")
SESSION = "00000000-0000-7000-a000-000000000001"


@pytest.fixture
def edition(events: Events) -> Any:
    """Open an edition on which three people work, two of whom have names."""
    events.extra["organizer"] = replace(CALLERS["organizer"], name=ZHOU)
    events.extra["scheduler"] = replace(CALLERS["scheduler"], name=LIN)
    return events.edition(events.series())


def come(events: Events, edition: Any, role: str, session: str | None = None) -> list[tuple[str, str | None]]:
    """Say to be there; return the names of the others, each with what they have selected."""
    others = events.do("PUT", f"editions/{edition['slug']}/presence", {"session_id": session}, role)
    return [(other["name"]["en"], other["session_id"]) for other in others]


def kept(events: Events) -> int:
    with events.db.reading() as tx:
        return tx.scalar(select(func.count()).select_from(Presence)) or 0


def test_two_see_each_other_with_what_each_has_selected(events: Events, edition: Any) -> None:
    assert come(events, edition, "organizer") == []
    assert come(events, edition, "scheduler", SESSION) == [("Zhou Wenbo", None)]
    assert come(events, edition, "organizer") == [("Lin Hai", SESSION)]
    assert come(events, edition, "scheduler") == [("Zhou Wenbo", None)]
    assert come(events, edition, "organizer") == [("Lin Hai", None)], "nothing is selected any more"


def test_it_is_told_since_when_and_who(events: Events, edition: Any) -> None:
    came = events.clock.now.isoformat().replace("+00:00", "Z")
    come(events, edition, "organizer")
    for _ in range(3):
        events.clock.turn(seconds=40)
        come(events, edition, "organizer")
    (other,) = events.do("PUT", f"editions/{edition['id']}/presence", {}, "scheduler")
    assert other == {
        "account_id": account(2),
        "name": {"zh": "周文博", "en": "Zhou Wenbo"},
        "since": came,
        "session_id": None,
    }


def test_who_leaves_is_gone_at_once(events: Events, edition: Any) -> None:
    come(events, edition, "organizer")
    come(events, edition, "scheduler")
    leaving = f"editions/{edition['slug']}/presence"
    assert [events.status("DELETE", leaving, "scheduler") for _ in range(2)] == [204, 204], "again is no fault"
    assert come(events, edition, "organizer") == []


def test_who_falls_silent_is_gone_after_a_minute_and_comes_anew(events: Events, edition: Any) -> None:
    come(events, edition, "scheduler")
    events.clock.turn(seconds=59)
    assert come(events, edition, "organizer") == [("Lin Hai", None)]
    events.clock.turn(seconds=1)
    assert come(events, edition, "organizer") == []
    events.clock.turn(seconds=30)
    assert come(events, edition, "scheduler") == [("Zhou Wenbo", None)]
    (scheduler,) = events.do("PUT", f"editions/{edition['slug']}/presence", {}, "organizer")
    assert scheduler["since"] == events.clock.now.isoformat().replace("+00:00", "Z")


def test_whoever_comes_anywhere_removes_the_old_of_everywhere(events: Events, edition: Any) -> None:
    other = events.edition(events.series("other"), "other-2027")
    for role in ("organizer", "scheduler", "administrator"):
        come(events, edition, role)
    events.clock.turn(seconds=60)
    assert come(events, other, "organizer") == []
    assert kept(events) == 1


def test_one_edition_tells_nothing_of_another(events: Events, edition: Any) -> None:
    other = events.edition(events.series("other"), "other-2027")
    come(events, edition, "scheduler")
    assert come(events, other, "organizer") == []


def test_only_who_edits_the_schedule_takes_part_and_learns_who_does(events: Events, edition: Any) -> None:
    come(events, edition, "organizer")
    path = f"editions/{edition['slug']}/presence"

    def answers(role: str | None) -> list[int]:
        return [events.status("PUT", path, role, json={}), events.status("DELETE", path, role)]

    assert answers("foreign_organizer") == answers("member") == [404, 404], "a draft is hidden from strangers"
    events.step(edition, "publish")
    assert answers("foreign_organizer") == answers("member") == [403, 403]
    assert answers(None) == [401, 401]
    guest = events.grant("guest", Role.SCHEDULER, edition)
    assert come(events, edition, guest) == [("Zhou Wenbo", None)]


def test_no_fact_and_no_record_is_made(events: Events, edition: Any) -> None:
    def records() -> int:
        with events.db.reading() as tx:
            return tx.scalar(select(func.count()).select_from(AuditRow)) or 0

    events.facts()
    before = records()
    come(events, edition, "organizer", SESSION)
    come(events, edition, "scheduler")
    events.do("DELETE", f"editions/{edition['slug']}/presence")
    assert (events.facts(), records() - before) == ([], 0)


def test_those_who_come_at_the_same_moment_are_all_there(events: Events, edition: Any) -> None:
    path = f"editions/{edition['slug']}/presence"
    answers = events.ask_at_once("organizer", [{"method": "PUT", "path": path, "json": {}} for _ in range(8)])
    assert {answer.status_code for answer in answers} == {200}
    assert come(events, edition, "scheduler") == [("Zhou Wenbo", None)]
    assert kept(events) == 2


def test_an_edition_is_removed_with_who_is_there(events: Events, edition: Any) -> None:
    come(events, edition, "organizer")
    events.do("DELETE", f"editions/{edition['id']}", version=edition["version"])
    assert kept(events) == 0


def test_what_is_selected_is_a_session_s_id(events: Events, edition: Any) -> None:
    path = f"editions/{edition['slug']}/presence"
    assert events.status("PUT", path, "organizer", json={"session_id": "<script>"}) == 422
    assert events.status("PUT", path, "organizer", json={"name": {"zh": "别人"}}) == 422, "a name is never the client's"
