"""The table of accounts."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.directory.base import Base
from services.directory.organisations.models import Organisation
from shared.db import UtcDateTime, id_column
from shared.text import Text, bilingual


class Account(Base):
    """Somebody who can sign in. Credentials made before `credentials_since` do not count.

    `is_local` marks the administrator that the command line on the server speaks for.
    """

    __tablename__ = "accounts"

    id: Mapped[str] = id_column()
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)
    name: Mapped[Text] = bilingual("name")
    family_name_first: Mapped[bool] = mapped_column(Boolean, default=True)
    language: Mapped[str] = mapped_column(String(2), default="zh")
    zone: Mapped[str] = mapped_column(String(60), default="Asia/Shanghai")
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    is_local: Mapped[bool] = mapped_column(Boolean, default=False)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    credentials_since: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)
