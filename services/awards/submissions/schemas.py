"""What is said about submissions over HTTP."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import Field

from services.awards.cycles.schemas import Reason
from services.awards.eligibility.schemas import VerdictOut
from services.awards.submissions.rules import LackKind, NoticeOutcome
from shared.schema import Day, Id, In, Out
from shared.text import Text

Turn = Annotated[int, Path(ge=1, le=10_000)]


class UnitNoticeIn(In):
    """The notice that the unit gave: where it was put up, its first and last day, how it ended, and the scan that shows it."""

    place: Annotated[str, Field(min_length=1, max_length=400)]
    from_on: Day
    to_on: Day
    outcome: NoticeOutcome = NoticeOutcome.RUNNING
    words: Annotated[str, Field(max_length=5000)] = ""
    scan_id: Id | None = None


class UnitNoticeOut(Out):
    """The unit's notice; nothing but a version of 0 before it is recorded. `working_days` may change while `provisional`."""

    place: str = ""
    from_on: date | None = None
    to_on: date | None = None
    outcome: NoticeOutcome | None = None
    words: str = ""
    scan_id: str | None = None
    working_days: int = 0
    needed_days: int = 0
    provisional: bool = False
    version: int = 0


class LackOut(Out):
    """Something that stands against handing in."""

    kind: LackKind
    pointer: str
    code: str
    words: Text


class ReadinessOut(Out):
    """What stands against handing in, and what the rules of eligibility say; `until` is when it has to be there.

    `unsubmitted`: something was written since it was last handed in, and does not count yet.
    """

    ready: bool
    lacks: list[LackOut]
    eligibility: VerdictOut
    until: datetime | None
    now: datetime
    unsubmitted: bool


class SubmissionOut(Out):
    """What was handed in at a time; `receipt` is the signed receipt, to be checked by the installation's public keys."""

    nomination_id: str
    turn: int
    definition: int
    received_at: datetime
    sha256: str
    check_code: str
    receipt: dict[str, Any]
    made_by: str
    stands_in_for: str | None


class WithdrawalIn(In):
    """Why a nomination is withdrawn."""

    reason: Reason
