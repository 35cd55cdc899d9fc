"""What public pages of awards are made of: calls, programmes and cycles as readers may see them. Values and their words."""

from dataclasses import dataclass
from datetime import date, datetime

from services.awards.pages.rules import CallPhase, days_left, phase_of
from services.awards.programmes.rules import STAGE_NAMES, VERB_NAMES
from shared.pages import wording
from shared.pages.leaf import Link
from shared.text import Text
from shared.times import PlannedTime

NOTHING = Text()


@dataclass(frozen=True, slots=True)
class Call:
    """A cycle as lists show it; `until` is the deadline of submissions that holds for all."""

    name: Text
    path: str
    programme: Link
    standing: str
    verb: str
    state: str
    opens: PlannedTime | None
    until: PlannedTime | None

    @property
    def verb_name(self) -> Text:
        """Return the programme's own word."""
        return VERB_NAMES.get(self.verb, NOTHING)

    def phase(self, now: datetime) -> CallPhase:
        """Return how it stands."""
        return phase_of(self.state, self.opens, self.until, now)

    def left(self, now: datetime) -> int | None:
        """Return the days that are left."""
        return days_left(self.until, now)


@dataclass(frozen=True, slots=True)
class ProgrammeCard:
    """A programme as the list shows it."""

    name: Text
    path: str
    standing: str


@dataclass(frozen=True, slots=True)
class Face:
    """By what right a programme selects, under whose name, and how often; a cycle has what was so when it was made."""

    standing: str
    verb: str
    recurrence: str
    basis: Text
    number: str
    issuer: Text
    issued_on: date | None
    owners: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stage of a cycle; `was` is what its deadline was before it was put off for all, `notice` what was said of that."""

    kind: str
    title: Text
    description: Text
    on: date | None
    until_on: date | None
    at_local: datetime | None
    until_local: datetime | None
    zone: str
    status: str
    was: PlannedTime | None = None
    notice: Text = NOTHING

    @property
    def name(self) -> Text:
        """Return its own title, or that of its kind."""
        return self.title or STAGE_NAMES[self.kind]

    @property
    def day(self) -> date | None:
        """Return the day to list it under."""
        return self.on or (self.at_local.date() if self.at_local else None)

    def words(self) -> Text:
        """Return when it is, in words."""
        return wording.when(self.on, self.until_on, self.at_local, self.until_local, self.zone)

    def was_words(self) -> Text:
        """Return when it was to be before, in words."""
        return wording.when(None, None, self.was.local, None, self.was.zone) if self.was else NOTHING


@dataclass(frozen=True, slots=True)
class AmendmentShown:
    """What of an announced cycle holds otherwise from a day on, and why; `ahead` where that day is to come."""

    number: int
    effective_on: date
    changed: tuple[str, ...]
    reason: str
    notice: Text
    ahead: bool


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of a form in outline; `columns` are those of a list."""

    label: Text
    hint: Text
    required: bool
    kind: Text
    columns: tuple["FieldShown", ...] = ()


@dataclass(frozen=True, slots=True)
class SectionShown:
    """A part of a form."""

    title: Text
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A paper that belongs to a nomination."""

    name: Text
    hint: Text
    required: bool
    only_for: tuple[Text, ...]
    formats: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class CategoryShown:
    """What is selected in one list: its quota (`None`: not said), kinds of candidates, form and papers."""

    key: str
    name: Text
    subject: str
    kinds: tuple[Text, ...]
    has_quota: bool
    per_unit: int | None
    total: int | None
    form: tuple[SectionShown, ...]
    papers: tuple[PaperShown, ...]


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule of eligibility: its clause, the document and article, what it asks in plain words, and for which categories."""

    clause: Text
    document: Text
    article: Text
    words: Text
    exceptions: tuple[Text, ...]
    categories: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class TermsShown:
    """A definition as it is told: how many, of what, by which rules."""

    routes: tuple[str, ...]
    unit_notice_days: int | None
    categories: tuple[CategoryShown, ...]
    total: int | None
    grades: tuple[tuple[Text, int | None], ...]
    groups: tuple[tuple[Text, int | None, int | None], ...]
    rules: tuple[RuleShown, ...]


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A plan document that names a programme."""

    title: Text
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class AcceptedShown:
    """An accepted list as its page tells it; `groups` are its lines (number, name, unit) under their categories.

    `path` is the address of the page, `notice_path` the one at which this list stays; `later` tells that another counts.
    """

    path: str
    notice_path: str
    later: bool
    cycle: Link
    programme: Link
    number: int
    groups: tuple[tuple[Text, tuple[tuple[str, str, Text], ...]], ...]
    changes: tuple[tuple[str, str], ...]
    count: int
    from_on: date
    until_on: date
    days: int
    counted: str
    provisional: bool
    notice: Text
    contact: Text
    reason: str
    record_length: int
    record_head: str


@dataclass(frozen=True, slots=True)
class CycleShown:
    """Everything of an announced cycle that its page tells."""

    call: Call
    slug: str
    description: Text
    state_reason: Text
    face: Face
    terms: TermsShown
    stages: tuple[StageShown, ...]
    amendments: tuple[AmendmentShown, ...]
    accepted: str
    documents: tuple[DocumentShown, ...]
    number: int | None


@dataclass(frozen=True, slots=True)
class ProgrammeShown:
    """A programme with its cycles; `terms` are those of the latest one that was announced, which `terms_of` names."""

    name: Text
    slug: str
    path: str
    description: Text
    face: Face
    documents: tuple[DocumentShown, ...]
    calls: tuple[Call, ...]
    terms: TermsShown | None
    terms_of: Link | None
