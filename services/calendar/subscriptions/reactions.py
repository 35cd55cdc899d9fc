"""What personal feeds learn from the directory: who is there, who is a member where, and who holds which office."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from services.calendar.subscriptions.models import HeldGrant, Membership, Person
from shared.db import write_late
from shared.inbox import reactions
from shared.message import Message
from shared.messages.directory import (
    AccountClosed,
    AccountOpened,
    AccountReopened,
    GrantGiven,
    GrantWithdrawn,
    MembershipEnded,
    MembershipGiven,
)
from shared.projecting import put

_PUT_PERSON = put(Person.__table__, newer=("told_at",))
_PUT_MEMBERSHIP = put(Membership.__table__, newer=("version",))


def on_account_opened(tx: Session, fact: AccountOpened | AccountReopened, message: Message) -> None:
    """Show the account its feeds."""
    _put_person(tx, fact.account_id, message.time, closed=False, organisation=fact.organisation_id)


def on_account_closed(tx: Session, fact: AccountClosed, message: Message) -> None:
    """Show the account nothing more."""
    _put_person(tx, fact.account_id, message.time, closed=True, organisation=None)


def on_membership_given(tx: Session, fact: MembershipGiven) -> None:
    """Keep the membership and its days."""
    _put_membership(tx, fact, from_on=fact.from_on, until_on=fact.until_on)


def on_membership_ended(tx: Session, fact: MembershipEnded) -> None:
    """Keep that the membership counts no more."""
    _put_membership(tx, fact, from_on=None, until_on=None)


def on_grant_given(tx: Session, fact: GrantGiven) -> None:
    """Keep the grant; one on a single thing opens nothing here, and one withdrawn is never given again."""
    if fact.scope is None and tx.get(HeldGrant, fact.grant_id) is None:
        tx.add(
            HeldGrant(
                grant_id=fact.grant_id, account_id=fact.account_id, role=fact.role,
                organisation_id=fact.organisation_id, from_on=fact.from_on, until_on=fact.until_on,
            )
        )  # fmt: skip


def on_grant_withdrawn(tx: Session, fact: GrantWithdrawn) -> None:
    """Keep that the grant counts no more."""
    grant = tx.get(HeldGrant, fact.grant_id)
    if grant is None:
        grant = HeldGrant(grant_id=fact.grant_id, account_id=fact.account_id)
        tx.add(grant)
    grant.from_on = None


def _put_person(tx: Session, account: str, at: datetime, *, closed: bool, organisation: str | None) -> None:
    row = {"account_id": account, "organisation_id": organisation, "closed": closed, "told_at": at}
    write_late(tx, _PUT_PERSON, [row])


def _put_membership(
    tx: Session, fact: MembershipGiven | MembershipEnded, *, from_on: date | None, until_on: date | None
) -> None:
    row = fact.model_dump(include={"membership_id", "account_id", "organisation_id", "version"})
    write_late(tx, _PUT_MEMBERSHIP, [row | {"from_on": from_on, "until_on": until_on}])


PEOPLE_REACTIONS = reactions(
    on_account_opened,
    on_account_closed,
    on_membership_given,
    on_membership_ended,
    on_grant_given,
    on_grant_withdrawn,
)
