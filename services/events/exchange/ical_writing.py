"""Writing programmes as iCalendar files: one entry for every session that has a time.

An entry has no members for roles or a second language: people are named in its description, and texts are in the
programme's language.
"""

import re
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from services.events.exchange.ical import OWN_UID
from services.events.exchange.programme_file import FileSession, ProgrammeFile
from shared.text import plain
from shared.times import PlannedTime

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def write(programme: ProgrammeFile) -> bytes:
    """Write an entry for every session that has a time, the same bytes for the same programme."""
    language = programme.language
    calendar: Any = Calendar()
    calendar.add("PRODID", "-//Huitang//Programme//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", " ".join(programme.title.in_(language).splitlines()))
    calendar.add("X-WR-TIMEZONE", programme.zone)
    rooms = {room.key: room.name.in_(language) for room in programme.rooms}
    tracks = {track.key: track.name.in_(language) for track in programme.tracks}
    for session in programme.sessions:
        if session.start:
            calendar.add_component(_entry(session, session.start, programme, rooms, tracks))
    starts = [session.start.date() for session in programme.sessions if session.start]
    if starts and programme.zone != "UTC":
        calendar.add_missing_timezones(date(min(starts).year, 1, 1), date(max(starts).year + 1, 1, 1))
    written: bytes = calendar.to_ical()
    return written


def _entry(
    session: FileSession, start: datetime, programme: ProgrammeFile, rooms: dict[str, str], tracks: dict[str, str]
) -> Any:
    language = programme.language
    zone = ZoneInfo(programme.zone)
    planned = PlannedTime(start, programme.zone)
    names = {person.key: person.name.in_(language) for person in programme.people}
    people = ("、" if language == "zh" else ", ").join(names[role.key] for role in session.people)
    words = [people, *(plain(text.in_(language)) for text in (session.abstract, session.description))]
    entry: Any = Event()
    entry.add("UID", session.key if "@" in session.key else session.key + OWN_UID)
    entry.add("DTSTAMP", datetime.combine(programme.start_on or start.date(), time(), UTC))
    entry.add("DTSTART", start.replace(tzinfo=zone))
    entry.add("DTEND", _unmistakable(planned.plus(session.duration_minutes or 0).local.replace(tzinfo=zone)))
    entry.add("SUMMARY", session.title.in_(language))
    if description := "\n\n".join(part for part in words if part):
        entry.add("DESCRIPTION", description)
    if session.room:
        entry.add("LOCATION", rooms[session.room])
    if session.track:
        entry.add("CATEGORIES", [tracks[session.track]])
    for link in session.attachments:
        if _ADDRESS.fullmatch(link.href):
            entry.add("ATTACH", link.href)
    url = session.extras.get("url")
    if isinstance(url, str) and _ADDRESS.fullmatch(url):
        entry.add("URL", url)
    return entry


def _unmistakable(moment: datetime) -> datetime:
    """Return a moment as it is, or in UTC where it is the second of two that clocks show alike."""
    return moment.astimezone(UTC) if moment.fold else moment
