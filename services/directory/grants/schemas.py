"""What is said about grants over HTTP."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from shared.caller import Role
from shared.paging import PageQuery
from shared.schema import Id, In, Out

Scope = Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}:[0-9A-Za-z-]{1,60}$")]


class GrantIn(In):
    """A role at an organisation and below, or on one thing that the organisation owns, such as `edition:<id>`.

    It counts from a day (today) to another (open), both included.
    """

    role: Role
    organisation_id: Id
    scope: Scope | None = None
    from_on: date | None = None
    until_on: date | None = None


class GrantOut(Out):
    """A grant."""

    id: str
    account_id: str
    role: Role
    organisation_id: str
    scope: str | None
    from_on: date
    until_on: date | None
    given_by: str
    given_at: datetime
    withdrawn_at: datetime | None


class GrantFilter(PageQuery):
    """Grants of an account; at an organisation or below it; of a role; those that count today."""

    account: Annotated[str, Field(max_length=80)] = ""
    below: Annotated[str, Field(max_length=80)] = ""
    scope: Annotated[str, Field(max_length=120)] = ""
    role: Role | None = None
    in_force: bool = True
