"""Tables of attachments: every paper that was ever given to a nomination."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from services.awards.nominations.models import Nomination
from shared.db import UtcDateTime, id_column


class Attachment(Base):
    """A paper, as it was given: nothing of it is changed. One that was replaced, or taken off, has `ended_at` and is kept.

    `key` names what in the category's checklist it is. `sha256` names the file among the service's; a `pointer` stands in
    its place for what may not be sent. `handed_in` are those that count: as the nomination was last submitted.
    """

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_nomination", "nomination_id", "key"),)

    id: Mapped[str] = id_column()
    nomination_id: Mapped[str] = mapped_column(ForeignKey(Nomination.id, ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(10))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    pointer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    hidden: Mapped[bool] = mapped_column(Boolean, default=False)
    handed_in: Mapped[bool] = mapped_column(Boolean, default=False)
    replaces_id: Mapped[str | None] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[str | None] = mapped_column(String(36))
