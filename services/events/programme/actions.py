"""What is done with tracks and sessions, and how one edition's programme becomes the draft of the next."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from services.events.editions.actions import copy_to_next, get_to_edit, open_edition
from services.events.editions.models import Edition
from services.events.editions.queries import get_inside
from services.events.editions.rules import days_between, may_edit, may_schedule
from services.events.editions.schemas import EditionIn
from services.events.programme import rules, schemas
from services.events.programme.models import Person, ProgrammeSession, SessionPerson, Track
from services.events.programme.queries import get_session, get_track, out_of
from services.events.venues.actions import copy_rooms
from shared.audit import record
from shared.caller import Caller
from shared.db import in_turn, new_id
from shared.editing import apply, given, remove
from shared.errors import NotFound, check_version
from shared.ledger import emit
from shared.messages.events import DraftChanged, PersonConfirmed
from shared.text import Text, slug_of
from shared.tree import path_of

KEPT_SETTINGS = (
    "series_id", "owner_id", "country", "zone", "attendance_mode", "has_programme", "hours_start", "hours_end",
    "day_change", "slot_minutes", "contact_email", "contact_phone", "requires_approval", "language", "secretariat",
)  # fmt: skip
"""What the next edition has from the one before unless it is named."""


def add_track(tx: Session, caller: Caller, ref: str, body: schemas.TrackIn) -> Track:
    """Enter a track; raise `SlugTwice`."""
    edition = get_to_edit(tx, caller, ref)
    values = given(body)
    slug = _slug(tx, Track, edition.id, values.pop("slug", None), slug_of(body.name.en, "track"))
    values.setdefault("position", _behind_the_last(tx, Track, edition.id))
    track = Track(edition_id=edition.id, slug=slug, **values)
    tx.add(track)
    _told(tx, caller, "track.added", "track", track, edition=edition.id, **given(body))
    return track


def change_track(tx: Session, caller: Caller, track_id: str, version: int, body: schemas.TrackPatch) -> Track:
    """Change what was sent of a track."""
    track = _track_to_edit(tx, caller, track_id, version)
    values = given(body)
    if slug := values.get("slug"):
        _slug(tx, Track, track.edition_id, slug, own_id=track.id)
    if changes := apply(track, values):
        track.version += 1
        _told(tx, caller, "track.changed", "track", track, **changes)
    return track


def remove_track(tx: Session, caller: Caller, track_id: str, version: int) -> None:
    """Remove a track; its sessions stay, without one."""
    track = _track_to_edit(tx, caller, track_id, version)
    _told(tx, caller, "track.removed", "track", track, name=[track.name.in_("zh"), None])
    tx.delete(track)
    tx.flush()


def _track_to_edit(tx: Session, caller: Caller, track_id: str, version: int) -> Track:
    track, edition = get_track(tx, caller, track_id)
    may_edit(caller, path_of(tx, edition.owner_id), edition.id)
    check_version(track.version, version, now=schemas.TrackOut.model_validate(track))
    return track


def add_session(tx: Session, caller: Caller, ref: str, body: schemas.SessionIn) -> ProgrammeSession:
    """Enter a session in the draft; raise `NotAParent`, `UnknownTrack`, `UnknownPerson`, `SlugTwice`."""
    edition = get_to_edit(tx, caller, ref)
    values = given(body)
    people = values.pop("people", [])
    slug = _slug(tx, ProgrammeSession, edition.id, values.pop("slug", None), slug_of(body.title.en, "session"))
    _check_references(tx, edition.id, values)
    values.setdefault("position", _behind_the_last(tx, ProgrammeSession, edition.id))
    session = ProgrammeSession(edition_id=edition.id, slug=slug, **values)
    tx.add(session)
    tx.flush()
    put_people(tx, session, people)
    _told(
        tx, caller, "session.added", "session", session, edition=edition.id, slug=slug, title=[None, session.title.zh]
    )
    return session


def change_session(
    tx: Session, caller: Caller, session_id: str, version: int, body: schemas.SessionPatch
) -> ProgrammeSession:
    """Change what was sent; somebody who only schedules changes what belongs to that, else `Forbidden` is raised."""
    session, edition = get_session(tx, caller, session_id)
    path = path_of(tx, edition.owner_id)
    values = given(body)
    may_schedule(caller, path, edition.id)
    if not rules.SCHEDULER_FIELDS.issuperset(values):
        may_edit(caller, path, edition.id)
    check_version(session.version, version, now=out_of(tx, session))
    people = values.pop("people", None)
    if slug := values.get("slug"):
        _slug(tx, ProgrammeSession, edition.id, slug, own_id=session.id)
    _check_references(tx, edition.id, values, session)
    changes = apply(session, values)
    if people is not None and put_people(tx, session, people):
        changes["people"] = [[part["person_id"], part.get("role", rules.PersonRole.SPEAKER)] for part in people]
    if changes:
        session.version += 1
        _told(tx, caller, "session.changed", "session", session, **changes)
    return session


def remove_session(tx: Session, caller: Caller, session_id: str, version: int) -> None:
    """Remove a session that has no talks, with its place in the draft; raise `HasTalks`.

    What a release has shown of it is called off by the next release.
    """
    session, edition = get_session(tx, caller, session_id)
    may_edit(caller, path_of(tx, edition.owner_id), edition.id)
    check_version(session.version, version, now=out_of(tx, session))
    _told(tx, caller, "session.removed", "session", session, title=[session.title.zh, None])
    remove(tx, session, rules.HasTalks(title=session.title))


def put_people(tx: Session, session: ProgrammeSession, parts: list[dict[str, Any]]) -> bool:
    """Give these people their parts, in this order, and nobody else; return whether that changed anything.

    A part that stays keeps that it was confirmed. Raises `PartTwice` and `UnknownPerson`.
    """
    texts = ("title", "affiliation")
    rows = [
        SessionPerson(
            session_id=session.id, position=number, person_id=part["person_id"],
            role=part.get("role", rules.PersonRole.SPEAKER.value), **{t: Text(**part.get(t, {})) for t in texts},
        )
        for number, part in enumerate(parts)
    ]  # fmt: skip
    rules.check_parts((row.person_id, row.role) for row in rows)
    known = set(tx.scalars(select(Person.id).where(Person.id.in_({row.person_id for row in rows}))))
    for row in rows:
        if row.person_id not in known:
            raise rules.UnknownPerson(person=row.person_id)
    own = select(SessionPerson).where(SessionPerson.session_id == session.id)
    old = list(tx.scalars(own.order_by(SessionPerson.position, SessionPerson.id)))
    if [_said(row) for row in old] == [_said(row) for row in rows]:
        return False
    kept = {(row.person_id, row.role): row for row in old}
    for row in rows:
        if before := kept.get((row.person_id, row.role)):
            row.confirmed, row.source_role = before.confirmed, before.source_role
    tx.execute(delete(SessionPerson).where(SessionPerson.session_id == session.id))
    tx.add_all(rows)
    tx.flush()
    return True


def _said(row: SessionPerson) -> tuple[Any, ...]:
    return row.person_id, row.role, row.title, row.affiliation


def confirm_part(
    tx: Session, caller: Caller, session_id: str, person_id: str, role: rules.PersonRole
) -> ProgrammeSession:
    """Note that a person has agreed to a part, and tell it once; raise `NotFound` or `PartCancelled`."""
    session, edition = get_session(tx, caller, session_id)
    may_edit(caller, path_of(tx, edition.owner_id), edition.id)
    own = select(SessionPerson).where(SessionPerson.session_id == session.id, SessionPerson.person_id == person_id)
    part = tx.scalar(own.where(SessionPerson.role == role.value))
    if part is None:
        raise NotFound()
    if session.status == rules.SessionStatus.CANCELLED:
        raise rules.PartCancelled()
    if not part.confirmed:
        part.confirmed = True
        session.version += 1
        _told(tx, caller, "session.part_confirmed", "session", session, person=person_id, role=role)
        account_id = tx.get_one(Person, person_id).account_id
        emit(
            tx,
            PersonConfirmed(
                person_id=person_id, account_id=account_id, edition_id=edition.id, session_id=session.id, role=role
            ),
        )
    return session


def open_next(tx: Session, caller: Caller, ref: str, body: schemas.NextIn) -> Edition:
    """Open the next edition of a series and copy the chosen parts of `ref` into it, moved with the start.

    Sessions come as drafts, unplaced, and nobody's part is confirmed.
    """
    old = get_inside(tx, caller, ref)
    values = {name: getattr(old, name) for name in KEPT_SETTINGS}
    if old.number is not None and body.number is None:
        values["number"] = old.number + 1
    sent = {name: getattr(body, name) for name in body.model_fields_set if name != "parts"}
    new = open_edition(tx, caller, EditionIn(**values | sent))
    copy_to_next(tx, old, new, body.parts)
    if rules.Part.ROOMS in body.parts:
        copy_rooms(tx, old, new)
    _copy_programme(tx, old, new, body.parts)
    record(tx, caller, "edition.copied", new.id, copied_from=old.id, parts=list(body.parts))
    return new


def _copy_programme(tx: Session, old: Edition, new: Edition, parts: Collection[rules.Part]) -> None:
    fresh = {"edition_id": new.id, "version": 1, "source": None, "key": None}
    tracks: dict[str | None, str] = {}
    if rules.Part.TRACKS in parts:
        for track in tx.scalars(select(Track).where(Track.edition_id == old.id).order_by(Track.position, Track.id)):
            tracks[track.id] = new_id()
            tx.add(track.copied(id=tracks[track.id], **fresh))
    if rules.Part.SESSIONS not in parts:
        return
    move = timedelta(days=days_between(old.starts_on, new.starts_on))
    own = select(ProgrammeSession).where(ProgrammeSession.edition_id == old.id)
    own = own.where(ProgrammeSession.status != rules.SessionStatus.CANCELLED.value)
    sessions: dict[str | None, str] = {}
    rows = list(tx.scalars(own.order_by(ProgrammeSession.position, ProgrammeSession.id)))
    for row in sorted(rows, key=lambda row: row.parent_id is not None):
        embargo = row.embargo_until + move if row.embargo_until else None
        refs = {"track_id": tracks.get(row.track_id), "parent_id": sessions.get(row.parent_id)}
        sessions[row.id] = new_id()
        values = {"status": "draft", "embargo_until": embargo, "join_url": ""}
        tx.add(row.copied(id=sessions[row.id], **fresh, **refs, **values))
    if rules.Part.PEOPLE in parts:
        who = select(SessionPerson).join(ProgrammeSession).where(ProgrammeSession.edition_id == old.id)
        for part in tx.scalars(who.order_by(SessionPerson.id)):
            if part.session_id in sessions:
                tx.add(part.copied(session_id=sessions[part.session_id], confirmed=False))
    tx.flush()


def _check_references(
    tx: Session, edition_id: str, values: Mapping[str, Any], session: ProgrammeSession | None = None
) -> None:
    """Raise `UnknownTrack` or `NotAParent` for a track or a parent that does not fit."""
    if track_id := values.get("track_id"):
        track = tx.get(Track, track_id)
        if track is None or track.edition_id != edition_id:
            raise rules.UnknownTrack(track=track_id)
    if parent_id := values.get("parent_id"):
        in_turn(tx, f"talks:{edition_id}")
        parent = tx.get(ProgrammeSession, parent_id)
        own_id = session.id if session else ""
        talks = tx.scalar(select(ProgrammeSession.id).where(ProgrammeSession.parent_id == own_id).limit(1))
        nested = parent is not None and (parent.parent_id is not None or parent.id == own_id)
        rules.check_parent(edition_id, parent.edition_id if parent else None, nested, talks is not None)


def _slug(
    tx: Session, table: type[Track] | type[ProgrammeSession], edition_id: str, slug: str | None, wanted: str = "",
    own_id: str = "",
) -> str:  # fmt: skip
    """Return `slug`, or the first free one like `wanted`; raise `SlugTwice` where another row has it."""
    start = slug or wanted[:70]
    rows = tx.execute(select(table.id, table.slug).where(table.edition_id == edition_id, table.slug.startswith(start)))
    taken = {name for id_, name in rows if id_ != own_id}
    if slug:
        if slug in taken:
            raise rules.SlugTwice(slug=slug)
        return slug
    names = (wanted if n == 1 else f"{start}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _behind_the_last(tx: Session, table: type[Track] | type[ProgrammeSession], edition_id: str) -> int:
    last = tx.scalar(select(func.max(table.position)).where(table.edition_id == edition_id))
    return 0 if last is None else last + 1


def _told(tx: Session, caller: Caller, verb: str, part: str, row: Track | ProgrammeSession, **change: Any) -> None:
    """Record a change of the draft, and tell those who look at it."""
    tx.flush()
    record(tx, caller, verb, row.id, **change)
    emit(
        tx,
        DraftChanged(edition_id=row.edition_id, part=part, part_id=row.id, version=row.version, by=caller.account_id),
    )
