"""Public feeds as subscribers read them: what stands in them, and every promise of their answers."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from huitang.rfc5545 import problems_of
from shared.messages.dates import Audience, Topic
from shared.text import Text
from tests.calendar.build import EDITION, SERIES, TRACK, bar, session, whole
from tests.calendar.rig import Rig, entries_of, make_rig, values_of


def test_every_feed_shows_what_it_is_named_for(rig: Rig) -> None:
    rig.open_organisation("hq")
    rig.open_organisation("physics", "hq")
    rig.tell_dates(session("s1"), whole("d1"))
    shown = {
        path: entries_of(rig.feed(path))
        for path in (
            "all.ics",
            "events.ics",
            "series/wyss.ics",
            "editions/wyss-2026.ics",
            "organisations/physics.ics",
            "organisations/hq.ics",
        )
    }
    assert shown == {
        "all.ics": ["d1", "s1"],
        "events.ics": ["d1", "s1"],
        "series/wyss.ics": ["s1"],
        "editions/wyss-2026.ics": ["s1"],
        "organisations/physics.ics": ["s1"],
        "organisations/hq.ics": ["s1"],
    }


def test_feeds_keep_the_rules_of_the_format(rig: Rig) -> None:
    rig.tell_dates(session("s1"), bar(), whole("d1", status="cancelled"))
    for query in ("", "?lang=zh", "?lang=en&bar=1", "?reminders=15m,1d&kind=session"):
        assert problems_of(rig.feed(f"all.ics{query}")) == []


@pytest.mark.parametrize("path", ["awards", "series/none", "editions/none", "organisations/none", "x/y", "none"])
def test_what_has_no_feed_is_not_found(rig: Rig, path: str) -> None:
    rig.tell_dates(session("s1"))
    answer = rig.get(f"/calendars/{path}.ics")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-feed")


def test_everything_is_a_feed_before_anything_was_told(rig: Rig) -> None:
    assert entries_of(rig.feed("all.ics")) == []


def test_the_language_is_asked_for_and_never_negotiated(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    names = {lang: values_of(rig.feed(f"series/wyss.ics{lang}"), "NAME") for lang in ("", "?lang=zh", "?lang=en")}
    assert names == {
        "": ["世界青年科学家峰会 / World Young Scientist Summit"],
        "?lang=zh": ["世界青年科学家峰会"],
        "?lang=en": ["World Young Scientist Summit"],
    }
    english = rig.get("/calendars/series/wyss.ics", headers={"Accept-Language": "en"})
    assert english.content == rig.feed("series/wyss.ics")


def test_filters_narrow_by_kind_and_track(rig: Rig) -> None:
    rig.tell_dates(session("s1", topics=(SERIES, TRACK)), session("s2"), whole("d1", topics=(SERIES,)))
    shown = {
        query: entries_of(rig.feed(f"series/wyss.ics{query}"))
        for query in ("?kind=session", "?kind=deadline,session", "?track=quantum", "?track=quantum&kind=deadline")
    }
    assert shown == {
        "?kind=session": ["s1", "s2"],
        "?kind=deadline,session": ["d1", "s1", "s2"],
        "?track=quantum": ["s1"],
        "?track=quantum&kind=deadline": [],
    }


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("?color=red", "invalid-input"),
        ("?lang=fr", "invalid-input"),
        ("?part=0", "invalid-input"),
        ("?part=99999999999999999999", "invalid-input"),
        ("?bar=yes", "invalid-input"),
        ("?kind=party", "unknown-filter"),
        ("?track=nothing", "unknown-filter"),
        ("?reminders=soon", "unknown-reminder"),
    ],
)
def test_unknown_filters_and_values_are_refused(rig: Rig, query: str, problem: str) -> None:
    rig.tell_dates(session("s1"))
    answer = rig.get(f"/calendars/all.ics{query}")
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")


def test_what_a_topic_shows_by_itself_is_what_it_shows_when_no_bar_is_asked_for(rig: Rig) -> None:
    hidden = session("hidden", audience=Audience(kind="members"))
    rig.tell_dates(session("s1"), bar(), hidden, whole("d1"), whole("old", topics=(SERIES,), start_on=date(2026, 1, 1)))
    for path in ("series/wyss.ics", "editions/wyss-2026.ics"):
        assert entries_of(rig.feed(path)) == entries_of(rig.feed(f"{path}?bar=0")) != []


def test_a_conference_is_a_bar_until_its_sessions_stand_in_its_place(rig: Rig) -> None:
    rig.tell_dates(bar())
    before = entries_of(rig.feed("series/wyss.ics"))
    rig.tell_dates(session("s1"))
    after = [entries_of(rig.feed(f"series/wyss.ics{query}")) for query in ("", "?bar=1", "?kind=edition")]
    assert (before, after) == (["edition"], [["s1"], ["edition", "s1"], ["edition"]])


def test_the_sessions_of_a_forum_stand_for_its_umbrella_but_for_no_other_forum(rig: Rig) -> None:
    umbrella = Topic(key="edition:u", slug="umbrella", title=Text("年会", "Annual meeting"))
    other = Topic(key="edition:o", slug="other", title=Text("分论坛", "Forum"))
    rig.tell_dates(
        bar(topics=(EDITION, umbrella)),
        whole("other", kind="edition", bar=True, topics=(other, umbrella)),
        whole("umbrella", kind="edition", bar=True, topics=(umbrella,)),
        session("s1", topics=(EDITION, umbrella)),
    )
    assert entries_of(rig.feed("editions/umbrella.ics")) == ["other", "s1"]


def test_reminders_are_put_into_what_takes_place(rig: Rig) -> None:
    rig.tell_dates(session("s1"), session("s2", status="cancelled"))
    assert values_of(rig.feed("all.ics?reminders=1d,15m"), "TRIGGER") == ["-PT15M", "-PT1440M"]


def test_only_what_is_public_stands_in_a_public_feed_and_leaves_when_it_is_no_more(rig: Rig) -> None:
    rig.tell_dates(session("s1"), session("s2", audience=Audience(kind="members"), topics=(TRACK,)))
    first = rig.get("/calendars/all.ics")
    rig.clock.turn(hours=1)
    changed = {"audience": Audience(kind="members"), "version": 2, "changed_at": rig.clock()}
    rig.tell_dates(session("s1", **changed))
    second = rig.get("/calendars/all.ics")
    assert (entries_of(first.content), entries_of(second.content)) == (["s1"], [])
    assert first.headers["last-modified"] < second.headers["last-modified"]
    assert rig.get("/calendars/all.ics?track=quantum").status_code == 422


def test_an_answer_says_how_long_it_holds_and_what_calls_it_back(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    answer = rig.get("/calendars/series/wyss.ics")
    told = {name: answer.headers[name] for name in ("content-type", "cache-control", "cache-tag", "last-modified")}
    assert told == {
        "content-type": "text/calendar; charset=utf-8",
        "cache-control": "public, max-age=60",
        "cache-tag": "calendar:series:s1",
        "last-modified": "Fri, 01 May 2026 08:00:00 GMT",
    }
    assert answer.headers["etag"].startswith('"')


def test_conditions_are_met_by_304_and_by_nothing_else(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    fresh = rig.get("/calendars/all.ics")
    tag, date_ = fresh.headers["etag"], fresh.headers["last-modified"]
    asked: list[tuple[dict[str, str], int]] = [
        ({"If-None-Match": tag}, 304),
        ({"If-None-Match": f'"other", W/{tag}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"', "If-Modified-Since": date_}, 200),
        ({"If-Modified-Since": date_}, 304),
        ({"If-Modified-Since": "Fri, 01 May 2026 07:59:59 GMT"}, 200),
    ]
    got = [(headers, rig.get("/calendars/all.ics", headers=headers)) for headers, _ in asked]
    assert [(headers, answer.status_code) for headers, answer in got] == asked
    assert all(answer.headers["etag"] == tag for _, answer in got)


def test_head_is_answered_like_get(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    get, head = (rig.ask(method, "/calendars/all.ics") for method in ("GET", "HEAD"))
    assert (head.status_code, head.headers) == (get.status_code, get.headers)


def test_a_change_changes_that_entry_alone_and_nothing_of_its_identity(rig: Rig) -> None:
    rig.tell_dates(session("s1"), session("s2"))
    before = rig.get("/calendars/all.ics")
    moved = session("s1", sequence=1, version=2, changed_at=rig.clock(), start_local=datetime(2026, 9, 25, 10))
    rig.tell_dates(moved)
    after = rig.get("/calendars/all.ics")
    assert sorted(entries_of(after.content)) == ["s1", "s2"]
    assert sorted(values_of(after.content, "SEQUENCE")) == ["0", "1"]
    assert before.headers["etag"] != after.headers["etag"]
    assert after.headers["last-modified"] == "Tue, 01 Sep 2026 04:00:00 GMT"
    body = [content.split(b"BEGIN:VEVENT")[1:] for content in (before.content, after.content)]
    unchanged = [[each for each in part if b"UID:s2" in each] for part in body]
    assert unchanged[0][0].strip(b"END:VCALENDAR\r\n") == unchanged[1][0].strip(b"END:VCALENDAR\r\n")


def test_a_cancelled_date_says_so_for_ninety_days_and_then_is_left_out(rig: Rig) -> None:
    rig.tell_dates(session("s1", start_local=datetime(2027, 9, 25, 9), end_local=datetime(2027, 9, 25, 11)))
    off = {"status": "cancelled", "sequence": 1, "version": 2, "changed_at": rig.clock()}
    rig.tell_dates(session("s1", start_local=datetime(2027, 9, 25, 9), end_local=datetime(2027, 9, 25, 11), **off))
    said = values_of(rig.feed("all.ics"), "STATUS")
    rig.clock.turn(days=90)
    still = values_of(rig.feed("all.ics"), "STATUS")
    rig.clock.turn(days=1)
    answer = rig.get("/calendars/all.ics")
    assert (said, still, entries_of(answer.content)) == (["CANCELLED"], ["CANCELLED"], [])
    assert answer.headers["last-modified"] == "Mon, 30 Nov 2026 16:00:00 GMT"


def test_a_date_leaves_ninety_days_after_it_was_but_an_edition_keeps_all_of_its_own(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    edges = {}
    for days in (0, 114, 115):  # 25 September and 90 days more are 24 December
        rig.clock.now = datetime(2026, 9, 1, 4, tzinfo=UTC) + timedelta(days=days)
        answer = rig.get("/calendars/all.ics")
        edges[days] = entries_of(answer.content), answer.headers["last-modified"]
    assert edges == {
        0: (["s1"], "Fri, 01 May 2026 08:00:00 GMT"),
        114: (["s1"], "Fri, 01 May 2026 08:00:00 GMT"),
        115: ([], "Thu, 24 Dec 2026 16:00:00 GMT"),
    }
    assert entries_of(rig.feed("editions/wyss-2026.ics")) == ["s1"]


def test_the_day_calls_back_the_feeds_that_lose_an_entry(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    rig.tell_dates(whole("d1", start_on=date(2027, 1, 1), end_on=date(2027, 1, 1)))
    rig.clock.turn(days=1)
    rig.settle()
    quiet = rig.tags()[-1]
    rig.clock.now = datetime(2026, 12, 24, 16, tzinfo=UTC)
    rig.settle()
    assert (quiet, rig.tags()[-1]) == (
        {"calendar:all", "calendar:pages"},
        {
            "calendar:all",
            "calendar:pages",
            "calendar:service:events",
            "calendar:series:s1",
            "calendar:edition:e26",
            "calendar:organisation:physics",
        },
    )


def test_a_change_calls_back_every_feed_it_stood_in_or_stands_in(rig: Rig) -> None:
    rig.open_organisation("hq")
    rig.open_organisation("physics", "hq")
    rig.tell_dates(session("s1"))
    rig.tell_dates(session("s1", version=2, topics=(TRACK,)))
    everywhere = {"calendar:all", "calendar:pages", "calendar:service:events"}
    under = {"calendar:series:s1", "calendar:edition:e26", "calendar:organisation:physics", "calendar:organisation:hq"}
    assert rig.tags() == [everywhere | under, everywhere | under | {"calendar:track:t1"}]


def test_a_release_of_many_calls_back_once(rig: Rig) -> None:
    rig.tell_dates(*(session(f"s{number:03}") for number in range(120)))
    assert len(rig.tags()) == 1


def test_the_same_state_gives_the_same_bytes_whatever_the_day_process_and_order(rig: Rig, tmp_path: Path) -> None:
    told = [session("s1"), bar(), whole("d1", status="tentative"), session("s2", status="cancelled")]
    again = session("s1", version=2, sequence=1, title=Text("闭幕式", "Closing"), changed_at=datetime(2026, 6, 1, tzinfo=UTC))  # fmt: skip
    rig.tell_dates(*told, again)
    paths = ("all.ics", "series/wyss.ics?lang=zh", "editions/wyss-2026.ics?bar=1&reminders=1h", "entries/s1.ics")
    first = [rig.get(f"/calendars/{path}") for path in paths]
    rig.clock.turn(days=1)
    other_day = [rig.feed(path) for path in paths]
    rig.runtime.rebuild()
    rebuilt = [rig.get(f"/calendars/{path}") for path in paths]
    (tmp_path / "other").mkdir()
    with make_rig(tmp_path / "other") as other:
        other.tell_dates(again)
        for entry in reversed(told):
            other.tell_dates(entry)
        other_order = [other.feed(path) for path in paths]
    assert [answer.content for answer in first] == other_day
    assert [answer.content for answer in first] == [answer.content for answer in rebuilt]
    assert [answer.content for answer in first] == other_order
    assert [(a.headers["etag"], a.headers["last-modified"]) for a in first] == [
        (a.headers["etag"], a.headers["last-modified"]) for a in rebuilt
    ]


@pytest.mark.usefixtures("database")
def test_a_restart_gives_the_same_bytes(tmp_path: Path) -> None:
    with make_rig(tmp_path) as rig:
        rig.tell_dates(session("s1"))
        before = rig.feed("all.ics")
    with make_rig(tmp_path) as rig:
        assert rig.feed("all.ics") == before


@pytest.mark.usefixtures("database")
def test_links_follow_the_address_that_people_use(tmp_path: Path) -> None:
    with make_rig(tmp_path) as rig:
        rig.tell_dates(session("s1", link="/events/wyss/2026"))
        before = values_of(rig.feed("all.ics"), "URL")
    with make_rig(tmp_path, public_url="https://cast.example") as rig:
        after = values_of(rig.feed("all.ics"), "URL")
    assert (before, after) == (["https://huitang.example/events/wyss/2026"], ["https://cast.example/events/wyss/2026"])


def test_a_feed_too_long_is_split_and_names_its_next_part(rig: Rig) -> None:
    rig.tell_dates(*(session(f"s{number:04}") for number in range(1_001)))
    first, second = rig.get("/calendars/series/wyss.ics?lang=en"), rig.get("/calendars/series/wyss.ics?lang=en&part=2")
    following = "https://huitang.example/calendars/series/wyss.ics?lang=en&part=2"
    assert (len(entries_of(first.content)), entries_of(second.content)) == (1_000, ["s1000"])
    assert first.headers["link"] == f'<{following}>; rel="next"'
    assert values_of(first.content, "X-HUITANG-NEXT") == [following]
    assert "link" not in second.headers
    beyond = rig.get("/calendars/series/wyss.ics?part=3")
    assert (beyond.status_code, beyond.json()["type"]) == (404, "/problems/no-such-part")


def test_facts_twice_and_late_change_nothing(rig: Rig) -> None:
    newer = session("s1", version=3, sequence=2, title=Text("新", "New"), changed_at=rig.clock())
    rig.tell_dates(newer)
    feed = rig.feed("all.ics")
    rig.tell_dates(newer, session("s1", version=2, sequence=1), session("s1"))
    assert (rig.feed("all.ics"), len(rig.tags())) == (feed, 1)


def test_a_single_date_is_published(rig: Rig) -> None:
    rig.tell_dates(session("s1@huitang.invalid"), session("hidden", audience=Audience(kind="members")))
    answer = rig.get("/calendars/entries/s1%40huitang.invalid.ics?lang=en")
    assert (answer.status_code, entries_of(answer.content)) == (200, ["s1@huitang.invalid"])
    assert (values_of(answer.content, "METHOD"), answer.headers["cache-tag"]) == (["PUBLISH"], "calendar:all")
    assert rig.get("/calendars/entries/hidden.ics").status_code == 404
    assert rig.get("/calendars/entries/none.ics").status_code == 404
