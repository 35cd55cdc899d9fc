"""Dates counted as the law counts them: birthdays, months and years, working days."""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from shared.workdays import WorkCalendar, add_working_days


class Unit(StrEnum):
    """What time is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


def plus_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month where it has no such day (民法典第202条)."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def completed_years(born: date, on: date) -> int:
    """Count the years of age completed on a day: a birthday completes one, that of 29 February on the 28th where need be."""
    years = on.year - born.year
    return years - (on < plus_months(born, 12 * years))


def shifted(day: date, plus: int, unit: Unit, calendar: WorkCalendar) -> tuple[date, bool] | None:
    """Return the day `plus` units later (earlier where negative), and whether holidays may still move it.

    Nothing where that lies outside the years that can be counted.
    """
    try:
        if unit is Unit.WORKING_DAYS:
            return add_working_days(day, plus, calendar)
        if unit is Unit.DAYS:
            return day + timedelta(days=plus), False
        return plus_months(day, plus * (12 if unit is Unit.YEARS else 1)), False
    except (OverflowError, ValueError):
        return None
