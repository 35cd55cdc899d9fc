"""Rules of eligibility as they are stored and answered, and what they say of a candidate."""

from collections.abc import Sequence
from functools import cache

from services.awards.eligibility.evaluation import evaluate
from services.awards.eligibility.facts import Facts
from services.awards.eligibility.names import FACTS, WORDS
from services.awards.eligibility.reading import facts_of
from services.awards.eligibility.rulebook import MOST_TESTS, RuleSet
from services.awards.eligibility.rules import NoRulesYet, TrialTooLarge, Verdict, Warned
from services.awards.eligibility.schemas import (
    CheckIn,
    EligibilityOut,
    LanguageOut,
    RuleWordsOut,
    TrialOut,
    TrialsIn,
    TrialsOut,
    VerdictOut,
    WarnedOut,
)
from services.awards.eligibility.trying import warnings_of
from services.awards.eligibility.wording import rule_in_words
from services.awards.programmes.models import Programme
from shared.workdays import announced


@cache
def language() -> LanguageOut:
    """Return the language of rules, for editors."""
    return LanguageOut(rules=RuleSet.model_json_schema(), facts=Facts.model_json_schema(), names=FACTS, words=WORDS)


def rules_of(programme: Programme) -> RuleSet:
    """Return the rules that a programme has written; raise `NoRulesYet`."""
    if programme.eligibility is None:
        raise NoRulesYet()
    return RuleSet.model_validate(programme.eligibility)


def eligibility_of(programme: Programme) -> EligibilityOut:
    """Return the rules of a programme as they are answered."""
    if programme.eligibility is None:
        return EligibilityOut(rules=None, words=[], warnings=[], version=programme.version)
    rules = rules_of(programme)
    warnings = warnings_of(rules, programme.categories, announced())
    return EligibilityOut(
        rules=rules, words=words_of(rules), warnings=told_warnings(warnings), version=programme.version
    )


def words_of(rules: RuleSet) -> list[RuleWordsOut]:
    """Return every rule in plain words."""
    return [RuleWordsOut(key=rule.key, words=rule_in_words(rule)) for rule in rules.rules]


def told_warnings(warnings: Sequence[Warned]) -> list[WarnedOut]:
    """Return warnings as they are answered."""
    return [WarnedOut.model_validate(warning) for warning in warnings]


def check(rules: RuleSet, body: CheckIn) -> Verdict:
    """Return what rules say of a candidate of whom this is known, now; nothing is kept."""
    known = body.facts.model_dump(exclude_none=True, exclude={"form"})
    read = facts_of(rules.reads, {**body.answers, **body.facts.form}, known)
    return evaluate(rules, read, announced())


def try_out(body: TrialsIn) -> TrialsOut:
    """Return what rules say of candidates, and of their own examples; raise `TrialTooLarge`."""
    if not body.rules.can_be_tried_on(len(body.candidates)):
        raise TrialTooLarge(most=MOST_TESTS)
    trials = []
    for candidate in body.candidates:
        verdict = evaluate(body.rules, candidate.facts, announced())
        differs = candidate.expected not in (None, verdict.answer)
        trials.append(
            TrialOut(
                name=candidate.name,
                verdict=VerdictOut.model_validate(verdict),
                expected=candidate.expected,
                differs=differs,
            )
        )
    warnings = warnings_of(body.rules, None, announced())
    return TrialsOut(words=words_of(body.rules), warnings=told_warnings(warnings), trials=trials)
