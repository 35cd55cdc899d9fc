"""From a programme to the frab model, in the forms that the published schemas of its two formats allow.

What these cannot hold is left out or made to fit here, and kept beside by `kept`.
"""

import re
from collections.abc import Iterable
from datetime import date
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from services.events.exchange.frab import (
    OUR_NAME,
    Node,
    RawDay,
    RawEvent,
    RawRoom,
    RawSchedule,
    day_bounds,
    day_of,
    days_of,
    offset_time,
    write_clock,
    write_duration,
)
from services.events.exchange.kept import Keys
from services.events.exchange.programme_file import FileLink, FileSession, Json, ProgrammeFile
from services.events.exchange.rules import key_from

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ACRONYM = re.compile(r"[a-z0-9_]{4,}")
_SLUG = re.compile(r"[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9]")
_WEB = re.compile(r"https?://\S+")
_FITTING_EXTRAS = {
    "@code": re.compile(r"[0-9A-Z]{6}"),
    **dict.fromkeys(("logo", "url", "feedback_url", "origin_url", "video_download_url"), _WEB),
    **dict.fromkeys(("recording/url", "recording/link"), _WEB),
}
_SOME_DAY = date(1970, 1, 1)
"""Stands for the day that the schemas want of a programme that has none yet."""
_CONFERENCE_EXTRAS = ("base_url", "logo", "url")


def schedule_of(programme: ProgrammeFile) -> tuple[RawSchedule, Keys]:
    """Return the model of a programme, and the keys that it could not use as they are."""
    return _Writing(programme).schedule()


def guid_of(programme: ProgrammeFile, kind: str, key: str, guid: str = "") -> str:
    """Return `guid` if it is a UUID, else one that is always the same for this thing of this programme."""
    if _UUID.fullmatch(guid):
        return guid
    return str(uuid5(NAMESPACE_URL, f"{OUR_NAME}:{programme.acronym or programme.title.in_('en')}:{kind}:{key}"))


