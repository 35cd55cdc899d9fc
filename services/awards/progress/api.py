"""Routes of the figures of a cycle: `/api/awards/cycles/{ref}/progress`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.awards.cycles.queries import get_run
from services.awards.cycles.schemas import Ref
from services.awards.progress.queries import list_units, progress_of
from services.awards.progress.schemas import CycleProgressOut, UnitProgressFilter, UnitProgressOut
from shared.paging import Page
from shared.web import CallerDep, Now, reads

router = APIRouter(prefix="/cycles/{ref}/progress", tags=["progress"])


@router.get("")
@reads
def get_progress(tx: Session, caller: CallerDep, now: Now, ref: Ref) -> CycleProgressOut:
    """Read how far a cycle has come, from slots given out to what is listed; for its award office."""
    return progress_of(tx, get_run(tx, caller, ref), now)


@router.get("/units")
@reads
def get_unit_progress(
    tx: Session, caller: CallerDep, ref: Ref, query: Annotated[UnitProgressFilter, Query()]
) -> Page[UnitProgressOut]:
    """List the nominating units of a cycle with what they have handed in, or those that are behind; for its award office."""
    return list_units(tx, get_run(tx, caller, ref), query)
