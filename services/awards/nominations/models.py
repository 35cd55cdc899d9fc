"""Tables of nominations: the nomination, and every change of what it says."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from services.awards.base import Base
from services.awards.cycles.models import Cycle
from services.awards.nominations.names import LONGEST, folded
from shared.db import UtcDateTime, id_column


class Nomination(Base):
    """A nomination. `content` is what is being written, `handed_in` what counts: as it was last submitted.

    `definition` is the number of the cycle's definition that it was begun, or last submitted, under. `name` is for lists,
    `folded_name` what is the same for names that are the same. One that was made with a code (`route`) is the candidate's
    own, who is then `made_by`. `correct_until` is the clock of one that was returned. What lists do not show is long, and
    stands last.
    """

    __tablename__ = "nominations"
    __table_args__ = (
        UniqueConstraint("cycle_id", "category", "serial"),
        Index("ix_nominations_cycle_state", "cycle_id", "state", "submitted_at", "id"),
        Index("ix_nominations_cycle_queue", "cycle_id", "submitted_at", "id", "state", "name", "number"),
        Index("ix_nominations_cycle_name", "cycle_id", "name", "id"),
        Index("ix_nominations_unit", "unit_id", "cycle_id"),
    )

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"))
    definition: Mapped[int] = mapped_column(Integer)
    category: Mapped[str] = mapped_column(String(40))
    candidate_kind: Mapped[str] = mapped_column(String(40), default="")
    unit_id: Mapped[str] = mapped_column(String(36))
    route: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="draft")
    serial: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[str | None] = mapped_column(String(140), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="", index=True)
    folded_name: Mapped[str] = mapped_column(String(LONGEST), server_default="", index=True)
    groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    correct_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36), index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    handed_in: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    @validates("name")
    def _fold(self, _: str, name: str) -> str:
        self.folded_name = folded(name)
        return name


class NominationRevision(Base):
    """A change of what a nomination says, which made it the `version`: for each place what stood there, and what does since.

    `made_by` is an account, or the role of somebody who has written by link.
    """

    __tablename__ = "nomination_revisions"
    __table_args__ = (UniqueConstraint("nomination_id", "version"),)

    id: Mapped[str] = id_column()
    nomination_id: Mapped[str] = mapped_column(ForeignKey(Nomination.id, ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))
