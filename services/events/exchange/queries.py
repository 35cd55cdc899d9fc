"""An edition's draft as a programme file: what every export writes, and what an import is compared with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.editions.queries import get_edition
from services.events.exchange.columns import GUID
from services.events.exchange.programme_file import (
    FileLink,
    FilePerson,
    FileRole,
    FileRoom,
    FileSession,
    FileTrack,
    ProgrammeFile,
)
from services.events.exchange.rules import derived_kind
from services.events.programme.models import Person, ProgrammeSession, SessionPerson, Track
from services.events.schedule.models import Placement
from services.events.schedule.queries.draft import get_draft
from services.events.venues.models import EditionRoom, Room
from shared.caller import Caller
from shared.text import Language

OWN = "huitang"
"""The source of what was made here; its key is our own id."""

UNSEEN_PEOPLE = "huitang:people"
"""Under which extra of an edition the people are kept that a file names without giving them a part."""


def file_source(edition: Edition) -> str:
    """Return the source of keys that a file leaves unsaid: files of one series speak of the same people."""
    return f"file:{edition.series_id}"


def identity(source: str | None, key: str | None, own_id: str, edition: Edition) -> tuple[str, str]:
    """Return (source, key) as a file says them."""
    if source is None or key is None:
        return OWN, own_id
    return ("" if source == file_source(edition) else source), key


def get_own(tx: Session, caller: Caller, ref: str) -> Edition:
    """Return the edition with this id or slug whose draft the caller may edit; raise `NotFound` or `Forbidden`."""
    return get_draft(tx, caller, get_edition(tx, caller, ref).id)


def draft_programme(tx: Session, edition: Edition) -> ProgrammeFile:
    """Return the draft of an edition as a programme file; cancelled sessions are left out."""
    rooms = _rooms(tx, edition)
    tracks = list(tx.scalars(select(Track).where(Track.edition_id == edition.id).order_by(Track.position, Track.id)))
    sessions = _sessions(tx, edition)
    roles = _roles(tx, [session.id for session in sessions])
    order = dict.fromkeys(role.person_id for session in sessions for role in roles[session.id])
    people = _people(tx, [*order, *edition.extras.get(UNSEEN_PEOPLE, [])])
    placed = {p.session_id: p for p in tx.scalars(select(Placement).where(Placement.edition_id == edition.id))}
    names = _Names(edition, rooms, tracks, people, sessions)
    return replace(
        told_of(edition),
        version=str(edition.extras.get("huitang:version", "")),
        rooms=tuple(_file_room(edition, room) for room in rooms),
        people=tuple(_file_person(edition, person) for person in people),
        tracks=tuple(_file_track(edition, track) for track in tracks),
        sessions=tuple(
            _file_session(names, session, placed.get(session.id), roles[session.id]) for session in sessions
        ),
        extras=_foreign(edition.extras),
    )


def told_of(edition: Edition) -> ProgrammeFile:
    """Return what a programme file says of an edition beside its programme."""
    return ProgrammeFile(
        title=edition.name,
        zone=edition.zone,
        language=_language(edition.language),
        acronym=edition.acronym,
        subtitle=edition.subtitle,
        venue=edition.venue_text,
        city=edition.city,
        start_on=edition.starts_on,
        end_on=edition.ends_on,
        day_change=edition.day_change,
        slot_minutes=edition.slot_minutes,
    )


class _Names:
    """The keys by which a file refers to rooms, tracks, people and sessions."""

    def __init__(
        self,
        edition: Edition,
        rooms: Iterable[Room],
        tracks: Iterable[Track],
        people: Iterable[Person],
        sessions: Iterable[ProgrammeSession],
    ) -> None:
        self.edition = edition
        self.of = {
            thing.id: identity(thing.source, thing.key, thing.id, edition)[1]
            for group in (rooms, tracks, people, sessions)
            for thing in group
        }


def _language(word: str) -> Language:
    return "en" if word == "en" else "zh"


def _foreign(extras: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in extras.items() if not name.startswith("huitang:")}


def _rooms(tx: Session, edition: Edition) -> list[Room]:
    statement = (
        select(Room)
        .join(EditionRoom, EditionRoom.room_id == Room.id)
        .where(EditionRoom.edition_id == edition.id)
        .order_by(EditionRoom.position, Room.id)
    )
    return list(tx.scalars(statement))


def _sessions(tx: Session, edition: Edition) -> list[ProgrammeSession]:
    statement = (
        select(ProgrammeSession)
        .where(ProgrammeSession.edition_id == edition.id, ProgrammeSession.status != "cancelled")
        .order_by(ProgrammeSession.position, ProgrammeSession.id)
    )
    return list(tx.scalars(statement))


def _roles(tx: Session, sessions: list[str]) -> dict[str, list[SessionPerson]]:
    found: dict[str, list[SessionPerson]] = defaultdict(list)
    for start in range(0, len(sessions), 500):
        chosen = SessionPerson.session_id.in_(sessions[start : start + 500])
        for role in tx.scalars(select(SessionPerson).where(chosen).order_by(SessionPerson.position, SessionPerson.id)):
            found[role.session_id].append(role)
    return found


def _people(tx: Session, ids: list[str]) -> list[Person]:
    found: dict[str, Person] = {}
    for start in range(0, len(ids), 500):
        chosen = Person.id.in_(ids[start : start + 500])
        found |= {person.id: person for person in tx.scalars(select(Person).where(chosen))}
    return [found[id_] for id_ in dict.fromkeys(ids) if id_ in found]


def _file_room(edition: Edition, room: Room) -> FileRoom:
    source, key = identity(room.source, room.key, room.id, edition)
    guid = str(room.extras.get(GUID, ""))
    return FileRoom(key, room.name, room.seats, guid=guid, source=source, extras=_foreign(room.extras))


def _file_person(edition: Edition, person: Person) -> FilePerson:
    source, key = identity(person.source, person.key, person.id, edition)
    return FilePerson(
        key,
        person.name,
        person.affiliation,
        person.biography,
        person.title,
        guid=str(person.extras.get(GUID, "")),
        source=source,
        extras=_foreign(person.extras),
    )


def _file_track(edition: Edition, track: Track) -> FileTrack:
    source, key = identity(track.source, track.key, track.id, edition)
    slug = str(track.extras.get("huitang:slug", "" if track.source else track.slug))
    return FileTrack(key, track.name, track.colour, slug=slug, source=source, extras=_foreign(track.extras))


def _file_link(link: dict[str, Any]) -> FileLink:
    return FileLink(link["href"], link.get("title", ""), link.get("type", ""), link.get("extras", {}))


def unless(usual: str, word: str) -> Any:
    """Return a word, and nothing where it is the usual one."""
    return "" if word == usual else word


def _file_session(
    names: _Names, session: ProgrammeSession, placement: Placement | None, roles: list[SessionPerson]
) -> FileSession:
    source, key = identity(session.source, session.key, session.id, names.edition)
    slug = str(session.extras.get("huitang:slug", "" if session.source else session.slug))
    minutes = placement.duration_minutes if placement else session.duration_minutes
    kind_said = session.raw_type or (session.kind if session.source is None else "")
    return FileSession(
        key=key,
        title=session.title,
        subtitle=session.subtitle,
        abstract=session.abstract,
        description=session.description,
        start=placement.start_local if placement else None,
        duration_minutes=minutes,
        room=names.of.get(placement.room_id) if placement and placement.room_id else None,
        track=names.of.get(session.track_id) if session.track_id else None,
        parent=names.of.get(session.parent_id) if session.parent_id else None,
        type=kind_said,
        language=session.language,
        slug=slug,
        guid=str(session.extras.get(GUID, "")),
        source=source,
        people=tuple(
            FileRole(names.of[role.person_id], role.source_role or role.role, role.title, role.affiliation)
            for role in roles
        ),
        attachments=tuple(_file_link(link) for link in session.attachments),
        links=tuple(_file_link(link) for link in session.links),
        licence=session.licence,
        do_not_record=session.do_not_record,
        kind=unless(derived_kind(kind_said, session.parent_id), session.kind),
        openness=unless("public", session.openness),
        embargo_until=session.embargo_until.replace(tzinfo=None) if session.embargo_until else None,
        attendance_mode=unless("on_site", session.attendance_mode),
        join_url=session.join_url,
        expected_attendance=session.expected_attendance,
        interpretation=tuple(session.interpretation),
        tags=tuple(session.tags),
        needs={**session.needs},
        extras=_foreign(session.extras),
    )
