"""Reads of the draft schedule: what stands where, what a change touches, and the names of what a conflict is about.

A change reads no more of the draft than the rooms, people, tracks and hours it touches, by index; the whole draft is
read for the whole list of conflicts alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, true, union, union_all
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.editions.queries import get_edition
from services.events.programme.models import Person, PersonWindow, ProgrammeSession, SessionPerson, Track
from services.events.schedule import rules
from services.events.schedule.models import Placement, Schedule, ScheduleLock
from services.events.schedule.moves import Touched
from services.events.schedule.schemas import LockOut, PlacementOut, RoomOut, ScheduleOut, SettingsOut, TrayOut
from services.events.schedule.setting import (
    REACH,
    Field,
    Minded,
    building,
    day_of,
    days_between,
    hours,
    minutes_in_reach,
    resource_name,
    seconds,
    walking,
)
from services.events.venues.models import EditionRoom, Room, RoomWindow, Venue, Walk
from shared.caller import Caller
from shared.errors import Forbidden, NotFound
from shared.text import Text, same
from shared.tree import path_of

Rows = list[Row[Any]]
CANCELLED = "cancelled"


def get_draft(tx: Session, caller: Caller, ref: str) -> Edition:
    """Return an edition, named by its id or slug, whose schedule the caller may edit; raise `NotFound` or `Forbidden`."""
    edition = tx.get(Edition, ref) or get_edition(tx, caller, ref)
    try:
        rules.may_schedule(caller, path_of(tx, edition.owner_id), edition.id)
    except Forbidden:
        get_edition(tx, caller, edition.id)  # who may not even see it learns nothing
        raise
    return edition


def get_session(tx: Session, caller: Caller, session_id: str) -> tuple[Edition, ProgrammeSession, Placement | None]:
    """Return a session of a draft that the caller may edit, and where it stands; raise `NotFound` or `Forbidden`."""
    found = tx.execute(
        select(ProgrammeSession, Placement)
        .outerjoin(Placement, Placement.session_id == ProgrammeSession.id)
        .where(ProgrammeSession.id == session_id)
    ).first()
    if found is None:
        raise NotFound()
    session, placement = found
    return get_draft(tx, caller, session.edition_id), session, placement


def find_sessions(
    tx: Session, edition_id: str, ids: Collection[str]
) -> dict[str, tuple[ProgrammeSession, Placement | None]]:
    """Return those of the sessions named that are of this edition, each with where it stands."""
    found = tx.execute(
        select(ProgrammeSession, Placement)
        .outerjoin(Placement, Placement.session_id == ProgrammeSession.id)
        .where(ProgrammeSession.id.in_(ids), ProgrammeSession.edition_id == edition_id)
    )
    return {session.id: (session, placement) for session, placement in found}


def list_locks(tx: Session, edition_id: str) -> list[ScheduleLock]:
    """Return the locked rooms and days of an edition."""
    return list(tx.scalars(select(ScheduleLock).where(ScheduleLock.edition_id == edition_id).order_by(ScheduleLock.id)))


def get_schedule(tx: Session, edition_id: str) -> Schedule:
    """Return what an edition set for its schedule; one that set nothing yet has the defaults (and is not kept)."""
    return tx.get(Schedule, edition_id) or Schedule(edition_id=edition_id, number=0, version=1, settings={})


def minded(schedule: Schedule) -> Minded:
    """Return an edition's settings as conflicts are found by them."""
    kept = schedule.settings
    return Minded(
        levels={rules.Kind(kind): rules.Level(level) for kind, level in kept.get("levels", {}).items()},
        never_parallel=frozenset(kept.get("never_parallel", ())),
        equipment=kept.get("equipment", {}),
        interpreters=kept.get("interpreters", {}),
    )


def settings_of(schedule: Schedule) -> SettingsOut:
    """Return what an edition minds, every kind of conflict with its level."""
    return SettingsOut(
        version=schedule.version,
        levels={**rules.DEFAULT_LEVELS, **minded(schedule).levels},
        never_parallel=schedule.settings.get("never_parallel", []),
        equipment=schedule.settings.get("equipment", {}),
        interpreters=schedule.settings.get("interpreters", {}),
    )


