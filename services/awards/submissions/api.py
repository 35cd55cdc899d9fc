"""Routes of submissions: what a nomination lacks, its unit's notice, handing in, receipts, taking back."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from services.awards.eligibility.schemas import VerdictOut
from services.awards.nominations.queries import get_read, out_for
from services.awards.nominations.schemas import NominationId, NominationOut
from services.awards.submissions import actions
from services.awards.submissions.queries import (
    get_handed_in,
    get_submission,
    list_submissions,
    live_verdict,
    notice_out,
    readiness,
)
from services.awards.submissions.schemas import (
    ReadinessOut,
    SubmissionOut,
    Turn,
    UnitNoticeIn,
    UnitNoticeOut,
    WithdrawalIn,
)
from shared.paging import Page, PageQuery
from shared.signing import canonical
from shared.web import CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/nominations/{nomination_id}", tags=["submissions"])


@router.get("/readiness")
@reads
def get_readiness(tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId) -> ReadinessOut:
    """Read what is missing before a nomination can be handed in, and until when that is possible."""
    return readiness(tx, caller, nomination_id, now)


@router.get("/eligibility")
@reads
def get_live_eligibility(tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId) -> VerdictOut:
    """Read what the rules say of what is written by now; nothing is kept."""
    return live_verdict(tx, caller, nomination_id, now)


@router.get("/notice")
@reads
def get_unit_notice(tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId) -> UnitNoticeOut:
    """Read the notice that the unit gave; its version is 0 before it is recorded."""
    return notice_out(tx, get_read(tx, caller, nomination_id), now)


@router.put("/notice")
@writes
def put_unit_notice(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, version: IfMatch, body: UnitNoticeIn
) -> UnitNoticeOut:
    """Record the notice that the unit gave."""
    return notice_out(tx, actions.put_notice(tx, caller, now, nomination_id, version, body), now)


@router.post("/submission")
@writes
def post_submission(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, version: IfMatch
) -> SubmissionOut:
    """Hand a nomination in; the answer is its receipt. Asked again for the same, the receipt is the same."""
    return SubmissionOut.model_validate(actions.submit(tx, caller, now, nomination_id, version))


@router.get("/submission")
@reads
def get_last_submission(tx: Session, caller: CallerDep, nomination_id: NominationId) -> SubmissionOut:
    """Read the receipt of what counts."""
    return SubmissionOut.model_validate(get_submission(tx, caller, nomination_id))


@router.get("/submissions")
@reads
def get_submissions(
    tx: Session, caller: CallerDep, nomination_id: NominationId, query: Annotated[PageQuery, Query()]
) -> Page[SubmissionOut]:
    """List every time that a nomination was handed in."""
    return list_submissions(tx, caller, nomination_id, query)


@router.get(
    "/submissions/{turn}/document",
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
@reads
def get_document(tx: Session, caller: CallerDep, nomination_id: NominationId, turn: Turn) -> Response:
    """Read what was handed in, byte for byte as the receipt's hash is of it; not for the candidate, from whom some is kept."""
    content = canonical(get_handed_in(tx, caller, nomination_id, turn))
    return Response(content, media_type="application/json")


@router.post("/withdraw")
@writes
def withdraw_nomination(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, version: IfMatch, body: WithdrawalIn
) -> NominationOut:
    """Take a nomination back; its slot is the unit's again."""
    return out_for(tx, caller, actions.withdraw(tx, caller, now, nomination_id, version, body))
