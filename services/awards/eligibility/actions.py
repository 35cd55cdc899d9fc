"""What is done with rules of eligibility: written for a programme or a cycle, amended, and decided by."""

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from services.awards.cycles import actions as cycles
from services.awards.cycles.definitions import Definition
from services.awards.cycles.models import Cycle
from services.awards.eligibility.evaluation import evaluate
from services.awards.eligibility.facts import Facts
from services.awards.eligibility.models import Decision
from services.awards.eligibility.queries import rules_of
from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.rules import Purpose, Verdict
from services.awards.eligibility.schemas import AmendRulesIn
from services.awards.programmes import actions as programmes
from services.awards.programmes.models import Programme
from shared.backend import Written
from shared.caller import Caller
from shared.db import calendar_of, write_late

_VERDICT = TypeAdapter(Verdict)
_KEEP = Decision.metadata.tables[Decision.__tablename__].insert()


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
    definition: Definition,
    subject_id: str,
    purpose: Purpose,
    facts: Facts,
) -> Verdict:
    """Decide by the rules in the definition that holds, and keep the answer with the facts; raise `NoRulesYet`.

    The caller's right to it is the matter of who asks for the decision: a submission, or a check.
    """
    verdict = evaluate(rules_of(definition), facts, calendar_of(tx))
    decision = {
        "cycle_id": cycle.id,
        "subject_id": subject_id,
        "purpose": purpose.value,
        "definition": definition.number,
        "facts": facts.model_dump(mode="json", exclude_unset=True),
        "answer": verdict.answer.value,
        "verdict": Written(_VERDICT.dump_json(verdict).decode()),
        "decided_at": now,
        "decided_by": caller.account_id,
    }
    write_late(tx, _KEEP, [decision])
    cycles.note(
        tx, caller, cycle, "eligibility.decided",
        nomination=subject_id, purpose=purpose.value, answer=verdict.answer.value, definition=definition.number,
    )  # fmt: skip
    return verdict
