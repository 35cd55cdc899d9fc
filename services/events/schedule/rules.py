"""What a schedule is made of, what counts as a conflict in it, and the words that explain one.

Times are whole seconds since 1970 in UTC, half open: a session ends before the next one in the room begins. Buffers,
ways and gaps are whole minutes. Ids are opaque; names come in only where something is explained. How conflicts are
found is in `conflicts.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from itertools import pairwise

from shared.text import Text, same


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


SENTENCES: Mapping[str, Text] = {
    Kind.ROOM_OVERLAP: Text(
        "“{a}”与“{b}”同时安排在{resource}，重叠 {minutes} 分钟。",
        "“{a}” and “{b}” are both in {resource} for {minutes} min.",
    ),
    Kind.PERSON_OVERLAP: Text(
        "{resource}同时被安排在“{a}”和“{b}”，重叠 {minutes} 分钟。",
        "{resource} is expected in “{a}” and in “{b}” for {minutes} min.",
    ),
    f"{Kind.PERSON_OVERLAP}.walk": Text(
        "{resource}在“{a}”与“{b}”之间只有 {gap} 分钟，从{from_room}步行到{to_room}需要 {need} 分钟。",
        "{resource} has {gap} min between “{a}” and “{b}”; the way from {from_room} to {to_room} takes {need} min.",
    ),
    Kind.ROOM_CLOSED: Text(
        "“{a}”有 {minutes} 分钟不在{resource}的开放时间内。",
        "{resource} is closed for {minutes} min of “{a}”.",
    ),
    Kind.ROOM_BOOKED_ELSEWHERE: Text(
        "“{a}”所用的{resource}同时被“{edition}”占用，重叠 {minutes} 分钟。",
        "{resource} is booked by “{edition}” for {minutes} min of “{a}”.",
    ),
    f"{Kind.ROOM_BOOKED_ELSEWHERE}.turnover": Text(
        "{resource}在“{a}”与“{edition}”的使用之间只有 {gap} 分钟，换场需要 {need} 分钟。",
        "{resource} has {gap} min between “{a}” and its use by “{edition}”; turnover takes {need} min.",
    ),
    Kind.PERSON_BOOKED_ELSEWHERE: Text(
        "{resource}在“{a}”期间另有“{edition}”的安排，重叠 {minutes} 分钟。",
        "{resource} is expected at “{edition}” for {minutes} min of “{a}”.",
    ),
    f"{Kind.PERSON_BOOKED_ELSEWHERE}.walk": Text(
        "{resource}在“{a}”与“{edition}”的安排之间只有 {gap} 分钟，从{from_room}步行到{to_room}需要 {need} 分钟。",
        "{resource} has {gap} min between “{a}” and “{edition}”; the way from {from_room} to {to_room} takes {need} min.",
    ),
    Kind.PERSON_UNAVAILABLE: Text(
        "“{a}”有 {minutes} 分钟不在{resource}可出席的时间内。",
        "{resource} is not available for {minutes} min of “{a}”.",
    ),
    Kind.TURNOVER_SHORT: Text(
        "{resource}在“{a}”与“{b}”之间只有 {gap} 分钟，换场需要 {need} 分钟。",
        "{resource} has {gap} min between “{a}” and “{b}”; turnover takes {need} min.",
    ),
    Kind.CAPACITY_SHORT: Text(
        "“{a}”预计 {expected} 人参加，{resource}只能容纳 {capacity} 人。",
        "“{a}” expects {expected} people; {resource} holds {capacity}.",
    ),
    Kind.NEVER_PARALLEL: Text(
        "“{a}”与“{b}”都标有“{resource}”，不得同时进行，现重叠 {minutes} 分钟。",
        "“{a}” and “{b}” are both tagged “{resource}”, never to run in parallel, but do for {minutes} min.",
    ),
    Kind.TRACK_PARALLEL: Text(
        "同属“{resource}”专题的“{a}”与“{b}”同时进行，重叠 {minutes} 分钟。",
        "“{a}” and “{b}” of the track “{resource}” run in parallel for {minutes} min.",
    ),
    Kind.INTERPRETER_OVERBOOKED: Text(
        "“{resource}”译员不足：同时需要 {need}，只有 {have}。涉及{sessions}。",
        "Too few interpreters “{resource}”: {need} needed at once, {have} there. Sessions: {sessions}.",
    ),
    Kind.EQUIPMENT_OVERBOOKED: Text(
        "“{resource}”数量不足：同时需要 {need}，只有 {have}。涉及{sessions}。",
        "Too little of “{resource}”: {need} needed at once, {have} there. Sessions: {sessions}.",
    ),
    Kind.OUTSIDE_HOURS: Text(
        "“{a}”有 {minutes} 分钟超出本届活动的时间范围。",
        "{minutes} min of “{a}” are outside the hours of the edition.",
    ),
}


def explain(conflict: Conflict, names: Mapping[str, Text]) -> Text:
    """Say in both languages what is wrong; an id that `names` does not hold stands for itself."""

    def name(id_: str) -> Text:
        return names.get(id_) or same(id_)

    sessions = [name(id_) for id_ in conflict.sessions]
    listed = Text("、".join(f"“{s.in_('zh')}”" for s in sessions), ", ".join(f"“{s.in_('en')}”" for s in sessions))
    facts = {fact: name(value) if isinstance(value, str) else value for fact, value in conflict.facts}
    return SENTENCES[conflict.code].format(
        a=sessions[0], b=sessions[-1], sessions=listed, resource=name(conflict.resource), **facts
    )
