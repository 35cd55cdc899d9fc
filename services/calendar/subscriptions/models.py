"""Tables of personal feeds, and of what the directory says about the people who have them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, Boolean, Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.calendar.base import Base
from services.calendar.entries.rules import DAY_ZONE
from shared.db import UtcDateTime, id_column


class PersonalFeed(Base):
    """A feed that a member has composed. Of its address only the SHA-256 of the secret part is kept.

    It shows what belongs to one of the `topics` (of the `kinds`, or of any), the chosen `entries`, and with `duties` what
    is addressed to the member alone.
    """

    __tablename__ = "personal_feeds"

    id: Mapped[str] = id_column()
    account_id: Mapped[str] = mapped_column(String(36), index=True)
    name: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(4))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    topics: Mapped[list[str]] = mapped_column(JSON)
    kinds: Mapped[list[str]] = mapped_column(JSON)
    entries: Mapped[list[str]] = mapped_column(JSON)
    duties: Mapped[bool] = mapped_column(Boolean)
    bar: Mapped[bool] = mapped_column(Boolean)
    reminders: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    client: Mapped[str] = mapped_column(String(200), default="")
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)

    def fetched_local(self) -> datetime | None:
        """Return when it was last fetched, by the clock that the feeds' days are kept by."""
        return self.fetched_at.astimezone(ZoneInfo(DAY_ZONE)) if self.fetched_at else None


class Person(Base):
    """An account as the directory last told of it, at `told_at`; nothing about the person behind it."""

    __tablename__ = "people"

    account_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    organisation_id: Mapped[str | None] = mapped_column(String(36))
    closed: Mapped[bool] = mapped_column(Boolean)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Base):
    """That an account is a member of a society, from a day to a day, the last included; `from_on` empty once ended."""

    __tablename__ = "memberships"

    membership_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36), index=True)
    organisation_id: Mapped[str] = mapped_column(String(36))
    from_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer)


class HeldGrant(Base):
    """That an account holds a role at an organisation; `from_on` empty once withdrawn."""

    __tablename__ = "held_grants"

    grant_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36), index=True)
    role: Mapped[str] = mapped_column(String(40), default="")
    organisation_id: Mapped[str | None] = mapped_column(String(36))
    from_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
