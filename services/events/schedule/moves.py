"""What a move is: from where, to where, and which rooms, days and hours it touches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services.events.schedule.setting import REACH, day_of
from shared.times import PlannedTime

Span = tuple[datetime, datetime]


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
    """What a change touches: sessions with their people, the rooms they leave and enter, and the spans of time."""

    sessions: frozenset[str]
    people: dict[str, frozenset[str]]
    rooms: frozenset[str]
    tracks: frozenset[str]
    spans: tuple[tuple[datetime, datetime], ...]
    widely: bool
    """Whether they draw on what the whole edition shares: equipment, interpreters, tags never in parallel."""

    def everybody(self) -> set[str]:
        """Return the people of all the sessions."""
        return {person for people in self.people.values() for person in people}


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that are near each other made one; so many apart are all one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start - found[-1][1] <= 2 * REACH:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found if len(found) <= 20 else [(found[0][0], max(end for _, end in found))]
