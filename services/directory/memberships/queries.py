"""What memberships there are, and who is a member today. One sees one's own, and those of what one administers."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from services.directory.memberships.models import Membership
from services.directory.memberships.schemas import MembershipFilter, MembershipOut
from services.directory.organisations.queries import at_or_below, get_organisation
from services.directory.organisations.rules import day_of
from shared.caller import Caller, Role
from shared.errors import NotFound
from shared.paging import Page, paginate


def in_force(day: date) -> ColumnElement[bool]:
    """Make the condition that a membership counts on `day`."""
    lasts = or_(Membership.until_on.is_(None), Membership.until_on >= day)
    return Membership.ended_at.is_(None) & (Membership.from_on <= day) & lasts


def visible_to(tx: Session, caller: Caller) -> ColumnElement[bool]:
    """Make the condition that the caller may see a membership."""
    administered = at_or_below(tx, caller.organisations_with(Role.ADMINISTRATOR))
    return or_(Membership.account_id == caller.account_id, Membership.organisation_id.in_(administered))


def get_membership(tx: Session, caller: Caller, membership_id: str) -> Membership:
    """Return a membership that the caller may see; raise `NotFound`."""
    membership = tx.scalar(select(Membership).where(Membership.id == membership_id, visible_to(tx, caller)))
    if membership is None:
        raise NotFound()
    return membership


def list_memberships(tx: Session, caller: Caller, query: MembershipFilter, now: datetime) -> Page[MembershipOut]:
    """Return one page of the memberships that the caller may see."""
    statement = select(Membership).where(visible_to(tx, caller))
    if query.account:
        statement = statement.where(Membership.account_id == query.account)
    if query.below:
        below = at_or_below(tx, [get_organisation(tx, query.below).id])
        statement = statement.where(Membership.organisation_id.in_(below))
    if query.in_force:
        statement = statement.where(in_force(day_of(now)))
    rows, following, total = paginate(tx, statement, query, Membership.id)
    return Page(items=[MembershipOut.model_validate(row) for row in rows], next=following, total=total)


def list_of(tx: Session, account_id: str, day: date) -> list[Membership]:
    """Return the memberships that an account holds on `day`."""
    rows = select(Membership).where(Membership.account_id == account_id, in_force(day)).order_by(Membership.id)
    return list(tx.scalars(rows))


def societies_of(tx: Session, account_id: str, day: date) -> frozenset[str]:
    """Return the societies that an account is a member of on `day`."""
    rows = select(Membership.organisation_id).where(Membership.account_id == account_id, in_force(day))
    return frozenset(tx.scalars(rows))
