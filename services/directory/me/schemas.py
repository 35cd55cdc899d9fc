"""What is said about oneself over HTTP."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field

from services.directory.accounts.schemas import AccountOut
from services.directory.signin.rules import KeyScope
from services.directory.signin.schemas import Secret
from shared.caller import Role
from shared.schema import In, Out
from shared.text import Text

CredentialId = Annotated[str, Path(max_length=80)]


class OwnGrant(Out):
    """A role that one has today; at an organisation and below, or on one thing."""

    id: str
    role: Role
    organisation_id: str
    organisation: Text
    scope: str | None
    until_on: date | None


class OwnMembership(Out):
    """A society that one is a member of today."""

    id: str
    organisation_id: str
    organisation: Text
    number: str
    from_on: date
    until_on: date | None


class MeOut(AccountOut):
    """Who one is, and what one may do today."""

    organisation: Text | None
    grants: list[OwnGrant]
    memberships: list[OwnMembership]


class PasswordIn(In):
    """The present password, and the one to come."""

    current: Secret
    password: Secret


class SessionOut(Out):
    """A browser that is signed in; `current` is the one that asks."""

    id: str
    agent: str
    made_at: datetime
    used_on: date | None
    expires_at: datetime
    current: bool


class KeyIn(In):
    """A new API key: what it is for, whether it may change things, and its last day (in 90 days)."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    scope: KeyScope = KeyScope.READ
    until_on: date | None = None


class KeyOut(Out):
    """An API key, known by its beginning."""

    id: str
    name: str
    beginning: str
    scope: KeyScope
    made_at: datetime
    used_on: date | None
    expires_at: datetime


class KeyMadeOut(KeyOut):
    """A new API key, shown this once."""

    key: str
