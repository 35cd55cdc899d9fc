"""Working days of the mainland of China: weekends, public holidays and the make-up days worked for them.

The State Council's office announces each year's holidays late in the year before; `chinesecalendar` carries what was
announced, and an office may add what it knows earlier, or keeps for itself, in a file. A year that nobody announced is
answered by weekends alone, and every such answer says that it is provisional. Nothing here asks for today's date.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

import chinese_calendar

_ONE_DAY = timedelta(days=1)


class Counted(StrEnum):
    """Which days a length of time counts."""

    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """Whether a day is worked; `provisional` where its year is not announced, so that the answer may yet change."""

    answer: bool
    provisional: bool = False

    def __bool__(self) -> bool:
        return self.answer


@dataclass(frozen=True)
class WorkCalendar:
    """What is announced: days that are off although they are weekdays, days worked although they are not, the years."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    years: frozenset[int] = field(default_factory=frozenset)


@cache
def announced() -> WorkCalendar:
    """Return the calendar as `chinesecalendar` knows it, without any override."""
    holidays, workdays = chinese_calendar.holidays, chinese_calendar.workdays
    return WorkCalendar(frozenset(holidays), frozenset(workdays), frozenset(day.year for day in holidays))


def overridden(calendar: WorkCalendar, toml: str) -> WorkCalendar:
    """Return `calendar` with what a file adds or corrects; a day named there is decided by it alone.

        years = [2027]                 # announced as a whole: answers are no longer provisional
        holidays = [2027-01-01]
        workdays = [2027-01-03]

    Raises `ValueError` for anything else in the file, and for a day that is named as both.
    """
    read = tomllib.loads(toml)
    if unknown := set(read) - {"years", "holidays", "workdays"}:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
    holidays, workdays = (_days(key, read.get(key, [])) for key in ("holidays", "workdays"))
    if both := holidays & workdays:
        raise ValueError(f"both a holiday and a working day: {min(both)}")
    years = read.get("years", [])
    if not (isinstance(years, list) and all(type(year) is int for year in years)):
        raise ValueError("years: whole numbers, such as [2027]")
    return WorkCalendar(
        (calendar.holidays - workdays) | holidays, (calendar.workdays - holidays) | workdays, calendar.years | {*years}
    )


def _days(key: str, values: object) -> frozenset[date]:
    if not (isinstance(values, list) and all(type(value) is date for value in values)):
        raise ValueError(f"{key}: days without a time, such as [2027-01-01]")
    return frozenset(values)


def load_calendar(override: Path | None = None) -> WorkCalendar:
    """Return the calendar to decide by: what is announced, and the file `override` on top of it where there is one."""
    calendar = announced()
    return overridden(calendar, override.read_text(encoding="utf-8")) if override else calendar


def is_working_day(day: date, calendar: WorkCalendar) -> WorkingDay:
    """Tell whether `day` is worked, and whether that is certain."""
    if day in calendar.holidays or day in calendar.workdays:
        return WorkingDay(day in calendar.workdays)
    return WorkingDay(day.weekday() < 5, provisional=day.year not in calendar.years)


def add_working_days(start: date, days: int, calendar: WorkCalendar) -> tuple[date, bool]:
    """Return the `days`-th working day after `start` (before it, where negative), and whether that is provisional.

    `start` itself does not count, whether it is worked or not: a notice of five working days put up on a Friday ends
    on the next Friday. No days leave `start` where it is.
    """
    step, left, day, provisional = (_ONE_DAY if days > 0 else -_ONE_DAY), abs(days), start, False
    while left:
        day += step
        working = is_working_day(day, calendar)
        left -= working.answer
        provisional |= working.provisional
    return day, provisional


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> tuple[int, bool]:
    """Count the working days after `start` up to and including `end`, and tell whether the count is provisional.

    The inverse of `add_working_days`; negative where `end` lies before `start`, then counting down to and including
    `end` from the day before `start`.
    """
    step = 1 if end >= start else -1
    days = (start + timedelta(days=step * n) for n in range(1, abs((end - start).days) + 1))
    return _counted((is_working_day(day, calendar) for day in days), step)


def _counted(days: Iterable[WorkingDay], step: int) -> tuple[int, bool]:
    seen = list(days)
    return step * sum(day.answer for day in seen), any(day.provisional for day in seen)
