"""Reads of who is at a draft."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.presence.models import Presence
from services.events.presence.rules import KEPT


def list_others(tx: Session, edition_id: str, account_id: str, now: datetime) -> Sequence[Presence]:
    """Return who else is at a draft, who came first before who came later."""
    rows = select(Presence).where(
        Presence.edition_id == edition_id, Presence.account_id != account_id, Presence.said_at > now - KEPT
    )
    return tx.scalars(rows.order_by(Presence.since, Presence.account_id)).all()
