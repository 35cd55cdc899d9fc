"""The accepted list: published once, corrected by another that says what it changed, with the head of the record on it."""

from datetime import date
from typing import Any

import pytest

from services.awards.lists.rules import Counted, changes_between, shown_name, window_of
from shared.audit import verify
from shared.workdays import announced
from tests.awards.checks.checking import both, checked_call, handed_in, say
from tests.awards.nominating import C
from tests.awards.pages.site import ask, text
from tests.awards.running import Awards

AT = f"cycles/{C}/lists"
BODY = {"days": 5, "counted": "working", "contact": {"zh": "评奖办公室 010-00000000", "en": "The award office"}}
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
