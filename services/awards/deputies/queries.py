"""Selects of deputies: for whom the caller stands in, and who stands in at the caller's units."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.awards.deputies.models import Deputy
from services.awards.deputies.schemas import DeputyFilter, DeputyOut
from shared.caller import Caller, Role
from shared.errors import NotFound
from shared.paging import Page, paginate

ZONE = ZoneInfo("Asia/Shanghai")
"""The calendar that the days of deputies are counted by."""


def day_of(now: datetime) -> date:
    """Return the day on which an instant falls."""
    return now.astimezone(ZONE).date()


def stands_in_for(tx: Session, caller: Caller, now: datetime) -> dict[str, str]:
    """Return the unit that the caller belongs to, where they stand in for a nominator of it now, with whom that is."""
    if caller.organisation is None:
        return {}
    today = day_of(now)
    rows = select(Deputy.unit_id, Deputy.nominator_id).where(
        Deputy.deputy_id == caller.account_id,
        Deputy.unit_id == caller.organisation,
        Deputy.from_on <= today,
        Deputy.until_on >= today,
        Deputy.ended_at.is_(None),
    )
    return {row.unit_id: row.nominator_id for row in tx.execute(rows.order_by(Deputy.id))}


def list_deputies(tx: Session, caller: Caller, query: DeputyFilter, now: datetime) -> Page[DeputyOut]:
    """Return one page of the deputies at the caller's units, and of the caller's own standing in."""
    own = or_(Deputy.unit_id.in_(caller.organisations_with(Role.NOMINATOR)), Deputy.deputy_id == caller.account_id)
    statement = select(Deputy).where(own)
    if query.unit:
        statement = statement.where(Deputy.unit_id == query.unit)
    if query.going_on:
        statement = statement.where(Deputy.ended_at.is_(None), Deputy.until_on >= day_of(now))
    rows, following, total = paginate(tx, statement, query, Deputy.id, descending=True)
    return Page(items=[DeputyOut.model_validate(row) for row in rows], next=following, total=total)


def get_deputy(tx: Session, caller: Caller, deputy_id: str) -> Deputy:
    """Return a deputy at one of the caller's units, or the caller's own standing in; raise `NotFound`."""
    row = tx.get(Deputy, deputy_id)
    seen = row is not None and (
        row.unit_id in caller.organisations_with(Role.NOMINATOR) or row.deputy_id == caller.account_id
    )
    if row is None or not seen:
        raise NotFound()
    return row
