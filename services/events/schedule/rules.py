"""What a schedule is made of, what counts as a conflict in it, and who may change it.

Times are whole seconds since 1970 in UTC, half open: a session ends before the next one in the room begins. Buffers,
ways and gaps are whole minutes. Ids are opaque. How conflicts are found is in `conflicts.py`, how they are told in
`explanations.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from itertools import pairwise

from shared import errors
from shared.caller import Caller, Role
from shared.text import Text


class Kind(StrEnum):
    """What can be wrong with a schedule, gravest first."""

    ROOM_OVERLAP = "room_overlap"
    PERSON_OVERLAP = "person_overlap"
    ROOM_CLOSED = "room_closed"
    ROOM_BOOKED_ELSEWHERE = "room_booked_elsewhere"
    PERSON_BOOKED_ELSEWHERE = "person_booked_elsewhere"
    PERSON_UNAVAILABLE = "person_unavailable"
    TURNOVER_SHORT = "turnover_short"
    CAPACITY_SHORT = "capacity_short"
    NEVER_PARALLEL = "never_parallel"
    TRACK_PARALLEL = "track_parallel"
    INTERPRETER_OVERBOOKED = "interpreter_overbooked"
    EQUIPMENT_OVERBOOKED = "equipment_overbooked"
    OUTSIDE_HOURS = "outside_hours"


OVERBOOKED = frozenset({Kind.INTERPRETER_OVERBOOKED, Kind.EQUIPMENT_OVERBOOKED})
"""Kinds about a shared resource, of which there is only so much."""


class Level(StrEnum):
    """How much an edition minds a kind of conflict, in rising order; what is ignored is not even looked for."""

    IGNORE = "ignore"
    NOTE = "note"
    WARN = "warn"
    BLOCK = "block"

    @property
    def rank(self) -> int:
        """Return 0 for ignore up to 3 for block."""
        return _RANKS[self]


_RANKS: Mapping[Level, int] = {level: rank for rank, level in enumerate(Level)}


DEFAULT_LEVELS: Mapping[Kind, Level] = dict.fromkeys(Kind, Level.WARN) | {
    Kind.ROOM_OVERLAP: Level.BLOCK,
    Kind.PERSON_OVERLAP: Level.BLOCK,
    Kind.ROOM_CLOSED: Level.BLOCK,
}


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, `start` included, `end` not."""

    start: int
    end: int


Windows = tuple[Window, ...]


