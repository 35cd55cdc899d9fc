"""What is said about editions over HTTP."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal, Self

from fastapi import Path
from pydantic import AfterValidator, Field, model_validator, validate_email
from pydantic_core import PydanticCustomError

from services.events.editions.rules import (
    AttendanceMode,
    Deed,
    OrganisationRole,
    Precision,
    Standing,
    State,
)
from services.events.series.rules import SeriesKind
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import TIME_OF_DAY, Day, Id, In, Out, PlainJson, Slug, Version, Zone
from shared.text import Text

NOTHING = Text()
Ref = Annotated[str, Path(max_length=80, description="Id or slug; an old slug still leads to its edition.")]
Short = Annotated[str, Field(max_length=200)]
Key = Annotated[str, Field(min_length=1, max_length=200)]


def _check_local(clock: time) -> time:
    if clock.tzinfo is not None:
        raise PydanticCustomError("time_parsing", "is a time of day without an offset")
    return clock


TimeOfDay = Annotated[time, TIME_OF_DAY]
Clock = Annotated[TimeOfDay, AfterValidator(_check_local)]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2})?$", description="ISO 3166 code, such as CN.")]


def _check_email(email: str) -> str:
    try:
        return email and validate_email(email)[1]
    except ValueError as error:
        raise PydanticCustomError("email", "is no email address") from error


Email = Annotated[str, Field(max_length=254), AfterValidator(_check_email)]


class Identified(In):
    """Something that another system knows as `key` of `source`: both, or neither."""

    source: Key | None = None
    key: Key | None = None

    @model_validator(mode="after")
    def _is_a_pair(self) -> Self:
        if (self.source is None) != (self.key is None):
            raise PydanticCustomError("missing", "name both source and key")
        return self


class OrganisationPartIn(In):
    """An organisation's part; its `name` as printed, or its id here, or both. Parts stand in protocol order."""

    role: OrganisationRole
    organisation_id: Id | None = None
    name: Text = NOTHING


class ApprovalIn(In):
    """The competent authority's approval of holding the edition: who, under which number, when, for whom, how long."""

    authority: Text = NOTHING
    number: Short = ""
    approved_on: Day | None = None
    heads: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    days: Annotated[int, Field(ge=0, le=1000)] | None = None


class EditionPatch(In):
    """What may be changed of an edition."""

    slug: Slug = "edition"
    number: Annotated[int, Field(ge=1, le=10_000)] | None = None
    name: Words = Text("活动", "Edition")
    description: Text = NOTHING
    starts_on: Day | None = None
    ends_on: Day | None = None
    date_precision: Precision = Precision.DAY
    tentative: bool = False
    city: Text = NOTHING
    country: Country = ""
    zone: Zone = "Asia/Shanghai"
    attendance_mode: AttendanceMode = AttendanceMode.ON_SITE
    has_programme: bool = True
    hours_start: Clock | None = None
    hours_end: Clock | None = None
    day_change: Clock | None = None
    slot_minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    secretariat: Text = NOTHING
    contact_email: Email = ""
    contact_phone: Annotated[str, Field(max_length=80)] = ""
    approval: ApprovalIn | None = None
    requires_approval: bool = False
    acronym: Short = ""
    subtitle: Text = NOTHING
    venue_text: Text = NOTHING
    language: Annotated[str, Field(max_length=20)] = "zh"
    organisations: Annotated[tuple[OrganisationPartIn, ...], Field(max_length=500)] = ()


class EditionIn(EditionPatch):
    """A new edition of a series; it belongs to the series' owner unless another is named."""

    slug: Slug
    series_id: Id
    name: Words
    owner_id: Id | None = None


class StandingIn(In):
    """A notice that an edition is postponed, cancelled, or held after all; the new dates where they are known.

    `move_key_dates` moves those that lie ahead by as many days as the start moves.
    """

    note: Text = NOTHING
    starts_on: Day | None = None
    ends_on: Day | None = None
    date_precision: Precision = Precision.DAY
    tentative: bool = False
    move_key_dates: bool = False


class ApproveIn(In):
    """An approval of one deed with exactly this content, on the edition as it stands in this version."""

    deed: Deed
    content: PlainJson = Field(default_factory=dict)
    version: Version
    note: Annotated[str, Field(max_length=2000)] = ""


class ApproveOut(Out):
    """Who approved what, when."""

    id: str
    deed: str
    content: dict[str, Any]
    edition_version: int
    approved_by: str
    approved_at: datetime
    note: str


class OrganisationPartOut(Out):
    """An organisation's part, with the name to print."""

    role: str
    organisation_id: str | None
    name: Text


class ApprovalOut(Out):
    """The competent authority's approval."""

    authority: Text
    number: str
    approved_on: date | None
    heads: int | None
    days: int | None


class EditionOut(Out):
    """An edition. Strangers are not told of its approval, nor of how it is worked on (`inside` false)."""

    id: str
    slug: str
    series_id: str
    series_slug: str
    series_name: Text
    number: int | None
    name: Text
    description: Text
    starts_on: date | None
    ends_on: date | None
    date_precision: str
    tentative: bool
    city: Text
    country: str
    zone: str
    owner_id: str
    state: str
    standing: str
    standing_note: Text
    attendance_mode: str
    has_programme: bool
    hours_start: TimeOfDay | None
    hours_end: TimeOfDay | None
    day_change: TimeOfDay | None
    slot_minutes: int | None
    secretariat: Text
    contact_email: str
    contact_phone: str
    acronym: str
    subtitle: Text
    venue_text: Text
    language: str
    organisations: list[OrganisationPartOut]
    umbrella_series: list[str]
    umbrella_editions: list[str]
    published_at: datetime | None
    inside: bool
    approval: ApprovalOut | None
    requires_approval: bool | None
    copied_from_id: str | None
    version: int


class EditionFilter(PageQuery):
    """Which editions, in which order. `series` and `umbrella` are ids or slugs; `umbrella` of a series or an edition."""

    q: Short = ""
    series: Annotated[str, Field(max_length=80)] = ""
    umbrella: Annotated[str, Field(max_length=80)] = ""
    kind: SeriesKind | None = None
    state: State | None = None
    standing: Standing | None = None
    owner: Annotated[str, Field(max_length=36)] = ""
    country: Country = ""
    from_on: Day | None = None
    until_on: Day | None = None
    sort: Literal["date", "-date", "slug", "newest"] = "date"