def list_placements(tx: Session, edition_id: str, sessions: Collection[str] | None = None) -> list[Placement]:
    """Return the placements of an edition, or of some of its sessions, in order of time."""
    rows = select(Placement).where(Placement.edition_id == edition_id)
    if sessions is not None:
        rows = rows.where(Placement.session_id.in_(sessions))
    return list(tx.scalars(rows.order_by(Placement.starts_at, Placement.session_id)))


def list_in_room(
    tx: Session, edition_id: str, room_id: str, since: datetime
) -> list[tuple[ProgrammeSession, Placement]]:
    """Return what an edition has in a room from a wall time on."""
    rows = (
        select(ProgrammeSession, Placement)
        .join(Placement, Placement.session_id == ProgrammeSession.id)
        .where(Placement.edition_id == edition_id, Placement.room_id == room_id, Placement.start_local >= since)
        .order_by(Placement.starts_at, Placement.session_id)
    )
    return [(session, placement) for session, placement in tx.execute(rows)]


def list_tray(tx: Session, edition_id: str) -> list[TrayOut]:
    """Return the sessions that stand nowhere, in the order of the programme."""
    rows = (
        select(ProgrammeSession.id.label("session_id"), ProgrammeSession.title, ProgrammeSession.duration_minutes)
        .outerjoin(Placement, Placement.session_id == ProgrammeSession.id)
        .where(
            ProgrammeSession.edition_id == edition_id,
            ProgrammeSession.status != CANCELLED,
            Placement.session_id.is_(None),
        )
        .order_by(ProgrammeSession.position, ProgrammeSession.id)
    )
    return [TrayOut.model_validate(row) for row in tx.execute(rows)]


def list_rooms(tx: Session, edition_id: str) -> list[Room]:
    """Return the rooms that an edition uses, in its order."""
    rows = (
        select(Room)
        .join(EditionRoom, EditionRoom.room_id == Room.id)
        .where(EditionRoom.edition_id == edition_id)
        .order_by(EditionRoom.position, Room.position, Room.id)
    )
    return list(tx.scalars(rows))


def rooms_used(tx: Session, edition_id: str, ids: Collection[str]) -> set[str]:
    """Return those of the rooms named that an edition uses."""
    rows = select(EditionRoom.room_id).where(EditionRoom.edition_id == edition_id, EditionRoom.room_id.in_(ids))
    return set(tx.scalars(rows)) if ids else set()


def get_whole_draft(tx: Session, edition: Edition) -> ScheduleOut:
    """Return everything that stands on an edition's schedule, and what does not yet."""
    schedule, placements = get_schedule(tx, edition.id), list_placements(tx, edition.id)
    days = {day_of(placement.start_local, edition.day_change) for placement in placements}
    if edition.starts_on and edition.ends_on and edition.date_precision == "day":
        days.update(days_between(edition.starts_on, edition.ends_on))
    return ScheduleOut(
        edition_id=edition.id,
        zone=edition.zone,
        number=schedule.number,
        settings=settings_of(schedule),
        days=sorted(days),
        rooms=[RoomOut.model_validate(room) for room in list_rooms(tx, edition.id)],
        placements=[PlacementOut.model_validate(placement) for placement in placements],
        tray=list_tray(tx, edition.id),
        locks=[LockOut.model_validate(lock) for lock in list_locks(tx, edition.id)],
    )


def _placed(edition_id: str) -> Select[Any]:
    """Select what stands: of this edition, and of others unless they are put off."""
    columns: Any = select(
        Placement.session_id,
        Placement.edition_id,
        Placement.room_id,
        Placement.starts_at,
        Placement.ends_at,
        ProgrammeSession.parent_id,
        ProgrammeSession.track_id,
        ProgrammeSession.tags,
        ProgrammeSession.needs,
        ProgrammeSession.interpretation,
        ProgrammeSession.expected_attendance,
    )
    placed: Select[Any] = (
        columns.join(ProgrammeSession, ProgrammeSession.id == Placement.session_id)
        .join(Edition, Edition.id == Placement.edition_id)
        .where(
            ProgrammeSession.status != CANCELLED,
            or_(Placement.edition_id == edition_id, Edition.standing == "normal"),
        )
    )
    return placed


