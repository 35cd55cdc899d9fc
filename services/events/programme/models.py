"""Tables of the programme: sessions, tracks, people, and the part each person has."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, DateTime, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.events.base import Base
from shared.db import UtcDateTime, id_column
from shared.text import Text, bilingual


class Person(Base):
    """Somebody who appears in programmes of this installation. `email` and `phone` are never shown to outsiders."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("source", "key"),)

    id: Mapped[str] = id_column()
    owner_id: Mapped[str] = mapped_column(String(36), index=True)
    name: Mapped[Text] = bilingual("name")
    family_first: Mapped[bool] = mapped_column(Boolean, default=True)
    title: Mapped[Text] = bilingual("title")
    affiliation: Mapped[Text] = bilingual("affiliation")
    biography: Mapped[Text] = bilingual("biography")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(80), default="")
    account_id: Mapped[str | None] = mapped_column(String(36), index=True)
    extras: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    source: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer, default=1)


class PersonWindow(Base):
    """When a person can attend an edition; wall times in the edition's zone. Without any: always."""

    __tablename__ = "person_windows"
    __table_args__ = (Index("ix_person_windows_edition_id_person_id", "edition_id", "person_id"),)

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    start_local: Mapped[datetime] = mapped_column(DateTime)
    end_local: Mapped[datetime] = mapped_column(DateTime)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Track(Base):
    """A line of sessions through an edition (专题)."""

    __tablename__ = "tracks"
    __table_args__ = (UniqueConstraint("edition_id", "slug"), UniqueConstraint("edition_id", "source", "key"))

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), index=True)
    name: Mapped[Text] = bilingual("name")
    slug: Mapped[str] = mapped_column(String(80))
    colour: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[int] = mapped_column(Integer, default=0)
    extras: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    source: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer, default=1)


class ProgrammeSession(Base):
    """A session, or a talk of the session `parent_id`. When and where it takes place is the schedule's.

    `interpretation` are the languages it is interpreted into; `needs` amounts of shared equipment by name; `raw_type`
    the type as a file has it; `links` and `attachments` web addresses with their words; rich text is as received.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("edition_id", "slug"),
        UniqueConstraint("edition_id", "source", "key"),
        Index("ix_sessions_edition_id_position", "edition_id", "position"),
    )

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("sessions.id"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[Text] = bilingual("title")
    subtitle: Mapped[Text] = bilingual("subtitle")
    abstract: Mapped[Text] = bilingual("abstract")
    description: Mapped[Text] = bilingual("description")
    slug: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(40), default="")
    interpretation: Mapped[list[str]] = mapped_column(JSON, default=list)
    track_id: Mapped[str | None] = mapped_column(ForeignKey("tracks.id", ondelete="SET NULL"), index=True)
    openness: Mapped[str] = mapped_column(String(20), default="public")
    embargo_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expected_attendance: Mapped[int | None] = mapped_column(Integer)
    attendance_mode: Mapped[str] = mapped_column(String(20), default="on_site")
    join_url: Mapped[str] = mapped_column(String, default="")
    tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    needs: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    raw_type: Mapped[str] = mapped_column(String, default="")
    licence: Mapped[str] = mapped_column(String, default="")
    do_not_record: Mapped[bool | None] = mapped_column(Boolean)
    links: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    extras: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    duration_minutes: Mapped[int | None] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(20), default="draft")
    source: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer, default=1)


class SessionPerson(Base):
    """A person's part in a session; `title` and `affiliation` are as printed with it, the person's own where empty.

    `source_role` is the role as a file has it.
    """

    __tablename__ = "session_people"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id", "role"),
        Index("ix_session_people_person_id", "person_id"),
    )

    id: Mapped[str] = id_column()
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(Integer, default=0)
    title: Mapped[Text] = bilingual("title")
    affiliation: Mapped[Text] = bilingual("affiliation")
    source_role: Mapped[str] = mapped_column(String, default="")
    confirmed: Mapped[bool] = mapped_column(Boolean, default=False)
