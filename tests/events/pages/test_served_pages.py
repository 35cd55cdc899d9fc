"""What a reader's browser is answered: what is public and nothing else, kept while it is true and never after."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from services.events.programme.models import ProgrammeSession
from shared.jobs import enqueue
from shared.messages.events import EventsViewChanged
from tests.events.pages.conftest import HOME, Site

DAY = "?day=2026-11-23"


def queries(site: Site, path: str) -> list[str]:
    """Return the statements that answering a page needs."""
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(site.draft.db._reader, "before_cursor_execute", note)
    site.ask(path)
    event.remove(site.draft.db._reader, "before_cursor_execute", note)
    return seen


def test_nothing_is_shown_before_it_is_released(site: Site) -> None:
    paths = ("", DAY, "/changes", "/changes/1", f"/sessions/{site.draft.sessions['talk']}", "?view=now", "?q=talk")
    assert {path: site.ask(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_a_release_is_shown_in_both_languages_until_the_next(site: Site) -> None:
    site.release()
    assert site.titles() == ["talk", "opening", "panel"]
    assert site.titles("/zh/events/forum/forum-2026") == ["talk", "opening", "panel"]
    site.draft.place("talk", "14:00", "east")
    assert "14:00" not in site.text()
    site.release()
    assert "14:00" in site.text()


def test_a_page_says_who_may_keep_it_and_what_calls_it_back(site: Site) -> None:
    site.release()
    series = site.draft.get("")["series_id"]
    tags = f"edition:{site.draft.id} series:{series}"
    session = f"/sessions/{site.draft.sessions['talk']}"
    told = {path: (answer.headers["cache-control"], answer.headers.get("cache-tag")) for path in (DAY, session, "?view=now", "?q=x", "?star=a")
            if (answer := site.ask(path))}  # fmt: skip
    assert told == {
        DAY: ("public, max-age=60", tags),
        session: ("public, max-age=60", tags),
        "?view=now": ("public, max-age=30", None),
        "?q=x": ("public, max-age=30", None),
        "?star=a": ("private, no-store", None),
    }
    assert site.ask("/en/events").headers["cache-tag"] == "events"
    assert site.ask("/en/events/forum").headers["cache-tag"] == f"series:{series}"


def test_the_same_state_gives_the_same_bytes(site: Site) -> None:
    site.release()
    paths = (
        "",
        DAY,
        "?view=room",
        "?view=track",
        "?view=person",
        "?view=about",
        "/changes",
        f"/sessions/{site.draft.sessions['panel']}",
        "/en/events",
        "/en/events/forum",
    )
    first = {path: (site.ask(path).content, site.ask(path).headers["etag"]) for path in paths}
    again = Site(site.draft)  # nothing kept: as after a restart
    assert {path: (again.ask(path).content, again.ask(path).headers["etag"]) for path in paths} == first


def test_a_reader_who_holds_a_page_gets_304_until_it_changes(site: Site) -> None:
    site.release()
    etag = site.ask(DAY).headers["etag"]
    held = site.ask(DAY, if_none_match=etag)
    assert (held.status_code, held.content, held.headers["etag"]) == (304, b"", etag)
    site.draft.place("talk", "14:00", "east")
    site.release()
    assert site.ask(DAY, if_none_match=etag).status_code == 200


def test_head_tells_what_get_would(site: Site) -> None:
    site.release()
    get, head = site.ask(DAY), site.ask(DAY, "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in ("etag", "content-length", "cache-tag")} == {
        name: get.headers[name] for name in ("etag", "content-length", "cache-tag")
    }


def test_a_page_that_is_kept_needs_no_query_until_something_is_committed_and_one_then(site: Site) -> None:
    site.release()
    site.ask(DAY)
    asked = [queries(site, DAY)]
    with site.draft.db.transaction() as tx:
        enqueue(tx, "nothing", "x", due_at=datetime(2030, 1, 1, tzinfo=UTC))
    asked.append(queries(site, DAY))
    asked.append(queries(site, DAY))
    tables = [[each.split("FROM ")[1].split()[0] for each in statements if "FROM " in each] for statements in asked]
    known = site.draft.db.changes is not None  # where other processes write too, one query each time must tell
    assert tables == ([[], ["outbox"], []] if known else [["outbox"]] * 3)


def test_what_is_answered_at_once_is_what_the_routes_answer(site: Site) -> None:
    site.release()
    slow = site.ask(DAY)
    fast = site.ask(DAY)
    assert (fast.content, sorted(fast.headers.items())) == (slow.content, sorted(slow.headers.items()))
    held = [
        site.ask(DAY, if_none_match=value)
        for value in (slow.headers["etag"], f'"x", W/{slow.headers["etag"]}', "*", '"x"')
    ]
    assert [(each.status_code, len(each.content) > 0) for each in held] == [(304, False)] * 3 + [(200, True)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda site: site.change(name={"zh": "新名", "en": "A new name"}), "A new name"),
        (lambda site: site.step("postpone", note={"zh": "", "en": "A typhoon"}), "A typhoon"),
        (lambda site: site.step("cancel"), "This event is cancelled"),
    ],
    ids=["renamed", "postponed", "cancelled"],
)
def test_a_page_is_never_older_than_what_was_said_to_have_changed(site: Site, change: Any, words: str) -> None:
    site.release()
    own, lists = ("", DAY, "?view=room", "?view=about", "/changes"), ("/zh/events", "/zh/events/forum")
    before = {path: site.ask(path).headers["etag"] for path in own + lists}
    change(site)
    assert [path for path in before if site.ask(path).headers["etag"] == before[path]] == []
    assert [path for path in own if words not in site.text(path)] == []


def test_what_happens_to_another_edition_leaves_the_bytes_alone(site: Site) -> None:
    site.release()
    before = site.ask(DAY)
    site.draft.ask("POST", "/series", json={"slug": "other", "name": {"zh": "别的"}, "kind": "forum", "owner_id": "hq"})
    after = site.ask(DAY)
    assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])


def test_postponing_and_calling_off_are_said_on_every_page_and_in_its_data(site: Site) -> None:
    site.release()
    site.step("postpone", note={"zh": "因台风", "en": "Because of a typhoon"})
    session = f"/sessions/{site.draft.sessions['talk']}"
    assert "Postponed" in site.text("/en/events/forum")
    assert "This event is postponed" in site.text(session)
    assert "https://schema.org/EventPostponed" in site.ask("").text
    assert "https://schema.org/EventPostponed" in site.ask(session).text


def test_a_moved_session_tells_what_it_was_and_what_it_is(site: Site) -> None:
    site.release()
    session = f"/sessions/{site.draft.sessions['talk']}"
    assert "Time or place changed" not in site.text(session)
    site.draft.place("talk", "14:00", "west")
    site.release()
    assert "Was: Mon 23 Nov 09:00–09:30, east, Conference Centre" in site.text(session)
    assert "Is now: Mon 23 Nov 14:00–14:30, west, Conference Centre" in site.text(session)
    assert "Last changed in release 2." in site.text(session)
    assert site.tree(DAY).xpath("string(//li[contains(@class,'k')][.//span[@class='badge moved']]//h3/a)") == "talk"


def test_a_cancelled_session_stays_and_a_withdrawn_one_is_gone(site: Site) -> None:
    site.release()
    site.draft.change(ProgrammeSession, site.draft.sessions["talk"], status="cancelled")
    site.draft.change(ProgrammeSession, site.draft.sessions["panel"], status="draft")
    site.release()
    assert site.titles() == ["talk", "opening"]
    assert "This session is cancelled" in site.text(f"/sessions/{site.draft.sessions['talk']}")
    assert site.ask(f"/sessions/{site.draft.sessions['panel']}").status_code == 410


def test_only_what_is_open_to_everybody_is_shown(site: Site) -> None:
    for name, openness in (("talk", "members"), ("panel", "invited")):
        site.draft.change(ProgrammeSession, site.draft.sessions[name], openness=openness)
    site.release()
    hidden = [f"/sessions/{site.draft.sessions[name]}" for name in ("talk", "panel")]
    assert site.titles() == ["opening"]
    assert [site.ask(path).status_code for path in hidden] == [404, 404]
    assert [
        site.titles(view) for view in ("?q=talk", "?view=room", f"?view=mine&star={site.draft.sessions['talk']}")
    ] == [[], ["opening"], []]
    assert site.tree("?view=person").xpath("//section[@class='letter']") == []
    site.draft.place("talk", "14:00", "east")
    site.release()
    assert "talk" not in site.text("/changes")


def test_an_embargo_ends_on_the_pages_when_its_job_is_done(site: Site) -> None:
    until = datetime(2026, 11, 2, tzinfo=UTC)
    site.draft.change(ProgrammeSession, site.draft.sessions["talk"], embargo_until=until)
    site.release()
    assert site.titles() == ["opening", "panel"]
    site.draft.clock.now = until
    site.settle()
    assert site.titles() == ["talk", "opening", "panel"]


def test_the_day_that_opens_turns_at_midnight_where_the_edition_is_held(site: Site) -> None:
    site.draft.add_session("late")
    site.draft.place("late", "2026-11-24T09:00", "hall")
    site.release()
    opened = []
    for now in ("2026-11-23T15:59", "2026-11-23T16:01", "2026-11-25T16:01"):
        site.draft.clock.now = datetime.fromisoformat(now).replace(tzinfo=UTC)
        before = site.draft.facts(EventsViewChanged)
        site.settle()
        said = [fact.subject() for fact in site.draft.facts(EventsViewChanged)[len(before) :]]
        opened.append((site.titles(), said))
    edition = f"edition:{site.draft.id}"
    everything = ["talk", "opening", "panel"]
    assert opened == [(everything, [edition]), (["late"], [edition]), (everything, [edition])]


def test_what_is_over_is_past_on_the_lists(site: Site) -> None:
    site.release()
    headings = {}
    for day in ("2026-11-20", "2026-11-24", "2026-11-27"):
        site.draft.clock.now = datetime.fromisoformat(f"{day}T02:00").replace(tzinfo=UTC)
        headings[day] = [site.tree(path).xpath("string(//h2)") for path in ("/en/events", "/en/events/forum")]
    assert headings == {
        "2026-11-20": ["Coming up", "Coming up"], "2026-11-24": ["On now", "Coming up"], "2026-11-27": ["Recently held", "Past editions"],
    }  # fmt: skip


def test_a_former_address_leads_to_the_present_one_for_good(site: Site) -> None:
    site.release()
    site.change(slug="forum-first")
    session = f"/sessions/{site.draft.sessions['talk']}"
    moved = {path: site.ask(path) for path in ("", f"{DAY}&utm=x", session, "/changes", "?view=now")}
    assert {path: (answer.status_code, answer.headers["location"]) for path, answer in moved.items()} == {
        "": (301, "/en/events/forum/forum-first"),
        f"{DAY}&utm=x": (301, f"/en/events/forum/forum-first{DAY}&utm=x"),
        session: (301, f"/en/events/forum/forum-first{session}"),
        "/changes": (301, "/en/events/forum/forum-first/changes"),
        "?view=now": (301, "/en/events/forum/forum-first?view=now"),
    }
    assert site.ask("/en/events/wrong-series/forum-first").headers["location"] == "/en/events/forum/forum-first"


@pytest.mark.parametrize(
    "path",
    ["?view=nonsense", "?day=2026-13-01", "?day=2026-12-01", "?day=x", f"{DAY}&part=2", "?view=room&room=x", "?view=track&track=x",
     "?view=person&person=x", "?view=person&letter=X", "/changes/9", "/changes/1?part=2", "/sessions/x",
     "/en/events/nothing", "/en/events/forum/nothing", "/en/events/preview/x"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(site: Site, path: str) -> None:
    site.release()
    assert site.ask(path).status_code == 404


def test_what_messengers_add_to_a_link_changes_nothing(site: Site) -> None:
    site.release()
    plain, shared = site.ask(DAY), site.ask(f"{DAY}&from=singlemessage&isappinstalled=0")
    assert (shared.status_code, shared.headers["etag"]) == (200, plain.headers["etag"])


def test_a_preview_shows_the_draft_to_whoever_has_the_link_until_it_ends(site: Site) -> None:
    site.draft.change(ProgrammeSession, site.draft.sessions["talk"], openness="members")
    path = site.draft.post("/previews", {"hours": 2}, 201)["path"]
    page = site.ask(f"/en{path}")
    assert (page.headers["cache-control"], '<meta name="robots" content="noindex">' in page.text) == (
        "private, no-store",
        True,
    )
    assert site.titles(f"/en{path}") == ["talk", "opening", "panel"]
    assert "Preview of a draft" in site.text(f"/en{path}/sessions/{site.draft.sessions['talk']}")
    links = {link for link in site.tree(f"/en{path}").xpath(".//a/@href") if "preview" not in link}
    assert links == {"/en/events", "/en/events/forum"}
    site.draft.clock.now = datetime(2026, 11, 2, tzinfo=UTC)
    assert site.ask(f"/en{path}").status_code == 410


def test_choosing_sessions_leads_to_a_page_and_a_calendar_of_them(site: Site) -> None:
    site.release()
    boxes = site.tree(DAY).xpath("//input[@name='star'][@form='stars']/@value")
    form = site.tree(DAY).xpath("//form[@id='stars']")[0]
    assert (form.get("action"), form.xpath("input/@value")) == (HOME, ["mine"])
    chosen = f"?view=mine&star={boxes[0]}&star={boxes[2]}"
    assert site.titles(chosen) == ["talk", "panel"]
    links = site.tree(chosen).xpath("//p[@class='actions']/a/@href")
    assert links[3] == f"/calendars/editions/forum-2026.ics?entry=session-{boxes[0]},session-{boxes[2]}"
    assert site.tree(chosen).xpath("//li//input[@name='star'][@checked]/@value") == [boxes[0], boxes[2]]
    assert "2 sessions overlap" not in site.text(chosen)
    assert "1 session overlaps with another" in site.text(chosen)


def test_a_forum_under_an_umbrella_stands_on_both_pages(site: Site) -> None:
    site.release()
    series = site.draft.get("")["series_id"]
    body = {"slug": "summit", "series_id": series, "name": {"zh": "峰会", "en": "The Summit"}, "zone": "Asia/Shanghai", "starts_on": "2026-11-20", "ends_on": "2026-11-26"}  # fmt: skip
    summit = site.draft.ask("POST", "/editions", json=body).json()
    site.draft.ask("POST", f"/editions/{summit['id']}/publish", version=summit["version"])
    edition = site.draft.get("")
    answer = site.draft.ask("POST", f"/editions/{site.draft.id}/umbrellas", json={"edition_id": summit["id"]}, version=edition["version"])  # fmt: skip
    assert answer.status_code == 200, answer.text
    assert "First Forum" in site.text("/en/events/forum/summit")
    assert "The Summit" in site.text("?view=about")
    listed = site.tree("/en/events").xpath("//h3/a/@href")
    assert listed == ["/en/events/forum/summit"]
