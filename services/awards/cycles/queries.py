"""Selects of cycles, narrowed to what the caller may see; until when something may be handed in; what calendars are told."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from services.awards.cycles.dates import CycleDates, PutOff, StageDates, page_of
from services.awards.cycles.definitions import Definition, keep, known
from services.awards.cycles.models import Cycle, CycleDefinition, Extension, Stage, ToldDate
from services.awards.cycles.rules import Phase, check_in_time, check_takes, is_announced, is_office, latest, may_run
from services.awards.cycles.schemas import (
    AmendmentOut,
    CycleDefinitionOut,
    CycleFilter,
    CycleOut,
)
from services.awards.programmes.models import Programme
from services.awards.programmes.queries import PARTS, gaps_of, get_programme
from services.awards.programmes.rules import DEADLINES, STAGE_NAMES, StageKind
from shared.caller import Caller, Role
from shared.errors import NotFound
from shared.messages.awards import CycleState
from shared.messages.dates import DateEntry, Topic
from shared.paging import Page, PageQuery, paginate
from shared.text import Text
from shared.times import PlannedTime
from shared.tree import Node, below, known_path

_COLUMNS = Cycle.__table__.c


def visible_to(tx: Session, caller: Caller | None) -> ColumnElement[bool]:
    """Make the condition that the caller may see a cycle: announced ones, and those of their own office."""
    announced = and_(Cycle.state != Phase.DRAFT, Cycle.rehearsal_of.is_(None))
    return announced if caller is None else or_(announced, run_by(tx, caller))


def run_by(tx: Session, caller: Caller) -> ColumnElement[bool]:
    """Make the condition that the caller is of the office that runs a cycle."""
    own = below(tx, Cycle.owner_id, caller.organisations_with(Role.AWARD_OFFICER))
    scopes = [scope.partition(":") for scope in caller.scopes_with(Role.AWARD_OFFICER)]
    cycles = [id_ for kind, _, id_ in scopes if kind == "cycle"]
    programmes = [id_ for kind, _, id_ in scopes if kind == "programme"]
    return or_(own, Cycle.id.in_(cycles), Cycle.programme_id.in_(programmes))


def find_path(tx: Session, cycle: Cycle) -> tuple[str, ...]:
    """Return the ids from the root down to the owner of a cycle."""
    return known_path(tx, cycle.owner_id)


def office_of(tx: Session, caller: Caller | None, cycle: Cycle) -> bool:
    """Tell whether the caller is of the office that runs a cycle."""
    return is_office(caller, find_path(tx, cycle), cycle.id, cycle.programme_id)


def get_cycle(tx: Session, caller: Caller | None, ref: str) -> Cycle:
    """Return the cycle with this id or slug; raise `NotFound` where the caller may not see it."""
    for cycle in tx.scalars(select(Cycle).where(or_(Cycle.id == ref, Cycle.slug == ref))):
        if is_announced(cycle.state, cycle.rehearsal_of) or office_of(tx, caller, cycle):
            return cycle
    raise NotFound()


def get_run(tx: Session, caller: Caller, ref: str) -> Cycle:
    """Return a cycle that the caller's award office runs; raise `NotFound`, `Forbidden`."""
    cycle = get_cycle(tx, caller, ref)
    may_run(caller, find_path(tx, cycle), cycle.id, cycle.programme_id)
    return cycle


def list_cycles(tx: Session, caller: Caller | None, query: CycleFilter) -> Page[CycleOut]:
    """Return one page of the cycles that the caller may see."""
    order = () if query.sort == "newest" else (Cycle.slug,)
    statement = _matching(tx, caller, query)
    rows, following, total = paginate(tx, statement, query, Cycle.id, *order, descending=query.sort != "slug")
    return Page(items=outs_of(tx, rows), next=following, total=total)


def _matching(tx: Session, caller: Caller | None, query: CycleFilter) -> Select[Cycle]:
    statement = select(Cycle).where(visible_to(tx, caller))
    if not query.rehearsals:
        statement = statement.where(Cycle.rehearsal_of.is_(None))
    if query.q:
        names = ("name_zh", "name_en", "slug")
        statement = statement.where(or_(*(_COLUMNS[name].icontains(query.q, autoescape=True) for name in names)))
    if query.programme:
        statement = statement.where(Cycle.programme_id == get_programme(tx, query.programme).id)
    if query.state:
        statement = statement.where(Cycle.state == query.state)
    if query.owner:
        statement = statement.where(below(tx, Cycle.owner_id, [query.owner]))
    return statement


def outs_of(tx: Session, cycles: Sequence[Cycle]) -> list[CycleOut]:
    """Return cycles as they are answered."""
    wanted = {cycle.programme_id for cycle in cycles}
    programmes = {p.id: p for p in tx.scalars(select(Programme).where(Programme.id.in_(wanted)))} if wanted else {}
    return [_out(cycle, programmes[cycle.programme_id]) for cycle in cycles]


