"""Selects of the check, for the award office alone: the queue, one nomination on the workbench, how far it has come."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from services.awards.checks.models import CheckOpinion, CheckReasons, FormalCheck
from services.awards.checks.papers import faults_of
from services.awards.checks.rules import FINAL, USUAL_REASONS, CheckOutcome, CheckStanding, Reason, standing_of
from services.awards.checks.schemas import (
    CheckCountOut,
    CheckFilter,
    CheckFindingOut,
    CheckOut,
    CheckReasonOut,
    CheckReasonsOut,
    CheckRowOut,
    CheckStatisticsOut,
    NominationReturnOut,
    OpinionOut,
    ReasonCountOut,
    SameOut,
)
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import deadlines_in_order, planned_of, run_by, stages_of
from services.awards.eligibility.facts import Facts
from services.awards.eligibility.schemas import VerdictOut
from services.awards.nominations.filling import pointer_to
from services.awards.nominations.models import Nomination
from services.awards.nominations.names import folded
from services.awards.nominations.queries import get_office, get_read
from services.awards.nominations.rules import NominationState
from services.awards.nominations.sealed import seals_in
from services.awards.programmes.rules import StageKind
from services.awards.submissions.models import SubmittedIdentity
from services.awards.submissions.queries import facts_by, last_of, standard_of, verdict_by
from shared.caller import Caller
from shared.keys import sealer_of
from shared.paging import Page, paginate
from shared.text import Text
from shared.tree import below

MOST_SAME = 20
"""Other nominations that look like the same, as the workbench shows them."""

_HANDED_IN = and_(Nomination.submitted_at.is_not(None), Nomination.state != NominationState.WITHDRAWN.value)
_OF_IT = FormalCheck.nomination_id == Nomination.id
_FIRST = and_(_OF_IT, FormalCheck.first_by.is_not(None), FormalCheck.first_at >= Nomination.submitted_at)


def reasons_of(tx: Session, programme_id: str) -> list[Reason]:
    """Return the reasons that a programme's nominations are checked by."""
    own = tx.get(CheckReasons, programme_id)
    if own is None:
        return list(USUAL_REASONS)
    return [
        Reason(each["key"], Text(**each["words"]), tuple(CheckOutcome(outcome) for outcome in each["outcomes"]))
        for each in own.reasons
    ]


def reasons_out(tx: Session, programme_id: str) -> CheckReasonsOut:
    """Return the reasons of a programme as they are answered."""
    own = tx.get(CheckReasons, programme_id)
    told = [CheckReasonOut.model_validate(reason) for reason in reasons_of(tx, programme_id)]
    return CheckReasonsOut(reasons=told, usual=own is None, version=own.version if own else 0)


def list_checks(tx: Session, caller: Caller, cycle: Cycle, query: CheckFilter, now: datetime) -> Page[CheckRowOut]:
    """Return one page of the queue of a cycle."""
    orders: dict[str, tuple[Any, ...]] = {
        "number": (Nomination.category, Nomination.serial), "name": (Nomination.name,), "clock": (Nomination.correct_until,),
    }  # fmt: skip
    order = orders.get(query.sort, (Nomination.submitted_at,))
    statement = _matching(tx, caller, cycle, query, now)
    if query.sort == "clock":
        statement = statement.where(Nomination.state == "returned", Nomination.correct_until.is_not(None))
    rows, following, total = paginate(tx, statement, query, Nomination.id, *order, descending=query.sort == "newest")
    return Page(items=[_row_out(row, now) for row in rows], next=following, total=total)


def _rows() -> Select[Any]:
    """Select what the queue shows and nothing longer, by columns."""
    own: tuple[Any, ...] = (
        Nomination.id, Nomination.number, Nomination.serial, Nomination.category, Nomination.unit_id, Nomination.name,
        Nomination.state, Nomination.submitted_at, Nomination.correct_until, Nomination.version,
    )  # fmt: skip
    taken = (_of_check(FormalCheck.taken_by), _of_check(FormalCheck.taken_at))
    return select(*own, *taken, _of_check(FormalCheck.first_by, _FIRST))


def _of_check(column: Any, condition: ColumnElement[bool] = _OF_IT) -> Any:
    return select(column).where(condition).scalar_subquery().label(column.key)


