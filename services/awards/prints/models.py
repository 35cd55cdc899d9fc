"""Tables of prints: scans of sealed pages."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from services.awards.nominations.models import Nomination
from shared.db import UtcDateTime, id_column


class SealedScan(Base):
    """The scan of a page that a unit has sealed: `content` is the hash of what the nomination said, `sha256` that of the scan."""

    __tablename__ = "sealed_scans"

    id: Mapped[str] = id_column()
    nomination_id: Mapped[str] = mapped_column(ForeignKey(Nomination.id, ondelete="CASCADE"), index=True)
    content: Mapped[str] = mapped_column(String(64))
    check_code: Mapped[str] = mapped_column(String(14))
    name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(10))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))
