"""How each test of the language is decided from what is known: pure, three-valued, with the value that was compared."""

from dataclasses import dataclass
from datetime import date
from functools import singledispatch

from pydantic import BaseModel

from services.awards.eligibility.days import completed_years, plus_months, shifted
from services.awards.eligibility.facts import Belongs, Facts, Record
from services.awards.eligibility.language import (
    Achievements,
    Age,
    Among,
    Born,
    Choice,
    DateTest,
    DegreeTest,
    Flag,
    Given,
    History,
    Membership,
    Moment,
    NumberTest,
    OfField,
    Pause,
    SameUnit,
    Size,
    TitleTest,
)
from services.awards.eligibility.names import (
    FILLED,
    NONE,
    UNFILLED,
    counted,
    day_in_words,
    list_of,
    memberships_in_words,
    name_of,
    names_of,
)
from services.awards.eligibility.rules import Degree, Title, all_of, any_of
from shared.text import Text, same
from shared.workdays import WorkCalendar


@dataclass(frozen=True)
class Measured:
    """How a test came out, the value it looked at, what was missing, and whether holidays may still change it."""

    holds: bool | None
    value: Text = UNFILLED
    missing: tuple[str, ...] = ()
    provisional: bool = False


@singledispatch
def measure(test: BaseModel, facts: Facts, calendar: WorkCalendar) -> Measured:
    """Return how a test comes out."""
    raise TypeError(f"no such test: {type(test).__name__}")


@measure.register
def _(test: Born, facts: Facts, calendar: WorkCalendar) -> Measured:
    if facts.born_on is None:
        return Measured(None, missing=("born_on",))
    return Measured(_within(facts.born_on, test.on_or_after, test.on_or_before), day_in_words(facts.born_on))


@measure.register
def _(test: Age, facts: Facts, calendar: WorkCalendar) -> Measured:
    if facts.born_on is None:
        return Measured(None, missing=("born_on",))
    years = completed_years(facts.born_on, test.on)
    born = day_in_words(facts.born_on)
    return Measured(
        _within(years, test.at_least, test.at_most),
        Text(f"{years}周岁（{born.zh}出生）", f"{years} years (born on {born.en})"),
    )


@measure.register
def _(test: Among, facts: Facts, calendar: WorkCalendar) -> Measured:
    value = getattr(facts, test.fact)
    if value is None:
        return Measured(None, missing=(test.fact,))
    own = test.label if test.label and test.values == (value,) else name_of(test.fact, value)
    return Measured(value in test.values, own)


@measure.register
def _(test: DegreeTest, facts: Facts, calendar: WorkCalendar) -> Measured:
    return _at_least("degree", list(Degree), facts.degree, test.at_least)


@measure.register
def _(test: TitleTest, facts: Facts, calendar: WorkCalendar) -> Measured:
    return _at_least("title", list(Title), facts.title, test.at_least)


@measure.register
def _(test: Membership, facts: Facts, calendar: WorkCalendar) -> Measured:
    if facts.memberships is None:
        return Measured(None, missing=("memberships",))
    own = [each for each in facts.memberships if not test.societies or each.society in test.societies]
    holds = any_of(_belongs(each, test) for each in own)
    return Measured(holds, memberships_in_words(own), missing=("memberships",) if holds is None else ())


@measure.register
def _(test: History, facts: Facts, calendar: WorkCalendar) -> Measured:
    records: tuple[Record, ...] | None = getattr(facts, test.of)
    if records is None:
        return Measured(None, missing=(test.of,))
    if test.last_years is not None and facts.year is None:
        return Measured(None, missing=("year",))
    own = [record for record in records if record.programme in test.programmes]
    counts = [(record, _counts(record, test, facts)) for record in own]
    certain = sum(count is True for _, count in counts)
    possible = sum(count is not False for _, count in counts)
    value = list_of([record for record, count in counts if count is not False])
    if certain > test.at_most:
        return Measured(False, value)
    return Measured(True, value) if possible <= test.at_most else Measured(None, value, missing=(test.of,))


@measure.register
def _(test: Pause, facts: Facts, calendar: WorkCalendar) -> Measured:
    missing = tuple(name for name in ("nominations", "number") if getattr(facts, name) is None)
    if missing or facts.nominations is None or facts.number is None:
        return Measured(None, missing=missing)
    own = [record for record in facts.nominations if record.programme in test.programmes]
    if any(record.number is None for record in own):
        return Measured(None, list_of(own), missing=("nominations",))
    stood = {record.number for record in own}
    last = (facts.number - 1 - rested for rested in range(test.rest))
    due = any(all(end - n in stood for n in range(test.after)) for end in last)
    return Measured(not due, list_of(own))


