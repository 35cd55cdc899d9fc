"""What is done with memberships: give, correct, end. Each ends the account's tokens, so that new ones say it at once."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.directory.accounts.models import Account
from services.directory.grants.rules import overlap
from services.directory.memberships.models import Membership
from services.directory.memberships.queries import get_membership
from services.directory.memberships.rules import MembershipEndedAlready, MembershipOverlaps, UnknownAccount
from services.directory.memberships.schemas import MembershipIn, MembershipOut, MembershipPatch
from services.directory.organisations.queries import get_organisation, hold_active
from services.directory.organisations.rules import check_dates, day_of, may_tend, path_to
from shared.audit import record
from shared.caller import Caller
from shared.db import in_turn
from shared.editing import apply, given
from shared.errors import check_version
from shared.ledger import emit
from shared.messages.directory import CredentialEnded, MembershipEnded, MembershipGiven


def give_membership(tx: Session, caller: Caller, body: MembershipIn, now: datetime) -> Membership:
    """Make an account a member of a society; raise `NotAdministrator`, `UnknownAccount` or `MembershipOverlaps`."""
    society = hold_active(tx, body.organisation_id)
    may_tend(caller, path_to(society.path))
    if tx.get(Account, body.account_id) is None:
        raise UnknownAccount(account=body.account_id)
    values = given(body) | {"from_on": body.from_on or day_of(now)}
    check_dates(values["from_on"], body.until_on)
    _check_alone(tx, body.account_id, society.id, (values["from_on"], body.until_on))
    return enter(tx, caller, values)


def enter(tx: Session, caller: Caller, values: dict[str, Any]) -> Membership:
    """Enter a membership whose values were checked, and tell of it."""
    membership = Membership(version=1, **values)
    tx.add(membership)
    tx.flush()
    record(tx, caller, "membership.given", membership.id, account=membership.account_id)
    tell(tx, membership)
    return membership


def change_membership(
    tx: Session, caller: Caller, membership_id: str, version: int, body: MembershipPatch
) -> Membership:
    """Correct the number or the last day of a membership that has not been ended."""
    membership = _to_change(tx, caller, membership_id, version)
    values = given(body)
    check_dates(membership.from_on, values.get("until_on"))
    if "until_on" in values:
        span = (membership.from_on, values["until_on"])
        _check_alone(tx, membership.account_id, membership.organisation_id, span, but=membership.id)
    put(tx, caller, membership, values)
    return membership


def put(tx: Session, caller: Caller, membership: Membership, values: dict[str, Any]) -> None:
    """Give a membership these values, and tell what changed."""
    if changes := apply(membership, values):
        membership.version += 1
        tx.flush()
        record(tx, caller, "membership.changed", membership.id, **changes)
        tell(tx, membership)


def end_membership(tx: Session, caller: Caller, membership_id: str, version: int, now: datetime) -> Membership:
    """End a membership at once."""
    membership = _to_change(tx, caller, membership_id, version)
    membership.ended_at = now
    membership.version += 1
    tx.flush()
    record(tx, caller, "membership.ended", membership.id, account=membership.account_id)
    emit(
        tx,
        MembershipEnded(
            membership_id=membership.id,
            account_id=membership.account_id,
            organisation_id=membership.organisation_id,
            version=membership.version,
        ),
    )
    emit(tx, CredentialEnded(account_id=membership.account_id))
    return membership


def tell(tx: Session, membership: Membership) -> None:
    """Tell of a membership as it is now."""
    emit(
        tx,
        MembershipGiven(
            membership_id=membership.id,
            account_id=membership.account_id,
            organisation_id=membership.organisation_id,
            from_on=membership.from_on,
            until_on=membership.until_on,
            version=membership.version,
        ),
    )
    emit(tx, CredentialEnded(account_id=membership.account_id))


def _to_change(tx: Session, caller: Caller, membership_id: str, version: int) -> Membership:
    membership = get_membership(tx, caller, membership_id)
    may_tend(caller, path_to(get_organisation(tx, membership.organisation_id).path))
    check_version(membership.version, version, now=MembershipOut.model_validate(membership))
    if membership.ended_at:
        raise MembershipEndedAlready()
    return membership


def _check_alone(
    tx: Session, account_id: str, society_id: str, span: tuple[date, date | None], *, but: str = ""
) -> None:
    in_turn(tx, f"memberships:{account_id}")
    of_both = (Membership.account_id == account_id) & (Membership.organisation_id == society_id)
    others = select(Membership).where(of_both, Membership.ended_at.is_(None), Membership.id != but)
    if any(overlap(span, (each.from_on, each.until_on)) for each in tx.scalars(others)):
        raise MembershipOverlaps()
