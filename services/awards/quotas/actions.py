"""What is done with slots: moved between units, given out as codes, used for nominations and given back.

Whoever takes slots from an account holds it until the commit, so that of two units, or two candidates, that race for the
last one, one has it and the other is told.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.awards.cycles.actions import note
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import get_cycle, office_of
from services.awards.cycles.rules import NotARehearsal, Phase, check_state
from services.awards.quotas import rules
from services.awards.quotas.codes import digest_of_code, new_code
from services.awards.quotas.models import QuotaCode, QuotaEntry
from services.awards.quotas.queries import (
    Terms,
    allocated,
    balances,
    code_of,
    find_code,
    find_taken,
    get_code,
    has_slot,
    slot_of,
    terms_of,
)
from services.awards.quotas.rules import Move, QuotaExceeded
from services.awards.quotas.schemas import CodesIn, QuotaMoveIn, QuotaMovesIn, WithdrawIn
from shared.caller import Caller
from shared.db import hold, in_turn
from shared.errors import check_version
from shared.tree import Node, get_node, path_of

OFFICE = "office"
_TAKE = QuotaEntry.metadata.tables[QuotaEntry.__tablename__].insert()
_USED, _GIVEN_BACK = "used for a nomination", "given back"


def hold_accounts(tx: Session, cycle: Cycle, units: Iterable[str | None]) -> None:
    """Let whoever else takes slots of these units (none: of the award office) wait until this transaction is committed."""
    in_turn(tx, *{f"quota {cycle.id} {unit or OFFICE}" for unit in units})


def move_slots(tx: Session, caller: Caller, now: datetime, ref: str, body: QuotaMovesIn) -> list[QuotaEntry]:
    """Move slots, all of the moves or none; raise `Forbidden`, `QuotaExceeded` and what else `rules` names."""
    cycle = get_cycle(tx, caller, ref)
    check_state(cycle.state, "change", Phase.DRAFT, Phase.OPEN)
    hold_accounts(tx, cycle, (move.from_unit_id for move in body.moves))
    have = balances(tx, cycle.id, (move.from_unit_id for move in body.moves if move.from_unit_id))
    given = {category: allocated(tx, cycle.id, category) for category in {move.category for move in body.moves}}
    office, terms = office_of(tx, caller, cycle), terms_of(tx, cycle, now)
    made = []
    for move in body.moves:
        entry = _entry_of(tx, caller, now, cycle, move, office=office)
        rules.check_known(move.category, move.group, terms.quotas, terms.groups)
        usual = terms.quotas[move.category]["per_unit"]
        if (amount := move.amount or usual) is None:
            raise rules.UnitsMissing()
        entry.amount = amount
        if entry.from_unit_id:
            rules.check_enough(have[entry.from_unit_id, move.category, entry.from_group], amount)
            have[entry.from_unit_id, move.category, entry.from_group] -= amount
        elif (total := terms.quotas[move.category]["total"]) is not None:
            rules.check_enough(total - given[move.category], amount)
        given[move.category] += amount if move.move is Move.ALLOCATE else 0
        if entry.to_unit_id:
            have[entry.to_unit_id, move.category, entry.to_group] += amount
        made.append(entry)
    tx.add_all(made)
    tx.flush()
    note(tx, caller, cycle, "quota.moved", entries=[_said(entry) for entry in made])
    return made


def _entry_of(
    tx: Session, caller: Caller, now: datetime, cycle: Cycle, move: QuotaMoveIn, *, office: bool
) -> QuotaEntry:
    source = path_of(tx, move.from_unit_id) if move.from_unit_id else ()
    target = path_of(tx, move.to_unit_id) if move.to_unit_id else ()
    rules.check_units(move.move, source, target)
    rules.may_move(caller, move.move, source, target, office=office)
    if move.to_unit_id and get_node(tx, move.to_unit_id).status != "active":
        raise rules.UnitEnded()
    from_group, to_group = rules.groups_of(move.move, move.group)
    own = move.move in (Move.RESERVE, Move.RELEASE)
    return QuotaEntry(
        cycle_id=cycle.id, move=move.move.value, category=move.category, reason=move.reason, made_at=now,
        made_by=caller.account_id, from_unit_id=move.from_unit_id, from_group=from_group,
        to_unit_id=move.from_unit_id if own else move.to_unit_id, to_group=to_group,
    )  # fmt: skip


def _said(entry: QuotaEntry) -> dict[str, object]:
    names = ("id", "move", "category", "from_unit_id", "from_group", "to_unit_id", "to_group", "amount", "reason")
    return {name: getattr(entry, name) for name in names}


def give_codes(tx: Session, caller: Caller, now: datetime, ref: str, body: CodesIn) -> list[tuple[QuotaCode, str]]:
    """Give out codes, each for one slot of a unit; return them with their words, which are told this once."""
    cycle = get_cycle(tx, caller, ref)
    check_state(cycle.state, "change", Phase.OPEN)
    path = path_of(tx, body.unit_id)
    rules.may_move(caller, Move.CODE, path, path, office=office_of(tx, caller, cycle))
    terms = terms_of(tx, cycle, now)
    rules.check_known(body.category, body.group, terms.categories, terms.groups)
    made = []
    for _ in range(body.count):
        words = new_code()
        code = QuotaCode(
            cycle_id=cycle.id, unit_id=body.unit_id, category=body.category, group=body.group, note=body.note,
            digest=digest_of_code(words), ending=words[-4:], made_at=now, made_by=caller.account_id,
        )  # fmt: skip
        made.append((code, words))
    tx.add_all(code for code, _ in made)
    tx.flush()
    if body.category in terms.quotas:
        hold_accounts(tx, cycle, [body.unit_id])
        have = balances(tx, cycle.id, [body.unit_id])
        rules.check_enough(have[body.unit_id, body.category, body.group], body.count)
        tx.add_all(_use(cycle, caller, now, Move.CODE, code, body.note) for code, _ in made)
        tx.flush()
    note(tx, caller, cycle, "codes.given", unit=body.unit_id, category=body.category, codes=[c.id for c, _ in made])
    return made


def _use(cycle: Cycle, caller: Caller, now: datetime, move: Move, code: QuotaCode, reason: str) -> QuotaEntry:
    back = move is Move.GIVE_BACK
    return QuotaEntry(
        cycle_id=cycle.id, move=move.value, category=code.category, amount=1, reason=reason, made_at=now,
        made_by=caller.account_id, from_unit_id=None if back else code.unit_id, from_group=code.group,
        to_unit_id=code.unit_id if back else None, to_group=code.group, code_id=code.id,
        nomination_id=code.nomination_id,
    )  # fmt: skip


def withdraw_code(
    tx: Session, caller: Caller, now: datetime, ref: str, code_id: str, version: int, body: WithdrawIn
) -> QuotaCode:
    """Withdraw a code that nobody has used; its slot is the unit's again. Raises `CodeUsed`, `CodeWithdrawn`."""
    cycle = get_cycle(tx, caller, ref)
    code = get_code(tx, caller, cycle, code_id)
    path = path_of(tx, code.unit_id)
    rules.may_move(caller, Move.CODE, path, path, office=office_of(tx, caller, cycle))
    hold(tx, code)
    check_version(code.version, version)
    rules.check_code(used=code.used_at is not None, withdrawn=code.withdrawn_at is not None)
    _end_code(tx, caller, now, cycle, code, body.reason)
    note(tx, caller, cycle, "code.withdrawn", code=code.id, reason=body.reason)
    return code


