"""What is said about series over HTTP."""

from datetime import date
from typing import Annotated, Literal

from fastapi import Path
from pydantic import Field

from services.events.series.rules import Cadence, SeriesKind
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import DocumentIn, DocumentOut, Id, In, Out, Slug
from shared.text import Text

NOTHING = Text()
Flag = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Ref = Annotated[str, Path(max_length=80, description="Id or slug.")]
Search = Annotated[str, Field(max_length=200)]


class AliasIn(In):
    """Another name, from one day until another; both days count, either may be unknown."""

    name: Words
    from_on: date | None = None
    until_on: date | None = None


class SeriesPatch(In):
    """What may be changed of a series. Its slug stays, since feeds that people follow carry it."""

    name: Words = Text("系列", "Series")
    kind: SeriesKind = SeriesKind.OTHER
    cadence: Cadence | None = None
    flags: Annotated[tuple[Flag, ...], Field(max_length=40)] = ()
    umbrella_id: Id | None = None
    documents: Annotated[tuple[DocumentIn, ...], Field(max_length=100)] = ()
    description: Text = NOTHING
    note: Text = NOTHING
    aliases: Annotated[tuple[AliasIn, ...], Field(max_length=100)] = ()


class SeriesIn(SeriesPatch):
    """A new series."""

    slug: Slug
    name: Words
    kind: SeriesKind
    owner_id: Id


class AliasOut(Out):
    """Another name of a series."""

    name: Text
    from_on: date | None
    until_on: date | None


class SeriesOut(Out):
    """A series."""

    id: str
    slug: str
    name: Text
    kind: str
    owner_id: str
    cadence: str | None
    flags: list[str]
    umbrella_id: str | None
    documents: list[DocumentOut]
    description: Text
    note: Text
    aliases: list[AliasOut]
    source: str | None
    key: str | None
    version: int


class SeriesFilter(PageQuery):
    """Which series, in which order."""

    q: Search = ""
    kind: SeriesKind | None = None
    owner: Annotated[str, Field(max_length=36)] = ""
    flag: Annotated[str, Field(max_length=40)] = ""
    umbrella: Annotated[str, Field(max_length=36)] = ""
    document: Annotated[str, Field(max_length=40)] = ""
    sort: Literal["slug", "-slug", "newest"] = "slug"


class CatalogueRow(In):
    """A series as a catalogue names it; `umbrella` is another row's key."""

    key: Annotated[str, Field(min_length=1, max_length=200)]
    name: Words
    kind: SeriesKind
    slug: Slug | None = None
    cadence: Cadence | None = None
    flags: Annotated[tuple[Flag, ...], Field(max_length=40)] = ()
    umbrella: Annotated[str, Field(max_length=200)] | None = None
    documents: Annotated[tuple[DocumentIn, ...], Field(max_length=100)] = ()
    description: Text = NOTHING
    note: Text = NOTHING
    aliases: Annotated[tuple[AliasIn, ...], Field(max_length=100)] = ()


class CatalogueIn(In):
    """A catalogue of series; those not known yet will belong to `owner_id`, the caller's organisation if not named."""

    source: Annotated[str, Field(min_length=1, max_length=200)] = "catalogue"
    owner_id: Id | None = None
    rows: Annotated[tuple[CatalogueRow, ...], Field(max_length=5000)]


class CatalogueOut(Out):
    """How many series were made, changed, and left as they were."""

    created: int
    changed: int
    unchanged: int
