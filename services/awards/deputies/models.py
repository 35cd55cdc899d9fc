"""The table of deputies."""

from datetime import date, datetime

from sqlalchemy import Date, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from shared.db import UtcDateTime, id_column


class Deputy(Base):
    """A colleague (`deputy_id`) who does a nominator's work at a unit on the days from `from_on` until `until_on`."""

    __tablename__ = "deputies"
    __table_args__ = (Index("ix_deputies_deputy", "deputy_id", "until_on"),)

    id: Mapped[str] = id_column()
    unit_id: Mapped[str] = mapped_column(String(36), index=True)
    nominator_id: Mapped[str] = mapped_column(String(36))
    deputy_id: Mapped[str] = mapped_column(String(36))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
