"""Routes of cycles: `/api/awards/cycles`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.awards.cycles import actions
from services.awards.cycles.queries import (
    definition_at,
    definition_out,
    get_cycle,
    get_run,
    list_amendments,
    list_cycles,
    out_of,
)
from services.awards.cycles.rules import Deed
from services.awards.cycles.schemas import (
    AmendmentIn,
    AmendmentOut,
    CycleDefinitionOut,
    CycleFilter,
    CycleIn,
    CycleOut,
    CyclePatch,
    DeedIn,
    DefinitionQuery,
    Ref,
)
from services.awards.programmes.schemas import PartsPatch
from shared.editing import DeedOut, history
from shared.paging import Page, PageQuery
from shared.web import AnybodyDep, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/cycles", tags=["cycles"])


@router.get("")
@reads
def get_cycles(tx: Session, caller: AnybodyDep, query: Annotated[CycleFilter, Query()]) -> Page[CycleOut]:
    """List the cycles that are announced, and those of one's own award office."""
    return list_cycles(tx, caller, query)


@router.post("", status_code=201)
@writes
def post_cycle(tx: Session, caller: CallerDep, now: Now, body: CycleIn) -> CycleOut:
    """Prepare a cycle of a programme, with a copy of its definition."""
    return out_of(tx, actions.open_draft(tx, caller, now, body))


@router.get("/{ref}")
@reads
def get_one_cycle(tx: Session, caller: AnybodyDep, ref: Ref) -> CycleOut:
    """Read a cycle, named by its id or its slug."""
    return out_of(tx, get_cycle(tx, caller, ref))


@router.patch("/{ref}")
@writes
def patch_cycle(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: CyclePatch) -> CycleOut:
    """Change what a cycle is called."""
    return out_of(tx, actions.change_cycle(tx, caller, now, ref, version, body))


@router.get("/{ref}/history")
@reads
def get_cycle_history(tx: Session, caller: CallerDep, ref: Ref) -> list[DeedOut]:
    """Read what was done to a cycle and what belongs to it; for its award office."""
    return history(tx, get_run(tx, caller, ref).id)


@router.get("/{ref}/definition")
@reads
def get_cycle_definition(
    tx: Session, caller: AnybodyDep, now: Now, ref: Ref, query: Annotated[DefinitionQuery, Query()]
) -> CycleDefinitionOut:
    """Read the definition that holds in a cycle today, or another by its number."""
    cycle = get_cycle(tx, caller, ref)
    return definition_out(tx, cycle, query.number or definition_at(tx, cycle, now).number)


@router.patch("/{ref}/definition")
@writes
def patch_cycle_definition(
    tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: PartsPatch
) -> CycleDefinitionOut:
    """Change the definition of a cycle that was not announced."""
    return definition_out(tx, actions.define(tx, caller, ref, version, body))


@router.post("/{ref}/definition/take-over")
@writes
def take_over(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch) -> CycleDefinitionOut:
    """Let a cycle that was not announced take over its programme's definition as it is by now."""
    return definition_out(tx, actions.take_over(tx, caller, ref, version))


@router.get("/{ref}/amendments")
@reads
def get_amendments(
    tx: Session, caller: AnybodyDep, ref: Ref, query: Annotated[PageQuery, Query()]
) -> Page[AmendmentOut]:
    """List the amendments of a cycle."""
    return list_amendments(tx, get_cycle(tx, caller, ref), query)


@router.post("/{ref}/amendments", status_code=201)
@writes
def post_amendment(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: AmendmentIn
) -> CycleDefinitionOut:
    """Amend what was announced, from a day on, with a reason and a notice."""
    return definition_out(tx, actions.amend(tx, caller, now, ref, version, body))


@router.post("/{ref}/rehearsals", status_code=201)
@writes
def post_rehearsal(tx: Session, caller: CallerDep, now: Now, ref: Ref) -> CycleOut:
    """Make a copy of a cycle to go through as if in earnest; removing it removes everything that came of it."""
    return out_of(tx, actions.rehearse(tx, caller, now, ref))


@router.post("/{ref}/open")
@writes
def open_cycle(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch) -> CycleOut:
    """Announce a cycle: everybody sees it, and its dates stand in calendars."""
    return out_of(tx, actions.take_step(tx, caller, now, ref, version, Deed.OPEN))


@router.post("/{ref}/close")
@writes
def close_cycle(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch) -> CycleOut:
    """Close the call of a cycle whose last deadline has passed."""
    return out_of(tx, actions.take_step(tx, caller, now, ref, version, Deed.CLOSE))


@router.post("/{ref}/reopen")
@writes
def reopen_cycle(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: DeedIn) -> CycleOut:
    """Open a closed call again, so that a deadline can be put off."""
    return out_of(tx, actions.take_step(tx, caller, now, ref, version, Deed.REOPEN, body))


@router.post("/{ref}/conclude")
@writes
def conclude_cycle(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch) -> CycleOut:
    """Note that a cycle is over."""
    return out_of(tx, actions.take_step(tx, caller, now, ref, version, Deed.CONCLUDE))


@router.post("/{ref}/cancel")
@writes
def cancel_cycle(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: DeedIn) -> CycleOut:
    """Call an announced cycle off; what lies ahead of it in calendars is cancelled."""
    return out_of(tx, actions.take_step(tx, caller, now, ref, version, Deed.CANCEL, body))