def _within(spans: Iterable[tuple[datetime, datetime]]) -> ColumnElement[bool]:
    reached = ((start - REACH, end + REACH) for start, end in spans)
    return or_(*(and_(Placement.starts_at < end, Placement.ends_at > start) for start, end in reached))


def field_around(tx: Session, edition: Edition, schedule: Schedule, touched: Touched) -> Field:
    """Read what a change can come into conflict with, and no more."""
    near, everybody = _within(touched.spans), touched.everybody()
    placed = select(Placement.session_id)
    ids = [placed.where(Placement.session_id.in_(touched.sessions))]
    if touched.rooms:
        ids.append(placed.where(Placement.room_id.in_(touched.rooms), near))
    if everybody:
        theirs = placed.join(SessionPerson, SessionPerson.session_id == Placement.session_id)
        ids.append(theirs.where(SessionPerson.person_id.in_(everybody), near))
    if touched.tracks:
        along = placed.join(ProgrammeSession, ProgrammeSession.id == Placement.session_id)
        ids.append(along.where(ProgrammeSession.track_id.in_(touched.tracks), near))
    if touched.widely:
        ids.append(placed.where(Placement.edition_id == edition.id))
    rows = list(tx.execute(_placed(edition.id).where(Placement.session_id.in_(union(*ids)))))
    people = people_of(tx, [row.session_id for row in rows], everybody)
    windows = PersonWindow.person_id.in_(everybody)
    return _field(tx, edition, schedule, rows, people, windows, touched.rooms)


def field_of(tx: Session, edition: Edition, schedule: Schedule) -> Field:
    """Read the whole draft, and what other editions have in its rooms and with its people."""
    rows = list(tx.execute(_placed(edition.id).where(Placement.edition_id == edition.id)))
    people = people_of(tx, [row.session_id for row in rows])
    if rows:
        span = min(row.starts_at for row in rows), max(row.ends_at for row in rows)
        mine = select(Placement.session_id).where(Placement.edition_id == edition.id)
        everybody = select(SessionPerson.person_id).where(SessionPerson.session_id.in_(mine))
        theirs = select(SessionPerson.session_id).where(SessionPerson.person_id.in_(everybody))
        rooms = {row.room_id for row in rows if row.room_id}
        shared = or_(Placement.room_id.in_(rooms), Placement.session_id.in_(theirs))
        others = list(
            tx.execute(_placed(edition.id).where(Placement.edition_id != edition.id, _within([span]), shared))
        )
        rows += others
        people |= people_of(tx, [row.session_id for row in others])
    return _field(tx, edition, schedule, rows, people, true(), ())


def people_of(
    tx: Session, sessions: Collection[str], among: Collection[str] | None = None
) -> dict[str, frozenset[str]]:
    """Return who has a part in each of the sessions; of those named, where some are."""
    if not sessions or (among is not None and not among):
        return {}
    rows = select(SessionPerson.session_id, SessionPerson.person_id).where(SessionPerson.session_id.in_(sessions))
    if among is not None:
        rows = rows.where(SessionPerson.person_id.in_(among))
    found: dict[str, set[str]] = defaultdict(set)
    for session_id, person_id in tx.execute(rows):
        found[session_id].add(person_id)
    return {session_id: frozenset(people) for session_id, people in found.items()}


def _field(
    tx: Session,
    edition: Edition,
    schedule: Schedule,
    rows: Rows,
    people: dict[str, frozenset[str]],
    windows: ColumnElement[bool],
    more_rooms: Collection[str],
) -> Field:
    minds = minded(schedule)
    rooms, equipment, ways = _rooms(tx, {row.room_id for row in rows if row.room_id}.union(more_rooms))
    placed = [
        rules.Placement(
            session_id=row.session_id,
            start=seconds(row.starts_at),
            end=seconds(row.ends_at),
            room_id=row.room_id,
            people=people.get(row.session_id, frozenset()),
            parent_id=row.parent_id,
            track_id=row.track_id,
            tags=frozenset(row.tags),
            expected_attendance=row.expected_attendance,
            needs=minds.needs(row.needs, row.interpretation, equipment.get(row.room_id, {})),
            edition_id=row.edition_id,
        )
        for row in rows
    ]
    setting = rules.Setting(
        rooms=rooms,
        people=_available(tx, edition.id, windows),
        resources=minds.resources(),
        hours=_hours(edition),
        never_parallel=minds.never_parallel,
        walking=ways,
        levels=minds.levels,
        elsewhere=tuple(placement for placement in placed if placement.edition_id != edition.id),
    )
    own = {placement.session_id: placement for placement in placed if placement.edition_id == edition.id}
    return Field(own, setting, minds, equipment)


