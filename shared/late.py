"""A module of others that is loaded once something of it is used: what is large, and most processes never need."""

from importlib import import_module
from typing import Any


class Late:
    """Stands for a module, under its name; what it names is looked up there."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """Return what the module calls so."""
        return getattr(import_module(self._name), name)
