"""From draft to public: what is frozen, what calendars are told, and how sequences rise."""

from typing import Any

from services.events.programme.models import ProgrammeSession
from services.events.releases.queries import released_programme
from shared.message import Fact
from shared.messages.dates import DateEntry
from shared.messages.events import (
    EditionPublished,
    EventsDateCancelled,
    EventsDateSet,
    EventsViewChanged,
    SessionCancelled,
    SessionReleased,
    SessionRelocated,
    SessionRescheduled,
)
from shared.text import Text, same
from tests.events.draft import ORGANIZER, Draft


def release(draft: Draft, **said: Any) -> dict[str, Any]:
    made: dict[str, Any] = draft.post("/releases", said, 201)
    return made


def entries(draft: Draft) -> dict[str, DateEntry]:
    """Return how every session's entry stands, by name."""
    names = {f"session-{id_}": name for name, id_ in draft.sessions.items()}
    told = [
        fact
        for fact in draft.facts(EventsDateSet, EventsDateCancelled)
        if isinstance(fact, EventsDateSet | EventsDateCancelled)
    ]
    return {names[fact.entry_id]: fact.entry for fact in told if fact.entry_id in names}


def numbers(draft: Draft) -> dict[str, tuple[int, int, str]]:
    """Return (sequence, version, status) of every session's entry."""
    return {name: (entry.sequence, entry.version, entry.status) for name, entry in entries(draft).items()}


def news(draft: Draft, *kinds: type[Fact], since: int = 0) -> list[str]:
    return [type(fact).__name__ for fact in draft.facts(*kinds)[since:]]


SESSION_FACTS = (SessionReleased, SessionRescheduled, SessionRelocated, SessionCancelled)


def test_a_first_release_publishes_the_edition_and_tells_every_session(draft: Draft) -> None:
    made = release(draft, name={"zh": "第一版", "en": "First"}, note={"zh": "", "en": "At last."})
    assert {name: made[name] for name in ("number", "kind", "name", "note", "of_number", "counts")} == {
        "number": 1,
        "kind": "release",
        "name": {"zh": "第一版", "en": "First"},
        "note": {"zh": "", "en": "At last."},
        "of_number": None,
        "counts": {"added": 3, "moved": 0, "cancelled": 0, "changed": 0},
    }
    assert len(draft.facts(EditionPublished)) == 1
    assert numbers(draft) == dict.fromkeys(("opening", "talk", "panel"), (0, 1, "confirmed"))
    assert news(draft, *SESSION_FACTS) == ["SessionReleased"] * 3
    assert draft.ask("GET", f"/editions/{draft.id}/releases", None).json() == [made]


def test_an_entry_tells_a_session_whole_and_names_nobody(draft: Draft) -> None:
    draft.change(
        ProgrammeSession, draft.sessions["talk"], title=Text("报告", "Talk"), abstract=same("<p>On <b>ice</b>.</p>")
    )
    release(draft)
    entry = entries(draft)["talk"]
    assert entry.entry_id == f"session-{draft.sessions['talk']}"
    assert (entry.title, entry.description, entry.place) == (
        Text("报告", "Talk"), same("On ice."), Text("会议中心 east", "east, Conference Centre"),
    )  # fmt: skip
    assert (str(entry.start_local), str(entry.end_local), entry.zone) == (
        "2026-11-23 09:00:00", "2026-11-23 09:30:00", "Asia/Shanghai",
    )  # fmt: skip
    assert entry.link == f"/events/forum/forum-2026/sessions/{draft.sessions['talk']}"
    assert [topic.key.split(":")[0] for topic in entry.topics] == ["edition", "series", "organisation", "kind"]
    assert (entry.kind, entry.topics[-1].key, entry.audience.kind) == ("session", "kind:session", "public")
    assert "li" not in entry.model_dump_json().replace("public", "").replace("link", "").replace("talk", "").split('"')


def test_of_one_moved_session_that_entry_alone_changes(draft: Draft) -> None:
    release(draft)
    before = entries(draft)
    facts = len(draft.facts(EventsDateSet, EventsDateCancelled))
    draft.place("talk", "11:00", "east")
    assert entries(draft) == before  # a draft tells calendars nothing
    assert release(draft)["counts"] == {"added": 0, "moved": 1, "cancelled": 0, "changed": 0}
    assert len(draft.facts(EventsDateSet, EventsDateCancelled)) == facts + 1
    after = entries(draft)
    assert numbers(draft) == {"opening": (0, 1, "confirmed"), "talk": (1, 2, "confirmed"), "panel": (0, 1, "confirmed")}
    assert (after["talk"].entry_id, after["talk"].created_at) == (before["talk"].entry_id, before["talk"].created_at)
    assert after["talk"].changed_at > before["talk"].changed_at
    (moved,) = draft.facts(SessionRescheduled)
    assert isinstance(moved, SessionRescheduled)
    assert (str(moved.old_start_local), str(moved.start_local), moved.release, moved.sequence) == (
        "2026-11-23 09:00:00", "2026-11-23 11:00:00", 2, 1,
    )  # fmt: skip


