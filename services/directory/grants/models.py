"""The table of grants."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.directory.base import Base
from services.directory.organisations.models import Organisation
from shared.db import UtcDateTime, id_column


class Grant(Base):
    """A role of an account at an organisation and below, or on one thing (`scope`) that the organisation owns.

    It counts from its first day to its last, both included, in Beijing.
    """

    __tablename__ = "grants"

    id: Mapped[str] = id_column()
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    organisation_id: Mapped[str] = mapped_column(ForeignKey(Organisation.id), index=True)
    scope: Mapped[str | None] = mapped_column(String(120), index=True)
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    given_by: Mapped[str] = mapped_column(String(36))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_by: Mapped[str | None] = mapped_column(String(36))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
