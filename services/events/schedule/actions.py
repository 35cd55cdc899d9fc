"""Change the draft schedule: place, move, swap, delay, lock; set what an edition minds.

Every change of the draft takes the next number of its `Schedule`, under whose row it runs alone; what it touches is
read, changed, told (`events.draft.changed`) and recorded in one short transaction. Many moves are all made, or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, delete, insert, update
from sqlalchemy.orm import Session

from services.events.base import Base
from services.events.schedule import rules
from services.events.schedule.conflicts import effect
from services.events.schedule.moves import Move, Placeable, Standing, Target, Touched, two_spans
from services.events.schedule.queries import draft as queries
from services.events.schedule.queries.draft import CANCELLED, Drafted, Seat
from services.events.schedule.queries.field import field_around, names_of
from services.events.schedule.schemas import (
    ChangeRoomIn,
    CheckIn,
    ConflictOut,
    DelayIn,
    EffectOut,
    LockIn,
    LockOut,
    ManyMovedOut,
    MovedOut,
    MoveIn,
    PlaceIn,
    PlacementOut,
    SettingsIn,
    SwapIn,
)
from services.events.schedule.setting import Field, Kept, day_of, seconds
from shared.audit import record
from shared.caller import Caller
from shared.db import check_as_read, new_id
from shared.errors import NotFound, check_version
from shared.ledger import emit
from shared.messages.events import DraftChanged
from shared.times import check_planned


@dataclass(frozen=True)
class Step:
    """A move with the rows it is about."""

    session: Placeable
    placement: Standing | None
    after: Target | None

    def move(self) -> Move:
        """Return the move alone."""
        return Move(self.session.id, self.placement.target() if self.placement else None, self.after)


def place(tx: Session, caller: Caller, session_id: str, version: int, body: PlaceIn, now: datetime) -> MovedOut:
    """Give a session its time and room, or others; `version` is 0 for a session that stands nowhere."""
    edition, session, placement = queries.get_session(tx, caller, session_id)
    _check_stale(placement, version)
    step = Step(session, placement, _target(edition, session, body))
    effect_, standing = _apply(tx, caller, edition, [step], now)
    here = standing[session_id]
    return MovedOut(
        session_id=session_id, edition_id=edition.id, **here.place(), made=effect_.made, mended=effect_.mended
    )


def unplace(tx: Session, caller: Caller, session_id: str, version: int, now: datetime) -> EffectOut:
    """Take a session off the schedule, into the tray."""
    edition, session, placement = queries.get_session(tx, caller, session_id)
    _check_stale(placement, version)
    if placement is None:
        raise rules.NotPlaced()
    return _apply(tx, caller, edition, [Step(session, placement, None)], now)[0]


def move_many(tx: Session, caller: Caller, edition_id: str, moves: Sequence[MoveIn], now: datetime) -> ManyMovedOut:
    """Make all the moves, or none."""
    edition = queries.get_draft(tx, caller, edition_id)
    found = _sessions(tx, edition, [move.session_id for move in moves])
    steps = []
    for move in moves:
        session, placement = found[move.session_id]
        _check_stale(placement, move.version)
        steps.append(Step(session, placement, _target(edition, session, move.place) if move.place else None))
    return _many(tx, caller, edition, steps, now)


def swap(tx: Session, caller: Caller, edition_id: str, body: SwapIn, now: datetime) -> ManyMovedOut:
    """Let two sessions change places; each keeps its length."""
    edition = queries.get_draft(tx, caller, edition_id)
    found = _sessions(tx, edition, [body.one_id, body.other_id])
    (one, one_at), (other, other_at) = found[body.one_id], found[body.other_id]
    _check_stale(one_at, body.one_version)
    _check_stale(other_at, body.other_version)
    if one_at is None or other_at is None:
        raise rules.NotPlaced()
    first, second = one_at.target(), other_at.target()
    steps = [
        Step(one, one_at, Target(second.room_id, second.start, first.minutes)),
        Step(other, other_at, Target(first.room_id, first.start, second.minutes)),
    ]
    return _many(tx, caller, edition, steps, now)


def delay_room(
    tx: Session, caller: Caller, edition_id: str, room_id: str, body: DelayIn, now: datetime
) -> ManyMovedOut:
    """Let the rest of a room's day start later."""
    edition = queries.get_draft(tx, caller, edition_id)
    steps = []
    for session, placement in _rest_of_day(tx, edition, room_id, body.from_local, now):
        at = placement.target()
        steps.append(Step(session, placement, Target(at.room_id, at.start.plus(body.minutes), at.minutes)))
    return _many(tx, caller, edition, steps, now)


