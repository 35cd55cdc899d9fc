"""Selects of accepted lists: published ones for whoever sees the cycle, the next one for its office."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.awards.cycles.models import Cycle
from services.awards.lists.models import AcceptedList
from services.awards.lists.rules import Changed, changes_between, shown_name
from services.awards.lists.schemas import AcceptedListOut, NextListOut
from services.awards.nominations.models import Nomination
from services.awards.nominations.rules import NominationState
from services.awards.submissions.queries import facts_by, local_day, standard_of
from shared.errors import NotFound
from shared.paging import Page, PageQuery, paginate
from shared.text import Text
from shared.tree import names_of

_OPEN = (NominationState.SUBMITTED.value, NominationState.RETURNED.value)


def last_list(tx: Session, cycle_id: str) -> AcceptedList | None:
    """Return the list that counts, nothing before the first."""
    rows = select(AcceptedList).where(AcceptedList.cycle_id == cycle_id)
    return tx.scalar(rows.order_by(AcceptedList.number.desc()).limit(1))


def get_list(tx: Session, cycle: Cycle, number: int) -> AcceptedList:
    """Return a list of the cycle; raise `NotFound`."""
    found = tx.scalar(select(AcceptedList).where(AcceptedList.cycle_id == cycle.id, AcceptedList.number == number))
    if found is None:
        raise NotFound()
    return found


def list_lists(tx: Session, cycle: Cycle, query: PageQuery) -> Page[AcceptedListOut]:
    """Return one page of the lists of a cycle, the last first."""
    statement = select(AcceptedList).where(AcceptedList.cycle_id == cycle.id)
    rows, following, total = paginate(tx, statement, query, AcceptedList.id, descending=True)
    return Page(items=[AcceptedListOut.model_validate(row) for row in rows], next=following, total=total)


def lines_now(tx: Session, cycle: Cycle, now: datetime) -> list[dict[str, Any]]:
    """Return what a list would say now, in the order of numbers: of people no more than name and unit."""
    passed = select(Nomination).where(Nomination.cycle_id == cycle.id, Nomination.state == NominationState.PASSED.value)
    rows = tx.scalars(passed.order_by(Nomination.category, Nomination.serial)).all()
    units, standard, today = (
        names_of(tx, {row.unit_id for row in rows}),
        standard_of(tx, cycle, now),
        local_day(cycle, now),
    )
    told = bool(standard.rules.reads)
    lines = []
    for row in rows:
        born_on = facts_by(standard, row, row.handed_in or {}).born_on if told else None
        unit = units.get(row.unit_id, Text())
        lines.append(
            {
                "number": row.number, "name": shown_name(row.name, born_on, today), "category": row.category,
                "unit_id": row.unit_id, "unit": {"zh": unit.zh, "en": unit.en},
            }
        )  # fmt: skip
    return lines


def changes_since(last: AcceptedList | None, lines: list[dict[str, Any]]) -> list[Changed]:
    """Return how lines differ from the last list; nothing where there is none."""
    return changes_between(last.lines, lines) if last else []


def undecided(tx: Session, cycle: Cycle) -> int:
    """Count what was handed in and is not decided."""
    waiting = select(func.count()).select_from(Nomination)
    return tx.scalar(waiting.where(Nomination.cycle_id == cycle.id, Nomination.state.in_(_OPEN))) or 0


def next_out(tx: Session, cycle: Cycle, now: datetime) -> NextListOut:
    """Return what the next list would say."""
    last, lines = last_list(tx, cycle.id), lines_now(tx, cycle, now)
    told = {
        "number": last.number + 1 if last else 1,
        "undecided": undecided(tx, cycle),
        "lines": lines,
        "changes": [{"number": each.number, "kind": each.kind} for each in changes_since(last, lines)],
    }
    return NextListOut.model_validate(told)
