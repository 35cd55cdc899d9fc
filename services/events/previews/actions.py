"""Make links that show a draft, and withdraw them."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from services.events.previews import queries
from services.events.previews.models import PreviewLink
from services.events.previews.schemas import PreviewIn
from services.events.schedule.queries.draft import get_draft
from shared.audit import record
from shared.caller import Caller
from shared.errors import NotFound


def make_preview(tx: Session, caller: Caller, now: datetime, ref: str, body: PreviewIn) -> tuple[PreviewLink, str]:
    """Make a link that shows the draft for some hours; return it with its token, which is kept nowhere."""
    edition = get_draft(tx, caller, ref)
    token = secrets.token_urlsafe(32)
    link = PreviewLink(
        edition_id=edition.id,
        token_hash=queries.hash_of(token),
        made_by=caller.account_id,
        made_at=now,
        expires_at=now + timedelta(hours=body.hours),
    )
    tx.add(link)
    tx.flush()
    record(tx, caller, "preview.made", edition.id, expires_at=link.expires_at)
    return link, token


def withdraw_preview(tx: Session, caller: Caller, now: datetime, ref: str, preview_id: str) -> None:
    """Let a link show nothing any more."""
    edition = get_draft(tx, caller, ref)
    link = tx.get(PreviewLink, preview_id)
    if link is None or link.edition_id != edition.id:
        raise NotFound()
    link.expires_at = min(link.expires_at, now)
    record(tx, caller, "preview.withdrawn", edition.id)
