"""The base of the directory's tables."""

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The tables of the directory service."""
