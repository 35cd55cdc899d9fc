"""What is said about key dates over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Path

from services.events.editions.rules import KeyDateKind
from shared.editing import Words
from shared.messages.dates import DateStatus
from shared.paging import PageQuery
from shared.schema import Day, In, Out, WallTime, WallTimeIn, Zone
from shared.text import Text

NOTHING = Text()
KeyDateId = Annotated[str, Path(max_length=36)]


class KeyDatePatch(In):
    """What may be changed of a key date: days (`on`, `until_on`) or wall times in a zone, the edition's if not named."""

    kind: KeyDateKind = KeyDateKind.OTHER
    title: Words = Text("重要日期", "Key date")
    description: Text = NOTHING
    on: Day | None = None
    until_on: Day | None = None
    at_local: WallTimeIn | None = None
    until_local: WallTimeIn | None = None
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
    at_local: WallTime | None
    until_local: WallTime | None
    zone: str | None
    status: str
    version: int


class KeyDateFilter(PageQuery):
    """Key dates of one edition."""

    kind: KeyDateKind | None = None
