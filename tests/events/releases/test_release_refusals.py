"""When a release is refused, who decides, and who is shown what."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from services.events.editions.models import Edition
from services.events.previews.queries import get_preview
from services.events.previews.rules import PreviewEnded
from services.events.programme.models import Person, ProgrammeSession, SessionPerson
from shared.caller import Caller, Grant, Role
from shared.errors import NotFound
from shared.messages.events import DraftChanged, EventsDateCancelled, EventsDateSet, EventsViewChanged
from shared.text import Text, same
from tests.events.draft import MEMBER, ORGANIZER, SCHEDULER, STRANGER, Draft

SECOND = Caller("second", grants=(Grant(Role.ORGANIZER, "hq"),), language="en")


def refused(draft: Draft, path: str, status: int, problem: str, body: Any = None, caller: Caller = ORGANIZER) -> Any:
    answer = draft.ask("POST", f"/editions/{draft.id}{path}", caller, json=body or {})
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}"), answer.text
    return answer.json()


def test_a_blocking_conflict_forbids_a_release_and_is_named(draft: Draft) -> None:
    draft.place("talk", "09:15", "hall")
    problem = refused(draft, "/releases", 409, "conflicts-block")
    assert problem["count"] == 1
    (conflict,) = problem["conflicts"]
    assert conflict["message"]["en"] == "“opening” and “talk” are both in hall for 15 min."
    assert [each["key"] for each in draft.get("/releases/next")["blocking"]] == [conflict["key"]]
    draft.post("/conflicts/accepted", {"key": conflict["key"], "reason": "The hall is parted."}, 201)
    draft.post("/releases", {}, 201)


def test_what_has_changed_since_it_was_looked_at_is_not_released(draft: Draft) -> None:
    seen = draft.get("/releases/next")
    draft.place("talk", "11:00", "hall")
    refused(draft, "/releases", 409, "programme-changed", {"fingerprint": seen["fingerprint"]})
    draft.post("/releases", {"fingerprint": draft.get("/releases/next")["fingerprint"]}, 201)


def test_an_edition_without_dates_is_not_released(draft: Draft) -> None:
    draft.change(Edition, draft.id, starts_on=None, ends_on=None)
    refused(draft, "/releases", 409, "dates-missing")
    assert draft.ask("GET", f"/editions/{draft.id}/releases").json() == []


def test_an_empty_programme_is_nothing_to_release(draft: Draft) -> None:
    for id_ in draft.sessions.values():
        draft.change(ProgrammeSession, id_, status="draft")
    refused(draft, "/releases", 409, "nothing-to-release")


def test_a_release_needs_somebody_elses_approval_where_the_edition_asks_for_it(draft: Draft) -> None:
    draft.change(Edition, draft.id, requires_approval=True)
    refused(draft, "/releases", 409, "release-not-approved")
    seen = draft.get("/releases/next")
    assert (seen["requires_approval"], seen["approvals"], seen["number"]) == (True, [], 1)
    body = {"fingerprint": seen["fingerprint"], "note": "Seen."}
    refused(draft, "/releases/approvals", 409, "own-approval", body)
    approved = draft.post("/releases/approvals", body, 201, SECOND)
    assert approved["approved_by"] == "second"
    refused(draft, "/releases", 409, "release-not-approved", caller=SECOND)
    draft.post("/releases", {}, 201)
    draft.place("talk", "11:00", "east")
    refused(draft, "/releases", 409, "release-not-approved")
    refused(draft, "/releases/approvals", 409, "programme-changed", body, SECOND)


def test_a_change_after_the_approval_needs_another(draft: Draft) -> None:
    draft.change(Edition, draft.id, requires_approval=True)
    body = {"fingerprint": draft.get("/releases/next")["fingerprint"]}
    draft.post("/releases/approvals", body, 201, SECOND)
    draft.change(ProgrammeSession, draft.sessions["talk"], title=same("Ice"))
    refused(draft, "/releases", 409, "release-not-approved")


@pytest.mark.parametrize(("caller", "status"), [(SCHEDULER, 404), (STRANGER, 404), (MEMBER, 404)])
def test_releases_are_made_by_organizers(draft: Draft, caller: Caller, status: int) -> None:
    expected = 403 if caller is SCHEDULER else status
    assert draft.ask("POST", f"/editions/{draft.id}/releases", caller, json={}).status_code == expected
    draft.post("/releases", {}, 201)
    for path in ("/releases", "/releases/1/rollback"):
        assert draft.ask("POST", f"/editions/{draft.id}{path}", caller, json={}).status_code == 403
    for path in ("/releases/next", "/releases/1/affected.json", "/previews"):
        shown = draft.ask("GET", f"/editions/{draft.id}{path}", caller).status_code
        assert shown == (200 if caller is SCHEDULER else 403)
    assert draft.ask("POST", f"/editions/{draft.id}/releases", None, json={}).status_code == 401


def told(draft: Draft) -> dict[str, list[tuple[str, str, tuple[str, ...]]]]:
    """Return (status, audience, its accounts) of everything told of each session."""
    names = {f"session-{id_}": name for name, id_ in draft.sessions.items()}
    found: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for fact in draft.facts(EventsDateSet, EventsDateCancelled):
        assert isinstance(fact, EventsDateSet | EventsDateCancelled)
        if name := names.get(fact.entry_id):
            entry = fact.entry
            found.setdefault(name, []).append((entry.status, entry.audience.kind, entry.audience.account_ids))
    return found


def test_what_is_not_for_everybody_is_told_to_those_it_is_for(draft: Draft) -> None:
    draft.change(ProgrammeSession, draft.sessions["opening"], openness="members")
    draft.change(ProgrammeSession, draft.sessions["talk"], openness="staff")
    draft.change(ProgrammeSession, draft.sessions["panel"], openness="invited")
    draft.change(Person, draft.people["wang"], account_id="account-wang")
    draft.post("/releases", {}, 201)
    assert told(draft) == {
        "opening": [("confirmed", "members", ())],
        "talk": [("confirmed", "officers", ())],
        "panel": [("confirmed", "accounts", ("account-wang",))],
    }

    def seen(caller: Caller | None) -> set[str]:
        names = {id_: name for name, id_ in draft.sessions.items()}
        rows = draft.get("/releases/1/sessions", caller)
        assert {row["session_id"] for row in rows} == {
            c["session_id"] for c in draft.get("/releases/1/diff", caller)["changes"]
        }
        return {names[row["session_id"]] for row in rows}

    member = Caller("m", memberships=frozenset({"society"}))
    assert (seen(None), seen(member), seen(ORGANIZER)) == (set(), {"opening"}, {"opening", "talk", "panel"})


def test_what_is_under_an_embargo_is_told_when_it_ends(draft: Draft) -> None:
    until = draft.clock.now + timedelta(days=2)
    draft.change(ProgrammeSession, draft.sessions["talk"], embargo_until=until)
    draft.post("/releases", {}, 201)
    assert set(told(draft)) == {"opening", "panel"}
    assert len(draft.get("/releases/1/sessions", None)) == 2
    draft.runtime.worker.run_due()
    views = len(draft.facts(EventsViewChanged))
    draft.clock.now = until + timedelta(seconds=1)
    draft.runtime.worker.run_due()
    assert told(draft)["talk"] == [("confirmed", "public", ())]
    assert len(draft.facts(EventsViewChanged)) == views + 1
    assert len(draft.get("/releases/1/sessions", None)) == 3


def test_what_comes_under_an_embargo_is_shown_to_nobody_any_more(draft: Draft) -> None:
    draft.post("/releases", {}, 201)
    draft.change(ProgrammeSession, draft.sessions["talk"], embargo_until=draft.clock.now + timedelta(days=2))
    draft.post("/releases", {}, 201)
    assert told(draft)["talk"] == [("confirmed", "public", ()), ("confirmed", "accounts", ())]


def test_a_diff_tells_fields_and_a_sentence(draft: Draft) -> None:
    draft.post("/releases", {}, 201)
    draft.place("talk", "11:00", "east")
    draft.change(ProgrammeSession, draft.sessions["panel"], title=Text("圆桌", "Round table"))
    ahead = draft.get("/releases/next")
    draft.post("/releases", {}, 201)
    diff = draft.get("/releases/2/diff", None)
    assert (diff["from_number"], diff["to_number"]) == (1, 2)
    assert diff["counts"] == {"added": 0, "moved": 1, "cancelled": 0, "changed": 1}
    assert (diff["changes"], diff["counts"]) == (ahead["changes"], ahead["counts"])
    panel, talk = diff["changes"]
    assert talk["fields"] == {"start_local": {"old": "2026-11-23T09:00:00", "new": "2026-11-23T11:00:00"}}
    assert talk["message"]["en"] == (
        "“talk” moved from Mon 23 Nov 09:00–09:30 to Mon 23 Nov 11:00–11:30 (east, Conference Centre)."
    )
    assert panel["message"] == {"zh": "“panel”更名为“圆桌”。", "en": "“panel” is now called “Round table”."}
    whole = draft.get("/releases/2/diff?from=0", None)
    assert whole["counts"]["added"] == 3
    back = draft.get("/releases/1/diff?from=2", None)
    assert {change["fields"].get("title", {}).get("new", {}).get("en") for change in back["changes"]} == {"panel", None}
    assert draft.ask("GET", f"/editions/{draft.id}/releases/2/diff?from=9", None).status_code == 404


def test_the_people_affected_are_listed_with_their_contacts(draft: Draft) -> None:
    draft.post("/releases", {}, 201)
    draft.place("talk", "11:00", "east")
    with draft.db.transaction() as tx:
        for part in tx.query(SessionPerson).filter_by(person_id=draft.people["wang"]):
            tx.delete(part)
    draft.change(ProgrammeSession, draft.sessions["panel"], abstract=same("More."))
    draft.post("/releases", {}, 201)
    listed = [
        (row["name"]["en"], row["email"], row["kind"], row["old"]["en"], row["new"]["en"])
        for row in draft.get("/releases/2/affected.json", SCHEDULER)
    ]
    was, now = "Mon 23 Nov 09:00–09:30, {}, Conference Centre", "Mon 23 Nov 11:00–11:30, east, Conference Centre"
    assert listed == [
        ("wang", "wang@example.org", "changed", was.format("west"), ""),
        ("li", "li@example.org", "moved", was.format("east"), now),
    ]
    answer = draft.ask("GET", f"/editions/{draft.id}/releases/2/affected.xlsx")
    heads, *rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert heads == [
        "Name (Chinese)",
        "Name (English)",
        "Role",
        "E-mail",
        "Phone",
        "Session",
        "Change",
        "Before",
        "Now",
    ]
    assert rows[1] == ["li", "li", "speaker", "li@example.org", "", "talk", "moved", was.format("east"), now]


def preview(draft: Draft, token: str, at: datetime) -> list[tuple[str, int, int]]:
    names = {id_: name for name, id_ in draft.sessions.items()}
    with draft.db.reading() as tx:
        return [(names[each.session_id], each.since, each.sequence) for each in get_preview(tx, token, at).programme]


def test_a_preview_shows_the_draft_until_it_expires(draft: Draft) -> None:
    draft.post("/releases", {}, 201)
    draft.place("talk", "11:00", "east")
    answer = draft.ask("POST", f"/editions/{draft.id}/previews", SCHEDULER, json={"hours": 2})
    made = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    assert made["path"] == f"/events/preview/{made['token']}"
    now = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
    assert sorted(preview(draft, made["token"], now)) == [("opening", 1, 0), ("panel", 1, 0), ("talk", 2, 1)]
    with pytest.raises(PreviewEnded):
        preview(draft, made["token"], now + timedelta(hours=2))
    with pytest.raises(NotFound):
        preview(draft, made["token"] + "x", now)
    (listed,) = draft.get("/previews")
    assert "token" not in listed
    assert made["token"] not in str(draft.deeds(draft.id))
    assert draft.ask("DELETE", f"/editions/{draft.id}/previews/{listed['id']}").status_code == 204
    with pytest.raises(PreviewEnded):
        preview(draft, made["token"], now)
    assert draft.get("/previews") == []


def test_a_preview_is_what_the_next_release_shows(draft: Draft) -> None:
    made = draft.post("/previews", {}, 201)
    with draft.db.reading() as tx:
        before = {each.session_id: each.content for each in get_preview(tx, made["token"], draft.clock.now).programme}
    draft.post("/releases", {}, 201)
    with draft.db.reading() as tx:
        after = {each.session_id: each.content for each in get_preview(tx, made["token"], draft.clock.now).programme}
    assert before == after
    assert len(before) == 3


def test_the_draft_stays_out_of_what_is_public(draft: Draft) -> None:
    draft.post("/releases", {}, 201)
    draft.place("talk", "11:00", "east")
    assert {row["content"]["start_local"] for row in draft.get("/releases/1/sessions", None)} == {"2026-11-23T09:00:00"}
    told = [fact.part for fact in draft.facts(DraftChanged)[-2:] if isinstance(fact, DraftChanged)]
    assert told == ["release", "placement"]
    assert draft.ask("GET", f"/editions/{draft.id}/schedule", None).status_code == 401
