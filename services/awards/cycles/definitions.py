"""Definitions as they hold: what each says, and what is made of that, once for all who ask by it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T")

MOST_KNOWN = 16


class Definition:
    """What a definition says; `content` is not changed by anybody."""

    __slots__ = ("_made", "content", "number")

    def __init__(self, number: int, content: Mapping[str, Any]) -> None:
        self.number = number
        self.content = content
        self._made: dict[Callable[[Mapping[str, Any]], Any], Any] = {}

    def made(self, make: Callable[[Mapping[str, Any]], T]) -> T:
        """Return what `make` makes of the content; it is asked once."""
        if make not in self._made:
            self._made[make] = make(self.content)
        made: T = self._made[make]
        return made


_known: dict[tuple[str, datetime], Definition] = {}


def known(id_: str, opened_at: datetime | None) -> Definition | None:
    """Return the definition with this id of a cycle that was opened then, if it was read before."""
    return _known.get((id_, opened_at)) if opened_at else None


def keep(id_: str, opened_at: datetime | None, definition: Definition) -> None:
    """Keep a definition for who asks next, unless it is a draft's: from the opening on it is amended, never rewritten."""
    if opened_at:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[id_, opened_at] = definition
