"""Say that one is at a draft, or that one leaves it.

Neither is a deed: nothing is recorded, and no fact is told. The log of facts is kept for good, where who looked at what
has no place; so the live view cannot tell of it, and who wants to know says its own word again every few seconds.
"""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.events.presence.models import Presence
from services.events.presence.rules import KEPT
from services.events.presence.schemas import PresenceIn
from services.events.schedule.queries.draft import get_draft
from shared.caller import Caller
from shared.db import in_turn


def come(tx: Session, caller: Caller, ref: str, body: PresenceIn, now: datetime) -> str:
    """Say that the caller is at a draft now; return the edition's id. Whoever has fallen silent, anywhere, is forgotten."""
    edition_id = get_draft(tx, caller, ref).id
    in_turn(tx, "presences")
    tx.execute(delete(Presence).where(Presence.said_at <= now - KEPT))
    here = tx.get(Presence, (edition_id, caller.account_id))
    if here is None:
        here = Presence(edition_id=edition_id, account_id=caller.account_id, since=now)
        tx.add(here)
    here.name, here.session_id, here.said_at = caller.name, body.session_id, now
    tx.flush()
    return edition_id


def leave(tx: Session, caller: Caller, ref: str) -> None:
    """Say that the caller is there no more."""
    edition_id = get_draft(tx, caller, ref).id
    tx.execute(delete(Presence).where(Presence.edition_id == edition_id, Presence.account_id == caller.account_id))
