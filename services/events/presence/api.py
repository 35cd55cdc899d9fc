"""Routes of who is at a draft: `/api/events/editions/{ref}/presence`."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.events.editions.schemas import Ref
from services.events.presence import actions, queries
from services.events.presence.schemas import PresenceIn, PresenceOut
from shared.web import CallerDep, Now, writes

router = APIRouter(prefix="/editions/{ref}/presence", tags=["presence"])


@router.put("")
@writes
def come(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: PresenceIn) -> list[PresenceOut]:
    """Say that one is at the draft now, and which session one has selected; the answer tells who else is there.

    It counts for a minute; said again every few seconds, it also tells who came and went.
    """
    edition_id = actions.come(tx, caller, ref, body, now)
    others = queries.list_others(tx, edition_id, caller.account_id, now)
    return [PresenceOut.model_validate(each) for each in others]


@router.delete("", status_code=204)
@writes
def leave(tx: Session, caller: CallerDep, ref: Ref) -> None:
    """Say that one leaves the draft."""
    actions.leave(tx, caller, ref)
