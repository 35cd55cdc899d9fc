"""Routes of grants: `/api/directory/grants`. They are given at `/api/directory/accounts/{id}/grants`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from sqlalchemy.orm import Session

from services.directory.grants.actions import withdraw_grant
from services.directory.grants.queries import get_grant, list_grants
from services.directory.grants.schemas import GrantFilter, GrantOut
from shared.paging import Page
from shared.web import CallerDep, Now, reads, writes

router = APIRouter(prefix="/grants", tags=["grants"])
GrantId = Annotated[str, Path(max_length=80)]


@router.get("")
@reads
def get_grants(tx: Session, caller: CallerDep, now: Now, query: Annotated[GrantFilter, Query()]) -> Page[GrantOut]:
    """List one's own grants, and those at what one administers."""
    return list_grants(tx, caller, query, now)


@router.get("/{grant_id}")
@reads
def get_one_grant(tx: Session, caller: CallerDep, grant_id: GrantId) -> GrantOut:
    """Return a grant."""
    return GrantOut.model_validate(get_grant(tx, caller, grant_id))


@router.post("/{grant_id}/withdraw")
@writes
def post_withdraw(tx: Session, caller: CallerDep, now: Now, grant_id: GrantId) -> GrantOut:
    """End a grant at once."""
    return GrantOut.model_validate(withdraw_grant(tx, caller, grant_id, now))
