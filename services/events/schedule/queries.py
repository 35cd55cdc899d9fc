"""Reads of the draft schedule: what stands where, what a change touches, and the names of what a conflict is about.

A change reads no more of the draft than the rooms, people, tracks and hours it touches, by index; the whole draft is
read for the whole list of conflicts alone. What every move asks is built once: building it cost more than asking.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, cast, false, literal, or_, select, union_all
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.editions.queries import get_behind, get_edition
from services.events.programme.models import Person, PersonWindow, ProgrammeSession, SessionPerson, Track
from services.events.schedule import rules
from services.events.schedule.models import Placement, Schedule
from services.events.schedule.moves import Placeable, Standing, Touched
from services.events.schedule.schemas import LockOut, PlacementOut, RoomOut, ScheduleOut, SettingsOut, TrayOut
from services.events.schedule.setting import (
    REACH,
    Dated,
    Field,
    Kept,
    Minded,
    RoomWindows,
    day_of,
    days_between,
    hours,
    placements,
    resource_name,
    rooms_with,
    seconds,
    walking,
)
from services.events.venues.models import EditionRoom, Room, RoomWindow, Venue, Walk
from services.events.venues.queries import rooms_of
from shared.caller import Caller
from shared.errors import Forbidden, NotFound
from shared.text import Text, same
from shared.tree import Node, path_of

CANCELLED = "cancelled"
Drafted = Edition | Dated
"""An edition, whole or as far as its schedule goes by it."""

Seat = tuple[Placeable, Standing | None]
"""A session, and where it stands."""

S, P, E = ProgrammeSession.__table__.c, Placement.__table__.c, Edition.__table__.c
PART, ROOM, WINDOW, AWAY, VENUE, USED, WALK = (
    model.__table__.c for model in (SessionPerson, Room, RoomWindow, PersonWindow, Venue, EditionRoom, Walk)
)


def get_draft(tx: Session, caller: Caller, ref: str) -> Edition:
    """Return an edition, named by its id or slug, whose schedule the caller may edit; raise `NotFound` or `Forbidden`."""
    edition = tx.get(Edition, ref) or get_edition(tx, caller, ref)
    _may_schedule(tx, caller, edition, None, get_edition)
    return edition


def _may_schedule(
    tx: Session, caller: Caller, edition: Drafted, path: str | None, get: Callable[[Session, Caller, str], Edition]
) -> None:
    """Raise `Forbidden`, or what `get` raises for those who may not even see the thing and so learn nothing."""
    try:
        known = tuple(path.strip("/").split("/")) if path else path_of(tx, edition.owner_id)
        rules.may_schedule(caller, known, edition.id)
    except Forbidden:
        get(tx, caller, edition.id)
        raise


_PLACEABLE = [S[field.name] for field in fields(Placeable) if field.name != "title"]
_STANDING_AT, _DATED = [P[field.name] for field in fields(Standing)], [E[field.name] for field in fields(Dated)]
_SEAT_WIDTH, _SEAT_PARTS = 2 + len(_PLACEABLE) + len(_STANDING_AT), 2 + len(_PLACEABLE)
_SEATED = ProgrammeSession.__table__.outerjoin(Placement.__table__, P.session_id == S.id)
_SEATS: Select[Any] = select(S.title_zh, S.title_en, *_PLACEABLE, *_STANDING_AT)
_SEATS_BY_ID = _SEATS.select_from(_SEATED).where(S.id.in_(bindparam("ids", expanding=True)))
_SEATS_IN_ROOM = (
    _SEATS.select_from(_SEATED)
    .where(P.edition_id == bindparam("edition"), P.room_id == bindparam("room"), P.start_local >= bindparam("since"))
    .order_by(P.starts_at, P.session_id)
)
_SEAT_IN_DRAFT: Select[Any] = (
    _SEATS.add_columns(*_DATED, Node.__table__.c.path)
    .select_from(
        _SEATED.join(Edition.__table__, E.id == S.edition_id).outerjoin(
            Node.__table__, Node.__table__.c.id == E.owner_id
        )
    )
    .where(S.id == bindparam("session"))
)


def _seat(values: Sequence[Any]) -> Seat:
    zh, en, *own = values[:_SEAT_PARTS]
    placed = values[_SEAT_PARTS:_SEAT_WIDTH]
    return Placeable(Text(zh, en), *own), Standing(*placed) if placed[0] else None


def get_session(tx: Session, caller: Caller, session_id: str) -> tuple[Dated, Placeable, Standing | None]:
    """Return a session of a draft that the caller may edit, and where it stands; raise `NotFound` or `Forbidden`."""
    found = tx.execute(_SEAT_IN_DRAFT, {"session": session_id}).first()
    if found is None:
        raise NotFound()
    values = tuple(found)
    edition = Dated(*values[_SEAT_WIDTH:-1])
    _may_schedule(tx, caller, edition, values[-1], get_behind)
    return edition, *_seat(values)


def find_sessions(tx: Session, edition_id: str, ids: Collection[str]) -> dict[str, Seat]:
    """Return those of the sessions named that are of this edition, each with where it stands."""
    found = [_seat(row) for row in tx.execute(_SEATS_BY_ID, {"ids": ids})]
    return {session.id: (session, placement) for session, placement in found if session.edition_id == edition_id}


def list_in_room(tx: Session, edition_id: str, room_id: str, since: datetime) -> list[tuple[Placeable, Standing]]:
    """Return what an edition has in a room from a wall time on."""
    found = [_seat(row) for row in tx.execute(_SEATS_IN_ROOM, {"edition": edition_id, "room": room_id, "since": since})]
    return [(session, placement) for session, placement in found if placement is not None]


_KEPT: Select[Any] = select(*(Schedule.__table__.c[field.name] for field in fields(Kept))).where(
    Schedule.__table__.c.edition_id == bindparam("edition")
)


def get_schedule(tx: Session, edition_id: str) -> Kept:
    """Return what an edition keeps of its schedule; the defaults where it has set and placed nothing yet."""
    found = tx.execute(_KEPT, {"edition": edition_id}).first()
    return Kept(*found) if found else Kept()


def minded(schedule: Kept) -> Minded:
    """Return an edition's settings as conflicts are found by them."""
    kept = schedule.settings
    return Minded(
        levels={rules.Kind(kind): rules.Level(level) for kind, level in kept.get("levels", {}).items()},
        never_parallel=frozenset(kept.get("never_parallel", ())),
        equipment=kept.get("equipment", {}),
        interpreters=kept.get("interpreters", {}),
    )


