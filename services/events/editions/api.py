"""Routes of editions: `/api/events/editions`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.events.editions import actions
from services.events.editions.queries import get_edition, list_editions, out_of
from services.events.editions.rules import Deed
from services.events.editions.schemas import (
    ApproveIn,
    ApproveOut,
    EditionFilter,
    EditionIn,
    EditionOut,
    EditionPatch,
    Ref,
    StandingIn,
)
from shared.editing import DeedOut, history
from shared.paging import Page
from shared.web import AnybodyDep, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/editions", tags=["editions"])


@router.get("")
@reads
def get_editions(tx: Session, caller: AnybodyDep, query: Annotated[EditionFilter, Query()]) -> Page[EditionOut]:
    """List the editions that are public, and those that the caller works on."""
    return list_editions(tx, caller, query)


@router.post("", status_code=201)
@writes
def post_edition(tx: Session, caller: CallerDep, body: EditionIn) -> EditionOut:
    """Open an edition of a series."""
    return out_of(tx, caller, actions.open_edition(tx, caller, body))


@router.get("/{ref}")
@reads
def get_one_edition(tx: Session, caller: AnybodyDep, ref: Ref) -> EditionOut:
    """Read an edition, named by its id, its slug or a slug that it once had."""
    return out_of(tx, caller, get_edition(tx, caller, ref))


@router.patch("/{ref}")
@writes
def patch_edition(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: EditionPatch
) -> EditionOut:
    """Change an edition."""
    return out_of(tx, caller, actions.change_edition(tx, caller, now, ref, version, body))


@router.delete("/{ref}", status_code=204)
@writes
def delete_edition(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch) -> None:
    """Remove an edition that was never public."""
    actions.remove_edition(tx, caller, ref, version)


@router.get("/{ref}/history")
@reads
def get_edition_history(tx: Session, caller: CallerDep, ref: Ref) -> list[DeedOut]:
    """Read what was done to an edition; for those who organize it."""
    return history(tx, actions.get_managed(tx, caller, ref).id)


@router.post("/{ref}/approvals", status_code=201)
@writes
def post_approval(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: ApproveIn) -> ApproveOut:
    """Approve that somebody else does a deed, with exactly this content, to the edition as it stands."""
    return ApproveOut.model_validate(actions.approve(tx, caller, now, ref, body))


@router.post("/{ref}/open")
@writes
def open_edition(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch) -> EditionOut:
    """Start the work on a planned edition; it stays hidden from strangers."""
    return out_of(tx, caller, actions.take_step(tx, caller, now, ref, version, Deed.OPEN))


@router.post("/{ref}/publish")
@writes
def publish_edition(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch) -> EditionOut:
    """Make an edition public, with its dates and key dates."""
    return out_of(tx, caller, actions.take_step(tx, caller, now, ref, version, Deed.PUBLISH))


@router.post("/{ref}/start")
@writes
def start_edition(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch) -> EditionOut:
    """Note that a published edition is running."""
    return out_of(tx, caller, actions.take_step(tx, caller, now, ref, version, Deed.START))


@router.post("/{ref}/archive")
@writes
def archive_edition(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch) -> EditionOut:
    """Put a closed edition into the archive."""
    return out_of(tx, caller, actions.take_step(tx, caller, now, ref, version, Deed.ARCHIVE))


@router.post("/{ref}/reopen")
@writes
def reopen_edition(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch) -> EditionOut:
    """Take a closed edition back to running, or an archived one back to closed."""
    return out_of(tx, caller, actions.take_step(tx, caller, now, ref, version, Deed.REOPEN))


@router.post("/{ref}/postpone")
@writes
def postpone_edition(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: StandingIn
) -> EditionOut:
    """Postpone an edition, to new dates where they are known; what lies ahead becomes tentative."""
    return out_of(tx, caller, actions.put_standing(tx, caller, now, ref, version, Deed.POSTPONE, body))


@router.post("/{ref}/cancel")
@writes
def cancel_edition(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: StandingIn
) -> EditionOut:
    """Call an edition off; what lies ahead is cancelled."""
    return out_of(tx, caller, actions.put_standing(tx, caller, now, ref, version, Deed.CANCEL, body))


@router.post("/{ref}/resume")
@writes
def resume_edition(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: StandingIn
) -> EditionOut:
    """Hold a postponed or cancelled edition after all, on new dates where they are named."""
    return out_of(tx, caller, actions.put_standing(tx, caller, now, ref, version, Deed.RESUME, body))
