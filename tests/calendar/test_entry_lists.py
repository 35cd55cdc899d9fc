"""Lists of dates and of what feeds can follow."""

from datetime import date

import pytest
from sqlalchemy import event

from shared.caller import Caller
from shared.messages.dates import Audience, Topic
from shared.text import Text
from tests.calendar.build import timed, whole
from tests.calendar.rig import Rig

LI = Caller("li", language="en")
SERIES = Topic(key="series:s1", slug="wyss", title=Text("世界青年科学家峰会", "World Young Scientist Summit"))
EDITION = Topic(key="edition:e1", slug="wyss-2026", title=Text("2026年峰会", "WYSS 2026"))


def asked(rig: Rig, query: str) -> list[str]:
    """Return the ids of the dates that a list holds."""
    answer = rig.get(f"/api/calendar/entries{query}", LI)
    assert answer.status_code == 200, answer.text
    return [entry["entry_id"] for entry in answer.json()["items"]]


def test_dates_are_listed_from_today_and_by_filters(rig: Rig) -> None:
    rig.tell_dates(
        timed("s1", topics=(SERIES, EDITION)),
        whole("d1"),
        whole("d2", start_on=date(2026, 10, 1), end_on=date(2026, 10, 3), topics=(SERIES,)),
    )
    found = {
        query: asked(rig, query)
        for query in (
            "",
            "?since=2026-01-01",
            "?until=2026-09-30",
            "?kind=session",
            "?topic=edition:e1",
            "?service=awards",
            "?since=2026-10-03",
            "?since=2026-10-04",
        )
    }
    assert found == {
        "": ["s1", "d2"],
        "?since=2026-01-01": ["d1", "s1", "d2"],
        "?until=2026-09-30": ["s1"],
        "?kind=session": ["s1"],
        "?topic=edition:e1": ["s1"],
        "?service=awards": [],
        "?since=2026-10-03": ["d2"],
        "?since=2026-10-04": [],
    }


def test_a_date_is_told_with_its_times_and_words(rig: Rig) -> None:
    rig.tell_dates(timed("s1", link="/events/wyss/2026"))
    assert rig.get("/api/calendar/entries", LI).json()["items"] == [
        {
            "entry_id": "s1",
            "service": "events",
            "kind": "session",
            "status": "confirmed",
            "sequence": 0,
            "changed_at": "2026-05-01T08:00:00Z",
            "starts_at": "2026-09-25T01:00:00Z",
            "ends_at": "2026-09-25T03:00:00Z",
            "first_on": "2026-09-25",
            "last_on": "2026-09-25",
            "all_day": False,
            "zone": "Asia/Shanghai",
            "title": {"zh": "开幕式", "en": "Opening ceremony"},
            "place": {"zh": "", "en": ""},
            "link": "/events/wyss/2026",
            "audience_kind": "public",
        }
    ]


def test_pages_of_dates_follow_each_other(rig: Rig) -> None:
    rig.tell_dates(*(timed(f"s{number}") for number in range(5)))
    first = rig.get("/api/calendar/entries?limit=3&total=true", LI).json()
    second = rig.get(f"/api/calendar/entries?limit=3&cursor={first['next']}", LI).json()
    ids = [entry["entry_id"] for page in (first, second) for entry in page["items"]]
    assert (ids, first["total"], second["next"]) == ([f"s{number}" for number in range(5)], 5, None)


@pytest.mark.parametrize("query", ["?colour=red", "?since=soon", "?limit=0", "?cursor=x"])
def test_unknown_questions_are_refused(rig: Rig, query: str) -> None:
    assert rig.get(f"/api/calendar/entries{query}", LI).status_code == 422


def test_nobody_lists_through_the_api(rig: Rig) -> None:
    assert [rig.get(f"/api/calendar/{name}").status_code for name in ("entries", "topics", "feeds")] == [401] * 3


def test_topics_are_found_by_kind_and_title_where_a_date_of_them_may_be_seen(rig: Rig) -> None:
    hidden = Topic(key="series:s2", slug="closed", title=Text("内部会议", "Closed meeting"))
    own = Topic(key="series:s3", slug="own", title=Text("评审会", "Review"))
    rig.tell_dates(
        timed("s1", topics=(SERIES, EDITION)),
        timed("s2", topics=(hidden,), audience=Audience(kind="accounts", account_ids=("wang",))),
        timed("s3", topics=(own,), audience=Audience(kind="accounts", account_ids=("li",))),
    )
    found = {
        query: [topic["key"] for topic in rig.get(f"/api/calendar/topics{query}", LI).json()["items"]]
        for query in (
            "",
            "?kind=series",
            "?q=young",
            "?q=峰会&kind=edition",
            "?q=%25",
            "?key=series:s1&key=series:s2",
            "?kind=series&public=true",
        )
    }
    assert found == {
        "": ["edition:e1", "series:s1", "series:s3"],
        "?kind=series": ["series:s1", "series:s3"],
        "?q=young": ["series:s1"],
        "?q=峰会&kind=edition": ["edition:e1"],
        "?q=%25": [],
        "?key=series:s1&key=series:s2": ["series:s1"],
        "?kind=series&public=true": ["series:s1"],
    }


def test_a_list_costs_as_many_queries_for_thirty_as_for_one(rig: Rig) -> None:
    counts = []
    for number in (1, 30):
        rig.tell_dates(*(timed(f"s{each}", topics=(SERIES,)) for each in range(number)))
        asked(rig, "")  # the first reading of a kind finds out whether it needs a view
        rig.get("/api/calendar/topics", LI)
        statements: list[str] = []

        def note(*told: object, seen: list[str] = statements) -> None:
            seen.append(str(told[2]))

        event.listen(rig.runtime.db._reader, "before_cursor_execute", note)
        assert len(asked(rig, "")) == number
        rig.get("/api/calendar/topics", LI)
        event.remove(rig.runtime.db._reader, "before_cursor_execute", note)
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0