def settings_of(schedule: Kept) -> SettingsOut:
    """Return what an edition minds, every kind of conflict with its level."""
    return SettingsOut(
        version=schedule.version,
        levels={**rules.DEFAULT_LEVELS, **minded(schedule).levels},
        never_parallel=schedule.settings.get("never_parallel", []),
        equipment=schedule.settings.get("equipment", {}),
        interpreters=schedule.settings.get("interpreters", {}),
    )


def locks_of(schedule: Kept) -> list[LockOut]:
    """Return the locked rooms and days of an edition, oldest first."""
    return [LockOut.model_validate(lock) for lock in schedule.locks]


def list_placements(tx: Session, edition_id: str, sessions: Collection[str] | None = None) -> list[Placement]:
    """Return the placements of an edition, or of some of its sessions, in order of time."""
    rows = select(Placement).where(Placement.edition_id == edition_id)
    if sessions is not None:
        rows = rows.where(Placement.session_id.in_(sessions))
    return list(tx.scalars(rows.order_by(Placement.starts_at, Placement.session_id)))


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
        rooms=[RoomOut.model_validate(room) for room in rooms_of(tx, edition)],
        placements=[PlacementOut.model_validate(placement) for placement in placements],
        tray=list_tray(tx, edition.id),
        locks=locks_of(schedule),
    )


_STANDING = (
    select(
        S.id, S.edition_id, S.parent_id, S.track_id, S.expected_attendance,
        *(cast(S[name], String).label(name) for name in ("tags", "needs", "interpretation")),
        P.room_id, P.starts_at, P.ends_at, PART.person_id,
    ).where(S.status != CANCELLED)
)  # fmt: skip
"""Sessions that take place, with their people: one row for each, or one without. What few editions mind is left unread."""


