"""Routes of organisations: `/api/directory/organisations`."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.directory.organisations.actions import (
    add_name,
    change_organisation,
    close_organisation,
    merge_organisation,
    move_organisation,
    open_organisation,
    remove_name,
    rename_organisation,
    split_organisation,
)
from services.directory.organisations.queries import (
    get_organisation,
    list_organisations,
    list_past,
    out_of,
    states_of,
    way_to,
)
from services.directory.organisations.schemas import (
    AnyId,
    CloseIn,
    MergeIn,
    MoveIn,
    OrganisationFilter,
    OrganisationIn,
    OrganisationOut,
    OrganisationPatch,
    OtherNameIn,
    PastFilter,
    Ref,
    RenameIn,
    SplitIn,
    StateOut,
    Step,
)
from shared.editing import DeedOut, history
from shared.paging import Page
from shared.web import CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/organisations", tags=["organisations"])


@router.get("")
@reads
def get_organisations(
    tx: Session, caller: CallerDep, query: Annotated[OrganisationFilter, Query()]
) -> Page[OrganisationOut]:
    """List organisations by slug."""
    return list_organisations(tx, query)


@router.get("/past")
@reads
def get_past_organisations(tx: Session, caller: CallerDep, query: Annotated[PastFilter, Query()]) -> Page[StateOut]:
    """List the organisations as they were on a day."""
    return list_past(tx, query)


@router.post("", status_code=201)
@writes
def post_organisation(tx: Session, caller: CallerDep, body: OrganisationIn) -> OrganisationOut:
    """Open an organisation below another."""
    return out_of(tx, open_organisation(tx, caller, body))


@router.get("/{ref}")
@reads
def get_one_organisation(tx: Session, caller: CallerDep, ref: Ref) -> OrganisationOut:
    """Return an organisation, by id or slug."""
    return out_of(tx, get_organisation(tx, ref))


@router.get("/{ref}/path")
@reads
def get_path(tx: Session, caller: CallerDep, ref: Ref, on: date | None = None) -> list[Step]:
    """Return the organisations from the root down to this one, today or as they were on a day."""
    return way_to(tx, get_organisation(tx, ref), on)


@router.get("/{ref}/states")
@reads
def get_states(tx: Session, caller: CallerDep, ref: Ref) -> list[StateOut]:
    """Return what held of an organisation over time, the oldest first."""
    return [StateOut.model_validate(state) for state in states_of(tx, get_organisation(tx, ref).id)]


@router.get("/{ref}/history")
@reads
def get_history(tx: Session, caller: CallerDep, ref: Ref) -> list[DeedOut]:
    """Return what was done to an organisation, newest first."""
    return history(tx, get_organisation(tx, ref).id)


@router.patch("/{ref}")
@writes
def patch_organisation(
    tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: OrganisationPatch
) -> OrganisationOut:
    """Correct an organisation, as if it had always been so."""
    return out_of(tx, change_organisation(tx, caller, ref, version, body))


@router.post("/{ref}/rename")
@writes
def post_rename(
    tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, now: Now, body: RenameIn
) -> OrganisationOut:
    """Give a new name from a day on; the old one becomes a former name."""
    return out_of(tx, rename_organisation(tx, caller, ref, version, body.name, body.on, now))


@router.post("/{ref}/move")
@writes
def post_move(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, now: Now, body: MoveIn) -> OrganisationOut:
    """Put an organisation, with everything below it, under another parent."""
    return out_of(tx, move_organisation(tx, caller, ref, version, body.parent_id, body.on, now))


@router.post("/{ref}/merge")
@writes
def post_merge(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, now: Now, body: MergeIn) -> OrganisationOut:
    """End an organisation that another carries on; what is active below it goes below the other."""
    return out_of(tx, merge_organisation(tx, caller, ref, version, body.into_id, body.on, now))


@router.post("/{ref}/split")
@writes
def post_split(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, now: Now, body: SplitIn) -> OrganisationOut:
    """End an organisation that two or more others carry on."""
    return out_of(tx, split_organisation(tx, caller, ref, version, body.into_ids, body.on, now))


@router.post("/{ref}/close")
@writes
def post_close(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, now: Now, body: CloseIn) -> OrganisationOut:
    """End an organisation."""
    return out_of(tx, close_organisation(tx, caller, ref, version, body.on, now))


@router.post("/{ref}/names", status_code=201)
@writes
def post_name(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: OtherNameIn) -> OrganisationOut:
    """Add an alias or a former name."""
    return out_of(tx, add_name(tx, caller, ref, version, body))


@router.delete("/{ref}/names/{name_id}")
@writes
def delete_name(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, name_id: AnyId) -> OrganisationOut:
    """Remove an alias or a former name that was never right."""
    return out_of(tx, remove_name(tx, caller, ref, version, name_id))
