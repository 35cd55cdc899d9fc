"""Tables of the check: whose hands a nomination is in, what was said of it, and the reasons of a programme."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from services.awards.cycles.models import Cycle
from services.awards.nominations.models import Nomination
from services.awards.programmes.models import Programme
from shared.db import UtcDateTime, id_column


class FormalCheck(Base):
    """The check of a nomination as it goes: who has it in hand, and the first opinion that waits for a second."""

    __tablename__ = "formal_checks"

    nomination_id: Mapped[str] = mapped_column(ForeignKey(Nomination.id, ondelete="CASCADE"), primary_key=True)
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"), index=True)
    taken_by: Mapped[str | None] = mapped_column(String(36))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    first_by: Mapped[str | None] = mapped_column(String(36))
    first_outcome: Mapped[str | None] = mapped_column(String(20))
    first_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    turn: Mapped[int] = mapped_column(Integer, default=0)


class CheckOpinion(Base):
    """What somebody said of a nomination as it was handed in for the `turn`-th time; never changed.

    `effect` is what followed: *first* (it waits for a second), *disagreed* (both are void), or that it took effect.
    `reasons` are kept with the words that they had, whatever the programme makes of its own since; `remarks` are on single
    fields, each with the pointer to its place.
    """

    __tablename__ = "check_opinions"
    __table_args__ = (Index("ix_check_opinions_nomination", "nomination_id", "id"),)

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"), index=True)
    nomination_id: Mapped[str] = mapped_column(ForeignKey(Nomination.id, ondelete="CASCADE"))
    turn: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str] = mapped_column(String(20))
    effect: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    words: Mapped[str] = mapped_column(String, default="")
    remarks: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))


class CheckReasons(Base):
    """The reasons that a programme's office checks by, instead of the usual ones."""

    __tablename__ = "check_reasons"

    programme_id: Mapped[str] = mapped_column(ForeignKey(Programme.id, ondelete="CASCADE"), primary_key=True)
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(Integer, default=1)
