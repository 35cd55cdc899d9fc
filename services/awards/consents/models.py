"""The table of roles in nominations."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from services.awards.nominations.models import Nomination
from shared.db import UtcDateTime, id_column


class NominationRole(Base):
    """A part that a person has in a nomination, the hash of the secret in their link, and their answer.

    `covered` is the hash of what the nomination said when they answered: what it says since is not consented to. A
    candidate who has an account and began the nomination (with a code) has no link.
    """

    __tablename__ = "nomination_roles"
    __table_args__ = (Index("ix_nomination_roles_nomination", "nomination_id", "role"),)

    id: Mapped[str] = id_column()
    nomination_id: Mapped[str] = mapped_column(ForeignKey(Nomination.id, ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    person: Mapped[str] = mapped_column(String(200))
    may_fill_in: Mapped[bool] = mapped_column(Boolean, default=False)
    digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(20), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(String, default="")
    covered: Mapped[str] = mapped_column(String(64), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))
    version: Mapped[int] = mapped_column(Integer, default=1)
