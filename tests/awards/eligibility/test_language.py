"""What is a rule and what is not: bounded, without code or patterns, each fault named at its place."""

import json
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from services.awards.eligibility.language import Condition
from services.awards.eligibility.rulebook import MOST_RULES, RuleSet, fields_named
from services.awards.eligibility.wording import rule_in_words
from shared.problems import input_refusal
from tests.awards.eligibility.build import WOMEN, rule, rules, text, verdict, women

Json = dict[str, Any]
BORN = {"test": "born", "on_or_after": "1986-01-01"}


def faults(content: Any) -> list[tuple[str, str]]:
    """Return where a set of rules breaks which rule of the language."""
    try:
        RuleSet.model_validate(content)
    except ValidationError as error:
        found = input_refusal([{**each, "loc": ("body", *each["loc"])} for each in error.errors()], content)
        return [(each.pointer.removeprefix("/body"), each.code) for each in found.errors]
    return []


def nested(depth: int, around: str = "not") -> Json:
    """Return a condition inside so many others."""
    condition: Json = BORN
    for _ in range(depth):
        condition = {"test": around, "of": condition if around == "not" else [condition]}
    return condition


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ({"test": "regex", "pattern": "(a+)+$"}, [("", "union_tag_invalid")]),
        ({}, [("", "union_tag_not_found")]),
        ({"test": "born"}, [("", "bound_missing")]),
        ({**BORN, "on_or_before": "1980-01-01"}, [("", "bounds_crossed")]),
        ({**BORN, "on_or_after": "1986-02-30"}, [("/on_or_after", "date_from_datetime_parsing")]),
        ({**BORN, "code": "1"}, [("/code", "extra_forbidden")]),
        ({"test": "among", "fact": "sex", "values": ["woman"]}, [("", "word_unknown")]),
        ({"test": "among", "fact": "__class__", "values": ["a"]}, [("/fact", "literal_error")]),
        ({"test": "all", "of": []}, [("/of", "too_short")]),
        (
            {"test": "all", "of": [BORN, {"test": "any", "of": [{"test": "age", "on": "2026-01-01", "at_most": "x"}]}]},
            [("/of/1/of/0/at_most", "int_parsing")],
        ),
        ({"test": "date", "field": "a", "not_before": {"plus": 5}}, [("/not_before", "moment_unclear")]),
        (
            {"test": "date", "field": "a", "not_before": {"on": "2026-01-01", "plus": 10**9}},
            [("/not_before/plus", "less_than_equal")],
        ),
        (
            {"test": "date", "field": "a", "not_before": {"on": "2026-01-01", "plus": -121, "unit": "working_days"}},
            [("/not_before", "working_days_many")],
        ),
        ({"test": "number", "field": "a", "at_most": float("inf")}, [("/at_most", "finite_number")]),
        ({"test": "size", "of": "form", "at_most": 3}, [("/of", "literal_error")]),
        (None, [("", "model_attributes_type")]),
    ],
)
def test_a_fault_is_named_at_its_place(requires: Any, expected: list[tuple[str, str]]) -> None:
    content = {"rules": [rule("first", BORN), rule("second", requires)]}
    assert faults(content) == [(f"/rules/1/requires{pointer}", code) for pointer, code in expected]


def test_keys_are_named_once_and_examples_name_rules() -> None:
    assert faults({"rules": [rule("a", BORN), rule("a", BORN)]}) == [("/rules", "key_twice")]
    assert faults({"rules": [rule("a", BORN, exceptions=[women(), women()])]}) == [("/rules/0/exceptions", "key_twice")]
    example = {"name": text("x"), "facts": {}, "expected": "eligible", "rule": "b"}
    assert faults({"rules": [rule("a", BORN)], "examples": [example]}) == [("/examples", "rule_unknown")]
    assert faults({"rules": [{**rule("a", BORN), "key": "A b"}]}) == [("/rules/0/key", "string_pattern_mismatch")]
    assert faults({"rules": [rule("a", BORN)], "reads": {"awards": "x"}}) == [("/reads/awards/[key]", "literal_error")]


