"""Tables of submissions: the unit's notices, what was handed in with its receipt, and fingerprints of identity numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from services.awards.cycles.models import Cycle
from services.awards.nominations.models import Nomination
from shared.db import UtcDateTime, id_column


class UnitNotice(Base):
    """The notice (公示) that a unit gave of whom it nominates; `scan_id` is the attachment that shows it."""

    __tablename__ = "unit_notices"

    nomination_id: Mapped[str] = mapped_column(ForeignKey(Nomination.id, ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(String(400))
    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String, default="")
    scan_id: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(Integer, default=1)


class Submission(Base):
    """What was handed in at a time, never changed: the document whose hash the receipt carries, and the receipt.

    `turn` counts from 1; the last one counts. The document tells identity numbers masked, with their fingerprints.
    """

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("nomination_id", "turn"),)

    id: Mapped[str] = id_column()
    nomination_id: Mapped[str] = mapped_column(ForeignKey(Nomination.id, ondelete="CASCADE"))
    turn: Mapped[int] = mapped_column(Integer)
    definition: Mapped[int] = mapped_column(Integer)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    check_code: Mapped[str] = mapped_column(String(14), index=True)
    receipt: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(String(36))
    stands_in_for: Mapped[str | None] = mapped_column(String(36))


class SubmittedIdentity(Base):
    """The fingerprint of an identity number in what counts of a nomination, so that the same person is found."""

    __tablename__ = "submitted_identities"

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"))
    nomination_id: Mapped[str] = mapped_column(ForeignKey(Nomination.id, ondelete="CASCADE"), index=True)
    place: Mapped[str] = mapped_column(String(400))
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
