"""The table of who is at which draft."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.events.base import Base
from shared.db import UtcDateTime
from shared.text import bilingual


class Presence(Base):
    """That an account is at a draft: since when, what it said last, and when that was.

    The name is what the directory vouched for in the caller's own token; it goes with the row, which the next word of
    anybody removes once it is old. `session_id` is no key: what was selected may be gone meanwhile, and marks nothing.
    """

    __tablename__ = "presences"

    edition_id: Mapped[str] = mapped_column(ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name = bilingual("name")
    session_id: Mapped[str | None] = mapped_column(String(36))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)
