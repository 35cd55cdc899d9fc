"""Listeners: who hears what is published from now on, without a place of its own, on whatever bus."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from shared.message import Message


class Listener:
    """A queue of messages for one asynchronous reader.

    `missed` is set when the reader was too slow, or the bus could not be heard for a while: it must start anew with
    another listener, as though everything had changed.
    """

    def __init__(self, limit: int = 10_000, *, hears: bool = True) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Message | None] = asyncio.Queue(limit)
        self._settled = asyncio.Event()
        self._hears = hears
        if hears:
            self._settled.set()
        self.missed = False

    async def hears(self) -> bool:
        """Wait until everything published from now on is heard; False where the listener ended before."""
        await self._settled.wait()
        return self._hears

    async def next(self) -> Message | None:
        """Return the next message, or nothing once the bus has closed or cannot be heard."""
        return await self._queue.get()

    def offer(self, messages: Sequence[Message | None]) -> None:
        """Hand over messages from any thread; None is the end."""
        self._call(self._put, messages)

    def begin(self) -> None:
        """Note, from any thread, that the listener hears from now on."""
        self._call(self._begin)

    def lose(self) -> None:
        """End the listener, from any thread, because the bus could not be heard."""
        self._call(self._lose)

    def _call(self, what: Callable[..., None], *arguments: object) -> None:
        with suppress(RuntimeError):  # the reader's loop has ended
            self._loop.call_soon_threadsafe(what, *arguments)

    def _begin(self) -> None:
        if not self._settled.is_set():
            self._hears = True
            self._settled.set()

    def _lose(self) -> None:
        self.missed = True
        self._put([None])

    def _put(self, messages: Sequence[Message | None]) -> None:
        for message in messages:
            if message is None:
                self._settled.set()
            try:
                self._queue.put_nowait(message)
            except asyncio.QueueFull:
                self.missed = True


class Listeners:
    """The listeners of one bus in this process. They hear while the bus is `hearing`; all that it hears, all of them hear."""

    def __init__(self, *, hearing: bool) -> None:
        self._hearing = hearing
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []

    def add(self) -> Listener:
        """Make a listener for the running loop, which hears as soon as the bus does."""
        with self._lock:
            listener = Listener(hears=self._hearing)
            self._listeners.append(listener)
        return listener

    def remove(self, listener: Listener) -> None:
        """End a listener."""
        with self._lock, suppress(ValueError):
            self._listeners.remove(listener)
        listener.offer([None])

    def remove_all(self) -> None:
        """End every listener."""
        for listener in self._all():
            self.remove(listener)

    def tell(self, messages: Sequence[Message]) -> None:
        """Let every listener hear messages."""
        for listener in self._all():
            listener.offer(messages)

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Let the listeners hear for the time of a block; at its end they have missed something, and are forgotten."""
        with self._lock:
            self._hearing = True
            for listener in self._listeners:
                listener.begin()
        try:
            yield
        finally:
            with self._lock:
                lost, self._listeners, self._hearing = self._listeners, [], False
            for listener in lost:
                listener.lose()

    def _all(self) -> tuple[Listener, ...]:
        with self._lock:
            return tuple(self._listeners)
