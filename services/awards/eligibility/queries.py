"""Rules of eligibility as they are stored and answered, and what they say of a candidate."""

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.awards.cycles.definitions import Definition
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import get_definition
from services.awards.eligibility.evaluation import evaluate
from services.awards.eligibility.facts import Facts
from services.awards.eligibility.models import Decision
from services.awards.eligibility.names import FACTS, WORDS
from services.awards.eligibility.reading import facts_of
from services.awards.eligibility.rulebook import MOST_TESTS, RuleSet
from services.awards.eligibility.rules import NoRulesYet, TrialTooLarge, Verdict, Warned
from services.awards.eligibility.schemas import (
    CycleEligibilityOut,
    DecisionFilter,
    DecisionOut,
    EligibilityCheckIn,
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
from services.awards.programmes.queries import definition_of
from shared.db import calendar_of
from shared.paging import Page, paginate
from shared.workdays import WorkCalendar


@cache
def language() -> LanguageOut:
    """Return the language of rules, for editors."""
    return LanguageOut(rules=RuleSet.model_json_schema(), facts=Facts.model_json_schema(), names=FACTS, words=WORDS)


def rules_in(definition: Mapping[str, Any]) -> RuleSet:
    """Return the rules in a definition; raise `NoRulesYet`."""
    if definition.get("eligibility") is None:
        raise NoRulesYet()
    return _read(json.dumps(definition["eligibility"]))


def rules_of(definition: Definition) -> RuleSet:
    """Return the rules in the definition of a cycle; raise `NoRulesYet`."""
    return definition.made(rules_in)


@lru_cache(maxsize=256)
def _read(written: str) -> RuleSet:
    """Read rules once: the same are asked for by every submission of a cycle."""
    return RuleSet.model_validate_json(written)


def eligibility_of(tx: Session, programme: Programme) -> EligibilityOut:
    """Return the rules of a programme as they are answered."""
    return EligibilityOut(**_told(definition_of(programme), programme.version, calendar_of(tx)))


def eligibility_in(tx: Session, cycle: Cycle, number: int | None = None) -> CycleEligibilityOut:
    """Return the rules of a cycle's definition as they are answered, of the latest where no number is named."""
    found = get_definition(tx, cycle, number)
    told = _told(found.content, cycle.version, calendar_of(tx))
    return CycleEligibilityOut(**told, number=found.number, effective_on=found.effective_on)


def _told(definition: Mapping[str, Any], version: int, calendar: WorkCalendar) -> dict[str, Any]:
    if definition.get("eligibility") is None:
        return {"rules": None, "words": [], "warnings": [], "version": version}
    rules = rules_in(definition)
    warnings = told_warnings(warnings_of(rules, definition["categories"], calendar))
    return {"rules": definition["eligibility"], "words": words_of(rules), "warnings": warnings, "version": version}


def words_of(rules: RuleSet) -> list[RuleWordsOut]:
    """Return every rule in plain words."""
    return [RuleWordsOut(key=rule.key, words=rule_in_words(rule)) for rule in rules.rules]


def told_warnings(warnings: Sequence[Warned]) -> list[WarnedOut]:
    """Return warnings as they are answered."""
    return [WarnedOut.model_validate(warning) for warning in warnings]


def check(tx: Session, rules: RuleSet, body: EligibilityCheckIn) -> Verdict:
    """Return what rules say of a candidate of whom this is known; nothing is kept."""
    return evaluate(rules, facts_in(rules, body), calendar_of(tx))


def facts_in(rules: RuleSet, body: EligibilityCheckIn) -> Facts:
    """Return the facts of a candidate, those that rules read in the form among them."""
    known = body.facts.model_dump(exclude_none=True, exclude={"form"})
    return facts_of(rules, {**body.answers, **body.facts.form}, known)


def list_decisions(tx: Session, cycle: Cycle, query: DecisionFilter) -> Page[DecisionOut]:
    """Return one page of what was decided in a cycle, the newest first."""
    statement = select(Decision).where(Decision.cycle_id == cycle.id)
    if query.subject:
        statement = statement.where(Decision.subject_id == query.subject)
    if query.purpose:
        statement = statement.where(Decision.purpose == query.purpose)
    if query.answer:
        statement = statement.where(Decision.answer == query.answer)
    rows, following, total = paginate(tx, statement, query, Decision.id, descending=True)
    return Page(items=[DecisionOut.model_validate(row) for row in rows], next=following, total=total)


def try_out(tx: Session, body: TrialsIn) -> TrialsOut:
    """Return what rules say of candidates, and of their own examples; raise `TrialTooLarge`."""
    if not body.rules.can_be_tried_on(len(body.candidates)):
        raise TrialTooLarge(most=MOST_TESTS)
    calendar, trials = calendar_of(tx), []
    for candidate in body.candidates:
        verdict = evaluate(body.rules, candidate.facts, calendar)
        differs = candidate.expected not in (None, verdict.answer)
        trials.append(
            TrialOut(
                name=candidate.name,
                verdict=VerdictOut.model_validate(verdict),
                expected=candidate.expected,
                differs=differs,
            )
        )
    warnings = warnings_of(body.rules, None, calendar)
    return TrialsOut(words=words_of(body.rules), warnings=told_warnings(warnings), trials=trials)
