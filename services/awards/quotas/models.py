"""Tables of quotas: the entries of the ledger, and the codes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from services.awards.cycles.models import Cycle
from shared.db import UtcDateTime, id_column


class QuotaEntry(Base):
    """Slots that went from one account to another, by whom and why; never changed, and summed up from the indexes alone.

    An account is a unit's slots of a category, those of anybody (group "") or those of a group. No unit stands for the
    award office where slots are allocated or returned to it, and for a candidate where they are used or given back.
    """

    __tablename__ = "quota_entries"
    __table_args__ = (
        CheckConstraint("amount > 0", name="moves_something"),
        Index("ix_quota_entries_from", "cycle_id", "from_unit_id", "category", "from_group", "amount"),
        Index("ix_quota_entries_to", "cycle_id", "to_unit_id", "category", "to_group", "amount"),
    )

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"))
    move: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(40))
    from_unit_id: Mapped[str | None] = mapped_column(String(36))
    from_group: Mapped[str] = mapped_column(String(40), default="")
    to_unit_id: Mapped[str | None] = mapped_column(String(36))
    to_group: Mapped[str] = mapped_column(String(40), default="")
    amount: Mapped[int] = mapped_column(Integer)
    code_id: Mapped[str | None] = mapped_column(String(36), index=True)
    nomination_id: Mapped[str | None] = mapped_column(String(36), index=True)
    reason: Mapped[str] = mapped_column(String)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))


class QuotaCode(Base):
    """A code that stands for one slot of a unit, until it is used for a nomination or withdrawn. `ending` is its last group."""

    __tablename__ = "quota_codes"

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"), index=True)
    unit_id: Mapped[str] = mapped_column(String(36), index=True)
    category: Mapped[str] = mapped_column(String(40))
    group: Mapped[str] = mapped_column(String(40), default="")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[str] = mapped_column(String(4))
    note: Mapped[str] = mapped_column(String, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))
    nomination_id: Mapped[str | None] = mapped_column(String(36), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
