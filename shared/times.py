"""Planned times (wall time and zone), happened times (UTC), and reading times as people write them.

What is planned is a wall time in an IANA zone: it stays at nine o'clock when a government moves the clocks. What
happened is UTC. Nothing here asks for the current time: `now` is passed in.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from shared.errors import Invalid
from shared.text import Text


class UnknownZone(Invalid):
    """A zone is named as the IANA database names it."""

    title = Text("未知时区", "Unknown time zone")
    detail = Text(
        "“{zone}”不是 IANA 时区名称，例如 Asia/Shanghai。",
        "“{zone}” is not an IANA zone name such as Asia/Shanghai.",
    )


class NoSuchWallTime(Invalid):
    """A wall time that the zone's clocks skip does not exist."""

    title = Text("该时刻不存在", "No such wall time")
    detail = Text("{zone} 的时钟在 {local} 被拨快，该时刻不存在。", "Clocks in {zone} skip {local}.")


class DatesBackwards(Invalid):
    """Nothing ends before it starts."""

    title = Text("结束早于开始", "Ends before it starts")
    detail = Text("结束时间 {end} 早于开始时间 {start}。", "The end, {end}, lies before the start, {start}.")


class DatesIncomplete(Invalid):
    """A span has both of its ends, and one kind of time."""

    title = Text("日期不完整", "Incomplete dates")
    detail = Text(
        "请同时填写开始与结束；全天日期与具体时刻只能选一种。",
        "Give both start and end, and either days or times of day.",
    )


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones() - {"Factory", "localtime"})


def check_zone(name: str) -> str:
    """Return `name` if it is an IANA zone with a place (or UTC); raise `UnknownZone` otherwise."""
    if name not in _zone_names() or not ("/" in name or name == "UTC"):
        raise UnknownZone(zone=name)
    return name


@dataclass(frozen=True, slots=True, order=False)
class PlannedTime:
    """A wall time (naive, to the minute or second) in an IANA zone."""

    local: datetime
    zone: str

    def utc(self) -> datetime:
        """Return the instant; of two instants with the same wall time (clocks set back), the first."""
        return self.local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def exists(self) -> bool:
        """Tell whether the zone's clocks ever show this wall time."""
        return self.utc().astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) == self.local

    def words(self) -> str:
        """Return it as it is told: wall time, to the second where it has any, and zone."""
        spec = "seconds" if self.local.second else "minutes"
        return f"{self.local.isoformat(sep=' ', timespec=spec)} {self.zone}"

    def plus(self, minutes: int) -> "PlannedTime":
        """Return the wall time `minutes` of elapsed time later."""
        later = self.utc() + timedelta(minutes=minutes)
        return PlannedTime(later.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None), self.zone)


def check_planned(local: datetime, zone: str) -> PlannedTime:
    """Return the planned time; raise `UnknownZone` or `NoSuchWallTime`."""
    planned = PlannedTime(local, check_zone(zone))
    if not planned.exists():
        raise NoSuchWallTime(zone=zone, local=local.isoformat(sep=" ", timespec="minutes"))
    return planned


def check_order(start: Any, end: Any) -> None:
    """Raise `DatesBackwards` where `end` lies before `start`; either may be missing."""
    if start is not None and end is not None and end < start:
        raise DatesBackwards(start=str(start), end=str(end))


def check_one_span(days: tuple[Any, Any], times: tuple[Any, Any]) -> None:
    """Raise `DatesIncomplete` unless there is a first day or a start time, and not both kinds; ends may be missing."""
    if (days[0] is None) == (times[0] is None) or any(days) == any(times):
        raise DatesIncomplete()
    check_order(*days)
    check_order(*times)


