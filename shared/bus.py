"""The bus: carries published messages to every service that listens. `LocalBus` is the bus of one process.

A *subscription* is a service's own reading of other services' logs, in order, from where it stopped. A *listener* has no
position: it hears what is published from now on, and every listener hears all of it (live views, the gateway's cache).
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from typing import Protocol

import structlog

from shared.db import Database, lost_connection
from shared.ledger import Numbered, read_outbox
from shared.message import Message

log = structlog.get_logger()


class Listener:
    """A queue of messages for one asynchronous reader; `missed` is set when it was too slow and must start anew."""

    def __init__(self, limit: int = 10_000) -> None:
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Message | None] = asyncio.Queue(limit)
        self.missed = False

    async def next(self) -> Message | None:
        """Return the next message, or nothing once the bus has closed."""
        return await self._queue.get()

    def offer(self, messages: Sequence[Message | None]) -> None:
        """Hand over messages from any thread."""
        with suppress(RuntimeError):  # the reader's loop has ended
            self._loop.call_soon_threadsafe(self._put, messages)

    def _put(self, messages: Sequence[Message | None]) -> None:
        for message in messages:
            try:
                self._queue.put_nowait(message)
            except asyncio.QueueFull:
                self.missed = True


class Bus(Protocol):
    """What a runtime knows of the bus."""

    def publish(self, source: str, batch: Sequence[Numbered]) -> None:
        """Take the numbered messages of `source`; return once they are as safe as the bus can make them."""

    def subscribe(
        self,
        name: str,
        sources: Iterable[str],
        position: Callable[[str], int],
        handle: Callable[[Sequence[Numbered]], bool],
    ) -> None:
        """Start reading `sources` for the service `name` in the background, each from `position(source)`."""

    def read(self, source: str, after: int) -> Sequence[Numbered]:
        """Return the next messages of the log of `source` behind number `after`, none at its end."""

    def listen(self) -> Listener:
        """Start hearing everything that is published from now on."""

    def dismiss(self, listener: Listener) -> None:
        """End a listener."""

    def hush(self) -> None:
        """End every listener: the open live views, before a server waits for its connections to close."""

    def close(self) -> None:
        """End every subscription and listener."""


class LocalBus:
    """The bus of one process: reads each owner's outbox, wakes readers when something was published."""

    def __init__(self) -> None:
        self._logs: dict[str, Database] = {}
        self._wakes: dict[str, list[threading.Event]] = defaultdict(list)
        self._latest: dict[str, Sequence[Numbered]] = {}
        self._threads: list[threading.Thread] = []
        self._listeners: list[Listener] = []
        self._closed = threading.Event()

    def attach(self, db: Database) -> None:
        """Make the outbox of `db` readable as the log of the service it belongs to."""
        self._logs[db.name] = db

    def publish(self, source: str, batch: Sequence[Numbered]) -> None:
        """Wake who reads `source`, and hand the messages to listeners; the outbox already holds them."""
        self._latest[source] = batch
        for listener in tuple(self._listeners):
            listener.offer([numbered.message for numbered in batch])
        for wake in self._wakes[source]:
            wake.set()

    def subscribe(
        self,
        name: str,
        sources: Iterable[str],
        position: Callable[[str], int],
        handle: Callable[[Sequence[Numbered]], bool],
    ) -> None:
        """Start one reading thread per source, so that a source that fails holds up nobody else."""
        for source in sources:
            wake = threading.Event()
            self._wakes[source].append(wake)
            thread = threading.Thread(
                target=self._read, args=(source, position, handle, wake), name=f"{name}-hears-{source}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def read(self, source: str, after: int) -> Sequence[Numbered]:
        """Return the next messages of the log of `source` behind number `after`, none at its end.

        What was published last is still in hand; anything earlier is read from the log.
        """
        latest = self._latest.get(source)
        if latest and latest[0].number <= after + 1:
            return latest[max(after + 1 - latest[0].number, 0) :]
        log_of_source = self._logs.get(source)
        if log_of_source is None:  # that service is not installed
            return []
        with log_of_source.reading() as tx:
            return read_outbox(tx, source, after, limit=200)

    def listen(self) -> Listener:
        """Start hearing everything that is published from now on."""
        listener = Listener()
        self._listeners.append(listener)
        return listener

    def dismiss(self, listener: Listener) -> None:
        """End a listener."""
        if listener in self._listeners:
            self._listeners.remove(listener)
        listener.offer([None])

    def hush(self) -> None:
        """End every listener."""
        for listener in tuple(self._listeners):
            self.dismiss(listener)

    def close(self) -> None:
        """End every subscription and listener, waiting for the batch in hand."""
        self._closed.set()
        self.hush()
        for wake in chain.from_iterable(self._wakes.values()):
            wake.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _read(
        self,
        source: str,
        position: Callable[[str], int],
        handle: Callable[[Sequence[Numbered]], bool],
        wake: threading.Event,
    ) -> None:
        pause = 0.05
        while not self._closed.is_set():
            try:
                if self._read_on(source, position, handle):
                    pause = 0.05
                    wake.wait(timeout=5)
                    wake.clear()
                    continue
            except Exception as error:
                level = log.warning if lost_connection(error) else log.error
                level("subscription_failed", source=source, error=repr(error))
            self._closed.wait(pause)
            pause = min(pause * 2, 1.0)

    def _read_on(
        self, source: str, position: Callable[[str], int], handle: Callable[[Sequence[Numbered]], bool]
    ) -> bool:
        """Handle everything there is; False where a message must be tried again after a pause."""
        while not self._closed.is_set():
            batch = self.read(source, position(source))
            if not batch:
                return True
            if not handle(batch):
                return False
        return True
