"""What memberships there are, and who is a member today."""

from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from services.directory.memberships.models import Membership


def in_force(day: date) -> ColumnElement[bool]:
    """Make the condition that a membership counts on `day`."""
    return (Membership.from_on <= day) & or_(Membership.until_on.is_(None), Membership.until_on >= day)


def societies_of(tx: Session, account_id: str, day: date) -> frozenset[str]:
    """Return the societies that an account is a member of on `day`."""
    rows = select(Membership.organisation_id).where(Membership.account_id == account_id, in_force(day))
    return frozenset(tx.scalars(rows))