def _out(cycle: Cycle, programme: Programme) -> CycleOut:
    own = {name: getattr(cycle, name) for name in CycleOut.model_fields if hasattr(cycle, name)}
    return CycleOut.model_validate(own | {"programme_slug": programme.slug, "programme_name": programme.name})


def out_of(tx: Session, cycle: Cycle) -> CycleOut:
    """Return one cycle as it is answered."""
    return outs_of(tx, [cycle])[0]


def get_definition(tx: Session, cycle: Cycle, number: int | None = None) -> CycleDefinition:
    """Return the last definition of a cycle, or the one of a `number`; raise `NotFound`."""
    wanted = (CycleDefinition.cycle_id == cycle.id, CycleDefinition.number == (number or cycle.definition))
    found = tx.scalar(select(CycleDefinition).where(*wanted))
    if found is None:
        raise NotFound()
    return found


_DEFINED = CycleDefinition.__table__.c
_HOLDS = (
    select(_DEFINED.id)
    .where(
        _DEFINED.cycle_id == bindparam("cycle"),
        or_(_DEFINED.effective_on.is_(None), _DEFINED.effective_on <= bindparam("day")),
    )
    .order_by(_DEFINED.number.desc())
    .limit(1)
)


def definition_on(tx: Session, cycle: Cycle, day: date) -> Definition:
    """Return the definition that holds in a cycle on a day: of those in effect by then, the one made last."""
    last = tx.scalars(_HOLDS, {"cycle": cycle.id, "day": day}).one()
    if found := known(last, cycle.opened_at):
        return found
    row = tx.get_one(CycleDefinition, last)  # a definition is long: it is read once in a transaction
    found = Definition(row.number, row.content)
    keep(last, cycle.opened_at, found)
    return found


def definition_at(tx: Session, cycle: Cycle, now: datetime) -> Definition:
    """Return the definition that holds at an instant, by the cycle's own calendar."""
    return definition_on(tx, cycle, now.astimezone(ZoneInfo(cycle.zone)).date())


def definition_out(tx: Session, cycle: Cycle, number: int | None = None) -> CycleDefinitionOut:
    """Return a definition of a cycle as it is answered; its version is the cycle's."""
    found = get_definition(tx, cycle, number)
    content = {name: value for name, value in found.content.items() if name in CycleDefinitionOut.model_fields}
    more = {"number": found.number, "missing": gaps_of(found.content), "version": cycle.version}
    return CycleDefinitionOut.model_validate(dict.fromkeys(PARTS) | content | more)


def list_amendments(tx: Session, cycle: Cycle, query: PageQuery) -> Page[AmendmentOut]:
    """Return one page of the amendments of a cycle, in order."""
    statement = select(CycleDefinition).where(CycleDefinition.cycle_id == cycle.id, CycleDefinition.number > 1)
    rows, following, total = paginate(tx, statement, query, CycleDefinition.id, CycleDefinition.number)
    return Page(items=[AmendmentOut.model_validate(row) for row in rows], next=following, total=total)


def stages_of(tx: Session, cycle_id: str) -> list[Stage]:
    """Return the stages of a cycle in order of time, those without a date last."""
    return list(tx.scalars(select(Stage).where(Stage.cycle_id == cycle_id).order_by(Stage.order_at, Stage.id)))


def extensions_of(tx: Session, cycle_id: str) -> list[Extension]:
    """Return the extensions of a cycle, in the order of making."""
    return list(tx.scalars(select(Extension).where(Extension.cycle_id == cycle_id).order_by(Extension.id)))


def planned_of(stage: Stage | Row[Any]) -> PlannedTime | None:
    """Return when a stage begins, nothing where that is not known to the minute or it was called off."""
    if stage.at_local is None or stage.zone is None or stage.status == "cancelled":
        return None
    return PlannedTime(stage.at_local, stage.zone)


def deadlines_in_order(stages: Iterable[Stage]) -> list[tuple[Text, PlannedTime | None]]:
    """Return titles and times of the deadlines of a cycle, in the order they have to have; submission always has one."""
    by_kind = {stage.kind: stage for stage in stages}
    found = ((kind, by_kind.get(kind)) for kind in DEADLINES)
    return [
        ((stage.title if stage else None) or STAGE_NAMES[kind], planned_of(stage) if stage else None)
        for kind, stage in found
        if stage or kind is StageKind.SUBMISSION_DEADLINE
    ]


def deadline_for(
    tx: Session, cycle: Cycle, kind: StageKind, path: Sequence[str], nomination_id: str | None = None
) -> PlannedTime | None:
    """Return the deadline of this kind that holds for a unit with this `path`, or for one nomination of it."""
    stage = tx.execute(_STAGES, {"cycle": cycle.id, "kinds": [kind.value]}).first()
    return _deadline(tx, stage, path, nomination_id)


_AT = Stage.__table__.c
_STAGES: Select[Any] = select(_AT.id, _AT.kind, _AT.at_local, _AT.zone, _AT.status).where(
    _AT.cycle_id == bindparam("cycle"), _AT.kind.in_(bindparam("kinds", expanding=True))
)
_PUT_OFF = select(Extension).where(
    Extension.stage_id == bindparam("stage"), Extension.unit_id.in_(bindparam("path", expanding=True))
)


