"""From the frab model to a programme: which member means what.

Knows neither XML nor JSON; everything in a file that has no member of its own ends in `extras`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from services.events.exchange.checks import KINDS, check
from services.events.exchange.frab import OUR_NAME, Node, RawDay, RawEvent, RawSchedule, day_bounds, days_of
from services.events.exchange.frab_values import Values, shared_change
from services.events.exchange.kept import unpack
from services.events.exchange.programme_file import (
    Extras,
    FileLink,
    FilePerson,
    FileRole,
    FileRoom,
    FileSession,
    FileTrack,
    ProgrammeFile,
    ReadOptions,
)
from services.events.exchange.rules import Faults, Place, key_from
from shared.errors import Invalid
from shared.text import Language
from shared.times import check_zone

_CHINESE = re.compile("[\u3400-\u9fff]")
_MEMBERS = {"key": "@id", "duration_minutes": "duration", "start_on": "start", "end_on": "end"}


def programme_of(raw: RawSchedule, options: ReadOptions, faults: Faults) -> ProgrammeFile:
    """Make the programme that a file tells, emptying `raw`; note every fault. Worth nothing if there are any."""
    values = Values(faults, language_of(raw, options))
    values.zone = _zone(raw.conference, options, faults)
    plain = _Reading(raw, values, values.clock(raw.conference, "day_change")).programme()
    if not raw.own or faults:
        return plain
    place = raw.root.place()
    made = unpack(plain, raw.own, faults, place)
    check(made, lambda kind, i, name: place, faults)
    return made


def language_of(raw: RawSchedule, options: ReadOptions) -> Language:
    """Return the side that the file's words fill: as the file says, else as the option says, else by its title."""
    own = raw.own.get("language")
    if own in ("zh", "en"):
        return "zh" if own == "zh" else "en"
    chinese = _CHINESE.search(str(raw.conference.values.get("title")))
    return options.language or ("zh" if chinese else "en")


def _zone(node: Node, options: ReadOptions, faults: Faults) -> str | None:
    place = node.place("time_zone_name")
    zone = node.take("time_zone_name", faults) or options.zone
    try:
        if zone:
            return check_zone(zone)
        faults.add("zone_missing", place)
    except Invalid:
        faults.add("unknown_zone", place, found=zone or "")
    return None