def minutes_outside(start: int, end: int, open_: Windows, closed: Windows = ()) -> int:
    """Count the minutes, rounded up, of a stretch that are in no open window or in a closed one.

    Without any open window every time is open; windows may touch and overlap.
    """

    def usable(moment: int) -> bool:
        inside = not open_ or any(w.start <= moment < w.end for w in open_)
        return inside and not any(w.start <= moment < w.end for w in closed)

    bounds = (bound for w in (*open_, *closed) for bound in (w.start, w.end))
    edges = sorted({start, end, *(bound for bound in bounds if start < bound < end)})
    return -(-sum(till - since for since, till in pairwise(edges) if not usable(since)) // 60)


@dataclass(frozen=True, slots=True)
class Placement:
    """One session at its time and, once it has one, in its room; a talk names the session it is part of.

    `needs` are amounts of shared resources. `edition_id` is asked for only where the placement is another edition's.
    """

    session_id: str
    start: int
    end: int
    room_id: str | None = None
    people: frozenset[str] = frozenset()
    parent_id: str | None = None
    track_id: str | None = None
    tags: frozenset[str] = frozenset()
    expected_attendance: int | None = None
    needs: tuple[tuple[str, int], ...] = ()
    edition_id: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """A room: whom it holds, the minutes it takes to turn over, and when it can be used (`open` empty: always)."""

    id: str
    building_id: str | None = None
    capacity: int | None = None
    buffer_minutes: int = 0
    open: Windows = ()
    closed: Windows = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person and when they can attend (empty: always)."""

    id: str
    windows: Windows = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """Something of which there is only so much at any moment: projectors, or teams of interpreters."""

    id: str
    total: int
    interpreters: bool = False


@dataclass(frozen=True, slots=True)
class Walking:
    """Minutes on foot: as named for two rooms, else for their buildings, else by default; keys are pairs of ids."""

    rooms: Mapping[frozenset[str], int] = field(default_factory=dict)
    buildings: Mapping[frozenset[str], int] = field(default_factory=dict)
    same_building: int = 0
    other_building: int = 0

    def minutes(self, one: Room, other: Room) -> int:
        """Return the way between two rooms: none within a room, nor where a building is not known."""
        if one.id == other.id:
            return 0
        named = self.rooms.get(frozenset((one.id, other.id)))
        if named is not None:
            return named
        if one.building_id is None or other.building_id is None:
            return 0
        if one.building_id == other.building_id:
            return self.same_building
        return self.buildings.get(frozenset((one.building_id, other.building_id)), self.other_building)

    def longest(self) -> int:
        """Return the longest way there can be."""
        return max(0, self.same_building, self.other_building, *self.rooms.values(), *self.buildings.values())


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a schedule is held against: rooms, people, resources, hours, ways, levels, and other editions' bookings.

    A room, person or resource that is not listed has no limits. `hours` empty: any time. Sessions that share a tag of
    `never_parallel` must not run at the same time.
    """

    rooms: Mapping[str, Room] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    hours: Windows = ()
    never_parallel: frozenset[str] = frozenset()
    walking: Walking = field(default_factory=Walking)
    levels: Mapping[Kind, Level] = field(default_factory=dict)
    elsewhere: tuple[Placement, ...] = ()

    def minded(self) -> dict[Kind, Level]:
        """Return the level of every kind that is not ignored; a kind without one has its default."""
        levels = {**DEFAULT_LEVELS, **self.levels}
        return {kind: levels[kind] for kind in Kind if levels[kind] is not Level.IGNORE}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that is wrong, from `start` to `end`, told by a code and by facts that are numbers or ids.

    `code` is the kind, or the kind and a variant (`person_overlap.walk`); `resource` the room, person, track, tag or
    resource it is about; `other` another edition's session.
    """

    code: str
    kind: Kind
    level: Level
    sessions: tuple[str, ...]
    resource: str
    start: int
    end: int
    facts: tuple[tuple[str, int | str], ...] = ()
    other: str = ""

    @property
    def key(self) -> str:
        """Return the name by which this conflict is accepted: code, resource and sessions decide it, times do not."""
        parts = "\0".join((self.code, self.resource, self.other, *self.sessions))
        return f"{self.code}-{blake2b(parts.encode(), digest_size=12).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Someone's word that one conflict, named by its key, may stand, and why."""

    key: str
    reason: str
    accepted_by: str


def blocking(conflicts: Iterable[Conflict], acceptances: Iterable[Acceptance] = ()) -> list[Conflict]:
    """Return the conflicts that forbid a release: those of level *block* that nobody accepted."""
    accepted = {acceptance.key for acceptance in acceptances}
    return [c for c in conflicts if c.level is Level.BLOCK and c.key not in accepted]


def may_schedule(caller: Caller, path: Sequence[str], edition_id: str) -> None:
    """Raise `Forbidden` unless the caller organizes or schedules the edition; `path` leads to its owner."""
    scope = f"edition:{edition_id}"
    if not (caller.has(Role.ORGANIZER, path, scope) or caller.has(Role.SCHEDULER, path, scope)):
        raise errors.Forbidden()


class NotPlaced(errors.Conflict):
    """What stands nowhere cannot be locked, swapped or taken off."""

    title = Text("该场次尚未排入日程", "The session is not on the schedule")
    detail = Text("请先为该场次安排时间和地点。", "Give it a time and a room first.")


class LengthUnknown(errors.Invalid):
    """A session is placed with a length: its own, or one that is sent."""

    title = Text("缺少时长", "The length is not known")
    detail = Text(
        "“{session}”没有预定时长，请在排入日程时给出。",
        "“{session}” has no length of its own; send one with its place.",
    )


class RoomNotUsed(errors.Invalid):
    """A session is placed in a room that its edition uses."""

    title = Text("本届活动不使用该场地", "The edition does not use this room")
    detail = Text("请先将该场地列入本届活动。", "Add the room to the edition first.")


class SessionTwice(errors.Invalid):
    """One change moves each session once."""

    title = Text("同一场次出现多次", "A session is named more than once")
    detail = Text("一次更改中每个场次只能出现一次。", "One change moves each session once.")


class UnknownSession(errors.Invalid):
    """One change moves sessions of one edition."""

    title = Text("场次不属于本届活动", "The session is not of this edition")
    detail = Text("没有场次 {session_id}。", "There is no session {session_id}.")


class Locked(errors.Conflict):
    """What is locked stays where it is, and nothing comes in, until it is unlocked."""

    title = Text("日程已锁定", "The schedule is locked here")
    detail = Text("“{session}”不能移动：{what}已锁定。", "“{session}” cannot be moved: {what} is locked.")


class AlreadyLocked(errors.Conflict):
    """A room, or a day, is locked once."""

    title = Text("已经锁定", "Locked already")
    detail = Text("该场地或日期已被锁定。", "This room or day is locked.")


class NothingToLock(errors.Invalid):
    """A lock names a room, a day, or both."""

    title = Text("请指明要锁定的场地或日期", "Name the room or the day to lock")
    detail = Text("至少需要指明其中一项。", "At least one of the two is needed.")


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock of a room, of a day, or of a room on a day (both named)."""

    room_id: str | None
    day: date | None

    def holds(self, room_id: str | None, day: date) -> bool:
        """Tell whether nothing may be changed in `room_id` on `day`."""
        return self.room_id in (None, room_id) and self.day in (None, day)


LOCKED_THINGS: Mapping[tuple[bool, bool], Text] = {
    (False, False): Text("该场次", "it"),
    (True, False): Text("该场地", "the room"),
    (False, True): Text("当天日程", "the day"),
    (True, True): Text("该场地当天的日程", "the room on that day"),
}
"""What is locked, by whether the lock names a room and a day."""


def check_unlocked(
    session: Text, locked: bool, locks: Iterable[Lock], places: Iterable[tuple[str | None, date]]
) -> None:
    """Raise `Locked` where a session is locked, or one of the (room, day) that it leaves or enters."""
    if locked:
        raise Locked(session=session, what=LOCKED_THINGS[False, False])
    for lock in locks:
        if any(lock.holds(room_id, day) for room_id, day in places):
            what = LOCKED_THINGS[lock.room_id is not None, lock.day is not None]
            raise Locked(session=session, what=what, room_id=lock.room_id, day=lock.day)
