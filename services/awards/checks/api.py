"""Routes of the check: the queue under a cycle, the workbench under a nomination, the reasons under a programme."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.awards.checks import actions
from services.awards.checks.queries import check_out, list_checks, reasons_out, returns_of, rows_of, statistics
from services.awards.checks.schemas import (
    BulkReturnIn,
    CheckFilter,
    CheckOut,
    CheckReasonsIn,
    CheckReasonsOut,
    CheckRowOut,
    CheckRowsOut,
    CheckStatisticsOut,
    NominationReturnOut,
    OpinionIn,
    TakeIn,
)
from services.awards.cycles.queries import get_run
from services.awards.cycles.schemas import Ref
from services.awards.nominations.schemas import NominationId
from services.awards.programmes.queries import get_run as get_run_programme
from shared.paging import Page
from shared.web import CallerDep, IfMatch, Now, reads, writes

router = APIRouter(tags=["checks"])


@router.get("/cycles/{ref}/checks")
@reads
def get_checks(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, query: Annotated[CheckFilter, Query()]
) -> Page[CheckRowOut]:
    """List what was handed in to a cycle, as it stands in the check; for its award office."""
    return list_checks(tx, caller, get_run(tx, caller, ref), query, now)


@router.get("/cycles/{ref}/checks/statistics")
@reads
def get_check_statistics(tx: Session, caller: CallerDep, now: Now, ref: Ref) -> CheckStatisticsOut:
    """Read how far the check of a cycle has come, for which reasons, and until when it lasts."""
    return statistics(tx, get_run(tx, caller, ref), now)


@router.post("/cycles/{ref}/checks/return")
@writes
def post_bulk_return(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: BulkReturnIn) -> CheckRowsOut:
    """Return several nominations for correction with one reason, all of them or none."""
    return CheckRowsOut(checks=rows_of(tx, actions.return_together(tx, caller, now, ref, body), now))


@router.get("/nominations/{nomination_id}/check")
@reads
def get_check(tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId) -> CheckOut:
    """Read what was said of a nomination, what looks amiss, who looks like the same, and what the rules say now."""
    return check_out(tx, caller, nomination_id, now)


@router.get("/nominations/{nomination_id}/returns")
@reads
def get_returns(tx: Session, caller: CallerDep, nomination_id: NominationId) -> list[NominationReturnOut]:
    """Read why a nomination was returned for correction, the last time first."""
    return returns_of(tx, caller, nomination_id)


@router.post("/nominations/{nomination_id}/check/take")
@writes
def post_take(tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, body: TakeIn) -> CheckRowOut:
    """Take a nomination in hand, so that nobody else checks it at the same time."""
    return rows_of(tx, [actions.take(tx, caller, now, nomination_id, body)], now)[0]


@router.post("/nominations/{nomination_id}/check/release")
@writes
def post_release(tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId) -> CheckRowOut:
    """Let a nomination go that one has in hand."""
    return rows_of(tx, [actions.release(tx, caller, nomination_id)], now)[0]


@router.post("/nominations/{nomination_id}/check/opinions", status_code=201)
@writes
def post_opinion(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, version: IfMatch, body: OpinionIn
) -> CheckRowOut:
    """Say what becomes of a nomination; to pass or reject it, a second person has to say the same."""
    return rows_of(tx, [actions.give_opinion(tx, caller, now, nomination_id, version, body)], now)[0]


@router.get("/programmes/{ref}/check-reasons")
@reads
def get_check_reasons(tx: Session, caller: CallerDep, ref: Ref) -> CheckReasonsOut:
    """Read the reasons that a programme's nominations are returned and rejected for; for its award office."""
    return reasons_out(tx, get_run_programme(tx, caller, ref).id)


@router.put("/programmes/{ref}/check-reasons")
@writes
def put_check_reasons(
    tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: CheckReasonsIn
) -> CheckReasonsOut:
    """Write the reasons of a programme; an empty list: the usual ones."""
    return reasons_out(tx, actions.write_reasons(tx, caller, ref, version, body).id)
