"""The conditions of the language of rules: a test of one fact, or `all`, `any` and `not` over others.

There is nothing in it that runs: no code, no pattern.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from services.awards.eligibility.days import Unit
from services.awards.eligibility.rules import Degree, PostLevel, Sex, Title, UnitKind
from shared.schema import Day, In
from shared.text import Text

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,59}$")]
Name = Annotated[str, Field(min_length=1, max_length=80)]


def _check_some(listed: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse an empty list; as a bound of its own it would also be broken by every fault further down."""
    if not listed:
        raise PydanticCustomError("too_short", "must have at least {min_length} items", {"min_length": 1})
    return listed


_SOME = (AfterValidator(_check_some), Field(json_schema_extra={"minItems": 1}))
Names = Annotated[tuple[Name, ...], Field(max_length=500), *_SOME]
Few = Annotated[int, Field(ge=0, le=10_000)]
Years = Annotated[int, Field(ge=0, le=100)]
Number = Annotated[float, Field(ge=-1e15, le=1e15)]
NOTHING = Text()

MOST_WORKING_DAYS = 120
"""They are counted one by one."""

Kept = Literal[
    "category",
    "kind",
    "sex",
    "nationality",
    "discipline",
    "region",
    "unit",
    "unit_kind",
    "degree",
    "title",
    "post_level",
]
"""Facts that are one word each."""
VOCABULARIES: dict[str, type] = {
    "sex": Sex, "unit_kind": UnitKind, "degree": Degree, "title": Title, "post_level": PostLevel,
}  # fmt: skip
"""Facts whose words are known beforehand. Nationalities are ISO 3166 codes, regions GB/T 2260 codes of two digits."""


def _need_bound(low: Any, high: Any) -> None:
    if low is None and high is None:
        raise PydanticCustomError("bound_missing", "needs a lower or an upper bound")
    if low is not None and high is not None and low > high:
        raise PydanticCustomError("bounds_crossed", "has a lower bound above the upper one")


Conditions = Annotated[tuple["Condition", ...], Field(max_length=50), *_SOME]


class AllOf(In):
    """Every one of these holds."""

    test: Literal["all"]
    of: Conditions


class AnyOf(In):
    """One of these holds at least."""

    test: Literal["any"]
    of: Conditions


class Negation(In):
    """This does not hold."""

    test: Literal["not"]
    of: "Condition"


class Born(In):
    """Born within these days, both included."""

    test: Literal["born"]
    on_or_after: Day | None = None
    on_or_before: Day | None = None

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        _need_bound(self.on_or_after, self.on_or_before)
        return self


class Age(In):
    """Years of age completed on the reference day `on`."""

    test: Literal["age"]
    on: Day
    at_least: Years | None = None
    at_most: Years | None = None

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        _need_bound(self.at_least, self.at_most)
        return self


class Among(In):
    """A fact is one of these words; `label` is what the words together are called, such as western regions."""

    test: Literal["among"]
    fact: Kept
    values: Names
    label: Text = NOTHING

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if vocabulary := VOCABULARIES.get(self.fact):
            known = [word.value for word in vocabulary]  # type: ignore[attr-defined]
            if unknown := [value for value in self.values if value not in known]:
                raise PydanticCustomError(
                    "word_unknown", "{word} is not one of {known}", {"word": unknown[0], "known": ", ".join(known)}
                )
        return self


class DegreeTest(In):
    """An academic degree, or a higher one."""

    test: Literal["degree"]
    at_least: Degree


class TitleTest(In):
    """A professional title of this grade, or a higher one."""

    test: Literal["title"]
    at_least: Title


class Membership(In):
    """A member of one of these societies (any, where none is named) on a day, for some years where it says so."""

    test: Literal["membership"]
    societies: Annotated[tuple[Name, ...], Field(max_length=500)] = ()
    on: Day
    years: Years = 0
    label: Text = NOTHING


class History(In):
    """How often somebody has won (`awards`), or is put forward now or was (`nominations`), in these programmes.

    `last_years` counts calendar years before the year of this cycle: none is any time, 0 this year alone.
    """

    test: Literal["history"]
    of: Literal["awards", "nominations"]
    programmes: Names
    last_years: Years | None = None
    grades: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    at_most: Few = 0
    label: Text = NOTHING


class Pause(In):
    """Whoever stood `after` times in a row pauses for the next `rest` times."""

    test: Literal["pause"]
    programmes: Names
    after: Annotated[int, Field(ge=1, le=20)]
    rest: Annotated[int, Field(ge=1, le=20)] = 1
    label: Text = NOTHING


Listed = Literal["members", "co_nominators", "achievements"]


class SameUnit(In):
    """How many of a list come from the candidate's own legal unit."""

    test: Literal["same_unit"]
    of: Literal["members", "co_nominators"]
    at_most: Few
    label: Text = NOTHING


class Size(In):
    """How long a list is."""

    test: Literal["size"]
    of: Listed
    at_least: Few | None = None
    at_most: Few | None = None
    label: Text = NOTHING

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        _need_bound(self.at_least, self.at_most)
        return self


class Achievements(In):
    """How many achievements were made within so many years before a day, that day included."""

    test: Literal["achievements"]
    last_years: Annotated[int, Field(ge=1, le=100)]
    until: Day
    at_least: Few = 1
    label: Text = NOTHING


class OfField(In):
    """A test of one field of the form; `label` is what it is called there."""

    field: Name
    label: Text = NOTHING


class Given(OfField):
    """The field is filled in."""

    test: Literal["given"]


class Flag(OfField):
    """The box is ticked, or not."""

    test: Literal["flag"]
    value: bool = True


class Choice(OfField):
    """What stands in the field, or everything that was chosen there, is among these; `names` says what they are called."""

    test: Literal["choice"]
    values: Names
    names: Annotated[dict[Name, Text], Field(max_length=500)] = Field(default_factory=dict)


class NumberTest(OfField):
    """A number within these bounds, both included."""

    test: Literal["number"]
    at_least: Number | None = None
    at_most: Number | None = None

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        _need_bound(self.at_least, self.at_most)
        return self


class Moment(In):
    """A day that is named, or stands in another field of the form, and so much later."""

    on: Day | None = None
    field: Name | None = None
    label: Text = NOTHING
    plus: Annotated[int, Field(ge=-400, le=400)] = 0
    unit: Unit = Unit.DAYS

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.on is None) == (self.field is None):
            raise PydanticCustomError("moment_unclear", "names either a day or a field")
        if self.unit is Unit.WORKING_DAYS and abs(self.plus) > MOST_WORKING_DAYS:
            raise PydanticCustomError(
                "working_days_many", "has at most {most} working days", {"most": MOST_WORKING_DAYS}
            )
        return self


class DateTest(OfField):
    """A date of the form between two moments, both included."""

    test: Literal["date"]
    not_before: Moment | None = None
    not_after: Moment | None = None

    @model_validator(mode="after")
    def _is_bounded(self) -> Self:
        if self.not_before is None and self.not_after is None:
            raise PydanticCustomError("bound_missing", "needs a lower or an upper bound")
        return self


Condition = Annotated[
    AllOf | AnyOf | Negation | Born | Age | Among | DegreeTest | TitleTest | Membership | History | Pause | SameUnit | Size
    | Achievements | Given | Flag | Choice | NumberTest | DateTest,
    Field(discriminator="test"),
]  # fmt: skip


def tests_in(condition: Condition) -> Iterator[BaseModel]:
    """Yield the tests that a condition is made of."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.of:
            yield from tests_in(part)
    elif isinstance(condition, Negation):
        yield from tests_in(condition.of)
    else:
        yield condition
