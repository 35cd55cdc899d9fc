"""Routes of nominations: `/api/awards/nominations`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.awards.nominations import actions
from services.awards.nominations.queries import find_nomination, list_nominations, list_revisions, out_for, out_of
from services.awards.nominations.schemas import (
    CodeNominationIn,
    IdentityIn,
    IdentityOut,
    NominationFilter,
    NominationId,
    NominationIn,
    NominationOut,
    NominationPatch,
    NominationRowOut,
    RevisionOut,
)
from shared.paging import Page, PageQuery
from shared.web import Answer, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/nominations", tags=["nominations"])


@router.get("")
@reads
def get_nominations(
    tx: Session, caller: CallerDep, query: Annotated[NominationFilter, Query()]
) -> Page[NominationRowOut]:
    """List the nominations of one's own units, those below them, those handed in to one's office, and one's own."""
    return list_nominations(tx, caller, query)


@router.post("", status_code=201)
@writes
def post_nomination(tx: Session, caller: CallerDep, now: Now, body: NominationIn) -> NominationOut:
    """Begin a nomination of a unit."""
    return out_for(tx, caller, actions.begin(tx, caller, now, body))


@router.post("/with-code", status_code=201)
@writes
def post_nomination_with_code(tx: Session, caller: CallerDep, now: Now, body: CodeNominationIn) -> NominationOut:
    """Begin one's own nomination with the code that a unit gave out."""
    return out_for(tx, caller, actions.begin_with_code(tx, caller, now, body))


@router.get("/{nomination_id}")
@reads
def get_one_nomination(tx: Session, caller: CallerDep, nomination_id: NominationId) -> NominationOut:
    """Read a nomination, as one's part in it allows."""
    return out_of(tx, caller, *find_nomination(tx, caller, nomination_id))


@router.patch("/{nomination_id}")
@writes
def patch_nomination(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, version: IfMatch, body: NominationPatch
) -> NominationOut:
    """Write in a nomination; what others wrote since the version that was read stays, and what both changed is refused."""
    return out_for(tx, caller, actions.write(tx, caller, now, nomination_id, version, body))


@router.delete("/{nomination_id}", status_code=204)
@writes
def delete_nomination(tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, version: IfMatch) -> None:
    """Remove a draft that was never handed in."""
    actions.remove(tx, caller, now, nomination_id, version)


@router.get("/{nomination_id}/revisions")
@reads
def get_revisions(
    tx: Session, caller: CallerDep, nomination_id: NominationId, query: Annotated[PageQuery, Query()]
) -> Page[RevisionOut]:
    """List what was changed in a nomination, by whom and when; for those who write in it."""
    return list_revisions(tx, caller, nomination_id, query)


@router.post("/{nomination_id}/identity")
@writes
def post_identity(
    tx: Session, caller: CallerDep, answer: Answer, nomination_id: NominationId, body: IdentityIn
) -> IdentityOut:
    """Open an identity number; it goes on record that one did, and why, and the answer is kept nowhere."""
    answer.headers["Cache-Control"] = "no-store"
    return IdentityOut(pointer=body.pointer, number=actions.open_identity(tx, caller, nomination_id, body))
