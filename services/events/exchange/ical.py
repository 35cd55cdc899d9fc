"""Reading programmes from iCalendar files: one entry a session. `ical_writing` makes such files.

For moving programmes between systems; the feeds that people subscribe to are the calendar service's.
"""

from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from services.events.exchange.checks import MOST_MINUTES, YEARS, check
from services.events.exchange.headings import has_chinese
from services.events.exchange.programme_file import (
    Extras,
    FileLink,
    FileRoom,
    FileSession,
    FileTrack,
    ProgrammeFile,
    ReadOptions,
)
from services.events.exchange.rules import Faults, Place, all_faults, check_size, refuse
from shared.errors import Invalid
from shared.text import Language, Text
from shared.times import PlannedTime, check_zone

MAX_ICAL_BYTES = 8 * 1024 * 1024
OWN_UID = "@programme.huitang"
"""Makes a key that is no UID one, in files of ours; taken off again in reading."""
_KNOWN = {
    "BEGIN",
    "END",
    "UID",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "DTSTART",
    "DTEND",
    "DURATION",
    "CATEGORIES",
    "ATTACH",
}
_ONCE = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "DTSTART", "DTEND", "DURATION")
_OF_THE_ENTRY = {"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "STATUS", "TRANSP", "CLASS"}


def read(data: bytes, options: ReadOptions) -> ProgrammeFile:
    """Read an iCalendar file; raise `Problems` naming the line of every entry at fault. Cancelled entries are left out."""
    check_size(data, MAX_ICAL_BYTES)
    calendar, lines = _parse(data)
    entries = [
        (entry, Place(line=line)) for entry, line in zip_longest(calendar.walk("VEVENT"), lines) if entry is not None
    ]
    entries = [(entry, place) for entry, place in entries if str(entry.get("STATUS", "")).upper() != "CANCELLED"]
    with all_faults() as faults:
        titles = " ".join(str(entry.get("SUMMARY", "")) for entry, _ in entries)
        language: Language = options.language or ("zh" if has_chinese(titles) else "en")
        reading = _Reading(faults, language, _zone(calendar, [entry for entry, _ in entries], options, faults))
        sessions = tuple(reading.session(entry, place) for entry, place in entries)
        days = [session.start.date() for session in sessions if session.start]
        made = ProgrammeFile(
            title=reading.said(str(calendar.get("X-WR-CALNAME", ""))),
            zone=reading.zone,
            language=language,
            start_on=min(days, default=None),
            end_on=max(days, default=None),
            rooms=tuple(reading.rooms.values()),
            tracks=tuple(reading.tracks.values()),
            sessions=sessions,
        )
        check(made, lambda kind, i, name: entries[i][1] if kind == "sessions" else Place(), faults)
        return made


def _parse(data: bytes) -> tuple[Any, list[int]]:
    """Return the calendar, and the line on which each entry begins."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse("encoding", Place(line=data.count(b"\n", 0, error.start) + 1))
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip().upper() == "BEGIN:VEVENT"]
    try:
        calendar: Any = Calendar.from_ical(text)
    except (
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
        OSError,
    ) as error:
        refuse("not_readable", Place(line=1), reason=str(error))
    if calendar.name != "VCALENDAR":
        refuse("not_readable", Place(line=1), reason=str(calendar.name))
    return calendar, lines


def _zone(calendar: Any, entries: list[Any], options: ReadOptions, faults: Faults) -> str:
    """Return the zone that the file names for all of it, or the only one its entries have, or else the option's."""
    starts = [entry["DTSTART"] for entry in entries if "DTSTART" in entry]
    named = {str(start.params.get("TZID", "")) for start in starts if not isinstance(start, list)}
    for zone in (str(calendar.get("X-WR-TIMEZONE", "")), *(named if len(named) == 1 else ()), options.zone):
        try:
            if zone:
                return check_zone(zone)
        except Invalid:
            if zone == options.zone:
                faults.add("unknown_zone", found=zone)
                return "UTC"
    faults.add("zone_missing")
    return "UTC"


class _Reading:
    """One pass over the entries of a file."""

    def __init__(self, faults: Faults, language: Language, zone: str) -> None:
        self.faults, self.language, self.zone = faults, language, zone
        self.rooms: dict[str, FileRoom] = {}
        self.tracks: dict[str, FileTrack] = {}

    def said(self, words: str) -> Text:
        """Return words of the file as a text in its language."""
        return Text(zh=words) if self.language == "zh" else Text(en=words)

    def session(self, entry: Any, place: Place) -> FileSession:
        """Read an entry."""
        errors = [f"{name or ''} {message}".strip() for name, message in entry.errors]
        errors += [name for name in _ONCE if isinstance(entry.get(name), list)]
        for error in errors:
            self.faults.add("bad_value", place, found=error, wanted="RFC 5545")
        key = str(entry.get("UID", "")).removesuffix(OWN_UID)
        if not key:
            self.faults.add("key_missing", place)
        if "RRULE" in entry or "RDATE" in entry or "RECURRENCE-ID" in entry:
            self.faults.add("recurring", place)
        start, minutes = (None, None) if errors else self._times(entry, place)
        room, categories = str(entry.get("LOCATION", "")), _categories(entry)
        if room:
            self.rooms.setdefault(room, FileRoom(room, self.said(room)))
        if categories:
            self.tracks.setdefault(categories[0], FileTrack(categories[0], self.said(categories[0])))
        attachments = entry.get("ATTACH", [])
        return FileSession(
            key=key,
            title=self.said(str(entry.get("SUMMARY", ""))),
            description=self.said(str(entry.get("DESCRIPTION", ""))),
            start=start,
            duration_minutes=minutes,
            room=room or None,
            track=categories[0] if categories else None,
            attachments=tuple(
                FileLink(str(a)) for a in (attachments if isinstance(attachments, list) else [attachments])
            ),
            extras=_extras(entry, categories),
        )

    def _times(self, entry: Any, place: Place) -> tuple[datetime | None, int | None]:
        if "DTSTART" not in entry:
            self.faults.add("member_missing", place, name="DTSTART")
            return None, None
        begins = entry["DTSTART"].dt
        ends = entry["DTEND"].dt if "DTEND" in entry else None
        if not isinstance(begins, datetime) or (ends is not None and not isinstance(ends, datetime)):
            self.faults.add("all_day", place)
            return None, None
        if begins.year not in YEARS or (ends and ends.year not in YEARS):
            self.faults.add("bad_date", place, found=begins.isoformat())
            return None, None
        start = self._local(begins, place)
        if not PlannedTime(start, self.zone).exists():
            return start, 1
        length = (
            self._instant(ends) - self._instant(begins)
            if ends
            else entry["DURATION"].dt
            if "DURATION" in entry
            else None
        )
        if not isinstance(length, timedelta) or length.seconds % 60 or length > timedelta(minutes=MOST_MINUTES):
            self.faults.add("bad_duration", place, found="" if length is None else str(length))
        elif length <= timedelta():
            self.faults.add(
                "ends_before_start", place, start=begins.isoformat(" "), end=(begins + length).isoformat(" ")
            )
        else:
            return start, int(length.total_seconds() // 60)
        return None, None

    def _instant(self, moment: datetime) -> datetime:
        return moment.astimezone(UTC) if moment.tzinfo else PlannedTime(moment, self.zone).utc()

    def _local(self, moment: datetime, place: Place) -> datetime:
        """Return the wall time in the programme's zone."""
        if moment.tzinfo is None or getattr(moment.tzinfo, "key", "") == self.zone:
            return moment.replace(tzinfo=None, fold=0)
        local = moment.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None, fold=0)
        if PlannedTime(local, self.zone).utc() != moment:
            self.faults.add("ambiguous_time", place, found=moment.isoformat())
        return local


def _categories(entry: Any) -> list[str]:
    found = entry.get("CATEGORIES", [])
    return [str(name) for one in (found if isinstance(found, list) else [found]) for name in one.cats]


def _extras(entry: Any, categories: list[str]) -> Extras:
    """Return what else an entry says, except the calendar's own bookkeeping."""
    extras: Extras = {"categories": [*categories]} if len(categories) > 1 else {}
    for name, value in entry.property_items(recursive=False):
        if name not in _KNOWN | _OF_THE_ENTRY:
            words = value if isinstance(value, str) else value.to_ical()
            words = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
            path, n = f"ical/{name}", 1
            while path in extras:
                n += 1
                path = f"ical/{name}[{n}]"
            extras[path] = words
    if "ical/URL" in extras:
        extras["url"] = extras.pop("ical/URL")
    return extras
