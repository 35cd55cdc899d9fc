"""The table of memberships."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.directory.accounts.models import Account
from services.directory.base import Base
from services.directory.organisations.models import Organisation
from shared.db import UtcDateTime, id_column


class Membership(Base):
    """An account's membership of a society, from its first day to its last, both included, in Beijing; `ended_at` ends it at once."""

    __tablename__ = "memberships"

    id: Mapped[str] = id_column()
    account_id: Mapped[str] = mapped_column(ForeignKey(Account.id), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey(Organisation.id), index=True)
    number: Mapped[str] = mapped_column(String(40), default="")
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
