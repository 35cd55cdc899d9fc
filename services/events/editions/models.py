"""Tables of editions: the edition itself, who stands behind it, its key dates, and what calendars were told of it."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, ForeignKey, Integer, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from services.events.base import Base
from shared.db import UtcDateTime, id_column
from shared.telling import Told
from shared.text import Text, bilingual

SOME_DAY = date(9999, 12, 31)
"""Stands for a start that is not known, behind every one that is."""


class Edition(Base):
    """One edition. `starts_on` and `ends_on` hold the whole month or year where `date_precision` says so.

    `hours_start` and `hours_end` are the wall times between which sessions stand; a session before `day_change`
    belongs to the day before. `acronym`, `subtitle`, `venue_text`, `language`, `extras` keep what a programme file
    says of it. `order_on` follows `starts_on` and is never null, so that lists can be in order of it.
    """

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("source", "key"),)

    id: Mapped[str] = id_column()
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"), index=True)
    number: Mapped[int | None] = mapped_column(Integer)
    name: Mapped[Text] = bilingual("name")
    description: Mapped[Text] = bilingual("description")
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    date_precision: Mapped[str] = mapped_column(String(10), default="day")
    tentative: Mapped[bool] = mapped_column(Boolean, default=False)
    city: Mapped[Text] = bilingual("city")
    country: Mapped[str] = mapped_column(String(2), default="")
    zone: Mapped[str] = mapped_column(String(64))
    owner_id: Mapped[str] = mapped_column(String(36), index=True)
    state: Mapped[str] = mapped_column(String(20), default="planned", index=True)
    standing: Mapped[str] = mapped_column(String(20), default="normal")
    standing_note: Mapped[Text] = bilingual("standing_note")
    standing_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attendance_mode: Mapped[str] = mapped_column(String(20), default="on_site")
    has_programme: Mapped[bool] = mapped_column(Boolean, default=True)
    hours_start: Mapped[time | None] = mapped_column(Time)
    hours_end: Mapped[time | None] = mapped_column(Time)
    day_change: Mapped[time | None] = mapped_column(Time)
    slot_minutes: Mapped[int | None] = mapped_column(Integer)
    secretariat: Mapped[Text] = bilingual("secretariat")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(80), default="")
    approval: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    requires_approval: Mapped[bool] = mapped_column(Boolean, default=False)
    acronym: Mapped[str] = mapped_column(String, default="")
    subtitle: Mapped[Text] = bilingual("subtitle")
    venue_text: Mapped[Text] = bilingual("venue_text")
    language: Mapped[str] = mapped_column(String(20), default="zh")
    extras: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    source: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(200))
    copied_from_id: Mapped[str | None] = mapped_column(String(36))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    order_on: Mapped[date] = mapped_column(Date, default=SOME_DAY, index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)

    @validates("starts_on")
    def _keep_order(self, _name: str, value: date | None) -> date | None:
        self.order_on = value or SOME_DAY
        return value


class EditionSlug(Base):
    """A slug that an edition once had; it still leads there, and no other edition may take it."""

    __tablename__ = "edition_slugs"

    slug: Mapped[str] = mapped_column(String(80), primary_key=True)
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), index=True)


class EditionUmbrella(Base):
    """An edition stands under a series or under another edition, on whose pages and feeds it is shown."""

    __tablename__ = "edition_umbrellas"
    __table_args__ = (
        UniqueConstraint("edition_id", "series_id"),
        UniqueConstraint("edition_id", "umbrella_edition_id"),
    )

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), index=True)
    series_id: Mapped[str | None] = mapped_column(ForeignKey("series.id"), index=True)
    umbrella_edition_id: Mapped[str | None] = mapped_column(ForeignKey("editions.id"), index=True)


class EditionOrganisation(Base):
    """An organisation's part in an edition, in protocol order; `name` is as printed, and stands alone for strangers."""

    __tablename__ = "edition_organisations"

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(Integer)
    organisation_id: Mapped[str | None] = mapped_column(String(36), index=True)
    name: Mapped[Text] = bilingual("name")


class KeyDate(Base):
    """A date of an edition: a day (`on`, perhaps `until_on`) or a wall time (`at_local`, perhaps `until_local`) in `zone`.

    `status` is confirmed, tentative or cancelled; `order_at` is when it begins, for lists.
    """

    __tablename__ = "key_dates"

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[Text] = bilingual("title")
    description: Mapped[Text] = bilingual("description")
    on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    at_local: Mapped[datetime | None] = mapped_column(DateTime)
    until_local: Mapped[datetime | None] = mapped_column(DateTime)
    zone: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20), default="confirmed")
    order_at: Mapped[datetime] = mapped_column(DateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class EditionApproval(Base):
    """Somebody's word that `deed`, with exactly this `content`, may be done to an edition as it stood in `version`."""

    __tablename__ = "edition_approvals"

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), index=True)
    deed: Mapped[str] = mapped_column(String(40))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    edition_version: Mapped[int] = mapped_column(Integer)
    approved_by: Mapped[str] = mapped_column(String(36))
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(String, default="")


class ToldDate(Told, Base):
    """What calendars were last told of an entry of an edition."""

    __tablename__ = "told_dates"

    edition_id: Mapped[str] = mapped_column(String(36), index=True)
