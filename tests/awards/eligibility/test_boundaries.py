"""Every kind of test at its boundaries, with the value that was compared and what is needed told in words."""

from datetime import date
from typing import Any

import pytest

from services.awards.eligibility.days import Unit, completed_years, plus_months, shifted
from tests.awards.eligibility.build import CALENDAR, WOMEN, answer, rule, rules, told, verdict, women

Json = dict[str, Any]

CUT_OFF = rule(
    "age",
    {"test": "born", "on_or_after": "1986-01-01"},
    exceptions=[women({"test": "born", "on_or_after": "1981-01-01"})],
)
BY_DISCIPLINE = rule(
    "age",
    {"test": "born", "on_or_after": "1988-02-29"},
    exceptions=[
        women(
            {"test": "born", "on_or_after": "1984-02-29"},
            {"test": "all", "of": [WOMEN, {"test": "among", "fact": "discipline", "values": ["medicine"]}]},
        )
    ],
)


@pytest.mark.parametrize(
    ("known", "expected", "exception", "cleared"),
    [
        ({"born_on": "1986-01-01", "sex": "male"}, "eligible", None, False),
        ({"born_on": "1985-12-31", "sex": "male"}, "not_eligible", None, False),
        ({"born_on": "1986-01-02", "sex": "male"}, "eligible", None, False),
        ({"born_on": "1986-01-01", "sex": "female"}, "eligible", "women", False),
        ({"born_on": "1985-12-31", "sex": "female"}, "eligible", "women", True),
        ({"born_on": "1981-01-01", "sex": "female"}, "eligible", "women", True),
        ({"born_on": "1980-12-31", "sex": "female"}, "not_eligible", "women", False),
        ({"born_on": "1984-02-29", "sex": "female"}, "eligible", "women", True),
        ({"born_on": "1984-02-29", "sex": "male"}, "not_eligible", None, False),
        ({"born_on": "1986-01-01"}, "eligible", None, False),
        ({"born_on": "1985-12-31"}, "unknown", None, False),
        ({"born_on": "1980-12-31"}, "not_eligible", None, False),
        ({"sex": "female"}, "unknown", "women", False),
        ({}, "unknown", None, False),
    ],
)
def test_a_birth_cut_off_with_the_extension_for_women(
    known: Json, expected: str, exception: str | None, cleared: bool
) -> None:
    found = verdict(CUT_OFF, **known).rules[0]
    assert (found.answer, found.exception, found.cleared) == (expected, exception, cleared)
    assert found.clause.en == ("Women" if exception else "Clause of age")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"born_on": "1988-02-29", "sex": "male", "discipline": "physics"}, "eligible"),
        ({"born_on": "1988-02-28", "sex": "male", "discipline": "medicine"}, "not_eligible"),
        ({"born_on": "1984-02-29", "sex": "female", "discipline": "medicine"}, "eligible"),
        ({"born_on": "1984-02-28", "sex": "female", "discipline": "medicine"}, "not_eligible"),
        ({"born_on": "1984-02-29", "sex": "female", "discipline": "physics"}, "not_eligible"),
        ({"born_on": "1984-02-29", "sex": "female"}, "unknown"),
        ({"born_on": "1984-02-29", "discipline": "physics"}, "not_eligible"),
    ],
)
def test_a_birth_cut_off_by_sex_and_discipline(known: Json, expected: str) -> None:
    assert verdict(BY_DISCIPLINE, **known).answer == expected


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("1986-06-15", "2026-06-14", 39),
        ("1986-06-15", "2026-06-15", 40),
        ("1988-02-29", "2027-02-27", 38),
        ("1988-02-29", "2027-02-28", 39),
        ("1988-02-29", "2028-02-28", 39),
        ("1988-02-29", "2028-02-29", 40),
        ("2026-01-02", "2026-01-01", -1),
        ("2026-01-01", "2026-01-01", 0),
    ],
)
def test_years_of_age_are_completed_on_the_birthday(born: str, on: str, years: int) -> None:
    assert completed_years(date.fromisoformat(born), date.fromisoformat(on)) == years


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1985-12-31", "eligible"),
        ("1985-07-01", "not_eligible"),
        ("1985-07-02", "eligible"),
        ("1985-06-30", "not_eligible"),
    ],
)
def test_an_age_on_a_reference_day(born: str, expected: str) -> None:
    found = answer({"test": "age", "on": "2026-07-01", "at_most": 40}, born_on=born)
    assert found.answer == expected
    assert found.needed.zh == "截至2026年7月1日年龄不超过40周岁"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -13, "2024-12-15"),
    ],
)
def test_months_end_where_a_month_has_no_such_day(day: str, months: int, expected: str) -> None:
    assert plus_months(date.fromisoformat(day), months).isoformat() == expected


