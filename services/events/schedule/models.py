"""Tables of the draft schedule: where sessions stand, what is locked, what an edition minds."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.events.base import Base
from shared.db import UtcDateTime


class Schedule(Base):
    """The draft of one edition and what it minds; there once anything was set or placed.

    `number` counts every change of a placement and gives the placement its version, so that a version never comes
    again, not even after a session was taken off and placed anew. `version` counts changes of the settings. `locks` are
    the locked rooms, days, and rooms on a day, as `LockOut` shows them.
    """

    __tablename__ = "schedules"

    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    locks: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class Placement(Base):
    """One session at its time and in its room. Times are wall time in `zone`; the instants follow from them."""

    __tablename__ = "placements"
    __table_args__ = (
        Index("ix_placements_edition_id_starts_at", "edition_id", "starts_at"),
        Index("ix_placements_room_id_starts_at", "room_id", "starts_at"),
    )

    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    room_id: Mapped[str | None] = mapped_column(ForeignKey("rooms.id"))
    start_local: Mapped[datetime] = mapped_column(DateTime)
    zone: Mapped[str] = mapped_column(String(64))
    duration_minutes: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked: Mapped[bool] = mapped_column(Boolean, default=False)
    version: Mapped[int] = mapped_column(Integer)
    changed_by: Mapped[str] = mapped_column(String(36))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
