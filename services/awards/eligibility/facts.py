"""What is known of a candidate when eligibility is decided: nothing is looked up, everything is handed in.

A fact that is absent is unknown; an empty list says that there is none.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from services.awards.eligibility.language import NOTHING, Name
from services.awards.eligibility.rules import Degree, PostLevel, Sex, Title, UnitKind
from shared.schema import Day, In
from shared.text import Text

Year = Annotated[int, Field(ge=1900, le=2200)]
Words = Annotated[str, Field(max_length=10_000)]
Value = bool | Annotated[float, Field(ge=-1e15, le=1e15)] | Words | Annotated[tuple[Words, ...], Field(max_length=200)]


class Record(In):
    """A time that somebody stood in a programme, or won: in which year, as which of its cycles, with which grade."""

    programme: Name
    name: Text = NOTHING
    year: Year | None = None
    number: Annotated[int, Field(ge=1, le=10_000)] | None = None
    grade: Name | None = None


class Belongs(In):
    """A membership, from one day until another, both included; without an end it lasts."""

    society: Name
    from_on: Day | None = None
    until_on: Day | None = None


class Companion(In):
    """A member of a team, or a co-nominator: what they belong to counts."""

    unit: Name | None = None


class Facts(In):
    """What is known. `category` and `kind` (of candidate) are keys of the programme.

    `unit` is the legal unit, however it is named, as long as it is named alike everywhere.
    `year` and `number` are those of the cycle; `nominations` are all others of the same candidate.
    """

    category: Name | None = None
    kind: Name | None = None
    year: Year | None = None
    number: Annotated[int, Field(ge=1, le=10_000)] | None = None
    born_on: Day | None = None
    sex: Sex | None = None
    nationality: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    discipline: Name | None = None
    region: Annotated[str, Field(pattern=r"^[0-9]{2}$")] | None = None
    unit: Name | None = None
    unit_kind: UnitKind | None = None
    degree: Degree | None = None
    title: Title | None = None
    post_level: PostLevel | None = None
    memberships: Annotated[tuple[Belongs, ...], Field(max_length=200)] | None = None
    awards: Annotated[tuple[Record, ...], Field(max_length=200)] | None = None
    nominations: Annotated[tuple[Record, ...], Field(max_length=200)] | None = None
    members: Annotated[tuple[Companion, ...], Field(max_length=200)] | None = None
    co_nominators: Annotated[tuple[Companion, ...], Field(max_length=200)] | None = None
    achievements: Annotated[tuple[Day, ...], Field(max_length=200)] | None = None
    form: Annotated[dict[Name, Value | None], Field(max_length=200)] = Field(default_factory=dict)

    def answered(self, field: str) -> Value | None:
        """Return what stands in a field of the form; nothing where it is empty."""
        value = self.form.get(field)
        return None if value is None or value in ("", ()) else value

    def day_in(self, field: str) -> date | None:
        """Return the date in a field of the form; nothing where it holds none."""
        value = self.answered(field)
        try:
            return date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None
