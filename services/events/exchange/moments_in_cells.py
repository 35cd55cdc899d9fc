"""Dates, times and lengths as the cells of a table hold them: typed by Excel, or written by people."""

import re
from datetime import date, datetime, time, timedelta

from services.events.exchange.sheets import Value
from shared.times import fold, read_clock, read_clock_range, read_date

_HALF_DAY = re.compile(r"\s*(上午|下午|晚上|中午|早上)$")
_DATE_FIRST = re.compile(r"(.*?[日号]|\d{4}\D\d{1,2}\D\d{1,2})\s*(.*)", re.DOTALL)
_LENGTH = re.compile(r"(?:(\d+(?:\.\d+)?)\s*(?:小时|h|hours?))?\s*(?:(\d+)\s*(?:分钟?|min(?:utes?)?|m)?)?")
_MIDNIGHT = time()


def read_day(value: Value, year: int | None) -> tuple[date, str]:
    """Return the date in a cell and the half of the day it names with it (2月4日下午), if any. Raises `ValueError`."""
    if isinstance(value, datetime):
        return value.date(), ""
    if isinstance(value, date):
        return value, ""
    folded = fold(_plain(value))
    half = _HALF_DAY.search(folded)
    if re.fullmatch(r"(19|20)\d{6}", folded):
        folded = f"{folded[:4]}-{folded[4:6]}-{folded[6:]}"
    return read_date(folded[: half.start()] if half else folded, year), half[1] if half else ""


def read_time(value: Value, half: str) -> tuple[time, time | None]:
    """Return the start in a cell, and the end if the cell holds a span; 00:00 as an end is midnight. Raises `ValueError`."""
    if isinstance(value, datetime):
        return _rounded(value.time()), None
    if isinstance(value, time):
        return _rounded(value), None
    if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        return _rounded((datetime.min + value).time()), None
    words = _plain(value)
    for attempt in ([half + words] if half else []) + [words]:
        try:
            return read_clock_range(attempt)
        except ValueError:
            pass
        try:
            return read_clock(attempt), None
        except ValueError:
            continue
    raise ValueError(words)


def split_date(value: Value, year: int | None) -> tuple[date | None, str, Value]:
    """Split a cell that holds a date and then a time (2023年2月4日 9:00—10:30): the date, its half day, and the rest."""
    if isinstance(value, datetime):
        return value.date(), "", value.time()
    match = _DATE_FIRST.fullmatch(fold(value)) if isinstance(value, str) else None
    if not match:
        return None, "", value
    try:
        on, half = read_day(match[1], year)
    except ValueError:
        return None, "", value
    return on, half, match[2]


def read_minutes(value: Value) -> int:
    """Return the length in a cell in minutes: 90, 90分钟, 1:30, 1.5小时, 1小时30分. Raises `ValueError`."""
    if isinstance(value, timedelta):
        minutes = value.total_seconds() / 60
    elif isinstance(value, time):
        minutes = value.hour * 60 + value.minute + value.second / 60
    elif isinstance(value, int | float) and not isinstance(value, bool):
        minutes = value
    else:
        minutes = _written_minutes(fold(_plain(value)).lower())
    if minutes <= 0 or minutes != int(minutes):
        raise ValueError(str(value))
    return int(minutes)


def minutes_between(start: time, end: time) -> int:
    """Return the minutes from start to end on one day, an end of 00:00 being midnight; not positive if it is before."""
    length = datetime.combine(date.min, end) - datetime.combine(date.min, start)
    if end == _MIDNIGHT:
        length += timedelta(days=1)
    return int(length.total_seconds() // 60)


def shown(value: Value) -> str:
    """Return a cell's value as words, a whole number without its decimals."""
    return _plain(value)


def _written_minutes(words: str) -> float:
    if clock := re.fullmatch(r"(\d{1,3}):([0-5]\d)(?::00)?", words):
        return int(clock[1]) * 60 + int(clock[2])
    match = _LENGTH.fullmatch(words)
    if not match or not (match[1] or match[2]):
        raise ValueError(words)
    return float(match[1] or 0) * 60 + int(match[2] or 0)


def _plain(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _rounded(clock: time) -> time:
    """Round to the minute what Excel keeps as a fraction of a day."""
    return (datetime.combine(date(2000, 1, 1), clock) + timedelta(seconds=30)).time().replace(second=0, microsecond=0)
