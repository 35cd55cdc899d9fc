"""What a schedule is made of, what counts as a conflict in it, and who may change it.

Times are whole seconds since 1970 in UTC, half open: a session ends before the next one in the room begins. Buffers,
ways and gaps are whole minutes. Ids are opaque. How conflicts are found is in `conflicts.py`, how they are told in
`explanations.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from itertools import pairwise


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
