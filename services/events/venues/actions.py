"""What is done with venues and rooms: entered, changed, opened and closed, taken into use by editions."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.editions.queries import get_edition
from services.events.editions.rules import may_schedule
from services.events.series.rules import may_organize
from services.events.venues import schemas
from services.events.venues.models import EditionRoom, Room, RoomWindow, Venue, Walk
from services.events.venues.queries import editions_with, get_room, get_venue, rooms_of, walks_of, windows_of
from services.events.venues.rules import InUse, RoomArchived, RoomTwice, UnknownRoom, check_walks, check_window
from shared.audit import record
from shared.caller import Caller
from shared.editing import apply, given, remove
from shared.errors import NotFound, check_version
from shared.ledger import emit
from shared.messages.events import DraftChanged
from shared.text import slug_of
from shared.times import check_planned
from shared.tree import path_of


def add_venue(tx: Session, caller: Caller, body: schemas.VenueIn) -> Venue:
    """Enter a venue; raise `Forbidden` unless the caller organizes at its owner."""
    may_organize(caller, path_of(tx, body.owner_id))
    venue = Venue(**{"zone": body.zone} | given(body))
    tx.add(venue)
    tx.flush()
    record(tx, caller, "venue.added", venue.id, **given(body))
    return venue


def change_venue(tx: Session, caller: Caller, venue_id: str, version: int, body: schemas.VenuePatch) -> Venue:
    """Change what was sent; windows stay at their wall times when the zone changes."""
    venue = get_venue(tx, venue_id)
    may_organize(caller, path_of(tx, venue.owner_id))
    check_version(venue.version, version, now=schemas.VenueOut.model_validate(venue))
    changes = apply(venue, given(body))
    if changes:
        venue.version += 1
        record(tx, caller, "venue.changed", venue.id, **changes)
        rooms = list(tx.scalars(select(Room).where(Room.venue_id == venue.id)))
        if "zone" in changes:
            _replan(tx, [room.id for room in rooms], venue.zone)
        tell_drafts(tx, caller, "venue", venue.id, venue.version, editions_with(tx, [room.id for room in rooms]))
    return venue


def _replan(tx: Session, room_ids: list[str], zone: str) -> None:
    for window in tx.scalars(select(RoomWindow).where(RoomWindow.room_id.in_(room_ids))):
        window.starts_at = check_planned(window.start_local, zone).utc()
        window.ends_at = check_planned(window.end_local, zone).utc()


def remove_venue(tx: Session, caller: Caller, venue_id: str, version: int) -> None:
    """Remove a venue without rooms; raise `InUse`."""
    venue = get_venue(tx, venue_id)
    may_organize(caller, path_of(tx, venue.owner_id))
    check_version(venue.version, version, now=schemas.VenueOut.model_validate(venue))
    _remove(tx, caller, "venue.removed", venue)


def _remove(tx: Session, caller: Caller, verb: str, row: Venue | Room) -> None:
    record(tx, caller, verb, row.id, name=[row.name.in_("zh"), None])
    remove(tx, row, InUse(name=row.name))


def add_room(tx: Session, caller: Caller, venue_id: str, body: schemas.RoomIn) -> Room:
    """Enter a room of a venue; raise `RoomTwice`."""
    venue = get_venue(tx, venue_id)
    may_organize(caller, path_of(tx, venue.owner_id))
    taken = set(tx.scalars(select(Room.slug).where(Room.venue_id == venue.id)))
    values = given(body)
    slug = values.pop("slug", None) or _free(slug_of(body.name.en, "room"), taken)
    if slug in taken:
        raise RoomTwice(slug=slug)
    values.setdefault("position", len(taken))
    room = Room(venue_id=venue.id, slug=slug, **values)
    tx.add(room)
    tx.flush()
    record(tx, caller, "room.added", room.id, **given(body) | {"venue": venue.id, "slug": slug})
    return room


def _free(wanted: str, taken: Iterable[str]) -> str:
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted[:75]}-{number}"
    return slug


def change_room(tx: Session, caller: Caller, room_id: str, version: int, body: schemas.RoomPatch) -> Room:
    """Change what was sent; the drafts of all editions that use the room are told."""
    room = _room_to_edit(tx, caller, room_id, version)
    values = given(body)
    other = select(Room.id).where(Room.venue_id == room.venue_id, Room.slug == values.get("slug"), Room.id != room.id)
    if tx.scalar(other):
        raise RoomTwice(slug=values["slug"])
    _changed(tx, caller, room, apply(room, values))
    return room


def remove_room(tx: Session, caller: Caller, room_id: str, version: int) -> None:
    """Remove a room in which nothing stands; raise `InUse`."""
    _remove(tx, caller, "room.removed", _room_to_edit(tx, caller, room_id, version))


def put_windows(tx: Session, caller: Caller, room_id: str, version: int, body: schemas.WindowsIn) -> Room:
    """Give a room these windows and no others; raise `WindowBackwards`, `NoSuchWallTime`."""
    room = _room_to_edit(tx, caller, room_id, version)
    zone = get_venue(tx, room.venue_id).zone
    rows = []
    for window in body.windows:
        check_window(window.start_local, window.end_local)
        starts, ends = (check_planned(local, zone).utc() for local in (window.start_local, window.end_local))
        rows.append(RoomWindow(room_id=room.id, starts_at=starts, ends_at=ends, **given(window)))
    old = windows_of(tx, room)
    tx.execute(delete(RoomWindow).where(RoomWindow.room_id == room.id))
    tx.add_all(rows)
    tx.flush()
    new = windows_of(tx, room)
    if new != old:
        said = ([window.model_dump(mode="json") for window in windows] for windows in (old, new))
        _changed(tx, caller, room, {"windows": list(said)})
    return room


def _room_to_edit(tx: Session, caller: Caller, room_id: str, version: int) -> Room:
    room, venue = get_room(tx, room_id)
    may_organize(caller, path_of(tx, venue.owner_id))
    check_version(room.version, version, now=schemas.RoomOut.model_validate(room))
    return room


def _changed(tx: Session, caller: Caller, room: Room, changes: dict[str, Any]) -> None:
    if changes:
        room.version += 1
        tx.flush()
        record(tx, caller, "room.changed", room.id, **changes)
        tell_drafts(tx, caller, "room", room.id, room.version, editions_with(tx, [room.id]))


def tell_drafts(tx: Session, caller: Caller, part: str, part_id: str, version: int, editions: Iterable[str]) -> None:
    """Tell those who look at the drafts of `editions` that a part of them has changed."""
    for edition_id in editions:
        emit(
            tx,
            DraftChanged(edition_id=edition_id, part=part, part_id=part_id, version=version, by=caller.account_id),
        )


def put_walks(tx: Session, caller: Caller, venue_id: str, version: int, body: schemas.WalksIn) -> Venue:
    """Give a venue these ways and no others; raise `SameEnds`, `UnknownRoom`."""
    venue = get_venue(tx, venue_id)
    may_organize(caller, path_of(tx, venue.owner_id))
    check_version(venue.version, version, now=schemas.VenueOut.model_validate(venue))
    check_walks((walk.kind, walk.one, walk.other) for walk in body.walks)
    rooms = set(tx.scalars(select(Room.id).where(Room.venue_id == venue.id)))
    for end in (end for walk in body.walks if walk.kind == "room" for end in (walk.one, walk.other)):
        if end not in rooms:
            raise UnknownRoom(room=end)
    old = walks_of(tx, venue)
    tx.execute(delete(Walk).where(Walk.venue_id == venue.id))
    tx.add_all(Walk(venue_id=venue.id, **given(walk)) for walk in body.walks)
    tx.flush()
    new = walks_of(tx, venue)
    if new != old:
        venue.version += 1
        said = ([walk.model_dump(mode="json") for walk in walks] for walks in (old, new))
        record(tx, caller, "venue.changed", venue.id, walks=list(said))
        tell_drafts(tx, caller, "venue", venue.id, venue.version, editions_with(tx, list(rooms)))
    return venue


def use_room(tx: Session, caller: Caller, ref: str, body: schemas.EditionRoomIn) -> list[Room]:
    """Let an edition use a room, or move it among those that it uses; raise `UnknownRoom`, `RoomArchived`."""
    edition = _edition_to_arrange(tx, caller, ref)
    room = tx.get(Room, body.room_id)
    if room is None:
        raise UnknownRoom(room=body.room_id)
    row = tx.get(EditionRoom, (edition.id, room.id))
    if row is None:
        if room.archived:
            raise RoomArchived(room=room.name)
        row = EditionRoom(edition_id=edition.id, room_id=room.id)
    others = select(EditionRoom).where(EditionRoom.edition_id == edition.id, EditionRoom.room_id != room.id)
    order = list(tx.scalars(others.order_by(EditionRoom.position, EditionRoom.room_id)))
    place = row.position if body.position is None else body.position
    order.insert(len(order) if place is None else place, row)
    tx.add(row)
    for position, each in enumerate(order):
        each.position = position
    tx.flush()
    record(tx, caller, "edition.room_added", edition.id, room=room.id, position=row.position)
    tell_drafts(tx, caller, "rooms", room.id, room.version, [edition.id])
    return rooms_of(tx, edition)


def release_room(tx: Session, caller: Caller, ref: str, room_id: str) -> None:
    """Let an edition use a room no longer; what stands in it stays there, and shows as a conflict of the draft."""
    edition = _edition_to_arrange(tx, caller, ref)
    row = tx.get(EditionRoom, (edition.id, room_id))
    if row is None:
        raise NotFound()
    tx.delete(row)
    tx.flush()
    record(tx, caller, "edition.room_removed", edition.id, room=room_id)
    tell_drafts(tx, caller, "rooms", room_id, 0, [edition.id])


def _edition_to_arrange(tx: Session, caller: Caller, ref: str) -> Edition:
    edition = get_edition(tx, caller, ref)
    may_schedule(caller, path_of(tx, edition.owner_id), edition.id)
    return edition


def copy_rooms(tx: Session, old: Edition, new: Edition) -> None:
    """Let `new` use the rooms that `old` uses, but for archived ones."""
    rows = select(EditionRoom).join(Room).where(EditionRoom.edition_id == old.id, Room.archived.is_(False))
    for row in tx.scalars(rows):
        tx.add(EditionRoom(edition_id=new.id, room_id=row.room_id, position=row.position))
    tx.flush()


# NEEDS