@pytest.mark.parametrize(
    "content",
    [
        {"rules": [rule("deep", nested(30))]},
        {"rules": [rule("deep", nested(20, "all"))]},
        {"rules": [rule("deep", nested(900))]},
        {"rules": [{"key": "a" * 1_000_000}]},
        {"rules": [[]] * 1_000_000},
        {"rules": [rule(f"r{n}", {"test": "any", "of": [nested(5)] * 50}) for n in range(MOST_RULES)]},
        {"rules": [{"clause": {"zh": "x" * 500_000}}]},
    ],
)
def test_what_is_too_deep_or_too_large_is_refused_before_it_is_looked_into(content: Any) -> None:
    started = process_time()
    assert faults(content) == [("", "rules_too_large")]
    assert process_time() - started < 2


def test_as_deep_as_may_be() -> None:
    kept = rules(rule("deep", nested(18)))
    assert verdict(kept, born_on="1986-01-01").answer == "eligible"
    assert len(rules(*(rule(f"r{n}", BORN) for n in range(MOST_RULES))).rules) == MOST_RULES
    assert faults({"rules": [rule(f"r{n}", BORN) for n in range(MOST_RULES + 1)]}) == [("/rules", "too_long")]


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.sampled_from(["test", "of", "rules", "requires", "key", "clause", "values", "exceptions", "when"])
            | st.text(),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


@settings(max_examples=300, deadline=2000)
@given(odd)
def test_odd_content_is_refused_and_breaks_nothing(content: Any) -> None:
    faults(content)
    faults({"rules": [rule("odd", content)]})
    faults({"rules": content, "reads": content, "examples": content})


@pytest.mark.parametrize(
    "words",
    ["__import__('os').system('x')", "{0.__class__.__mro__}", "{sex}", "%s%n", "${jndi:x}", "'; DROP TABLE rules; --"],
)
def test_words_stay_words(words: str) -> None:
    """Whatever stands in a text, a field's name or a value is shown and compared, never run or filled in."""
    field = {"test": "choice", "field": words, "label": text(words), "values": [words]}
    kept = rules(rule("words", field, exceptions=[{**women(BORN), "clause": text(words)}]))
    found = verdict(kept, sex="male", form={words: words})
    assert (found.answer, found.rules[0].needed.en) == ("eligible", f"“{words}” is {words}")


def test_a_rule_in_plain_words() -> None:
    kept = rules(
        rule(
            "age",
            {"test": "all", "of": [BORN, {"test": "not", "of": {"test": "any", "of": [WOMEN, {**BORN}]}}]},
            exceptions=[
                women({"test": "age", "on": "2026-06-30", "at_least": 18, "at_most": 45}),
                {**women(), "key": "b"},
            ],
        )
    ).rules[0]
    assert rule_in_words(kept).zh == (
        "须满足：1986年1月1日（含）以后出生，且（性别不属于女，且1986年1月1日以前（不含当日）出生）。"
        "例外：性别为女的，截至2026年6月30日年龄为18至45周岁。例外：性别为女的，不受此限。"
    )
    assert rule_in_words(kept).en == (
        "Required: born on or after 1 January 1986 and (sex is not female and born before 1 January 1986). "
        "Except where sex is female: 18 to 45 years old on 30 June 2026. Except where sex is female: nothing is required."
    )


def test_fields_that_rules_look_at() -> None:
    dated = {"test": "date", "field": "until", "not_before": {"field": "since"}, "not_after": {"on": "2026-01-01"}}
    kept = RuleSet.model_validate(
        {
            "rules": [
                rule("a", {"test": "not", "of": dated}, exceptions=[women(when={"test": "given", "field": "box"})])
            ],
            "reads": {"born_on": "birth", "members": "team/unit"},
        }
    )
    assert fields_named(kept) == {"until", "since", "box", "birth", "team"}


def test_rules_survive_being_written_and_read_again() -> None:
    kept = rules(rule("a", nested(4, "any"), exceptions=[women(BORN)]))
    assert RuleSet.model_validate(json.loads(kept.model_dump_json())) == kept
    assert kept.rules[0].requires == kept.model_copy().rules[0].requires
    assert Condition is not None
