"""The values inside a frab node: words, clocks, durations, and when a session starts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.events.exchange.checks import YEARS
from services.events.exchange.frab import Node, day_of, read_clock, read_duration
from services.events.exchange.rules import Faults
from shared.text import Language, Text
from shared.times import PlannedTime

_FLAGS = {"true": True, "1": True, "false": False, "0": False}


@dataclass
class Values:
    """Takes members out of nodes and notes what is wrong with them, in the language and zone of one file.

    A file whose zone is not known is refused, but not for the times that cannot be judged without it.
    """

    faults: Faults
    language: Language
    zone: str | None = None

    def words(self, node: Node, name: str) -> str:
        """Take a member as words."""
        return node.take(name, self.faults)

    def said(self, words: str) -> Text:
        """Return words of the file as a text in its language."""
        return Text(zh=words) if self.language == "zh" else Text(en=words)

    def text(self, node: Node, name: str) -> Text:
        """Take a member as a text in the file's language."""
        return self.said(self.words(node, name))

    def flag(self, node: Node, name: str) -> bool | None:
        """Take a yes or no; anything else stays where it is."""
        value = node.values.get(name)
        flag = value if isinstance(value, bool) else _FLAGS.get(value) if isinstance(value, str) else None
        if flag is not None:
            del node.values[name]
        return flag

    def number(self, node: Node, name: str) -> int | None:
        """Take a whole number; anything else stays where it is."""
        value = node.values.get(name)
        if value is not None and type(value) is not int:
            return None
        node.values.pop(name, None)
        return value

    def clock(self, node: Node, name: str) -> time | None:
        """Take a time of day."""
        words = self.words(node, name)
        try:
            return read_clock(words) if words.strip() else None
        except ValueError:
            self.faults.add("bad_clock", node.place(name), found=words)
            return None

    def duration(self, node: Node, name: str) -> int | None:
        """Take a duration in minutes; an unreadable one is noted here and not again."""
        words = self.words(node, name)
        try:
            return read_duration(words) if words.strip() else None
        except ValueError:
            self.faults.add("bad_duration", node.place(name), found=words)
            return 1

    def moment(self, node: Node, name: str) -> date | datetime | None:
        """Read a date, or a date with a time, leaving the member where it is."""
        words = str(node.values.get(name) or "").strip()
        try:
            timed = len(words) > len("2023-02-04")
            moment = datetime.fromisoformat(words) if timed else date.fromisoformat(words) if words else None
            if moment and moment.year not in YEARS:
                raise ValueError(words)
            return moment
        except ValueError:
            self.faults.add("bad_date", node.place(name), found=words)
            return None

    def local(self, moment: datetime) -> datetime:
        """Return the wall time of a moment in the programme's zone; one without an offset is wall time already."""
        if moment.tzinfo is None or self.zone is None:
            return moment.replace(tzinfo=None)
        return moment.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, fold=0)

    def take_day(self, node: Node, name: str) -> date | None:
        """Take a date; of a date with a time return the day, and leave the member, which says more."""
        moment = self.moment(node, name)
        if isinstance(moment, datetime):
            return self.local(moment).date()
        node.values.pop(name, None)
        return moment

    def start(self, event: Node, day: date | None, change: time | None, *, lost: bool) -> datetime | None:
        """Take `date` and `start`, and return the wall time of the two, which must agree.

        Without a date the session stands on its `day`, and on the next calendar day if it starts before `change`; where
        the day's own date is `lost`, that is not noted again.
        """
        noted = len(self.faults)
        moment, clock = self.moment(event, "date"), self.clock(event, "start")
        event.values.pop("date", None)
        event.values.pop("start", None)
        if len(self.faults) > noted:
            return None
        if isinstance(moment, datetime):
            return self._agreed(event, moment, clock, day)
        on = moment or (day + timedelta(days=1) if day and clock and change and clock < change else day)
        if not on or not clock:
            if not (clock and lost):
                self.faults.add("date_missing" if clock else "bad_clock", event.place("start"), found="")
            return None
        return datetime.combine(on, clock)

    def _agreed(self, event: Node, moment: datetime, clock: time | None, day: date | None) -> datetime | None:
        local = self.local(moment)
        if self.zone is None:
            return local
        if clock and clock.replace(second=0) != local.time().replace(second=0):
            self.faults.add("start_differs", event.place("date"), start=clock, found=moment.isoformat(), zone=self.zone)
        elif moment.tzinfo and PlannedTime(local, self.zone).utc() != moment:
            self.faults.add("ambiguous_time", event.place("date"), found=moment.isoformat())
        elif day and not 0 <= (local.date() - day).days <= 1:
            self.faults.add("date_outside_day", event.place("date"), found=local.isoformat(" "), day=day)
        else:
            return local
        return None


def shared_change(days: list[tuple[date | None, time, list[datetime]]]) -> time | None:
    """Return the hour at which all days start, if it is one and every session fits its day by it.

    Each day is its date, the time of day it says it starts at, and the starts of its sessions.
    """
    clocks = {clock for _, clock, _ in days}
    if len(clocks) != 1 or clocks == {time()}:
        return None
    change = clocks.pop()
    fits = all(day is None or day_of(start, change) == day for day, _, starts in days for start in starts)
    return change if fits else None