@lru_cache(maxsize=64)
def _around(sessions: int, rooms: int, tracks: int, *, widely: bool) -> Select[Any]:
    """Ask for what lies around a change of so many things; a list of any length would be laid out at every asking."""
    moving: list[Any] = [bindparam(f"session_{n}") for n in range(sessions)]
    near = or_(*(and_(P.starts_at < bindparam(f"until_{n}"), P.ends_at > bindparam(f"since_{n}")) for n in (0, 1)))
    theirs = select(PART.person_id).where(PART.session_id.in_(moving)).correlate(None)
    of_theirs = and_(P.session_id == PART.session_id, PART.person_id.in_(theirs))
    arms = [select(S.id).where(S.id.in_(moving)), select(P.session_id).where(of_theirs, near)]
    if rooms:
        arms.append(select(P.session_id).where(P.room_id.in_([bindparam(f"room_{n}") for n in range(rooms)]), near))
    if tracks:
        same_track = S.track_id.in_([bindparam(f"track_{n}") for n in range(tracks)])
        arms.append(select(P.session_id).where(P.session_id == S.id, same_track, near))
    if widely:
        arms.append(select(P.session_id).where(P.edition_id == bindparam("edition")))
    touched = union_all(*(arm.correlate(None) for arm in arms))
    part = and_(PART.session_id == S.id, PART.person_id.in_(theirs))
    drafted = _SEATED.join(Edition.__table__, E.id == S.edition_id).outerjoin(SessionPerson.__table__, part)
    own_or_held = or_(S.edition_id == bindparam("edition"), E.standing == "normal")
    return _STANDING.select_from(drafted).where(S.id.in_(touched), own_or_held)


def field_around(tx: Session, edition: Drafted, schedule: Kept, touched: Touched) -> Field:
    """Read what a change can come into conflict with, and no more."""
    asked: dict[str, Any] = {"edition": edition.id}
    for name, ids in (("session", touched.sessions), ("room", touched.rooms), ("track", touched.tracks)):
        asked |= {f"{name}_{number}": id_ for number, id_ in enumerate(ids)}
    for number, (start, end) in enumerate(touched.spans):
        asked |= {f"since_{number}": start - REACH, f"until_{number}": end + REACH}
    counts = len(touched.sessions), len(touched.rooms), len(touched.tracks)
    rows = tx.execute(_around(*counts, widely=touched.widely), asked).all()
    people = {row.person_id for row in rows if row.id in touched.sessions and row.person_id}
    return _field(tx, edition, schedule, rows, people, touched.rooms)


def field_of(tx: Session, edition: Drafted, schedule: Kept) -> Field:
    """Read the whole draft, and what other editions have in its rooms and with its people."""
    placed = ProgrammeSession.__table__.join(Placement.__table__, P.session_id == S.id)
    parts = placed.outerjoin(SessionPerson.__table__, PART.session_id == S.id)
    rows = list(tx.execute(_STANDING.select_from(parts).where(S.edition_id == edition.id)))
    people = {row.person_id for row in rows if row.person_id}
    if rows:
        mine = select(PART.person_id).where(PART.session_id == P.session_id, P.edition_id == edition.id)
        theirs = and_(PART.session_id == S.id, PART.person_id.in_(mine.correlate(None)))
        elsewhere = placed.join(Edition.__table__, E.id == S.edition_id).outerjoin(SessionPerson.__table__, theirs)
        rooms = {row.room_id for row in rows if row.room_id}
        others: Select[Any] = _STANDING.select_from(elsewhere).where(
            S.edition_id != edition.id,
            E.standing == "normal",
            P.starts_at < max(row.ends_at for row in rows) + REACH,
            P.ends_at > min(row.starts_at for row in rows) - REACH,
            or_(P.room_id.in_(rooms) if rooms else false(), PART.person_id.is_not(None)),
        )
        rows += tx.execute(others)
    return _field(tx, edition, schedule, rows, people, ())


def _field(
    tx: Session,
    edition: Drafted,
    schedule: Kept,
    rows: Collection[Any],
    everybody: Collection[str],
    more_rooms: Collection[str],
) -> Field:
    minds = minded(schedule)
    sessions = {row.id: row for row in rows}
    people: dict[str, set[str]] = {session_id: set() for session_id in sessions}
    for row in rows:
        if row.person_id:
            people[row.id].add(row.person_id)
    parts = {session_id: frozenset(found) for session_id, found in people.items()}
    room_ids = {row.room_id for row in sessions.values() if row.room_id}.union(more_rooms)
    in_use = tx.execute(_ROOMS, {"edition": edition.id, "rooms": room_ids}).all() if room_ids else []
    windows, available = _windows(tx, edition.id, in_use, everybody)
    equipment = {row.id: row.equipment for row in in_use}
    placed = placements(sessions.values(), parts, minds, equipment)
    setting = rules.Setting(
        rooms=rooms_with(in_use, windows),
        people={id_: rules.Person(id_, tuple(found)) for id_, found in available.items()},
        resources=minds.resources(),
        hours=_hours(edition),
        never_parallel=minds.never_parallel,
        walking=_ways(tx, in_use),
        levels=minds.levels,
        elsewhere=tuple(placement for placement in placed if placement.edition_id != edition.id),
    )
    own = {placement.session_id: placement for placement in placed if placement.edition_id == edition.id}
    return Field(own, setting, minds, equipment, parts, frozenset(row.used for row in in_use if row.used))


