"""Routes of memberships: `/api/directory/memberships`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.directory.memberships.actions import change_membership, end_membership, give_membership
from services.directory.memberships.queries import get_membership, list_memberships
from services.directory.memberships.schemas import (
    MembershipFilter,
    MembershipId,
    MembershipIn,
    MembershipOut,
    MembershipPatch,
)
from shared.editing import DeedOut, history
from shared.paging import Page
from shared.web import CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/memberships", tags=["memberships"])


@router.get("")
@reads
def get_memberships(
    tx: Session, caller: CallerDep, now: Now, query: Annotated[MembershipFilter, Query()]
) -> Page[MembershipOut]:
    """List one's own memberships, and those of what one administers."""
    return list_memberships(tx, caller, query, now)


@router.post("", status_code=201)
@writes
def post_membership(tx: Session, caller: CallerDep, now: Now, body: MembershipIn) -> MembershipOut:
    """Make an account a member of a society."""
    return MembershipOut.model_validate(give_membership(tx, caller, body, now))


@router.get("/{membership_id}")
@reads
def get_one_membership(tx: Session, caller: CallerDep, membership_id: MembershipId) -> MembershipOut:
    """Return a membership."""
    return MembershipOut.model_validate(get_membership(tx, caller, membership_id))


@router.get("/{membership_id}/history")
@reads
def get_membership_history(tx: Session, caller: CallerDep, membership_id: MembershipId) -> list[DeedOut]:
    """Return what was done to a membership, newest first."""
    return history(tx, get_membership(tx, caller, membership_id).id)


@router.patch("/{membership_id}")
@writes
def patch_membership(
    tx: Session, caller: CallerDep, membership_id: MembershipId, version: IfMatch, body: MembershipPatch
) -> MembershipOut:
    """Correct the number or the last day of a membership."""
    return MembershipOut.model_validate(change_membership(tx, caller, membership_id, version, body))


@router.post("/{membership_id}/end")
@writes
def post_end(tx: Session, caller: CallerDep, membership_id: MembershipId, version: IfMatch, now: Now) -> MembershipOut:
    """End a membership at once."""
    return MembershipOut.model_validate(end_membership(tx, caller, membership_id, version, now))
