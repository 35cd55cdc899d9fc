"""Reads of previews: the links of an edition, and the draft that one shows."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.previews.models import PreviewLink
from services.events.previews.rules import PreviewEnded
from services.events.releases.content import State
from services.events.releases.queries import Released, draft_as_released, find_release, released_programme
from shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be released, to be shown until `expires_at`."""

    edition: Edition
    programme: list[Released]
    expires_at: datetime


def list_previews(tx: Session, edition_id: str, now: datetime) -> list[PreviewLink]:
    """Return the links to an edition's draft that still work."""
    rows = select(PreviewLink).where(PreviewLink.edition_id == edition_id, PreviewLink.expires_at > now)
    return list(tx.scalars(rows.order_by(PreviewLink.id)))


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def get_preview(tx: Session, token: str, now: datetime) -> Preview:
    """Return the draft that a link shows; raise `NotFound`, or `PreviewEnded` where it has expired."""
    link = tx.scalar(select(PreviewLink).where(PreviewLink.token_hash == hash_of(token)))
    if link is None:
        raise NotFound()
    if link.expires_at <= now:
        raise PreviewEnded()
    edition = tx.get_one(Edition, link.edition_id)
    last = find_release(tx, edition.id)
    number, shown = (last.number if last else 0) + 1, draft_as_released(tx, edition)
    known = {released.session_id: released for released in released_programme(tx, edition.id)}
    programme = [
        known[id_]
        if id_ in known and known[id_].content == content
        else Released(id_, content, number, now, known[id_].sequence + 1 if id_ in known else 0)
        for id_, content in shown.items()
        if content.state is not State.WITHDRAWN
    ]
    programme.sort(key=lambda one: (one.content.starts_at() or now, one.session_id))
    return Preview(edition, programme, link.expires_at)
