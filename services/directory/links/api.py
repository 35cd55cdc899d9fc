"""Routes of one-time links: `/api/directory/links`."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.directory.links.actions import offer_recovery
from services.directory.links.schemas import LinkIn, LinkOut
from services.directory.pages.site import NOT_KEPT
from shared.web import Answer, CallerDep, Now, writes

router = APIRouter(prefix="/links", tags=["links"])


@router.post("", status_code=201)
@writes
def post_link(tx: Session, caller: CallerDep, now: Now, answer: Answer, body: LinkIn) -> LinkOut:
    """Make a recovery link for an account that one manages; it is shown once."""
    answer.headers |= NOT_KEPT
    return offer_recovery(tx, caller, body.account_id, now)
