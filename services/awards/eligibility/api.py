"""Routes of eligibility: the language of rules, trials, the rules of programmes and cycles, decisions."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.awards.cycles.queries import definition_at, get_cycle
from services.awards.cycles.queries import get_run as get_run_cycle
from services.awards.cycles.schemas import DefinitionQuery
from services.awards.eligibility import actions
from services.awards.eligibility.queries import (
    check,
    eligibility_in,
    eligibility_of,
    language,
    list_decisions,
    rules_in,
    try_out,
)
from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.rules import may_try
from services.awards.eligibility.schemas import (
    AmendRulesIn,
    CycleEligibilityOut,
    DecisionFilter,
    DecisionOut,
    EligibilityCheckIn,
    EligibilityOut,
    LanguageOut,
    TrialsIn,
    TrialsOut,
    VerdictOut,
)
from services.awards.programmes.queries import definition_of, get_run
from services.awards.programmes.schemas import Ref
from shared.paging import Page
from shared.web import AnybodyDep, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(tags=["eligibility"])


@router.get("/eligibility/language")
@reads
def get_language(tx: Session) -> LanguageOut:
    """Read the JSON Schema of rules and of facts, with the names of both."""
    return language()


@router.post("/eligibility/trials")
@reads
def post_trials(tx: Session, caller: CallerDep, body: TrialsIn) -> TrialsOut:
    """Try rules on up to 200 candidates, and read them in plain words; nothing is kept."""
    may_try(caller)
    return try_out(tx, body)


@router.get("/programmes/{ref}/eligibility")
@reads
def get_eligibility(tx: Session, caller: CallerDep, ref: Ref) -> EligibilityOut:
    """Read the rules that the next cycle takes over; for its award office."""
    return eligibility_of(tx, get_run(tx, caller, ref))


@router.put("/programmes/{ref}/eligibility")
@writes
def put_eligibility(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: RuleSet) -> EligibilityOut:
    """Write the rules that the next cycle takes over; its examples are tried, and warned of where they differ."""
    return eligibility_of(tx, actions.write_rules(tx, caller, ref, version, body))


@router.post("/programmes/{ref}/eligibility/check")
@reads
def post_check(tx: Session, caller: CallerDep, ref: Ref, body: EligibilityCheckIn) -> VerdictOut:
    """Hold a candidate against the rules of the next cycle; for its award office. Nothing is kept."""
    return VerdictOut.model_validate(check(tx, rules_in(definition_of(get_run(tx, caller, ref))), body))


@router.get("/cycles/{ref}/eligibility")
@reads
def get_cycle_eligibility(
    tx: Session, caller: AnybodyDep, ref: Ref, query: Annotated[DefinitionQuery, Query()]
) -> CycleEligibilityOut:
    """Read the rules of a cycle, as they are or as they were in an earlier definition."""
    return eligibility_in(tx, get_cycle(tx, caller, ref), query.number)


@router.put("/cycles/{ref}/eligibility")
@writes
def put_cycle_eligibility(
    tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: RuleSet
) -> CycleEligibilityOut:
    """Write the rules of a cycle that was not announced."""
    return eligibility_in(tx, actions.write_cycle_rules(tx, caller, ref, version, body))


@router.post("/cycles/{ref}/eligibility/amendments", status_code=201)
@writes
def post_amended_rules(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: AmendRulesIn
) -> CycleEligibilityOut:
    """Amend the rules of an announced cycle, from a day on, with a reason; what was decided before stays as it was."""
    return eligibility_in(tx, actions.amend_rules(tx, caller, now, ref, version, body))


@router.post("/cycles/{ref}/eligibility/check")
@reads
def post_cycle_check(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: EligibilityCheckIn) -> VerdictOut:
    """Hold a candidate against the rules that hold in a cycle now, while a form is filled in. Nothing is kept."""
    definition = definition_at(tx, get_cycle(tx, caller, ref), now)
    return VerdictOut.model_validate(check(tx, rules_in(definition.content), body))


@router.get("/cycles/{ref}/eligibility/decisions")
@reads
def get_decisions(
    tx: Session, caller: CallerDep, ref: Ref, query: Annotated[DecisionFilter, Query()]
) -> Page[DecisionOut]:
    """List what was decided in a cycle, with the facts that were seen; for its award office."""
    return list_decisions(tx, get_run_cycle(tx, caller, ref), query)
