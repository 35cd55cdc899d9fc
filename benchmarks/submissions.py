"""The last hour before a deadline: 2,000 nominations are handed in, half of them in the last minute, 60 a second at the end.

Every one is of the size of a real one: an example pack's form with all of its fields, its rules of eligibility, a sealed
identity number, the consent of the candidate. The whole house runs in a process of its own with the sample world and is
asked through its gateway. The first thousand are handed in as fast as it goes, in turns with a bare FastAPI route that
writes the same rows; the others come at their times, however late the answers to those before are.
"""

import asyncio
import json
import math
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from benchmarks.__main__ import Row
from benchmarks.calls import ZONE, Call, open_call
from benchmarks.sampled import house
from benchmarks.stack import row
from benchmarks.wire import Answer, Wire, run

COUNT, CALLERS, ROUNDS = 2_000, 16, 8
MINUTE, END, RATE = 60, 10, 60
"""Of the half that comes in the last minute, so many a second come in the last seconds; the others evenly before."""
ROUND_SECONDS = 60
"""So long is left before the deadline at least when a round begins."""
LATE = 20
"""How many are sent when the deadline has passed."""
SHARE_LIMIT, SLOWEST_LIMIT = 25.0, 1.0


PEERS = ("sqlite3", "core")
"""Bare routes that are asked in turns with us; the share is held against the first.

Both make what they insert, as we do: the one by the driver alone, the other by SQLAlchemy Core with the engine of the house,
which is told for comparison.
"""


@dataclass
class Rush:
    """What callers saw: an answer and its seconds by nomination, and for the rounds each side's rate a second, ours first."""

    answers: dict[str, Answer] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    rates: list[tuple[float, ...]] = field(default_factory=list)

    def told(self, status: int) -> list[dict[str, object]]:
        """Return what was answered with a status."""
        return [json.loads(answer.body) for answer in self.answers.values() if answer.status == status]


async def hand_in(wire: Wire, nomination: str) -> Answer:
    """Hand one nomination in."""
    path = f"/api/awards/nominations/{nomination}/submission"
    return await wire.ask("POST", path, If_Match='"v1"', Idempotency_Key=nomination)


async def as_fast_as_it_goes(rush: Rush, wires: Sequence[Wire], ids: Sequence[str]) -> float:
    """Hand nominations in, each caller the next as soon as it has its answer; return the rate."""
    waiting, began = iter(ids), time.monotonic()

    async def some(wire: Wire) -> None:
        for id_ in waiting:
            rush.answers[id_] = await hand_in(wire, id_)

    await asyncio.gather(*map(some, wires))
    return len(ids) / (time.monotonic() - began)


async def bare_rate(wires: Sequence[Wire], count: int) -> float:
    """Return how many a second the bare route answers to as many callers."""
    waiting, began = iter(range(count)), time.monotonic()

    async def some(wire: Wire) -> None:
        for _ in waiting:
            assert (await wire.ask("POST", "/")).status == 200

    await asyncio.gather(*map(some, wires))
    return count / (time.monotonic() - began)


async def at_their_times(rush: Rush, call: Call, due: dict[str, float]) -> None:
    """Hand nominations in at their times, by the clock of the world, each over a connection of its own.

    What one takes counts from its time, connecting with it.
    """

    async def one(id_: str, at: float) -> None:
        (wire,) = await call.wires(1)
        rush.answers[id_] = await hand_in(wire, id_)
        rush.seconds.append(time.time() - at)
        wire.close()

    async with asyncio.TaskGroup() as group:
        for id_, at in sorted(due.items(), key=lambda item: item[1]):
            await asyncio.sleep(max(0.0, at - time.time()))
            group.create_task(one(id_, at))


def times_before(deadline: float, ids: Sequence[str]) -> dict[str, float]:
    """Return when each of the last half is sent, and of those behind them, which are late."""
    at_end = END * RATE
    before = len(ids) - LATE - at_end
    times = [deadline - MINUTE + number * (MINUTE - END) / before for number in range(before)]
    times += [deadline - END + number / RATE for number in range(at_end)]
    times += [deadline + 0.05 + number / RATE for number in range(LATE)]
    return dict(zip(ids, times, strict=True))


