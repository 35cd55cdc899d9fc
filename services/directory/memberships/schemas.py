"""What is said about memberships over HTTP."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field

from shared.paging import PageQuery
from shared.schema import Id, In, Out

MembershipId = Annotated[str, Path(max_length=80)]


class MembershipPatch(In):
    """What is corrected of a membership; what is not sent stays."""

    number: Annotated[str, Field(max_length=40)] = ""
    until_on: date | None = None


class MembershipIn(MembershipPatch):
    """A membership of a society from a day (today) until another (open), both included."""

    account_id: Id
    organisation_id: Id
    from_on: date | None = None


class MembershipOut(Out):
    """A membership; `ended_at` ended it at once."""

    id: str
    account_id: str
    organisation_id: str
    number: str
    from_on: date
    until_on: date | None
    ended_at: datetime | None
    version: int


class MembershipFilter(PageQuery):
    """Memberships of an account; of a society or those below it; those that count today."""

    account: Annotated[str, Field(max_length=80)] = ""
    below: Annotated[str, Field(max_length=80)] = ""
    in_force: bool = True
