"""Conflicts of a schedule: 1,000 placements in the limit, growth no worse than n log n, give or take the caches.

CPU time of this process, the least of several rounds that nobody slowed (`calm.py`), garbage collection included as the
server does it. Rooms, people, tracks, tags and resources grow with the placements, as they do in life, so that the
conflicts grow with them and not with their square.
"""

import random
from math import log
from time import process_time

from benchmarks.__main__ import Row
from benchmarks.calm import Calm
from huitang.server import spare_what_is_loaded
from services.events.schedule.conflicts import ConflictIndex, find_conflicts
from services.events.schedule.rules import Person, Placement, Resource, Room, Setting, Walking, Window

SIZES = (1_000, 2_000, 5_000, 10_000)
LIMIT_MS = 100.0
GROWTH_LIMIT = 1.25
ROUNDS, MOST = 7, 60
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


def least_ms() -> tuple[dict[int, float], str]:
    """Return the least CPU time of a search per size, in milliseconds, over rounds in which the sizes take turns.

    Whether others slowed rounds is told beside it, in words.
    """
    cases = {size: programme(size) for size in SIZES}

    def search() -> dict[int, float]:
        taken = {}
        for size, (placements, setting) in cases.items():
            began = process_time()
            find_conflicts(placements, setting)
            taken[size] = (process_time() - began) * 1_000
        return taken

    rounds, said = Calm().rounds(search, ROUNDS, MOST)
    return {size: min(taken[size] for taken in rounds) for size in SIZES}, said


def move_ms(size: int, moves: int = 200) -> float:
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


def measure() -> list[Row]:
    """Return the rows: every size, its growth beside n log n, and one move."""
    smallest, *larger = SIZES
    spare_what_is_loaded()
    taken, said = least_ms()
    rows = []
    for size in SIZES:
        name = f"conflicts: {size:,} placements, {len(find_conflicts(*programme(size))):,} found"
        rows.append(_row(name, taken[size], "ms CPU", LIMIT_MS if size == smallest else None, said))
    for size in larger:
        growth = taken[size] / taken[smallest] / (size * log(size) / (smallest * log(smallest)))
        rows.append(_row(f"conflicts: growth from {smallest:,} to {size:,}", growth, "×", GROWTH_LIMIT, "n log n"))
    for size in (SIZES[0], SIZES[-1]):
        rows.append(_row(f"conflicts: check and move, one of {size:,}", move_ms(size), "ms CPU", None))
    return rows


def _row(name: str, value: float, unit: str, limit: float | None, peer: str = "") -> Row:
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "limit": f"≤ {limit:g}" if limit else "",
        "peer": peer,
        "holds": value <= limit if limit else None,
    }
