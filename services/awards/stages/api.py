"""Routes of stages and extensions: `/api/awards/cycles/{ref}/stages` and `…/extensions`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from sqlalchemy.orm import Session

from services.awards.cycles.queries import get_cycle
from services.awards.cycles.schemas import Ref
from services.awards.stages import actions
from services.awards.stages.queries import deadlines_of, get_stage, list_extensions, list_stages
from services.awards.stages.schemas import (
    DeadlineQuery,
    DeadlinesOut,
    ExtensionIn,
    ExtensionOut,
    StageId,
    StageIn,
    StageOut,
    StagePatch,
    TakeBackIn,
)
from shared.paging import Page, PageQuery
from shared.web import AnybodyDep, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/cycles/{ref}", tags=["stages"])


@router.get("/stages")
@reads
def get_stages(tx: Session, caller: AnybodyDep, ref: Ref, query: Annotated[PageQuery, Query()]) -> Page[StageOut]:
    """List the stages of a cycle."""
    return list_stages(tx, get_cycle(tx, caller, ref), query)


@router.post("/stages", status_code=201)
@writes
def post_stage(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: StageIn) -> StageOut:
    """Enter a stage."""
    return StageOut.model_validate(actions.add_stage(tx, caller, now, ref, body))


@router.get("/stages/{stage_id}")
@reads
def get_one_stage(tx: Session, caller: AnybodyDep, ref: Ref, stage_id: StageId) -> StageOut:
    """Read a stage."""
    return StageOut.model_validate(get_stage(tx, get_cycle(tx, caller, ref), stage_id))


@router.patch("/stages/{stage_id}")
@writes
def patch_stage(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, stage_id: StageId, version: IfMatch, body: StagePatch
) -> StageOut:
    """Change a stage; it stays the same entry in every calendar."""
    return StageOut.model_validate(actions.change_stage(tx, caller, now, ref, stage_id, version, body))


@router.delete("/stages/{stage_id}", status_code=204)
@writes
def delete_stage(tx: Session, caller: CallerDep, now: Now, ref: Ref, stage_id: StageId, version: IfMatch) -> None:
    """Remove a stage that was not announced."""
    actions.remove_stage(tx, caller, now, ref, stage_id, version)


@router.get("/deadlines")
@reads
def get_deadlines(
    tx: Session, caller: AnybodyDep, now: Now, ref: Ref, query: Annotated[DeadlineQuery, Query()]
) -> DeadlinesOut:
    """Read the deadlines that are announced, or those that hold for a unit of one's own, with the time here."""
    return deadlines_of(tx, caller, get_cycle(tx, caller, ref), query, now)


@router.get("/extensions")
@reads
def get_extensions(
    tx: Session, caller: CallerDep, ref: Ref, query: Annotated[PageQuery, Query()]
) -> Page[ExtensionOut]:
    """List the extensions of a cycle: those for all, and those for one's own units; for its award office all of them."""
    return list_extensions(tx, caller, get_cycle(tx, caller, ref), query)


@router.post("/extensions", status_code=201)
@writes
def post_extension(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: ExtensionIn) -> ExtensionOut:
    """Put a deadline off; for all, calendars move with it, for one unit its people see an entry of their own."""
    return ExtensionOut.model_validate(actions.extend(tx, caller, now, ref, body))


@router.post("/extensions/{extension_id}/take-back", status_code=204)
@writes
def post_take_back(
    tx: Session,
    caller: CallerDep,
    now: Now,
    ref: Ref,
    extension_id: Annotated[str, Path(max_length=36)],
    body: TakeBackIn,
) -> None:
    """Take an extension back, as long as the deadline that would hold without it lies ahead."""
    actions.take_back(tx, caller, now, ref, extension_id, body)
