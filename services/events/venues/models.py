"""Tables of venues: rooms, when they are open, the ways between them, and which editions use them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, Float, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.events.base import Base
from shared.db import UtcDateTime, id_column
from shared.text import Text, bilingual


class Venue(Base):
    """A place with rooms. The two defaults are minutes on foot inside a building, and from one building to another."""

    __tablename__ = "venues"
    __table_args__ = (UniqueConstraint("source", "key"),)

    id: Mapped[str] = id_column()
    owner_id: Mapped[str] = mapped_column(String(36), index=True)
    name: Mapped[Text] = bilingual("name")
    city: Mapped[Text] = bilingual("city")
    address: Mapped[Text] = bilingual("address")
    country: Mapped[str] = mapped_column(String(2), default="")
    zone: Mapped[str] = mapped_column(String(64))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    same_building_minutes: Mapped[int] = mapped_column(Integer, default=0)
    other_building_minutes: Mapped[int] = mapped_column(Integer, default=0)
    source: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer, default=1)


class Room(Base):
    """A room. `capacity` is seats by layout (theatre, classroom, …); `seats` is the one that counts where none is named.

    Rooms with the same `building` are in one building of the venue; an empty one is not known. `archived` rooms are
    offered to no edition any more.
    """

    __tablename__ = "rooms"
    __table_args__ = (UniqueConstraint("venue_id", "slug"), UniqueConstraint("venue_id", "source", "key"))

    id: Mapped[str] = id_column()
    venue_id: Mapped[str] = mapped_column(ForeignKey("venues.id"), index=True)
    name: Mapped[Text] = bilingual("name")
    slug: Mapped[str] = mapped_column(String(80))
    building: Mapped[str] = mapped_column(String(200), default="")
    floor: Mapped[str] = mapped_column(String(80), default="")
    seats: Mapped[int | None] = mapped_column(Integer)
    capacity: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    equipment: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    interpretation_booths: Mapped[int] = mapped_column(Integer, default=0)
    accessible: Mapped[bool] = mapped_column(Boolean, default=False)
    buffer_minutes: Mapped[int] = mapped_column(Integer, default=0)
    position: Mapped[int] = mapped_column(Integer, default=0)
    archived: Mapped[bool] = mapped_column(Boolean, default=False)
    extras: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    source: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer, default=1)


class RoomWindow(Base):
    """A stretch of time in which a room can be used (`closed` false) or cannot; wall times in the venue's zone.

    A room without any open window is always open.
    """

    __tablename__ = "room_windows"

    id: Mapped[str] = id_column()
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
    closed: Mapped[bool] = mapped_column(Boolean, default=False)
    start_local: Mapped[datetime] = mapped_column(DateTime)
    end_local: Mapped[datetime] = mapped_column(DateTime)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Walk(Base):
    """Minutes on foot between two rooms (`kind` room, ids) or two buildings (`kind` building, names) of a venue."""

    __tablename__ = "walks"
    __table_args__ = (UniqueConstraint("venue_id", "kind", "one", "other"),)

    id: Mapped[str] = id_column()
    venue_id: Mapped[str] = mapped_column(ForeignKey("venues.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    one: Mapped[str] = mapped_column(String(200))
    other: Mapped[str] = mapped_column(String(200))
    minutes: Mapped[int] = mapped_column(Integer)


class EditionRoom(Base):
    """An edition uses a room; others may use it too."""

    __tablename__ = "edition_rooms"
    __table_args__ = (Index("ix_edition_rooms_room_id", "room_id"),)

    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
