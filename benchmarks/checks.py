"""A cycle of 10,000 nominations: the office's queue, its search, the workbench, and the whole list as a workbook.

One nomination is handed in as people do it, with an example pack's form and rules; the others are copies of its rows with
names and numbers of their own. The house runs in a process of its own with the sample world and is asked through its gateway.
"""

import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote

from benchmarks.__main__ import Row
from benchmarks.calls import Call, open_call
from benchmarks.sampled import house
from benchmarks.stack import row
from benchmarks.submissions import hand_in
from benchmarks.wire import Answer, Wire, run

COUNT, ASKED = 10_000, 200
PAGE_LIMIT_MS, LIVE_LIMIT_MS, EXPORT_LIMIT = 200, 20, 5.0
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高", "明伟芳娜静磊洋勇艳杰娟涛超秀英华玉萍红春"


def names() -> Iterator[str]:
    """Yield names of people, some of them twice."""
    rng = random.Random(1)
    while True:
        yield rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=2))


def copy_rows(database: Path, nomination: str) -> None:
    """Hand the nomination in again and again, by copies of what it wrote."""
    with sqlite3.connect(database, timeout=30) as connection:
        for table, at in (
            ("nominations", "id"),
            ("submissions", "nomination_id"),
            ("submitted_identities", "nomination_id"),
        ):
            told = connection.execute(f"SELECT * FROM {table} WHERE {at} = ?", (nomination,))
            columns = [column[0] for column in told.description]
            first = dict(zip(columns, told.fetchone(), strict=True))
            marks = ", ".join("?" * len(columns))
            made = (list(_another(first, at, number, name).values()) for number, name in enumerate(names(), 2))
            rows = (values for values, _ in zip(made, range(COUNT - 1), strict=False))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _another(first: dict[str, Any], at: str, number: int, name: str) -> dict[str, Any]:
    changes: dict[str, Any] = {"id": f"{number:036}", at: f"{number:036}"}
    if "serial" in first:
        prefix = first["number"].rpartition("-")[0]
        changes |= {"serial": number, "number": f"{prefix}-{number:04}", "name": name, "folded_name": name}
    if "fingerprint" in first:
        changes["fingerprint"] = f"{number // 2:064}"
    return first | changes


async def ask(wire: Wire, path: str) -> tuple[float, Answer]:
    """Ask once; return the seconds that it took, and the answer."""
    began = time.perf_counter()
    answer = await wire.ask("GET", path)
    if answer.status != 200:
        raise RuntimeError(answer.body.decode())
    return time.perf_counter() - began, answer


async def asked_in_turn(wire: Wire, paths: list[str]) -> float:
    """Return the 95th percentile of what answers took, in milliseconds."""
    for path in paths[:5]:
        await ask(wire, path)
    return quantiles([(await ask(wire, path))[0] for path in paths], n=100)[94] * 1_000


async def look(call: Call, database: Path) -> dict[str, float]:
    """Return what was measured, by name."""
    (nominator,) = await call.wires(1)
    ids = await call.drafts([nominator], 2)
    assert (await hand_in(nominator, ids[0])).status == 200
    copy_rows(database, ids[0])
    office = await Wire.open(call.url, Authorization=f"Bearer {call.office}")
    queue = f"/api/awards/cycles/{call.slug}/checks"
    first = json.loads((await ask(office, f"{queue}?total=true"))[1].body)
    assert first["total"] == COUNT
    orders = (
        "",
        "&sort=name",
        "&sort=newest",
        "&standing=waiting",
        "&hands=none&total=true",
        f"&cursor={first['next']}",
    )
    wanted = [name for name, _ in zip(names(), range(ASKED), strict=False)]
    found = {
        "queue": await asked_in_turn(office, [f"{queue}?limit=50{orders[n % len(orders)]}" for n in range(ASKED)]),
        "search": await asked_in_turn(office, [f"{queue}?limit=50&q={quote(name[: n % 3 + 1])}" for n, name in enumerate(wanted)]),
        "statistics": await asked_in_turn(office, [f"{queue}/statistics"] * 40),
        "workbench": await asked_in_turn(office, [f"/api/awards/nominations/{n:036}/check" for n in range(2, 62)]),
        "live": await asked_in_turn(
            (await call.wires(1))[0], [f"/api/awards/nominations/{ids[1]}/eligibility"] * ASKED
        ),
    }  # fmt: skip
    exports = [await ask(office, f"{queue}?format=xlsx") for _ in range(3)]
    assert all(answer.body[:2] == b"PK" for _, answer in exports)
    return found | {"export": median(taken for taken, _ in exports)}


def measure() -> list[Row]:
    """Return the rows."""
    with tempfile.TemporaryDirectory() as place, house(Path(place)) as (url, keys):
        call = open_call(url, keys, datetime.now(UTC) + timedelta(days=1), 10)
        found = run(look(call, Path(place) / "awards.db"))
    pages = [
        row(f"checks: {what} of {COUNT:,}, p95", found[what], "ms", f"≤ {PAGE_LIMIT_MS}", found[what] <= PAGE_LIMIT_MS)
        for what in ("queue", "search")
    ]
    return [
        *pages,
        row("checks: statistics of the cycle, p95", found["statistics"], "ms"),
        row("checks: one on the workbench, with who is alike, p95", found["workbench"], "ms"),
        row(
            "checks: live eligibility of a draft, p95", found["live"], "ms", f"≤ {LIVE_LIMIT_MS}",
            found["live"] <= LIVE_LIMIT_MS,
        ),
        row(
            f"checks: {COUNT:,} as a workbook", found["export"], "s", f"≤ {EXPORT_LIMIT:g}", found["export"] <= EXPORT_LIMIT
        ),
    ]  # fmt: skip
