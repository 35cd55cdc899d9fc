"""What is done with a workbook: held against what is there, and taken as a whole or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.directory.organisations.actions import begin_state, keep_former_name, lock_tree, state_of, turn_state
from services.directory.organisations.models import Organisation, OtherName, State, Successor
from services.directory.organisations.rules import Status, check_day, day_of, path_to
from services.directory.workbooks.queries import Tree, load_tree
from services.directory.workbooks.schemas import ChangeOut, ImportOut, ImportProblem, ImportQuery
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
    for change in plan.changes:
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
        self.tx.flush()
        for change in changes:
            row = self.rows[change.new.slug]
            verb = "changed" if change.old else "opened"
            record(self.tx, self.caller, f"organisation.{verb}", row.id, imported=change.fields())
            for fact in _facts(row, change, [self.rows[slug].id for slug in change.new.into]):
                emit(self.tx, fact)

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
        if old.name != new.name and change.names is None:
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
            self.tx.execute(delete(Successor).where(Successor.organisation_id == row.id))
            ids = [self.rows[slug].id for slug in change.new.into]
            self.tx.add_all(Successor(organisation_id=row.id, into_id=each) for each in ids)
        if change.names is not None:
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
