"""Reads of what is public, of what would be, and of the two held against each other.

The draft is frozen here by the one function that releases, previews and comparisons share.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from services.events.acceptances.queries import list_blocking
from services.events.editions.models import Edition, EditionApproval, ToldDate
from services.events.editions.queries import dates_of, get_edition
from services.events.editions.rules import is_insider
from services.events.programme.models import Person, ProgrammeSession, SessionPerson, Track
from services.events.releases.changelog import when, where
from services.events.releases.content import (
    ABSENT,
    Content,
    Place,
    PrintedPerson,
    PrintedTrack,
    State,
    fingerprint,
    from_json,
)
from services.events.releases.diff import Change, compare, counts_of
from services.events.releases.entries import Around, session_entry_id
from services.events.releases.models import Release, ReleasedSession
from services.events.releases.rules import is_shown, may_release
from services.events.releases.schemas import AffectedOut, ApprovedOut, ChangeOut, NextOut
from services.events.schedule.models import Placement
from services.events.venues.models import Room, Venue
from shared.caller import Caller
from shared.errors import NotFound
from shared.text import Text
from shared.tree import path_of

RELEASE = "release"
"""What approvals of a release are filed under."""


@dataclass(frozen=True, slots=True)
class Released:
    """A session as one release shows it: since which release, and with the sequence that calendars know it by."""

    session_id: str
    content: Content
    since: int
    changed_at: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: whether they work on the edition, and whether they are a member of any society."""

    inside: bool = False
    member: bool = False

    def sees(self, content: Content, now: datetime) -> bool:
        """Tell whether the reader is shown a session."""
        return is_shown(content.openness, content.embargo_until, now, member=self.member, inside=self.inside)


EVERYBODY = Reader()
INSIDER = Reader(inside=True)


def get_to_release(tx: Session, caller: Caller, ref: str) -> Edition:
    """Return an edition that the caller organizes; raise `NotFound` or `Forbidden`."""
    edition = get_edition(tx, caller, ref)
    may_release(caller, path_of(tx, edition.owner_id), edition.id)
    return edition


def reader_of(tx: Session, caller: Caller | None, edition: Edition) -> Reader:
    """Return what kind of reader the caller is."""
    if caller is None:
        return EVERYBODY
    inside = is_insider(caller, path_of(tx, edition.owner_id), edition.id)
    return Reader(inside, bool(caller.memberships))


def list_releases(tx: Session, edition_id: str) -> list[Release]:
    """Return the releases of an edition, newest first."""
    rows = select(Release).where(Release.edition_id == edition_id).order_by(Release.number.desc())
    return list(tx.scalars(rows))


def find_release(tx: Session, edition_id: str, number: int | None = None) -> Release | None:
    """Return a release of an edition, the newest where no number is named; nothing where there is none."""
    rows = select(Release).where(Release.edition_id == edition_id)
    if number is not None:
        rows = rows.where(Release.number == number)
    return tx.scalar(rows.order_by(Release.number.desc()).limit(1))


def get_release(tx: Session, edition_id: str, number: int) -> Release:
    """Return a release; raise `NotFound`."""
    release = find_release(tx, edition_id, number)
    if release is None:
        raise NotFound()
    return release


def release_before(tx: Session, edition_id: str, number: int, old: int | None) -> int:
    """Return the number that a release is held against: the one named, else the one before. Raises `NotFound`."""
    get_release(tx, edition_id, number)
    if old:
        get_release(tx, edition_id, old)
    return number - 1 if old is None else old


def _valid(number: int | None) -> ColumnElement[bool]:
    if number is None:
        return ReleasedSession.valid_to.is_(None)
    before = or_(ReleasedSession.valid_to.is_(None), ReleasedSession.valid_to > number)
    return before & (ReleasedSession.valid_from <= number)


def current_rows(tx: Session, edition_id: str) -> dict[str, ReleasedSession]:
    """Return the rows of the newest release by session, those of what is not shown any more included."""
    rows = select(ReleasedSession).where(ReleasedSession.edition_id == edition_id, _valid(None))
    return {row.session_id: row for row in tx.scalars(rows)}


def rows_after(tx: Session, edition_id: str, last: str, limit: int) -> list[ReleasedSession]:
    """Return the next rows of the newest release behind a session, in the order of their ids."""
    rows = select(ReleasedSession).where(ReleasedSession.edition_id == edition_id, _valid(None))
    rows = rows.where(ReleasedSession.session_id > last).order_by(ReleasedSession.session_id).limit(limit)
    return list(tx.scalars(rows))


def contents_at(tx: Session, edition_id: str, number: int | None = None) -> dict[str, Content]:
    """Return what a release (the newest, where none is named) says of every session; number 0 says nothing."""
    rows = select(ReleasedSession.session_id, ReleasedSession.content).where(
        ReleasedSession.edition_id == edition_id, _valid(number)
    )
    return {session_id: from_json(content) for session_id, content in tx.execute(rows)}


