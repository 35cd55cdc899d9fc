"""The relay of a service: numbers what was committed to the outbox, seals the audit, and publishes, in order.

It works outside any request's transaction and is woken by the commit, so that a fact is on its way within milliseconds.
"""

import threading
from collections.abc import Callable
from time import monotonic, time_ns

import structlog
from sqlalchemy.orm import Session

from shared.audit import is_unsealed, seal
from shared.bus import Bus, BusAway
from shared.db import Database, in_turn, lost_connection
from shared.ledger import (
    PUBLISHED,
    is_unnumbered,
    number_outbox,
    position_of,
    read_outbox,
    set_position,
    set_published,
)
from shared.tracing import published

log = structlog.get_logger()

MOST = 500
"""So many rows it takes at once."""

PACE_SECONDS = 0.05
"""The least time between two rounds. What comes after a pause goes out at once; what comes thick and fast goes together,
since each round costs a commit of its own."""


class Relay:
    """One thread per service; `drain` may also be called by hand, by tests and at shutdown."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self.db = db
        self.bus = bus
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name=f"{db.name}-relay", daemon=True)
        self._published: int | None = None
        db.on_commit("facts", self._wake.set)

    def start(self) -> None:
        """Start relaying in the background."""
        self._wake.set()
        self._thread.start()

    def stop(self) -> None:
        """Relay what is left and stop."""
        self._stop.set()
        self._wake.set()
        if self._thread.ident:
            self._thread.join(timeout=10)

    def published(self, tx: Session) -> int:
        """Return the number of the last row that is known to be published, by this process or another."""
        return max(position_of(tx, PUBLISHED), self._published or 0)

    def publish_again(self, make_topic: Callable[[], object]) -> int:
        """Make the topic that was lost, and publish the whole outbox anew; return how many facts went out.

        No other relay publishes meanwhile, and those of other processes go on behind it: nothing new comes before what
        is old. A message that somebody knows has no second effect.
        """
        with self.db.exclusively("relay"):
            make_topic()
            with self.db.transaction() as tx:
                set_published(tx, 0)
            self._published = None
            return self._drain()

    def drain(self) -> int:
        """Number, seal and publish what is there; return how many facts were published."""
        with self.db.exclusively("relay"):
            if not self.db.backend.is_alone:
                self._published = None  # another process may have gone on from there
            return self._drain()

    def _drain(self) -> int:
        count = 0
        while True:
            full = self._number()
            published = self._publish()
            count += published
            if published and not self.db.backend.is_alone:
                with self.db.transaction() as tx:
                    set_position(tx, PUBLISHED, self._published or 0)
            if not full and published < MOST:
                return count

    def _number(self) -> bool:
        """Number and seal what is new, taking the write lock only where there is something; tell whether there is more."""
        with self.db.reading() as tx:
            if self._published is None:
                self._published = position_of(tx, PUBLISHED)
            if not is_unnumbered(tx) and not is_unsealed(tx):
                return False
        with self.db.transaction() as tx:
            in_turn(tx, "numbering")  # the connection that held the lock may be lost, and another relay be at it
            numbered, sealed = number_outbox(tx, MOST), seal(tx, MOST)
            set_position(tx, PUBLISHED, self._published)
        return MOST in (numbered, sealed)

    def _publish(self) -> int:
        """Publish numbered rows; a crash before it is kept that they went out sends them twice.

        That is kept with the next transaction, or at once where other processes may go on from there.
        """
        with self.db.reading() as tx:
            batch = read_outbox(tx, self.db.name, self._published or 0, MOST)
        if batch:
            began = time_ns()
            self.bus.publish(self.db.name, batch)
            published((numbered.message for numbered in batch), began)
            self._published = batch[-1].number
        return len(batch)

    def _loop(self) -> None:
        pause = 0.05
        while True:
            try:
                self._wake.clear()
                last = self._stop.is_set()
                next_round = monotonic() + PACE_SECONDS
                self.drain()
                pause = 0.05
                if last:
                    return
                self._wake.wait(timeout=2)
                self._stop.wait(max(0, next_round - monotonic()))
            except Exception as error:
                level = log.warning if isinstance(error, BusAway) or lost_connection(error) else log.error
                level("relay_failed", service=self.db.name, error=repr(error))
                if self._stop.wait(pause):
                    return
                pause = min(pause * 2, 1.0)
