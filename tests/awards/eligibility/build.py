"""Rules, facts and answers as the tests of eligibility write them."""

from typing import Any

from services.awards.eligibility.evaluation import evaluate
from services.awards.eligibility.facts import Facts
from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.rules import RuleAnswer, Verdict
from shared.workdays import announced

CALENDAR = announced()
Json = dict[str, Any]

WOMEN = {"test": "among", "fact": "sex", "values": ["female"]}


def text(words: str) -> dict[str, str]:
    """Return the same words in both languages."""
    return {"zh": words, "en": words}


def rule(key: str, requires: Json, **more: Any) -> Json:
    """Return a rule of article 4."""
    authority = {"document": text("Charter"), "article": text("4")}
    return {"key": key, "clause": text(f"Clause of {key}"), "authority": authority, "requires": requires, **more}


def women(requires: Json | None = None, when: Json = WOMEN) -> Json:
    """Return the exception for women."""
    return {"key": "women", "clause": text("Women"), "when": when, "requires": requires}


def rules(*each: Json) -> RuleSet:
    """Return a set of rules."""
    return RuleSet.model_validate({"rules": each})


def facts(**known: Any) -> Facts:
    """Return facts."""
    return Facts.model_validate(known)


def verdict(each: Json | RuleSet, **known: Any) -> Verdict:
    """Return what one rule, or a set of them, says of a candidate."""
    return evaluate(each if isinstance(each, RuleSet) else rules(each), facts(**known), CALENDAR)


def answer(requires: Json, **known: Any) -> RuleAnswer:
    """Return what a rule with this condition says."""
    return verdict(rule("only", requires), **known).rules[0]


def told(requires: Json, **known: Any) -> str:
    """Return only how it came out."""
    return answer(requires, **known).answer.value
