"""Let a conflict stand, or not any more."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.events.acceptances import queries
from services.events.acceptances.models import AcceptedConflict
from services.events.acceptances.rules import NoSuchConflict
from services.events.acceptances.schemas import AcceptIn
from services.events.schedule.actions import next_number, tell
from services.events.schedule.queries.draft import get_draft
from shared.audit import record
from shared.caller import Caller
from shared.errors import NotFound


def accept_conflict(tx: Session, caller: Caller, edition_id: str, body: AcceptIn, now: datetime) -> AcceptedConflict:
    """Let a conflict of the draft stand, with a reason; accepted again, the new reason counts."""
    edition = get_draft(tx, caller, edition_id)
    schedule = next_number(tx, edition.id)
    found = next((c for c in queries.list_conflicts(tx, edition) if c.key == body.key), None)
    if found is None:
        raise NoSuchConflict(key=body.key)
    accepted = queries.list_accepted(tx, edition.id).get(found.key)
    if accepted is None:
        accepted = AcceptedConflict(edition_id=edition.id, key=found.key, kind=found.kind)
        tx.add(accepted)
    accepted.reason, accepted.accepted_by, accepted.accepted_at = body.reason, caller.account_id, now
    record(tx, caller, "conflict.accepted", edition.id, key=found.key, reason=body.reason)
    tell(tx, caller, edition.id, "conflict", found.key, schedule.number)
    return accepted


def withdraw_acceptance(tx: Session, caller: Caller, edition_id: str, acceptance_id: str) -> None:
    """Take back that a conflict may stand."""
    edition = get_draft(tx, caller, edition_id)
    accepted = tx.get(AcceptedConflict, acceptance_id)
    if accepted is None or accepted.edition_id != edition.id:
        raise NotFound()
    tx.delete(accepted)
    record(tx, caller, "conflict.acceptance_withdrawn", edition.id, key=accepted.key)
    tell(tx, caller, edition.id, "conflict", accepted.key, next_number(tx, edition.id).number)
