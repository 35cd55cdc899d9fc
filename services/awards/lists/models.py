"""The table of accepted lists."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from services.awards.cycles.models import Cycle
from shared.db import UtcDateTime, id_column
from shared.text import Text, bilingual


class AcceptedList(Base):
    """A list as it was published; one that is corrected is the next `number`.

    Nothing of it ever changes but the last day of its window, as long as that is provisional.

    `lines` tell number, name, category and unit of each. `record_length` and `record_head` are where the record of the
    cycle stood.
    """

    __tablename__ = "accepted_lists"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date] = mapped_column(Date)
    days: Mapped[int] = mapped_column(Integer)
    counted: Mapped[str] = mapped_column(String(20))
    provisional: Mapped[bool] = mapped_column(Boolean)
    notice: Mapped[Text] = bilingual("notice")
    contact: Mapped[Text] = bilingual("contact")
    reason: Mapped[str] = mapped_column(String, default="")
    record_length: Mapped[int] = mapped_column(Integer)
    record_head: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[str] = mapped_column(String(36))
