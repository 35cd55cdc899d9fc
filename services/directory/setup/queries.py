"""What a new installation begins with, as far as it is there."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.directory.accounts.models import Account
from services.directory.grants.models import Grant
from services.directory.grants.queries import in_force
from services.directory.organisations.queries import find_root
from shared.caller import Role


def has_administrator(tx: Session, day: date) -> bool:
    """Tell whether a person administers the root on `day`."""
    root = find_root(tx)
    people = (
        select(Grant.id)
        .join(Account, Account.id == Grant.account_id)
        .where(
            Grant.organisation_id == (root.id if root else ""),
            Grant.scope.is_(None),
            Grant.role == Role.ADMINISTRATOR,
            in_force(day),
            Account.is_local.is_(False),
            Account.disabled_at.is_(None),
        )
    )
    return tx.scalar(people.limit(1)) is not None


def find_local(tx: Session) -> Account | None:
    """Return the account that the command line on the server speaks for."""
    return tx.scalar(select(Account).where(Account.is_local))