def _deadline(
    tx: Session, stage: Row[Any] | None, path: Sequence[str], nomination_id: str | None
) -> PlannedTime | None:
    if stage is None or (own := planned_of(stage)) is None:
        return None
    if not path:
        return own
    rows = tx.scalars(_PUT_OFF, {"stage": stage.id, "path": path})
    put_off = [row for row in rows if row.nomination_id is None or row.nomination_id == nomination_id]
    return latest([own, *(PlannedTime(row.until_local, row.zone) for row in put_off)])


def check_submission(
    tx: Session, cycle: Cycle, unit_id: str, received_at: datetime, nomination_id: str | None = None
) -> PlannedTime | None:
    """Return the deadline of a cycle, put off for nobody, where what had arrived whole at `received_at` came in time.

    Raises `NotOpenYet`, or `DeadlinePassed` by the deadline that holds for the unit: whether it was put off is asked for who
    is late by the other alone.
    """
    kinds = (StageKind.CALL_OPENS, StageKind.SUBMISSION_DEADLINE)
    stages = tx.execute(_STAGES, {"cycle": cycle.id, "kinds": [kind.value for kind in kinds]})
    opening, closing = map({stage.kind: stage for stage in stages}.get, kinds)
    opens = planned_of(opening) if opening else None
    check_takes(cycle.state, opens.utc() if opens else None, received_at)
    until = planned_of(closing) if closing else None
    if until is not None and received_at > until.utc():
        check_in_time(received_at, _deadline(tx, closing, known_path(tx, unit_id), nomination_id) or until)
    return until


def last_deadline(tx: Session, cycle: Cycle) -> PlannedTime | None:
    """Return when the last submission of a cycle may arrive, with every extension counted."""
    stages = select(Stage).where(Stage.cycle_id == cycle.id, Stage.kind == StageKind.SUBMISSION_DEADLINE.value)
    times = [planned for stage in tx.scalars(stages) if (planned := planned_of(stage))]
    rows = select(Extension).join(Stage, Stage.id == Extension.stage_id)
    rows = rows.where(Extension.cycle_id == cycle.id, Stage.kind == StageKind.SUBMISSION_DEADLINE.value)
    return latest([*times, *(PlannedTime(row.until_local, row.zone) for row in tx.scalars(rows))])


def state_of(cycle: Cycle) -> CycleState:
    """Return what a fact says of a cycle."""
    values = {name: getattr(cycle, name) for name in CycleState.model_fields if hasattr(cycle, name)}
    return CycleState(**values, cycle_id=cycle.id, amendment=cycle.definition - 1)


def dates_of(tx: Session, cycle: Cycle) -> CycleDates:
    """Return what of a cycle goes into its entries."""
    programme = tx.get_one(Programme, cycle.programme_id)
    node = tx.get(Node, cycle.owner_id)
    ended = cycle.closed_at if cycle.state == Phase.CANCELLED else None
    topics = [
        Topic(key=f"cycle:{cycle.id}", slug=cycle.slug, title=cycle.name),
        Topic(key=f"programme:{programme.id}", slug=programme.slug, title=programme.name),
    ]
    if node is not None:
        topics.append(Topic(key=f"organisation:{node.id}", slug=node.slug, title=node.name))
    return CycleDates(
        name=cycle.name,
        state=cycle.state,
        ended_on=ended.astimezone(ZoneInfo(cycle.zone)).date() if ended else None,
        organizer=node.name if node else None,
        link=page_of(cycle.slug),
        topics=tuple(topics),
    )


def stage_dates(stage: Stage) -> StageDates:
    """Return what of a stage goes into its entry."""
    return StageDates(**{name: getattr(stage, name) for name in StageDates.__slots__})


def put_off(extension: Extension) -> PutOff:
    """Return what of an extension goes into entries."""
    return PutOff(**{name: getattr(extension, name) for name in PutOff.__slots__})


def told_ahead(tx: Session, cycle: Cycle, day: date | None, but: Collection[str]) -> list[str]:
    """Return the ids of what else calendars were told of a cycle that had not ended before a `day`, in order."""
    rows = tx.scalars(select(ToldDate).where(ToldDate.cycle_id == cycle.id).order_by(ToldDate.entry_id)).all()
    ends = {row.entry_id: DateEntry.model_validate(row.entry).days()[1] for row in rows if row.entry_id not in but}
    return [entry_id for entry_id, last in ends.items() if day is None or last >= day]


def cycles_around(tx: Session, programme_id: str = "", organisation_id: str = "") -> list[str]:
    """Return the ids of the cycles of a programme, or of those that an organisation owns."""
    named: Any = Cycle.programme_id == programme_id if programme_id else Cycle.owner_id == organisation_id
    return sorted(tx.scalars(select(Cycle.id).where(named)))
