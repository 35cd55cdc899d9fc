"""Uncached JSON of a service through the gateway, beside the same service asked directly, each a process of its own.

Both sides take turns. `closed`: every connection asks again as soon as it has its answer. `opened`: requests come at
their times, however late the answers to others are.
"""

import asyncio
import os
import time
from collections.abc import Callable, Coroutine
from statistics import median, quantiles
from typing import Any

import httpx

from benchmarks.__main__ import Row
from benchmarks.calm import Calm
from benchmarks.installed import Installation, installation
from benchmarks.stack import lacking, not_here, row
from benchmarks.wire import Wire, run

CONNECTIONS, SECONDS, ROUNDS, MOST = 32, 1.0, 21, 120
RATE = 500
"""Requests a second, whether or not the answers to those before have come."""
SHARE_LIMIT, ADDED_LIMIT_MS = 60, 10
Measure = Callable[[str, str, dict[str, str]], Coroutine[Any, Any, float]]


async def closed(url: str, path: str, headers: dict[str, str]) -> float:
    """Return how many requests a second are answered where each connection asks again as soon as it has its answer."""
    until = time.monotonic() + SECONDS

    async def ask() -> int:
        wire, count = await Wire.open(url, **headers), 0
        while time.monotonic() < until:
            assert (await wire.ask("GET", path)).status == 200
            count += 1
        wire.close()
        return count

    return sum(await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))) / SECONDS


async def opened(url: str, path: str, headers: dict[str, str]) -> float:
    """Return the 99th percentile, in milliseconds, of answers to requests that come at their times, however late others are."""
    free: asyncio.Queue[Wire] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        wire = await Wire.open(url, **headers)
        await wire.ask("GET", path)  # a connection is taken in with its first request
        free.put_nowait(wire)
    taken, began = list[float](), time.monotonic()

    async def ask(due: float) -> None:
        wire = await free.get()
        assert (await wire.ask("GET", path)).status == 200
        taken.append(time.monotonic() - due)
        free.put_nowait(wire)

    async with asyncio.TaskGroup() as group:
        for number in range(int(RATE * SECONDS)):
            due = began + number / RATE
            await asyncio.sleep(max(0, due - time.monotonic()))
            group.create_task(ask(due))
    while not free.empty():
        free.get_nowait().close()
    return quantiles(taken, n=100)[98] * 1_000


def way_through(made: Installation) -> list[Row]:
    """Measure what is left of a service's speed behind the gateway, and what the gateway adds to an answer."""
    root = httpx.get(f"{made.url}/api/directory/organisations", headers=made.key()).json()["items"][0]["id"]
    venue = {"name": {"zh": "会议中心", "en": "Convention centre"}, "zone": "Asia/Shanghai", "owner_id": root}
    until = time.monotonic() + 20
    while (answer := httpx.post(f"{made.url}/api/events/venues", json=venue, headers=made.key())).status_code == 409:
        assert time.monotonic() < until, answer.text
        time.sleep(0.2)
    path = f"/api/events/venues/{answer.raise_for_status().json()['id']}"

    def both(measure: Measure) -> tuple[float, float]:
        return run(measure(made.url, path, made.key())), run(measure(made.events, path, made.token(root)))

    calm = Calm(os.cpu_count() or 1)  # two processes, a client, a broker and a database take them all
    rates, said = calm.rounds(lambda: both(closed), ROUNDS, MOST)
    delays, also = calm.rounds(lambda: both(opened), ROUNDS, MOST)
    share = median(through / direct * 100 for through, direct in rates)
    through, direct = (median(each) for each in zip(*rates, strict=True))
    added = median(through - direct for through, direct in delays)
    late, soon = (median(each) for each in zip(*delays, strict=True))
    return [
        row(
            f"proxied: uncached JSON through the gateway, {CONNECTIONS} connections", share, "% of direct",
            f"≥ {SHARE_LIMIT}", share >= SHARE_LIMIT,
            f"{through:,.0f} requests/s; direct: {direct:,.0f}{said and '; '}{said}",
        ),
        row(
            f"proxied: added by the gateway at {RATE} requests/s, p99", added, "ms", f"≤ {ADDED_LIMIT_MS}",
            added <= ADDED_LIMIT_MS, f"{late:.1f} ms; direct: {soon:.1f} ms{also and '; '}{also}",
        ),
    ]  # fmt: skip


def measure() -> list[Row]:
    """Return the rows, or what is missing."""
    if missing := lacking():
        return not_here("proxied", missing)
    with installation() as made:
        return way_through(made)
