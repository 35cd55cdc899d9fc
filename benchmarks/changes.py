"""A change of one date in a feed of 1,000: what it costs the calendar until the next full answer, and when it is read.

The house runs whole in this process, with production limits and the cache on; a subscriber asks through the gateway.
"""

import asyncio
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median, quantiles

import httpx

from benchmarks.__main__ import Row
from benchmarks.calm import Calm
from benchmarks.feeds import entry
from benchmarks.wire import Wire, run
from huitang.house import House
from huitang.preparing import prepare_folder
from huitang.server import Server, listen
from services.calendar.entries.actions import put_entry
from services.calendar.feeds.queries import find_feed, made_feed
from services.calendar.feeds.schemas import FeedQuery
from shared.ledger import emit
from shared.messages.dates import DateEntry, Topic
from shared.messages.events import EventsDateSet
from shared.settings import Settings
from shared.text import Text

ENTRIES = 1_000
ROUNDS, MOST = 40, 400
CHANGES = 150
TOPIC = Topic(key="edition:bench", slug="bench", title=Text("测量", "Bench"))
FEED = "/calendars/editions/bench.ics"
_ETAG = re.compile(rb"\r\netag: (\S+)\r\n", re.IGNORECASE)


def told(number: int, minutes: int = 0) -> DateEntry:
    """Return one date of the feed, moved by some minutes; its words are short enough for 1,000 in one part."""
    words = Text("报告介绍最新进展，并讨论产业应用。", "The talk reviews recent progress in the field.")
    changes = {"topics": (TOPIC,), "version": minutes + 1, "description": words}
    return entry(number, minutes).model_copy(update=changes)


@contextmanager
def house() -> Iterator[tuple[House, str]]:
    """Run a house whose calendar knows the feed."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data=Path(folder), log_level="ERROR", rate_caller="1000000/minute", rate_address="1000000/minute"
        )
        prepare_folder(settings)
        made, listening = House(settings), listen("127.0.0.1", 0)
        server = Server(made, made.bus)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        try:
            tell(made, *(told(number) for number in range(ENTRIES)))
            while httpx.get(url + FEED).content.count(b"BEGIN:VEVENT") < ENTRIES:
                time.sleep(0.2)
            yield made, url
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            listening.close()


def tell(made: House, *entries: DateEntry) -> None:
    """Let the events service tell dates."""
    with made.runtimes["events"].db.transaction() as tx:
        for each in entries:
            emit(tx, EventsDateSet.of(each))


def cost(made: House) -> tuple[float, str]:
    """Return the median CPU time, in milliseconds, of taking one change and making the feed again, and of what rounds."""
    db, numbers = made.runtimes["calendar"].db, count(10_000)

    def change() -> float:
        began = time.thread_time()
        with db.transaction() as tx:
            put_entry(tx, told(500, next(numbers)), "events")
        with db.reading() as tx:
            made_feed(tx, find_feed(tx, "editions/bench"), FeedQuery(), db.clock())
        return (time.thread_time() - began) * 1_000

    rounds, said = Calm().rounds(change, ROUNDS, MOST)
    return median(rounds), said


async def delays(made: House, url: str) -> list[float]:
    """Return, in milliseconds, how long after the commit of each change a subscriber who asks all the time has it.

    What is told comes from a thread of its own, as a request's would.
    """
    found, wire = list[float](), await Wire.open(url, Accept_Encoding="identity")
    for number in range(CHANGES):
        etag = _ETAG.search((await wire.ask("GET", FEED)).head)
        assert etag
        await asyncio.to_thread(tell, made, told(number, 1))
        began = time.perf_counter()
        while (await wire.ask("GET", FEED, If_None_Match=etag[1].decode())).status == 304:
            await asyncio.sleep(0.001)
        found.append((time.perf_counter() - began) * 1_000)
    wire.close()
    return found


def measure() -> list[Row]:
    """Return the rows; limits are of the calendar's design."""
    with house() as (made, url):
        (spent, said), waited = cost(made), run(delays(made, url))
    peers = f"{said}{said and '; '}for 500: pretalx 2025.2.2: 1,220 ms; Indico 3.2.9: 3,820 ms"
    return [
        _row("calendar: one change in 1,000 entries to the next full answer", spent, "ms CPU", 10, peers),
        _row("calendar: change to subscriber's bytes, median", median(waited), "ms", None, ""),
        _row("calendar: change to subscriber's bytes, p99", quantiles(waited, n=100)[98], "ms", 100, ""),
    ]


def _row(name: str, value: float, unit: str, limit: float | None, peer: str) -> Row:
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "limit": f"≤ {limit:g}" if limit else "",
        "peer": peer,
        "holds": value <= limit if limit else None,
    }
