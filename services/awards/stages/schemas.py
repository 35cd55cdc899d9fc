"""What is said about stages and extensions over HTTP."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field

from services.awards.cycles.schemas import Reason
from services.awards.programmes.rules import StageKind
from services.awards.programmes.schemas import NOTHING
from shared.messages.dates import DateStatus
from shared.schema import Day, Id, In, Out, WallTime, WallTimeIn, Zone
from shared.text import Text

StageId = Annotated[str, Path(max_length=36)]


class StagePatch(In):
    """What may be changed of a stage: days (`on`, `until_on`) or wall times in a zone, the cycle's if not named.

    Once the cycle is open, a `reason` is needed.
    """

    title: Text = NOTHING
    description: Text = NOTHING
    on: Day | None = None
    until_on: Day | None = None
    at_local: WallTimeIn | None = None
    until_local: WallTimeIn | None = None
    zone: Zone | None = None
    status: DateStatus = "confirmed"
    reason: Annotated[str, Field(max_length=2000)] = ""


class StageIn(StagePatch):
    """A new stage."""

    kind: StageKind


class ExtensionIn(In):
    """A deadline put off: for all, for `unit_id` and what is below it, or for one nomination of that unit."""

    stage_id: Id
    until_local: WallTimeIn
    unit_id: Id | None = None
    nomination_id: Id | None = None
    reason: Reason
    notice: Text = NOTHING


class TakeBackIn(In):
    """Why an extension is taken back."""

    reason: Reason


class StageOut(Out):
    """A stage of a cycle."""

    id: str
    cycle_id: str
    kind: str
    title: Text
    description: Text
    on: date | None
    until_on: date | None
    at_local: WallTime | None
    until_local: WallTime | None
    zone: str | None
    status: str
    version: int


class DeadlineOut(Out):
    """A deadline as it holds for somebody; `until_at` is the instant, `put_off` tells that it is later than announced."""

    stage_id: str
    kind: str
    title: Text
    until_local: WallTime
    zone: str
    until_at: datetime
    put_off: bool


class DeadlinesOut(Out):
    """The deadlines that hold for somebody, and what time it is here."""

    now: datetime
    deadlines: list[DeadlineOut]


class DeadlineQuery(In):
    """Whose deadlines: those of a unit, of one nomination of it, or those announced."""

    unit_id: Id | None = None
    nomination_id: Id | None = None


class ExtensionOut(Out):
    """A deadline put off, and for whom."""

    id: str
    cycle_id: str
    stage_id: str
    unit_id: str | None
    nomination_id: str | None
    was_local: WallTime
    until_local: WallTime
    zone: str
    reason: str
    notice: Text
    made_at: datetime
    made_by: str
