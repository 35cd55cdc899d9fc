"""Routes of accounts: `/api/directory/accounts`."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.directory.accounts.actions import (
    change_account,
    disable_account,
    give_role,
    open_account,
    reopen_account,
)
from services.directory.accounts.queries import get_account, get_named, list_accounts, list_colleagues, out_of
from services.directory.accounts.schemas import (
    AccountFilter,
    AccountId,
    AccountIn,
    AccountOut,
    AccountPatch,
    ColleagueFilter,
    NamedOut,
)
from services.directory.grants.schemas import GrantIn, GrantOut
from shared.editing import DeedOut, history
from shared.paging import Page
from shared.web import CallerDep, IfMatch, Now, reads, writes

router = APIRouter(prefix="/accounts", tags=["accounts"])


@router.get("")
@reads
def get_accounts(tx: Session, caller: CallerDep, query: Annotated[AccountFilter, Query()]) -> Page[AccountOut]:
    """List the accounts at what one administers, and one's own."""
    return list_accounts(tx, caller, query)


@router.post("", status_code=201)
@writes
def post_account(tx: Session, caller: CallerDep, now: Now, body: AccountIn) -> AccountOut:
    """Open an account; its owner comes in by a recovery link."""
    return out_of(open_account(tx, caller, body, now))


@router.get("/colleagues")
@reads
def get_colleagues(
    tx: Session, caller: CallerDep, now: Now, query: Annotated[ColleagueFilter, Query()]
) -> Page[NamedOut]:
    """List who belongs to an organisation where one has a role oneself, by name alone."""
    return list_colleagues(tx, caller, query, now)


@router.get("/{account_id}")
@reads
def get_one_account(tx: Session, caller: CallerDep, account_id: AccountId) -> AccountOut:
    """Return an account."""
    return out_of(get_account(tx, caller, account_id))


@router.get("/{account_id}/name")
@reads
def get_name(tx: Session, caller: CallerDep, account_id: AccountId, now: Now) -> NamedOut:
    """Return the name of a colleague: who belongs to a place where one has a role, or has one there, above or below."""
    return NamedOut.model_validate(get_named(tx, caller, account_id, now))


@router.get("/{account_id}/history")
@reads
def get_account_history(tx: Session, caller: CallerDep, account_id: AccountId) -> list[DeedOut]:
    """Return what was done to an account, newest first."""
    return history(tx, get_account(tx, caller, account_id).id)


@router.patch("/{account_id}")
@writes
def patch_account(
    tx: Session, caller: CallerDep, account_id: AccountId, version: IfMatch, now: Now, body: AccountPatch
) -> AccountOut:
    """Change an account."""
    return out_of(change_account(tx, caller, account_id, version, body, now))


@router.post("/{account_id}/disable")
@writes
def post_disable(tx: Session, caller: CallerDep, account_id: AccountId, version: IfMatch, now: Now) -> AccountOut:
    """Disable an account at once, everywhere."""
    return out_of(disable_account(tx, caller, account_id, version, now))


@router.post("/{account_id}/reopen")
@writes
def post_reopen(tx: Session, caller: CallerDep, account_id: AccountId, version: IfMatch, now: Now) -> AccountOut:
    """Let a disabled account sign in again."""
    return out_of(reopen_account(tx, caller, account_id, version, now))


@router.post("/{account_id}/grants", status_code=201)
@writes
def post_grant(tx: Session, caller: CallerDep, account_id: AccountId, now: Now, body: GrantIn) -> GrantOut:
    """Give an account a role at an organisation, or on one thing."""
    return GrantOut.model_validate(give_role(tx, caller, account_id, body, now))