@dataclass
class _Reading:
    """One pass over one file: what has been met so far."""

    raw: RawSchedule
    values: Values
    change: time | None
    rooms: dict[str, FileRoom] = field(default_factory=dict)
    people: dict[str, FilePerson] = field(default_factory=dict)
    tracks: dict[str, FileTrack] = field(default_factory=dict)
    sessions: list[FileSession] = field(default_factory=list)
    first: dict[str, list[Node]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    days: list[tuple[date | None, time, list[datetime]]] = field(default_factory=list)

    def programme(self) -> ProgrammeFile:
        """Read the whole, then check it."""
        conference, values = self.raw.conference, self.values
        for node in self.raw.tracks:
            self._track(node)
        for node in self.raw.rooms:
            self._room(node)
        declared = {str(room.node.values.get("@name")) for day in self.raw.days for room in day.rooms}
        for day in self.raw.days:
            self._day(day, declared | set(self.rooms))
        dates = [day for day, _, _ in self.days if day]
        made = ProgrammeFile(
            title=values.text(conference, "title"),
            zone=values.zone or "UTC",
            language=values.language,
            acronym=values.words(conference, "acronym"),
            subtitle=values.text(conference, "subtitle"),
            venue=values.text(conference, "venue"),
            city=values.text(conference, "city"),
            start_on=values.take_day(conference, "start") or min(dates, default=None),
            end_on=values.take_day(conference, "end") or max(dates, default=None),
            day_change=self.change or shared_change(self.days),
            slot_minutes=values.duration(conference, "timeslot_duration"),
            version=values.words(self.raw.root, "version"),
            rooms=tuple(self.rooms.values()),
            people=tuple(self.people.values()),
            tracks=tuple(self.tracks.values()),
            sessions=tuple(self.sessions),
        )
        check(made, self._at, values.faults)
        return made if values.faults else replace(made, extras=self._extras(made))

    def _at(self, kind: str, i: int, name: str) -> Place:
        node = self.first[kind][i] if kind else self.raw.conference
        return node.place(_MEMBERS.get(name, name))

    def _track(self, node: Node) -> None:
        values = self.values
        name = values.words(node, "@name") or str(node.values.get("#text") or "")
        if node.values.get("#text") in (name, ""):
            del node.values["#text"]
        color, slug = values.words(node, "@color"), values.words(node, "@slug")
        key = key_from(name)
        if key in self.tracks:
            values.faults.add("duplicate", node.place(), kind=KINDS["tracks"], key=name)
        else:
            self.first["tracks"].append(node)
        self.tracks[key] = FileTrack(key, values.said(name), color, slug, extras=node.rest())

    def _room(self, node: Node) -> str | None:
        """Return the room's key, and remember the room; a later mention may add to it but not contradict it."""
        name, guid = self.values.words(node, "@name"), self.values.words(node, "@guid")
        capacity = self.values.number(node, "capacity")
        if not name:
            return None
        key = key_from(name)
        if key not in self.rooms:
            self.first["rooms"].append(node)
        known = self.rooms.get(key) or FileRoom(key, self.values.said(name), capacity, guid)
        if guid and known.guid and guid != known.guid:
            self.values.faults.add("duplicate", node.place(), kind=KINDS["rooms"], key=name)
        added = {path: value for path, value in node.rest().items() if path not in known.extras}
        self.rooms[key] = replace(known, guid=known.guid or guid, extras={**known.extras, **added})
        return key

    def _day(self, day: RawDay, declared: set[str]) -> None:
        values, noted = self.values, len(self.values.faults)
        opens = values.moment(day.node, "@start")
        opened = values.local(opens) if isinstance(opens, datetime) else None
        on = values.take_day(day.node, "@date") or (opened.date() if opened else None)
        change, lost = self.change or (opened.time() if opened else None), len(values.faults) > noted
        before, listed = len(self.sessions), set[str | None]()
        for room in day.rooms:
            name = self._room(room.node)
            if name in listed:
                values.faults.add("duplicate", room.node.place(), kind=KINDS["rooms"], key=name or "")
            listed.add(name)
            for event in room.events:
                self._check_room(event.node, name, declared)
                self._session(event, name, values.start(event.node, on, change, lost=lost))
        starts = [session.start for session in self.sessions[before:] if session.start]
        self.days.append((on, opened.time() if opened else time(), starts))

    def _check_room(self, node: Node, above: str | None, declared: set[str]) -> None:
        named = self.values.words(node, "room")
        if named and key_from(named) != above:
            code = "room_differs" if named in declared else "unknown_room"
            self.values.faults.add(code, node.place("room"), above=above or "", found=named, key=named)

    def _session(self, event: RawEvent, room: str | None, start: datetime | None) -> None:
        node, values = event.node, self.values
        number, guid = values.words(node, "@id"), values.words(node, "@guid")
        key = number or guid or str(node.values.get("@code") or "")
        if not key:
            values.faults.add("key_missing", node.place())
        named = values.words(node, "track")
        track = key_from(named) or None
        if track and track not in self.tracks:
            self.tracks[track] = FileTrack(track, values.said(named))
            self.first["tracks"].append(node)
        self.first["sessions"].append(node)
        self.sessions.append(
            FileSession(
                key=key,
                title=values.text(node, "title"),
                subtitle=values.text(node, "subtitle"),
                abstract=values.text(node, "abstract"),
                description=values.text(node, "description"),
                start=start,
                duration_minutes=values.duration(node, "duration"),
                room=room,
                track=track,
                type=values.words(node, "type"),
                language=values.words(node, "language"),
                slug=values.words(node, "slug"),
                guid=guid,
                people=tuple(self._people(event)),
                attachments=tuple(self._links(event.attachments)),
                links=tuple(self._links(event.links)),
                licence=values.words(node, "recording/license"),
                do_not_record=values.flag(node, "recording/optout"),
                extras=node.rest(),
            )
        )

    def _people(self, event: RawEvent) -> Iterator[FileRole]:
        values = self.values
        for node in event.persons:
            name, number = values.words(node, "#text"), values.words(node, "@id")
            guid, role = values.words(node, "@guid"), values.words(node, "@role")
            key = number or guid or str(node.values.get("@code") or "") or key_from(name)
            biography = values.text(node, "biography")
            if key not in self.people:
                self.first["people"].append(node)
            known = self.people.setdefault(
                key, FilePerson(key, values.said(name), biography=biography, guid=guid, extras=node.rest())
            )
            if not key:
                values.faults.add("member_missing", node.place(), name="name")
            elif known.name.in_(values.language) != name:
                first = known.name.in_(values.language)
                values.faults.add("person_differs", node.place(), key=key, first=first, found=name)
            elif known.extras != node.rest():
                event.node.values[f"persons[{key}]"] = node.rest()
            yield FileRole(key, role or "speaker")

    def _links(self, nodes: list[Node]) -> Iterator[FileLink]:
        for node in nodes:
            href, title = self.values.words(node, "@href"), self.values.words(node, "#text")
            yield FileLink(href, title, self.values.words(node, "@type"), node.rest())

    def _extras(self, made: ProgrammeFile) -> Extras:
        """Return what is left over of the file, without what follows from the programme anyway."""
        ours = self.raw.root.values.get("generator/@name") == OUR_NAME
        extras = {k: v for k, v in self.raw.root.rest().items() if not (ours and k.startswith("generator"))}
        starts = [session.start for session in made.sessions if session.start]
        days = days_of(made.start_on, made.end_on, starts, made.day_change)
        conference = self.raw.conference.rest()
        if str(conference.get("days")) == str(len(days)):
            del conference["days"]
        extras |= {f"conference/{name}": value for name, value in conference.items()}
        for i, (on, _, _) in enumerate(self.days):
            derived: Extras = {}
            if on in days:
                derived = {"@index": days.index(on) + 1, **day_bounds(on, made.day_change, made.zone)}
            rest = {k: v for k, v in self.raw.days[i].node.rest().items() if str(v) != str(derived.get(k))}
            extras |= {f"day[{on or i + 1}]/{name}": value for name, value in rest.items()}
        return extras