def test_another_room_is_told_as_such(draft: Draft) -> None:
    release(draft)
    draft.place("opening", "14:00", "hall")
    draft.place("talk", "09:00", "hall")
    release(draft)
    (moved,) = draft.facts(SessionRelocated)
    assert isinstance(moved, SessionRelocated)
    assert (moved.old_place.en, moved.place.en) == ("east, Conference Centre", "hall, Conference Centre")
    assert news(draft, SessionRescheduled) == ["SessionRescheduled"]


def test_another_text_raises_the_version_and_not_the_sequence(draft: Draft) -> None:
    release(draft)
    draft.change(ProgrammeSession, draft.sessions["talk"], abstract=same("Now with ice."))
    assert release(draft)["counts"]["changed"] == 1
    assert numbers(draft)["talk"] == (0, 2, "confirmed")
    draft.change(ProgrammeSession, draft.sessions["talk"], title=same("Ice"))
    release(draft)
    assert numbers(draft)["talk"] == (1, 3, "confirmed")
    assert news(draft, *SESSION_FACTS, since=3) == ["SessionReleased"] * 2


def test_a_cancelled_session_leaves_a_tombstone_with_its_id(draft: Draft) -> None:
    release(draft)
    draft.change(ProgrammeSession, draft.sessions["talk"], status="cancelled")
    assert release(draft)["counts"]["cancelled"] == 1
    (fact,) = [f for f in draft.facts(EventsDateCancelled) if isinstance(f, EventsDateCancelled)]
    assert fact.entry_id == f"session-{draft.sessions['talk']}"
    assert numbers(draft)["talk"] == (1, 2, "cancelled")
    assert str(fact.entry.start_local) == "2026-11-23 09:00:00"
    assert news(draft, *SESSION_FACTS, since=3) == ["SessionCancelled"]
    shown = {each["session_id"]: each["content"]["state"] for each in draft.get("/releases/2/sessions")}
    assert shown[draft.sessions["talk"]] == "cancelled"
    assert draft.ask("POST", f"/editions/{draft.id}/releases", json={}).json()["type"] == "/problems/nothing-to-release"


def test_what_goes_back_into_the_tray_is_withdrawn_and_may_come_again(draft: Draft) -> None:
    release(draft)
    path = f"/sessions/{draft.sessions['talk']}/placement"
    draft.ask("DELETE", path, version=draft.version("talk"))
    assert release(draft)["counts"]["cancelled"] == 1
    assert numbers(draft)["talk"] == (1, 2, "cancelled")
    assert draft.sessions["talk"] not in [each["session_id"] for each in draft.get("/releases/2/sessions")]
    draft.place("talk", "09:00", "east")
    assert release(draft)["counts"]["added"] == 1
    assert numbers(draft)["talk"] == (2, 3, "confirmed")


def test_what_is_not_confirmed_or_never_was_public_is_not_told(draft: Draft) -> None:
    draft.change(ProgrammeSession, draft.sessions["talk"], status="draft")
    draft.change(ProgrammeSession, draft.sessions["panel"], status="cancelled")
    draft.add_session("later")
    release(draft)
    assert numbers(draft) == {"opening": (0, 1, "confirmed")}


def test_rolling_back_is_a_new_release_and_sequences_still_rise(draft: Draft) -> None:
    release(draft)
    draft.place("talk", "11:00", "east")
    draft.change(ProgrammeSession, draft.sessions["panel"], status="cancelled")
    draft.add_session("late")
    draft.place("late", "15:00", "hall")
    release(draft)
    back = draft.post("/releases/1/rollback", {"note": {"zh": "误发", "en": "By mistake"}}, 201)
    assert (back["number"], back["kind"], back["of_number"]) == (3, "rollback", 1)
    assert back["counts"] == {"added": 1, "moved": 1, "cancelled": 1, "changed": 0}
    assert numbers(draft) == {
        "opening": (0, 1, "confirmed"),
        "talk": (2, 3, "confirmed"),
        "panel": (2, 3, "confirmed"),
        "late": (1, 2, "cancelled"),
    }
    with draft.db.reading() as tx:
        first, third = (released_programme(tx, draft.id, number) for number in (1, 3))
    assert [(each.session_id, each.content) for each in third] == [(each.session_id, each.content) for each in first]
    assert draft.standing()["talk"][0] == "2026-11-23T11:00:00"  # the draft stays as it is
    again = draft.ask("POST", f"/editions/{draft.id}/releases/1/rollback", json={})
    assert again.json()["type"] == "/problems/nothing-to-release"


