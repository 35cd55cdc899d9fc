"""Measure finding the conflicts of a schedule: 1,000 placements in the limit, growth no worse than n log n.

CPU time of this process, the least of several runs, garbage collection included. Rooms, people, tracks, tags and
resources grow with the placements, as they do in life, so that the conflicts grow with them and not with their square.
"""

import random
from math import log
from time import process_time

from rich.console import Console
from rich.table import Table

from services.events.schedule.conflicts import ConflictIndex, find_conflicts
from services.events.schedule.rules import Person, Placement, Resource, Room, Setting, Walking, Window

SIZES = (1_000, 2_000, 5_000, 10_000)
LIMIT_MS = 100.0
GROWTH_LIMIT = 1.5
DAY, HOUR, MINUTE = 86_400, 3_600, 60
DAYS = (1_669_075_200, 1_669_075_200 + DAY)


def programme(size: int) -> tuple[list[Placement], Setting]:
    """Make a dense two-day programme of `size` placements in 35 rooms per 1,000, the same on every run."""
    rng = random.Random(size)
    rooms = [f"room-{n:05}" for n in range(size * 35 // 1_000)]
    places = [(day, room) for day in DAYS for room in rooms]
    ends = {place: place[0] + 9 * HOUR for place in places}
    placements = []
    for number in range(size):
        place = places[number % len(places)]
        start = ends[place] + rng.choice((-5, 0, 0, 0, 5, 5, 5, 10)) * MINUTE
        ends[place] = start + rng.choice((15, 25, 30, 45, 50)) * MINUTE
        placements.append(_placement(rng, size, number, place[1], start, ends[place]))
    return placements, _setting(rng, size, rooms)


def _placement(rng: random.Random, size: int, number: int, room: str, start: int, end: int) -> Placement:
    return Placement(
        session_id=f"session-{number:05}",
        start=start,
        end=end,
        room_id=room,
        people=frozenset(f"person-{rng.randrange(size * 8 // 10):05}" for _ in range(rng.choice((1, 1, 1, 2, 4)))),
        track_id=f"track-{rng.randrange(size // 20):04}",
        tags=frozenset({f"tag-{rng.randrange(size // 50):04}"} if rng.random() < 0.2 else ()),
        expected_attendance=rng.randrange(20, 320),
        needs=((f"resource-{rng.randrange(size // 100):03}", 1),) if rng.random() < 0.3 else (),
    )


def _setting(rng: random.Random, size: int, rooms: list[str]) -> Setting:
    hours = tuple(Window(day + 9 * HOUR, day + 18 * HOUR) for day in DAYS)
    elsewhere = tuple(
        Placement(
            session_id=f"other-{number:05}",
            start=(start := rng.choice(DAYS) + rng.randrange(9, 18) * HOUR),
            end=start + HOUR,
            room_id=rng.choice(rooms),
            people=frozenset({f"person-{rng.randrange(size * 8 // 10):05}"}),
            edition_id="other",
        )
        for number in range(size // 10)
    )
    return Setting(
        rooms={id_: Room(id_, f"building-{n % 5}", rng.randrange(30, 400), 5, hours) for n, id_ in enumerate(rooms)},
        people={f"person-{n:05}": Person(f"person-{n:05}", hours[n % 2 :]) for n in range(0, size * 8 // 10, 5)},
        resources={f"resource-{n:03}": Resource(f"resource-{n:03}", 3) for n in range(size // 100)},
        hours=hours,
        never_parallel=frozenset(f"tag-{n:04}" for n in range(size // 50)),
        walking=Walking(same_building=2, other_building=10),
        elsewhere=elsewhere,
    )


def _least_ms(size: int, runs: int = 5) -> tuple[float, int]:
    """Return the least CPU time of several runs in milliseconds, and how many conflicts there are."""
    placements, setting = programme(size)
    times, found = [], 0
    for _ in range(runs):
        began = process_time()
        found = len(find_conflicts(placements, setting))
        times.append(process_time() - began)
    return min(times) * 1_000, found


def _move_ms(size: int, moves: int = 200) -> float:
    """Return the mean CPU time of one check and one move, in milliseconds."""
    placements, setting = programme(size)
    index = ConflictIndex(placements, setting)
    rng = random.Random(1)
    pairs = [(rng.choice(placements), rng.choice(placements)) for _ in range(moves)]
    began = process_time()
    for one, other in pairs:
        moved = Placement(one.session_id, other.start, other.end, other.room_id, one.people, None, one.track_id)
        index.check(moved)
        index.moved(moved)
    return (process_time() - began) * 1_000 / moves


def measure() -> list[dict[str, object]]:
    """Return rows of key, name, value, unit, limit, peer and whether the limit holds; no limit always holds."""
    rows: list[dict[str, object]] = []
    base = 0.0
    for size in SIZES:
        value, found = _least_ms(size)
        name = f"conflicts of {size:,} placements ({found:,} found)"
        limit = LIMIT_MS if size == SIZES[0] else None
        rows.append(_row(f"conflicts.{size}", name, value, "ms CPU", limit, ""))
        if size == SIZES[0]:
            base = value / (size * log(size))
        else:
            growth = value / (size * log(size)) / base
            name = f"growth from {SIZES[0]:,} to {size:,}"
            rows.append(_row(f"conflicts.growth.{size}", name, growth, "×", GROWTH_LIMIT, "n log n"))
    for size in (SIZES[0], SIZES[-1]):
        rows.append(
            _row(f"conflicts.move.{size}", f"check and move, one of {size:,}", _move_ms(size), "ms CPU", None, "")
        )
    return rows


def _row(key: str, name: str, value: float, unit: str, limit: float | None, peer: str) -> dict[str, object]:
    holds = limit is None or value <= limit
    return {"key": key, "name": name, "value": value, "unit": unit, "limit": limit, "peer": peer, "holds": holds}


def main() -> None:
    """Print the rows as a table."""
    table = Table("measure", "value", "unit", "limit", "against", "holds")
    for row in measure():
        limit = "" if row["limit"] is None else f"{row['limit']:g}"
        holds = "yes" if row["holds"] else "NO"
        table.add_row(str(row["name"]), f"{row['value']:.2f}", str(row["unit"]), limit, str(row["peer"]), holds)
    Console().print(table)


if __name__ == "__main__":
    main()
