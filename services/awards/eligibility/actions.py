"""What is done with rules of eligibility: written for a programme or a cycle, amended, and decided by."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.awards.cycles import actions as cycles
from services.awards.cycles.models import Cycle, CycleDefinition
from services.awards.eligibility.evaluation import evaluate
from services.awards.eligibility.models import Decision
from services.awards.eligibility.queries import facts_in, rules_in
from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.rules import Purpose
from services.awards.eligibility.schemas import AmendRulesIn, EligibilityCheckIn, VerdictOut
from services.awards.programmes import actions as programmes
from services.awards.programmes.models import Programme
from shared.caller import Caller
from shared.workdays import announced


def write_rules(tx: Session, caller: Caller, ref: str, version: int, body: RuleSet) -> Programme:
    """Give a programme these rules, for its next cycle to take over; raise `PreconditionFailed` for a stale version."""
    return programmes.put_parts(tx, caller, ref, version, _stored(body))


def write_cycle_rules(tx: Session, caller: Caller, ref: str, version: int, body: RuleSet) -> Cycle:
    """Give a cycle that was not announced these rules; raise `CycleStepForbidden`."""
    return cycles.put_parts(tx, caller, ref, version, _stored(body))


def amend_rules(tx: Session, caller: Caller, now: datetime, ref: str, version: int, body: AmendRulesIn) -> Cycle:
    """Let other rules hold in an announced cycle from a day on; raise `NothingAmended`, `CycleStepForbidden`."""
    said = {"effective_on": body.effective_on, "reason": body.reason, "notice": body.notice}
    return cycles.put_amendment(tx, caller, now, ref, version, _stored(body.rules), **said)


def _stored(rules: RuleSet) -> dict[str, Any]:
    return {"eligibility": rules.model_dump(mode="json", exclude_unset=True)}


def decide(
    tx: Session,
    caller: Caller,
    now: datetime,
    cycle: Cycle,
    definition: CycleDefinition,
    subject_id: str,
    purpose: Purpose,
    body: EligibilityCheckIn,
) -> Decision:
    """Decide by the rules in the definition that holds, and keep the answer with the facts; raise `NoRulesYet`.

    The caller's right to it is the matter of who asks for the decision: a submission, or a check.
    """
    rules = rules_in(definition.content)
    seen = facts_in(rules, body)
    verdict = VerdictOut.model_validate(evaluate(rules, seen, announced()))
    decision = Decision(
        cycle_id=cycle.id,
        subject_id=subject_id,
        purpose=purpose.value,
        definition=definition.number,
        facts=seen.model_dump(mode="json", exclude_unset=True),
        answer=verdict.answer.value,
        verdict=verdict.model_dump(mode="json"),
        decided_at=now,
        decided_by=caller.account_id,
    )
    tx.add(decision)
    tx.flush()
    cycles.note(
        tx, caller, cycle, "eligibility.decided",
        nomination=subject_id, purpose=purpose.value, answer=verdict.answer.value, definition=definition.number,
    )  # fmt: skip
    return decision
