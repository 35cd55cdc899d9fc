"""The base of the awards service's tables."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import CanBeCopied, KeepsVersions


class Base(CanBeCopied, KeepsVersions, DeclarativeBase):
    """The tables of the awards service."""