def change_room(
    tx: Session, caller: Caller, edition_id: str, room_id: str, body: ChangeRoomIn, now: datetime
) -> ManyMovedOut:
    """Let the rest of a room's day take place in another room."""
    edition = queries.get_draft(tx, caller, edition_id)
    steps = []
    for session, placement in _rest_of_day(tx, edition, room_id, body.from_local, now):
        at = placement.target()
        steps.append(Step(session, placement, Target(body.to_room_id, at.start, at.minutes)))
    return _many(tx, caller, edition, steps, now)


def check_move(tx: Session, caller: Caller, edition_id: str, body: CheckIn) -> EffectOut:
    """Tell what a move would bring about; nothing is changed."""
    edition = queries.get_draft(tx, caller, edition_id)
    session, placement = _sessions(tx, edition, [body.session_id])[body.session_id]
    step = Step(session, placement, _target(edition, session, body.place) if body.place else None)
    return _effect(tx, edition, queries.get_schedule(tx, edition.id), [step])


def lock_placement(
    tx: Session, caller: Caller, session_id: str, version: int, now: datetime, *, locked: bool
) -> PlacementOut:
    """Lock a session where it stands, or unlock it."""
    edition, session, placement = queries.get_session(tx, caller, session_id)
    _check_stale(placement, version)
    if placement is None:
        raise rules.NotPlaced()
    if placement.locked != locked:
        number = next_number(tx, edition.id).number
        placement = replace(placement, locked=locked, version=number, changed_by=caller.account_id, changed_at=now)
        check_as_read(tx.execute(_CHANGE, {"placed": session.id, "read": version, **placement.place()}))
        record(tx, caller, "session.locked" if locked else "session.unlocked", session.id)
        tell(tx, caller, edition.id, "placement", session.id, number)
    return PlacementOut.model_validate(placement)


def lock(tx: Session, caller: Caller, edition_id: str, body: LockIn, now: datetime) -> LockOut:
    """Lock a room, a day, or a room on a day."""
    edition = queries.get_draft(tx, caller, edition_id)
    if body.room_id is None and body.day is None:
        raise rules.NothingToLock()
    if body.room_id and not queries.rooms_used(tx, edition.id, {body.room_id}):
        raise rules.RoomNotUsed(room_id=body.room_id)
    schedule = next_number(tx, edition.id)
    if any((each.room_id, each.day) == (body.room_id, body.day) for each in queries.locks_of(schedule)):
        raise rules.AlreadyLocked()
    made = LockOut(id=new_id(), room_id=body.room_id, day=body.day, locked_by=caller.account_id, locked_at=now)
    _keep(tx, edition.id, locks=[*schedule.locks, made.model_dump(mode="json")])
    record(tx, caller, "schedule.locked", edition.id, room=body.room_id, day=body.day)
    tell(tx, caller, edition.id, "schedule", edition.id, schedule.number)
    return made


def unlock(tx: Session, caller: Caller, edition_id: str, lock_id: str) -> None:
    """Take a lock away."""
    edition = queries.get_draft(tx, caller, edition_id)
    schedule = next_number(tx, edition.id)
    held = next((each for each in queries.locks_of(schedule) if each.id == lock_id), None)
    if held is None:
        raise NotFound()
    _keep(tx, edition.id, locks=[each for each in schedule.locks if each["id"] != lock_id])
    record(tx, caller, "schedule.unlocked", edition.id, room=held.room_id, day=held.day)
    tell(tx, caller, edition.id, "schedule", edition.id, schedule.number)


def change_settings(tx: Session, caller: Caller, edition_id: str, version: int, body: SettingsIn) -> Kept:
    """Set what an edition minds."""
    edition = queries.get_draft(tx, caller, edition_id)
    schedule = next_number(tx, edition.id)
    check_version(schedule.version, version, now=queries.settings_of(schedule))
    new = body.model_dump(mode="json")
    if new != schedule.settings:
        record(tx, caller, "schedule.settings_changed", edition.id, settings=(schedule.settings, new))
        schedule = replace(schedule, settings=new, version=schedule.version + 1)
        _keep(tx, edition.id, settings=new, version=schedule.version)
        tell(tx, caller, edition.id, "schedule", edition.id, schedule.number)
    return schedule


