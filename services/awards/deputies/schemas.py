"""What is said about deputies over HTTP."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field

from services.awards.programmes.schemas import Short
from shared.paging import PageQuery
from shared.schema import Day, Id, In, Out

DeputyId = Annotated[str, Path(max_length=36)]


class DeputyIn(In):
    """A colleague, by account, who stands in for the caller at a unit; both days are included."""

    unit_id: Id
    deputy_id: Id
    from_on: Day
    until_on: Day
    reason: Short = ""


class DeputyOut(Out):
    """A colleague who stands in for a nominator."""

    id: str
    unit_id: str
    nominator_id: str
    deputy_id: str
    from_on: date
    until_on: date
    reason: str
    made_at: datetime
    ended_at: datetime | None
    version: int


class DeputyFilter(PageQuery):
    """Which deputies of one's units, the newest first; those only who stand in, or will, if `going_on`."""

    unit: Annotated[str, Field(max_length=36)] = ""
    going_on: bool = False
