"""Routes of rehearsals: their samples, and their end, `/api/awards/cycles/{ref}`."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.awards.cycles.schemas import Ref
from services.awards.rehearsals.actions import ask_for_samples, remove_with_files
from services.awards.rehearsals.schemas import SamplesIn
from shared.operations import JobOut
from shared.web import CallerDep, IfMatch, Now, writes

router = APIRouter(prefix="/cycles/{ref}", tags=["rehearsals"])


@router.post("/samples", status_code=202)
@writes
def post_samples(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: SamplesIn) -> JobOut:
    """Let a rehearsal be filled with sample nominations of every category, on every step of their way."""
    return JobOut.model_validate(ask_for_samples(tx, caller, now, ref, body))


@router.delete("", status_code=204)
@writes
def delete_cycle(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch) -> None:
    """Remove a draft, or end a rehearsal, with everything that rests on it, files too."""
    remove_with_files(tx, caller, ref, version)
