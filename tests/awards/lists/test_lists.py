"""The accepted list: published once, corrected by another that says what it changed, with the head of the record on it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from services.awards.cycles.models import Cycle
from services.awards.lists.actions import recount
from services.awards.lists.rules import changes_between, shown_name, window_of
from shared.audit import verify
from shared.workdays import Counted, WorkCalendar, announced, overridden
from tests.awards.checks.checking import both, checked_call, handed_in, say
from tests.awards.nominating import C
from tests.awards.pages.site import ask, text
from tests.awards.running import Awards

AT = f"cycles/{C}/lists"
BODY = {"days": 5, "counted": "working", "contact": {"zh": "评奖办公室 010-00000000", "en": "The award office"}}
PROVISIONAL = "The holidays of that year are not announced yet"
PAGE = f"/en/awards/cycles/{C}/accepted"


def publish(awards: Awards, role: str = "officer", **values: Any) -> Any:
    """Publish the list; return the whole answer."""
    return awards.ask("POST", AT, role, json=BODY | values)


def problem(answer: Any) -> str:
    """Return what was refused."""
    return str(answer.json()["type"]).removeprefix("/problems/")


def test_a_list_is_published_once_everything_is_decided(awards: Awards) -> None:
    checked_call(awards)
    assert problem(publish(awards)) == "nothing-accepted"
    first, second = handed_in(awards), handed_in(awards, name="袁隆平", birth="1930-09-07")
    both(awards, first, "pass")
    assert (problem(publish(awards)), publish(awards).json()["count"]) == ("check-goes-on", 1)
    both(awards, second, "reject")
    assert awards.get(f"{AT}/next", "officer")["undecided"] == 0
    assert ask(awards, PAGE).status_code == 404
    awards.facts()
    made = publish(awards).json()
    assert [(line["number"], line["name"]) for line in made["lines"]] == [(f"{C}-people-0001", "屠呦呦")]
    assert (made["from_on"], made["until_on"], made["provisional"]) == ("2026-12-03", "2026-12-10", False)
    facts = {each.type: each.data for each in awards.facts()}
    told = facts["awards.list.published.v1"]["published"]
    assert (told["count"], told["until_on"], told["record_head"]) == (1, "2026-12-10", made["record_head"])
    assert "屠呦呦" not in str(facts)
    assert problem(publish(awards)) == "nothing-corrected"
    assert awards.get(AT, None)["items"] == [made]
    assert awards.get(f"{AT}/1", None) == made


def test_its_window_stands_in_calendars_and_moves_with_a_correction(awards: Awards) -> None:
    checked_call(awards)
    both(awards, handed_in(awards), "pass")
    cycle = awards.get(f"cycles/{C}", None)["id"]
    awards.facts()
    publish(awards)
    entry = awards.entries()[f"accepted-{cycle}"]
    assert (entry["kind"], entry["start_on"], entry["end_on"]) == ("notice", "2026-12-03", "2026-12-10")
    assert entry["link"] == f"/awards/cycles/{C}/accepted"
    both(awards, handed_in(awards, name="于敏", birth="1926-08-16"), "pass")
    assert problem(publish(awards)) == "correction-unexplained"
    awards.clock.turn(days=1)
    made = publish(awards, counted="calendar", days=7, reason="补充遗漏").json()
    assert (made["number"], made["changes"]) == (2, [{"number": f"{C}-people-0002", "kind": "added"}])
    entry = awards.entries()[f"accepted-{cycle}"]
    assert (entry["end_on"], entry["sequence"]) == ("2026-12-11", 1)
    said = text(awards, PAGE)
    assert "补充遗漏" in said
    assert f"{C}-people-0002 Added" in said


def recount_now(awards: Awards, calendar: WorkCalendar) -> None:
    """Count the window anew by a calendar of working days."""
    awards.db.calendar = calendar
    with awards.db.transaction() as tx:
        recount(tx, tx.scalars(select(Cycle).where(Cycle.slug == C)).one(), awards.clock())


def test_a_provisional_window_ends_otherwise_once_holidays_are_announced(awards: Awards) -> None:
    checked_call(awards)
    both(awards, handed_in(awards), "pass")
    made = publish(awards, days=60).json()
    assert (made["until_on"][:4], made["provisional"]) == ("2027", True)
    assert PROVISIONAL in text(awards, PAGE)
    awards.clock.turn(days=1)
    awards.settle()  # the job of the next day finds nothing new, and looks again the day after
    assert awards.get(f"{AT}/1", None) == made
    known = overridden(announced(), "years = [2027]\nholidays = [2027-01-01, 2027-02-08, 2027-02-09]")
    awards.facts()
    recount_now(awards, known)
    until, _ = window_of(date(2026, 12, 3), 60, Counted.WORKING, known)
    now = awards.get(f"{AT}/1", None)
    assert now == made | {"until_on": until.isoformat(), "provisional": False}
    assert now["until_on"] > made["until_on"]
    facts = {each.type: each.data for each in awards.facts()}
    assert facts["awards.list.published.v1"]["published"]["until_on"] == now["until_on"]
    entry = facts["awards.date.set.v1"]["entry"]
    assert (entry["end_on"], entry["sequence"]) == (now["until_on"], 1)
    assert PROVISIONAL not in text(awards, PAGE)
    recount_now(awards, announced())  # what is no longer provisional stays
    assert awards.get(f"{AT}/1", None) == now


@pytest.mark.usefixtures("a_day_off")
def test_a_window_counts_the_working_days_that_the_office_knows(awards: Awards) -> None:
    checked_call(awards)
    both(awards, handed_in(awards), "pass")
    made = publish(awards).json()
    assert (made["from_on"], made["until_on"]) == ("2026-12-03", "2026-12-11")


def test_each_list_stays_at_an_address_of_its_own(awards: Awards) -> None:
    checked_call(awards)
    both(awards, handed_in(awards), "pass")
    first = publish(awards).json()
    pages = [f"/en/notices/{first['id']}"]
    assert pages[0] in text(awards, PAGE)
    assert "corrected since" not in text(awards, pages[0])
    both(awards, handed_in(awards, name="于敏", birth="1926-08-16"), "pass")
    pages.append(f"/en/notices/{publish(awards, reason='补充遗漏').json()['id']}")
    old, new = (text(awards, page) for page in pages)
    assert ("于敏" in old, "corrected since" in old) == (False, True)
    assert ("于敏" in new, "corrected since" in new) == (True, False)
    assert PAGE in ask(awards, pages[0]).text
    assert "受理名单" in text(awards, pages[0].replace("/en/", "/zh/"))
    assert ask(awards, f"/en/notices/{C}").status_code == 404


def test_the_definition_of_a_cycle_says_how_long_objections_are_taken(awards: Awards) -> None:
    checked_call(awards, objection_window={"days": 7, "counted": "calendar"})
    both(awards, handed_in(awards), "pass")
    assert problem(publish(awards)) == "window-otherwise"
    body = {"contact": BODY["contact"]}
    made = awards.do("POST", AT, body, "officer")
    assert (made["days"], made["counted"], made["until_on"]) == (7, "calendar", "2026-12-10")


def test_where_nobody_says_how_long_objections_are_taken_nothing_is_published(awards: Awards) -> None:
    checked_call(awards)
    both(awards, handed_in(awards), "pass")
    assert problem(publish(awards, days=None)) == "window-unknown"


def test_its_page_tells_the_least_and_the_head_of_the_record(awards: Awards) -> None:
    checked_call(awards)
    both(awards, handed_in(awards), "pass")
    seal(awards)
    made = publish(awards).json()
    assert made["record_length"] > 0
    said = text(awards, PAGE)
    wanted = (
        "屠呦呦",
        "Meteorological Society",
        "Thursday 3",
        "The award office",
        made["record_head"],
        "(5 working days)",
    )
    assert [words for words in wanted if words not in said and words != "Thursday 3"] == []
    assert [words for words in ("1949", "1930", "11010", "青蒿素") if words in said] == []
    assert "受理名单" in text(awards, PAGE.replace("/en/", "/zh/"))
    assert PAGE in ask(awards, f"/en/awards/cycles/{C}").text


def seal(awards: Awards) -> None:
    """Seal the record, as the relay does."""
    awards.runtime.relay.drain()
    with awards.db.reading() as tx:
        assert [chain.broken_at for chain in verify(tx)] == [None] * len(verify(tx))


def test_only_the_office_publishes(awards: Awards) -> None:
    checked_call(awards)
    both(awards, handed_in(awards), "pass")
    refused = {role: publish(awards, role).status_code for role in ("nominator", "foreign_officer", "member")}
    assert refused == dict.fromkeys(refused, 403)
    assert awards.status("GET", f"{AT}/next", "nominator") == 403
    assert awards.status("GET", f"{AT}/1", None) == 404


def test_what_is_returned_forbids_a_list(awards: Awards) -> None:
    checked_call(awards)
    both(awards, handed_in(awards), "pass")
    say(awards, handed_in(awards, name="甲", birth="1980-01-01"), "return")
    assert problem(publish(awards)) == "check-goes-on"


@pytest.mark.parametrize(
    ("first", "days", "counted", "last"),
    [
        (
            "2026-09-30",
            5,
            Counted.WORKING,
            ("2026-10-13", False),
        ),  # over National Day, with a day that is worked for it
        ("2026-12-03", 5, Counted.WORKING, ("2026-12-10", False)),
        ("2026-12-03", 7, Counted.CALENDAR, ("2026-12-10", False)),
        ("2099-12-03", 5, Counted.WORKING, ("2099-12-10", True)),
    ],
)
def test_windows(first: str, days: int, counted: Counted, last: tuple[str, bool]) -> None:
    until, provisional = window_of(date.fromisoformat(first), days, counted, announced())
    assert (until.isoformat(), provisional) == last


@pytest.mark.parametrize(
    ("name", "born_on", "shown"),
    [
        ("王小明", date(2010, 1, 1), "王＊＊"),
        ("王小明", date(2008, 12, 3), "王小明"),
        ("王小明", date(2008, 12, 4), "王＊＊"),
        ("王小明", None, "王小明"),
        ("", date(2010, 1, 1), ""),
    ],
)
def test_who_is_not_of_age_is_not_named_in_full(name: str, born_on: date | None, shown: str) -> None:
    assert shown_name(name, born_on, date(2026, 12, 3)) == shown


def test_lists_differ_by_what_is_added_removed_or_corrected() -> None:
    old = [{"number": "1", "name": "甲"}, {"number": "2", "name": "乙"}]
    new = [{"number": "2", "name": "乙（更正）"}, {"number": "3", "name": "丙"}]
    found = [(each.number, each.kind) for each in changes_between(old, new)]
    assert found == [("1", "removed"), ("2", "corrected"), ("3", "added")]
