"""Figures of a cycle for its office: sums over its ledger, its nominations and its list; nothing of them is kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from services.awards.checks.queries import statistics
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import extensions_of, planned_of, stages_of
from services.awards.cycles.rules import latest
from services.awards.lists.queries import last_list
from services.awards.nominations.models import Nomination
from services.awards.nominations.rules import NominationState
from services.awards.programmes.rules import StageKind
from services.awards.progress.schemas import CycleProgressOut, UnitProgressFilter, UnitProgressOut
from services.awards.quotas.models import QuotaEntry
from services.awards.quotas.queries import held
from shared.paging import Page, paginate
from shared.times import PlannedTime
from shared.tree import Node, below, ids_on

_HANDED_IN = Nomination.submitted_at.is_not(None) & (Nomination.state != NominationState.WITHDRAWN.value)


def progress_of(tx: Session, cycle: Cycle, now: datetime) -> CycleProgressOut:
    """Return how far a cycle has come."""
    checked = {each.key: each.count for each in statistics(tx, cycle, now).standings}
    states = select(Nomination.state, func.count()).where(Nomination.cycle_id == cycle.id)
    begun = dict(tx.execute(states.group_by(Nomination.state)).all())
    counted = {
        name: checked.get(name, 0) for name in ("waiting", "second", "returned", "overdue", "passed", "rejected")
    }
    slots = held(cycle.id).subquery().c
    given = select(func.sum(slots.slots)).where(slots.unit_id.is_not(None))
    listed = last_list(tx, cycle.id)
    return CycleProgressOut(
        now=now,
        given=int(tx.scalar(given) or 0),
        drafts=begun.get(NominationState.DRAFT.value, 0),
        submitted=sum(checked.values()),
        withdrawn=begun.get(NominationState.WITHDRAWN.value, 0),
        listed=len(listed.lines) if listed else 0,
        behind=tx.scalar(select(func.count()).select_from(Node).where(_behind(cycle))) or 0,
        **counted,
    )


def _behind(cycle: Cycle) -> ColumnElement[bool]:
    """Make the condition that a unit has more slots for itself than it has handed in: one sum for all units together."""
    handed_in = select(Nomination.unit_id, literal(-1)).where(Nomination.cycle_id == cycle.id, _HANDED_IN)
    left = union_all(*held(cycle.id).selects, handed_in).subquery().c
    return Node.id.in_(select(left.unit_id).group_by(left.unit_id).having(func.sum(left.slots) > 0))


def list_units(tx: Session, cycle: Cycle, query: UnitProgressFilter) -> Page[UnitProgressOut]:
    """Return one page of the units that have slots or nominations, each above what stands below it."""
    given = select(QuotaEntry.to_unit_id).where(QuotaEntry.cycle_id == cycle.id, QuotaEntry.to_unit_id.is_not(None))
    begun = select(Nomination.unit_id).where(Nomination.cycle_id == cycle.id)
    statement = select(Node).where(or_(Node.id.in_(given), Node.id.in_(begun)))
    if query.below:
        statement = statement.where(below(tx, Node.id, [query.below]))
    if query.behind:
        statement = statement.where(_behind(cycle))
    nodes, following, total = paginate(tx, statement, query, Node.id, Node.path)
    return Page(items=_told(tx, cycle, nodes), next=following, total=total)


def _told(tx: Session, cycle: Cycle, nodes: Sequence[Node]) -> list[UnitProgressOut]:
    units = [node.id for node in nodes]
    slots = held(cycle.id).subquery().c
    summed = select(slots.unit_id, func.sum(slots.slots)).where(slots.unit_id.in_(units)).group_by(slots.unit_id)
    own = Counter({unit_id: int(sum_) for unit_id, sum_ in tx.execute(summed)})
    counted = select(Nomination.unit_id, Nomination.state, _HANDED_IN, func.count())
    counted = counted.where(Nomination.cycle_id == cycle.id, Nomination.unit_id.in_(units))
    states: dict[str, Counter[str]] = {unit: Counter() for unit in units}
    for unit_id, state, handed_in, number in tx.execute(
        counted.group_by(Nomination.unit_id, Nomination.state, _HANDED_IN)
    ):
        states[unit_id][state] += number
        states[unit_id]["handed_in"] += number if handed_in else 0
    until = _deadlines(tx, cycle, nodes)
    return [
        UnitProgressOut(
            unit_id=node.id,
            unit=node.name,
            given=own[node.id],
            drafts=states[node.id][NominationState.DRAFT.value],
            submitted=states[node.id]["handed_in"],
            returned=states[node.id][NominationState.RETURNED.value],
            passed=states[node.id][NominationState.PASSED.value],
            behind=max(own[node.id] - states[node.id]["handed_in"], 0),
            until=until[node.id],
        )
        for node in nodes
    ]


def _deadlines(tx: Session, cycle: Cycle, nodes: Sequence[Node]) -> Mapping[str, datetime | None]:
    """Return until when each unit may hand in, with what was put off for it or for those above it."""
    stage = next((each for each in stages_of(tx, cycle.id) if each.kind == StageKind.SUBMISSION_DEADLINE), None)
    planned = planned_of(stage) if stage else None
    if stage is None or planned is None:
        return {node.id: None for node in nodes}
    later = [each for each in extensions_of(tx, cycle.id) if each.stage_id == stage.id and each.nomination_id is None]
    return {node.id: _latest(planned, later, ids_on(node.path)) for node in nodes}


def _latest(planned: PlannedTime, later: Sequence[Any], path: Sequence[str]) -> datetime:
    put_off = [PlannedTime(each.until_local, each.zone) for each in later if each.unit_id in path]
    found = latest([planned, *put_off])
    assert found is not None
    return found.utc()
