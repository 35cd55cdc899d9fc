"""Routes of umbrellas: `/api/events/editions/{ref}/umbrellas`."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.events.editions.queries import out_of
from services.events.editions.schemas import EditionOut, Ref
from services.events.umbrellas.actions import add_umbrella, remove_umbrella
from services.events.umbrellas.schemas import UmbrellaId, UmbrellaIn
from shared.web import CallerDep, IfMatch, Now, writes

router = APIRouter(prefix="/editions/{ref}/umbrellas", tags=["umbrellas"])


@router.post("")
@writes
def post_umbrella(tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, body: UmbrellaIn) -> EditionOut:
    """Place an edition under a series or another edition."""
    return out_of(tx, caller, add_umbrella(tx, caller, now, ref, version, body))


@router.delete("/{umbrella_id}")
@writes
def delete_umbrella(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, version: IfMatch, umbrella_id: UmbrellaId
) -> EditionOut:
    """Take an edition from under a series or another edition."""
    return out_of(tx, caller, remove_umbrella(tx, caller, now, ref, version, umbrella_id))
