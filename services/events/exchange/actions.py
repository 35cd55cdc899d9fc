"""Write into an edition's draft what a comparison of programmes has found: rooms, people, tracks, sessions, places.

Only what differs is touched. Who asked for it, and whether it may be, is decided by the feature above.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.exchange.columns import person_columns, room_columns, session_columns, track_columns
from services.events.exchange.merge import Merge
from services.events.exchange.programme_file import FilePerson, FileRoom, FileSession, FileTrack, ProgrammeFile
from services.events.exchange.queries import OWN, UNSEEN_PEOPLE, file_source, identity
from services.events.exchange.rules import KeptByOthers, LockedSessions, derived_kind, role_of, take_slug
from services.events.people.actions import may_keep
from services.events.programme.models import Person, ProgrammeSession, SessionPerson, Track
from services.events.releases.models import ReleasedSession
from services.events.schedule.models import Placement, Schedule
from services.events.venues.models import EditionRoom, Room, Venue
from shared.caller import Caller
from shared.errors import Forbidden
from shared.text import slug_of
from shared.times import PlannedTime

Identity = tuple[str, str]
_EDITION_FIELDS = {"title": "name", "venue": "venue_text"}
_NOT_OF_EDITION = {"zone", "version", "extras", "rooms", "people", "tracks", "sessions"}


class Draft:
    """The draft of an edition while a comparison is written into it; `made` lists the ids of new rows by table."""

    def __init__(self, tx: Session, caller: Caller, edition: Edition, now: datetime) -> None:
        self.tx, self.caller, self.edition, self.now = tx, caller, edition, now
        self.made: dict[str, list[str]] = {}
        in_edition = select(EditionRoom.room_id).where(EditionRoom.edition_id == edition.id)
        self.rooms = self._known(select(Room).where(Room.id.in_(in_edition)))
        self.tracks = self._known(select(Track).where(Track.edition_id == edition.id))
        self.sessions = self._known(select(ProgrammeSession).where(ProgrammeSession.edition_id == edition.id))
        with_part = select(SessionPerson.person_id).join(
            ProgrammeSession, ProgrammeSession.id == SessionPerson.session_id
        )
        with_part = with_part.where(ProgrammeSession.edition_id == edition.id)
        self.people = self._known(select(Person).where(Person.id.in_(with_part)))
        self._schedule: Schedule | None = None

    def write(self, found: Merge, *, cancel: bool) -> None:
        """Write all that `found` says; what it proposes to cancel only where `cancel` says so. Raises `LockedSessions`."""
        if found.programme:
            self._put_edition(found.programme.after)
        self._put_rooms(found)
        self._put_people(found)
        self._put_tracks(found)
        self._put_sessions(found)
        if cancel:
            self._cancel(found)
        self.tx.flush()

    def remove(self, made: Mapping[str, list[str]]) -> None:
        """Remove rows that an import made, as far as nothing else has come to rest on them."""
        for table in (ProgrammeSession, Track):
            self._delete(table, made.get(table.__tablename__, ()))
        for room in _steps(made.get("edition_rooms", ())):
            self.tx.execute(
                delete(EditionRoom).where(EditionRoom.edition_id == self.edition.id, EditionRoom.room_id.in_(room))
            )
        in_use: dict[Any, Any] = {
            Room: select(EditionRoom.room_id).union(select(Placement.room_id).where(Placement.room_id.is_not(None))),
            Person: select(SessionPerson.person_id),
            Venue: select(Room.venue_id),
        }
        for table_, used in in_use.items():
            busy = set(self.tx.scalars(used))
            self._delete(table_, [id_ for id_ in made.get(table_.__tablename__, ()) if id_ not in busy])

    def _delete(self, table: Any, ids: Iterable[str]) -> None:
        for step in _steps(ids):
            self.tx.execute(delete(table).where(table.id.in_(step)))

    def _known(self, statement: Any) -> dict[Identity, Any]:
        return {identity(row.source, row.key, row.id, self.edition): row for row in self.tx.scalars(statement)}

    def _stored(self, item: FileRoom | FilePerson | FileTrack | FileSession) -> dict[str, str]:
        return {"source": item.source or file_source(self.edition), "key": item.key}

    def _put_edition(self, after: ProgrammeFile) -> None:
        for field in fields(ProgrammeFile):
            if field.name not in _NOT_OF_EDITION:
                setattr(self.edition, _EDITION_FIELDS.get(field.name, field.name), getattr(after, field.name))
        ours = {name: value for name, value in self.edition.extras.items() if name.startswith("huitang:")}
        version = {"huitang:version": after.version} if after.version else {}
        self.edition.extras = {**ours, **version, **after.extras}
        self.edition.version += 1

    def _put_rooms(self, found: Merge) -> None:
        if not (found.rooms.created or found.rooms.changed):
            return
        last = self.tx.scalar(select(func.max(EditionRoom.position)).where(EditionRoom.edition_id == self.edition.id))
        for position, item in enumerate(found.rooms.created, (last or 0) + 1):
            room = self._room_for(item)
            self.rooms[item.source, item.key] = room
            if self.tx.get(EditionRoom, (self.edition.id, room.id)) is None:
                self.tx.add(EditionRoom(edition_id=self.edition.id, room_id=room.id, position=position))
                self.made.setdefault("edition_rooms", []).append(room.id)
        for change in found.rooms.changed:
            room = self.rooms[_of(change.before)]
            self._check_keeper(room, self.tx.get_one(Venue, room.venue_id).owner_id)
            _put(room, room_columns(change.after))
        self.tx.flush()

    def _room_for(self, item: FileRoom) -> Room:
        """Return the room of this name at the edition's venue, or a new one."""
        venue = self._venue()
        rooms = list(self.tx.scalars(select(Room).where(Room.venue_id == venue.id)))
        for room in rooms:
            if (room.source, room.key) == (item.source or file_source(self.edition), item.key) or (
                room.source is None and room.name == item.name
            ):
                return room
        slug = take_slug(slug_of(item.name.en or item.key), {room.slug for room in rooms})
        room = Room(venue_id=venue.id, slug=slug, position=len(rooms), **self._stored(item), **room_columns(item))
        self.tx.add(room)
        self.tx.flush()
        self.made.setdefault("rooms", []).append(room.id)
        return room

    def _venue(self) -> Venue:
        """Return the venue of the edition's rooms, one of its owner's by name, or a new one."""
        own = select(Venue).join(Room, Room.venue_id == Venue.id).join(EditionRoom, EditionRoom.room_id == Room.id)
        venue = self.tx.scalar(
            own.where(EditionRoom.edition_id == self.edition.id).order_by(EditionRoom.position).limit(1)
        )
        if venue is None:
            name = self.edition.venue_text or self.edition.name
            named = select(Venue).where(Venue.owner_id == self.edition.owner_id)
            venue = next((venue for venue in self.tx.scalars(named) if venue.name == name), None)
        if venue is None:
            venue = Venue(
                owner_id=self.edition.owner_id,
                name=self.edition.venue_text or self.edition.name,
                city=self.edition.city,
                zone=self.edition.zone,
            )
            self.tx.add(venue)
            self.tx.flush()
            self.made.setdefault("venues", []).append(venue.id)
        return venue

    def _put_people(self, found: Merge) -> None:
        wanted = [*found.people.created, *(c.before for c in found.people.changed), *found.people.unchanged]
        keys = {**{_of(item): self._stored(item) for item in wanted}}
        by_source: dict[str, list[str]] = {}
        for stored in keys.values():
            by_source.setdefault(stored["source"], []).append(stored["key"])
        for source, names in by_source.items():
            for step in _steps(names):
                own = Person.id.in_(step) if source == OWN else (Person.source == source) & Person.key.in_(step)
                for person in self.tx.scalars(select(Person).where(own)):
                    self.people[identity(person.source, person.key, person.id, self.edition)] = person
        for item in found.people.created:
            if _of(item) not in self.people:
                person = Person(
                    owner_id=self.edition.owner_id,
                    family_first=bool(item.name.zh),
                    **self._stored(item),
                    **person_columns(item),
                )
                self.tx.add(person)
                self.people[_of(item)] = person
        for change in found.people.changed:
            person = self.people[_of(change.before)]
            self._check_keeper(person, person.owner_id)
            _put(person, person_columns(change.after))
        known = {id(person) for person in self.people.values() if person.id}
        self.tx.flush()
        new = [person.id for person in self.people.values() if id(person) not in known]
        if new:
            self.made["people"] = new
        self._remember_unseen(found)

    def _remember_unseen(self, found: Merge) -> None:
        """Keep which people the file names without a part in any session, so that an export names them too."""
        seen = {role.key for s in (*found.sessions.created, *found.sessions.unchanged) for role in s.people}
        seen |= {role.key for change in found.sessions.changed for role in change.after.people}
        unseen = [self.people[_of(item)].id for item in found.people.created if item.key not in seen]
        if unseen:
            kept = [*self.edition.extras.get(UNSEEN_PEOPLE, []), *unseen]
            self.edition.extras = {**self.edition.extras, UNSEEN_PEOPLE: list(dict.fromkeys(kept))}

    def _put_tracks(self, found: Merge) -> None:
        taken = {track.slug for track in self.tracks.values()}
        for position, item in enumerate(found.tracks.created, len(self.tracks)):
            slug = take_slug(slug_of(item.slug or item.name.en or item.key), taken)
            track = Track(
                edition_id=self.edition.id, slug=slug, position=position, **self._stored(item), **track_columns(item)
            )
            self.tx.add(track)
            self.tx.flush()
            self.made.setdefault("tracks", []).append(track.id)
            self.tracks[_of(item)] = track
        for change in found.tracks.changed:
            _put(self.tracks[_of(change.before)], track_columns(change.after))

    def _put_sessions(self, found: Merge) -> None:
        taken = {session.slug for session in self.sessions.values()}
        created: list[tuple[FileSession, ProgrammeSession]] = []
        changed = [(change.after, self.sessions[_of(change.before)]) for change in found.sessions.changed]
        self._check_locks((change.before, change.after) for change in found.sessions.changed)
        for position, item in enumerate(found.sessions.created, len(self.sessions)):
            session = self.sessions.get(_of(item))
            if session is None:
                slug = take_slug(slug_of(item.slug or item.title.en or f"session-{item.key}"), taken)
                kind = item.kind or derived_kind(item.type, item.parent)
                session = ProgrammeSession(
                    edition_id=self.edition.id, slug=slug, position=position, kind=kind, **self._stored(item)
                )
                self.tx.add(session)
                self.sessions[_of(item)] = session
            session.status = "confirmed"
            created.append((item, session))
        for item, session in (*created, *changed):
            _put(session, {**session_columns(item), "track_id": self._named(self.tracks, item.track)})
        self.tx.flush()
        new = {id(session): session.id for _, session in created if session.version == 1}
        if new:
            self.made["sessions"] = list(new.values())
        for item, session in (*created, *changed):
            session.parent_id = self._named(self.sessions, item.parent)
        self._put_roles([*created, *changed])
        self._put_places([*created, *changed])

    def _check_locks(self, changes: Iterable[tuple[FileSession, FileSession]]) -> None:
        moved = {
            self.sessions[_of(old)].id
            for old, new in changes
            if (old.start, old.room, old.duration_minutes) != (new.start, new.room, new.duration_minutes)
        }
        locked = select(Placement.session_id).where(Placement.edition_id == self.edition.id, Placement.locked.is_(True))
        held = moved & set(self.tx.scalars(locked))
        if held:
            raise LockedSessions(count=len(held), sessions=sorted(held))

    def _check_keeper(self, thing: Person | Room, owner_id: str) -> None:
        """Raise `KeptByOthers` where the caller could not edit a person or room by hand either."""
        try:
            may_keep(self.tx, self.caller, owner_id)
        except Forbidden as refused:
            raise KeptByOthers(name=thing.name) from refused

    def _named(self, things: Mapping[Identity, Any], key: str | None) -> str | None:
        if key is None:
            return None
        return next((row.id for (_, own), row in things.items() if own == key), None)

    def _put_roles(self, items: list[tuple[FileSession, ProgrammeSession]]) -> None:
        chosen = (SessionPerson.session_id.in_(step) for step in _steps([session.id for _, session in items]))
        rows = [row for each in chosen for row in self.tx.scalars(select(SessionPerson).where(each))]
        there = {(row.session_id, row.person_id, row.role): row for row in rows}
        by_key = {key: person.id for (_, key), person in self.people.items()}
        for item, session in items:
            given: set[tuple[str, str, str]] = set()
            for position, part in enumerate(item.people):
                names = session.id, by_key[part.key], role_of(part.role)
                if names in given:
                    continue
                given.add(names)
                row = there.pop(names, None) or SessionPerson(session_id=names[0], person_id=names[1], role=names[2])
                row.position, row.source_role = position, part.role
                row.title, row.affiliation = part.title, part.affiliation
                self.tx.add(row)
        for row in there.values():
            self.tx.delete(row)

    def _put_places(self, items: list[tuple[FileSession, ProgrammeSession]]) -> None:
        there = {
            p.session_id: p for p in self.tx.scalars(select(Placement).where(Placement.edition_id == self.edition.id))
        }
        rooms = {key: room.id for (_, key), room in self.rooms.items()}
        for item, session in items:
            placement = there.get(session.id)
            if item.start is None or item.duration_minutes is None:
                if placement is not None:
                    self._next_number()
                    self.tx.delete(placement)
                continue
            room_id = rooms.get(item.room) if item.room else None
            wanted = (room_id, item.start, item.duration_minutes)
            if placement and (placement.room_id, placement.start_local, placement.duration_minutes) == wanted:
                continue
            if placement is None:
                placement = Placement(session_id=session.id, edition_id=self.edition.id, locked=False)
            self._place(placement, *wanted)
            self.tx.add(placement)

    def _place(self, placement: Placement, room_id: str | None, start: datetime, minutes: int) -> None:
        planned = PlannedTime(start, self.edition.zone)
        placement.room_id, placement.start_local, placement.zone = room_id, start, self.edition.zone
        placement.duration_minutes, placement.starts_at = minutes, planned.utc()
        placement.ends_at = planned.plus(minutes).utc()
        placement.version = self._next_number()
        placement.changed_by, placement.changed_at = self.caller.account_id, self.now

    def _next_number(self) -> int:
        """Return the number of this whole change of the schedule."""
        if self._schedule is None:
            self._schedule = self.tx.get(Schedule, self.edition.id, with_for_update=True)
            if self._schedule is None:
                self._schedule = Schedule(edition_id=self.edition.id, number=0, version=1, settings={})
                self.tx.add(self._schedule)
            self._schedule.number += 1
        return self._schedule.number

    def _cancel(self, found: Merge) -> None:
        """Cancel the sessions that are proposed for it, and leave the rooms; people and tracks go with their sessions."""
        for item in found.sessions.removed:
            session = self.sessions[_of(item)]
            session.status, session.version = "cancelled", session.version + 1
            placement = self.tx.get(Placement, session.id)
            if placement is not None:
                self._next_number()
                self.tx.delete(placement)
        for room in found.rooms.removed:
            left = self.tx.get(EditionRoom, (self.edition.id, self.rooms[_of(room)].id))
            if left is not None:
                self.tx.delete(left)


def was_released(tx: Session, sessions: Iterable[str]) -> bool:
    """Tell whether any of the sessions stands in a release."""
    return any(
        tx.scalar(select(ReleasedSession.id).where(ReleasedSession.session_id.in_(step)).limit(1))
        for step in _steps(sessions)
    )


def _of(item: FileRoom | FilePerson | FileTrack | FileSession) -> Identity:
    return item.source, item.key


def _steps(ids: Iterable[str], size: int = 500) -> list[list[str]]:
    """Return the ids in steps that every database takes in one statement."""
    wanted = list(ids)
    return [wanted[start : start + size] for start in range(0, len(wanted), size)]


def _put(row: Any, values: Mapping[str, Any]) -> None:
    """Set what differs; a row that was there before takes its next version."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed and row.id:
        row.version += 1


# NEEDS slug_of
