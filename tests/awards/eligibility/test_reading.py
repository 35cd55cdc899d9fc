"""Facts out of a form that is still being filled in."""

from typing import Any

from services.awards.eligibility.reading import facts_of
from services.awards.eligibility.rulebook import RuleSet
from tests.awards.eligibility.build import rule

BOX = {"test": "flag", "field": "box"}
NUMBER = {"test": "given", "field": "identity_number"}
READS = {
    "born_on": "birth", "sex": "sex", "region": "region", "achievements": "works/date", "members": "team/unit",
    "co_nominators": "supporters",
}  # fmt: skip
RULES = RuleSet.model_validate(
    {"rules": [rule("box", BOX), rule("number", NUMBER)], "reads": READS},
)


def told(**answers: Any) -> dict[str, Any]:
    """Return what a form says."""
    return facts_of(RULES, answers, {}).model_dump(mode="json", exclude_unset=True)


def test_a_form_tells_facts_where_the_rules_say_that_they_stand() -> None:
    works = [{"date": "2024-01-01", "title": "A"}, {"date": ""}, {"title": "no date yet"}, "odd"]
    team = [{"unit": "u"}, {"unit": ""}, {"name": "of nowhere"}]
    assert told(birth="1986-01-01", sex="female", works=works, team=team, supporters=["v"], box=True) == {
        "born_on": "1986-01-01",
        "sex": "female",
        "achievements": ["2024-01-01"],
        "members": [{"unit": "u"}, {"unit": None}, {"unit": None}],
        "co_nominators": [{"unit": "v"}],
        "form": {"box": True},
    }


def test_what_cannot_be_read_yet_is_not_known_yet() -> None:
    assert told(birth="1986-13-01", sex="?", region=[], works=[{"date": "soon"}], team=5, box={"a": 1}) == {"form": {}}
    assert told(birth="1986-01-01", sex=None, works=None, box=10**30) == {"born_on": "1986-01-01", "form": {}}
    assert told() == {"form": {}}


def test_nothing_of_the_form_goes_along_that_the_rules_do_not_compare() -> None:
    assert told(identity_number="110101198601010000", phone="13800000000", box=False) == {
        "form": {"box": False, "identity_number": True}
    }
    assert told(identity_number="") == {"form": {}}


def test_what_is_known_wins_over_what_the_form_says() -> None:
    facts = facts_of(RULES, {"birth": "1970-01-01"}, {"born_on": "1986-01-01", "year": 2026})
    assert (facts.model_dump(mode="json", exclude_unset=True)) == {
        "born_on": "1986-01-01", "year": 2026, "form": {},
    }  # fmt: skip
