"""What a move is: from where, to where, and which rooms, days and hours it touches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from services.events.schedule.setting import day_of
from shared.text import Text
from shared.times import PlannedTime

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Placeable:
    """What of a session decides where it may stand."""

    title: Text
    id: str
    edition_id: str
    status: str
    duration_minutes: int | None
    parent_id: str | None
    track_id: str | None
    tags: Sequence[str]
    needs: Mapping[str, int]
    interpretation: Sequence[str]
    expected_attendance: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a session stands, as its placement says."""

    session_id: str
    edition_id: str
    room_id: str | None
    start_local: datetime
    zone: str
    duration_minutes: int
    starts_at: datetime
    ends_at: datetime
    locked: bool
    version: int
    changed_by: str
    changed_at: datetime

    def place(self) -> dict[str, Any]:
        """Return what a change of place changes, by the names of the columns."""
        return {name: getattr(self, name) for name in _OF_A_PLACE}

    def target(self) -> "Target":
        """Return the place itself."""
        return Target(self.room_id, PlannedTime(self.start_local, self.zone), self.duration_minutes)


_OF_A_PLACE = tuple(field.name for field in fields(Standing) if field.name not in ("session_id", "edition_id"))


@dataclass(frozen=True, slots=True)
class Target:
    """Where and when a session stands, or is to stand."""

    room_id: str | None
    start: PlannedTime
    minutes: int

    def span(self) -> Span:
        """Return start and end in UTC."""
        start = self.start.utc()
        return start, start + timedelta(minutes=self.minutes)

    def described(self) -> list[str | int | None]:
        """Return the place as it is recorded."""
        return [self.room_id, self.start.local.isoformat(timespec="minutes"), self.minutes]


@dataclass(frozen=True, slots=True)
class Move:
    """A session from where it stands to where it is to stand; `None` is the tray."""

    session_id: str
    before: Target | None
    after: Target | None

    def ends(self) -> list[Target]:
        """Return the places that the session leaves and enters, the tray left out."""
        return [target for target in (self.before, self.after) if target]

    def places(self, day_change: time | None) -> list[tuple[str | None, date]]:
        """Return the (room, day) that the session leaves and the one that it enters."""
        return [(target.room_id, day_of(target.start.local, day_change)) for target in self.ends()]


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touches: sessions, the rooms they leave and enter, their tracks, and one or two spans of time."""

    sessions: frozenset[str]
    rooms: frozenset[str]
    tracks: frozenset[str]
    spans: tuple[Span, Span]
    widely: bool
    """Whether they draw on what the whole edition shares: equipment, interpreters, tags never in parallel."""


def two_spans(spans: Iterable[Span]) -> tuple[Span, Span]:
    """Return the spans as at most two; what lies far apart in more places is all one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    if len(found) <= 2:
        return found[0], found[-1]
    whole = found[0][0], max(end for _, end in found)
    return whole, whole