_SCHEDULES, _PLACEMENTS = Base.metadata.tables["schedules"], Base.metadata.tables["placements"]
_NEXT = (
    update(_SCHEDULES)
    .where(_SCHEDULES.c.edition_id == bindparam("edition"))
    .values(number=_SCHEDULES.c.number + 1)
    .returning(*(_SCHEDULES.c[field.name] for field in fields(Kept)))
)
_PLACE = insert(_PLACEMENTS)
_AS_READ = and_(_PLACEMENTS.c.session_id == bindparam("placed"), _PLACEMENTS.c.version == bindparam("read"))
_CHANGE, _TAKE_OFF = update(_PLACEMENTS).where(_AS_READ), delete(_PLACEMENTS).where(_AS_READ)


def next_number(tx: Session, edition_id: str) -> Kept:
    """Return an edition's schedule at its next number; who changes the same draft waits until this is committed."""
    tx.flush()
    found = tx.execute(_NEXT, {"edition": edition_id}).first()
    if found is None:
        tx.execute(insert(_SCHEDULES).values(edition_id=edition_id, number=1, version=1, settings={}, locks=[]))
        return Kept(number=1)
    return Kept(*found)


def _keep(tx: Session, edition_id: str, **values: Any) -> None:
    tx.execute(update(_SCHEDULES).where(_SCHEDULES.c.edition_id == edition_id).values(**values))


def tell(tx: Session, caller: Caller, edition_id: str, part: str, part_id: str, version: int) -> None:
    """Tell live views that a part of the draft is now at `version`."""
    emit(tx, _changed(edition_id, part, part_id, version, caller))


def _changed(edition_id: str, part: str, part_id: str, version: int, caller: Caller) -> DraftChanged:
    return DraftChanged(edition_id=edition_id, part=part, part_id=part_id, version=version, by=caller.account_id)


def _many(tx: Session, caller: Caller, edition: Drafted, steps: Sequence[Step], now: datetime) -> ManyMovedOut:
    effect_, standing = _apply(tx, caller, edition, steps, now)
    rows = sorted(standing.values(), key=attrgetter("starts_at", "session_id"))
    return ManyMovedOut(
        placements=[PlacementOut.model_validate(row) for row in rows],
        unplaced=[step.session.id for step in steps if step.after is None],
        made=effect_.made,
        mended=effect_.mended,
    )


def _apply(
    tx: Session, caller: Caller, edition: Drafted, steps: Sequence[Step], now: datetime
) -> tuple[EffectOut, dict[str, Standing]]:
    """Take the steps that change something; return what they bring about, and where the sessions stand after all."""
    standing = {step.session.id: step.placement for step in steps if step.placement and step.after}
    taken = [(step, move) for step in steps if (move := step.move()).before != move.after]
    if not taken:
        return EffectOut(made=[], mended=[]), standing
    schedule = next_number(tx, edition.id)
    locks = [rules.Lock(each.room_id, each.day) for each in queries.locks_of(schedule)]
    for step, move in taken:
        held = step.placement is not None and step.placement.locked
        rules.check_unlocked(step.session.title, held, locks, move.places(edition.day_change))
    result = _effect(tx, edition, schedule, [step for step, _ in taken])
    for step, move in taken:
        if after := _write(tx, edition, schedule.number, step, caller.account_id, now):
            standing[move.session_id] = after
        verb = "placed" if move.before is None else "moved" if move.after else "unplaced"
        was, is_ = (target.described() if target else None for target in (move.before, move.after))
        record(tx, caller, f"session.{verb}", move.session_id, place=(was, is_))
    emit(tx, *(_changed(edition.id, "placement", move.session_id, schedule.number, caller) for _, move in taken))
    return result, standing


