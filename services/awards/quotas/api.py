"""Routes of quotas and codes: `/api/awards/cycles/{ref}/quotas` and `…/codes`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.awards.cycles.queries import get_cycle, get_run
from services.awards.cycles.schemas import Ref
from services.awards.quotas import actions
from services.awards.quotas.models import QuotaEntry
from services.awards.quotas.queries import get_code, list_balances, list_codes, list_entries
from services.awards.quotas.schemas import (
    BalanceFilter,
    BalanceOut,
    CodeFilter,
    CodeId,
    CodeOut,
    CodesIn,
    EntriesOut,
    EntryFilter,
    NewCodeOut,
    NewCodesOut,
    QuotaEntryOut,
    QuotaMovesIn,
    WithdrawIn,
)
from shared.paging import Page
from shared.web import Answer, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/cycles/{ref}", tags=["quotas"])


@router.get("/quotas")
@reads
def get_balances(
    tx: Session, caller: CallerDep, ref: Ref, query: Annotated[BalanceFilter, Query()]
) -> Page[BalanceOut]:
    """List what units have: for the award office all, for others those that they work for and what is below."""
    return list_balances(tx, caller, get_cycle(tx, caller, ref), query)


@router.get("/quotas/entries")
@reads
def get_entries(
    tx: Session, caller: CallerDep, ref: Ref, query: Annotated[EntryFilter, Query()]
) -> Page[QuotaEntryOut]:
    """List the entries of the ledger, as far as they concern one's own units."""
    return list_entries(tx, caller, get_cycle(tx, caller, ref), query)


@router.post("/quotas/entries", status_code=201)
@writes
def post_moves(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: QuotaMovesIn) -> EntriesOut:
    """Move slots, all of the moves or none."""
    return _told(actions.move_slots(tx, caller, now, ref, body))


@router.post("/quotas/sample", status_code=201)
@writes
def post_sample(tx: Session, caller: CallerDep, now: Now, ref: Ref) -> EntriesOut:
    """Give the units of a rehearsal the slots that are usual."""
    get_run(tx, caller, ref)
    return _told(actions.fill_rehearsal(tx, caller, now, ref))


def _told(made: list[QuotaEntry]) -> EntriesOut:
    return EntriesOut(entries=[QuotaEntryOut.model_validate(entry) for entry in made])


@router.get("/codes")
@reads
def get_codes(tx: Session, caller: CallerDep, ref: Ref, query: Annotated[CodeFilter, Query()]) -> Page[CodeOut]:
    """List codes by their last four signs."""
    return list_codes(tx, caller, get_cycle(tx, caller, ref), query)


@router.post("/codes", status_code=201)
@writes
def post_codes(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: CodesIn, answer: Answer) -> NewCodesOut:
    """Give out codes for slots of a unit; they are shown this once, and only their hash is kept."""
    answer.headers["Cache-Control"] = "no-store"
    made = actions.give_codes(tx, caller, now, ref, body)
    told = [CodeOut.model_validate(code).model_dump() | {"code": words} for code, words in made]
    return NewCodesOut(codes=[NewCodeOut.model_validate(each) for each in told])


@router.get("/codes/{code_id}")
@reads
def get_one_code(tx: Session, caller: CallerDep, ref: Ref, code_id: CodeId) -> CodeOut:
    """Read what became of a code."""
    return CodeOut.model_validate(get_code(tx, caller, get_cycle(tx, caller, ref), code_id))


@router.post("/codes/{code_id}/withdraw")
@writes
def post_withdraw(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, code_id: CodeId, version: IfMatch, body: WithdrawIn
) -> CodeOut:
    """Withdraw a code that nobody has used; its slot is the unit's again."""
    return CodeOut.model_validate(actions.withdraw_code(tx, caller, now, ref, code_id, version, body))
