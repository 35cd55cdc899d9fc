"""What must hold for a programme whatever its format: references that resolve, times that exist, text that travels.

Readers find what is malformed; this finds what is well-formed and wrong.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from services.events.exchange.codec import as_json
from services.events.exchange.programme_file import FilePerson, FileRoom, FileSession, FileTrack, Json, ProgrammeFile
from services.events.exchange.rules import MOST_CHARACTERS, Faults, Place
from shared.text import Text, has_control_characters
from shared.times import PlannedTime

At = Callable[[str, int, str], Place]
"""Answers where a field stands: `at("sessions", 3, "start")`; fields of the programme itself have kind "" and number 0."""

MOST_MINUTES = 366 * 24 * 60
YEARS = range(1900, 2201)
"""Outside of these a year is a slip of the pen."""
MOST_AMOUNT = 10_000_000
_AMOUNT = Text("不小于零的整数", "a whole number, zero or more")
_WEB = re.compile(r"https?://\S+")
_SURROGATE = re.compile("[\ud800-\udfff]")
KINDS = {
    "sessions": Text("日程", "session"),
    "rooms": Text("会场", "room"),
    "people": Text("人员", "person"),
    "tracks": Text("专场", "track"),
}
_Item = FileSession | FileRoom | FilePerson | FileTrack


def check(programme: ProgrammeFile, at: At, faults: Faults) -> None:
    """Note every fault of a programme that has been read, each at the place that `at` gives."""
    parts: dict[str, tuple[_Item, ...]] = {
        "sessions": programme.sessions,
        "rooms": programme.rooms,
        "people": programme.people,
        "tracks": programme.tracks,
    }
    for kind, items in parts.items():
        _check_unique(kind, items, at, faults)
        for i, item in enumerate(items):
            _check_words(item, lambda field, kind=kind, i=i: at(kind, i, field), faults)  # type: ignore[misc]
            for field, limit in MOST_CHARACTERS.items():
                if len(words := str(getattr(item, field, ""))) > limit:
                    faults.add("too_long", at(kind, i, field), found=words, limit=limit)
    own = {name: value for name, value in _members(programme) if name not in parts}
    _check_words(own, lambda field: at("", 0, field), faults)
    for name, day in (("start_on", programme.start_on), ("end_on", programme.end_on)):
        if day and day.year not in YEARS:
            faults.add("bad_date", at("", 0, name), found=day.isoformat())
    if programme.start_on and programme.end_on and programme.end_on < programme.start_on:
        faults.add("ends_before_start", at("", 0, "end_on"), start=programme.start_on, end=programme.end_on)
    known = {kind: {item.key for item in items} for kind, items in parts.items()}
    for i, session in enumerate(programme.sessions):
        _check_references(session, i, known, at, faults)
        _check_times(session, i, programme.zone, at, faults)


def check_start(start: datetime, zone: str, place: Place, faults: Faults) -> None:
    """Note a start that the zone's clocks skip, or that lies outside any calendar in use."""
    if start.year not in YEARS:
        faults.add("bad_date", place, found=start.date().isoformat())
    elif not PlannedTime(start, zone).exists():
        faults.add("skipped_time", place, zone=zone, found=start.isoformat(" ", "minutes"))


def _check_times(session: FileSession, i: int, zone: str, at: At, faults: Faults) -> None:
    if session.start:
        check_start(session.start, zone, at("sessions", i, "start"), faults)
    _check_own(session, lambda name: at("sessions", i, name), faults)
    minutes = session.duration_minutes
    if (minutes is None and session.start) or (minutes is not None and not 0 < minutes <= MOST_MINUTES):
        faults.add("bad_duration", at("sessions", i, "duration_minutes"), found="" if minutes is None else str(minutes))


def _check_own(session: FileSession, at: Callable[[str], Place], faults: Faults) -> None:
    """Note what our own forms would not take either."""
    amounts: dict[str, list[Json]] = {
        "expected_attendance": [session.expected_attendance or 0],
        "needs": list(session.needs.values()),
    }
    for name, numbers in amounts.items():
        if any(type(number) is not int or not 0 <= number <= MOST_AMOUNT for number in numbers):
            faults.add("bad_value", at(name), found=str(numbers), wanted=_AMOUNT)
    if session.join_url and not _WEB.fullmatch(session.join_url):
        faults.add("bad_value", at("join_url"), found=session.join_url, wanted="https://…")


def _check_unique(kind: str, items: Iterable[_Item], at: At, faults: Faults) -> None:
    seen: set[str] = set()
    for i, item in enumerate(items):
        if item.key in seen:
            faults.add("duplicate", at(kind, i, "key"), kind=KINDS[kind], key=item.key)
        seen.add(item.key)


def _check_references(session: FileSession, i: int, known: dict[str, set[str]], at: At, faults: Faults) -> None:
    if not session.title:
        faults.add("title_missing", at("sessions", i, "title"))
    if session.room is not None and session.room not in known["rooms"]:
        faults.add("unknown_room", at("sessions", i, "room"), key=session.room)
    wanted = [("tracks", "track", session.track), ("sessions", "parent", session.parent)]
    wanted += [("people", "people", role.key) for role in session.people]
    for kind, field, key in wanted:
        if key is not None and key not in known[kind]:
            faults.add("unknown_reference", at("sessions", i, field), kind=KINDS[kind], key=key)


def _check_words(value: object, at: Callable[[str], Place], faults: Faults) -> None:
    for name, member in _members(value):
        if _unfit(member):
            faults.add("control_characters", at(name))


def _members(value: object) -> list[tuple[str, Json]]:
    whole = as_json(value)
    return list(whole.items()) if isinstance(whole, dict) else []


def _unfit(value: Json) -> bool:
    """Tell whether a string anywhere in `value` holds what XML, calendars or UTF-8 cannot carry."""
    if isinstance(value, str):
        return has_control_characters(value) or bool(_SURROGATE.search(value))
    if isinstance(value, dict):
        return any(_unfit(name) or _unfit(item) for name, item in value.items())
    return isinstance(value, list) and any(_unfit(item) for item in value)
