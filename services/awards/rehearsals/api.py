"""The route of samples: `/api/awards/cycles/{ref}/samples`."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.awards.cycles.schemas import Ref
from services.awards.rehearsals.actions import ask_for_samples
from services.awards.rehearsals.schemas import SamplesIn
from shared.operations import JobOut
from shared.web import CallerDep, Now, writes

router = APIRouter(prefix="/cycles/{ref}", tags=["rehearsals"])


@router.post("/samples", status_code=202)
@writes
def post_samples(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: SamplesIn) -> JobOut:
    """Let a rehearsal be filled with sample nominations of every category, on every step of their way."""
    return JobOut.model_validate(ask_for_samples(tx, caller, now, ref, body))
