"""The table of decisions about eligibility."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from services.awards.cycles.models import Cycle
from shared.db import UtcDateTime, id_column


class Decision(Base):
    """What the rules said of a nomination (`subject_id`), with the facts they saw; never made again.

    `definition` is the number of the cycle's definition whose rules they were: an amendment has another, and so leaves
    this as it is.
    """

    __tablename__ = "eligibility_decisions"
    __table_args__ = (Index("ix_eligibility_decisions_subject", "cycle_id", "subject_id"),)

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"))
    subject_id: Mapped[str] = mapped_column(String(36))
    purpose: Mapped[str] = mapped_column(String(20))
    definition: Mapped[int] = mapped_column(Integer)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    answer: Mapped[str] = mapped_column(String(20))
    verdict: Mapped[dict[str, Any]] = mapped_column(JSON)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str] = mapped_column(String(36))
