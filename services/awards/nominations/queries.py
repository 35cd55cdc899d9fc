"""Selects of nominations, narrowed to what the caller may see, and what each may see of one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, not_, or_, select
from sqlalchemy.orm import Session, defer

from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import (
    check_submission,
    deadline_for,
    definition_at,
    get_cycle,
    office_of,
    run_by,
)
from services.awards.cycles.rules import check_goes_on, check_in_time
from services.awards.deputies.queries import stands_in_for
from services.awards.nominations.models import Nomination, NominationRevision
from services.awards.nominations.rules import (
    READERS,
    NominationPart,
    NominationState,
    category_in,
    check_written,
    may_write,
    nominates_for,
    part_in,
)
from services.awards.nominations.schemas import NominationFilter, NominationOut, NominationRowOut, RevisionOut
from services.awards.nominations.sealed import masked_in
from services.awards.programmes.rules import Route, StageKind
from shared.caller import Caller, Role
from shared.db import hold
from shared.errors import Forbidden, NotFound, check_version
from shared.keys import sealer_of
from shared.paging import Page, PageQuery, paginate
from shared.tree import Node, below, ids_on, known_path


def visible_to(tx: Session, caller: Caller) -> ColumnElement[bool]:
    """Make the condition that the caller may know of a nomination, be it by its number and state alone."""
    run = Nomination.cycle_id.in_(select(Cycle.id).where(run_by(tx, caller)))
    rehearsed = Nomination.cycle_id.in_(select(Cycle.id).where(Cycle.rehearsal_of.is_not(None)))
    in_earnest = or_(
        below(tx, Nomination.unit_id, caller.organisations_with(Role.NOMINATOR)),
        Nomination.unit_id.in_(stood_in_for(tx, caller)),
        and_(run, Nomination.submitted_at.is_not(None)),
        _own(caller),
    )
    return or_(and_(not_(rehearsed), in_earnest), and_(rehearsed, run))


def _own(caller: Caller) -> ColumnElement[bool]:
    return and_(Nomination.made_by == caller.account_id, Nomination.route == Route.CODE.value)


def is_own(caller: Caller, nomination: Nomination) -> bool:
    """Tell whether the caller is the candidate of a nomination, who has begun it with a code."""
    return nomination.made_by == caller.account_id and nomination.route == Route.CODE


def stood_in_for(tx: Session, caller: Caller) -> dict[str, str]:
    """Return the units where the caller stands in for a nominator now, each with whom that is."""
    return stands_in_for(tx, caller, tx.info["clock"]())


def for_whom(tx: Session, caller: Caller, unit_id: str) -> dict[str, str]:
    """Return what the record says of a deed at a unit besides: the nominator for whom a deputy did it."""
    nominator = None if nominates_for(caller, unit_id) else stood_in_for(tx, caller).get(unit_id)
    return {"stands_in_for": nominator} if nominator else {}


def cycle_of(tx: Session, nomination: Nomination) -> Cycle:
    """Return the cycle of a nomination."""
    return tx.get_one(Cycle, nomination.cycle_id)


def part_of(tx: Session, caller: Caller, nomination: Nomination) -> NominationPart | None:
    """Return the caller's part in a nomination."""
    return parts_of(tx, caller, [nomination])[nomination.id]


def parts_of(tx: Session, caller: Caller, nominations: Sequence[Nomination]) -> dict[str, NominationPart | None]:
    """Return the caller's part in each of some nominations; in a rehearsal the office plays everybody."""
    cycles = {each.cycle_id for each in nominations}
    units = {each.unit_id for each in nominations}
    office = run_by(tx, caller).label("office")
    asked = select(Cycle.id, Cycle.rehearsal_of, office).where(Cycle.id.in_(cycles))
    found = {id_: (rehearsal_of is not None, bool(run)) for id_, rehearsal_of, run in tx.execute(asked)}
    nodes = tx.execute(select(Node.id, Node.path).where(Node.id.in_(units)))
    paths = {node.id: node.path for node in nodes}
    deputy_at = {} if all(nominates_for(caller, unit) for unit in units) else stood_in_for(tx, caller)
    parts: dict[str, NominationPart | None] = {}
    for each in nominations:
        rehearsed, run = found[each.cycle_id]
        parts[each.id] = (
            (NominationPart.UNIT if run else None)
            if rehearsed
            else part_in(
                caller,
                each.unit_id,
                ids_on(paths.get(each.unit_id)),
                office=run,
                known=each.submitted_at is not None,
                own=is_own(caller, each),
                stands_in=each.unit_id in deputy_at,
            )
        )
    return parts


