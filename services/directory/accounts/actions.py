"""What is done with accounts: open, change, disable, reopen. Disabling ends every credential for good."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from services.directory.accounts.models import Account
from services.directory.accounts.queries import get_account, holder_of, out_of, places_of
from services.directory.accounts.rules import AlreadySo, ContactMissing, ContactTaken, LocalStays, may_manage
from services.directory.accounts.schemas import AccountIn, AccountPatch, OwnPatch
from services.directory.grants.actions import give_grant
from services.directory.grants.models import Grant
from services.directory.grants.schemas import GrantIn
from services.directory.organisations.queries import get_active, hold_active, paths_of
from services.directory.organisations.rules import day_of, may_tend, path_to
from shared.audit import record
from shared.caller import Caller, Role
from shared.editing import apply, given
from shared.errors import check_version
from shared.ledger import emit
from shared.messages.directory import AccountClosed, AccountOpened, AccountReopened, CredentialEnded

_PRIVATE = ("email", "phone", "name")
"""What the record of deeds does not repeat, since it is kept for ever."""


def open_account(tx: Session, caller: Caller, body: AccountIn, now: datetime) -> Account:
    """Open an account; raise `NotAdministrator`, `ContactMissing` or `ContactTaken`."""
    organisation = hold_active(tx, body.organisation_id)
    may_tend(caller, path_to(organisation.path))
    return enter(tx, caller, given(body), now)


def enter(tx: Session, caller: Caller | None, values: dict[str, Any], now: datetime, *, local: bool = False) -> Account:
    """Enter an account whose place was checked, and tell of it; raise `ContactMissing` or `ContactTaken`."""
    account = Account(opened_at=now, credentials_since=now, is_local=local, **values)
    if not (account.email or account.phone or local):
        raise ContactMissing()
    for contact in filter(None, (account.email, account.phone)):
        if holder_of(tx, contact):
            raise ContactTaken()
    tx.add(account)
    tx.flush()
    record(tx, caller, "account.opened", account.id, organisation=account.organisation_id)
    emit(tx, AccountOpened(account_id=account.id, organisation_id=account.organisation_id))
    return account


def give_role(tx: Session, caller: Caller, account_id: str, body: GrantIn, now: datetime) -> Grant:
    """Give an account a role. Who administers a place may bring in anybody whose account's id they were told."""
    path = paths_of(tx, [body.organisation_id]).get(body.organisation_id, ())
    told = tx.get(Account, account_id) if caller.has(Role.ADMINISTRATOR, path) else None
    account = told or get_account(tx, caller, account_id)
    return give_grant(tx, caller, account.id, body, now)


def change_account(
    tx: Session, caller: Caller, account_id: str, version: int, body: AccountPatch, now: datetime
) -> Account:
    """Change what was sent of an account that the caller manages; raise `PreconditionFailed` for a stale version."""
    account = get_managed(tx, caller, account_id, now)
    check_version(account.version, version, now=out_of(account))
    values = given(body)
    if organisation_id := values.get("organisation_id"):
        may_tend(caller, path_to(get_active(tx, organisation_id).path))
    return _put(tx, caller, account, values)


def change_own(tx: Session, caller: Caller, version: int, body: OwnPatch) -> Account:
    """Change what was sent of the caller's own account."""
    account = tx.get_one(Account, caller.account_id)
    check_version(account.version, version, now=out_of(account))
    return _put(tx, caller, account, given(body))


def disable_account(tx: Session, caller: Caller, account_id: str, version: int, now: datetime) -> Account:
    """Disable an account: it signs in no more, and no credential of it comes back when it is reopened."""
    account = get_managed(tx, caller, account_id, now)
    check_version(account.version, version, now=out_of(account))
    if account.disabled_at:
        raise AlreadySo()
    account.disabled_at = now
    account.credentials_since = now + timedelta(microseconds=1)
    account.version += 1
    record(tx, caller, "account.disabled", account.id)
    emit(tx, AccountClosed(account_id=account.id))
    emit(tx, CredentialEnded(account_id=account.id))
    return account


def reopen_account(tx: Session, caller: Caller, account_id: str, version: int, now: datetime) -> Account:
    """Let a disabled account sign in again, with its password or a recovery link."""
    account = get_managed(tx, caller, account_id, now)
    check_version(account.version, version, now=out_of(account))
    if not account.disabled_at:
        raise AlreadySo()
    account.disabled_at = None
    account.version += 1
    record(tx, caller, "account.reopened", account.id)
    emit(tx, AccountReopened(account_id=account.id, organisation_id=account.organisation_id))
    return account


def get_managed(tx: Session, caller: Caller, account_id: str, now: datetime) -> Account:
    """Return an account that the caller manages; raise `NotFound`, `NotItsAdministrator` or `LocalStays`."""
    account = get_account(tx, caller, account_id)
    may_manage(caller, *places_of(tx, account, day_of(now)))
    if account.is_local:
        raise LocalStays()
    return account


def _put(tx: Session, caller: Caller, account: Account, values: dict[str, Any]) -> Account:
    for contact in filter(None, (values.get("email"), values.get("phone"))):
        if holder_of(tx, contact) not in (None, account.id):
            raise ContactTaken()
    changes = apply(account, values)
    if not (account.email or account.phone or account.is_local):
        raise ContactMissing()
    if changes:
        account.version += 1
        tx.flush()
        told = {name: "changed" if name in _PRIVATE else change for name, change in changes.items()}
        record(tx, caller, "account.changed", account.id, **told)
        emit(tx, CredentialEnded(account_id=account.id))
    return account
