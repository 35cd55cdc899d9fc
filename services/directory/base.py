"""The base of the directory's tables."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import KeepsVersions


class Base(KeepsVersions, DeclarativeBase):
    """The tables of the directory service."""