def _hours(edition: Drafted) -> rules.Windows:
    exact = edition.starts_on if edition.date_precision == "day" else None
    opens, closes = edition.hours_start, edition.hours_end
    return hours(exact, edition.ends_on or exact, opens, closes, edition.day_change, edition.zone)


_WINDOWS = union_all(
    select(WINDOW.room_id, WINDOW.closed, WINDOW.starts_at, WINDOW.ends_at, literal(True).label("of_room")).where(
        WINDOW.room_id.in_(bindparam("rooms", expanding=True))
    ),
    select(AWAY.person_id, false(), AWAY.starts_at, AWAY.ends_at, literal(False)).where(
        AWAY.edition_id == bindparam("edition"), AWAY.person_id.in_(bindparam("people", expanding=True))
    ),
)


def _windows(
    tx: Session, edition_id: str, rooms: Collection[Any], people: Collection[str]
) -> tuple[RoomWindows, dict[str, list[rules.Window]]]:
    """Return when rooms are open or closed (by room and whether it is closed), and when people can attend."""
    if rooms and not any(row.has_windows or row.has_absent for row in rooms):  # as in most editions
        return {}, {}
    of_rooms: dict[tuple[str, bool], list[rules.Window]] = defaultdict(list)
    of_people: dict[str, list[rules.Window]] = defaultdict(list)
    asked = {"edition": edition_id, "rooms": [row.id for row in rooms], "people": people}
    for id_, closed, start, end, of_room in tx.execute(_WINDOWS, asked):
        window = rules.Window(seconds(start), seconds(end))
        (of_rooms[id_, bool(closed)] if of_room else of_people[id_]).append(window)
    return of_rooms, of_people


_ROOMS = (
    select(
        ROOM.id, ROOM.venue_id, ROOM.building, ROOM.seats, ROOM.buffer_minutes, ROOM.equipment,
        VENUE.same_building_minutes, VENUE.other_building_minutes, USED.room_id.label("used"),
        select(literal(True)).where(WALK.venue_id == ROOM.venue_id).exists().label("has_ways"),
        select(literal(True)).where(WINDOW.room_id == ROOM.id).exists().label("has_windows"),
        select(literal(True)).where(AWAY.edition_id == bindparam("edition")).exists().label("has_absent"),
    )
    .select_from(
        Room.__table__.join(Venue.__table__, VENUE.id == ROOM.venue_id)
        .outerjoin(EditionRoom.__table__, and_(USED.room_id == ROOM.id, USED.edition_id == bindparam("edition")))
    )
    .where(ROOM.id.in_(bindparam("rooms", expanding=True)))
)  # fmt: skip


_WAYS = select(WALK.venue_id, WALK.kind, WALK.one, WALK.other, WALK.minutes).where(
    WALK.venue_id.in_(bindparam("venues", expanding=True))
)


def _ways(tx: Session, rooms: Collection[Any]) -> rules.Walking:
    """Return the ways between rooms."""
    venues = {row.venue_id for row in rooms if row.has_ways}
    ways: Any = tx.execute(_WAYS, {"venues": venues}) if venues else ()
    same_building = max((row.same_building_minutes for row in rooms), default=0)
    other_building = max((row.other_building_minutes for row in rooms), default=0)
    return walking(ways, same_building, other_building)


_NAMES = union_all(
    *(
        select(t.c.id, t.c[f"{name}_zh"], t.c[f"{name}_en"]).where(t.c.id.in_(bindparam("ids", expanding=True)))
        for t, name in (
            (ProgrammeSession.__table__, "title"), (Room.__table__, "name"), (Person.__table__, "name"),
            (Track.__table__, "name"), (Edition.__table__, "name"),
        )
    )
)  # fmt: skip


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
        names |= {id_: Text(zh, en) for id_, zh, en in tx.execute(_NAMES, {"ids": wanted})}
    return names
