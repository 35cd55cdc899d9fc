"""What is said about accounts over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from services.directory.accounts.contacts import read_email
from services.directory.accounts.rules import AccountStatus, BadEmail, BadPhone, read_phone
from services.directory.organisations.schemas import Name
from shared.paging import PageQuery
from shared.schema import Id, In, Out
from shared.text import Language, Text
from shared.times import UnknownZone, check_zone

AccountId = Annotated[str, Path(max_length=80)]


def _email(words: str) -> str:
    try:
        return read_email(words)
    except BadEmail as error:
        raise PydanticCustomError("email", "is not an email address") from error


def _phone(words: str) -> str:
    try:
        return read_phone(words)
    except BadPhone as error:
        raise PydanticCustomError("phone", "is not a phone number with its country code") from error


def _zone(words: str) -> str:
    try:
        return check_zone(words)
    except UnknownZone as error:
        raise PydanticCustomError("zone", "is not an IANA time zone") from error


Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
Phone = Annotated[str, Field(max_length=40), AfterValidator(_phone)]
Zone = Annotated[str, Field(max_length=60), AfterValidator(_zone)]


class OwnPatch(In):
    """What people change of their own account; what is not sent stays."""

    name: Name = Text("姓名", "Name")
    family_name_first: bool = True
    language: Language = "zh"
    zone: Zone = "Asia/Shanghai"


class AccountPatch(OwnPatch):
    """What an administrator changes of an account; what is not sent stays."""

    email: Email | None = None
    phone: Phone | None = None
    organisation_id: Id | None = None


class AccountIn(AccountPatch):
    """A new account at an organisation, with an email address or a phone number."""

    name: Name
    organisation_id: Id


class AccountOut(Out):
    """An account."""

    id: str
    email: str | None
    phone: str | None
    name: Text
    family_name_first: bool
    language: Language
    zone: str
    organisation_id: str | None
    status: AccountStatus
    opened_at: datetime
    version: int


class NamedOut(Out):
    """An account by its name alone, as colleagues know it."""

    id: str
    name: Text


class ColleagueFilter(PageQuery):
    """Colleagues who belong to an organisation, by a part of their name."""

    organisation_id: Id
    q: Annotated[str, Field(max_length=200)] = ""


class AccountFilter(PageQuery):
    """Accounts whose name, email or phone holds `q`; at an organisation or below it; active or disabled."""

    q: Annotated[str, Field(max_length=200)] = ""
    below: Annotated[str, Field(max_length=80)] = ""
    status: AccountStatus | None = None
