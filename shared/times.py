"""Planned times (wall time and zone), happened times (UTC), and reading times as people write them.

What is planned is a wall time in an IANA zone: it stays at nine o'clock when a government moves the clocks. What
happened is UTC. Nothing here asks for the current time: `now` is passed in.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
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


def happened(text: str) -> datetime:
    """Read an RFC 3339 instant, returning it in UTC; raise `ValueError` where it has no offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant needs its offset from UTC")
    return moment.astimezone(UTC)


_CHINESE_DATE = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_DASHED_DATE = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_CLOCK = re.compile(
    r"(上午|下午|晚上|中午|早上|AM|PM|am|pm)?\s*(\d{1,2})\s*(?:[:.]\s*(\d{2})(?::\d{2})?|[点时]\s*(?:(\d{1,2})\s*分?|(半))?)\s*(AM|PM|am|pm)?"
)
_RANGE = re.compile(r"\s*(?:--?|–|—+|~|～|至|到|―)\s*")


def fold(words: str) -> str:
    """Return `words` with full-width digits, colons and spaces made plain (NFKC), trimmed."""
    return unicodedata.normalize("NFKC", words).replace("：", ":").strip()


def read_date(words: str, year: int | None = None) -> date:
    """Read a date as people write it: 2023-02-04, 2023/2/4, 2023年2月4日, or 2月4日 with `year` known.

    Raises `ValueError` for anything else, and for a month 13 or a 30 February.
    """
    folded = fold(words)
    if match := _DASHED_DATE.match(folded):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _CHINESE_DATE.match(folded):
        if not match[1] and year is None:
            raise ValueError(f"no year in {words!r}")
        return date(int(match[1] or year or 0), int(match[2]), int(match[3]))
    raise ValueError(f"not a date: {words!r}")


def read_clock(words: str) -> time:
    """Read a time of day as people write it: 9:00, ９：00, 9点半, 下午2:30, 2 PM. Raises `ValueError`."""
    match = _CLOCK.fullmatch(fold(words))
    if not match:
        raise ValueError(f"not a time of day: {words!r}")
    before, hours, minutes, chinese_minutes, half, after = match.groups()
    hour, minute = int(hours), 30 if half else int(minutes or chinese_minutes or 0)
    mark = (before or after or "").lower()
    if mark in {"下午", "晚上", "pm"} and hour < 12:
        hour += 12
    if mark == "中午" and hour < 10:
        hour += 12
    if mark == "am" and hour == 12:
        hour = 0
    return time(hour, minute)


def read_clock_range(words: str) -> tuple[time, time]:
    """Read a span of the day as people write it: 9：00—10：30, 14:00-15:30, 上午9点至10点半. Raises `ValueError`."""
    parts = _RANGE.split(fold(words))
    if len(parts) != 2:
        raise ValueError(f"not a span of time: {words!r}")
    return read_clock(parts[0]), read_clock(parts[1])
