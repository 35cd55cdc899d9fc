"""What is said about programmes over HTTP, and the parts of a definition."""

from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import Field

from services.awards.programmes.rules import ProgrammeStanding, Recurrence, Route, StageKind, SubjectKind, Verb
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import Count, Day, DocumentIn, DocumentOut, Id, In, Out, PlainJson, Slug
from shared.text import Text
from shared.workdays import Counted

NOTHING = Text()
Ref = Annotated[str, Path(max_length=80, description="Id or slug.")]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Flag = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Short = Annotated[str, Field(max_length=200)]
Extension = Annotated[str, Field(pattern=r"^[a-z0-9]{1,10}$")]
Parts = Annotated[int, Field(ge=1, le=1000)]


class OwnerIn(In):
    """Who holds a programme: the name as printed, and the id where it is an organisation here."""

    name: Words
    organisation_id: Id | None = None


class BasisIn(In):
    """What a programme rests on: the document, and the number of its approval or registration."""

    title: Text = NOTHING
    number: Short = ""
    issuer: Text = NOTHING
    issued_on: Day | None = None


class FieldIn(In):
    """A field of a form as people see it; `name` is a property of the schema, `fields` are the columns of a list."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    label: Words
    hint: Text = NOTHING
    options: Annotated[dict[str, Text], Field(max_length=500)] = Field(default_factory=dict)
    fields: Annotated[tuple["FieldIn", ...], Field(max_length=50)] = ()


class SectionIn(In):
    """A part of a form with a heading of its own."""

    title: Words
    fields: Annotated[tuple[FieldIn, ...], Field(min_length=1, max_length=400)]


class LayoutIn(In):
    """The sections of a form in their order."""

    sections: Annotated[tuple[SectionIn, ...], Field(min_length=1, max_length=60)]


class FormIn(In):
    """A form: what may be filled in as a JSON Schema, and how it is shown."""

    json_schema: Annotated[PlainJson, Field(alias="schema")]
    layout: LayoutIn


class KindIn(In):
    """A key with a name: a kind of candidate, or a group with places of its own (women, front line, western regions)."""

    key: Key
    name: Words


class AttachmentIn(In):
    """A paper that belongs to a nomination, of every candidate or `only_for` some kinds of them.

    `kept_from_candidate` hides it from whom it is about. No formats: whatever the installation takes.
    """

    key: Key
    name: Words
    hint: Text = NOTHING
    required: bool = True
    only_for: Annotated[tuple[Key, ...], Field(max_length=50)] = ()
    formats: Annotated[tuple[Extension, ...], Field(max_length=30)] = ()
    most: Annotated[int, Field(ge=1, le=100)] = 1
    most_bytes: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None
    kept_from_candidate: bool = False


class CategoryIn(In):
    """What is nominated in one list of a programme: people, teams, works; `form` and `attachments` are null until known."""

    key: Key
    name: Words
    subject: SubjectKind
    candidate_kinds: Annotated[tuple[KindIn, ...], Field(max_length=50)] = ()
    form: FormIn | None = None
    attachments: Annotated[tuple[AttachmentIn, ...], Field(max_length=200)] | None = None


class GradeIn(In):
    """A grade of a programme, and how many there are at most (null: no limit)."""

    key: Key
    name: Words
    most: Count | None = None


class ShareIn(In):
    """How many of a group there are at least and at most (null: no limit)."""

    key: Key
    least: Count | None = None
    most: Count | None = None


class LimitsIn(In):
    """How many are selected: in all, by grade, by group; empty where nothing is limited."""

    total: Count | None = None
    grades: Annotated[tuple[GradeIn, ...], Field(max_length=50)] = ()
    groups: Annotated[tuple[ShareIn, ...], Field(max_length=50)] = ()


class QuotaIn(In):
    """How many slots nominating units are given in a category: in all, and each where nothing else is said."""

    category: Key
    total: Count | None = None
    per_unit: Count | None = None


class ObjectionWindowIn(In):
    """How long objections are taken to what is published: so many working or calendar days from the day after."""

    days: Annotated[int, Field(ge=1, le=60)]
    counted: Counted


class PlannedStageIn(In):
    """A stage that every cycle goes through, in order; a cycle says when."""

    kind: StageKind
    title: Text = NOTHING


class PartsPatch(In):
    """What may be changed of a definition, a programme's or a cycle's own. No window: each list says its own."""

    routes: Annotated[tuple[Route, ...], Field(max_length=2)] | None = None
    unit_notice_days: Annotated[int, Field(ge=0, le=365)] | None = None
    categories: Annotated[tuple[CategoryIn, ...], Field(max_length=50)] = ()
    groups: Annotated[tuple[KindIn, ...], Field(max_length=50)] = ()
    limits: LimitsIn | None = None
    quotas: Annotated[tuple[QuotaIn, ...], Field(max_length=50)] | None = None
    objection_window: ObjectionWindowIn | None = None


class DefinitionPatch(PartsPatch):
    """What may be changed of the definition that the next cycle takes over, and the stages that it goes through."""

    stages: Annotated[tuple[PlannedStageIn, ...], Field(max_length=50)] | None = None


class ProgrammePatch(In):
    """What may be changed of a programme itself. Its slug stays, since feeds that people follow carry it."""

    name: Words = Text("项目", "Programme")
    description: Text = NOTHING
    note: Text = NOTHING
    owners: Annotated[tuple[OwnerIn, ...], Field(max_length=50)] = ()
    standing: ProgrammeStanding | None = None
    basis: BasisIn | None = None
    verb: Verb | None = None
    recurrence: Recurrence | None = None
    is_template: bool = False
    flags: Annotated[tuple[Flag, ...], Field(max_length=40)] = ()
    documents: Annotated[tuple[DocumentIn, ...], Field(max_length=100)] = ()


class ProgrammeIn(ProgrammePatch):
    """A new programme."""

    slug: Slug
    name: Words
    owner_id: Id


class CopyIn(In):
    """A programme to be made like another, with another slug and name; it belongs to the other's owner unless one is named."""

    slug: Slug
    name: Words
    owner_id: Id | None = None