@measure.register
def _(test: SameUnit, facts: Facts, calendar: WorkCalendar) -> Measured:
    companions = getattr(facts, test.of)
    if companions is None:
        return Measured(None, missing=(test.of,))
    if len(companions) <= test.at_most:
        return Measured(True, counted(len(companions), test.of))
    if facts.unit is None:
        return Measured(None, missing=("unit",))
    certain = sum(each.unit == facts.unit for each in companions)
    possible = certain + sum(each.unit is None for each in companions)
    if certain > test.at_most:
        return Measured(False, counted(certain, test.of))
    return Measured(True, counted(certain, test.of)) if possible <= test.at_most else Measured(None, missing=(test.of,))


@measure.register
def _(test: Size, facts: Facts, calendar: WorkCalendar) -> Measured:
    listed = getattr(facts, test.of)
    if listed is None:
        return Measured(None, missing=(test.of,))
    return Measured(_within(len(listed), test.at_least, test.at_most), counted(len(listed), test.of))


@measure.register
def _(test: Achievements, facts: Facts, calendar: WorkCalendar) -> Measured:
    if test.at_least == 0:
        return Measured(True, NONE)
    if facts.achievements is None:
        return Measured(None, missing=("achievements",))
    since = plus_months(test.until, -12 * test.last_years)
    recent = sum(since < day <= test.until for day in facts.achievements)
    return Measured(recent >= test.at_least, counted(recent, "achievements"))


@measure.register
def _(test: Given, facts: Facts, calendar: WorkCalendar) -> Measured:
    return _unfilled(test) if facts.answered(test.field) is None else Measured(True, FILLED)


@measure.register
def _(test: Flag, facts: Facts, calendar: WorkCalendar) -> Measured:
    value = facts.answered(test.field)
    return Measured(value is test.value, _shown(value)) if isinstance(value, bool) else _unfilled(test)


@measure.register
def _(test: Choice, facts: Facts, calendar: WorkCalendar) -> Measured:
    value = facts.answered(test.field)
    chosen = (value,) if isinstance(value, str) else value
    if not isinstance(chosen, tuple):
        return _unfilled(test)
    called = names_of(test.names.get(each) or same(each) for each in chosen)
    return Measured(set(chosen) <= set(test.values), called)


@measure.register
def _(test: NumberTest, facts: Facts, calendar: WorkCalendar) -> Measured:
    value = facts.answered(test.field)
    if isinstance(value, bool) or not isinstance(value, float):
        return _unfilled(test)
    return Measured(_within(value, test.at_least, test.at_most), same(f"{value:.15g}"))


@measure.register
def _(test: DateTest, facts: Facts, calendar: WorkCalendar) -> Measured:
    day = facts.day_in(test.field)
    if day is None:
        return _unfilled(test)
    bounds = [_moment(each, facts, calendar) if each else None for each in (test.not_before, test.not_after)]
    missing = tuple(f"form/{each.missing}" for each in bounds if each and each.missing)
    (low, high), provisional = bounds, any(each.provisional for each in bounds if each)
    after = low is None or (None if low.day is None else day >= low.day)
    before = high is None or (None if high.day is None else day <= high.day)
    return Measured(all_of((after, before)), day_in_words(day), missing, provisional)


@dataclass(frozen=True)
class _At:
    day: date | None
    provisional: bool = False
    missing: str = ""


def _moment(moment: Moment, facts: Facts, calendar: WorkCalendar) -> _At:
    start = moment.on or facts.day_in(moment.field or "")
    if start is None:
        return _At(None, missing=moment.field or "")
    at = shifted(start, moment.plus, moment.unit, calendar)
    return _At(*at) if at else _At(None, missing=moment.field or "")


def _within(value: date | float, low: date | float | None, high: date | float | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)  # type: ignore[operator]


def _at_least(fact: str, order: list[Degree] | list[Title], value: Degree | Title | None, least: str) -> Measured:
    if value is None:
        return Measured(None, missing=(fact,))
    return Measured(order.index(value) >= order.index(least), name_of(fact, value))  # type: ignore[arg-type]


def _belongs(each: Belongs, test: Membership) -> bool | None:
    if each.until_on is not None and each.until_on < test.on:
        return False
    if each.from_on is None:
        return None
    return plus_months(each.from_on, 12 * test.years) <= test.on


def _counts(record: Record, test: History, facts: Facts) -> bool | None:
    grade = not test.grades or (None if record.grade is None else record.grade in test.grades)
    if test.last_years is None or facts.year is None:
        return grade
    recent = None if record.year is None else facts.year - test.last_years <= record.year <= facts.year
    return all_of((grade, recent))


def _unfilled(test: OfField) -> Measured:
    return Measured(None, missing=(f"form/{test.field}",))


def _shown(value: object) -> Text:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, tuple):
        return names_of(same(str(each)) for each in value)
    return same(f"{value:.15g}" if isinstance(value, float) else str(value))
