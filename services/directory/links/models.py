"""The table of one-time links; of a link's secret only the SHA-256 is kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from services.directory.accounts.models import Account
from services.directory.base import Base
from shared.db import UtcDateTime, id_column


class OneTimeLink(Base):
    """A link that signs somebody in once: `purpose` is first_run (nobody yet), recovery or sign_in."""

    __tablename__ = "one_time_links"

    id: Mapped[str] = id_column()
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[str | None] = mapped_column(ForeignKey(Account.id), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