def _end_code(tx: Session, caller: Caller, now: datetime, cycle: Cycle, code: QuotaCode, reason: str) -> None:
    code.withdrawn_at = now
    code.version += 1
    stands_for_slot = tx.scalar(select(QuotaEntry.id).where(QuotaEntry.code_id == code.id).limit(1))
    if stands_for_slot:
        tx.add(_use(cycle, caller, now, Move.GIVE_BACK, code, reason))
    tx.flush()


def use_code(tx: Session, words: str, nomination_id: str, now: datetime) -> QuotaCode:
    """Use a code for a nomination, which has the slot from now on; raise `CodeUnknown`, `CodeUsed`, `CodeWithdrawn`.

    Used again for the same nomination, nothing more happens.
    """
    code = find_code(tx, words)
    hold(tx, code)
    if code.nomination_id == nomination_id and code.withdrawn_at is None:
        return code
    rules.check_code(used=code.used_at is not None, withdrawn=code.withdrawn_at is not None)
    code.nomination_id, code.used_at = nomination_id, now
    code.version += 1
    tx.flush()
    return code


def take_slot(
    tx: Session, caller: Caller, now: datetime, cycle: Cycle, terms: Terms, unit_id: str, category: str,
    groups: Sequence[str], nomination_id: str, *, may_have_one: bool = True,
) -> str | None:  # fmt: skip
    """Take a slot of a unit for a nomination: one reserved for a group of the candidate's, else one of anybody's.

    Returns that group, empty for anybody's. Nothing happens for a nomination that has one, by a code or not, or where the
    category has no quotas by the `terms` that hold. Raises `QuotaExceeded`.
    """
    if category not in terms.quotas:
        return None
    hold_accounts(tx, cycle, [unit_id])
    if may_have_one and has_slot(tx, nomination_id):
        return None
    group = slot_of(tx, cycle, unit_id, category, groups)
    if group is None:
        raise QuotaExceeded(available=0, amount=1)
    entry = {
        "cycle_id": cycle.id, "move": Move.TAKE.value, "category": category, "amount": 1, "reason": _USED,
        "made_at": now, "made_by": caller.account_id, "from_unit_id": unit_id, "from_group": group, "to_group": group,
        "nomination_id": nomination_id,
    }  # fmt: skip
    tx.execute(_TAKE, entry)
    return group


