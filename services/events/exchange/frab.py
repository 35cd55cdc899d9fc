"""The model that `schedule.xml` and `schedule.json` share: a conference, its days, their rooms, their events.

Everything is still as the file has it: names of members to values, with the place of each. Attributes are named
`@name`, an element's own words `#text`, nested members `outer/inner`; the JSON form is renamed to the same.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.events.exchange.programme_file import Json
from services.events.exchange.rules import Faults, Place, step
from shared.text import Text
from shared.times import PlannedTime

OUR_NAME = "huitang"
"""Names our files as their generator, and the corner in them that is ours."""

_TEXT = Text("文字", "text")
_DURATION = re.compile(r"(\d{1,4}):([0-5]\d)(?::00)?")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


@dataclass(slots=True)
class Node:
    """The members of one element, taken one by one; what nobody took is the file's own (`rest`).

    XML gives `lines` of its members; JSON a `pointer`, and the `names` that members have in the file itself.
    """

    values: dict[str, Json] = field(default_factory=dict)
    line: int | None = None
    lines: dict[str, int] = field(default_factory=dict)
    pointer: str | None = None
    names: dict[str, str] = field(default_factory=dict)

    def place(self, name: str = "") -> Place:
        """Return where a member stands, or the element where the member is absent."""
        if self.pointer is None:
            return Place(line=self.lines.get(name, self.line))
        return Place(pointer=step(self.pointer, self.names.get(name, name)) if name else self.pointer)

    def take(self, name: str, faults: Faults) -> str:
        """Remove and return a member as words, empty where it is absent or null."""
        value = self.values.pop(name, None)
        if isinstance(value, bool | float | list | dict):
            faults.add("bad_value", self.place(name), found=str(value), wanted=_TEXT)
        return "" if value is None else str(value)

    def rest(self) -> dict[str, Json]:
        """Return the members that nobody took."""
        return self.values


@dataclass(slots=True)
class RawEvent:
    """An event with its persons, links and attachments."""

    node: Node
    persons: list[Node] = field(default_factory=list)
    links: list[Node] = field(default_factory=list)
    attachments: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class RawRoom:
    """A room of one day."""

    node: Node
    events: list[RawEvent] = field(default_factory=list)


@dataclass(slots=True)
class RawDay:
    """A day and its rooms."""

    node: Node
    rooms: list[RawRoom] = field(default_factory=list)


@dataclass(slots=True)
class RawSchedule:
    """A whole file; `own` is the corner that a file of ours keeps for what the format cannot hold (see `kept`)."""

    root: Node
    conference: Node
    tracks: list[Node] = field(default_factory=list)
    rooms: list[Node] = field(default_factory=list)
    days: list[RawDay] = field(default_factory=list)
    own: dict[str, Json] = field(default_factory=dict)


def read_duration(words: str) -> int:
    """Return the minutes of `00:25`, `1:00`, `26:00` or `00:05:00`. Raises `ValueError`."""
    match = _DURATION.fullmatch(words.strip())
    if not match:
        raise ValueError(words)
    return int(match[1]) * 60 + int(match[2])


def write_duration(minutes: int) -> str:
    """Write minutes as `00:25`; more than the format's two digits of hours are cut to 99:59."""
    return "{:02}:{:02}".format(*divmod(min(minutes, 99 * 60 + 59), 60))


def read_clock(words: str) -> time:
    """Return the time of day of `09:30` or `09:30:00`. Raises `ValueError`."""
    match = _CLOCK.fullmatch(words.strip())
    if not match:
        raise ValueError(words)
    return time(int(match[1]), int(match[2]), int(match[3] or 0))


def write_clock(clock: time) -> str:
    """Write a time of day as `09:30`, with seconds where it has any."""
    return clock.isoformat("seconds" if clock.second else "minutes")


def day_of(start: datetime, day_change: time | None) -> date:
    """Return the day that a session belongs to: one that starts before `day_change` is still the day before."""
    change = day_change or time()
    return (start - timedelta(hours=change.hour, minutes=change.minute, seconds=change.second)).date()


def days_of(first: date | None, last: date | None, starts: Iterable[datetime], day_change: time | None) -> list[date]:
    """Return the days to list: every one from `first` to `last` if these are near, and every one with a session."""
    used = {day_of(start, day_change) for start in starts}
    if first and last and 0 <= (last - first).days <= 62:
        used |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return sorted(used or {day for day in (first, last) if day})


def day_bounds(day: date, day_change: time | None, zone: str) -> dict[str, Json]:
    """Return when a day of the programme starts and ends, as `@start` and `@end` with their offsets."""
    first = datetime.combine(day, day_change or time())
    return {"@start": offset_time(first, zone), "@end": offset_time(first + timedelta(days=1), zone)}


def offset_time(local: datetime, zone: str) -> str:
    """Write a wall time with the offset that its zone has then."""
    return PlannedTime(local, zone).utc().astimezone(ZoneInfo(zone)).isoformat()