_WITH_CYCLE = select(Nomination, Cycle).join(Cycle).where(Nomination.id == bindparam("id"))


def find_in_cycle(tx: Session, caller: Caller, nomination_id: str) -> tuple[Nomination, Cycle, NominationPart]:
    """Return a nomination, its cycle, and the caller's part in it; raise `NotFound`."""
    found = tx.execute(_WITH_CYCLE, {"id": nomination_id}).first()
    if found is None:
        raise NotFound()
    nomination, cycle = found
    if cycle.rehearsal_of is None and nominates_for(caller, nomination.unit_id):
        return nomination, cycle, NominationPart.UNIT  # the first of several, and nothing more has to be asked
    part = part_of(tx, caller, nomination)
    if part is None:
        raise NotFound()
    return nomination, cycle, part


def find_nomination(tx: Session, caller: Caller, nomination_id: str) -> tuple[Nomination, NominationPart]:
    """Return a nomination and the caller's part in it; raise `NotFound`."""
    nomination, _, part = find_in_cycle(tx, caller, nomination_id)
    return nomination, part


def get_nomination(tx: Session, caller: Caller, nomination_id: str) -> Nomination:
    """Return a nomination that the caller knows of; raise `NotFound`."""
    return find_nomination(tx, caller, nomination_id)[0]


def get_read(tx: Session, caller: Caller, nomination_id: str) -> Nomination:
    """Return a nomination that the caller may read; raise `NotFound`, `Forbidden`."""
    nomination, part = find_nomination(tx, caller, nomination_id)
    if part not in READERS:
        raise Forbidden()
    return nomination


def get_written(tx: Session, caller: Caller, nomination_id: str) -> Nomination:
    """Return a nomination of which the caller reads what is being written; raise `NotFound`, `Forbidden`."""
    nomination, part = find_nomination(tx, caller, nomination_id)
    if part not in (NominationPart.UNIT, NominationPart.CANDIDATE):
        raise Forbidden()
    return nomination


def get_edited(
    tx: Session, caller: Caller, nomination_id: str, now: datetime, version: int | None = None, *, held: bool = True
) -> Nomination:
    """Return a nomination that the caller may write in now; raise `PreconditionFailed` for a stale `version`.

    It is `held` until the commit, unless this is only to know ahead that it may be written in.

    What is handed in is written in until its deadline: what is written counts once it is submitted again. Raises
    `NotFound`, `Forbidden`, `NominationSettled`, `CorrectionOver`, `DeadlinePassed`.
    """
    nomination, part = find_nomination(tx, caller, nomination_id)
    if held:
        hold(tx, nomination)
    may_write(part, nomination.state)
    check_open(tx, nomination, now, candidate=part is NominationPart.CANDIDATE)
    if version is not None:
        check_version(nomination.version, version, now=out_of(tx, caller, nomination, part))
    return nomination


def check_open(tx: Session, nomination: Nomination, now: datetime, *, candidate: bool = False) -> None:
    """Raise `NominationSettled`, `CorrectionOver`, `DeadlinePassed` or `NotOpenYet` where nothing is written any more.

    A `candidate` writes in a draft until the deadline at the units, if there is one, and not in what is handed in.
    """
    state = nomination.state
    check_written(state, nomination.correct_until, now, handed_in=not candidate)
    cycle = cycle_of(tx, nomination)
    if state == NominationState.SUBMITTED:
        check_submission(tx, cycle, nomination.unit_id, now, nomination.id)
    elif state == NominationState.RETURNED:
        check_goes_on(cycle.state)
    elif candidate and state == NominationState.DRAFT:
        until = deadline_for(tx, cycle, StageKind.UNIT_DEADLINE, path_to(tx, nomination), nomination.id)
        if until is not None:
            check_in_time(now, until)


def path_to(tx: Session, nomination: Nomination) -> tuple[str, ...]:
    """Return the ids from the root down to the unit of a nomination."""
    return known_path(tx, nomination.unit_id)


def get_office(tx: Session, caller: Caller, nomination_id: str) -> tuple[Nomination, Cycle]:
    """Return a nomination that was handed in to the caller's award office, and its cycle; raise `NotFound`, `Forbidden`."""
    nomination = get_nomination(tx, caller, nomination_id)
    cycle = cycle_of(tx, nomination)
    if nomination.submitted_at is None or not office_of(tx, caller, cycle):
        raise Forbidden()
    return nomination, cycle


def category_of(tx: Session, cycle: Cycle, nomination: Nomination, now: datetime) -> Mapping[str, Any]:
    """Return the category of a nomination as the definition that holds has it; raise `NotInDefinition` where it has none."""
    return category_in(definition_at(tx, cycle, now).content, nomination.category)


