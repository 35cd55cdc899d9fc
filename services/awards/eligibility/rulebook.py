"""A set of rules: a conjunction of rules, each a clause of a document with a condition and exceptions of its own.

With it stand where the form tells the facts, and examples with the answer that is expected of them. What is too deep or
too large is refused before it is looked into.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from services.awards.eligibility.facts import Facts
from services.awards.eligibility.language import NOTHING, Condition, DateTest, Given, Key, Name, OfField, tests_in
from services.awards.eligibility.rules import Answer
from shared.editing import Words
from shared.schema import In
from shared.text import Text

MOST_DEEP = 24
"""Levels of JSON: some eight of conditions inside conditions."""
MOST_PARTS = 20_000
MOST_CHARACTERS = 400_000
MOST_RULES = 100
MOST_TESTS = 20_000
"""Tests of a set of rules times the candidates that it is tried on at once: some seconds at worst."""

Told = Literal[
    "kind", "born_on", "sex", "nationality", "discipline", "region", "unit", "unit_kind", "degree", "title",
    "post_level", "members", "co_nominators", "achievements",
]  # fmt: skip
"""Facts that a form can tell."""
Place = Annotated[str, Field(pattern=r"^[^/]{1,80}(/[^/]{1,80})?$")]


def check_size(value: Any) -> Any:
    """Refuse what is nested too deep or has too many parts, without descending any further than that."""
    waiting, parts, characters = [(value, 1)], 0, 0
    while waiting:
        item, depth = waiting.pop()
        parts += 1
        if isinstance(item, str):
            characters += len(item)
        inside = list(item.values()) if isinstance(item, dict) else item if isinstance(item, list | tuple) else ()
        if isinstance(item, dict):
            characters += sum(len(str(key)) for key in item)
        if depth > MOST_DEEP or parts + len(inside) > MOST_PARTS or characters > MOST_CHARACTERS:
            raise _too_large()
        waiting += [(part, depth + 1) for part in inside]
    return value


def _too_large() -> PydanticCustomError:
    return PydanticCustomError(
        "rules_too_large",
        "is nested deeper than {depth} levels or has more than {parts} parts",
        {"depth": MOST_DEEP, "parts": MOST_PARTS},
    )


class Authority(In):
    """Which document says so, and where in it."""

    document: Words
    article: Text = NOTHING


class RuleException(In):
    """For whom `when` holds, `requires` stands in the place of the rule's condition, or nothing is required."""

    key: Key
    clause: Words
    when: Condition
    requires: Condition | None = None


class Rule(In):
    """One rule, as the document has it, and the condition that decides it; for `categories`, or all where none is named."""

    key: Key
    clause: Words
    authority: Authority
    requires: Condition
    categories: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    exceptions: Annotated[tuple[RuleException, ...], Field(max_length=20)] = ()

    @field_validator("exceptions")
    @classmethod
    def _are_named_apart(cls, value: tuple[RuleException, ...]) -> tuple[RuleException, ...]:
        _check_apart(exception.key for exception in value)
        return value


class Example(In):
    """A candidate who is tried whenever the rules are saved; `rule` names the one that is expected to decide."""

    name: Words
    facts: Facts
    expected: Answer
    rule: Key | None = None


class RuleSet(In):
    """Rules that must all be met. `reads` says in which field of the form a fact stands, or `list/field` for lists."""

    rules: Annotated[tuple[Rule, ...], Field(max_length=MOST_RULES)]
    reads: dict[Told, Place] = Field(default_factory=dict)
    examples: Annotated[tuple[Example, ...], Field(max_length=200)] = ()

    @model_validator(mode="before")
    @classmethod
    def refuse_what_is_too_large(cls, value: Any) -> Any:
        """Refuse it before anything looks into its depths."""
        return check_size(value)

    @field_validator("rules")
    @classmethod
    def _are_named_apart(cls, value: tuple[Rule, ...]) -> tuple[Rule, ...]:
        _check_apart(rule.key for rule in value)
        return value

    @model_validator(mode="after")
    def _can_be_tried(self) -> Self:
        if not self.can_be_tried_on(len(self.examples)):
            raise _too_large()
        return self

    def can_be_tried_on(self, candidates: int) -> bool:
        """Tell whether it can be tried on so many candidates at once without taking long."""
        return sum(1 for _ in self.tests()) * max(candidates, 1) <= MOST_TESTS

    @cached_property
    def fields_tested(self) -> frozenset[str]:
        """The fields of the form that tests name."""
        return frozenset(field for test in self.tests() for field in _fields_of(test))

    @cached_property
    def fields_compared(self) -> frozenset[str]:
        """Those of them of which more matters than whether they are filled in."""
        tests = (test for test in self.tests() if not isinstance(test, Given))
        return frozenset(field for test in tests for field in _fields_of(test))

    def tests(self) -> Iterator[BaseModel]:
        """Yield every test of every rule."""
        for rule in self.rules:
            yield from tests_in(rule.requires)
            for part in (part for each in rule.exceptions for part in (each.when, each.requires) if part):
                yield from tests_in(part)

    @field_validator("examples")
    @classmethod
    def _name_rules(cls, value: tuple[Example, ...], info: ValidationInfo) -> tuple[Example, ...]:
        known = {rule.key for rule in info.data.get("rules", ())}
        for example in value:
            if example.rule and known and example.rule not in known:
                raise PydanticCustomError("rule_unknown", "there is no rule {rule}", {"rule": example.rule})
        return value


def _check_apart(keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise PydanticCustomError("key_twice", "{key} stands more than once", {"key": key})
        seen.add(key)


def fields_named(rules: RuleSet) -> frozenset[str]:
    """Return the fields of the form that the rules look at, by themselves or for a fact."""
    return rules.fields_tested | {place.partition("/")[0] for place in rules.reads.values()}


def _fields_of(test: BaseModel) -> Iterator[str]:
    if isinstance(test, OfField):
        yield test.field
    if isinstance(test, DateTest):
        yield from (moment.field for moment in (test.not_before, test.not_after) if moment and moment.field)
