"""What is said over HTTP about how far a cycle has come."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shared.paging import PageQuery
from shared.schema import Out
from shared.text import Text


class CycleProgressOut(Out):
    """How many slots were given out, how many nominations were begun, and how far they have come.

    `submitted` counts what was handed in and not withdrawn, `waiting` and `second` what of it waits for an opinion and for
    another, `overdue` what was not corrected in time; `listed` stands in the accepted list that counts, 0 before the first.
    """

    now: datetime
    given: int
    drafts: int
    submitted: int
    waiting: int
    second: int
    returned: int
    overdue: int
    passed: int
    rejected: int
    withdrawn: int
    listed: int
    behind: int


class UnitProgressOut(Out):
    """What a unit has for itself, what it has begun and handed in, and until when it may; `behind` by so many."""

    unit_id: str
    unit: Text
    given: int
    drafts: int
    submitted: int
    returned: int
    passed: int
    behind: int
    until: datetime | None


class UnitProgressFilter(PageQuery):
    """Units of a cycle: all, those below one, or those `behind`, which have handed in less than they have slots."""

    below: Annotated[str, Field(max_length=36)] = ""
    behind: bool = False