def rows_of(database: Path) -> Counter[str]:
    """Return how many rows every table has."""
    with sqlite3.connect(database) as connection:
        tables = [row_[0] for row_ in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return Counter({t: connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables})


@contextmanager
def bare(how: str, database: Path, counts: dict[str, int]) -> Iterator[str]:
    """Run a bare route; yield its address."""
    command = [sys.executable, "-m", "benchmarks.bare_inserts", how, str(database), json.dumps(counts)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        try:
            yield running.stdout.readline().strip()
        finally:
            running.terminate()


def taken_for(call: Call, deadline: float, seconds: float) -> float:
    """Let the call take nominations for so many seconds at least; return its deadline, a full minute."""
    minute = math.ceil((time.time() + seconds) / 60) * 60.0
    if minute <= deadline:
        return deadline
    call.extend(datetime.fromtimestamp(minute, ZONE))
    return minute


async def rush_on(call: Call, database: Path, deadline: float) -> tuple[Rush, float]:
    """Hand everything in; return what was seen, and the last deadline."""
    rush, wires = Rush(), await call.wires(CALLERS)
    ids = await call.drafts(wires, COUNT + LATE)
    first, before = ids[: COUNT // 2], rows_of(database)
    size = len(first) // (ROUNDS + 1)
    deadline = taken_for(call, deadline, ROUND_SECONDS)
    await as_fast_as_it_goes(rush, wires, first[:size])
    await asyncio.sleep(1)
    counts = {name: round((now - before[name]) / size) for name, now in rows_of(database).items()}
    made = {name: count for name, count in counts.items() if count}
    with ExitStack() as running:
        urls = [running.enter_context(bare(how, database, made)) for how in PEERS]
        peers = [[await Wire.open(url) for _ in range(CALLERS)] for url in urls]
        for others in peers:
            await bare_rate(others, size)
        for number in range(1, ROUNDS + 1):
            part = first[number * size : (number + 1) * size if number < ROUNDS else None]
            deadline = taken_for(call, deadline, ROUND_SECONDS)
            ours = await as_fast_as_it_goes(rush, wires, part)
            rush.rates.append((ours, *[await bare_rate(others, len(part)) for others in peers]))
        for wire in (each for others in peers for each in others):
            wire.close()
    for wire in wires:
        wire.close()
    deadline = taken_for(call, deadline, MINUTE + 5)
    await at_their_times(rush, call, times_before(deadline, ids[COUNT // 2 :]))
    return rush, deadline


def measure() -> list[Row]:
    """Return the rows: what was lost, doubled or judged wrongly, how long it took, and what is left of a bare route's speed."""
    with tempfile.TemporaryDirectory() as place, house(Path(place)) as (url, keys):
        soon = (datetime.now(UTC) + timedelta(minutes=4)).replace(second=0, microsecond=0)
        call = open_call(url, keys, soon, 2 * COUNT)
        rush, until = run(rush_on(call, Path(place) / "awards.db", soon.timestamp()))
        with call.client() as client:
            there = list(client.every("/api/awards/nominations", cycle=call.slug, state="submitted"))
    taken, late = rush.told(200), rush.told(409)
    numbers = Counter(receipt["receipt"]["number"] for receipt in taken)  # type: ignore[index]
    received = [datetime.fromisoformat(str(receipt["received_at"])) for receipt in taken]
    wrong = len(rush.answers) - len(taken) - len(late)
    deadline = datetime.fromtimestamp(until, UTC)
    wrong += sum(at > deadline for at in received)
    wrong += sum(problem["type"] != "/problems/deadline-passed" for problem in late) + max(0, len(late) - LATE)
    lost = len({receipt["nomination_id"] for receipt in taken} ^ {each["id"] for each in there})
    doubled = sum(count - 1 for count in numbers.values())
    slowest = quantiles(rush.seconds, n=100)[98]
    share, of_core = (median(each[0] / each[place] * 100 for each in rush.rates) for place in (1, 2))
    ours, driver, core = (median(each) for each in zip(*rush.rates, strict=True))
    told = f"{len(taken):,} taken, {len(late)} sent after the deadline and refused"
    return [
        row("submissions: lost", lost, "", "0", lost == 0, told),
        row("submissions: numbers given twice", doubled, "", "0", doubled == 0),
        row("submissions: judged late in time, or in time late", wrong, "", "0", wrong == 0),
        row(
            "submissions: the last minute, 60 a second at its end, p99", slowest, "s", f"≤ {SLOWEST_LIMIT:g}",
            slowest <= SLOWEST_LIMIT, f"median {median(rush.seconds) * 1_000:.0f} ms",
        ),
        row(
            "submissions: through the gateway, 16 callers", share, "% of bare", f"≥ {SHARE_LIMIT:g}", share >= SHARE_LIMIT,
            f"{ours:.0f} a second; a bare FastAPI route with the same rows by sqlite3: {driver:.0f}",
        ),
        row(
            "submissions: beside the same inserts by SQLAlchemy Core", of_core, "% of bare", peer=f"bare: {core:.0f} a second",
        ),
    ]  # fmt: skip
