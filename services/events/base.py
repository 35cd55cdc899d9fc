"""The base of the events service's tables."""

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The tables of the events service."""
