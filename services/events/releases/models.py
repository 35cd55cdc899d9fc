"""Tables of what is public: releases, and the frozen rows of their sessions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.events.base import Base
from shared.db import UtcDateTime, id_column
from shared.text import Text, bilingual


class Release(Base):
    """One numbered state of an edition's public programme; `kind` is release or rollback (to `of_number`).

    `counts` has the added, moved, cancelled and changed sessions against the release before. `starts_on` and `ends_on`
    are the days of the edition then: should it be put off to others, the times of its sessions are in doubt.
    """

    __tablename__ = "releases"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[Text] = bilingual("name")
    note: Mapped[Text] = bilingual("note")
    of_number: Mapped[int | None] = mapped_column(Integer)
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    made_by: Mapped[str] = mapped_column(String(36))
    approved_by: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReleasedSession(Base):
    """What the releases from `valid_from` on, and before `valid_to`, show of a session.

    Nothing but `valid_to` changes once a row is there. The sequence of the session is that of its calendar entry, which
    `ToldDate` keeps.
    """

    __tablename__ = "released_sessions"
    __table_args__ = (
        UniqueConstraint("session_id", "valid_from"),
        Index("ix_released_sessions_edition_id_valid_to", "edition_id", "valid_to", "starts_at"),
    )

    id: Mapped[str] = id_column()
    session_id: Mapped[str] = mapped_column(String(36))
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id"))
    valid_from: Mapped[int] = mapped_column(Integer)
    valid_to: Mapped[int | None] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
