"""A shelf: what was made and can be made again, kept in memory under all that it depends on.

A key names everything that the value was made from, so that nothing on a shelf can be out of date.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Shelf(Generic[Key, Value]):
    """Values up to a `limit` of bytes, as `size` counts them; the one not asked for longest goes first."""

    def __init__(self, limit: int, size: Callable[[Value], int]) -> None:
        self.limit = limit
        self._size = size
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._making = threading.Lock()

    def find(self, keys: Iterable[Key]) -> dict[Key, Value]:
        """Return what is kept of `keys`."""
        kept = self._kept
        with self._lock:
            found = {key: value for key in keys if (value := kept.get(key)) is not None}
            for key in found:
                kept.move_to_end(key)
        return found

    def keep(self, made: dict[Key, Value]) -> None:
        """Keep what was made."""
        with self._lock:
            for key, value in made.items():
                if key not in self._kept:
                    self._kept[key] = value
                    self._bytes += self._size(value)
            while self._bytes > self.limit:
                self._bytes -= self._size(self._kept.popitem(last=False)[1])

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return what is kept under `key`, or make it: once, however many ask at the same time."""
        if found := self.find([key]):
            return found[key]
        with self._making:
            if found := self.find([key]):
                return found[key]
            made = make()
            self.keep({key: made})
            return made
