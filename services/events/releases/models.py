"""Tables of what is public: releases, the frozen rows of their sessions, approvals, and links to previews."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.events.base import Base
from shared.db import UtcDateTime, id_column
from shared.text import Text, bilingual


class Release(Base):
    """One numbered state of an edition's public programme; `kind` is release, rollback or notice.

    A *notice* tells that the edition itself was postponed, resumed or cancelled. `counts` has added, moved, cancelled
    and changed sessions against the release before.
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
    made_by: Mapped[str] = mapped_column(String(36))
    approved_by: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReleasedSession(Base):
    """What the releases from `valid_from` on, and before `valid_to`, show of a session.

    Nothing but `valid_to` and `told` changes once a row is there. `told` counts the date facts about the session, and
    is the version that the next reader of them goes by; it and `sequence` rise through all the rows of a session.
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
    sequence: Mapped[int] = mapped_column(Integer)
    told: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class Approval(Base):
    """A request that one person approves what another made; `state` is asked, approved, declined or used.

    `fingerprint` is that of the programme as it stood, so that an approval holds for exactly what was seen.
    """

    __tablename__ = "release_approvals"

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String)
    remark: Mapped[str] = mapped_column(String, default="")
    asked_by: Mapped[str] = mapped_column(String(36))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(36))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class PreviewLink(Base):
    """A link that shows the draft until it expires; only the hash of its token is kept."""

    __tablename__ = "preview_links"

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
