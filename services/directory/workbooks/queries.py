"""The tree as a workbook needs it: whole, with slugs in place of ids."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.directory.accounts.models import Account
from services.directory.memberships.models import Membership
from services.directory.organisations.models import Organisation, OtherName, Successor
from services.directory.workbooks.tree import Entry, NameEntry, Names


@dataclass(frozen=True)
class Tree:
    """Every organisation by slug, and each as an entry, with its other names."""

    rows: dict[str, Organisation]
    entries: dict[str, Entry]
    names: Names


def load_tree(tx: Session) -> Tree:
    """Return the whole tree."""
    rows = {row.slug: row for row in tx.scalars(select(Organisation).order_by(Organisation.path))}
    slugs = {row.id: row.slug for row in rows.values()}
    into: dict[str, list[str]] = {}
    for link in tx.scalars(select(Successor)):
        into.setdefault(link.organisation_id, []).append(slugs[link.into_id])
    names: dict[str, set[NameEntry]] = {}
    for name in tx.scalars(select(OtherName)):
        entry = NameEntry(name.kind, name.name, name.from_on, name.until_on)
        names.setdefault(slugs[name.organisation_id], set()).add(entry)
    entries = {
        slug: Entry(
            slug=slug,
            parent=slugs[row.parent_id] if row.parent_id else "",
            kind=row.kind,
            name=row.name,
            uscc=row.uscc,
            ror=row.ror,
            status=row.status,
            founded_on=row.founded_on,
            ended_on=row.ended_on,
            into=tuple(sorted(into.get(row.id, ()))),
        )
        for slug, row in rows.items()
    }
    return Tree(rows, entries, {slug: frozenset(found) for slug, found in names.items()})


def accounts_by_contact(tx: Session, contacts: Iterable[str]) -> dict[str, Account]:
    """Return the accounts with these email addresses and phone numbers, by each of them."""
    found: dict[str, Account] = {}
    for part in _parts(contacts):
        for account in tx.scalars(select(Account).where(or_(Account.email.in_(part), Account.phone.in_(part)))):
            found |= dict.fromkeys(filter(None, (account.email, account.phone)), account)
    return found


def memberships_of(tx: Session, society_id: str) -> dict[str, list[Membership]]:
    """Return the memberships of a society that were not ended, by account."""
    found: dict[str, list[Membership]] = {}
    not_ended = (Membership.organisation_id == society_id) & Membership.ended_at.is_(None)
    for membership in tx.scalars(select(Membership).where(not_ended).order_by(Membership.from_on)):
        found.setdefault(membership.account_id, []).append(membership)
    return found


def _parts(values: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """Yield the values in parts that a database takes at once."""
    ordered = sorted(values)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))
