"""Turn what tables hold into what conflicts are found from: seconds, windows, amounts of shared things."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from services.events.schedule.rules import Kind, Level, Placement, Resource, Setting, Walking, Window, Windows
from shared.times import PlannedTime

REACH = timedelta(hours=3)
"""No turnover and no way counts for longer, so that a move need not look further around itself."""


@dataclass(frozen=True, slots=True)
class Minded:
    """What an edition set for its schedule; see `SettingsIn`."""

    levels: Mapping[Kind, Level] = field(default_factory=dict)
    never_parallel: frozenset[str] = frozenset()
    equipment: Mapping[str, int] = field(default_factory=dict)
    interpreters: Mapping[str, int] = field(default_factory=dict)

    def resources(self) -> dict[str, Resource]:
        """Return what is shared, by id."""
        shared = [Resource(f"equipment/{name}", total) for name, total in self.equipment.items()]
        shared += [Resource(f"interpreters/{name}", total, True) for name, total in self.interpreters.items()]
        return {resource.id: resource for resource in shared}

    def needs(
        self, equipment: Mapping[str, int], interpretation: Iterable[str], in_room: Mapping[str, int]
    ) -> tuple[tuple[str, int], ...]:
        """Return what a session draws from the shared things: what its room has of its own is not asked for."""
        if not self.equipment and not self.interpreters:
            return ()
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


def seconds(moment: datetime) -> int:
    """Return an instant in whole seconds since 1970."""
    return int(moment.timestamp())


def instant(second: int) -> datetime:
    """Return the instant of a second since 1970."""
    return datetime.fromtimestamp(second, UTC)


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
