"""Selects of the draft programme, for those who work on the edition."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, or_, select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.editions.queries import around, get_behind, get_inside, key_dates_of
from services.events.programme.completeness import Counts, Shown, report
from services.events.programme.models import Person, ProgrammeSession, SessionPerson, Track
from services.events.programme.schemas import (
    CompletenessOut,
    MissingOut,
    PartOut,
    PartReport,
    SessionFilter,
    SessionOut,
    SideOut,
    TrackOut,
)
from services.events.venues.queries import rooms_of
from shared.backend import kept_json
from shared.caller import Caller
from shared.errors import NotFound
from shared.paging import Page, PageQuery, paginate
from shared.text import Language, Text

_COLUMNS = ProgrammeSession.__table__.c
GAPS_SHOWN = 500


def get_session(tx: Session, caller: Caller, session_id: str) -> tuple[ProgrammeSession, Edition]:
    """Return a session and its edition; raise `NotFound` for those who do not work on the edition."""
    session = tx.get(ProgrammeSession, session_id)
    if session is None:
        raise NotFound()
    return session, get_behind(tx, caller, session.edition_id)


def get_track(tx: Session, caller: Caller, track_id: str) -> tuple[Track, Edition]:
    """Return a track and its edition; raise `NotFound` for those who do not work on the edition."""
    track = tx.get(Track, track_id)
    if track is None:
        raise NotFound()
    return track, get_behind(tx, caller, track.edition_id)


def list_tracks(tx: Session, caller: Caller, ref: str, query: PageQuery) -> Page[TrackOut]:
    """Return one page of an edition's tracks, in their order."""
    statement = select(Track).where(Track.edition_id == get_inside(tx, caller, ref).id)
    rows, following, total = paginate(tx, statement, query, Track.id, Track.position)
    return Page(items=[TrackOut.model_validate(row) for row in rows], next=following, total=total)


def list_sessions(tx: Session, caller: Caller, ref: str, query: SessionFilter) -> Page[SessionOut]:
    """Return one page of the sessions of an edition's draft."""
    edition = get_inside(tx, caller, ref)
    statement = select(ProgrammeSession).where(ProgrammeSession.edition_id == edition.id, *_conditions(query))
    order = {"newest": (), "slug": (ProgrammeSession.slug,)}.get(query.sort, (ProgrammeSession.position,))
    descending = query.sort == "newest"
    rows, following, total = paginate(tx, statement, query, ProgrammeSession.id, *order, descending=descending)
    return Page(items=outs_of(tx, rows), next=following, total=total)


def _conditions(query: SessionFilter) -> Iterator[ColumnElement[bool]]:
    if query.q:
        named = select(SessionPerson.session_id).join(Person).where(_contains(Person.__table__.c, ("name",), query.q))
        words = _contains(_COLUMNS, ("title", "subtitle", "abstract"), query.q)
        yield or_(words, ProgrammeSession.id.in_(named))
    if query.person:
        with_part = select(SessionPerson.session_id).where(SessionPerson.person_id == query.person)
        yield ProgrammeSession.id.in_(with_part)
    if query.tag:
        written = {kept_json(query.tag), json.dumps(query.tag)}  # as it is kept now, and as it was kept once
        tags = cast(ProgrammeSession.tags, String)
        yield or_(*(tags.icontains(each, autoescape=True) for each in sorted(written)))
    if query.missing:
        yield _lacks(query.missing)
    for name, column in (("track", "track_id"), ("parent", "parent_id")):
        if value := getattr(query, name):
            yield _COLUMNS[column] == value
    for name in ("kind", "status", "openness"):
        if value := getattr(query, name):
            yield _COLUMNS[name] == value.value


def _contains(columns: Any, names: Sequence[str], words: str) -> ColumnElement[bool]:
    sides = (f"{name}_{language}" for name in names for language in ("zh", "en"))
    return or_(*(columns[side].icontains(words, autoescape=True) for side in sides))


