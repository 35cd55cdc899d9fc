"""Tables of series."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.events.base import Base
from shared.db import id_column
from shared.text import Text, bilingual


class Series(Base):
    """A brand; `documents` are the plan documents that name it, `(source, key)` its identity in a catalogue.

    `catalogue_row` is what the catalogue last said, so that loading it again keeps what was edited here since.
    """

    __tablename__ = "series"
    __table_args__ = (UniqueConstraint("source", "key"),)

    id: Mapped[str] = id_column()
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Text] = bilingual("name")
    kind: Mapped[str] = mapped_column(String(40))
    owner_id: Mapped[str] = mapped_column(String(36), index=True)
    cadence: Mapped[str | None] = mapped_column(String(20))
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    umbrella_id: Mapped[str | None] = mapped_column(ForeignKey("series.id"), index=True)
    documents: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    description: Mapped[Text] = bilingual("description")
    note: Mapped[Text] = bilingual("note")
    source: Mapped[str | None] = mapped_column(String(200))
    key: Mapped[str | None] = mapped_column(String(200))
    catalogue_row: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[int] = mapped_column(Integer, default=1)


class SeriesAlias(Base):
    """Another name of a series, from one day until another (both included; either may be unknown)."""

    __tablename__ = "series_aliases"

    id: Mapped[str] = id_column()
    series_id: Mapped[str] = mapped_column(ForeignKey("series.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[Text] = bilingual("name")
    from_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)

    @classmethod
    def from_json(cls, series_id: str, position: int, alias: dict[str, Any]) -> "SeriesAlias":
        """Make the row of an alias as it was sent."""
        days = {name: date.fromisoformat(alias[name]) if alias.get(name) else None for name in ("from_on", "until_on")}
        return cls(series_id=series_id, position=position, name=Text(**alias["name"]), **days)

    def told(self) -> tuple[Text, date | None, date | None]:
        """Return what the alias says, to compare it by."""
        return self.name, self.from_on, self.until_on