def happened(text: str) -> datetime:
    """Read an RFC 3339 instant, returning it in UTC; raise `ValueError` where it has no offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs its offset from UTC")
    return moment.astimezone(UTC)


_WEEKDAY = r"(?:\s*\(?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*\)?)?"
_CHINESE_DATE = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?" + _WEEKDAY)
_DASHED_DATE = re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})" + _WEEKDAY)
_MORNING, _NOON, _AFTERNOON = (
    {"凌晨", "清晨", "早晨", "早上", "上午", "am"},
    {"中午"},
    {"下午", "午后", "傍晚", "晚上", "pm"},
)
_MARK = "|".join(sorted(_MORNING | _NOON | _AFTERNOON))
_CLOCK = re.compile(
    rf"(?P<before>{_MARK})?\s*(?P<hour>\d{{1,2}})\s*"
    r"(?:[:.]\s*(?P<minute>\d{2})(?::\d{2})?|[点时]\s*(?:(?P<chinese>\d{1,2})\s*分?|(?P<half>半)|整)?)?"
    rf"\s*(?P<after>{_MARK})?"
)
_MIDNIGHT = re.compile(r"24\s*(?::\s*00|[点时]整?)")
_RANGE = re.compile(r"\s*(?:[-‐‑–—―−─~]+|至|到|\bto\b)\s*")


def fold(words: str) -> str:
    """Return `words` with full-width digits, colons, brackets and spaces made plain (NFKC), trimmed."""
    return unicodedata.normalize("NFKC", words).strip()


def read_date(words: str, year: int | None = None) -> date:
    """Read a date as people write it: 2023-02-04, 2023/2/4, 2023年2月4日（星期六）, or 2月4日 with `year` known.

    Raises `ValueError` for anything else, for a month 13 or a 30 February, and for a date with more words after it.
    """
    folded = fold(words)
    if match := _DASHED_DATE.fullmatch(folded):
        return date(int(match[1]), int(match[3]), int(match[4]))
    if match := _CHINESE_DATE.fullmatch(folded):
        if not match[1] and year is None:
            raise ValueError(f"no year in {words!r}")
        return date(int(match[1] or year or 0), int(match[2]), int(match[3]))
    raise ValueError(f"not a date: {words!r}")


def read_clock(words: str) -> time:
    """Read a time of day as people write it: 9:00, ９：００, 9点半, 下午2:30, 2 PM. Raises `ValueError`."""
    match = _CLOCK.fullmatch(fold(words).lower())
    if not match:
        raise ValueError(f"not a time of day: {words!r}")
    mark = match["before"] or match["after"]
    if (match["before"] and match["after"]) or not (mark or re.search("[:.点时]", match[0])):
        raise ValueError(f"not a time of day: {words!r}")
    hour, minute = int(match["hour"]), 30 if match["half"] else int(match["minute"] or match["chinese"] or 0)
    if mark == "晚上" and hour == 12:
        raise ValueError(f"noon or midnight: {words!r}")
    if mark in _MORNING and hour > 12:
        raise ValueError(f"not in the morning: {words!r}")
    if mark in _MORNING and hour == 12 and mark != "上午":
        hour = 0
    elif (mark in _AFTERNOON and hour < 12) or (mark in _NOON and hour < 10):
        hour += 12
    return time(hour, minute)


def read_clock_range(words: str) -> tuple[time, time]:
    """Read a span of the day as people write it: 9：00—10：30, 14:00-15:30, 下午2点至3点半, 2:00-3:30 PM.

    A mark (下午, PM) on one end also holds for the other where that keeps them in order; 24:00 as the end is midnight,
    returned as 00:00. Raises `ValueError`.
    """
    parts = _RANGE.split(fold(words).lower())
    if len(parts) != 2:
        raise ValueError(f"not a span of time: {words!r}")
    first, last = parts
    before, after = (re.search(_MARK, part) for part in parts)
    if after and not before:
        end = read_clock(last)
        marked = _marked(after[0], first)
        return (marked if marked and marked < end else read_clock(first)), end
    start = read_clock(first)
    marked = _marked(before[0], last) if before and not after else None
    if marked and marked > start:
        return start, marked
    return start, time() if _MIDNIGHT.fullmatch(last) else read_clock(last)


def _marked(mark: str, words: str) -> time | None:
    try:
        return read_clock(mark + words)
    except ValueError:
        return None
