"""Routes of eligibility: the language of rules, trials, and the rules of programmes."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.awards.eligibility import actions
from services.awards.eligibility.queries import check, eligibility_of, language, rules_of, try_out
from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.rules import may_try
from services.awards.eligibility.schemas import CheckIn, EligibilityOut, LanguageOut, TrialsIn, TrialsOut, VerdictOut
from services.awards.programmes.queries import get_run
from services.awards.programmes.schemas import Ref
from shared.web import CallerDep, IfMatch, reads, writes

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
    return try_out(body)


@router.get("/programmes/{ref}/eligibility")
@reads
def get_eligibility(tx: Session, caller: CallerDep, ref: Ref) -> EligibilityOut:
    """Read the rules that the next cycle takes over; for its award office."""
    return eligibility_of(get_run(tx, caller, ref))


@router.put("/programmes/{ref}/eligibility")
@writes
def put_eligibility(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: RuleSet) -> EligibilityOut:
    """Write the rules that the next cycle takes over; its examples are tried, and warned of where they differ."""
    return eligibility_of(actions.write_rules(tx, caller, ref, version, body))


@router.post("/programmes/{ref}/eligibility/check")
@reads
def post_check(tx: Session, caller: CallerDep, ref: Ref, body: CheckIn) -> VerdictOut:
    """Hold a candidate against the rules of the next cycle; for its award office. Nothing is kept."""
    return VerdictOut.model_validate(check(rules_of(get_run(tx, caller, ref)), body))
