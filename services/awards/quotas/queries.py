"""Selects of the ledger and of codes, narrowed to the units that the caller works for; and the sums that balances are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, bindparam, exists, func, or_, select, union_all
from sqlalchemy.orm import Session

from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import definition_at, office_of
from services.awards.quotas.codes import digest_of_code
from services.awards.quotas.models import QuotaCode, QuotaEntry
from services.awards.quotas.rules import USES, CodeUnknown, Move, may_see
from services.awards.quotas.schemas import (
    BalanceFilter,
    BalanceOut,
    CodeFilter,
    CodeOut,
    EntryFilter,
    QuotaAccountOut,
    QuotaEntryOut,
)
from shared.caller import Caller, Role
from shared.errors import NotFound
from shared.paging import Page, paginate
from shared.tree import Node, below

Account = tuple[str, str, str]
"""A unit, a category, a group."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the definition that holds says of slots: total and usual number by category, the groups, every category.

    A category that is not in `quotas` has none, and is not counted.
    """

    quotas: dict[str, dict[str, Any]]
    groups: list[str]
    categories: list[str]


def terms_of(tx: Session, cycle: Cycle, now: datetime) -> Terms:
    """Return what holds in a cycle at an instant."""
    return terms_in(definition_at(tx, cycle, now).content)


def terms_in(content: Mapping[str, Any]) -> Terms:
    """Return what a definition says of slots."""
    return Terms(
        quotas={each["category"]: each for each in content["quotas"] or ()},
        groups=[group["key"] for group in content["groups"] or ()],
        categories=[category["key"] for category in content["categories"]],
    )


_ENTRIES, _CODES = QuotaEntry.__table__.c, QuotaCode.__table__.c


def _sums(unit: Any, group: Any, sign: int) -> Select[Any]:
    asked = select(unit, _ENTRIES.category, group, func.sum(_ENTRIES.amount) * sign)
    mine = asked.where(_ENTRIES.cycle_id == bindparam("cycle"), unit.in_(bindparam("units", expanding=True)))
    return mine.group_by(unit, _ENTRIES.category, group)


_SUMS = union_all(
    _sums(_ENTRIES.to_unit_id, _ENTRIES.to_group, 1), _sums(_ENTRIES.from_unit_id, _ENTRIES.from_group, -1)
)


def balances(tx: Session, cycle_id: str, units: Iterable[str]) -> dict[Account, int]:
    """Return what some units have now, by account; one without entries has nothing."""
    found: dict[Account, int] = defaultdict(int)
    for unit_id, category, key, amount in tx.execute(_SUMS, {"cycle": cycle_id, "units": tuple(set(units))}):
        found[unit_id, category, key] += int(amount)
    return found


def held(cycle_id: str) -> CompoundSelect[str | None, int]:
    """Select what every unit of a cycle got and, below zero, gave away, whatever of it was used: to be summed up.

    Where no unit is named, it is the award office.
    """
    kept = and_(QuotaEntry.cycle_id == cycle_id, QuotaEntry.move.not_in([move.value for move in USES]))
    ways = ((QuotaEntry.to_unit_id, QuotaEntry.amount), (QuotaEntry.from_unit_id, -QuotaEntry.amount))
    return union_all(*(select(unit.label("unit_id"), slots.label("slots")).where(kept) for unit, slots in ways))


def slot_of(tx: Session, cycle: Cycle, unit_id: str, category: str, groups: Sequence[str]) -> str | None:
    """Return the group whose slot a nomination of a unit would have, one of its own first; nothing where none is left."""
    have = balances(tx, cycle.id, [unit_id])
    return next((each for each in (*groups, "") if have[unit_id, category, each] > 0), None)


def find_taken(tx: Session, nomination_id: str) -> QuotaEntry | None:
    """Return the entry by which a nomination has a slot of its own, unless it was given back since."""
    rows = select(QuotaEntry).where(QuotaEntry.nomination_id == nomination_id, QuotaEntry.code_id.is_(None))
    last = tx.scalar(rows.order_by(QuotaEntry.id.desc()).limit(1))
    return last if last is not None and last.move == Move.TAKE else None


_LAST_MOVE = (
    select(_ENTRIES.move)
    .where(_ENTRIES.nomination_id == bindparam("nomination"), _ENTRIES.code_id.is_(None))
    .order_by(_ENTRIES.id.desc())
    .limit(1)
    .scalar_subquery()
)
_WITH_CODE = exists().where(_CODES.nomination_id == bindparam("nomination"), _CODES.withdrawn_at.is_(None))
_HAS_SLOT = select(or_(_WITH_CODE, func.coalesce(_LAST_MOVE, "") == Move.TAKE.value))


def has_slot(tx: Session, nomination_id: str) -> bool:
    """Tell whether a nomination has a slot by now, of its own or by a code."""
    return bool(tx.scalar(_HAS_SLOT, {"nomination": nomination_id}))


def code_of(tx: Session, nomination_id: str) -> QuotaCode | None:
    """Return the code that a nomination was made with, unless it was withdrawn."""
    used = select(QuotaCode).where(QuotaCode.nomination_id == nomination_id, QuotaCode.withdrawn_at.is_(None))
    return tx.scalar(used.limit(1))


def allocated(tx: Session, cycle_id: str, category: str) -> int:
    """Return how many slots of a category the award office has given out, and not got back."""
    moved = select(QuotaEntry.move, func.sum(QuotaEntry.amount)).where(
        QuotaEntry.cycle_id == cycle_id,
        QuotaEntry.category == category,
        or_(
            QuotaEntry.move == Move.ALLOCATE.value,
            and_(QuotaEntry.move == Move.RETURN.value, QuotaEntry.to_unit_id.is_(None)),
        ),
    )
    sums = {move: int(amount) for move, amount in tx.execute(moved.group_by(QuotaEntry.move))}
    return sums.get(Move.ALLOCATE.value, 0) - sums.get(Move.RETURN.value, 0)


def seen_units(tx: Session, caller: Caller, cycle: Cycle) -> dict[str, ColumnElement[bool]] | None:
    """Return the conditions that a unit is one the caller works for, by column; nothing where all are seen.

    Raises `Forbidden` for who works for none.
    """
    office = office_of(tx, caller, cycle)
    may_see(caller, office=office)
    if office:
        return None
    own = caller.organisations_with(Role.NOMINATOR)
    columns: dict[str, Any] = {
        "from": QuotaEntry.from_unit_id, "to": QuotaEntry.to_unit_id, "code": QuotaCode.unit_id, "node": Node.id,
    }  # fmt: skip
    return {name: below(tx, column, own) for name, column in columns.items()}


def list_entries(tx: Session, caller: Caller, cycle: Cycle, query: EntryFilter) -> Page[QuotaEntryOut]:
    """Return one page of the ledger, the newest first."""
    statement = select(QuotaEntry).where(QuotaEntry.cycle_id == cycle.id)
    if (seen := seen_units(tx, caller, cycle)) is not None:
        statement = statement.where(or_(seen["from"], seen["to"]))
    if query.unit:
        statement = statement.where(or_(QuotaEntry.from_unit_id == query.unit, QuotaEntry.to_unit_id == query.unit))
    if query.category:
        statement = statement.where(QuotaEntry.category == query.category)
    if query.move:
        statement = statement.where(QuotaEntry.move == query.move)
    rows, following, total = paginate(tx, statement, query, QuotaEntry.id, descending=True)
    return Page(items=[QuotaEntryOut.model_validate(row) for row in rows], next=following, total=total)


def list_balances(tx: Session, caller: Caller, cycle: Cycle, query: BalanceFilter) -> Page[BalanceOut]:
    """Return one page of what units have, each above what stands below it."""
    given = select(QuotaEntry.to_unit_id).where(QuotaEntry.cycle_id == cycle.id, QuotaEntry.to_unit_id.is_not(None))
    statement: Select[Node] = select(Node).where(Node.id.in_(given))
    if (seen := seen_units(tx, caller, cycle)) is not None:
        statement = statement.where(seen["node"])
    if query.unit:
        statement = statement.where(Node.id == query.unit)
    if query.below:
        statement = statement.where(below(tx, Node.id, [query.below]))
    nodes, following, total = paginate(tx, statement, query, Node.id, Node.path)
    accounts = _accounts(tx, cycle.id, [node.id for node in nodes])
    items = [BalanceOut(unit_id=node.id, unit=node.name, accounts=accounts[node.id]) for node in nodes]
    return Page(items=items, next=following, total=total)


def _accounts(tx: Session, cycle_id: str, units: list[str]) -> dict[str, list[QuotaAccountOut]]:
    sums: dict[Account, dict[str, int]] = defaultdict(lambda: {"received": 0, "passed": 0, "used": 0})
    uses = QuotaEntry.move.in_([move.value for move in USES])
    ways: tuple[tuple[Any, Any, str, int], ...] = (
        (QuotaEntry.to_unit_id, QuotaEntry.to_group, "received", -1),
        (QuotaEntry.from_unit_id, QuotaEntry.from_group, "passed", 1),
    )
    for unit, group, column, sign in ways:
        asked = select(unit, QuotaEntry.category, group, uses, func.sum(QuotaEntry.amount))
        mine = asked.where(QuotaEntry.cycle_id == cycle_id, unit.in_(units))
        for unit_id, category, key, used, amount in tx.execute(mine.group_by(unit, QuotaEntry.category, group, uses)):
            sums[unit_id, category, key]["used" if used else column] += sign * int(amount) if used else int(amount)
    found: dict[str, list[QuotaAccountOut]] = {unit: [] for unit in units}
    for (unit_id, category, key), each in sorted(sums.items()):
        balance = each["received"] - each["passed"] - each["used"]
        found[unit_id].append(QuotaAccountOut(category=category, group=key, balance=balance, **each))
    return found


def list_codes(tx: Session, caller: Caller, cycle: Cycle, query: CodeFilter) -> Page[CodeOut]:
    """Return one page of the codes of a cycle, the newest first."""
    statement = select(QuotaCode).where(QuotaCode.cycle_id == cycle.id)
    if (seen := seen_units(tx, caller, cycle)) is not None:
        statement = statement.where(seen["code"])
    if query.unit:
        statement = statement.where(QuotaCode.unit_id == query.unit)
    if query.category:
        statement = statement.where(QuotaCode.category == query.category)
    if query.state:
        free = and_(QuotaCode.used_at.is_(None), QuotaCode.withdrawn_at.is_(None))
        states = {
            "free": free,
            "used": QuotaCode.used_at.is_not(None),
            "withdrawn": QuotaCode.withdrawn_at.is_not(None),
        }
        statement = statement.where(states[query.state])
    rows, following, total = paginate(tx, statement, query, QuotaCode.id, descending=True)
    return Page(items=[CodeOut.model_validate(row) for row in rows], next=following, total=total)


def get_code(tx: Session, caller: Caller, cycle: Cycle, code_id: str) -> QuotaCode:
    """Return a code of the cycle that the caller sees; raise `NotFound`."""
    statement = select(QuotaCode).where(QuotaCode.id == code_id, QuotaCode.cycle_id == cycle.id)
    if not office_of(tx, caller, cycle):
        statement = statement.where(below(tx, QuotaCode.unit_id, caller.organisations_with(Role.NOMINATOR)))
    code = tx.scalar(statement)
    if code is None:
        raise NotFound()
    return code


def find_code(tx: Session, words: str) -> QuotaCode:
    """Return the code that somebody has written down; raise `CodeUnknown`."""
    code = tx.scalar(select(QuotaCode).where(QuotaCode.digest == digest_of_code(words)))
    if code is None:
        raise CodeUnknown()
    return code
