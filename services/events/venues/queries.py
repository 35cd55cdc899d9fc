"""Selects of venues and rooms. Everybody who is signed in sees them, since halls are shared by all editions."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.venues.models import EditionRoom, Room, RoomWindow, Venue, Walk
from services.events.venues.schemas import RoomFilter, RoomOut, VenueFilter, VenueOut, WalkOut, WindowOut
from shared.errors import NotFound
from shared.paging import Page, paginate
from shared.tree import below

_COLUMNS = Venue.__table__.c


def get_venue(tx: Session, venue_id: str) -> Venue:
    """Return the venue; raise `NotFound`."""
    venue = tx.get(Venue, venue_id)
    if venue is None:
        raise NotFound()
    return venue


def get_room(tx: Session, room_id: str) -> tuple[Room, Venue]:
    """Return the room and its venue; raise `NotFound`."""
    found = tx.execute(select(Room, Venue).join(Venue).where(Room.id == room_id)).first()
    if found is None:
        raise NotFound()
    return found[0], found[1]


def list_venues(tx: Session, query: VenueFilter) -> Page[VenueOut]:
    """Return one page of venues."""
    statement = select(Venue)
    if query.q:
        names = ("name_zh", "name_en", "city_zh", "city_en")
        statement = statement.where(or_(*(_COLUMNS[name].icontains(query.q, autoescape=True) for name in names)))
    if query.owner:
        statement = statement.where(below(tx, Venue.owner_id, [query.owner]))
    rows, following, total = paginate(tx, statement, query, Venue.id, descending=query.sort == "newest")
    return Page(items=[VenueOut.model_validate(row) for row in rows], next=following, total=total)


def list_rooms(tx: Session, venue: Venue, query: RoomFilter) -> Page[RoomOut]:
    """Return one page of a venue's rooms, in their order."""
    statement = select(Room).where(Room.venue_id == venue.id)
    if query.archived is not None:
        statement = statement.where(Room.archived == query.archived)
    rows, following, total = paginate(tx, statement, query, Room.id, Room.position)
    return Page(items=[RoomOut.model_validate(row) for row in rows], next=following, total=total)


def rooms_of(tx: Session, edition: Edition) -> list[Room]:
    """Return the rooms that an edition uses, in its order."""
    rows = select(Room).join(EditionRoom).where(EditionRoom.edition_id == edition.id)
    return list(tx.scalars(rows.order_by(EditionRoom.position, Room.id)))


def editions_with(tx: Session, room_ids: Sequence[str]) -> list[str]:
    """Return the ids of the editions that use one of the rooms."""
    rows = select(EditionRoom.edition_id).where(EditionRoom.room_id.in_(room_ids)).distinct()
    return list(tx.scalars(rows.order_by(EditionRoom.edition_id)))


def windows_of(tx: Session, room: Room) -> list[WindowOut]:
    """Return the windows of a room, in order of time."""
    rows = select(RoomWindow).where(RoomWindow.room_id == room.id).order_by(RoomWindow.starts_at, RoomWindow.id)
    return [WindowOut.model_validate(row) for row in tx.scalars(rows)]


def walks_of(tx: Session, venue: Venue) -> list[WalkOut]:
    """Return the ways of a venue that are not its defaults."""
    rows = select(Walk).where(Walk.venue_id == venue.id).order_by(Walk.kind, Walk.one, Walk.other)
    return [WalkOut.model_validate(row) for row in tx.scalars(rows)]
