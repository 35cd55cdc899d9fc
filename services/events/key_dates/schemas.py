"""What is said about key dates over HTTP."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field, NaiveDatetime

from services.events.editions.rules import KeyDateKind
from services.events.editions.schemas import Day, Zone
from shared.editing import Words
from shared.messages.dates import DateStatus
from shared.paging import PageQuery
from shared.schema import In, Out
from shared.text import Text

NOTHING = Text()
KeyDateId = Annotated[str, Path(max_length=36)]
Moment = Annotated[NaiveDatetime, Field(ge=datetime(1900, 1, 1), le=datetime(2200, 12, 31, 23, 59))]


class KeyDatePatch(In):
    """What may be changed of a key date: days (`on`, `until_on`) or wall times in a zone, the edition's if not named."""

    kind: KeyDateKind = KeyDateKind.OTHER
    title: Words = Text("重要日期", "Key date")
    description: Text = NOTHING
    on: Day | None = None
    until_on: Day | None = None
    at_local: Moment | None = None
    until_local: Moment | None = None
    zone: Zone | None = None
    status: DateStatus = "confirmed"


class KeyDateIn(KeyDatePatch):
    """A new key date."""

    kind: KeyDateKind
    title: Words


class KeyDateOut(Out):
    """A key date."""

    id: str
    edition_id: str
    kind: str
    title: Text
    description: Text
    on: date | None
    until_on: date | None
    at_local: datetime | None
    until_local: datetime | None
    zone: str | None
    status: str
    version: int


class KeyDateFilter(PageQuery):
    """Key dates of one edition."""

    kind: KeyDateKind | None = None
