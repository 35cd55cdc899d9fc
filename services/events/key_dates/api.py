"""Routes of key dates: `/api/events/editions/{ref}/key-dates`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.events.editions.queries import get_edition
from services.events.editions.schemas import Ref
from services.events.key_dates.actions import add_key_date, change_key_date, remove_key_date
from services.events.key_dates.queries import get_key_date, list_key_dates
from services.events.key_dates.schemas import KeyDateFilter, KeyDateId, KeyDateIn, KeyDateOut, KeyDatePatch
from shared.paging import Page
from shared.web import AnybodyDep, CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/editions/{ref}/key-dates", tags=["key dates"])


@router.get("")
@reads
def get_key_dates(
    tx: Session, caller: AnybodyDep, ref: Ref, query: Annotated[KeyDateFilter, Query()]
) -> Page[KeyDateOut]:
    """List the key dates of an edition."""
    return list_key_dates(tx, get_edition(tx, caller, ref), query)


@router.post("", status_code=201)
@writes
def post_key_date(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: KeyDateIn) -> KeyDateOut:
    """Enter a key date."""
    return KeyDateOut.model_validate(add_key_date(tx, caller, now, ref, body))


@router.get("/{key_date_id}")
@reads
def get_one_key_date(tx: Session, caller: AnybodyDep, ref: Ref, key_date_id: KeyDateId) -> KeyDateOut:
    """Read a key date."""
    return KeyDateOut.model_validate(get_key_date(tx, get_edition(tx, caller, ref), key_date_id))


@router.patch("/{key_date_id}")
@writes
def patch_key_date(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, key_date_id: KeyDateId, version: IfMatch, body: KeyDatePatch
) -> KeyDateOut:
    """Change a key date; it stays the same entry in every calendar."""
    return KeyDateOut.model_validate(change_key_date(tx, caller, now, ref, key_date_id, version, body))


@router.delete("/{key_date_id}", status_code=204)
@writes
def delete_key_date(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, key_date_id: KeyDateId, version: IfMatch
) -> None:
    """Remove a key date; calendars are told that it is cancelled."""
    remove_key_date(tx, caller, now, ref, key_date_id, version)
