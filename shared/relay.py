"""The relay of a service: numbers what was committed to the outbox, seals the audit, and publishes, in order.

It works outside any request's transaction and is woken by the commit, so that a fact is on its way within milliseconds.
"""

import threading

import structlog

from shared.audit import is_unsealed, seal
from shared.bus import Bus
from shared.db import Database, lost_connection
from shared.ledger import is_unnumbered, number_outbox, position_of, read_outbox, set_position

log = structlog.get_logger()

PUBLISHED = "relay"
"""The name under which the number of the last published row is kept."""

GATHER_SECONDS = 0.01
"""So long it waits after a commit for others to follow, since each round of its own costs a commit too."""


class Relay:
    """One thread per service; `drain` may also be called by hand, by tests and at shutdown."""

    def __init__(self, db: Database, bus: Bus) -> None:
        self.db = db
        self.bus = bus
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name=f"{db.name}-relay", daemon=True)
        self._published: int | None = None
        db.on_commit(self._wake.set)

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

    def drain(self) -> int:
        """Number, seal and publish until nothing is left; return how many facts were published."""
        count = 0
        with self.db.exclusively("relay"):
            while True:
                numbered = self._number()
                published = self._publish()
                count += published
                if not numbered and not published:
                    return count

    def _number(self) -> bool:
        """Number and seal what is new; takes the write lock only where there is something."""
        with self.db.reading() as tx:
            if self._published is None:
                self._published = position_of(tx, PUBLISHED)
            if not is_unnumbered(tx) and not is_unsealed(tx):
                return False
        with self.db.transaction() as tx:
            number_outbox(tx)
            seal(tx)
            set_position(tx, PUBLISHED, self._published)
        return True

    def _publish(self) -> int:
        """Publish numbered rows; that they went out is kept with the next transaction, so a crash sends them twice."""
        with self.db.reading() as tx:
            batch = read_outbox(tx, self.db.name, self._published or 0, limit=500)
        if batch:
            self.bus.publish(self.db.name, batch)
            self._published = batch[-1].number
        return len(batch)

    def _loop(self) -> None:
        pause = 0.05
        while True:
            try:
                self.drain()
                pause = 0.05
                if self._stop.is_set():
                    return
                self._wake.wait(timeout=2)
                self._stop.wait(GATHER_SECONDS)
                self._wake.clear()
            except Exception as error:
                level = log.warning if lost_connection(error) else log.error
                level("relay_failed", service=self.db.name, error=repr(error))
                if self._stop.wait(pause):
                    return
                pause = min(pause * 2, 1.0)
