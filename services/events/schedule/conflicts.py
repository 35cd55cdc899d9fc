"""Find the conflicts of a schedule: all of them, those one move makes and mends, or those it would make.

Every placement lies in one lane per thing it takes: its room, its people, its track, its tags, its resources. Two
sessions can only be in conflict where they share a lane, so a lane is swept in order of start, O(n log n + k) in
all, and a move looks at its neighbours in its own lanes alone. What a conflict is, is told in `rules.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from operator import attrgetter

from services.events.schedule.lanes import Lane, overbooked
from services.events.schedule.rules import Conflict, Kind, Placement, Room, Setting, minutes_outside


class Axis(StrEnum):
    """What a lane is about."""

    ROOM = "room"
    PERSON = "person"
    TRACK = "track"
    TAG = "tag"
    RESOURCE = "resource"


LaneKey = tuple[Axis, str]
Changes = tuple[list[Conflict], list[Conflict]]

# What it is called when two placements of one lane overlap (True), or stand too close (False).
_WITHIN: dict[tuple[Axis, bool], tuple[str, Kind]] = {
    (Axis.ROOM, True): (Kind.ROOM_OVERLAP.value, Kind.ROOM_OVERLAP),
    (Axis.ROOM, False): (Kind.TURNOVER_SHORT.value, Kind.TURNOVER_SHORT),
    (Axis.PERSON, True): (Kind.PERSON_OVERLAP.value, Kind.PERSON_OVERLAP),
    (Axis.PERSON, False): (f"{Kind.PERSON_OVERLAP}.walk", Kind.PERSON_OVERLAP),
    (Axis.TRACK, True): (Kind.TRACK_PARALLEL.value, Kind.TRACK_PARALLEL),
    (Axis.TAG, True): (Kind.NEVER_PARALLEL.value, Kind.NEVER_PARALLEL),
}
_ELSEWHERE: dict[tuple[Axis, bool], tuple[str, Kind]] = {
    (Axis.ROOM, True): (Kind.ROOM_BOOKED_ELSEWHERE.value, Kind.ROOM_BOOKED_ELSEWHERE),
    (Axis.ROOM, False): (f"{Kind.ROOM_BOOKED_ELSEWHERE}.turnover", Kind.ROOM_BOOKED_ELSEWHERE),
    (Axis.PERSON, True): (Kind.PERSON_BOOKED_ELSEWHERE.value, Kind.PERSON_BOOKED_ELSEWHERE),
    (Axis.PERSON, False): (f"{Kind.PERSON_BOOKED_ELSEWHERE}.walk", Kind.PERSON_BOOKED_ELSEWHERE),
}
_KIND_ORDER = {kind: place for place, kind in enumerate(Kind)}


def find_conflicts(placements: Iterable[Placement], setting: Setting) -> list[Conflict]:
    """Return every conflict, gravest level first, then by kind and time; there is one placement per session."""
    return ConflictIndex(placements, setting).conflicts()


class ConflictIndex:
    """The conflicts of one edition's placements, kept true from move to move."""

    def __init__(self, placements: Iterable[Placement], setting: Setting) -> None:
        self._setting = setting
        self._levels = setting.minded()
        self._axes = {axis for (axis, _), (_, kind) in _WITHIN.items() if kind in self._levels} | {Axis.RESOURCE}
        self._longest_way = setting.walking.longest()
        self._placed = {placement.session_id: placement for placement in placements}
        self._lanes: dict[LaneKey, Lane] = defaultdict(Lane)
        self._booked: dict[LaneKey, Lane] = defaultdict(Lane)
        for placement in sorted(self._placed.values(), key=attrgetter("start")):
            for key in self._keys(placement):
                self._lanes[key].add(placement)
        for booking in sorted(setting.elsewhere, key=attrgetter("start")):
            for key in _places(booking):
                self._booked[key].add(booking)
        self._conflicts: set[Conflict] | None = None

    def conflicts(self) -> list[Conflict]:
        """Return what is wrong now, in the order of `find_conflicts`; what was never asked for is not swept."""
        if self._conflicts is None:
            self._conflicts = set(self._sweep())
        return sorted(self._conflicts, key=_order)

    def check(self, placement: Placement) -> list[Conflict]:
        """Return what its session would be part of if it were placed like this; nothing is changed."""
        found = set(self._touching(placement))
        for resource_id in {resource_id for resource_id, _ in placement.needs}:
            others = (p for p in self._in_lane((Axis.RESOURCE, resource_id)) if p.session_id != placement.session_id)
            stretches = self._overbooked(resource_id, [*others, placement])
            found.update(conflict for conflict in stretches if placement.session_id in conflict.sessions)
        return sorted(found, key=_order)

    def moved(self, placement: Placement) -> Changes:
        """Place a session, or place it anew; return the conflicts that are gone and those that have come."""
        return self._exchange(self._placed.get(placement.session_id), placement)

    def removed(self, session_id: str) -> Changes:
        """Take a session off the schedule if it is there; return the conflicts that are gone and that have come."""
        return self._exchange(self._placed.get(session_id), None)

    def _exchange(self, old: Placement | None, new: Placement | None) -> Changes:
        resources = {resource_id for placement in (old, new) if placement for resource_id, _ in placement.needs}
        before = set(self._around(old, resources))
        if old:
            del self._placed[old.session_id]
            for key in self._keys(old):
                self._lanes[key].drop(old)
        if new:
            self._placed[new.session_id] = new
            for key in self._keys(new):
                self._lanes[key].add(new)
        after = set(self._around(new, resources))
        gone, come = before - after, after - before
        if self._conflicts is not None:
            self._conflicts = (self._conflicts - gone) | come
        return sorted(gone, key=_order), sorted(come, key=_order)

    def _keys(self, placement: Placement) -> Iterator[LaneKey]:
        axes = self._axes
        for key in _places(placement):
            if key[0] in axes:
                yield key
        if placement.track_id and Axis.TRACK in axes:
            yield Axis.TRACK, placement.track_id
        if Axis.TAG in axes:
            for tag in placement.tags & self._setting.never_parallel:
                yield Axis.TAG, tag
        for resource_id in {resource_id for resource_id, _ in placement.needs}:
            yield Axis.RESOURCE, resource_id

    def _in_lane(self, key: LaneKey) -> list[Placement]:
        return self._lanes[key].placements if key in self._lanes else []

    def _sweep(self) -> Iterator[Conflict]:
        """Yield every conflict of what is placed."""
        for placement in self._placed.values():
            yield from self._alone(placement)
        for (axis, resource), lane in self._lanes.items():
            if axis is Axis.RESOURCE:
                yield from self._overbooked(resource, lane.placements)
                continue
            for a, b in lane.pairs(self._reach(axis, resource)):
                if conflict := self._between(axis, resource, a, b):
                    yield conflict

    def _around(self, placement: Placement | None, resources: set[str]) -> Iterator[Conflict]:
        """Yield every conflict that a change of this placement and of the use of these resources can touch."""
        if placement:
            yield from self._touching(placement)
        for resource_id in resources:
            yield from self._overbooked(resource_id, self._in_lane((Axis.RESOURCE, resource_id)))

    def _touching(self, placement: Placement) -> Iterator[Conflict]:
        """Yield the conflicts of this placement alone and with each neighbour; none about resources."""
        yield from self._alone(placement)
        for key in self._keys(placement):
            axis, resource = key
            if axis is Axis.RESOURCE or key not in self._lanes:
                continue
            for other in self._lanes[key].near(placement, self._reach(axis, resource)):
                if other.session_id != placement.session_id and (
                    conflict := self._between(axis, resource, placement, other)
                ):
                    yield conflict

    def _alone(self, placement: Placement) -> Iterator[Conflict]:
        """Yield what is wrong with a placement whatever else this edition places."""
        setting, start, end = self._setting, placement.start, placement.end
        if setting.hours and (minutes := minutes_outside(start, end, setting.hours)):
            yield from self._single(Kind.OUTSIDE_HOURS, placement, "", minutes=minutes)
        if placement.room_id and (room := setting.rooms.get(placement.room_id)):
            if minutes := minutes_outside(start, end, room.open, room.closed):
                yield from self._single(Kind.ROOM_CLOSED, placement, room.id, minutes=minutes)
            expected = placement.expected_attendance
            if room.capacity is not None and expected is not None and expected > room.capacity:
                yield from self._single(
                    Kind.CAPACITY_SHORT, placement, room.id, expected=expected, capacity=room.capacity
                )
        for person_id in placement.people:
            person = setting.people.get(person_id)
            if person and (minutes := minutes_outside(start, end, person.windows)):
                yield from self._single(Kind.PERSON_UNAVAILABLE, placement, person_id, minutes=minutes)
        if self._booked:
            yield from self._with_bookings(placement)

    def _with_bookings(self, placement: Placement) -> Iterator[Conflict]:
        for key in _places(placement):
            axis, resource = key
            if key in self._booked:
                for booking in self._booked[key].near(placement, self._reach(axis, resource)):
                    if conflict := self._between(axis, resource, placement, booking, elsewhere=True):
                        yield conflict

    def _single(self, kind: Kind, placement: Placement, resource: str, **facts: int) -> Iterator[Conflict]:
        if level := self._levels.get(kind):
            sessions, start, end = (placement.session_id,), placement.start, placement.end
            yield Conflict(kind.value, kind, level, sessions, resource, start, end, tuple(facts.items()))

    def _between(
        self, axis: Axis, resource: str, a: Placement, b: Placement, *, elsewhere: bool = False
    ) -> Conflict | None:
        """Judge two placements that share `resource`; where `elsewhere`, `b` is another edition's."""
        if a.parent_id == b.session_id or b.parent_id == a.session_id:
            return None
        since, until = max(a.start, b.start), min(a.end, b.end)
        overlapping = since < until
        need = 0 if overlapping else self._minutes_needed(axis, resource, a, b)
        if not overlapping and since - until >= need * 60:
            return None
        code, kind = (_ELSEWHERE if elsewhere else _WITHIN)[axis, overlapping]
        level = self._levels.get(kind)
        if level is None:
            return None
        facts: tuple[tuple[str, int | str], ...]
        if overlapping:
            facts = (("minutes", -((since - until) // 60)),)
        else:
            facts = (("gap", (since - until) // 60), ("need", need))
            since, until = until, since
            if axis is Axis.PERSON:
                first, then = sorted((a, b), key=attrgetter("start", "end", "room_id"))
                facts += (("from_room", first.room_id or ""), ("to_room", then.room_id or ""))
        if elsewhere:
            facts += (("edition", b.edition_id),)
            return Conflict(code, kind, level, (a.session_id,), resource, since, until, facts, b.session_id)
        one, other = a.session_id, b.session_id
        sessions = (one, other) if one < other else (other, one)
        return Conflict(code, kind, level, sessions, resource, since, until, facts)

    def _reach(self, axis: Axis, resource: str) -> int:
        """Return the seconds within which two placements of a lane can still be too close."""
        if axis is Axis.ROOM:
            return max(0, self._room(resource).buffer_minutes) * 60
        return self._longest_way * 60 if axis is Axis.PERSON else 0

    def _minutes_needed(self, axis: Axis, resource: str, a: Placement, b: Placement) -> int:
        """Return the minutes there must be between two placements; talks of one session need no turnover."""
        if axis is Axis.ROOM and (a.parent_id is None or a.parent_id != b.parent_id):
            return self._room(resource).buffer_minutes
        if axis is Axis.PERSON and a.room_id and b.room_id:
            return self._setting.walking.minutes(self._room(a.room_id), self._room(b.room_id))
        return 0

    def _room(self, room_id: str) -> Room:
        return self._setting.rooms.get(room_id) or Room(room_id)

    def _overbooked(self, resource_id: str, placements: Iterable[Placement]) -> Iterator[Conflict]:
        """Yield one conflict for each unbroken stretch in which more of a resource is needed than there is."""
        resource = self._setting.resources.get(resource_id)
        if resource is None:
            return
        kind = Kind.INTERPRETER_OVERBOOKED if resource.interpreters else Kind.EQUIPMENT_OVERBOOKED
        if level := self._levels.get(kind):
            for since, until, peak, sessions in overbooked(resource, placements):
                facts = (("need", peak), ("have", resource.total))
                yield Conflict(kind.value, kind, level, tuple(sorted(sessions)), resource_id, since, until, facts)


def _places(placement: Placement) -> Iterator[LaneKey]:
    """Yield the lanes in which editions can get into each other's way."""
    if placement.room_id:
        yield Axis.ROOM, placement.room_id
    for person_id in placement.people:
        yield Axis.PERSON, person_id


def _order(conflict: Conflict) -> tuple[int, int, int, tuple[str, ...], str, str, str]:
    return (
        -conflict.level.rank,
        _KIND_ORDER[conflict.kind],
        conflict.start,
        conflict.sessions,
        conflict.resource,
        conflict.other,
        conflict.code,
    )


def effect(placements: Iterable[Placement], setting: Setting, moves: Iterable[tuple[str, Placement | None]]) -> Changes:
    """Return what moves bring about: the conflicts they mend and those they make, each by its key.

    A move is a session and its new placement, or nothing where it is taken off. A conflict that only grew or shrank is
    in neither list. `placements` need be no more than what the moves can touch.
    """
    index = ConflictIndex(placements, setting)
    mended: dict[str, Conflict] = {}
    made: dict[str, Conflict] = {}
    for session_id, placement in moves:
        gone, come = index.moved(placement) if placement else index.removed(session_id)
        for found, here, there in ((gone, made, mended), (come, mended, made)):
            for conflict in found:
                if here.pop(conflict.key, None) is None:
                    there[conflict.key] = conflict
    return sorted(mended.values(), key=_order), sorted(made.values(), key=_order)
