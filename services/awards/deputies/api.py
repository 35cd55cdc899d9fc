"""Routes of deputies: `/api/awards/deputies`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.awards.deputies import actions
from services.awards.deputies.queries import get_deputy, list_deputies
from services.awards.deputies.schemas import DeputyFilter, DeputyId, DeputyIn, DeputyOut
from shared.paging import Page
from shared.web import CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/deputies", tags=["deputies"])


@router.get("")
@reads
def get_deputies(tx: Session, caller: CallerDep, now: Now, query: Annotated[DeputyFilter, Query()]) -> Page[DeputyOut]:
    """List who stands in at one's units, and for whom one stands in."""
    return list_deputies(tx, caller, query, now)


@router.post("", status_code=201)
@writes
def post_deputy(tx: Session, caller: CallerDep, now: Now, body: DeputyIn) -> DeputyOut:
    """Let a colleague of the unit stand in for oneself."""
    return DeputyOut.model_validate(actions.name_deputy(tx, caller, now, body))


@router.get("/{leave_id}")
@reads
def get_one_deputy(tx: Session, caller: CallerDep, leave_id: DeputyId) -> DeputyOut:
    """Read one."""
    return DeputyOut.model_validate(get_deputy(tx, caller, leave_id))


@router.post("/{leave_id}/end")
@writes
def end_deputy(tx: Session, caller: CallerDep, now: Now, leave_id: DeputyId, version: IfMatch) -> DeputyOut:
    """Let a colleague stand in no longer."""
    return DeputyOut.model_validate(actions.end_deputy(tx, caller, now, leave_id, version))
