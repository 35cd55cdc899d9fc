"""What is asked and answered about a schedule. Times that are planned are wall times in the edition's zone."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints

from services.events.schedule.explanations import explain
from services.events.schedule.rules import Conflict, Kind, Level
from shared.schema import Count, Id, In, Out, Version, WallTime, WallTimeIn
from shared.text import Text

Minutes = Annotated[int, Field(ge=1, le=14 * 24 * 60)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class PlaceIn(In):
    """Where a session is to stand; without a length of its own it has the session's."""

    room_id: Id | None = None
    start_local: WallTimeIn
    duration_minutes: Minutes | None = None


class MoveIn(In):
    """One of many moves: `version` is the placement's (0: it has none), `place` absent takes the session off."""

    session_id: Id
    version: Count
    place: PlaceIn | None = None


class MovesIn(In):
    """Moves that are all made, or none."""

    moves: Annotated[list[MoveIn], Field(min_length=1, max_length=2_000)]


class CheckIn(In):
    """A move that is only thought of."""

    session_id: Id
    place: PlaceIn | None = None


class SwapIn(In):
    """Two sessions that change places; each keeps its length."""

    one_id: Id
    one_version: Version
    other_id: Id
    other_version: Version


class DelayIn(In):
    """What starts in the room on the day of `from_local`, not before it, starts `minutes` later; from now on if absent."""

    minutes: Annotated[int, Field(ge=1, le=24 * 60)]
    from_local: WallTimeIn | None = None


class ChangeRoomIn(In):
    """What starts in the room on the day of `from_local`, not before it, goes to another room; from now on if absent."""

    to_room_id: Id
    from_local: WallTimeIn | None = None


class LockIn(In):
    """A room, a day, or a room on a day."""

    room_id: Id | None = None
    day: date | None = None


class SettingsIn(In):
    """What an edition minds: the level of each kind of conflict (absent: its default), tags never to run in parallel, and
    how many there are of each equipment by name, and of interpreters' teams by language, beside what rooms have."""

    levels: dict[Kind, Level] = Field(default_factory=dict)
    never_parallel: Annotated[list[Name], Field(max_length=200)] = Field(default_factory=list)
    equipment: Annotated[dict[Name, Count], Field(max_length=200)] = Field(default_factory=dict)
    interpreters: Annotated[dict[Name, Count], Field(max_length=200)] = Field(default_factory=dict)


class SettingsOut(Out):
    """What an edition minds; `levels` holds every kind."""

    version: int
    levels: dict[Kind, Level]
    never_parallel: list[str]
    equipment: dict[str, int]
    interpreters: dict[str, int]


class PlacementOut(Out):
    """A session at its time and place."""

    session_id: str
    edition_id: str
    room_id: str | None
    start_local: WallTime
    zone: str
    duration_minutes: int
    starts_at: datetime
    ends_at: datetime
    locked: bool
    version: int
    changed_by: str
    changed_at: datetime


class PlacedOut(PlacementOut):
    """A session at its time and place, by its title."""

    title: Text


class TrayOut(Out):
    """A session that stands nowhere yet; it is placed with version 0."""

    session_id: str
    title: Text
    duration_minutes: int | None


class ConflictOut(Out):
    """One thing that is wrong: by code and facts (numbers and ids), and in words. `key` names it for being accepted."""

    key: str
    code: str
    kind: Kind
    level: Level
    sessions: list[str]
    resource: str
    start_at: datetime
    end_at: datetime
    facts: dict[str, int | str]
    message: Text

    @classmethod
    def of(cls, conflict: Conflict, names: dict[str, Text], **more: Any) -> Self:
        """Tell a conflict in the names of what it is about."""
        return cls(
            key=conflict.key,
            code=conflict.code,
            kind=conflict.kind,
            level=conflict.level,
            sessions=list(conflict.sessions),
            resource=conflict.resource,
            start_at=datetime.fromtimestamp(conflict.start, UTC),
            end_at=datetime.fromtimestamp(conflict.end, UTC),
            facts=dict(conflict.facts),
            message=explain(conflict, names),
            **more,
        )


class EffectOut(Out):
    """What a move brings about: conflicts made, and conflicts mended."""

    made: list[ConflictOut]
    mended: list[ConflictOut]


class MovedOut(PlacementOut, EffectOut):
    """A session where it stands now, and what that brought about."""


class ManyMovedOut(EffectOut):
    """Sessions where they stand now (those taken off are named in `unplaced`), and what that brought about."""

    placements: list[PlacementOut]
    unplaced: list[str]


class LockOut(Out):
    """A locked room, day, or room on a day."""

    id: str
    room_id: str | None
    day: date | None
    locked_by: str
    locked_at: datetime


class RoomOut(Out):
    """A room of the edition."""

    id: str
    name: Text
    seats: int | None
    buffer_minutes: int


class ScheduleOut(Out):
    """The whole draft. `number` rises with every change of it."""

    edition_id: str
    zone: str
    number: int
    settings: SettingsOut
    days: list[date]
    rooms: list[RoomOut]
    placements: list[PlacedOut]
    tray: list[TrayOut]
    locks: list[LockOut]
