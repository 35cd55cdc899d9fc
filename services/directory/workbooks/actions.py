"""What is done with a workbook: held against what is there, and taken as a whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.directory.accounts.actions import enter
from services.directory.accounts.models import Account
from services.directory.grants.rules import overlap
from services.directory.memberships import actions as memberships
from services.directory.memberships.models import Membership
from services.directory.organisations.actions import begin_state, keep_former_name, lock_tree, state_of, turn_state
from services.directory.organisations.models import Organisation, OtherName, State, Successor
from services.directory.organisations.queries import hold_active
from services.directory.organisations.rules import Status, check_day, day_of, may_tend, path_to
from services.directory.workbooks.members import Member, contacts_of, fault, read_members
from services.directory.workbooks.queries import Tree, accounts_by_contact, load_tree, memberships_of
from services.directory.workbooks.schemas import (
    ChangeOut,
    ImportOut,
    ImportProblem,
    ImportQuery,
    MembersOut,
    MembersQuery,
)
from services.directory.workbooks.tree import Change, Entry, Plan
from shared.audit import record
from shared.caller import Caller, Role
from shared.db import new_id
from shared.ledger import emit
from shared.message import Fact
from shared.messages.directory import (
    OrganisationClosed,
    OrganisationMerged,
    OrganisationMoved,
    OrganisationOpened,
    OrganisationRenamed,
    OrganisationSplit,
)


def import_tree(tx: Session, caller: Caller, data: bytes, query: ImportQuery, now: datetime) -> ImportOut:
    """Bring organisations to what a workbook says of them; with any fault, or as a dry run, nothing is changed."""
    lock_tree(tx)
    tree = load_tree(tx)
    plan = Plan(tree.entries, tree.names)
    plan.read(data)
    new = {change.new.slug: change.new for change in plan.changes}
    for change in plan.changes if not plan.faults else ():  # where the tree would stand is only known of a sound file
        if not _may_make(caller, tree, new, change):
            plan.forbid(change)
    applied = not plan.faults and not query.dry_run
    if applied:
        _Taking(tx, caller, tree.rows, check_day(query.on, None, day_of(now))).take(plan.changes)
    opened = sum(change.old is None for change in plan.changes)
    return ImportOut(
        applied=applied,
        opened=opened,
        changed=len(plan.changes) - opened,
        unchanged=plan.unchanged,
        problems=[ImportProblem.model_validate(fault, from_attributes=True) for fault in plan.faults],
        changes=[ChangeOut(row=each.row, slug=each.new.slug, fields=each.fields()) for each in plan.changes],
    )


def import_members(
    tx: Session, caller: Caller, society_ref: str, data: bytes, query: MembersQuery, now: datetime
) -> MembersOut:
    """Give memberships of a society to the people of a workbook, opening accounts for those who have none.

    With any fault, or as a dry run, nothing is changed. Who has an account elsewhere is not told.
    """
    society = hold_active(tx, society_ref)
    may_tend(caller, path_to(society.path))
    members, faults = read_members(data)
    accounts, held = accounts_by_contact(tx, contacts_of(members)), memberships_of(tx, society.id)
    wanted = []
    for member in members:
        found = {accounts[contact].id: accounts[contact] for contact in member.contacts() if contact in accounts}
        account = next(iter(found.values()), None)
        old, first = _match(member, held.get(account.id, []) if account else [], day_of(now))
        if len(found) > 1:
            faults.append(fault(member.row, "phone", "two_accounts"))
        others = [each for each in held.get(account.id, []) if each is not old] if account else []
        if any(overlap((first, member.until_on), (each.from_on, each.until_on)) for each in others):
            faults.append(fault(member.row, "from_on", "overlap"))
        wanted.append((member, account, old, first))
    changed = sum(old is not None and _differs(member, old) for member, _, old, _ in wanted)
    given = sum(old is None for _, _, old, _ in wanted)
    applied = not faults and not query.dry_run
    for member, account, old, first in wanted if applied else ():
        _take_member(tx, caller, society.id, member, account, old, first, now)
    problems = [ImportProblem.model_validate(each, from_attributes=True) for each in faults]
    unchanged = len(wanted) - given - changed
    return MembersOut(applied=applied, given=given, changed=changed, unchanged=unchanged, problems=problems)


def _match(member: Member, held: list[Membership], today: date) -> tuple[Membership | None, date]:
    """Return the membership that a row speaks of, and its first day; a row without one speaks of the last there is."""
    if member.from_on is None:
        lasting = [each for each in held if each.until_on is None or each.until_on >= today]
        return (lasting[-1], lasting[-1].from_on) if lasting else (None, today)
    return next((each for each in held if each.from_on == member.from_on), None), member.from_on


def _values(member: Member) -> dict[str, Any]:
    return {name: getattr(member, name) for name in ("number", "until_on") if name in member.row.values}


def _differs(member: Member, old: Membership) -> bool:
    return any(getattr(old, name) != value for name, value in _values(member).items())


def _take_member(
    tx: Session,
    caller: Caller,
    society_id: str,
    member: Member,
    account: Account | None,
    old: Membership | None,
    first: date,
    now: datetime,
) -> None:
    if old is not None:
        memberships.put(tx, caller, old, _values(member))
        return
    if account is None:
        contacts = {"email": member.email, "phone": member.phone}
        account = enter(tx, caller, {**contacts, "name": member.name, "organisation_id": society_id}, now)
    values = {"account_id": account.id, "organisation_id": society_id, "from_on": first}
    memberships.enter(tx, caller, values | {"number": member.number, "until_on": member.until_on})


def _may_make(caller: Caller, tree: Tree, new: Mapping[str, Entry], change: Change) -> bool:
    """Tell whether the caller administers the organisation; for its place or its end, what is above it then and now."""

    def path(slug: str) -> tuple[str, ...]:
        passed = set[str]()
        while slug not in tree.rows and slug in new and slug not in passed:
            passed.add(slug)
            slug = new[slug].parent
        return path_to(tree.rows[slug].path) if slug in tree.rows else ()

    nodes = [change.new.parent]
    if change.old:
        placed = (change.old.parent, change.old.status) != (change.new.parent, change.new.status)
        nodes = [change.old.parent, change.new.parent] if placed else [change.new.slug]
    return all(caller.has(Role.ADMINISTRATOR, path(slug)) for slug in nodes)


class _Taking:
    """One import as it is taken; `rows` grows with it."""

    def __init__(self, tx: Session, caller: Caller, rows: dict[str, Organisation], day: date) -> None:
        self.tx, self.caller, self.rows, self.day = tx, caller, rows, day
        self.states: dict[str, list[State]] = {}
        for state in tx.scalars(select(State).order_by(State.id)):
            self.states.setdefault(state.organisation_id, []).append(state)

    def take(self, changes: Sequence[Change]) -> None:
        """Make every change, and tell of each."""
        for change in changes:
            slug = change.new.slug
            row = self.rows.setdefault(slug, Organisation(id=new_id(), slug=slug, path="", version=0))
            self._put(row, change.new)
        self._lay_paths()
        self.tx.flush()
        for change in changes:
            row = self.rows[change.new.slug]
            self._keep_past(row, change)
            self._put_links(row, change)
        facts: list[Fact] = []
        for change in changes:
            row = self.rows[change.new.slug]
            verb = "changed" if change.old else "opened"
            record(self.tx, self.caller, f"organisation.{verb}", row.id, imported=change.fields())
            facts += _facts(row, change, [self.rows[slug].id for slug in change.new.into])
        emit(self.tx, *facts)

    def _put(self, row: Organisation, new: Entry) -> None:
        row.parent_id = self.rows[new.parent].id if new.parent else None
        row.kind, row.name, row.uscc, row.ror = new.kind, new.name, new.uscc, new.ror
        row.status, row.founded_on, row.ended_on = new.status, new.founded_on, new.ended_on
        row.version += 1
        self.tx.add(row)

    def _lay_paths(self) -> None:
        by_id = {row.id: row for row in self.rows.values()}
        laid: dict[str | None, str] = {None: "/"}

        def lay(row: Organisation) -> str:
            if row.id not in laid:
                above = lay(by_id[row.parent_id]) if row.parent_id else "/"
                laid[row.id] = f"{above}{row.id}/"
            return laid[row.id]

        for row in self.rows.values():
            if row.path != lay(row):
                row.path = lay(row)

    def _keep_past(self, row: Organisation, change: Change) -> None:
        """Keep what held until the change; what only corrects is held to have always been so."""
        old, new = change.old, change.new
        if old is None:
            self._begin(row)
            return
        first, current = self.states[row.id][0], self.states[row.id][-1]
        if old.founded_on != new.founded_on:
            first.from_on = new.founded_on
        if (old.parent, old.name, old.status) == (new.parent, new.name, new.status):
            current.kind = new.kind
            return
        day = (new.ended_on if new.status != old.status else None) or self.day
        day = max(day, current.from_on or day)
        if old.name != new.name and not change.lists_names:
            keep_former_name(self.tx, row, old.name, current.from_on, day)
        turn_state(self.tx, row, current, day)

    def _begin(self, row: Organisation) -> None:
        status, ended = row.status, row.ended_on
        if status == Status.ACTIVE or ended is None:
            begin_state(self.tx, row, row.founded_on)
            return
        row.status = Status.ACTIVE
        begin_state(self.tx, row, row.founded_on, ended)
        row.status = status
        begin_state(self.tx, row, ended)

    def _put_links(self, row: Organisation, change: Change) -> None:
        if change.new.into != (change.old.into if change.old else ()):
            if change.old:
                self.tx.execute(delete(Successor).where(Successor.organisation_id == row.id))
            ids = [self.rows[slug].id for slug in change.new.into]
            self.tx.add_all(Successor(organisation_id=row.id, into_id=each) for each in ids)
        if change.names is not None:
            if change.old:
                self.tx.execute(delete(OtherName).where(OtherName.organisation_id == row.id))
            self.tx.add_all(
                OtherName(organisation_id=row.id, kind=n.kind, name=n.name, from_on=n.from_on, until_on=n.until_on)
                for n in change.names
            )


def _facts(row: Organisation, change: Change, into: list[str]) -> Iterator[Fact]:
    """Yield what a change tells others."""
    old, new, told = change.old, change.new, state_of(row)
    if old is None:
        yield OrganisationOpened(organisation_id=row.id, organisation=told)
        return
    if old.parent != new.parent:
        yield OrganisationMoved(organisation_id=row.id, organisation=told)
    if old.status != new.status and new.status == Status.MERGED:
        yield OrganisationMerged(organisation_id=row.id, organisation=told, into_id=into[0])
    elif old.status != new.status and new.status == Status.SPLIT:
        yield OrganisationSplit(organisation_id=row.id, organisation=told, into_ids=tuple(into))
    elif old.status != new.status and new.status == Status.CLOSED:
        yield OrganisationClosed(organisation_id=row.id, organisation=told)
    elif replace(old, parent=new.parent) != new or change.names is not None:
        yield OrganisationRenamed(organisation_id=row.id, organisation=told)
