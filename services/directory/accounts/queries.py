"""Selects of accounts. One sees oneself, and the accounts at what one administers; who administers the root, all."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, bindparam, or_, select, true
from sqlalchemy.orm import Session

from services.directory.accounts.models import Account
from services.directory.accounts.rules import AccountStatus
from services.directory.accounts.schemas import AccountFilter, AccountOut, ColleagueFilter, NamedOut
from services.directory.grants.models import Grant
from services.directory.grants.queries import list_in_force, list_not_over
from services.directory.organisations.queries import at_or_below, find_root, get_organisation, paths_of
from services.directory.organisations.rules import day_of
from shared.caller import Caller, Role
from shared.errors import NotFound
from shared.paging import Page, paginate

T = TypeVar("T")
_COLUMNS = Account.__table__.c
_HAS = [column == bindparam("contact") for column in (Account.email, Account.phone)]
_WITH = [select(Account).where(has) for has in _HAS]
_ID_WITH = [select(_COLUMNS.id).where(has) for has in _HAS]


def visible_to(tx: Session, caller: Caller) -> ColumnElement[bool]:
    """Make the condition that the caller may see an account."""
    administered = caller.organisations_with(Role.ADMINISTRATOR)
    root = find_root(tx)
    if root is not None and root.id in administered:
        return true()
    return or_(Account.id == caller.account_id, Account.organisation_id.in_(at_or_below(tx, administered)))


def colleagues_of(tx: Session, caller: Caller, day: date) -> ColumnElement[bool]:
    """Make the condition that an account is a colleague's.

    It belongs to a place where the caller has a role on `day`, or has, or had, one there, above or below.
    """
    own = [grant.organisation_id for grant in list_in_force(tx, caller.account_id, day)]
    above = {each for path in paths_of(tx, own).values() for each in path}
    related = or_(Grant.organisation_id.in_(at_or_below(tx, own)), Grant.organisation_id.in_(above))
    return or_(Account.organisation_id.in_(own), Account.id.in_(select(Grant.account_id).where(related)))


def get_named(tx: Session, caller: Caller, account_id: str, now: datetime) -> Account:
    """Return an account whose name the caller may know: one that they may see, or a colleague's; raise `NotFound`."""
    known = or_(visible_to(tx, caller), colleagues_of(tx, caller, day_of(now)))
    account = tx.scalar(select(Account).where(Account.id == account_id, known))
    if account is None:
        raise NotFound()
    return account


def get_account(tx: Session, caller: Caller, account_id: str) -> Account:
    """Return an account that the caller may see; raise `NotFound`."""
    account = tx.scalar(select(Account).where(Account.id == account_id, visible_to(tx, caller)))
    if account is None:
        raise NotFound()
    return account


def find_by_contact(tx: Session, contact: str) -> Account | None:
    """Return the account with this email address or phone number, as they are kept."""
    return _one(tx, _WITH, contact)


def holder_of(tx: Session, contact: str) -> str | None:
    """Return the id of the account that `find_by_contact` finds."""
    return _one(tx, _ID_WITH, contact)


def _one(tx: Session, statements: Sequence[Select[T]], contact: str) -> T | None:
    """Ask by email address or by phone number, whichever this is."""
    by_email, by_phone = statements
    return tx.scalar(by_email if "@" in contact else by_phone, {"contact": contact}) if contact else None


def list_accounts(tx: Session, caller: Caller, query: AccountFilter) -> Page[AccountOut]:
    """Return one page of the accounts that the caller may see, in the order of opening."""
    statement = select(Account).where(visible_to(tx, caller))
    if query.q:
        columns = (_COLUMNS[name] for name in ("name_zh", "name_en", "email", "phone"))
        statement = statement.where(or_(*(column.icontains(query.q, autoescape=True) for column in columns)))
    if query.below:
        below = at_or_below(tx, [get_organisation(tx, query.below).id])
        statement = statement.where(Account.organisation_id.in_(below))
    if query.status:
        active = Account.disabled_at.is_(None)
        statement = statement.where(active if query.status is AccountStatus.ACTIVE else ~active)
    rows, following, total = paginate(tx, statement, query, Account.id)
    return Page(items=[out_of(row) for row in rows], next=following, total=total)


def list_colleagues(tx: Session, caller: Caller, query: ColleagueFilter, now: datetime) -> Page[NamedOut]:
    """Return one page of the active accounts that belong to an organisation; nobody, where the caller has no role there."""
    own = [grant.organisation_id for grant in list_in_force(tx, caller.account_id, day_of(now))]
    statement = select(Account).where(
        Account.organisation_id == query.organisation_id,
        Account.organisation_id.in_(own),
        Account.disabled_at.is_(None),
    )
    if query.q:
        names = (_COLUMNS[name] for name in ("name_zh", "name_en"))
        statement = statement.where(or_(*(name.icontains(query.q, autoescape=True) for name in names)))
    rows, following, total = paginate(tx, statement, query, Account.id)
    return Page(items=[NamedOut.model_validate(row) for row in rows], next=following, total=total)


def places_of(tx: Session, account: Account, day: date) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the path of an account's organisation (of the root where it has none), and those of its grants' places."""
    root = find_root(tx)
    at = account.organisation_id or (root.id if root else "")
    grants = [grant.organisation_id for grant in list_not_over(tx, account.id, day)]
    paths = paths_of(tx, [at, *grants])
    return paths.get(at, ()), [paths[each] for each in grants]


def existing(tx: Session, ids: Iterable[str]) -> set[str]:
    """Return those ids that are accounts'."""
    return set(tx.scalars(select(Account.id).where(Account.id.in_(set(ids)))))


def out_of(account: Account) -> AccountOut:
    """Return an account as it is answered."""
    plain = {name: getattr(account, name) for name in AccountOut.model_fields if name != "status"}
    status = AccountStatus.DISABLED if account.disabled_at else AccountStatus.ACTIVE
    return AccountOut.model_validate({**plain, "status": status})
