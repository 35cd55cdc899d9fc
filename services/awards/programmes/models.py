"""The table of programmes."""

from typing import Any

from sqlalchemy import JSON, Boolean, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from shared.db import id_column
from shared.text import Text, bilingual

Json = dict[str, Any]


class Programme(Base):
    """A programme, and the definition that its next cycle will take over; what is not known of that is null.

    `owners` are those who hold it, as printed, the leading one first; `owner_id` is the organisation whose award office
    runs it. `catalogue_row` is what the catalogue last said, so that loading it again keeps what was edited since.
    """

    __tablename__ = "programmes"
    __table_args__ = (UniqueConstraint("source", "key"),)

    id: Mapped[str] = id_column()
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Text] = bilingual("name")
    description: Mapped[Text] = bilingual("description")
    note: Mapped[Text] = bilingual("note")
    owner_id: Mapped[str] = mapped_column(String(36), index=True)
    owners: Mapped[list[Json]] = mapped_column(JSON, default=list)
    standing: Mapped[str | None] = mapped_column(String(20))
    basis: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    verb: Mapped[str | None] = mapped_column(String(20))
    recurrence: Mapped[str | None] = mapped_column(String(20))
    is_template: Mapped[bool] = mapped_column(Boolean, default=False)
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    documents: Mapped[list[Json]] = mapped_column(JSON, default=list)
    routes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    unit_notice_days: Mapped[int | None] = mapped_column(Integer)
    categories: Mapped[list[Json]] = mapped_column(JSON, default=list)
    groups: Mapped[list[Json]] = mapped_column(JSON, default=list)
    limits: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    quotas: Mapped[list[Json] | None] = mapped_column(JSON(none_as_null=True))
    objection_window: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    stages: Mapped[list[Json] | None] = mapped_column(JSON(none_as_null=True))
    eligibility: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    source: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(200))
    catalogue_row: Mapped[Json | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(Integer, default=1)
