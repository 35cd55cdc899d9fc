"""What is done with stages: entered, dated, removed; and deadlines put off."""

from datetime import datetime, time
from typing import Any

from sqlalchemy.orm import Session

from services.awards.cycles.actions import get_to_run, note, tell_cycle
from services.awards.cycles.dates import extension_entry_id, stage_entry_id
from services.awards.cycles.models import SOME_DAY, Cycle, Extension, Stage
from services.awards.cycles.queries import deadline_for, extensions_of, planned_of, stages_of
from services.awards.cycles.rules import Phase, check_state
from services.awards.programmes.rules import DEADLINES, ONCE, STAGE_NAMES, StageKind
from services.awards.stages.queries import get_extension, get_stage
from services.awards.stages.rules import (
    ExtendedSince,
    NoDeadline,
    StageTwice,
    UnitUnnamed,
    WasAnnounced,
    check_later,
    check_move,
    check_takes_back,
)
from services.awards.stages.schemas import ExtensionIn, StageIn, StageOut, StagePatch, TakeBackIn
from shared.caller import Caller
from shared.editing import apply, given
from shared.errors import check_version
from shared.times import PlannedTime, check_one_span, check_planned
from shared.tree import path_of

_TIMES = ("on", "until_on", "at_local", "until_local", "zone", "status")


def add_stage(tx: Session, caller: Caller, now: datetime, ref: str, body: StageIn) -> Stage:
    """Enter a stage; raise `StageTwice`, `DatesIncomplete`, `DatesBackwards`, `NoSuchWallTime`."""
    cycle = get_to_run(tx, caller, ref)
    check_state(cycle.state, "date", Phase.DRAFT, Phase.OPEN, Phase.CLOSED)
    if body.kind in ONCE and any(stage.kind == body.kind for stage in stages_of(tx, cycle.id)):
        raise StageTwice(stage=STAGE_NAMES[body.kind])
    values = given(body)
    reason = values.pop("reason", "")
    if cycle.state != Phase.DRAFT:
        check_move(is_deadline=False, moves=True, reason=reason)
    stage = Stage(cycle_id=cycle.id, **values)
    _settle(stage, cycle)
    tx.add(stage)
    tx.flush()
    note(tx, caller, cycle, "stage.added", stage=stage.id, reason=reason, **values)
    tell_cycle(tx, cycle, now)
    return stage


def change_stage(
    tx: Session, caller: Caller, now: datetime, ref: str, stage_id: str, version: int, body: StagePatch
) -> Stage:
    """Change a stage; its UID stays. Raises `ExtendInstead`, `ReasonMissing` for one that was announced."""
    cycle = get_to_run(tx, caller, ref)
    stage = get_stage(tx, cycle, stage_id)
    check_version(stage.version, version, now=StageOut.model_validate(stage))
    check_state(cycle.state, "date", Phase.DRAFT, Phase.OPEN, Phase.CLOSED)
    values = given(body)
    reason = values.pop("reason", "")
    if cycle.state != Phase.DRAFT:
        known = stage.kind in DEADLINES and planned_of(stage) is not None
        moves = any(name in values and values[name] != getattr(stage, name) for name in _TIMES)
        check_move(is_deadline=known, moves=moves, reason=reason)
    changes = apply(stage, values)
    _settle(stage, cycle)
    if changes:
        stage.version += 1
        tx.flush()
        note(tx, caller, cycle, "stage.changed", stage=stage.id, reason=reason, **changes)
        tell_cycle(tx, cycle, now)
    return stage


def remove_stage(tx: Session, caller: Caller, now: datetime, ref: str, stage_id: str, version: int) -> None:
    """Remove a stage of a draft, or one without a date; raise `WasAnnounced`."""
    cycle = get_to_run(tx, caller, ref)
    stage = get_stage(tx, cycle, stage_id)
    check_version(stage.version, version, now=StageOut.model_validate(stage))
    if cycle.state != Phase.DRAFT and stage.order_at != SOME_DAY:
        raise WasAnnounced()
    note(tx, caller, cycle, "stage.removed", stage=stage.id, kind=stage.kind)
    tx.delete(stage)
    tx.flush()
    tell_cycle(tx, cycle, now, gone=stage_entry_id(stage_id))