def list_nominations(tx: Session, caller: Caller, query: NominationFilter) -> Page[NominationRowOut]:
    """Return one page of the nominations that the caller may know of."""
    order = () if query.sort == "newest" else (Nomination.name,)
    long = (Nomination.content, Nomination.handed_in)
    statement = _matching(tx, caller, query).options(*(defer(each, raiseload=True) for each in long))
    rows, following, total = paginate(
        tx, statement, query, Nomination.id, *order, descending=query.sort in ("newest", "-name")
    )
    parts = parts_of(tx, caller, rows)
    items = [NominationRowOut.model_validate(_told(caller, row, part)) for row in rows if (part := parts[row.id])]
    return Page(items=items, next=following, total=total)


def _matching(tx: Session, caller: Caller, query: NominationFilter) -> Select[Nomination]:
    statement = select(Nomination).where(visible_to(tx, caller))
    if query.q:
        read = or_(
            Nomination.unit_id.in_([*caller.organisations_with(Role.NOMINATOR), *stood_in_for(tx, caller)]),
            and_(
                Nomination.submitted_at.is_not(None),
                Nomination.cycle_id.in_(select(Cycle.id).where(run_by(tx, caller))),
            ),
            _own(caller),
        )
        named = and_(read, Nomination.name.icontains(query.q, autoescape=True))
        statement = statement.where(or_(named, Nomination.number.icontains(query.q, autoescape=True)))
    if query.cycle:
        statement = statement.where(Nomination.cycle_id == get_cycle(tx, caller, query.cycle).id)
    if query.unit:
        statement = statement.where(Nomination.unit_id == query.unit)
    if query.below:
        statement = statement.where(below(tx, Nomination.unit_id, [query.below]))
    if query.category:
        statement = statement.where(Nomination.category == query.category)
    if query.state:
        statement = statement.where(Nomination.state == query.state.value)
    if query.route:
        statement = statement.where(Nomination.route == query.route.value)
    if query.mine:
        statement = statement.where(Nomination.made_by == caller.account_id)
    return statement


def _told(caller: Caller, nomination: Nomination, part: NominationPart) -> dict[str, Any]:
    own = {name: getattr(nomination, name) for name in NominationRowOut.model_fields if hasattr(nomination, name)}
    unread = {} if part in READERS else {"name": "", "groups": [], "candidate_kind": ""}
    return {**own, **unread, "part": part, "own": is_own(caller, nomination)}


def out_of(tx: Session, caller: Caller, nomination: Nomination, part: NominationPart) -> NominationOut:
    """Return a nomination as it is answered to the caller, whose part in it this is."""
    told = _told(caller, nomination, part) | {"content": masked_in(read_by(nomination, part), sealer_of(tx))}
    return NominationOut.model_validate(told)


def read_by(nomination: Nomination, part: NominationPart) -> dict[str, Any] | None:
    """Return what somebody with this part in a nomination reads in it, with its seals; nothing where they do not."""
    return nomination.handed_in if part is NominationPart.OFFICE else nomination.content if part in READERS else None


def out_for(tx: Session, caller: Caller, nomination: Nomination) -> NominationOut:
    """Return a nomination as it is answered to the caller."""
    part = part_of(tx, caller, nomination)
    assert part is not None
    return out_of(tx, caller, nomination, part)


def base_of(tx: Session, nomination: Nomination, version: int, current: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a nomination said when it was at `version`, by place."""
    rows = select(NominationRevision).where(
        NominationRevision.nomination_id == nomination.id, NominationRevision.version > version
    )
    base = dict(current)
    for revision in tx.scalars(rows.order_by(NominationRevision.version.desc())):
        base |= {place: before for place, (before, _) in revision.changes.items()}
    return base


def list_revisions(tx: Session, caller: Caller, nomination_id: str, query: PageQuery) -> Page[RevisionOut]:
    """Return one page of what was changed in a nomination, the newest first; for those who write in it."""
    nomination = get_written(tx, caller, nomination_id)
    statement = select(NominationRevision).where(NominationRevision.nomination_id == nomination.id)
    rows, following, total = paginate(tx, statement, query, NominationRevision.id, descending=True)
    return Page(items=[_revision_out(tx, row) for row in rows], next=following, total=total)


def _revision_out(tx: Session, row: NominationRevision) -> RevisionOut:
    own = {name: getattr(row, name) for name in RevisionOut.model_fields}
    return RevisionOut.model_validate(own | {"changes": masked_in(row.changes, sealer_of(tx))})