def test_a_release_of_the_past_is_shown_as_it_was(draft: Draft) -> None:
    release(draft)
    draft.place("talk", "11:00", "east")
    release(draft)

    def times(number: int) -> list[str]:
        return [each["content"]["start_local"][11:16] for each in draft.get(f"/releases/{number}/sessions")]

    assert (times(1), times(2)) == (["09:00"] * 3, ["09:00", "09:00", "11:00"])
    assert draft.ask("GET", f"/editions/{draft.id}/releases/3/sessions").status_code == 404


def test_postponing_keeps_every_entry_and_says_so(draft: Draft) -> None:
    release(draft)
    before = entries(draft)
    standing(draft, "postpone", {"note": {"zh": "因台风延期", "en": "A typhoon"}})
    after = entries(draft)
    assert numbers(draft) == dict.fromkeys(("opening", "talk", "panel"), (1, 2, "tentative"))
    assert {name: entry.entry_id for name, entry in after.items()} == {n: e.entry_id for n, e in before.items()}
    assert after["talk"].title == Text("【延期】talk", "Postponed: talk")
    assert after["talk"].start_local == before["talk"].start_local


def standing(draft: Draft, deed: str, body: dict[str, Any]) -> None:
    """Do a deed to the edition, and what is due because of it."""
    version = draft.get("")["version"]
    answer = draft.ask("POST", f"/editions/{draft.id}/{deed}", json=body, version=version)
    assert answer.status_code == 200, answer.text
    draft.runtime.worker.run_due()


def test_resumed_on_other_days_the_sessions_stay_in_doubt_until_released_anew(draft: Draft) -> None:
    release(draft)
    standing(draft, "postpone", {})
    standing(draft, "resume", {"starts_on": "2027-03-01", "ends_on": "2027-03-03"})
    assert numbers(draft)["talk"] == (2, 3, "tentative")
    for name, room in (("opening", "hall"), ("talk", "east"), ("panel", "west")):
        draft.place(name, "2027-03-01T09:00", room)
    release(draft)
    assert numbers(draft) == dict.fromkeys(("opening", "talk", "panel"), (3, 4, "confirmed"))


def test_resumed_on_the_same_days_everything_is_as_before(draft: Draft) -> None:
    release(draft)
    before = entries(draft)["talk"]
    standing(draft, "cancel", {})
    assert numbers(draft)["talk"] == (1, 2, "cancelled")
    assert draft.ask("POST", f"/editions/{draft.id}/releases", json={}).json()["type"] == "/problems/edition-over"
    standing(draft, "resume", {})
    after = entries(draft)["talk"]
    assert (after.sequence, after.status, after.title) == (2, "confirmed", before.title)


def test_a_new_name_of_the_edition_reaches_its_sessions(draft: Draft) -> None:
    release(draft)
    version = draft.get("")["version"]
    draft.ask("PATCH", f"/editions/{draft.id}", json={"slug": "forum-21"}, version=version)
    draft.runtime.worker.run_due()
    assert entries(draft)["talk"].link == f"/events/forum/forum-21/sessions/{draft.sessions['talk']}"
    assert numbers(draft)["talk"] == (0, 2, "confirmed")


def test_a_job_that_tells_again_says_nothing_new_twice(draft: Draft) -> None:
    release(draft)
    draft.runtime.worker.run_due()
    assert numbers(draft) == dict.fromkeys(("opening", "talk", "panel"), (0, 1, "confirmed"))


def test_pages_of_the_edition_and_its_series_are_out_of_date(draft: Draft) -> None:
    release(draft)
    last = draft.facts(EventsViewChanged)[-1]
    assert isinstance(last, EventsViewChanged)
    assert last.view == f"edition:{draft.id}"
    assert [tag.split(":")[0] for tag in last.tags] == ["events", "edition", "series"]


def test_closing_tells_the_figures_of_the_programme(draft: Draft) -> None:
    release(draft)
    standing(draft, "close", {})
    facts = {type(f).__name__: f for f in draft.facts(Fact)}
    assert facts["EditionClosed"].figures == {"sessions": 3, "people": 3, "rooms": 3}  # type: ignore[attr-defined]


def test_a_deed_is_recorded(draft: Draft) -> None:
    release(draft)
    assert [(actor, verb) for actor, verb, _ in draft.deeds(draft.id) if verb == "edition.released"] == [
        (ORGANIZER.account_id, "edition.released")
    ]
