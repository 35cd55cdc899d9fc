"""The base of the events service's tables, and what rows of all of them can do."""

from typing import Any, Self

from sqlalchemy import inspect
from sqlalchemy.orm import DeclarativeBase

from shared.db import KeepsVersions


class Base(KeepsVersions, DeclarativeBase):
    """The tables of the events service."""

    def copied(self, **values: Any) -> Self:
        """Return a new row like this one, not yet added, with an id of its own and `values` instead of what it has."""
        names = (attribute.key for attribute in inspect(type(self)).column_attrs)
        own = {name: getattr(self, name) for name in names if name != "id"}
        return type(self)(**own | values)
