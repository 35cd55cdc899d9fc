"""The base of the awards service's tables."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import KeepsVersions


class Base(KeepsVersions, DeclarativeBase):
    """The tables of the awards service."""
