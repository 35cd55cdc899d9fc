"""Tables of cycles: the cycle, its definitions, stages and extensions, and what calendars were told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from services.awards.base import Base
from services.awards.programmes.models import Programme
from shared.db import UtcDateTime, id_column
from shared.telling import Told
from shared.text import Text, bilingual

SOME_DAY = datetime(9999, 12, 31)
"""Stands for a date that is not known, behind every one that is."""


class Cycle(Base):
    """One holding of a programme. `definition` is the number of the last one, 1 before any amendment.

    What rests on a rehearsal (`rehearsal_of`) goes with it, so that nothing is left behind.
    """

    __tablename__ = "cycles"

    id: Mapped[str] = id_column()
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    programme_id: Mapped[str] = mapped_column(ForeignKey(Programme.id), index=True)
    number: Mapped[int | None] = mapped_column(Integer)
    name: Mapped[Text] = bilingual("name")
    description: Mapped[Text] = bilingual("description")
    owner_id: Mapped[str] = mapped_column(String(36), index=True)
    zone: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(20), default="draft", index=True)
    state_reason: Mapped[Text] = bilingual("state_reason")
    definition: Mapped[int] = mapped_column(Integer, default=1)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rehearsal_of: Mapped[str | None] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"), index=True)
    version: Mapped[int] = mapped_column(Integer, default=1)


class CycleDefinition(Base):
    """A definition that holds, or held, in a cycle; each from the second on is an amendment, with a reason and a notice."""

    __tablename__ = "cycle_definitions"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed: Mapped[list[str]] = mapped_column(JSON, default=list)
    effective_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String, default="")
    notice: Mapped[Text] = bilingual("notice")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))


class Stage(Base):
    """A date of a cycle: a day (`on`, perhaps `until_on`), a wall time (`at_local`, perhaps `until_local`), or not known."""

    __tablename__ = "stages"

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[Text] = bilingual("title")
    description: Mapped[Text] = bilingual("description")
    on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    at_local: Mapped[datetime | None] = mapped_column(DateTime)
    until_local: Mapped[datetime | None] = mapped_column(DateTime)
    zone: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20), default="confirmed")
    order_at: Mapped[datetime] = mapped_column(DateTime, default=SOME_DAY)
    version: Mapped[int] = mapped_column(Integer, default=1)


class Extension(Base):
    """A deadline put off, from `was_local` to `until_local`: for all, for a unit and what is below it, or one nomination."""

    __tablename__ = "extensions"

    id: Mapped[str] = id_column()
    cycle_id: Mapped[str] = mapped_column(ForeignKey(Cycle.id, ondelete="CASCADE"), index=True)
    stage_id: Mapped[str] = mapped_column(ForeignKey(Stage.id, ondelete="CASCADE"), index=True)
    unit_id: Mapped[str | None] = mapped_column(String(36), index=True)
    nomination_id: Mapped[str | None] = mapped_column(String(36))
    was_local: Mapped[datetime] = mapped_column(DateTime)
    until_local: Mapped[datetime] = mapped_column(DateTime)
    zone: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String)
    notice: Mapped[Text] = bilingual("notice")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(36))


class ToldDate(Told, Base):
    """What calendars were last told of an entry of a cycle."""

    __tablename__ = "told_dates"

    cycle_id: Mapped[str] = mapped_column(String(36), index=True)