def released_programme(tx: Session, edition_id: str, number: int | None = None) -> list[Released]:
    """Return what a release (the newest, where none is named) shows, in order of time.

    Nobody is asked for: who may see a session is for `Reader.sees` to say.
    """
    told = ToldDate.entry["sequence"].as_integer()
    rows = (
        select(ReleasedSession, told)
        .outerjoin(ToldDate, ToldDate.entry_id == session_entry_id("") + ReleasedSession.session_id)
        .where(ReleasedSession.edition_id == edition_id, _valid(number))
        .where(ReleasedSession.state != State.WITHDRAWN)
        .order_by(ReleasedSession.starts_at, ReleasedSession.session_id)
    )
    return [
        Released(row.session_id, from_json(row.content), row.valid_from, row.changed_at, sequence or 0)
        for row, sequence in tx.execute(rows)
    ]


def changes_between(tx: Session, edition_id: str, old: int, new: int, reader: Reader, now: datetime) -> list[Change]:
    """Return what became of the sessions from one release to another, as far as the reader is shown them."""
    before, after = (contents_at(tx, edition_id, number) if number else {} for number in (old, new))
    return compare(_seen(before, reader, now), _seen(after, reader, now))


def next_release(tx: Session, edition: Edition) -> NextOut:
    """Return what the next release would bring, what forbids it, and who approved exactly this."""
    target, last = draft_as_released(tx, edition), find_release(tx, edition.id)
    changes, digest = compare(contents_at(tx, edition.id), target), fingerprint(target)
    return NextOut(
        number=last.number + 1 if last else 1,
        fingerprint=digest,
        counts=counts_of(changes),
        changes=[ChangeOut.of(change) for change in changes],
        blocking=list_blocking(tx, edition),
        requires_approval=edition.requires_approval,
        approvals=[ApprovedOut.model_validate(row) for row in approvals_of(tx, edition.id, digest)],
    )


def affected_by(changes: Iterable[Change], people: Mapping[str, Person]) -> list[AffectedOut]:
    """Return who is to be somewhere else, or at another time, than before, with the session and in its order."""
    found = []
    for change in changes:
        sides = [content if content and content.stands else ABSENT for content in (change.old, change.new)]
        parts = {(p.id, p.role): p for side in sides for p in side.people}
        for (person_id, role), part in parts.items():
            old, new = (_appearance(side, person_id, role) for side in sides)
            if old == new:
                continue
            person = people.get(person_id)
            found.append(
                AffectedOut(
                    person_id=person_id, name=part.name, role=role, session_id=change.session_id, kind=change.kind,
                    title=(change.new or change.old or ABSENT).title, old=old, new=new,
                    email=person.email if person else "", phone=person.phone if person else "",
                )
            )  # fmt: skip
    return found


def _appearance(content: Content, person_id: str, role: str) -> Text:
    """Return when and where a person has a part in a session; nothing where they have none."""
    if not any((person.id, person.role) == (person_id, role) for person in content.people):
        return Text()
    return Text("{when}，{where}", "{when}, {where}").format(when=when(content), where=where(content))


def people_in(tx: Session, changes: Iterable[Change]) -> dict[str, Person]:
    """Return everybody who has a part in a session that changed, by id."""
    sides = [content for change in changes for content in (change.old, change.new) if content]
    ids = {person.id for content in sides for person in content.people}
    return {person.id: person for person in tx.scalars(select(Person).where(Person.id.in_(ids)))} if ids else {}


def _seen(programme: Mapping[str, Content], reader: Reader, now: datetime) -> dict[str, Content]:
    return {id_: content for id_, content in programme.items() if reader.sees(content, now)}


def draft_as_released(tx: Session, edition: Edition) -> dict[str, Content]:
    """Return every session as the next release would show it; what was public and is not any more is withdrawn.

    Only sessions that are confirmed and placed become public; one that is cancelled stays as it was, and cancelled.
    """
    public = contents_at(tx, edition.id)
    people = _people(tx, edition.id)
    told: dict[str, Content] = {}
    for row in tx.execute(_placed(edition.id)):
        session_id = row.ProgrammeSession.id
        if row.ProgrammeSession.status == "confirmed":
            told[session_id] = _frozen(row, people.get(session_id, ()))
        elif row.ProgrammeSession.status == "cancelled" and session_id in public:
            told[session_id] = public[session_id].ended(State.CANCELLED)
    gone = public.keys() - told.keys()
    called_off = select(ProgrammeSession.id).where(
        ProgrammeSession.id.in_(gone), ProgrammeSession.status == "cancelled"
    )
    for session_id in tx.scalars(called_off) if gone else ():
        told[session_id] = public[session_id].ended(State.CANCELLED)
    return told | withdrawn(public, told)