def extend(tx: Session, caller: Caller, now: datetime, ref: str, body: ExtensionIn) -> Extension:
    """Put a deadline off: for all it moves the stage itself; for a unit or a nomination it holds beside it.

    Raises `NoDeadline`, `NotLater`, `NoSuchWallTime`, `UnitUnnamed`, and `NotYetKnown` for a unit not heard of.
    """
    cycle = get_to_run(tx, caller, ref)
    check_state(cycle.state, "extend", Phase.OPEN)
    stage = get_stage(tx, cycle, body.stage_id)
    if stage.kind not in DEADLINES or stage.at_local is None or stage.zone is None:
        raise NoDeadline()
    if body.nomination_id and not body.unit_id:
        raise UnitUnnamed()
    path = path_of(tx, body.unit_id) if body.unit_id else ()
    present = deadline_for(tx, cycle, StageKind(stage.kind), path, body.nomination_id)
    if present is None:
        raise NoDeadline()
    check_later(check_planned(body.until_local, stage.zone), present, now)
    extension = Extension(
        cycle_id=cycle.id, was_local=stage.at_local, zone=stage.zone, made_at=now, made_by=caller.account_id, **given(body)
    )  # fmt: skip
    tx.add(extension)
    if not body.unit_id:
        stage.at_local = stage.order_at = body.until_local
        stage.until_local = None
        stage.version += 1
    tx.flush()
    note(tx, caller, cycle, "deadline.extended", extension=extension.id, was=extension.was_local, **given(body))
    tell_cycle(tx, cycle, now)
    return extension


def take_back(tx: Session, caller: Caller, now: datetime, ref: str, extension_id: str, body: TakeBackIn) -> None:
    """Take an extension back, as if it had never been made; the record keeps it. To shorten one, another is made then.

    Raises `ExtensionInEffect` where the deadline that would hold without it has passed, `ExtendedSince`.
    """
    cycle = get_to_run(tx, caller, ref)
    check_state(cycle.state, "extend", Phase.OPEN)
    extension = get_extension(tx, cycle, extension_id)
    stage = get_stage(tx, cycle, extension.stage_id)
    if extension.unit_id is None:
        later = [each for each in extensions_of(tx, cycle.id) if each.stage_id == stage.id and each.unit_id is None]
        if later[-1] is not extension:
            raise ExtendedSince()
        check_takes_back(PlannedTime(extension.was_local, extension.zone), now)
        stage.at_local = stage.order_at = extension.was_local
        stage.version += 1
    said = {name: getattr(extension, name) for name in ("unit_id", "nomination_id", "was_local", "until_local")}
    tx.delete(extension)
    tx.flush()
    if extension.unit_id is not None:
        path = path_of(tx, extension.unit_id)
        until = deadline_for(tx, cycle, StageKind(stage.kind), path, extension.nomination_id)
        if until is not None:
            check_takes_back(until, now)
    note(tx, caller, cycle, "deadline.extension_taken_back", extension=extension_id, reason=body.reason, **said)
    tell_cycle(tx, cycle, now, gone=extension_entry_id(extension_id) if extension.unit_id else "")


def _settle(stage: Stage, cycle: Cycle) -> None:
    """Complete a stage from its cycle; one without any date is not known yet."""
    days: tuple[Any, Any] = (stage.on, stage.until_on)
    times: tuple[Any, Any] = (stage.at_local, stage.until_local)
    if not any((*days, *times)):
        stage.zone, stage.order_at = None, SOME_DAY
        return
    check_one_span(days, times)
    stage.zone = (stage.zone or cycle.zone) if stage.at_local else None
    if stage.at_local and stage.zone:
        check_planned(stage.at_local, stage.zone)
        check_planned(stage.until_local or stage.at_local, stage.zone)
    stage.order_at = stage.at_local or datetime.combine(stage.on or SOME_DAY.date(), time())
