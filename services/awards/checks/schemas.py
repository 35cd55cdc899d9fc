"""What is said about the check over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from services.awards.checks.rules import CheckOutcome, CheckStanding
from services.awards.eligibility.schemas import VerdictOut
from services.awards.nominations.rules import NominationState
from services.awards.programmes.schemas import Key, Short
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import Id, In, Out
from shared.text import Text

Said = Annotated[str, Field(max_length=5000)]
ReasonKeys = Annotated[tuple[Key, ...], Field(max_length=20)]
WorkingDays = Annotated[int, Field(ge=1, le=60)]


class FieldRemarkIn(In):
    """What is meant of a field: the JSON pointer to its place in the form, such as `/content/posts/0/title`."""

    pointer: Annotated[str, Field(min_length=1, max_length=400)]
    words: Annotated[str, Field(min_length=1, max_length=500)]


class FieldRemarkOut(Out):
    """What is meant of a field, by the JSON pointer to its place in the form."""

    pointer: str
    words: str


class OpinionIn(In):
    """What is said of a nomination. What is returned may be corrected for so many working days, with remarks on its fields."""

    outcome: CheckOutcome
    reasons: ReasonKeys = ()
    words: Said = ""
    remarks: Annotated[tuple[FieldRemarkIn, ...], Field(max_length=200)] = ()
    working_days: WorkingDays = 5


class BulkReturnIn(In):
    """Nominations of a cycle that are returned together for one reason, or none of them."""

    nomination_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=500)]
    reasons: Annotated[tuple[Key, ...], Field(min_length=1, max_length=20)]
    words: Said = ""
    working_days: WorkingDays = 5


class TakeIn(In):
    """Taking a nomination in hand; `from_other` takes it out of somebody else's hands, which goes on record."""

    from_other: bool = False


class CheckReasonIn(In):
    """A reason for returning or rejecting."""

    key: Key
    words: Words
    outcomes: Annotated[
        tuple[Literal[CheckOutcome.RETURN, CheckOutcome.REJECT], ...], Field(min_length=1, max_length=2)
    ]


class CheckReasonsIn(In):
    """The reasons of a programme, whole; none: the usual ones."""

    reasons: Annotated[tuple[CheckReasonIn, ...], Field(max_length=60)]


class CheckReasonOut(Out):
    """A reason for returning or rejecting."""

    key: str
    words: Text
    outcomes: list[CheckOutcome]


class GivenReasonOut(Out):
    """A reason that was given, in the words that it had then."""

    key: str
    words: Text


class CheckReasonsOut(Out):
    """The reasons that a programme's nominations are checked by; `usual` where it has none of its own, at version 0."""

    reasons: list[CheckReasonOut]
    usual: bool
    version: int


class CheckFindingOut(Out):
    """Something that looks amiss: where (a JSON pointer), a stable code, in words."""

    pointer: str
    code: str
    words: Text


class SameOut(Out):
    """Another nomination that looks like the same person or work, and by what: *identity*, or *name* with what else agrees."""

    nomination_id: str
    number: str
    cycle_id: str
    category: str
    unit_id: str
    state: NominationState
    name: str
    by: Literal["identity", "name"]
    same_birth: bool | None
    same_workplace: bool | None


class OpinionOut(Out):
    """What somebody said of a nomination, and what followed."""

    id: str
    turn: int
    outcome: CheckOutcome
    effect: str
    reasons: list[GivenReasonOut]
    words: str
    remarks: list[FieldRemarkOut]
    made_at: datetime
    made_by: str


class NominationReturnOut(Out):
    """Why a nomination was returned for correction, after it was handed in for the `turn`-th time."""

    turn: int
    reasons: list[GivenReasonOut]
    words: str
    remarks: list[FieldRemarkOut]
    made_at: datetime


class CheckRowOut(Out):
    """A nomination in the queue."""

    nomination_id: str
    number: str
    category: str
    unit_id: str
    name: str
    standing: CheckStanding
    submitted_at: datetime
    correct_until: datetime | None
    taken_by: str | None
    taken_at: datetime | None
    first_by: str | None
    version: int


class CheckOut(CheckRowOut):
    """A nomination on the workbench: what was said of it, what looks amiss, and what the rules say of it now."""

    turn: int
    opinions: list[OpinionOut]
    findings: list[CheckFindingOut]
    same: list[SameOut]
    eligibility: VerdictOut


class CheckRowsOut(Out):
    """Nominations that something was done to together."""

    checks: list[CheckRowOut]


class CheckCountOut(Out):
    """How many there are of a kind."""

    key: str
    count: int


class ReasonCountOut(GivenReasonOut):
    """How often a reason was given, in the words that it had the last time."""

    count: int


class CheckStatisticsOut(Out):
    """How far the check of a cycle has come; `until` is when it is to end, as far as that is known."""

    now: datetime
    until: datetime | None
    total: int
    standings: list[CheckCountOut]
    categories: list[CheckCountOut]
    reasons: list[ReasonCountOut]


class CheckFilter(PageQuery):
    """Which nominations of the queue, in which order; `hands`: in nobody's, one's own, or anybody's.

    By `clock` those alone are listed that wait for a correction, the first that runs down first.
    """

    q: Short = ""
    category: Annotated[str, Field(max_length=40)] = ""
    unit: Annotated[str, Field(max_length=36)] = ""
    below: Annotated[str, Field(max_length=36)] = ""
    standing: CheckStanding | None = None
    hands: Literal["", "none", "mine", "any"] = ""
    sort: Literal["oldest", "newest", "number", "name", "clock"] = "oldest"
