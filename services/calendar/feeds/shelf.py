"""Feeds that were made, kept in memory under all that their bytes depend on, so that nothing kept can be out of date."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MadePart:
    """One part of a feed with its strong tag; `next_url` is empty for the last."""

    content: bytes
    etag: str
    next_url: str


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """The parts of a feed, and when its bytes last changed."""

    parts: tuple[MadePart, ...]
    modified_at: datetime

    def size(self) -> int:
        """Return how many bytes it takes."""
        return sum(len(part.content) + 500 for part in self.parts)


class Shelf:
    """Made feeds up to `limit` bytes; the one not asked for longest goes first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._kept: OrderedDict[Hashable, MadeFeed] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._making = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], MadeFeed]) -> MadeFeed:
        """Return what is kept under `key`, or make it: once, however many ask at the same time."""
        if found := self._find(key):
            return found
        with self._making:
            if found := self._find(key):
                return found
            made = make()
            self._keep(key, made)
            return made

    def _find(self, key: Hashable) -> MadeFeed | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Hashable, made: MadeFeed) -> None:
        with self._lock:
            self._kept[key] = made
            self._bytes += made.size()
            while self._bytes > self.limit:
                self._bytes -= self._kept.popitem(last=False)[1].size()
