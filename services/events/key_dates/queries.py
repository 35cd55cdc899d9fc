"""Selects of key dates; who sees the edition sees them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition, KeyDate
from services.events.key_dates.schemas import KeyDateFilter, KeyDateOut
from shared.errors import NotFound
from shared.paging import Page, paginate


def get_key_date(tx: Session, edition: Edition, key_date_id: str) -> KeyDate:
    """Return a key date of the edition; raise `NotFound`."""
    key_date = tx.get(KeyDate, key_date_id)
    if key_date is None or key_date.edition_id != edition.id:
        raise NotFound()
    return key_date


def list_key_dates(tx: Session, edition: Edition, query: KeyDateFilter) -> Page[KeyDateOut]:
    """Return one page of an edition's key dates, in order of time."""
    statement = select(KeyDate).where(KeyDate.edition_id == edition.id)
    if query.kind:
        statement = statement.where(KeyDate.kind == query.kind)
    rows, following, total = paginate(tx, statement, query, KeyDate.id, KeyDate.order_at)
    return Page(items=[KeyDateOut.model_validate(row) for row in rows], next=following, total=total)
