"""Routes of venues and rooms: `/api/events/venues`, `/rooms`, and the rooms of an edition."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.events.editions.queries import get_inside
from services.events.editions.schemas import Ref
from services.events.series.rules import may_organize
from services.events.venues import actions
from services.events.venues.queries import (
    get_room,
    get_venue,
    list_rooms,
    list_venues,
    rooms_of,
    walks_of,
    windows_of,
)
from services.events.venues.schemas import (
    EditionRoomIn,
    RoomFilter,
    RoomId,
    RoomIn,
    RoomOut,
    RoomPatch,
    VenueFilter,
    VenueId,
    VenueIn,
    VenueOut,
    VenuePatch,
    WalkOut,
    WalksIn,
    WindowOut,
    WindowsIn,
)
from shared.editing import DeedOut, history
from shared.paging import Page
from shared.tree import path_of
from shared.web import CallerDep, IfMatch, reads, writes

router = APIRouter(tags=["venues"])


@router.get("/venues")
@reads
def get_venues(tx: Session, caller: CallerDep, query: Annotated[VenueFilter, Query()]) -> Page[VenueOut]:
    """List venues."""
    return list_venues(tx, query)


@router.post("/venues", status_code=201)
@writes
def post_venue(tx: Session, caller: CallerDep, body: VenueIn) -> VenueOut:
    """Enter a venue."""
    return VenueOut.model_validate(actions.add_venue(tx, caller, body))


@router.get("/venues/{venue_id}")
@reads
def get_one_venue(tx: Session, caller: CallerDep, venue_id: VenueId) -> VenueOut:
    """Read a venue."""
    return VenueOut.model_validate(get_venue(tx, venue_id))


@router.patch("/venues/{venue_id}")
@writes
def patch_venue(tx: Session, caller: CallerDep, venue_id: VenueId, version: IfMatch, body: VenuePatch) -> VenueOut:
    """Change a venue."""
    return VenueOut.model_validate(actions.change_venue(tx, caller, venue_id, version, body))


@router.delete("/venues/{venue_id}", status_code=204)
@writes
def delete_venue(tx: Session, caller: CallerDep, venue_id: VenueId, version: IfMatch) -> None:
    """Remove a venue that has no rooms."""
    actions.remove_venue(tx, caller, venue_id, version)


@router.get("/venues/{venue_id}/history")
@reads
def get_venue_history(tx: Session, caller: CallerDep, venue_id: VenueId) -> list[DeedOut]:
    """Read what was done to a venue; for those who organize at its owner."""
    venue = get_venue(tx, venue_id)
    may_organize(caller, path_of(tx, venue.owner_id))
    return history(tx, venue.id)


@router.get("/venues/{venue_id}/walks")
@reads
def get_walks(tx: Session, caller: CallerDep, venue_id: VenueId) -> list[WalkOut]:
    """List the ways between rooms and buildings that are not the venue's defaults."""
    return walks_of(tx, get_venue(tx, venue_id))


@router.put("/venues/{venue_id}/walks")
@writes
def put_walks(tx: Session, caller: CallerDep, venue_id: VenueId, version: IfMatch, body: WalksIn) -> VenueOut:
    """Replace the ways of a venue."""
    return VenueOut.model_validate(actions.put_walks(tx, caller, venue_id, version, body))


@router.get("/venues/{venue_id}/rooms")
@reads
def get_rooms(
    tx: Session, caller: CallerDep, venue_id: VenueId, query: Annotated[RoomFilter, Query()]
) -> Page[RoomOut]:
    """List the rooms of a venue."""
    return list_rooms(tx, get_venue(tx, venue_id), query)


@router.post("/venues/{venue_id}/rooms", status_code=201)
@writes
def post_room(tx: Session, caller: CallerDep, venue_id: VenueId, body: RoomIn) -> RoomOut:
    """Enter a room."""
    return RoomOut.model_validate(actions.add_room(tx, caller, venue_id, body))


@router.get("/rooms/{room_id}")
@reads
def get_one_room(tx: Session, caller: CallerDep, room_id: RoomId) -> RoomOut:
    """Read a room."""
    return RoomOut.model_validate(get_room(tx, room_id)[0])


@router.patch("/rooms/{room_id}")
@writes
def patch_room(tx: Session, caller: CallerDep, room_id: RoomId, version: IfMatch, body: RoomPatch) -> RoomOut:
    """Change a room."""
    return RoomOut.model_validate(actions.change_room(tx, caller, room_id, version, body))


@router.delete("/rooms/{room_id}", status_code=204)
@writes
def delete_room(tx: Session, caller: CallerDep, room_id: RoomId, version: IfMatch) -> None:
    """Remove a room in which nothing stands."""
    actions.remove_room(tx, caller, room_id, version)


@router.get("/rooms/{room_id}/history")
@reads
def get_room_history(tx: Session, caller: CallerDep, room_id: RoomId) -> list[DeedOut]:
    """Read what was done to a room; for those who organize at its venue's owner."""
    room, venue = get_room(tx, room_id)
    may_organize(caller, path_of(tx, venue.owner_id))
    return history(tx, room.id)


@router.get("/rooms/{room_id}/windows")
@reads
def get_windows(tx: Session, caller: CallerDep, room_id: RoomId) -> list[WindowOut]:
    """List when a room is open and when it is closed."""
    return windows_of(tx, get_room(tx, room_id)[0])


@router.put("/rooms/{room_id}/windows")
@writes
def put_windows(tx: Session, caller: CallerDep, room_id: RoomId, version: IfMatch, body: WindowsIn) -> RoomOut:
    """Replace the windows of a room."""
    return RoomOut.model_validate(actions.put_windows(tx, caller, room_id, version, body))


@router.get("/editions/{ref}/rooms")
@reads
def get_edition_rooms(tx: Session, caller: CallerDep, ref: Ref) -> list[RoomOut]:
    """List the rooms that an edition uses, in its order; for those who work on it."""
    return [RoomOut.model_validate(room) for room in rooms_of(tx, get_inside(tx, caller, ref))]


@router.post("/editions/{ref}/rooms")
@writes
def post_edition_room(tx: Session, caller: CallerDep, ref: Ref, body: EditionRoomIn) -> list[RoomOut]:
    """Let an edition use a room, or move it among those that it uses."""
    return [RoomOut.model_validate(room) for room in actions.use_room(tx, caller, ref, body)]


@router.delete("/editions/{ref}/rooms/{room_id}", status_code=204)
@writes
def delete_edition_room(tx: Session, caller: CallerDep, ref: Ref, room_id: RoomId) -> None:
    """Let an edition use a room no longer."""
    actions.release_room(tx, caller, ref, room_id)
