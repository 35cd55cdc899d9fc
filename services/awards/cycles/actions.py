"""What is done with cycles: opened in draft, defined, taken from state to state, amended, rehearsed, removed.

Whatever changes an announced cycle tells calendars its dates again, in the same transaction. A rehearsal tells nobody
anything, and leaves no record but that it was held.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.awards.cycles import dates, queries, rules
from services.awards.cycles.models import SOME_DAY, Cycle, CycleDefinition, Stage, ToldDate
from services.awards.cycles.rules import Deed, Phase
from services.awards.cycles.schemas import AmendmentIn, CycleIn, CyclePatch, DeedIn
from services.awards.programmes.actions import parts_of
from services.awards.programmes.queries import definition_of, get_programme, get_run
from services.awards.programmes.rules import StageKind, check_definition, check_name, missing
from services.awards.programmes.schemas import PartsPatch
from shared.audit import record_in
from shared.caller import Caller
from shared.db import HELD, hold
from shared.editing import apply, given
from shared.errors import check_version
from shared.jobs import Work, enqueue
from shared.ledger import emit
from shared.messages import awards as facts
from shared.messages.dates import DateEntry
from shared.slugs import check_slug, take_slug
from shared.telling import tell
from shared.text import Text

TURN = "turn_cycle"
"""The job that is due whenever public answers about a cycle change by the clock alone."""


def open_draft(tx: Session, caller: Caller, now: datetime, body: CycleIn) -> Cycle:
    """Prepare a cycle with a copy of its programme's definition and stages; raise `Forbidden`, `SlugTaken`."""
    programme = get_run(tx, caller, body.programme_id)
    check_name(body.name, programme.standing)
    check_slug(tx, Cycle.slug, body.slug)
    cycle = Cycle(**{"zone": body.zone} | given(body), owner_id=programme.owner_id)
    tx.add(cycle)
    tx.flush()
    _put_definition(tx, caller, now, cycle, definition_of(programme))
    for stage in programme.stages or ():
        tx.add(Stage(cycle_id=cycle.id, kind=stage["kind"], title=Text(**stage["title"]), order_at=SOME_DAY))
    tx.flush()
    note(tx, caller, cycle, "cycle.drafted", slug=cycle.slug, programme=programme.id)
    return cycle


def _put_definition(
    tx: Session, caller: Caller, now: datetime, cycle: Cycle, content: Mapping[str, Any], **amendment: Any
) -> None:
    tx.add(
        CycleDefinition(
            cycle_id=cycle.id, number=cycle.definition, content=dict(content), made_at=now, made_by=caller.account_id,
            **amendment,
        )
    )  # fmt: skip
    tx.flush()


def get_to_run(tx: Session, caller: Caller, ref: str, version: int | None = None) -> Cycle:
    """Return a cycle that the caller's office runs, held; raise `NotFound`, `Forbidden`, `PreconditionFailed`."""
    cycle = queries.get_run(tx, caller, ref)
    hold(tx, cycle)
    if version is not None:
        check_version(cycle.version, version, now=queries.out_of(tx, cycle))
    return cycle


def change_cycle(tx: Session, caller: Caller, now: datetime, ref: str, version: int, body: CyclePatch) -> Cycle:
    """Change a cycle's name, number or description; raise `PreconditionFailed` for a stale version."""
    cycle = get_to_run(tx, caller, ref, version)
    rules.check_state(cycle.state, "change", Phase.DRAFT, Phase.OPEN, Phase.CLOSED)
    changes = apply(cycle, given(body))
    check_name(cycle.name, queries.get_definition(tx, cycle).content["standing"])
    if changes:
        changed(tx, caller, now, cycle, "cycle.changed", changes, facts.CycleChanged)
    return cycle


def remove_cycle(tx: Session, caller: Caller, ref: str, version: int) -> None:
    """Remove a draft, or end a rehearsal, with everything that rests on it."""
    cycle = get_to_run(tx, caller, ref, version)
    if cycle.rehearsal_of is None:
        rules.check_state(cycle.state, "remove", Phase.DRAFT)
        record_in(tx, cycle.id, caller, "cycle.removed", cycle.id, slug=cycle.slug)
    else:
        record_in(tx, cycle.rehearsal_of, caller, "cycle.rehearsal_ended", cycle.rehearsal_of)
    tx.delete(cycle)
    tx.flush()


def define(tx: Session, caller: Caller, ref: str, version: int, body: PartsPatch) -> Cycle:
    """Change parts of a draft's own definition; raise `FormInvalid`, `DefinitionUnsound`, `CycleStepForbidden`."""
    return put_parts(tx, caller, ref, version, parts_of(body))


def put_parts(tx: Session, caller: Caller, ref: str, version: int, parts: Mapping[str, Any]) -> Cycle:
    """Give a draft these parts of its definition, checked by those who know what is in them."""
    cycle = get_to_run(tx, caller, ref, version)
    rules.check_state(cycle.state, "redefine", Phase.DRAFT)
    _redefine(tx, caller, cycle, parts)
    return cycle