def _hours(edition: Edition) -> rules.Windows:
    exact = edition.starts_on if edition.date_precision == "day" else None
    opens, closes = edition.hours_start, edition.hours_end
    return hours(exact, edition.ends_on or exact, opens, closes, edition.day_change, edition.zone)


def _available(tx: Session, edition_id: str, condition: ColumnElement[bool]) -> dict[str, rules.Person]:
    found: dict[str, list[rules.Window]] = defaultdict(list)
    columns = PersonWindow.person_id, PersonWindow.starts_at, PersonWindow.ends_at
    for person_id, start, end in tx.execute(select(*columns).where(PersonWindow.edition_id == edition_id, condition)):
        found[person_id].append(rules.Window(seconds(start), seconds(end)))
    return {person_id: rules.Person(person_id, tuple(windows)) for person_id, windows in found.items()}


def _rooms(tx: Session, ids: Collection[str]) -> tuple[dict[str, rules.Room], dict[str, dict[str, int]], rules.Walking]:
    """Return rooms with their windows, what they have of their own, and the ways between them."""
    if not ids:
        return {}, {}, rules.Walking()
    windows: dict[tuple[str, bool], list[rules.Window]] = defaultdict(list)
    spans = select(RoomWindow.room_id, RoomWindow.closed, RoomWindow.starts_at, RoomWindow.ends_at)
    for room_id, closed, start, end in tx.execute(spans.where(RoomWindow.room_id.in_(ids))):
        windows[room_id, closed].append(rules.Window(seconds(start), seconds(end)))
    rooms, equipment, same_building, other_building = {}, {}, 0, 0
    columns = select(
        Room.id, Room.venue_id, Room.building, Room.seats, Room.buffer_minutes, Room.equipment,
        Venue.same_building_minutes, Venue.other_building_minutes,
    )  # fmt: skip
    venues = set()
    for row in tx.execute(columns.join(Venue, Venue.id == Room.venue_id).where(Room.id.in_(ids))):
        venues.add(row.venue_id)
        equipment[row.id] = row.equipment
        same_building = max(same_building, row.same_building_minutes)
        other_building = max(other_building, row.other_building_minutes)
        rooms[row.id] = rules.Room(
            id=row.id,
            building_id=building(row.venue_id, row.building),
            capacity=row.seats,
            buffer_minutes=minutes_in_reach(row.buffer_minutes),
            open=tuple(windows[row.id, False]),
            closed=tuple(windows[row.id, True]),
        )
    walks = tx.execute(
        select(Walk.venue_id, Walk.kind, Walk.one, Walk.other, Walk.minutes).where(Walk.venue_id.in_(venues))
    )
    return rooms, equipment, walking(walks, same_building, other_building)


def names_of(tx: Session, conflicts: Iterable[rules.Conflict]) -> dict[str, Text]:
    """Return the names of all that the conflicts are about, by id."""
    names: dict[str, Text] = {}
    wanted: set[str] = set()
    for conflict in conflicts:
        if conflict.kind in rules.OVERBOOKED:
            names[conflict.resource] = same(resource_name(conflict.resource))
        wanted.update((*conflict.sessions, conflict.resource))
        wanted.update(value for _, value in conflict.facts if isinstance(value, str))
    if wanted := wanted - names.keys():
        tables = (
            (ProgrammeSession, "title"), (Room, "name"), (Person, "name"), (Track, "name"), (Edition, "name")
        )  # fmt: skip
        columns = [(t.__table__.c.id, t.__table__.c[f"{n}_zh"], t.__table__.c[f"{n}_en"]) for t, n in tables]
        for id_, zh, en in tx.execute(union_all(*(select(*c).where(c[0].in_(wanted)) for c in columns))):
            names[id_] = Text(zh, en)
    return names
