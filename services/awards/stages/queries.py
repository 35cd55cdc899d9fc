"""Selects of stages and extensions; who sees the cycle sees its stages."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.awards.cycles.models import Cycle, Extension, Stage
from services.awards.cycles.queries import deadline_for, office_of, planned_of, stages_of
from services.awards.programmes.rules import DEADLINES, STAGE_NAMES, StageKind
from services.awards.stages.rules import may_ask_for
from services.awards.stages.schemas import DeadlineOut, DeadlineQuery, DeadlinesOut, ExtensionOut, StageOut
from shared.caller import Caller, Role
from shared.errors import NotFound
from shared.paging import Page, PageQuery, paginate
from shared.tree import below, path_of


def get_stage(tx: Session, cycle: Cycle, stage_id: str) -> Stage:
    """Return a stage of the cycle; raise `NotFound`."""
    stage = tx.get(Stage, stage_id)
    if stage is None or stage.cycle_id != cycle.id:
        raise NotFound()
    return stage


def get_extension(tx: Session, cycle: Cycle, extension_id: str) -> Extension:
    """Return an extension of the cycle; raise `NotFound`."""
    extension = tx.get(Extension, extension_id)
    if extension is None or extension.cycle_id != cycle.id:
        raise NotFound()
    return extension


def list_stages(tx: Session, cycle: Cycle, query: PageQuery) -> Page[StageOut]:
    """Return one page of the stages of a cycle, in order of time."""
    statement = select(Stage).where(Stage.cycle_id == cycle.id)
    rows, following, total = paginate(tx, statement, query, Stage.id, Stage.order_at)
    return Page(items=[StageOut.model_validate(row) for row in rows], next=following, total=total)


def list_extensions(tx: Session, caller: Caller, cycle: Cycle, query: PageQuery) -> Page[ExtensionOut]:
    """Return one page of the extensions of a cycle that concern the caller: those for all, and for their own units."""
    statement = select(Extension).where(Extension.cycle_id == cycle.id)
    if not office_of(tx, caller, cycle):
        own = below(tx, Extension.unit_id, caller.organisations_with(Role.NOMINATOR))  # type: ignore[arg-type]
        statement = statement.where(or_(Extension.unit_id.is_(None), own))
    rows, following, total = paginate(tx, statement, query, Extension.id)
    return Page(items=[ExtensionOut.model_validate(row) for row in rows], next=following, total=total)


def deadlines_of(tx: Session, caller: Caller | None, cycle: Cycle, query: DeadlineQuery, now: datetime) -> DeadlinesOut:
    """Return the deadlines that hold for a unit, or for one nomination of it; raise `Unauthenticated`, `Forbidden`."""
    path = path_of(tx, query.unit_id) if query.unit_id else ()
    if path and not office_of(tx, caller, cycle):
        may_ask_for(caller, path)
    found = []
    for stage in stages_of(tx, cycle.id):
        own = planned_of(stage) if stage.kind in DEADLINES else None
        until = own and deadline_for(tx, cycle, StageKind(stage.kind), path, query.nomination_id)
        if own and until:
            found.append(
                DeadlineOut(
                    stage_id=stage.id, kind=stage.kind, title=stage.title or STAGE_NAMES[stage.kind],
                    until_local=until.local, zone=until.zone, until_at=until.utc(), put_off=until.utc() > own.utc(),
                )
            )  # fmt: skip
    return DeadlinesOut(now=now, deadlines=found)
