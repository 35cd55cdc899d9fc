"""What is done with rules of eligibility: they are written for a programme."""

from sqlalchemy.orm import Session

from services.awards.eligibility.rulebook import RuleSet
from services.awards.programmes.actions import put_parts
from services.awards.programmes.models import Programme
from shared.caller import Caller


def write_rules(tx: Session, caller: Caller, ref: str, version: int, body: RuleSet) -> Programme:
    """Give a programme these rules, for its next cycle to take over; raise `PreconditionFailed` for a stale version."""
    return put_parts(tx, caller, ref, version, {"eligibility": body.model_dump(mode="json", exclude_unset=True)})