def _lacks(language: Language) -> ColumnElement[bool]:
    other = "en" if language == "zh" else "zh"
    fields = ("title", "subtitle", "abstract", "description")
    return or_(*(and_(_COLUMNS[f"{f}_{language}"] == "", _COLUMNS[f"{f}_{other}"] != "") for f in fields))


def parts_of(tx: Session, session_ids: Iterable[str]) -> dict[str, list[PartOut]]:
    """Return who has which part in each of the sessions, with what is printed, in the order of printing."""
    found: dict[str, list[PartOut]] = {id_: [] for id_ in session_ids}
    if not found:
        return found
    rows = (
        select(SessionPerson, Person)
        .join(Person)
        .where(SessionPerson.session_id.in_(found))
        .order_by(SessionPerson.position, SessionPerson.id)
    )
    for part, person in tx.execute(rows):
        found[part.session_id].append(
            PartOut(
                person_id=person.id,
                role=part.role,
                name=person.name,
                title=part.title or person.title,
                affiliation=part.affiliation or person.affiliation,
                confirmed=part.confirmed,
            )
        )
    return found


def outs_of(tx: Session, rows: Sequence[ProgrammeSession]) -> list[SessionOut]:
    """Return sessions as they are answered."""
    parts = parts_of(tx, (row.id for row in rows))
    names = [name for name in SessionOut.model_fields if name != "people"]
    return [
        SessionOut.model_validate({name: getattr(row, name) for name in names} | {"people": parts[row.id]})
        for row in rows
    ]


def out_of(tx: Session, session: ProgrammeSession) -> SessionOut:
    """Return one session as it is answered."""
    return outs_of(tx, [session])[0]


def completeness_of(tx: Session, edition: Edition) -> CompletenessOut:
    """Return how complete everything that the public reads of an edition is, in each language."""
    found = report(_shown(tx, edition))
    return CompletenessOut(
        zh=_side(found.whole, "zh"),
        en=_side(found.whole, "en"),
        parts=[
            PartReport(part=part, zh=_side(counts, "zh"), en=_side(counts, "en"))
            for part, counts in found.parts.items()
        ],
        missing=[
            MissingOut(
                part=gap.shown.part, id=gap.shown.id, field=gap.shown.field, language=gap.language, other=gap.other()
            )
            for gap in found.gaps[:GAPS_SHOWN]
        ],
        more=len(found.gaps) > GAPS_SHOWN,
    )


def _side(counts: Counts, language: Language) -> SideOut:
    filled, of = counts[language]
    return SideOut(filled=filled, of=of)


def _shown(tx: Session, edition: Edition) -> Iterator[Shown]:
    """Yield every bilingual text of an edition that the public reads."""
    yield from _texts("edition", edition, "name", "subtitle", "description", "city", "venue_text", "secretariat")
    context = around(tx, [edition])
    for part in context.organisations[edition.id]:
        yield Shown("organisations", part.organisation_id or part.id, "name", context.printed(part))
    for key_date in key_dates_of(tx, edition.id):
        yield from _texts("key_dates", key_date, "title", "description")
    for room in rooms_of(tx, edition):
        yield from _texts("rooms", room, "name")
    for track in tx.scalars(select(Track).where(Track.edition_id == edition.id).order_by(Track.position, Track.id)):
        yield from _texts("tracks", track, "name")
    own = and_(ProgrammeSession.edition_id == edition.id, ProgrammeSession.status != "cancelled")
    sessions = select(ProgrammeSession).where(own).order_by(ProgrammeSession.position, ProgrammeSession.id)
    for session in tx.scalars(sessions):
        yield from _texts("sessions", session, "title", "subtitle", "abstract", "description")
    people = select(Person).where(Person.id.in_(select(SessionPerson.person_id).join(ProgrammeSession).where(own)))
    for person in tx.scalars(people.order_by(Person.id)):
        yield from _texts("people", person, "name", "title", "affiliation", "biography")


def _texts(part: str, row: Any, *names: str) -> Iterator[Shown]:
    for name in names:
        text: Text = getattr(row, name)
        if text:
            yield Shown(part, row.id, name, text)
