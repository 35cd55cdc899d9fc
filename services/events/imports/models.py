"""Tables of imports: which file was applied to which edition, and how the programme stood before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from services.events.base import Base
from shared.db import UtcDateTime, id_column


class Import(Base):
    """An import that was applied. `file` names the file as it came; `said`, `before` and `after` are programmes in our
    JSON: as the file tells it, and as the draft stood on either side. All four are kept among the service's files.

    `made` lists the ids of what the import brought into being, by table, for taking it back.
    """

    __tablename__ = "imports"
    __table_args__ = (Index("ix_imports_edition_id_made_at", "edition_id", "made_at"),)

    id: Mapped[str] = id_column()
    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"))
    format: Mapped[str] = mapped_column(String(40))
    filename: Mapped[str] = mapped_column(String(255), default="")
    file: Mapped[str] = mapped_column(String(64))
    said: Mapped[str] = mapped_column(String(64))
    before: Mapped[str] = mapped_column(String(64))
    after: Mapped[str] = mapped_column(String(64))
    made: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_by: Mapped[str] = mapped_column(String(36))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[str | None] = mapped_column(String(36))