def test_what_lies_outside_all_years_cannot_be_counted() -> None:
    assert [shifted(date(9999, 12, 1), 1000, unit, CALENDAR) for unit in (Unit.DAYS, Unit.YEARS)] == [None, None]


NOTICE = {
    "test": "date",
    "field": "until",
    "label": {"zh": "公示结束日", "en": "end of notice"},
    "not_before": {
        "field": "since", "label": {"zh": "公示起始日", "en": "start of notice"}, "plus": 5, "unit": "working_days",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-03-06", "2026-03-13", "eligible"),
        ("2026-03-06", "2026-03-12", "not_eligible"),
        ("2026-09-29", "2026-10-12", "eligible"),
        ("2026-09-29", "2026-10-11", "not_eligible"),
        (None, "2026-10-09", "unknown"),
        ("2026-09-29", None, "unknown"),
        ("2026-09-29", "tomorrow", "unknown"),
    ],
)
def test_working_days_pass_over_holidays_and_count_make_up_days(
    since: str | None, until: str | None, expected: str
) -> None:
    assert told(NOTICE, form={"since": since, "until": until}) == expected


def test_a_year_whose_holidays_are_not_announced_gives_a_provisional_answer() -> None:
    found = verdict(rule("notice", NOTICE), form={"since": "2199-03-01", "until": "2199-03-29"})
    assert (found.answer, found.provisional) == ("eligible", True)
    assert found.rules[0].needed.zh == "“公示结束日”不早于“公示起始日”后第5个工作日"


BARRED = {"test": "history", "of": "awards", "programmes": ["AW01", "AW09"]}
LAST_TWO = {**BARRED, "last_years": 2}
ONE_A_YEAR = {"test": "history", "of": "nominations", "programmes": ["AW01", "TP01"], "last_years": 0}


@pytest.mark.parametrize(
    ("requires", "known", "expected"),
    [
        (BARRED, {"awards": []}, "eligible"),
        (BARRED, {}, "unknown"),
        (BARRED, {"awards": [{"programme": "AW01", "year": 1999}]}, "not_eligible"),
        (BARRED, {"awards": [{"programme": "AW09"}]}, "not_eligible"),
        (BARRED, {"awards": [{"programme": "AW02", "year": 2025}]}, "eligible"),
        ({**BARRED, "at_most": 1}, {"awards": [{"programme": "AW01"}]}, "eligible"),
        ({**BARRED, "at_most": 1}, {"awards": [{"programme": "AW01"}, {"programme": "AW09"}]}, "not_eligible"),
        ({**BARRED, "grades": ["special"]}, {"awards": [{"programme": "AW01", "grade": "first"}]}, "eligible"),
        ({**BARRED, "grades": ["special"]}, {"awards": [{"programme": "AW01"}]}, "unknown"),
        (LAST_TWO, {"year": 2026, "awards": [{"programme": "AW01", "year": 2024}]}, "not_eligible"),
        (LAST_TWO, {"year": 2026, "awards": [{"programme": "AW01", "year": 2023}]}, "eligible"),
        (LAST_TWO, {"year": 2026, "awards": [{"programme": "AW01"}]}, "unknown"),
        (LAST_TWO, {"awards": []}, "unknown"),
        (ONE_A_YEAR, {"year": 2026, "nominations": [{"programme": "TP01", "year": 2026}]}, "not_eligible"),
        (ONE_A_YEAR, {"year": 2026, "nominations": [{"programme": "TP01", "year": 2025}]}, "eligible"),
    ],
)
def test_prior_awards_and_other_nominations(requires: Json, known: Json, expected: str) -> None:
    assert told(requires, **known) == expected


PAUSE = {"test": "pause", "programmes": ["AW01"], "after": 3}


