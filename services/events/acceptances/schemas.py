"""What is asked and answered about the conflicts of a draft."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from services.events.schedule.rules import Kind, Level
from services.events.schedule.schemas import ConflictOut
from shared.schema import In, Out


class AcceptIn(In):
    """A conflict that may stand, and why."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]


class JudgedOut(ConflictOut):
    """A conflict, and who let it stand with what reason, where somebody did."""

    acceptance_id: str | None
    reason: str
    accepted_by: str


class KindOut(Out):
    """The conflicts of one kind."""

    kind: Kind
    level: Level
    count: int
    conflicts: list[JudgedOut]


class ConflictsOut(Out):
    """Every conflict of a draft, gravest kinds first; `blocking` counts those that forbid a release."""

    count: int
    blocking: int
    kinds: list[KindOut]


class AcceptedOut(Out):
    """A conflict that somebody accepted."""

    id: str
    key: str
    kind: Kind
    reason: str
    accepted_by: str
    accepted_at: datetime
