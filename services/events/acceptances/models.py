"""The table of conflicts that somebody accepted."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.events.base import Base
from shared.db import UtcDateTime, id_column


class AcceptedConflict(Base):
    """Somebody's word that a conflict may stand; `key` names it whatever its times become."""

    __tablename__ = "accepted_conflicts"
    __table_args__ = (UniqueConstraint("edition_id", "key"),)

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    accepted_by: Mapped[str] = mapped_column(String(36))
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