@pytest.mark.parametrize(
    ("stood", "expected"),
    [
        ((), "eligible"),
        ((9, 8), "eligible"),
        ((9, 8, 7), "not_eligible"),
        ((8, 7, 6), "eligible"),
        ((9, 8, 6), "eligible"),
        ((9, 8, 7, 6), "not_eligible"),
    ],
)
def test_three_times_then_pause_once(stood: tuple[int, ...], expected: str) -> None:
    earlier = [{"programme": "AW01", "number": number} for number in stood]
    assert told(PAUSE, number=10, nominations=earlier) == expected
    assert told(
        {**PAUSE, "rest": 2}, number=10, nominations=[{"programme": "AW01", "number": n} for n in (8, 7, 6)]
    ) == ("not_eligible")
    assert told(PAUSE, number=10) == told(PAUSE, nominations=earlier) == "unknown"
    assert told(PAUSE, number=10, nominations=[{"programme": "AW01"}]) == "unknown"


ONE_OF_OWN = {"test": "same_unit", "of": "co_nominators", "at_most": 1}


@pytest.mark.parametrize(
    ("unit", "units", "expected"),
    [
        ("a", ["a", "b"], "eligible"),
        ("a", ["a", "a", "b"], "not_eligible"),
        ("a", ["a", None], "unknown"),
        ("a", ["b", None], "eligible"),
        ("a", ["a", "a", None], "not_eligible"),
        (None, ["b"], "eligible"),
        (None, ["b", "c"], "unknown"),
        ("a", None, "unknown"),
    ],
)
def test_at_most_one_co_nominator_of_the_candidates_own_unit(
    unit: str | None, units: list[str | None] | None, expected: str
) -> None:
    companions = None if units is None else [{"unit": each} for each in units]
    assert told(ONE_OF_OWN, unit=unit, co_nominators=companions) == expected


MEMBER = {"test": "membership", "societies": ["physics"], "on": "2026-03-01", "years": 2}


@pytest.mark.parametrize(
    ("memberships", "expected"),
    [
        (None, "unknown"),
        ([], "not_eligible"),
        ([{"society": "physics", "from_on": "2024-03-01"}], "eligible"),
        ([{"society": "physics", "from_on": "2024-03-02"}], "not_eligible"),
        ([{"society": "physics", "from_on": "2020-01-01", "until_on": "2026-03-01"}], "eligible"),
        ([{"society": "physics", "from_on": "2020-01-01", "until_on": "2026-02-28"}], "not_eligible"),
        ([{"society": "physics"}], "unknown"),
        ([{"society": "chemistry", "from_on": "2000-01-01"}], "not_eligible"),
    ],
)
def test_membership_on_a_day_for_some_years(memberships: list[Json] | None, expected: str) -> None:
    assert told(MEMBER, memberships=memberships) == expected


RECENT = {"test": "achievements", "last_years": 3, "until": "2025-12-31"}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (None, "unknown"),
        ([], "not_eligible"),
        (["2023-01-01"], "eligible"),
        (["2022-12-31"], "not_eligible"),
        (["2025-12-31"], "eligible"),
        (["2026-01-01"], "not_eligible"),
    ],
)
def test_achievements_of_the_last_years(days: list[str] | None, expected: str) -> None:
    assert told(RECENT, achievements=days) == expected
    assert told({**RECENT, "at_least": 0}) == "eligible"


NOT_OFFICIALS = {"test": "not", "of": {"test": "among", "fact": "post_level", "values": ["bureau", "ministry"]}}