class _Writing:
    """One programme on its way out, with the numbers and names that stand for its keys."""

    def __init__(self, programme: ProgrammeFile) -> None:
        self.programme = programme
        self.language = programme.language
        self.sessions = _numbers(session.key for session in programme.sessions)
        self.people = _numbers(person.key for person in programme.people)
        self.rooms = _distinct({room.key: room.name.in_(self.language) for room in programme.rooms})
        self.tracks = _distinct({track.key: track.name.in_(self.language) for track in programme.tracks})
        self.acronym = _acronym(programme)
        self.used: set[str] = set()

    def schedule(self) -> tuple[RawSchedule, Keys]:
        """Return the whole model."""
        programme = self.programme
        placed = [session for session in programme.sessions if session.start]
        starts = [session.start for session in placed if session.start]
        days = days_of(programme.start_on, programme.end_on, starts, programme.day_change) or [_SOME_DAY]
        raw = RawSchedule(
            root=Node({"generator/@name": OUR_NAME, "version": programme.version}),
            conference=Node(self._conference(days)),
            tracks=[
                Node({"@name": self.tracks[track.key], "@color": track.color, "@slug": track.slug})
                for track in programme.tracks
            ],
            rooms=[
                Node({**r.extras, "@name": self.rooms[r.key], "@guid": _uuid(r.guid), "capacity": r.capacity})
                for r in programme.rooms
            ],
        )
        for number, day in enumerate(days, 1):
            today = [s for s in placed if s.start and day_of(s.start, programme.day_change) == day]
            bounds = day_bounds(day, programme.day_change, programme.zone)
            node = Node({"@index": number, "@date": day.isoformat(), **bounds})
            raw.days.append(RawDay(node, self._rooms(today)))
        names = {"sessions": self.sessions, "people": self.people, "rooms": self.rooms, "tracks": self.tracks}
        return raw, {kind: {key_from(v): k for k, v in pairs.items() if v != k} for kind, pairs in names.items()}

    def _conference(self, days: list[date]) -> dict[str, Json]:
        programme = self.programme
        values: dict[str, Json] = {"title": programme.title.in_(self.language), "acronym": self.acronym}
        first = programme.start_on or min(day for day in (*days, programme.end_on) if day)
        last = programme.end_on or max(day for day in (*days, first) if day)
        values |= {"start": first.isoformat(), "end": last.isoformat()}
        values |= {"days": len(days), "time_zone_name": programme.zone}
        if programme.slot_minutes:
            values["timeslot_duration"] = write_duration(programme.slot_minutes)
        for name in _CONFERENCE_EXTRAS:
            address = programme.extras.get(f"conference/{name}")
            if isinstance(address, str) and _WEB.fullmatch(address):
                values[name] = address
        return values

    def _rooms(self, sessions: list[FileSession]) -> list[RawRoom]:
        """Return every room of the programme with the sessions it has, and one without a name for those with none."""
        rooms = {
            room.key: RawRoom(Node({"@name": self.rooms[room.key], "@guid": _uuid(room.guid)}))
            for room in self.programme.rooms
        }
        nowhere = RawRoom(Node({"@name": "", "@guid": ""}))
        for session in sessions:
            rooms.get(session.room or "", nowhere).events.append(self._event(session))
        return [*rooms.values(), *([nowhere] if nowhere.events else [])]

    def _event(self, session: FileSession) -> RawEvent:
        guid = guid_of(self.programme, "session", session.key, self._once(session.guid))
        values: dict[str, Json] = {"@id": self.sessions[session.key], "@guid": guid}
        if session.start:
            values |= {
                "date": offset_time(session.start, self.programme.zone),
                "start": write_clock(session.start.time()),
                "duration": write_duration(session.duration_minutes or 0),
            }
        values |= {"room": self.rooms[session.room] if session.room else "", "slug": self._slug(session)}
        values |= {n: getattr(session, n).in_(self.language) for n in ("title", "subtitle", "abstract", "description")}
        values |= {"track": self.tracks[session.track] if session.track else "", "type": session.type}
        values["language"] = session.language
        if session.licence or session.do_not_record is not None:
            values |= {"recording/license": session.licence, "recording/optout": bool(session.do_not_record)}
        for name, fits in _FITTING_EXTRAS.items():
            extra = session.extras.get(name)
            if isinstance(extra, str) and fits.fullmatch(extra):
                values[name] = self._once(extra) if name == "@code" else extra
        people = {person.key: person for person in self.programme.people}
        persons = []
        for role in session.people:
            person = people[role.key]
            known: dict[str, Json] = {
                "@id": self.people[person.key],
                "@guid": _uuid(person.guid),
            }
            words = {"#text": person.name.in_(self.language), "biography": person.biography.in_(self.language)}
            persons.append(Node({**person.extras, **known, **words}))
        return RawEvent(Node(values), persons, _links(session.links), _links(session.attachments))

    def _slug(self, session: FileSession) -> str:
        """Return the slug as the schema has it, `<acronym>-<words>`, or nothing where it will not fit."""
        rooted = f"{self.acronym}-{re.sub(r'[^a-z0-9_]+', '-', session.slug.lower()).strip('-')}"
        for slug in (session.slug, rooted if session.slug else ""):
            if _SLUG.fullmatch(slug) and self._once(slug):
                return slug
        return ""

    def _once(self, name: str) -> str:
        """Return a name the first time it is asked for, and nothing after."""
        if name in self.used:
            return ""
        self.used.add(name)
        return name


def _uuid(guid: str) -> str:
    return guid if _UUID.fullmatch(guid) else ""


def _links(links: tuple[FileLink, ...]) -> list[Node]:
    return [Node({**link.extras, "@href": link.href, "@type": link.type, "#text": link.title}) for link in links]


def _numbers(keys: Iterable[str]) -> dict[str, str]:
    """Give every key a positive number: its own where it is one, else one that is made from it."""
    found: dict[str, str] = {}
    others = []
    for key in keys:
        if key.isascii() and key.isdecimal() and key.lstrip("0") == key:
            found[key] = key
        else:
            others.append(key)
    used = set(found.values())
    for key in others:
        number = crc32(key.encode()) & 0x7FFFFFFF or 1
        while str(number) in used:
            number += 1
        found[key] = str(number)
        used.add(found[key])
    return found


def _distinct(names: dict[str, str]) -> dict[str, str]:
    """Give every key a name of its own: the one it has, numbered where another has it already."""
    found: dict[str, str] = {}
    used: set[str] = set()
    for key, name in names.items():
        wanted, n = name or key, 1
        while wanted in used:
            n += 1
            wanted = f"{name or key} ({n})"
        used.add(wanted)
        found[key] = wanted
    return found


def _acronym(programme: ProgrammeFile) -> str:
    folded = re.sub(r"[^a-z0-9_]+", "_", (programme.acronym or programme.title.in_("en")).lower()).strip("_")
    return folded if _ACRONYM.fullmatch(folded) else f"{folded}_programme".strip("_")
