"""Routes of a draft's conflicts."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.events.acceptances import actions, queries
from services.events.acceptances.schemas import AcceptedOut, AcceptIn, ConflictsOut
from services.events.editions.schemas import Ref
from services.events.schedule.queries.draft import get_draft
from shared.schema import Id
from shared.web import CallerDep, Now, reads, writes

router = APIRouter(prefix="/editions/{ref}/conflicts", tags=["conflicts"])


@router.get("")
@reads
def list_conflicts(tx: Session, caller: CallerDep, ref: Ref) -> ConflictsOut:
    """List what stands against the draft, by kind, gravest first."""
    return queries.get_conflicts(tx, get_draft(tx, caller, ref))


@router.get("/accepted")
@reads
def list_accepted(tx: Session, caller: CallerDep, ref: Ref) -> list[AcceptedOut]:
    """List the conflicts that somebody let stand, those included that are not there any more."""
    edition = get_draft(tx, caller, ref)
    return [AcceptedOut.model_validate(row) for row in queries.list_accepted(tx, edition.id).values()]


@router.post("/accepted", status_code=201)
@writes
def accept_conflict(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: AcceptIn) -> AcceptedOut:
    """Let a conflict stand, with a reason."""
    return AcceptedOut.model_validate(actions.accept_conflict(tx, caller, ref, body, now))


@router.delete("/accepted/{acceptance_id}", status_code=204)
@writes
def withdraw_acceptance(tx: Session, caller: CallerDep, ref: Ref, acceptance_id: Id) -> None:
    """Take back that a conflict may stand."""
    actions.withdraw_acceptance(tx, caller, ref, acceptance_id)
