"""Routes of accepted lists: `/api/awards/cycles/{ref}/lists`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.awards.cycles.queries import get_cycle, get_run
from services.awards.cycles.schemas import Ref
from services.awards.lists import actions
from services.awards.lists.queries import get_list, list_lists, next_out
from services.awards.lists.schemas import AcceptedListIn, AcceptedListOut, ListNumber, NextListOut
from shared.paging import Page, PageQuery
from shared.web import AnybodyDep, CallerDep, Now, reads, writes

router = APIRouter(prefix="/cycles/{ref}/lists", tags=["lists"])


@router.get("")
@reads
def get_lists(tx: Session, caller: AnybodyDep, ref: Ref, query: Annotated[PageQuery, Query()]) -> Page[AcceptedListOut]:
    """List the accepted lists of a cycle, the one that counts first."""
    return list_lists(tx, get_cycle(tx, caller, ref), query)


@router.post("", status_code=201)
@writes
def post_list(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: AcceptedListIn) -> AcceptedListOut:
    """Publish the accepted list with its objection window, or a corrected one that says what it changed."""
    return AcceptedListOut.model_validate(actions.publish(tx, caller, now, ref, body))


@router.get("/next")
@reads
def get_next_list(tx: Session, caller: CallerDep, now: Now, ref: Ref) -> NextListOut:
    """Read what the next list would say, and how it would differ; for the award office."""
    return next_out(tx, get_run(tx, caller, ref), now)


@router.get("/{number}")
@reads
def get_one_list(tx: Session, caller: AnybodyDep, ref: Ref, number: ListNumber) -> AcceptedListOut:
    """Read an accepted list."""
    return AcceptedListOut.model_validate(get_list(tx, get_cycle(tx, caller, ref), number))
