"""Working days: what was announced, what an office adds, and what nobody knows yet."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.settings import Settings
from shared.workdays import (
    WorkCalendar,
    WorkingDay,
    add_working_days,
    announced,
    is_working_day,
    load_calendar,
    overridden,
    working_days_between,
)

CALENDAR = announced()
WEEKENDS_ONLY = WorkCalendar()
DAYS = st.dates(date(2004, 1, 1), date(2040, 12, 31))
FIRST_UNKNOWN = date(max(CALENDAR.years) + 1, 1, 1)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2023-01-28", True),  # Saturday worked for the Spring Festival
        ("2023-01-29", True),  # and Sunday
        ("2023-01-21", False),  # Spring Festival's eve
        ("2023-01-27", False),  # a Friday of the Spring Festival
        ("2023-01-30", True),  # an ordinary Monday
        ("2023-02-04", False),  # an ordinary Saturday
        ("2024-02-09", True),  # in 2024 the eve, a Friday, was not announced as a holiday
        ("2020-01-31", False),  # the Spring Festival prolonged in the epidemic
        ("2025-10-11", True),  # Saturday worked for the National Day
        ("2026-10-01", False),  # National Day
    ],
)
def test_announced_days(day: str, worked: bool) -> None:
    assert is_working_day(date.fromisoformat(day), CALENDAR) == WorkingDay(worked, provisional=False)


def test_a_year_not_announced_has_weekends_only_and_says_so() -> None:
    week = [is_working_day(FIRST_UNKNOWN + timedelta(days=n), CALENDAR) for n in range(7)]
    assert (sum(day.answer for day in week), {day.provisional for day in week}) == (5, {True})


def test_five_working_days_around_a_make_up_weekend() -> None:
    assert add_working_days(date(2023, 1, 20), 5, CALENDAR) == (date(2023, 2, 1), False)


def test_a_span_that_reaches_into_a_year_not_announced_is_provisional() -> None:
    last_known = FIRST_UNKNOWN - timedelta(days=10)
    assert add_working_days(last_known, 30, CALENDAR)[1] is True
    assert working_days_between(last_known, FIRST_UNKNOWN, CALENDAR)[1] is True
    assert working_days_between(last_known, last_known + timedelta(days=2), CALENDAR)[1] is False


def test_a_file_announces_a_year() -> None:
    year = FIRST_UNKNOWN.year
    sunday = next(d for d in (FIRST_UNKNOWN + timedelta(days=n) for n in range(7)) if d.weekday() == 6)
    calendar = overridden(CALENDAR, f"years = [{year}]\nholidays = [{FIRST_UNKNOWN}]\nworkdays = [{sunday}]\n")
    assert is_working_day(FIRST_UNKNOWN, calendar) == WorkingDay(False)
    assert is_working_day(sunday, calendar) == WorkingDay(True)
    assert is_working_day(date(year, 12, 31), calendar).provisional is False


def test_a_file_corrects_what_was_announced() -> None:
    calendar = overridden(CALENDAR, "holidays = [2023-01-28]\nworkdays = [2023-01-27]\n")
    assert [is_working_day(date(2023, 1, n), calendar).answer for n in (27, 28, 29)] == [True, False, True]


def test_a_day_named_in_a_file_is_certain_even_where_its_year_is_not_announced() -> None:
    calendar = overridden(CALENDAR, f"holidays = [{FIRST_UNKNOWN}]\n")
    assert is_working_day(FIRST_UNKNOWN, calendar) == WorkingDay(False, provisional=False)


@pytest.mark.parametrize(
    "toml",
    [
        "holiday = [2027-01-01]",
        'holidays = ["2027-01-01"]',
        "holidays = 2027-01-01",
        "holidays = [2027-01-01T08:00:00]",
        "years = [true]",
        "holidays = [2027-01-01]\nworkdays = [2027-01-01]",
        "holidays = [2027-13-01]",
    ],
)
def test_a_file_that_says_something_else_is_refused(toml: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        overridden(CALENDAR, toml)


def test_the_calendar_is_read_with_its_file(tmp_path: Path) -> None:
    file = tmp_path / "workdays.toml"
    file.write_text("workdays = [2023-01-27]\n", encoding="utf-8")
    assert (load_calendar(), load_calendar(file)) == (CALENDAR, overridden(CALENDAR, file.read_text(encoding="utf-8")))


def test_a_file_that_cannot_be_read_is_refused_as_a_setting(tmp_path: Path) -> None:
    file = tmp_path / "workdays.toml"
    with pytest.raises(ValidationError, match=r"workdays\n.*No such file"):
        Settings(workdays=file)
    file.write_text("holiday = []\n", encoding="utf-8")
    with pytest.raises(ValidationError, match=r"workdays\n.*unknown keys: holiday"):
        Settings(workdays=file)


@given(start=DAYS, days=st.integers(-40, 40))
def test_counting_undoes_adding(start: date, days: int) -> None:
    end, provisional = add_working_days(start, days, CALENDAR)
    assert working_days_between(start, end, CALENDAR) == (days, provisional)


@given(start=DAYS, days=st.integers(1, 60))
def test_the_day_reached_is_worked(start: date, days: int) -> None:
    assert is_working_day(add_working_days(start, days, CALENDAR)[0], CALENDAR).answer is True


@given(start=DAYS, weeks=st.integers(0, 60))
def test_without_holidays_a_week_has_five_days_and_everything_is_provisional(start: date, weeks: int) -> None:
    assert working_days_between(start, start + timedelta(weeks=weeks), WEEKENDS_ONLY) == (5 * weeks, weeks > 0)


@given(start=DAYS, middle=DAYS, end=DAYS)
def test_counts_add_up(start: date, middle: date, end: date) -> None:
    start, middle, end = sorted((start, middle, end))
    first, second = (working_days_between(a, b, CALENDAR)[0] for a, b in ((start, middle), (middle, end)))
    assert working_days_between(start, end, CALENDAR)[0] == first + second
