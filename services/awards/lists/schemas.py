"""What is said about accepted lists over HTTP."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field

from services.awards.programmes.schemas import NOTHING
from shared.editing import Words
from shared.schema import In, Out
from shared.text import Text
from shared.workdays import Counted

ListNumber = Annotated[int, Path(ge=1, le=10_000)]


class AcceptedListIn(In):
    """A list to be published, and its objection window: so many working or calendar days after today.

    They may be left out where the definition of the cycle says them. `contact` is where objections go; `reason` why it is published again.
    """

    days: Annotated[int, Field(ge=1, le=60)] | None = None
    counted: Counted | None = None
    notice: Text = NOTHING
    contact: Words
    reason: Annotated[str, Field(max_length=2000)] = ""


class AcceptedLineOut(Out):
    """One that was accepted; of whom is not of age, the name is told by its first sign."""

    number: str
    name: str
    category: str
    unit_id: str
    unit: Text


class AcceptedChangeOut(Out):
    """What became of a line since the list before: *added*, *removed* or *corrected*."""

    number: str
    kind: str


class NextListOut(Out):
    """What the next list would say, how it would differ from the last, and how many are not decided yet."""

    number: int
    undecided: int
    lines: list[AcceptedLineOut]
    changes: list[AcceptedChangeOut]


class AcceptedListOut(Out):
    """A list as it was published, with its objection window; `record_head` is where the cycle's record stood.

    While `provisional` its last day may still move: with the holidays of a year that are announced.
    """

    id: str
    number: int
    lines: list[AcceptedLineOut]
    changes: list[AcceptedChangeOut]
    from_on: date
    until_on: date
    days: int
    counted: Counted
    provisional: bool
    notice: Text
    contact: Text
    reason: str
    record_length: int
    record_head: str
    published_at: datetime
