"""How long a change takes from one service's database to what a subscriber reads, over Kafka, while others keep coming.

Everything runs as `docker-compose.yml` says. This process stands in for another replica of the events service: it leaves
dates in its outbox and relays them, hundreds in a second, while a subscriber asks the gateway for a feed all the time.
"""

import asyncio
import re
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median, quantiles

from benchmarks.__main__ import Row
from benchmarks.changes import FEED, TOPIC, told
from benchmarks.installed import Installation, installation
from benchmarks.stack import lacking, not_here, row
from benchmarks.wire import Wire, run
from shared.kafka import KafkaBus
from shared.ledger import emit
from shared.messages.dates import DateEntry, Topic
from shared.messages.events import EventsDateSet
from shared.relay import Relay
from shared.text import Text

FACTS, TOGETHER, CHANGES, ENTRIES = 300, 3, 100, 2_000
LIMIT_MS = 500
_ETAG = re.compile(rb"\r\netag: (\S+)\r\n", re.IGNORECASE)


class Telling:
    """Another replica of the events service, which tells of dates all the time."""

    def __init__(self, made: Installation) -> None:
        self.db = made.database()
        self.bus = KafkaBus(made.brokers, ["events"])
        self.relay = Relay(self.db, self.bus)
        self.version = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._tell_all)
        self.late = 0.0

    def __enter__(self) -> "Telling":
        self.relay.start()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self.relay.stop()
        self.bus.close()
        self.db.close()

    def tell(self, entries: Sequence[DateEntry]) -> None:
        """Tell dates in one transaction."""
        with self.db.transaction() as tx:
            emit(tx, *(EventsDateSet.of(each) for each in entries))

    def probe(self, minutes: int) -> DateEntry:
        """Return the date that a subscriber waits for, moved by some minutes."""
        return told(0, minutes).model_copy(update={"topics": (TOPIC,), "changed_at": datetime.now(UTC)})

    def _tell_all(self) -> None:
        """Tell of so many dates a second, of several conferences, each moved again and again."""
        began, number = time.monotonic(), 0
        while not self._over.wait(max(0.0, began + number / FACTS - time.monotonic())):
            self.tell([self._moved(number + each) for each in range(TOGETHER)])
            number += TOGETHER
            self.late = max(0.0, time.monotonic() - began - number / FACTS)

    def _moved(self, number: int) -> DateEntry:
        which, times = number % ENTRIES + 1, number // ENTRIES
        edition = which // 100
        topic = Topic(key=f"edition:{edition}", slug=f"forum-{edition}", title=Text("论坛", "Forum"))
        return told(which, times).model_copy(update={"topics": (topic,), "changed_at": datetime.now(UTC)})


async def delays(made: Installation, telling: Telling) -> list[float]:
    """Return, in milliseconds, how long after its commit each change stands in the feed that a subscriber reads."""
    found, wire = list[float](), await Wire.open(made.url, Accept_Encoding="identity")
    await asyncio.to_thread(telling.tell, [telling.probe(0)])
    while (await wire.ask("GET", FEED)).status != 200:
        await asyncio.sleep(0.05)
    for number in range(1, CHANGES + 1):
        etag = _ETAG.search((await wire.ask("GET", FEED)).head)
        assert etag
        await asyncio.to_thread(telling.tell, [telling.probe(number)])
        began = time.perf_counter()
        while (answer := await wire.ask("GET", FEED, If_None_Match=etag[1].decode())).status == 304:
            await asyncio.sleep(0.005)
        assert f"SEQUENCE:{number}\r\n".encode() in answer.body
        found.append((time.perf_counter() - began) * 1_000)
    wire.close()
    return found


def change(made: Installation) -> Row:
    """Measure how long a change takes between processes while others keep coming."""
    with Telling(made) as telling:
        time.sleep(2)
        taken = run(delays(made, telling))
        late = telling.late
    name = f"across: change to subscriber's bytes at {FACTS} facts/s, p99"
    value = quantiles(taken, n=100)[98]
    peer = f"median {median(taken):.0f} ms; the last facts told {late:.1f} s late"
    return row(name, value, "ms", f"≤ {LIMIT_MS}", value <= LIMIT_MS, peer)


def measure() -> list[Row]:
    """Return the rows, or what is missing."""
    if missing := lacking():
        return not_here("across", missing)
    with installation() as made:
        return [change(made)]