def _matching(tx: Session, caller: Caller, cycle: Cycle, query: CheckFilter, now: datetime) -> Select[Any]:
    statement = _rows().where(Nomination.cycle_id == cycle.id, _HANDED_IN)
    if query.q:
        columns = (Nomination.name, Nomination.number)
        statement = statement.where(or_(*(column.icontains(query.q, autoescape=True) for column in columns)))
    if query.category:
        statement = statement.where(Nomination.category == query.category)
    if query.unit:
        statement = statement.where(Nomination.unit_id == query.unit)
    if query.below:
        statement = statement.where(below(tx, Nomination.unit_id, [query.below]))
    if query.standing:
        statement = statement.where(_standing(query.standing, now))
    taken = exists().where(_OF_IT, FormalCheck.taken_by.is_not(None))
    mine = exists().where(_OF_IT, FormalCheck.taken_by == caller.account_id)
    hands = {"none": not_(taken), "mine": mine, "any": taken}
    return statement.where(hands[query.hands]) if query.hands else statement


def _standing(standing: CheckStanding, now: datetime) -> ColumnElement[bool]:
    submitted, returned = Nomination.state == "submitted", Nomination.state == "returned"
    over, first = Nomination.correct_until < now, exists().where(_FIRST)
    conditions: Mapping[CheckStanding, ColumnElement[bool]] = {
        CheckStanding.WAITING: and_(submitted, not_(first)),
        CheckStanding.SECOND: and_(submitted, first),
        CheckStanding.RETURNED: and_(returned, not_(over)),
        CheckStanding.OVERDUE: and_(returned, over),
    }
    return conditions.get(standing, Nomination.state == standing.value)


def rows_of(tx: Session, nominations: Sequence[Nomination], now: datetime) -> list[CheckRowOut]:
    """Return a few nominations as the queue shows them."""
    ids = [each.id for each in nominations]
    found = {row.id: _row_out(row, now) for row in tx.execute(_rows().where(Nomination.id.in_(ids)))}
    return [found[id_] for id_ in ids]


def _row_out(row: Row[Any], now: datetime) -> CheckRowOut:
    return CheckRowOut.model_validate(_told(row, now))


def first_of(nomination: Nomination, check: FormalCheck | None) -> str | None:
    """Return who gave the first opinion on what is handed in now, nothing where none waits for a second."""
    if check is None or check.first_at is None or nomination.submitted_at is None:
        return None
    return check.first_by if check.first_at >= nomination.submitted_at else None


def _told(row: Row[Any], now: datetime) -> dict[str, Any]:
    first = row.first_by is not None
    standing = standing_of(row.state, first=first, correct_until=row.correct_until, now=now)
    return {**row._asdict(), "nomination_id": row.id, "standing": standing}


def returns_of(tx: Session, caller: Caller, nomination_id: str) -> list[NominationReturnOut]:
    """Return why a nomination that the caller may read was returned, the last time first; raise `NotFound`, `Forbidden`."""
    nomination = get_read(tx, caller, nomination_id)
    returned = select(CheckOpinion).where(
        CheckOpinion.nomination_id == nomination.id,
        CheckOpinion.outcome == CheckOutcome.RETURN.value,
        CheckOpinion.effect == FINAL,
    )
    return [NominationReturnOut.model_validate(each) for each in tx.scalars(returned.order_by(CheckOpinion.id.desc()))]


def check_out(tx: Session, caller: Caller, nomination_id: str, now: datetime) -> CheckOut:
    """Return a nomination on the workbench; raise `NotFound`, `Forbidden`."""
    nomination, cycle = get_office(tx, caller, nomination_id)
    opinions = select(CheckOpinion).where(CheckOpinion.nomination_id == nomination.id).order_by(CheckOpinion.id)
    content = nomination.handed_in or {}
    last = last_of(tx, nomination.id)
    standard = standard_of(tx, cycle, now)
    facts = facts_by(standard, nomination, content)
    row = tx.execute(_rows().where(Nomination.id == nomination.id)).one()
    more = {
        "turn": last.turn if last else 0,
        "opinions": [OpinionOut.model_validate(row) for row in tx.scalars(opinions)],
        "findings": list(_findings(tx, content, facts)),
        "same": _same(tx, caller, cycle, nomination, facts, now),
        "eligibility": VerdictOut.model_validate(verdict_by(standard, facts)),
    }
    return CheckOut.model_validate(_told(row, now) | more)


def _findings(tx: Session, content: Mapping[str, Any], facts: Facts) -> Iterator[CheckFindingOut]:
    """Yield what is amiss with identity numbers; those of the candidate also against birth and sex as told."""
    sealer = sealer_of(tx)
    for place, seal in seals_in(content).items():
        own = len(place) == 1
        born_on, sex = (facts.born_on, facts.sex) if own else (None, None)
        for code, words in faults_of(sealer.open(seal), _kind_beside(content, place), born_on, sex):
            yield CheckFindingOut(pointer=pointer_to("content", *place), code=code, words=words)


