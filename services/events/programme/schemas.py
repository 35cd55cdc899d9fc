"""What is said about tracks and sessions over HTTP."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import Path
from pydantic import AwareDatetime, Field

from services.events.editions.rules import AttendanceMode
from services.events.editions.schemas import EditionPatch, Identified, Key, Short
from services.events.programme.rules import Openness, Part, PersonRole, SessionKind, SessionStatus
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import Count, Id, In, Out, Slug
from shared.text import Language, Text

NOTHING = Text()
SessionId = Annotated[str, Path(max_length=36)]
TrackId = Annotated[str, Path(max_length=36)]
PersonId = Annotated[str, Path(max_length=36)]
Instant = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2200, 12, 31, tzinfo=UTC))]
Tag = Annotated[str, Field(min_length=1, max_length=80)]
LanguageTag = Annotated[str, Field(min_length=1, max_length=40)]
Url = Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=2000)]
Colour = Annotated[str, Field(pattern=r"^(#[0-9a-fA-F]{6})?$", description="Such as #1f6feb.")]


class TrackPatch(In):
    """What may be changed of a track."""

    name: Words = Text("专题", "Track")
    slug: Slug = "track"
    colour: Colour = ""
    position: Count = 0


class TrackIn(TrackPatch, Identified):
    """A new track; its slug is made from its name where none is given."""

    name: Words


class TrackOut(Out):
    """A track of an edition."""

    id: str
    edition_id: str
    name: Text
    slug: str
    colour: str
    position: int
    source: str | None
    key: str | None
    version: int


class PartIn(In):
    """A person's part; `title` and `affiliation` as printed with it, the person's own where empty."""

    person_id: Id
    role: PersonRole = PersonRole.SPEAKER
    title: Text = NOTHING
    affiliation: Text = NOTHING


class LinkIn(In):
    """A web address with its words."""

    href: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2000)]
    title: Short = ""
    type: Annotated[str, Field(max_length=80)] = ""


class SessionPatch(In):
    """What may be changed of a session; `people` stand in the order in which they are printed."""

    parent_id: Id | None = None
    position: Count = 0
    kind: SessionKind = SessionKind.PARALLEL
    title: Words = Text("场次", "Session")
    subtitle: Text = NOTHING
    abstract: Text = NOTHING
    description: Text = NOTHING
    slug: Slug = "session"
    language: Annotated[str, Field(max_length=40)] = ""
    interpretation: Annotated[tuple[LanguageTag, ...], Field(max_length=20)] = ()
    track_id: Id | None = None
    openness: Openness = Openness.PUBLIC
    embargo_until: Instant | None = None
    expected_attendance: Count | None = None
    attendance_mode: AttendanceMode = AttendanceMode.ON_SITE
    join_url: Url = ""
    tags: Annotated[tuple[Tag, ...], Field(max_length=50)] = ()
    needs: Annotated[dict[Key, Count], Field(max_length=50)] = Field(default_factory=dict)
    licence: Short = ""
    do_not_record: bool | None = None
    links: Annotated[tuple[LinkIn, ...], Field(max_length=100)] = ()
    attachments: Annotated[tuple[LinkIn, ...], Field(max_length=100)] = ()
    duration_minutes: Annotated[int, Field(ge=1, le=20_160)] | None = None
    status: SessionStatus = SessionStatus.DRAFT
    people: Annotated[tuple[PartIn, ...], Field(max_length=500)] = ()


class SessionIn(SessionPatch, Identified):
    """A new session; its slug is made from its title where none is given."""

    kind: SessionKind
    title: Words


class PartOut(Out):
    """A person's part in a session, with what is printed."""

    person_id: str
    role: str
    name: Text
    title: Text
    affiliation: Text
    confirmed: bool


class LinkOut(Out):
    """A web address with its words."""

    href: str
    title: str = ""
    type: str = ""


class SessionOut(Out):
    """A session of the draft."""

    id: str
    edition_id: str
    parent_id: str | None
    position: int
    kind: str
    title: Text
    subtitle: Text
    abstract: Text
    description: Text
    slug: str
    language: str
    interpretation: list[str]
    track_id: str | None
    openness: str
    embargo_until: datetime | None
    expected_attendance: int | None
    attendance_mode: str
    join_url: str
    tags: list[str]
    needs: dict[str, int]
    raw_type: str
    licence: str
    do_not_record: bool | None
    links: list[LinkOut]
    attachments: list[LinkOut]
    duration_minutes: int | None
    status: str
    people: list[PartOut]
    source: str | None
    key: str | None
    version: int


class SessionFilter(PageQuery):
    """Which sessions of an edition, in which order; `missing` those whose title or abstract lacks a language."""

    q: Short = ""
    kind: SessionKind | None = None
    status: SessionStatus | None = None
    openness: Openness | None = None
    track: Annotated[str, Field(max_length=36)] = ""
    parent: Annotated[str, Field(max_length=36)] = ""
    person: Annotated[str, Field(max_length=36)] = ""
    tag: Annotated[str, Field(max_length=80)] = ""
    missing: Language | None = None
    sort: Literal["position", "newest", "slug"] = "position"


class ConfirmIn(In):
    """Which of a person's parts in the session is confirmed."""

    role: PersonRole


class SideOut(Out):
    """How many texts have words in one language, of those that have words in either."""

    filled: int
    of: int


class PartReport(Out):
    """How complete one part of what the public reads is, per language."""

    part: str
    zh: SideOut
    en: SideOut


class MissingOut(Out):
    """A text that lacks one language."""

    part: str
    id: str
    field: str
    language: Language
    other: str


class CompletenessOut(Out):
    """How complete an edition is in each language; `missing` lists the first gaps, `more` tells that there are others."""

    zh: SideOut
    en: SideOut
    parts: list[PartReport]
    missing: list[MissingOut]
    more: bool


class NextIn(EditionPatch):
    """The next edition of a series, with what is copied from this one; dates are moved with the start."""

    slug: Slug
    name: Words
    parts: Annotated[tuple[Part, ...], Field(max_length=6)] = tuple(Part)
