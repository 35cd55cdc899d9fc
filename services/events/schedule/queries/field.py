"""Reads of what conflicts are found from: the field around a change, or of the whole draft, and names for both.

A change reads no more of the draft than the rooms, people, tracks and hours it touches, by index; the whole draft is
read for the whole list of conflicts alone. What every move asks is built once: building it cost more than asking.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, cast, false, literal, or_, select, union_all
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.programme.models import Person, PersonWindow, ProgrammeSession, SessionPerson, Track
from services.events.schedule import rules
from services.events.schedule.models import Placement
from services.events.schedule.moves import Touched
from services.events.schedule.queries.draft import CANCELLED, SEATED, Drafted, E, P, S, minded
from services.events.schedule.setting import (
    REACH,
    Field,
    Kept,
    RoomWindows,
    hours,
    minutes_in_reach,
    placements,
    resource_name,
    rooms_with,
    seconds,
    walking,
)
from services.events.venues.models import EditionRoom, Room, RoomWindow, Venue, Walk
from shared.text import Text, same

PART, ROOM, WINDOW, AWAY, VENUE, USED, WALK = (
    model.__table__.c for model in (SessionPerson, Room, RoomWindow, PersonWindow, Venue, EditionRoom, Walk)
)

_STANDING = (
    select(
        S.id, S.title_zh, S.title_en, S.edition_id, S.parent_id, S.track_id, S.expected_attendance,
        *(cast(S[name], String).label(name) for name in ("tags", "needs", "interpretation")),
        P.room_id, P.starts_at, P.ends_at, PART.person_id,
    ).where(S.status != CANCELLED)
)  # fmt: skip
"""Sessions that take place, with their people: one row for each, or one without. What few editions mind is left unread."""


_ROOMS = (
    select(
        ROOM.id, ROOM.name_zh, ROOM.name_en, ROOM.venue_id, ROOM.building, ROOM.seats, ROOM.buffer_minutes, ROOM.equipment,
        VENUE.same_building_minutes, VENUE.other_building_minutes, USED.room_id.label("used"),
        select(literal(True)).where(WALK.venue_id == ROOM.venue_id).exists().label("has_ways"),
        select(literal(True)).where(WINDOW.room_id == ROOM.id).exists().label("has_windows"),
        select(literal(True)).where(AWAY.edition_id == bindparam("edition")).exists().label("has_absent"),
    )
    .select_from(
        Room.__table__.join(Venue.__table__, VENUE.id == ROOM.venue_id)
        .outerjoin(EditionRoom.__table__, and_(USED.room_id == ROOM.id, USED.edition_id == bindparam("edition")))
    )
)  # fmt: skip
_ROOMS_NAMED = _ROOMS.where(ROOM.id.in_(bindparam("rooms", expanding=True)))


def _some(name: str, count: int) -> list[Any]:
    """Ask for `count` ids; a list of any length would be laid out at every asking."""
    return [bindparam(f"{name}_{number}") for number in range(count)]


def _near(since: str, until: str) -> Any:
    return or_(*(and_(P.starts_at < bindparam(f"{until}_{n}"), P.ends_at > bindparam(f"{since}_{n}")) for n in (0, 1)))


def _with_people_of(sessions: int) -> tuple[Select[Any], Any]:
    """Ask for the people of so many sessions, and for what stands with them in reach of two spans."""
    theirs = select(PART.person_id).where(PART.session_id.in_(_some("session", sessions))).correlate(None)
    return theirs, and_(P.session_id == PART.session_id, PART.person_id.in_(theirs), _near("far_since", "far_until"))


@lru_cache(maxsize=64)
def _rooms_around(sessions: int, rooms: int) -> Select[Any]:
    """Ask for so many rooms, and for those that people come from and go to."""
    arms = [select(P.room_id).where(_with_people_of(sessions)[1])]
    if rooms:
        arms.append(select(ROOM.id).where(ROOM.id.in_(_some("room", rooms))))
    return _ROOMS.where(ROOM.id.in_(union_all(*(arm.correlate(None) for arm in arms))))


@lru_cache(maxsize=64)
def _around(sessions: int, rooms: int, tracks: int, *, widely: bool) -> Select[Any]:
    """Ask for what lies around a change of so many things."""
    theirs, with_them = _with_people_of(sessions)
    near = _near("since", "until")
    arms = [select(S.id).where(S.id.in_(_some("session", sessions))), select(P.session_id).where(with_them)]
    if rooms:
        arms.append(select(P.session_id).where(P.room_id.in_(_some("room", rooms)), near))
    if tracks:
        same_track = S.track_id.in_(_some("track", tracks))
        arms.append(select(P.session_id).where(P.session_id == S.id, same_track, near))
    if widely:
        arms.append(select(P.session_id).where(P.edition_id == bindparam("edition")))
    touched = union_all(*(arm.correlate(None) for arm in arms))
    part = and_(PART.session_id == S.id, PART.person_id.in_(theirs))
    drafted = SEATED.join(Edition.__table__, E.id == S.edition_id).outerjoin(SessionPerson.__table__, part)
    own_or_held = or_(S.edition_id == bindparam("edition"), E.standing == "normal")
    return _STANDING.select_from(drafted).where(S.id.in_(touched), own_or_held)


def field_around(tx: Session, edition: Drafted, schedule: Kept, touched: Touched) -> Field:
    """Read what a change can come into conflict with, and no more: along a room, as far as its turnover reaches."""
    asked: dict[str, Any] = {"edition": edition.id}
    for name, ids in (("session", touched.sessions), ("room", touched.rooms), ("track", touched.tracks)):
        asked |= {f"{name}_{number}": id_ for number, id_ in enumerate(ids)}
    for number, (start, end) in enumerate(touched.spans):
        asked |= {f"far_since_{number}": start - REACH, f"far_until_{number}": end + REACH}
    sessions, rooms, tracks = len(touched.sessions), len(touched.rooms), len(touched.tracks)
    in_use = tx.execute(_rooms_around(sessions, rooms), asked).all()
    turnover = timedelta(minutes=max((minutes_in_reach(row.buffer_minutes) for row in in_use), default=0))
    for number, (start, end) in enumerate(touched.spans):
        asked |= {f"since_{number}": start - turnover, f"until_{number}": end + turnover}
    rows = tx.execute(_around(sessions, rooms, tracks, widely=touched.widely), asked).all()
    people = {row.person_id for row in rows if row.id in touched.sessions and row.person_id}
    return _field(tx, edition, schedule, rows, people, in_use)


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
    rooms: Sequence[Any],
) -> Field:
    minds = minded(schedule)
    sessions = {row.id: row for row in rows}
    people: dict[str, set[str]] = {session_id: set() for session_id in sessions}
    for row in rows:
        if row.person_id:
            people[row.id].add(row.person_id)
    parts = {session_id: frozenset(found) for session_id, found in people.items()}
    missing = {row.room_id for row in sessions.values() if row.room_id}.difference(room.id for room in rooms)
    more = tx.execute(_ROOMS_NAMED, {"edition": edition.id, "rooms": missing}).all() if missing else []
    in_use = [*rooms, *more]
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
    names = {row.id: Text(row.title_zh, row.title_en) for row in sessions.values()}
    names |= {row.id: Text(row.name_zh, row.name_en) for row in in_use}
    own = {placement.session_id: placement for placement in placed if placement.edition_id == edition.id}
    return Field(own, setting, minds, equipment, parts, frozenset(row.used for row in in_use if row.used), names)


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


def names_of(
    tx: Session, conflicts: Iterable[rules.Conflict], known: Mapping[str, Text] = MappingProxyType({})
) -> dict[str, Text]:
    """Return the names of all that the conflicts are about, by id; those known already are not asked for."""
    names = dict(known)
    wanted: set[str] = set()
    for conflict in conflicts:
        if conflict.kind in rules.OVERBOOKED:
            names[conflict.resource] = same(resource_name(conflict.resource))
        wanted.update((*conflict.sessions, conflict.resource))
        wanted.update(value for _, value in conflict.facts if isinstance(value, str))
    if wanted := wanted - names.keys():
        names |= {id_: Text(zh, en) for id_, zh, en in tx.execute(_NAMES, {"ids": wanted})}
    return names
