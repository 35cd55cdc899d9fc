"""Tables of what other services' date facts say. Nothing here is decided by this service; all of it can be rebuilt."""

from datetime import date, datetime, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from sqlalchemy import Boolean, Date, Index, Integer, LargeBinary, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from services.calendar.base import Base
from shared.db import UtcDateTime
from shared.text import Text, bilingual


class Entry(Base):
    """One date as its owner last told it; `told` is the whole of it in JSON, the columns what is asked for.

    `starts_at` and `ends_at` are in UTC (of a day-long date: midnight UTC); the days are those of the place itself.
    `revision` is another one after every change, and says nothing else; `edition` is the key of the edition it belongs to
    before all others.
    """

    __tablename__ = "entries"
    __table_args__ = (
        Index("ix_entries_starts_at_entry_id", "starts_at", "entry_id"),
        # What a feed asks of each of its entries, without reading the long rows themselves.
        Index("ix_entries_of_feeds", "entry_id", "audience_kind", "bar", "edition", "last_on", "revision"),
    )

    entry_id: Mapped[str] = mapped_column(String, primary_key=True)
    revision: Mapped[str] = mapped_column(String(36), unique=True)
    service: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(Integer)
    sequence: Mapped[int] = mapped_column(Integer)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(20))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_on: Mapped[date] = mapped_column(Date)
    last_on: Mapped[date] = mapped_column(Date, index=True)
    all_day: Mapped[bool] = mapped_column(Boolean)
    bar: Mapped[bool] = mapped_column(Boolean)
    edition: Mapped[str | None] = mapped_column(String, index=True)
    zone: Mapped[str | None] = mapped_column(String(80))
    title: Mapped[Text] = bilingual("title")
    place: Mapped[Text] = bilingual("place")
    link: Mapped[str | None] = mapped_column(String)
    audience_kind: Mapped[str] = mapped_column(String(20))
    audience_organisation: Mapped[str | None] = mapped_column(String(36))
    told: Mapped[str] = mapped_column(LongText)

    def local_start(self) -> datetime:
        """Return when it begins as the clocks of its place show it."""
        return self.starts_at.astimezone(ZoneInfo(self.zone or "UTC"))

    def local_end(self) -> datetime:
        """Return when it ends as the clocks of its place show it."""
        return self.ends_at.astimezone(ZoneInfo(self.zone or "UTC"))

    def known_to_month(self) -> bool:
        """Tell whether no more than the month is known: a tentative date over all of its days."""
        whole = self.first_on.day == 1 and (self.last_on + timedelta(days=1)).day == 1
        return self.status == "tentative" and self.all_day and whole

    def hue(self) -> int:
        """Return the number of a colour, the same for all of one kind."""
        return crc32(self.kind.encode()) % 7 + 1


class EntryTopic(Base):
    """That an entry belongs to a topic."""

    __tablename__ = "entry_topics"
    __table_args__ = (Index("ix_entry_topics_key_entry_id", "key", "entry_id"),)

    entry_id: Mapped[str] = mapped_column(String, primary_key=True)
    key: Mapped[str] = mapped_column(String, primary_key=True)


class EntryAccount(Base):
    """That an entry is addressed to an account."""

    __tablename__ = "entry_accounts"

    entry_id: Mapped[str] = mapped_column(String, primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36), primary_key=True, index=True)


class EntryFragment(Base):
    """The iCalendar bytes of an entry in every language of feeds, with links under `address`."""

    __tablename__ = "fragments"

    entry_id: Mapped[str] = mapped_column(String, primary_key=True)
    address: Mapped[str] = mapped_column(String)
    zone: Mapped[str | None] = mapped_column(String(80))
    first_year: Mapped[int] = mapped_column(Integer)
    last_year: Mapped[int] = mapped_column(Integer)
    zh: Mapped[bytes] = mapped_column(LargeBinary)
    en: Mapped[bytes] = mapped_column(LargeBinary)
    both: Mapped[bytes] = mapped_column(LargeBinary)


class Topic(Base):
    """Something a feed can follow, named as the newest fact about it says (of two as new: the entry with the larger id)."""

    __tablename__ = "topics"

    key: Mapped[str] = mapped_column(String, primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), index=True)
    title: Mapped[Text] = bilingual("title")
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_by: Mapped[str] = mapped_column(String)


class FormerSlug(Base):
    """An earlier slug of a topic, under which its feed is still found."""

    __tablename__ = "former_slugs"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    key: Mapped[str] = mapped_column(String, primary_key=True)


class Change(Base):
    """The last public change of what stands under `key`: a topic's key, `all`, `service:<name>` or `tree`.

    `revision` is never the same twice and says nothing else; `changed_at` is the owner's time. What was never public has
    no row.
    """

    __tablename__ = "changes"

    key: Mapped[str] = mapped_column(String, primary_key=True)
    revision: Mapped[str] = mapped_column(String(36))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
