"""What is said about cycles over HTTP."""

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import Path
from pydantic import Field

from services.awards.cycles.rules import Phase
from services.awards.programmes.schemas import NOTHING, BasisOut, OwnerOut, PartsOut, PartsPatch, Short
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import Day, Id, In, Out, Slug, Zone
from shared.text import Text

Ref = Annotated[str, Path(max_length=80, description="Id or slug.")]
Reason = Annotated[str, Field(min_length=1, max_length=2000)]


class CyclePatch(In):
    """What may be changed of a cycle itself; its slug stays, since feeds that people follow carry it."""

    number: Annotated[int, Field(ge=1, le=10_000)] | None = None
    name: Words = Text("届次", "Cycle")
    description: Text = NOTHING


class CycleIn(CyclePatch):
    """A new cycle of a programme; it takes over the programme's definition as it is now."""

    programme_id: Id
    slug: Slug
    name: Words
    zone: Zone = "Asia/Shanghai"


class DeedIn(In):
    """Why a cycle is opened again or cancelled, as it is told."""

    reason: Words


class AmendmentIn(In):
    """A change of what was announced: from which day on, why, what is told, and what it changes."""

    effective_on: Day
    reason: Reason
    notice: Words
    changes: PartsPatch


class CycleOut(Out):
    """A cycle; `definition` is the number of the last one, more than 1 once it was amended."""

    id: str
    slug: str
    programme_id: str
    programme_slug: str
    programme_name: Text
    number: int | None
    name: Text
    description: Text
    owner_id: str
    zone: str
    state: str
    state_reason: Text
    definition: int
    opened_at: datetime | None
    closed_at: datetime | None
    rehearsal_of: str | None
    version: int


class CycleDefinitionOut(PartsOut):
    """What holds in a cycle, or held: the programme's own words, and every part of the definition."""

    number: int
    standing: str | None
    basis: BasisOut | None
    verb: str | None
    recurrence: str | None
    owners: list[OwnerOut]


class AmendmentOut(Out):
    """An amendment: the definition of this `number` holds from a day on, and which parts of it are others than before."""

    number: int
    changed: list[str]
    effective_on: date | None
    reason: str
    notice: Text
    made_at: datetime
    made_by: str


class CycleFilter(PageQuery):
    """Which cycles, in which order; `programme` is an id or a slug. Rehearsals are listed only where asked for."""

    q: Short = ""
    programme: Annotated[str, Field(max_length=80)] = ""
    state: Phase | None = None
    owner: Annotated[str, Field(max_length=36)] = ""
    rehearsals: bool = False
    sort: Literal["newest", "slug", "-slug"] = "newest"


class DefinitionQuery(In):
    """Which definition of a cycle; the one that holds today where no number is named."""

    number: Annotated[int, Field(ge=1, le=100_000)] | None = None
