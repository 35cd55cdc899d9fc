"""The base of the events service's tables."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import CanBeCopied, KeepsVersions


class Base(CanBeCopied, KeepsVersions, DeclarativeBase):
    """The tables of the events service."""