def _kind_beside(content: Any, place: Sequence[str | int]) -> str:
    """Return which kind of paper a form says beside its number, nothing where it does not."""
    for step in place[:-1]:
        content = content[step]
    kind = content.get("identity_kind", "")
    return kind if isinstance(kind, str) else ""


def _same(
    tx: Session, caller: Caller, cycle: Cycle, nomination: Nomination, facts: Facts, now: datetime
) -> list[SameOut]:
    """Return other nominations of this person or work: in this cycle and earlier ones of the programme that the caller runs."""
    of_it = select(Cycle.id).where(Cycle.programme_id == cycle.programme_id, run_by(tx, caller))
    of_it = of_it.where(Cycle.rehearsal_of.is_(None) if cycle.rehearsal_of is None else Cycle.id == cycle.id)
    others = and_(_HANDED_IN, Nomination.id != nomination.id, Nomination.cycle_id.in_(of_it))
    prints = select(SubmittedIdentity.fingerprint).where(SubmittedIdentity.nomination_id == nomination.id)
    alike = select(SubmittedIdentity.nomination_id).where(SubmittedIdentity.fingerprint.in_(prints))
    by_number = set(tx.scalars(select(Nomination.id).where(others, Nomination.id.in_(alike))))
    name = nomination.folded_name
    named = select(Nomination.id).where(others, Nomination.folded_name == name)
    by_name = set(tx.scalars(named)) if name else set()
    wanted = sorted(by_number | by_name, reverse=True)[:MOST_SAME]
    rows = tx.scalars(select(Nomination).where(Nomination.id.in_(wanted)).order_by(Nomination.id.desc())).all()
    standards = {id_: standard_of(tx, tx.get_one(Cycle, id_), now) for id_ in {each.cycle_id for each in rows}}
    theirs = {each.id: facts_by(standards[each.cycle_id], each, each.handed_in or {}) for each in rows}
    return [_same_out(each, facts, theirs[each.id], by_number=each.id in by_number) for each in rows]


def _same_out(other: Nomination, facts: Facts, theirs: Facts, *, by_number: bool) -> SameOut:
    births, places = (facts.born_on, theirs.born_on), (facts.unit, theirs.unit)
    own = {name: getattr(other, name) for name in SameOut.model_fields if hasattr(other, name)}
    return SameOut(
        **own,
        nomination_id=other.id,
        by="identity" if by_number else "name",
        same_birth=births[0] == births[1] if all(births) else None,
        same_workplace=folded(places[0]) == folded(places[1]) if places[0] and places[1] else None,
    )


def statistics(tx: Session, cycle: Cycle, now: datetime) -> CheckStatisticsOut:
    """Return how far the check of a cycle has come."""
    known = [each for each in CheckStanding if each.value in ("waiting", "second", "returned", "overdue")]
    standing = case(*((_standing(each, now), each.value) for each in known), else_=Nomination.state)
    each = select(standing.label("standing"), Nomination.category).where(Nomination.cycle_id == cycle.id, _HANDED_IN)
    of = each.subquery().c
    counted = select(of.standing, of.category, func.count()).group_by(of.standing, of.category)
    standings, categories = Counter[str](), Counter[str]()
    for key, category, number in tx.execute(counted):
        standings[key] += number
        categories[category] += number
    said = select(CheckOpinion.reasons).where(CheckOpinion.cycle_id == cycle.id, CheckOpinion.effect == FINAL)
    given = [each for reasons in tx.scalars(said.order_by(CheckOpinion.id)) for each in reasons]
    words = {each["key"]: each["words"] for each in given}
    reasons = _counts(Counter(each["key"] for each in given))
    return CheckStatisticsOut(
        now=now,
        until=_until(tx, cycle),
        total=sum(standings.values()),
        standings=_counts(standings),
        categories=_counts(categories),
        reasons=[ReasonCountOut(key=each.key, count=each.count, words=words[each.key]) for each in reasons],
    )


def _counts(counted: Counter[str]) -> list[CheckCountOut]:
    return [CheckCountOut(key=key, count=count) for key, count in sorted(counted.items(), key=lambda e: (-e[1], e[0]))]


def _until(tx: Session, cycle: Cycle) -> datetime | None:
    """Return when the accepted list is to be published, by which the check is over; else when corrections end."""
    stages = stages_of(tx, cycle.id)
    listed = (planned_of(stage) for stage in stages if stage.kind == StageKind.LIST_PUBLISHED)
    last = (planned for _, planned in deadlines_in_order(stages)[-1:])
    return next((planned.utc() for planned in (*listed, *last) if planned), None)