def take_over(tx: Session, caller: Caller, ref: str, version: int) -> Cycle:
    """Let a draft take over its programme's definition as it is by now; stages stay as they are."""
    cycle = get_to_run(tx, caller, ref, version)
    rules.check_state(cycle.state, "redefine", Phase.DRAFT)
    _redefine(tx, caller, cycle, definition_of(get_programme(tx, cycle.programme_id)))
    return cycle


def _redefine(tx: Session, caller: Caller, cycle: Cycle, parts: Mapping[str, Any]) -> None:
    definition = queries.get_definition(tx, cycle)
    content = {**definition.content, **parts}
    check_definition(content)
    other = [name for name, value in content.items() if value != definition.content.get(name)]
    if other:
        definition.content = content
        cycle.version += 1
        tx.flush()
        note(tx, caller, cycle, "cycle.defined", parts=other)


def amend(tx: Session, caller: Caller, now: datetime, ref: str, version: int, body: AmendmentIn) -> Cycle:
    """Amend an announced cycle; raise `NothingAmended`, `DefinitionIncomplete`, `CycleStepForbidden`."""
    said = {"effective_on": body.effective_on, "reason": body.reason, "notice": body.notice}
    return put_amendment(tx, caller, now, ref, version, parts_of(body.changes), **said)


def put_amendment(
    tx: Session, caller: Caller, now: datetime, ref: str, version: int, parts: Mapping[str, Any], **said: Any
) -> Cycle:
    """Let a further definition hold in a cycle, with `effective_on`, `reason` and `notice`; those before it are kept."""
    cycle = get_to_run(tx, caller, ref, version)
    rules.check_state(cycle.state, "amend", Phase.OPEN, Phase.CLOSED)
    last = queries.get_definition(tx, cycle)
    before = last.content
    content = {**before, **parts}
    rules.check_effective(said["effective_on"], last.effective_on)
    check_definition(content)
    other = [name for name, value in content.items() if value != before.get(name)]
    if not other:
        raise rules.NothingAmended()
    check_complete(content)
    cycle.definition += 1
    _put_definition(tx, caller, now, cycle, content, changed=other, **said)
    cycle.version += 1
    tx.flush()
    note(tx, caller, cycle, "cycle.amended", number=cycle.definition, parts=other, **said)
    if cycle.rehearsal_of is None:
        state = queries.state_of(cycle)
        told = {"effective_on": said["effective_on"], "notice": said["notice"]}
        emit(tx, facts.CycleAmended(cycle_id=cycle.id, cycle=state, **told))
    touch(tx, cycle)
    return cycle


def check_complete(content: Mapping[str, Any]) -> None:
    """Raise `DefinitionIncomplete` with everything that a definition lacks."""
    gaps = missing(content)
    rules.check_complete([(f"{gap.category}/{gap.code}" if gap.category else gap.code, gap.words) for gap in gaps])


_FACTS: Mapping[Deed, type[facts.CycleFact]] = {
    Deed.OPEN: facts.CycleOpened,
    Deed.CLOSE: facts.CycleClosed,
    Deed.REOPEN: facts.CycleChanged,
    Deed.CONCLUDE: facts.CycleConcluded,
    Deed.CANCEL: facts.CycleCancelled,
}


def take_step(
    tx: Session, caller: Caller, now: datetime, ref: str, version: int, deed: Deed, body: DeedIn | None = None
) -> Cycle:
    """Take a cycle from one state to another; raise `CycleStepForbidden`, `DefinitionIncomplete`, `DeadlineNotSet`.

    A call is closed when its last deadline has passed; it is opened again, or cancelled, for a reason that is told.
    """
    cycle = get_to_run(tx, caller, ref, version)
    state = rules.next_state(deed, cycle.state)
    if deed is Deed.OPEN:
        check_complete(queries.get_definition(tx, cycle).content)
        stages = queries.stages_of(tx, cycle.id)
        opening = next((stage for stage in stages if stage.kind == StageKind.CALL_OPENS), None)
        opens = queries.planned_of(opening) if opening else None
        rules.check_deadlines(opens, queries.deadlines_in_order(stages), now)
        cycle.opened_at = now
    if deed is Deed.CLOSE:
        rules.check_over(queries.last_deadline(tx, cycle), now)
    cycle.closed_at = None if deed in (Deed.OPEN, Deed.REOPEN) else cycle.closed_at or now
    if deed is Deed.CANCEL:
        cycle.closed_at = now
    changes = apply(cycle, {"state": state.value, "state_reason": body.reason if body else cycle.state_reason})
    changed(tx, caller, now, cycle, f"cycle.{deed}", changes, _FACTS[deed])
    return cycle


