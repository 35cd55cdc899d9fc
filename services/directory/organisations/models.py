"""Tables of organisations: as they are, as they were, and what else they are called."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.directory.base import Base
from shared.db import id_column
from shared.text import Text, bilingual


class Organisation(Base):
    """An organisation as it is today; `path` is `/<ancestor>/…/<self>/`."""

    __tablename__ = "organisations"

    id: Mapped[str] = id_column()
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    path: Mapped[str] = mapped_column(String(1000), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[Text] = bilingual("name")
    uscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    ror: Mapped[str | None] = mapped_column(String(9), unique=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    founded_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer, default=1)


class State(Base):
    """What held of an organisation from a day (nothing: ever since) until before another (nothing: still)."""

    __tablename__ = "organisation_states"

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    from_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[Text] = bilingual("name")
    status: Mapped[str] = mapped_column(String(20))


class OtherName(Base):
    """An alias, or a name that an organisation had before."""

    __tablename__ = "organisation_names"

    id: Mapped[str] = id_column()
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[Text] = bilingual("name")
    from_on: Mapped[date | None] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)


class Successor(Base):
    """Which organisation carries on what another did that was merged or split."""

    __tablename__ = "organisation_successors"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    into_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