class OwnerOut(Out):
    """Who holds a programme."""

    name: Text
    organisation_id: str | None


class BasisOut(Out):
    """What a programme rests on."""

    title: Text
    number: str
    issuer: Text
    issued_on: Day | None


class GapOut(Out):
    """Something that a definition lacks; `category` is the key of the category that lacks it, or empty."""

    code: str
    category: str
    words: Text


class ProgrammeOut(Out):
    """A programme. `missing` is what forbids opening a cycle of it."""

    id: str
    slug: str
    name: Text
    description: Text
    note: Text
    owner_id: str
    owners: list[OwnerOut]
    standing: str | None
    basis: BasisOut | None
    verb: str | None
    recurrence: str | None
    is_template: bool
    flags: list[str]
    documents: list[DocumentOut]
    subjects: list[str]
    missing: list[GapOut]
    source: str | None
    key: str | None
    version: int


class PartsOut(Out):
    """A definition; `eligibility` is written at a route of its own."""

    routes: list[str] | None
    unit_notice_days: int | None
    categories: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    limits: dict[str, Any] | None
    quotas: list[dict[str, Any]] | None
    objection_window: dict[str, Any] | None
    eligibility: dict[str, Any] | None
    missing: list[GapOut]
    version: int


class DefinitionOut(PartsOut):
    """The definition that the next cycle of a programme takes over."""

    stages: list[dict[str, Any]] | None


class ProgrammeFilter(PageQuery):
    """Which programmes, in which order."""

    q: Short = ""
    standing: ProgrammeStanding | None = None
    verb: Verb | None = None
    subject: SubjectKind | None = None
    owner: Annotated[str, Field(max_length=36)] = ""
    flag: Annotated[str, Field(max_length=40)] = ""
    template: bool | None = None
    sort: Literal["slug", "-slug", "newest"] = "slug"


class ProgrammeRow(ProgrammePatch, DefinitionPatch):
    """A programme as a catalogue names it, with as much of its definition as it knows."""

    key: Annotated[str, Field(min_length=1, max_length=200)]
    name: Words
    slug: Slug | None = None


class ProgrammesIn(In):
    """A catalogue of programmes; those not known yet will belong to `owner_id`, the caller's organisation if not named."""

    source: Annotated[str, Field(min_length=1, max_length=200)] = "catalogue"
    owner_id: Id | None = None
    rows: Annotated[tuple[ProgrammeRow, ...], Field(max_length=1000)]


class ProgrammesOut(Out):
    """How many programmes were made, changed, and left as they were."""

    created: int
    changed: int
    unchanged: int
