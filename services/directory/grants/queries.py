"""What grants there are, and what they allow today."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from services.directory.grants.models import Grant
from shared import caller as callers
from shared.caller import Role


def in_force(day: date) -> ColumnElement[bool]:
    """Make the condition that a grant counts on `day`."""
    ends = or_(Grant.until_on.is_(None), Grant.until_on >= day)
    return Grant.withdrawn_at.is_(None) & (Grant.from_on <= day) & ends


def list_in_force(tx: Session, account_id: str, day: date) -> list[Grant]:
    """Return the grants that an account holds on `day`."""
    rows = select(Grant).where(Grant.account_id == account_id, in_force(day)).order_by(Grant.id)
    return list(tx.scalars(rows))


def as_claims(grants: list[Grant]) -> tuple[callers.Grant, ...]:
    """Return grants as tokens carry them: at an organisation, or on one thing alone."""
    return tuple(callers.Grant(Role(g.role), None if g.scope else g.organisation_id, g.scope) for g in grants)