def give_back(tx: Session, caller: Caller, now: datetime, cycle: Cycle, nomination_id: str) -> None:
    """Give the slot of a nomination back to the unit that it came from; of one that has none, nothing happens."""
    if code := code_of(tx, nomination_id):
        hold(tx, code)
        if code.withdrawn_at is None:
            _end_code(tx, caller, now, cycle, code, _GIVEN_BACK)
    if taken := find_taken(tx, nomination_id):
        hold_accounts(tx, cycle, [taken.from_unit_id])
        if find_taken(tx, nomination_id):
            tx.add(
                QuotaEntry(
                    cycle_id=cycle.id, move=Move.GIVE_BACK.value, category=taken.category, amount=1, made_at=now,
                    reason=_GIVEN_BACK, made_by=caller.account_id, from_group=taken.from_group,
                    to_unit_id=taken.from_unit_id, to_group=taken.from_group, nomination_id=nomination_id,
                )
            )  # fmt: skip
            tx.flush()


def fill_rehearsal(tx: Session, caller: Caller, now: datetime, ref: str) -> list[QuotaEntry]:
    """Give the units directly below a rehearsal's owner as many slots as are usual, one where nothing is."""
    cycle = get_cycle(tx, caller, ref)
    if cycle.rehearsal_of is None:
        raise NotARehearsal()
    units = select(Node.id).where(Node.parent_id == cycle.owner_id, Node.status == "active").order_by(Node.id).limit(20)
    moves = [
        QuotaMoveIn(
            move=Move.ALLOCATE,
            category=category,
            to_unit_id=unit,
            amount=quota["per_unit"] or 1,
            reason="演练示例 sample",
        )
        for unit in tx.scalars(units)
        for category, quota in terms_of(tx, cycle, now).quotas.items()
    ]
    return move_slots(tx, caller, now, ref, QuotaMovesIn(moves=tuple(moves))) if moves else []


def inherit(tx: Session, now: datetime, unit_id: str, into_id: str) -> None:
    """Let the slots that a unit has in cycles that go on be those of the unit it was merged into."""
    going_on = select(Cycle).where(Cycle.state.in_((Phase.DRAFT, Phase.OPEN))).order_by(Cycle.id)
    for cycle in tx.scalars(going_on).all():
        hold_accounts(tx, cycle, [unit_id])
        for (_, category, group), amount in sorted(balances(tx, cycle.id, [unit_id]).items()):
            if amount > 0:
                tx.add(
                    QuotaEntry(
                        cycle_id=cycle.id, move=Move.INHERIT.value, category=category, amount=amount, made_at=now,
                        made_by="", reason="merged", from_unit_id=unit_id, from_group=group, to_unit_id=into_id,
                        to_group=group,
                    )
                )  # fmt: skip
        tx.flush()
