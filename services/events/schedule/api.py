"""Routes of the draft schedule, and what its live view shows."""

from fastapi import APIRouter
from sqlalchemy.orm import Session

from services.events.editions.schemas import Ref
from services.events.schedule import actions
from services.events.schedule.queries import draft as queries
from services.events.schedule.schemas import (
    ChangeRoomIn,
    CheckIn,
    DelayIn,
    EffectOut,
    LockIn,
    LockOut,
    ManyMovedOut,
    MovedOut,
    MovesIn,
    PlaceIn,
    PlacementOut,
    ScheduleOut,
    SettingsIn,
    SettingsOut,
    SwapIn,
)
from shared.caller import Caller
from shared.errors import NotFound
from shared.live import Live, Note
from shared.message import Fact
from shared.messages.events import DraftChanged
from shared.schema import Id
from shared.web import CallerDep, IfMatch, Now, reads, writes

router = APIRouter(tags=["schedule"])


@router.get("/editions/{ref}/schedule")
@reads
def get_schedule(tx: Session, caller: CallerDep, ref: Ref) -> ScheduleOut:
    """Show the whole draft: placements, tray, rooms, days, locks and settings."""
    return queries.get_whole_draft(tx, queries.get_draft(tx, caller, ref))


@router.post("/editions/{ref}/check")
@reads
def check_move(tx: Session, caller: CallerDep, ref: Ref, body: CheckIn) -> EffectOut:
    """Tell which conflicts a move would make and which it would mend; nothing is changed."""
    return actions.check_move(tx, caller, ref, body)


@router.get("/editions/{ref}/schedule/settings")
@reads
def get_settings(tx: Session, caller: CallerDep, ref: Ref) -> SettingsOut:
    """Show what the edition minds."""
    return queries.settings_of(queries.get_schedule(tx, queries.get_draft(tx, caller, ref).id))


@router.put("/editions/{ref}/schedule/settings")
@writes
def change_settings(tx: Session, caller: CallerDep, ref: Ref, version: IfMatch, body: SettingsIn) -> SettingsOut:
    """Set what the edition minds: levels of conflicts, tags never in parallel, shared equipment and interpreters."""
    return queries.settings_of(actions.change_settings(tx, caller, ref, version, body))


@router.get("/sessions/{session_id}/placement")
@reads
def get_placement(tx: Session, caller: CallerDep, session_id: Id) -> PlacementOut:
    """Show where a session stands."""
    _, _, placement = queries.get_session(tx, caller, session_id)
    if placement is None:
        raise NotFound()
    return PlacementOut.model_validate(placement)


@router.put("/sessions/{session_id}/placement")
@writes
def place_session(
    tx: Session, caller: CallerDep, now: Now, session_id: Id, version: IfMatch, body: PlaceIn
) -> MovedOut:
    """Place a session (`If-Match: "v0"`), or move it; the answer tells the conflicts made and mended."""
    return actions.place(tx, caller, session_id, version, body, now)


@router.delete("/sessions/{session_id}/placement")
@writes
def unplace_session(tx: Session, caller: CallerDep, now: Now, session_id: Id, version: IfMatch) -> EffectOut:
    """Take a session off the schedule, into the tray."""
    return actions.unplace(tx, caller, session_id, version, now)


@router.put("/sessions/{session_id}/placement/lock")
@writes
def lock_placement(tx: Session, caller: CallerDep, now: Now, session_id: Id, version: IfMatch) -> PlacementOut:
    """Lock a session where it stands."""
    return actions.lock_placement(tx, caller, session_id, version, now, locked=True)


@router.delete("/sessions/{session_id}/placement/lock")
@writes
def unlock_placement(tx: Session, caller: CallerDep, now: Now, session_id: Id, version: IfMatch) -> PlacementOut:
    """Let a session be moved again."""
    return actions.lock_placement(tx, caller, session_id, version, now, locked=False)


@router.post("/editions/{ref}/schedule/moves")
@writes
def move_sessions(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: MovesIn) -> ManyMovedOut:
    """Make many moves, all or none; each names the version it moves."""
    return actions.move_many(tx, caller, ref, body.moves, now)


@router.post("/editions/{ref}/schedule/swap")
@writes
def swap_sessions(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: SwapIn) -> ManyMovedOut:
    """Let two sessions change places; each keeps its length."""
    return actions.swap(tx, caller, ref, body, now)


@router.post("/editions/{ref}/rooms/{room_id}/delay")
@writes
def delay_room(tx: Session, caller: CallerDep, now: Now, ref: Ref, room_id: Id, body: DelayIn) -> ManyMovedOut:
    """Let the rest of a room's day start later."""
    return actions.delay_room(tx, caller, ref, room_id, body, now)


@router.post("/editions/{ref}/rooms/{room_id}/change")
@writes
def change_room(tx: Session, caller: CallerDep, now: Now, ref: Ref, room_id: Id, body: ChangeRoomIn) -> ManyMovedOut:
    """Let the rest of a room's day take place in another room."""
    return actions.change_room(tx, caller, ref, room_id, body, now)


@router.post("/editions/{ref}/schedule/locks", status_code=201)
@writes
def lock_schedule(tx: Session, caller: CallerDep, now: Now, ref: Ref, body: LockIn) -> LockOut:
    """Lock a room, a day, or a room on a day."""
    return actions.lock(tx, caller, ref, body, now)


@router.delete("/editions/{ref}/schedule/locks/{lock_id}", status_code=204)
@writes
def unlock_schedule(tx: Session, caller: CallerDep, ref: Ref, lock_id: Id) -> None:
    """Take a lock away."""
    actions.unlock(tx, caller, ref, lock_id)


def _check_topic(tx: Session, caller: Caller, topic: str) -> None:
    kind, _, edition_id = topic.partition(":")
    if kind != "edition" or queries.get_draft(tx, caller, edition_id).id != edition_id:
        raise NotFound()


def _note(fact: Fact) -> Note | None:
    if not isinstance(fact, DraftChanged):
        return None
    return Note(f"edition:{fact.edition_id}", fact.part_id, fact.version, fact.by, fact.part)


LIVE = Live(_check_topic, _note)
"""Topics `edition:<id>`: every change of its draft, for those who may edit its schedule."""
