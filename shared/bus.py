"""The bus: carries published messages to every service that listens. `LocalBus` is the bus of one process; that of many
machines stands in `kafka.py`.

A *subscription* is a service's own reading of other services' logs, in order, from where it stopped. A *listener* has no
position: it hears what is published from now on, and every listener hears all of it (live views, the gateway's cache).
"""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

import structlog

from shared.db import Database, lost_connection
from shared.ledger import Numbered, last_number, read_outbox
from shared.listening import Listener, Listeners

log = structlog.get_logger()

Place = Callable[[str], int]
"""Tells how far the log of a source was handled."""


class Handle(Protocol):
    """Handles messages for who subscribes."""

    def __call__(self, batch: Sequence[Numbered], /, *, whole: bool = ...) -> bool:
        """Return False where one of the messages must be tried again after a pause.

        What is to be taken `whole` is handled all together or not at all, and a failure is not counted.
        """


class BusAway(Exception):
    """The bus does not answer at present; what was asked of it is to be asked again."""


@dataclass(frozen=True)
class Health:
    """Whether the bus `answers`, and how many messages of each source a service has yet to read."""

    answers: bool
    lag: dict[str, int] = field(default_factory=dict)


class Bus(Protocol):
    """What a runtime knows of the bus."""

    def publish(self, source: str, batch: Sequence[Numbered]) -> None:
        """Take the numbered messages of `source`; return once they are as safe as the bus can make them.

        Raises `BusAway` where they may not be: then they are published again, from the first, and in their order.
        """

    def subscribe(
        self,
        name: str,
        sources: Iterable[str],
        position: Place,
        handle: Handle,
    ) -> None:
        """Start reading `sources` for the service `name` in the background, from where it stopped.

        `handle` returns False where a message must be tried again after a pause, and raises where its database is away.
        Messages of one subject come in order. A bus that keeps no places of its own asks `position(source)` for it.
        """

    def replay(self, source: str) -> Iterator[Sequence[Numbered]]:
        """Yield the whole log of `source` up to its present end, in order for each subject; raises `BusAway`."""

    def listen(self) -> Listener:
        """Start hearing everything that is published from now on; `Listener.hears` tells from when."""

    def dismiss(self, listener: Listener) -> None:
        """End a listener."""

    def hush(self) -> None:
        """End every listener: the open live views, before a server waits for its connections to close."""

    def health(self, name: str) -> Health:
        """Tell how the bus is, and how far the service `name` is behind."""

    def close(self) -> None:
        """End every subscription and listener."""


class LocalBus:
    """The bus of one process: reads each owner's outbox, wakes readers when something was published."""

    def __init__(self) -> None:
        self._logs: dict[str, Database] = {}
        self._wakes: dict[str, list[threading.Event]] = defaultdict(list)
        self._latest: dict[str, Sequence[Numbered]] = {}
        self._threads: list[threading.Thread] = []
        self._places: dict[str, dict[str, Place]] = defaultdict(dict)
        self._listeners = Listeners(hearing=True)
        self._closed = threading.Event()

    def attach(self, db: Database) -> None:
        """Make the outbox of `db` readable as the log of the service it belongs to."""
        self._logs[db.name] = db

    def publish(self, source: str, batch: Sequence[Numbered]) -> None:
        """Wake who reads `source`, and hand the messages to listeners; the outbox already holds them."""
        self._latest[source] = batch
        self._listeners.tell([numbered.message for numbered in batch])
        for wake in self._wakes[source]:
            wake.set()

    def subscribe(
        self,
        name: str,
        sources: Iterable[str],
        position: Place,
        handle: Handle,
    ) -> None:
        """Start one reading thread per source, so that a source that fails holds up nobody else."""
        for source in sources:
            wake = threading.Event()
            self._wakes[source].append(wake)
            self._places[name][source] = position
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
        return self._read_log(source, after)

    def replay(self, source: str) -> Iterator[Sequence[Numbered]]:
        """Yield the whole log of `source`, in order, to where it ends now: it may grow faster than it is read."""
        number, end = 0, self._end(source)
        while number < end:
            # What is numbered stands in the log a moment before it is published, and so before it is in hand.
            batch = self.read(source, number) or self._read_log(source, number)
            yield batch
            number = batch[-1].number

    def listen(self) -> Listener:
        """Start hearing everything that is published from now on."""
        return self._listeners.add()

    def dismiss(self, listener: Listener) -> None:
        """End a listener."""
        self._listeners.remove(listener)

    def hush(self) -> None:
        """End every listener."""
        self._listeners.remove_all()

    def health(self, name: str) -> Health:
        """Tell how far the service `name` is behind; this bus always answers."""
        places = self._places[name].items()
        return Health(True, {source: max(self._end(source) - position(source), 0) for source, position in places})

    def close(self) -> None:
        """End every subscription and listener, waiting for the batch in hand."""
        self._closed.set()
        self.hush()
        for wake in chain.from_iterable(self._wakes.values()):
            wake.set()
        for thread in self._threads:
            thread.join(timeout=10)

    def _read_log(self, source: str, after: int) -> Sequence[Numbered]:
        """Return the next messages behind number `after` as the log itself holds them."""
        if source not in self._logs:  # that service is not installed
            return []
        with self._logs[source].reading() as tx:
            return read_outbox(tx, source, after, limit=200)

    def _end(self, source: str) -> int:
        """Return the number of the last message in the log of `source`."""
        if source not in self._logs:
            return 0
        with self._logs[source].reading() as tx:
            return last_number(tx)

    def _read(
        self,
        source: str,
        position: Place,
        handle: Handle,
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

    def _read_on(self, source: str, position: Place, handle: Handle) -> bool:
        """Handle everything there is; False where a message must be tried again after a pause."""
        while not self._closed.is_set():
            batch = self.read(source, position(source))
            if not batch:
                return True
            if not handle(batch):
                return False
        return True
