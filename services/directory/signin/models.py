"""Tables of credentials. Of every secret only its SHA-256 is kept; of a password, its argon2id hash."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.directory.accounts.models import Account
from services.directory.base import Base
from shared.db import UtcDateTime, id_column


class Password(Base):
    """The password of an account."""

    __tablename__ = "passwords"

    account_id: Mapped[str] = mapped_column(ForeignKey(Account.id), primary_key=True)
    hash: Mapped[str] = mapped_column(String(200))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Credential(Base):
    """What a caller can show: a session or a key, known by the SHA-256 of its secret."""

    __abstract__ = True

    id: Mapped[str] = id_column()
    account_id: Mapped[str] = mapped_column(ForeignKey(Account.id), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_on: Mapped[date | None] = mapped_column(Date)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class BrowserSession(Credential):
    """A browser that is signed in."""

    __tablename__ = "sessions"

    agent: Mapped[str] = mapped_column(String(200), default="")


class ApiKey(Credential):
    """A personal key for scripts; `beginning` is what may be shown of it, `scope` is read or write."""

    __tablename__ = "api_keys"

    name: Mapped[str] = mapped_column(String(80))
    beginning: Mapped[str] = mapped_column(String(20))
    scope: Mapped[str] = mapped_column(String(10))


class Failures(Base):
    """Attempts to sign in that failed in a row, by the hash of what was given as email or phone."""

    __tablename__ = "signin_failures"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
