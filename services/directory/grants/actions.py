"""What is done with grants: give and withdraw. Either ends the account's tokens, so that new ones say it at once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.directory.grants.models import Grant
from services.directory.grants.queries import get_grant
from services.directory.grants.rules import GrantOverlaps, GrantWithdrawnAlready, overlap
from services.directory.grants.schemas import GrantIn
from services.directory.organisations.queries import get_organisation, hold_active
from services.directory.organisations.rules import check_dates, day_of, may_tend, path_to
from shared.audit import record
from shared.caller import Caller
from shared.db import hold, in_turn
from shared.ledger import emit
from shared.messages.directory import CredentialEnded, GrantGiven, GrantWithdrawn


def give_grant(tx: Session, caller: Caller | None, account_id: str, body: GrantIn, now: datetime) -> Grant:
    """Give an account a role; raise `NotAdministrator`, `NotActive`, `DatesReversed` or `GrantOverlaps`.

    Nobody (the server itself) may give any.
    """
    organisation = hold_active(tx, body.organisation_id)
    if caller:
        may_tend(caller, path_to(organisation.path))
    from_on = body.from_on or day_of(now)
    check_dates(from_on, body.until_on)
    in_turn(tx, f"grants:{account_id}")
    same = select(Grant).where(
        Grant.account_id == account_id,
        Grant.role == body.role,
        Grant.organisation_id == organisation.id,
        Grant.scope == body.scope if body.scope else Grant.scope.is_(None),
        Grant.withdrawn_at.is_(None),
    )
    if any(overlap((from_on, body.until_on), (each.from_on, each.until_on)) for each in tx.scalars(same)):
        raise GrantOverlaps()
    grant = Grant(
        account_id=account_id,
        role=body.role,
        organisation_id=organisation.id,
        scope=body.scope,
        from_on=from_on,
        until_on=body.until_on,
        given_by=caller.account_id if caller else "",
        given_at=now,
    )
    tx.add(grant)
    tx.flush()
    record(tx, caller, "grant.given", grant.id, account=account_id, role=body.role, at=organisation.id, on=body.scope)
    emit(tx, _given(grant))
    emit(tx, CredentialEnded(account_id=account_id))
    return grant


def withdraw_grant(tx: Session, caller: Caller, grant_id: str, now: datetime) -> Grant:
    """End a grant at once: by an administrator of its organisation, or by who holds it."""
    grant = get_grant(tx, caller, grant_id)
    hold(tx, grant)
    if grant.account_id != caller.account_id:
        may_tend(caller, path_to(get_organisation(tx, grant.organisation_id).path))
    if grant.withdrawn_at:
        raise GrantWithdrawnAlready()
    grant.withdrawn_at, grant.withdrawn_by = now, caller.account_id
    record(tx, caller, "grant.withdrawn", grant.id, account=grant.account_id, role=grant.role)
    emit(tx, GrantWithdrawn(grant_id=grant.id, account_id=grant.account_id))
    emit(tx, CredentialEnded(account_id=grant.account_id))
    return grant


def _given(grant: Grant) -> GrantGiven:
    return GrantGiven(
        grant_id=grant.id,
        account_id=grant.account_id,
        role=grant.role,
        organisation_id=None if grant.scope else grant.organisation_id,
        scope=grant.scope,
        from_on=grant.from_on,
        until_on=grant.until_on,
    )