@pytest.mark.parametrize(
    ("requires", "known", "expected"),
    [
        ({"test": "among", "fact": "nationality", "values": ["CN"]}, {"nationality": "CN"}, "eligible"),
        ({"test": "among", "fact": "nationality", "values": ["CN"]}, {"nationality": "US"}, "not_eligible"),
        ({"test": "among", "fact": "region", "values": ["54", "65"]}, {"region": "54"}, "eligible"),
        ({"test": "among", "fact": "unit_kind", "values": ["enterprise"]}, {}, "unknown"),
        ({"test": "degree", "at_least": "doctor"}, {"degree": "master"}, "not_eligible"),
        ({"test": "degree", "at_least": "master"}, {"degree": "doctor"}, "eligible"),
        ({"test": "title", "at_least": "associate_senior"}, {"title": "senior"}, "eligible"),
        ({"test": "title", "at_least": "associate_senior"}, {"title": "intermediate"}, "not_eligible"),
        (NOT_OFFICIALS, {"post_level": "division"}, "eligible"),
        (NOT_OFFICIALS, {"post_level": "bureau"}, "not_eligible"),
        (NOT_OFFICIALS, {}, "unknown"),
        ({"test": "size", "of": "members", "at_most": 15}, {"members": [{}] * 15}, "eligible"),
        ({"test": "size", "of": "members", "at_most": 15}, {"members": [{}] * 16}, "not_eligible"),
        ({"test": "size", "of": "members", "at_least": 3}, {"members": []}, "not_eligible"),
        ({"test": "size", "of": "members", "at_least": 3}, {}, "unknown"),
        ({"test": "number", "field": "n", "at_least": 10}, {"form": {"n": 10}}, "eligible"),
        ({"test": "number", "field": "n", "at_least": 10}, {"form": {"n": 9.99}}, "not_eligible"),
        ({"test": "number", "field": "n", "at_least": 10}, {"form": {"n": "10"}}, "unknown"),
        ({"test": "choice", "field": "c", "values": ["a", "b"]}, {"form": {"c": "a"}}, "eligible"),
        ({"test": "choice", "field": "c", "values": ["a", "b"]}, {"form": {"c": ["a", "x"]}}, "not_eligible"),
        ({"test": "choice", "field": "c", "values": ["a"]}, {"form": {"c": ""}}, "unknown"),
        ({"test": "flag", "field": "f"}, {"form": {"f": True}}, "eligible"),
        ({"test": "flag", "field": "f"}, {"form": {"f": False}}, "not_eligible"),
        ({"test": "flag", "field": "f", "value": False}, {"form": {}}, "unknown"),
        ({"test": "given", "field": "g"}, {"form": {"g": "x"}}, "eligible"),
        ({"test": "given", "field": "g"}, {}, "unknown"),
    ],
)
def test_words_ranks_lists_and_fields(requires: Json, known: Json, expected: str) -> None:
    assert told(requires, **known) == expected


def test_an_answer_names_the_clause_the_value_what_is_needed_and_where_that_is_written() -> None:
    found = verdict(CUT_OFF, born_on="1985-12-31", sex="male").rules[0]
    assert (found.document.en, found.article.en, found.needed.zh) == ("Charter", "4", "1986年1月1日（含）以后出生")
    assert [(each.fact.zh, each.value.zh, each.answer.value) for each in found.findings] == [
        ("出生日期", "1985年12月31日", "not_eligible")
    ]
    assert found.words.zh == "不符合：出生日期为1985年12月31日；要求1986年1月1日（含）以后出生。依据：《Charter》4。"
    assert found.words.en == (
        "Not met: date of birth is 31 December 1985; required: born on or after 1 January 1986. Source: Charter, 4."
    )


def test_what_is_missing_is_named_once_whatever_needs_it() -> None:
    unknown = verdict(rules(CUT_OFF, rule("unit", ONE_OF_OWN), rule("box", {"test": "flag", "field": "box"})))
    assert unknown.missing == ("born_on", "co_nominators", "form/box", "sex")
    assert verdict(rules(CUT_OFF, rule("box", {"test": "flag", "field": "box"})), born_on="1970-01-01").missing == (
        "form/box",
    )


def test_a_rule_for_one_category_says_nothing_about_another() -> None:
    own = rules(rule("people", {"test": "degree", "at_least": "doctor"}, categories=["person"]))
    assert [verdict(own, degree="none", category=each).answer for each in ("person", "team")] == [
        "not_eligible",
        "eligible",
    ]
    open_ = verdict(own, degree="none")
    assert (open_.answer, open_.missing) == ("unknown", ("category",))
    assert verdict(own, degree="doctor").answer == "eligible"


def test_of_several_exceptions_the_first_that_applies_decides() -> None:
    west = {"test": "among", "fact": "region", "values": ["54"]}
    both = rule(
        "age",
        {"test": "born", "on_or_after": "1990-01-01"},
        exceptions=[
            women({"test": "born", "on_or_after": "1985-01-01"}),
            {"key": "west", "clause": {"zh": "西部", "en": "West"}, "when": west},
        ],
    )
    found = [verdict(both, born_on="1984-01-01", sex=sex, region="54").rules[0] for sex in ("female", "male")]
    assert [(each.answer.value, each.exception, each.cleared) for each in found] == [
        ("not_eligible", "women", False),
        ("eligible", "west", True),
    ]
    assert verdict(both, born_on="1984-01-01", region="54").answer == "unknown"


def test_no_rules_bar_nobody() -> None:
    assert verdict(rules()).answer == "eligible"
