"""The base of the calendar's tables."""

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The tables of the calendar service."""