def _write(tx: Session, edition: Drafted, number: int, step: Step, by: str, now: datetime) -> Standing | None:
    """Write down where a session stands from now on, and return it; nothing where it goes into the tray."""
    target, session_id = step.after, step.session.id
    if target is None:
        if step.placement is not None:
            check_as_read(tx.execute(_TAKE_OFF, {"placed": session_id, "read": step.placement.version}))
        return None
    starts_at, ends_at = target.span()
    standing = Standing(
        session_id, edition.id, target.room_id, target.start.local, target.start.zone, target.minutes,
        starts_at, ends_at, locked=False, version=number, changed_by=by, changed_at=now,
    )  # fmt: skip
    if step.placement is None:
        tx.execute(_PLACE, {"session_id": session_id, "edition_id": edition.id, **standing.place()})
    else:
        read = step.placement.version
        check_as_read(tx.execute(_CHANGE, {"placed": session_id, "read": read, **standing.place()}))
    return standing


def _effect(tx: Session, edition: Drafted, schedule: Kept, steps: Sequence[Step]) -> EffectOut:
    """Return the conflicts that steps make and mend, reading no more than what they touch; raise `RoomNotUsed`."""
    moves = [step.move() for step in steps]
    ends = [target for move in moves for target in move.ends()]
    if not ends:
        return EffectOut(made=[], mended=[])
    minds = queries.minded(schedule)
    touched = Touched(
        sessions=frozenset(move.session_id for move in moves),
        rooms=frozenset(target.room_id for target in ends if target.room_id),
        tracks=frozenset(step.session.track_id for step in steps if step.session.track_id),
        spans=two_spans(target.span() for target in ends),
        widely=any(minds.shares(s.session.needs, s.session.interpretation, s.session.tags) for s in steps),
    )
    field = field_around(tx, edition, schedule, touched)
    entered = {move.after.room_id for move in moves if move.after and move.after.room_id}
    if unused := entered - field.usable:
        raise rules.RoomNotUsed(room_id=min(unused))
    new = [(s.session.id, _placed(edition, field, s)) for s in steps if s.session.status != CANCELLED]
    mended, made = effect(field.placements.values(), field.setting, new)
    names = names_of(tx, [*made, *mended], field.names)
    return EffectOut(
        made=[ConflictOut.of(each, names) for each in made], mended=[ConflictOut.of(each, names) for each in mended]
    )


def _placed(edition: Drafted, field: Field, step: Step) -> rules.Placement | None:
    if step.after is None:
        return None
    session, room_id = step.session, step.after.room_id
    start, end = step.after.span()
    in_room = field.equipment.get(room_id or "", {})
    return rules.Placement(
        session_id=session.id,
        start=seconds(start),
        end=seconds(end),
        room_id=room_id,
        people=field.people.get(session.id, frozenset()),
        parent_id=session.parent_id,
        track_id=session.track_id,
        tags=frozenset(session.tags),
        expected_attendance=session.expected_attendance,
        needs=field.minds.needs(session.needs, session.interpretation, in_room),
        edition_id=edition.id,
    )


def _check_stale(placement: Standing | None, version: int) -> None:
    now = PlacementOut.model_validate(placement) if placement else None
    check_version(placement.version if placement else 0, version, now=now)


def _sessions(tx: Session, edition: Drafted, ids: Sequence[str]) -> dict[str, Seat]:
    """Return the sessions named, each once and of this edition; raise `SessionTwice` or `UnknownSession`."""
    if len(set(ids)) < len(ids):
        raise rules.SessionTwice()
    found = queries.find_sessions(tx, edition.id, ids)
    if unknown := sorted(set(ids) - found.keys()):
        raise rules.UnknownSession(session_id=unknown[0])
    return found


def _rest_of_day(
    tx: Session, edition: Drafted, room_id: str, from_local: datetime | None, now: datetime
) -> list[tuple[Placeable, Standing]]:
    """Return what starts in a room at or after a time, on that time's day; raise `NotFound` for a room not used."""
    if not queries.rooms_used(tx, edition.id, {room_id}):
        raise NotFound()
    since = from_local or now.astimezone(ZoneInfo(edition.zone)).replace(tzinfo=None)
    day = day_of(since, edition.day_change)
    rows = queries.list_in_room(tx, edition.id, room_id, since)
    return [row for row in rows if day_of(row[1].start_local, edition.day_change) == day]


def _target(edition: Drafted, session: Placeable, body: PlaceIn) -> Target:
    minutes = body.duration_minutes or session.duration_minutes
    if not minutes:
        raise rules.LengthUnknown(session=session.title)
    return Target(body.room_id, check_planned(body.start_local, edition.zone), minutes)
