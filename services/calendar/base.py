"""The base of the calendar's tables."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import KeepsVersions


class Base(KeepsVersions, DeclarativeBase):
    """The tables of the calendar service."""
