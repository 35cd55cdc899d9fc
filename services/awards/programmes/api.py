"""Routes of programmes: `/api/awards/programmes` and the loading of a catalogue."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.awards.programmes import actions
from services.awards.programmes.queries import definition_out, get_programme, get_run, list_programmes, out_of
from services.awards.programmes.schemas import (
    CopyIn,
    DefinitionOut,
    DefinitionPatch,
    ProgrammeFilter,
    ProgrammeIn,
    ProgrammeOut,
    ProgrammePatch,
    ProgrammesIn,
    ProgrammesOut,
    Ref,
)
from shared.editing import DeedOut, history
from shared.paging import Page
from shared.web import CallerDep, IfMatch, reads, writes

router = APIRouter(tags=["programmes"])


@router.get("/programmes")
@reads
def get_programmes(tx: Session, query: Annotated[ProgrammeFilter, Query()]) -> Page[ProgrammeOut]:
    """List programmes."""
    return list_programmes(tx, query)


@router.post("/programmes", status_code=201)
@writes
def post_programme(tx: Session, caller: CallerDep, body: ProgrammeIn) -> ProgrammeOut:
    """Open a programme."""
    return out_of(actions.open_programme(tx, caller, body))


@router.get("/programmes/{ref}")
@reads
def get_one_programme(tx: Session, ref: Ref) -> ProgrammeOut:
    """Read a programme, named by its id or its slug."""
    return out_of(get_programme(tx, ref))


@router.patch("/programmes/{ref}")
@writes
def patch_programme(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: ProgrammePatch) -> ProgrammeOut:
    """Change what a programme is."""
    return out_of(actions.change_programme(tx, caller, ref, version, body))


@router.delete("/programmes/{ref}", status_code=204)
@writes
def delete_programme(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch) -> None:
    """Remove a programme that has no cycles."""
    actions.remove_programme(tx, caller, ref, version)


@router.post("/programmes/{ref}/copy", status_code=201)
@writes
def post_copy(tx: Session, caller: CallerDep, ref: Ref, body: CopyIn) -> ProgrammeOut:
    """Make a programme from a template, or like another."""
    return out_of(actions.copy_programme(tx, caller, ref, body))


@router.get("/programmes/{ref}/definition")
@reads
def get_definition(tx: Session, caller: CallerDep, ref: Ref) -> DefinitionOut:
    """Read the definition that the next cycle takes over; for its award office."""
    return definition_out(get_run(tx, caller, ref))


@router.patch("/programmes/{ref}/definition")
@writes
def patch_definition(
    tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: DefinitionPatch
) -> DefinitionOut:
    """Change the definition that the next cycle takes over."""
    return definition_out(actions.define(tx, caller, ref, version, body))


@router.get("/programmes/{ref}/history")
@reads
def get_programme_history(tx: Session, caller: CallerDep, ref: Ref) -> list[DeedOut]:
    """Read what was done to a programme; for its award office."""
    return history(tx, get_run(tx, caller, ref).id)


@router.post("/catalogue")
@writes
def post_catalogue(tx: Session, caller: CallerDep, body: ProgrammesIn) -> ProgrammesOut:
    """Make and change programmes as a catalogue names them; a second load of the same changes nothing."""
    return actions.load_catalogue(tx, caller, body)
