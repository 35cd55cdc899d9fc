"""A shelf: what was made and can be made again, kept in memory under all that it depends on.

A key names everything that the value was made from, so that nothing on a shelf can be out of date.
"""

import threading
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Shelf(Generic[Key, Value]):
    """Values up to a `limit` of bytes, as `size` counts them; what is larger than half of it is not kept.

    When half of it is full of what was asked for lately, the other half is cleared of what was not asked for since it was
    full itself: looking for a thousand values costs a thousand looks, and no account of who was asked for last.
    """

    def __init__(self, limit: int, size: Callable[[Value], int]) -> None:
        self.limit = limit
        self._size = size
        self._lately: dict[Key, Value] = {}
        self._before: dict[Key, Value] = {}
        self._bytes = 0
        self._lock = threading.Lock()
        self._making = threading.Lock()

    def find_one(self, key: Key) -> Value | None:
        """Return what is kept of one key; takes no lock, and may miss what another thread is looking up just now."""
        value = self._lately.get(key)
        return self.find([key]).get(key) if value is None and key in self._before else value

    def find(self, keys: Sequence[Key]) -> dict[Key, Value]:
        """Return what is kept of `keys`."""
        with self._lock:
            values = list(map(self._lately.get, keys))
            found: dict[Key, Any] = dict(zip(keys, values, strict=True))
            if all(values):
                return found
            missing = [key for key, value in found.items() if value is None]
            for key in missing:
                if (value := self._before.pop(key, None)) is not None:
                    found[key] = value
                    self._keep(key, value)
            return {key: value for key, value in found.items() if value is not None}

    def keep(self, made: dict[Key, Value]) -> None:
        """Keep what was made."""
        with self._lock:
            for key, value in made.items():
                if key not in self._lately:
                    self._before.pop(key, None)
                    self._keep(key, value)

    def _keep(self, key: Key, value: Value) -> None:
        size, half = self._size(value), self.limit / 2
        if size > half:
            return
        if self._bytes + size > half:
            self._before, self._lately, self._bytes = self._lately, {}, 0
        self._lately[key] = value
        self._bytes += size

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return what is kept under `key`, or make it: once, however many ask at the same time."""
        if (found := self.find_one(key)) is not None:
            return found
        with self._making:
            if (found := self.find_one(key)) is not None:
                return found
            made = make()
            self.keep({key: made})
            return made