def withdrawn(public: Mapping[str, Content], kept: Iterable[str]) -> dict[str, Content]:
    """Return what is public and not among the sessions kept, as withdrawn."""
    gone = public.keys() - set(kept)
    return {session_id: public[session_id].ended(State.WITHDRAWN) for session_id in gone}


def _placed(edition_id: str) -> Select[Any]:
    joined: Any = select(ProgrammeSession, Placement, Room, Venue, Track)
    placed: Select[Any] = (
        joined.join(Placement, Placement.session_id == ProgrammeSession.id)
        .outerjoin(Room, Room.id == Placement.room_id)
        .outerjoin(Venue, Venue.id == Room.venue_id)
        .outerjoin(Track, Track.id == ProgrammeSession.track_id)
        .where(ProgrammeSession.edition_id == edition_id)
    )
    return placed


def _people(tx: Session, edition_id: str) -> dict[str, list[PrintedPerson]]:
    rows = (
        select(SessionPerson, Person)
        .join(Person, Person.id == SessionPerson.person_id)
        .join(ProgrammeSession, ProgrammeSession.id == SessionPerson.session_id)
        .where(ProgrammeSession.edition_id == edition_id)
        .order_by(SessionPerson.position, SessionPerson.id)
    )
    printed: dict[str, list[PrintedPerson]] = defaultdict(list)
    for part, person in tx.execute(rows):
        affiliation, title = part.affiliation or person.affiliation, part.title or person.title
        printed[part.session_id].append(PrintedPerson(person.id, part.role, person.name, affiliation, title))
    return printed


def _frozen(row: Any, people: Iterable[PrintedPerson]) -> Content:
    """Return a session as a release freezes it."""
    session, placement, room, venue, track = row
    place = None
    if room is not None:
        geo = (venue.latitude, venue.longitude) if venue.latitude is not None and venue.longitude is not None else None
        place = Place(room.id, room.name, room.building, room.floor, venue.id, venue.name, venue.address, geo)
    return Content(
        state=State.CONFIRMED,
        title=session.title,
        subtitle=session.subtitle,
        abstract=session.abstract,
        description=session.description,
        kind=session.kind,
        start_local=placement.start_local,
        zone=placement.zone,
        duration_minutes=placement.duration_minutes,
        place=place,
        track=PrintedTrack(track.id, track.slug, track.name, track.colour) if track else None,
        people=tuple(people),
        tags=tuple(session.tags),
        language=session.language,
        interpretation=tuple(session.interpretation),
        attendance=session.attendance_mode,
        openness=session.openness,
        embargo_until=session.embargo_until,
        parent_id=session.parent_id,
        slug=session.slug,
        source=session.source or "",
        key=session.key or "",
        raw_type=session.raw_type,
        licence=session.licence,
        do_not_record=session.do_not_record,
        links=tuple(session.links),
        attachments=tuple(session.attachments),
        extras=session.extras or None,
    )


def around(tx: Session, edition: Edition) -> Around:
    """Return what of an edition goes into the entries of its sessions."""
    last = find_release(tx, edition.id)
    return Around(dates_of(tx, edition), edition.owner_id, (last.starts_on, last.ends_on) if last else (None, None))


def accounts_of(tx: Session, contents: Iterable[Content]) -> dict[str, str]:
    """Return the accounts of the people of invited sessions, by person."""
    ids = {person.id for content in contents if content.openness == "invited" for person in content.people}
    if not ids:
        return {}
    rows = select(Person.id, Person.account_id).where(Person.id.in_(ids), Person.account_id.is_not(None))
    return {id_: account for id_, account in tx.execute(rows) if account}


def editors_since(tx: Session, edition_id: str, release: Release | None) -> set[str]:
    """Return the accounts that placed or moved sessions since a release."""
    rows = select(Placement.changed_by).where(Placement.edition_id == edition_id).distinct()
    return set(tx.scalars(rows.where(Placement.changed_at > release.made_at) if release else rows))


def approvals_of(tx: Session, edition_id: str, fingerprint: str) -> list[EditionApproval]:
    """Return who approved that a programme with this fingerprint is released."""
    rows = select(EditionApproval).where(EditionApproval.edition_id == edition_id, EditionApproval.deed == RELEASE)
    found = tx.scalars(rows.order_by(EditionApproval.id))
    return [row for row in found if row.content.get("fingerprint") == fingerprint]


def figures_of(tx: Session, edition_id: str) -> dict[str, int]:
    """Count the sessions, people and rooms of an edition's public programme."""
    stood = [content for content in contents_at(tx, edition_id).values() if content.stands]
    return {
        "sessions": len(stood),
        "people": len({person.id for content in stood for person in content.people}),
        "rooms": len({content.place.room_id for content in stood if content.place}),
    }
