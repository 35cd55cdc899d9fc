"""What grants there are, and what they allow today. One sees one's own, and those at what one administers."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from services.directory.grants.models import Grant
from services.directory.grants.schemas import GrantFilter, GrantOut
from services.directory.organisations.queries import at_or_below, get_organisation
from services.directory.organisations.rules import day_of
from shared import caller as callers
from shared.caller import Caller, Role
from shared.errors import NotFound
from shared.paging import Page, paginate


def in_force(day: date) -> ColumnElement[bool]:
    """Make the condition that a grant counts on `day`."""
    ends = or_(Grant.until_on.is_(None), Grant.until_on >= day)
    return Grant.withdrawn_at.is_(None) & (Grant.from_on <= day) & ends


def visible_to(tx: Session, caller: Caller) -> ColumnElement[bool]:
    """Make the condition that the caller may see a grant."""
    administered = at_or_below(tx, caller.organisations_with(Role.ADMINISTRATOR))
    return or_(Grant.account_id == caller.account_id, Grant.organisation_id.in_(administered))


def get_grant(tx: Session, caller: Caller, grant_id: str) -> Grant:
    """Return a grant that the caller may see; raise `NotFound`."""
    grant = tx.scalar(select(Grant).where(Grant.id == grant_id, visible_to(tx, caller)))
    if grant is None:
        raise NotFound()
    return grant


def list_grants(tx: Session, caller: Caller, query: GrantFilter, now: datetime) -> Page[GrantOut]:
    """Return one page of the grants that the caller may see, in the order of giving."""
    statement = select(Grant).where(visible_to(tx, caller))
    if query.account:
        statement = statement.where(Grant.account_id == query.account)
    if query.below:
        statement = statement.where(Grant.organisation_id.in_(at_or_below(tx, [get_organisation(tx, query.below).id])))
    if query.scope:
        statement = statement.where(Grant.scope == query.scope)
    if query.role:
        statement = statement.where(Grant.role == query.role)
    if query.in_force:
        statement = statement.where(in_force(day_of(now)))
    rows, following, total = paginate(tx, statement, query, Grant.id)
    return Page(items=[GrantOut.model_validate(row) for row in rows], next=following, total=total)


def list_in_force(tx: Session, account_id: str, day: date) -> list[Grant]:
    """Return the grants that an account holds on `day`."""
    rows = select(Grant).where(Grant.account_id == account_id, in_force(day)).order_by(Grant.id)
    return list(tx.scalars(rows))


def list_not_over(tx: Session, account_id: str, day: date) -> list[Grant]:
    """Return the grants that an account holds on `day` or will hold later."""
    lasting = or_(Grant.until_on.is_(None), Grant.until_on >= day)
    rows = select(Grant).where(Grant.account_id == account_id, Grant.withdrawn_at.is_(None), lasting)
    return list(tx.scalars(rows))


def as_claims(grants: Sequence[Grant]) -> tuple[callers.Grant, ...]:
    """Return grants as tokens carry them: at an organisation, or on one thing alone."""
    return tuple(callers.Grant(Role(g.role), None if g.scope else g.organisation_id, g.scope) for g in grants)
