"""Turn what tables hold into what conflicts are found from: seconds, windows, amounts of shared things."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from services.events.schedule.rules import Kind, Level, Placement, Resource, Room, Setting, Walking, Window, Windows
from shared.text import Text
from shared.times import PlannedTime

RoomWindows = Mapping[tuple[str, bool], Sequence[Window]]
"""When rooms are open (False) or closed (True)."""

REACH = timedelta(hours=3)
"""No turnover and no way counts for longer, so that a move need not look further around itself."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What of an edition its schedule goes by."""

    id: str
    owner_id: str
    zone: str
    day_change: time | None
    starts_on: date | None
    ends_on: date | None
    date_precision: str
    hours_start: time | None
    hours_end: time | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of an edition's schedule beside its placements; see `Schedule`."""

    number: int = 0
    version: int = 1
    settings: Mapping[str, Any] = field(default_factory=dict)
    locks: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Minded:
    """What an edition set for its schedule; see `SettingsIn`."""

    levels: Mapping[Kind, Level] = field(default_factory=dict)
    never_parallel: frozenset[str] = frozenset()
    equipment: Mapping[str, int] = field(default_factory=dict)
    interpreters: Mapping[str, int] = field(default_factory=dict)

    @property
    def pools(self) -> bool:
        """Tell whether the edition shares anything out at all."""
        return bool(self.equipment or self.interpreters)

    def resources(self) -> dict[str, Resource]:
        """Return what is shared, by id."""
        shared = [Resource(f"equipment/{name}", total) for name, total in self.equipment.items()]
        shared += [Resource(f"interpreters/{name}", total, True) for name, total in self.interpreters.items()]
        return {resource.id: resource for resource in shared}

    def needs(
        self, equipment: Mapping[str, int], interpretation: Iterable[str], in_room: Mapping[str, int]
    ) -> tuple[tuple[str, int], ...]:
        """Return what a session draws from the shared things: what its room has of its own is not asked for."""
        wanted = [(f"equipment/{n}", a - in_room.get(n, 0)) for n, a in equipment.items() if n in self.equipment]
        wanted += [(f"interpreters/{language}", 1) for language in interpretation if language in self.interpreters]
        return tuple((name, amount) for name, amount in wanted if amount > 0)

    def shares(self, equipment: Iterable[str], interpretation: Iterable[str], tags: Iterable[str]) -> bool:
        """Tell whether a session can come into conflict with any other of its edition, by what all of them share."""
        return not (
            self.equipment.keys().isdisjoint(equipment)
            and self.interpreters.keys().isdisjoint(interpretation)
            and self.never_parallel.isdisjoint(tags)
        )


@dataclass(frozen=True, slots=True)
class Field:
    """Placements of an edition, by session, and all that they are held against."""

    placements: dict[str, Placement]
    setting: Setting
    minds: Minded
    equipment: dict[str, dict[str, int]]
    """What rooms have of their own, by room."""
    people: dict[str, frozenset[str]]
    """Who has a part in a session, by session; of sessions that are only near, the people it shares."""
    usable: frozenset[str]
    """The rooms read that the edition uses."""
    names: dict[str, Text]
    """What the sessions and rooms read are called."""


def seconds(moment: datetime) -> int:
    """Return an instant in whole seconds since 1970."""
    return int(moment.timestamp())


def minutes_in_reach(minutes: int) -> int:
    """Return `minutes`, at most those that count."""
    return min(minutes, int(REACH.total_seconds()) // 60)


def day_of(start_local: datetime, day_change: time | None) -> date:
    """Return the day that a session belongs to: before the change of day, the day before."""
    early = day_change is not None and start_local.time() < day_change
    return start_local.date() - timedelta(days=1) if early else start_local.date()


def days_between(first: date, last: date) -> list[date]:
    """Return the days from the first to the last, at most 400."""
    return [first + timedelta(days=number) for number in range(min((last - first).days, 400) + 1)]


@lru_cache(maxsize=256)
def hours(
    first: date | None, last: date | None, opens: time | None, closes: time | None, day_change: time | None, zone: str
) -> Windows:
    """Return when sessions may stand: on the days of an edition, between two times of day where they are set.

    Empty (any time) where the days are not known. What closes at or before it opens closes on the next day.
    """
    if first is None or last is None:
        return ()
    windows = []
    for day in days_between(first, last):
        start = datetime.combine(day, opens or day_change or time())
        end = datetime.combine(day, closes or day_change or time())
        if end <= start:
            end += timedelta(days=1)
        windows.append(Window(_second(start, zone), _second(end, zone)))
    return tuple(windows)


def _second(local: datetime, zone: str) -> int:
    return seconds(PlannedTime(local, zone).utc())


def placements(
    sessions: Iterable[Any],
    people: Mapping[str, frozenset[str]],
    minds: Minded,
    equipment: Mapping[str, Mapping[str, int]],
) -> list[Placement]:
    """Return what stands anywhere, from rows of sessions; tags and needs are read only where the edition minds them."""
    return [
        Placement(
            session_id=row.id,
            start=seconds(row.starts_at),
            end=seconds(row.ends_at),
            room_id=row.room_id,
            people=people[row.id],
            parent_id=row.parent_id,
            track_id=row.track_id,
            tags=frozenset(json.loads(row.tags)) if minds.never_parallel else frozenset(),
            expected_attendance=row.expected_attendance,
            needs=minds.needs(json.loads(row.needs), json.loads(row.interpretation), equipment.get(row.room_id, {}))
            if minds.pools
            else (),
            edition_id=row.edition_id,
        )
        for row in sessions
        if row.starts_at is not None
    ]


def rooms_with(rows: Iterable[Any], windows: RoomWindows) -> dict[str, Room]:
    """Return rooms by id, from their rows."""
    return {
        row.id: Room(
            id=row.id,
            building_id=building(row.venue_id, row.building),
            capacity=row.seats,
            buffer_minutes=minutes_in_reach(row.buffer_minutes),
            open=tuple(windows.get((row.id, False), ())),
            closed=tuple(windows.get((row.id, True), ())),
        )
        for row in rows
    }


def building(venue_id: str, name: str) -> str | None:
    """Return the id of a building of a venue; none where it is not known."""
    return f"{venue_id}/{name}" if name else None


def walking(walks: Iterable[tuple[str, str, str, str, int]], same_building: int, other_building: int) -> Walking:
    """Return the ways on foot, from rows of (venue, kind, one, other, minutes)."""
    rooms: dict[frozenset[str], int] = {}
    buildings: dict[frozenset[str], int] = {}
    for venue_id, kind, one, other, minutes in walks:
        if kind == "room":
            rooms[frozenset((one, other))] = minutes_in_reach(minutes)
        else:
            buildings[frozenset((f"{venue_id}/{one}", f"{venue_id}/{other}"))] = minutes_in_reach(minutes)
    return Walking(rooms, buildings, minutes_in_reach(same_building), minutes_in_reach(other_building))


def resource_name(resource_id: str) -> str:
    """Return the name under which an edition lists a shared thing."""
    return resource_id.partition("/")[2]