def rehearse(tx: Session, caller: Caller, now: datetime, ref: str) -> Cycle:
    """Make a copy of a cycle to be gone through as if in earnest: nobody else sees it, and nothing of it is told."""
    cycle = get_to_run(tx, caller, ref)
    slug = take_slug(tx, Cycle.slug, f"{cycle.slug[:68]}-rehearsal")
    same = ("programme_id", "number", "name", "description", "owner_id", "zone")
    copy = Cycle(slug=slug, rehearsal_of=cycle.rehearsal_of or cycle.id, **{n: getattr(cycle, n) for n in same})
    tx.add(copy)
    tx.flush()
    _put_definition(tx, caller, now, copy, queries.get_definition(tx, cycle).content)
    tx.add_all(stage.copied(cycle_id=copy.id, version=1) for stage in queries.stages_of(tx, cycle.id))
    tx.flush()
    earnest = cycle.rehearsal_of or cycle.id
    record_in(tx, earnest, caller, "cycle.rehearsed", earnest)
    return copy


def changed(
    tx: Session,
    caller: Caller,
    now: datetime,
    cycle: Cycle,
    verb: str,
    changes: Mapping[str, Any],
    kind: type[facts.CycleFact],
) -> None:
    """Note that a cycle has changed: its version, the record, the fact, its dates where these say what changed."""
    cycle.version += 1
    tx.flush()
    note(tx, caller, cycle, verb, **changes)
    if rules.is_announced(cycle.state, cycle.rehearsal_of):
        emit(tx, kind(cycle_id=cycle.id, cycle=queries.state_of(cycle)))
    if {"name", "state"} & changes.keys():
        tell_cycle(tx, cycle, now)
    else:
        touch(tx, cycle)


def note(tx: Session, caller: Caller | None, cycle: Cycle, verb: str, /, **change: Any) -> None:
    """Record what was done to a cycle or something of it, in its own chain; nothing of a rehearsal, which leaves no trace."""
    if cycle.rehearsal_of is None:
        record_in(tx, cycle.id, caller, verb, cycle.id, **change)


def tell_cycle(tx: Session, cycle: Cycle, now: datetime, gone: str = "") -> None:
    """Tell calendars every date of an announced cycle that stands otherwise than they were told; `gone` is no more.

    Of a cycle that was cancelled what else lies ahead is called off, too: clocks of corrections, an objection window. Its
    pages are called back with them.
    """
    if not rules.is_announced(cycle.state, cycle.rehearsal_of):
        return
    said = queries.dates_of(tx, cycle)
    stages = {stage.id: queries.stage_dates(stage) for stage in queries.stages_of(tx, cycle.id)}
    put_off = [(each.stage_id, queries.put_off(each)) for each in queries.extensions_of(tx, cycle.id)]
    for_all = {stage_id: each for stage_id, each in put_off if each.unit_id is None}
    entries: dict[str, DateEntry | None] = {
        dates.stage_entry_id(id_): dates.stage_entry(said, stage, for_all.get(id_), now)
        for id_, stage in stages.items()
    }
    for stage_id, each in put_off:
        if each.unit_id is not None:
            entries[dates.extension_entry_id(each.id)] = dates.extension_entry(said, stages[stage_id], each, now)
    if gone:
        entries[gone] = None
    if cycle.state == Phase.CANCELLED:
        entries |= dict.fromkeys(queries.told_ahead(tx, cycle, said.ended_on, but=entries))
    tell(tx, ToldDate, entries, now, (facts.AwardsDateSet, facts.AwardsDateCancelled), cycle_id=cycle.id)
    touch(tx, cycle)


def touch(tx: Session, cycle: Cycle) -> None:
    """Say that public answers about a cycle are out of date; nobody has any of one that was never announced."""
    if not rules.is_announced(cycle.state, cycle.rehearsal_of):
        return
    tags = ("awards", f"cycle:{cycle.id}", f"programme:{cycle.programme_id}")
    emit(tx, facts.AwardsViewChanged(view=f"cycle:{cycle.id}", tags=tags))
    moments = [planned for stage in queries.stages_of(tx, cycle.id) if (planned := queries.planned_of(stage))]
    due = dates.next_turn(moments, queries.last_deadline(tx, cycle), cycle.zone, tx.info["clock"]())
    if due:
        enqueue(tx, TURN, cycle.id, due_at=due, cycle_id=cycle.id)


def turn_cycle(work: Work) -> None:
    """Say that a day has turned, or a call has opened or ended, and public answers about a cycle with it."""
    with work.db.transaction() as tx:
        cycle = tx.get(Cycle, work.payload["cycle_id"], with_for_update=HELD)
        if cycle is not None:
            touch(tx, cycle)


def retell_cycles(work: Work) -> None:
    """Tell the dates of some cycles again: those of a programme, or of an organisation, whose name has changed."""
    with work.db.reading() as tx:
        ids = queries.cycles_around(tx, **work.payload)
    last = str(work.checkpoint.get("last", ""))
    for done, cycle_id in enumerate(ids, 1):
        if cycle_id <= last:
            continue
        with work.db.transaction() as tx:
            cycle = tx.get(Cycle, cycle_id, with_for_update=HELD)
            if cycle is not None:
                tell_cycle(tx, cycle, work.db.clock())
            work.keep(tx, done, len(ids), last=cycle_id)
