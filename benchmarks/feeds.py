"""Feeds: joining stored fragments, and what one change costs until the next full answer, in CPU time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import process_time

from benchmarks.__main__ import Row
from services.calendar.entries.fragment import Fragment, fragment_of
from services.calendar.entries.words import FEED_LANGUAGES
from services.calendar.feeds.feed import FeedHead, Part, split_feed
from services.calendar.feeds.window import window
from shared.conditional import compressed, etag_of, evaluate
from shared.messages.dates import DateEntry, Topic
from shared.text import Text

BASE_URL = "https://huitang.example"
HEAD = FeedHead(name="世界青年科学家峰会 / World Young Scientist Summit", url=f"{BASE_URL}/calendars/editions/wyss.ics")
TODAY = date(2026, 9, 1)
ROUNDS = 15


def entry(number: int, minutes: int = 0) -> DateEntry:
    """Return a session as a real programme has it, with both languages and a short abstract."""
    start = datetime(2026, 9, 25, 8, 0) + timedelta(minutes=20 * (number % 60), days=number // 60)
    return DateEntry(
        entry_id=f"0198f0c2-0000-7000-8000-{number:012}",
        sequence=minutes,
        changed_at=datetime(2026, 8, 1, tzinfo=UTC) + timedelta(minutes=minutes),
        kind="session",
        start_local=start + timedelta(minutes=minutes),
        end_local=start + timedelta(minutes=minutes + 30),
        zone="Asia/Shanghai",
        title=Text(f"量子计算的现状与展望（{number}）", f"Quantum computing: state and outlook ({number})"),
        description=Text(
            "报告介绍最新进展，并讨论产业应用。" * 30, "The talk reviews recent progress in the field. " * 20
        ),
        place=Text("国家会议中心 301 厅", "Hall 301, National Convention Center"),
        link=f"/events/wyss/2026/sessions/{number}",
        topics=(Topic(key="track:1", slug="quantum", title=Text("量子信息", "Quantum information")),),
    )


def answer(fragments: list[Fragment]) -> list[Part]:
    """Do all that stands between stored fragments and the bytes of a full answer, every part with its tag."""
    parts = split_feed(HEAD, window(fragments, TODAY), part_url=f"{HEAD.url}?part={{}}".format)
    for part in parts:
        etag_of(part.content)
    return parts


def change(fragments: list[Fragment], minutes: int) -> list[Part]:
    """Move one session: its fragment again in every language, then the feed."""
    moved = entry(500, minutes)
    again = {language: fragment_of(moved, language, base_url=BASE_URL) for language in FEED_LANGUAGES}
    return answer([again["both"] if fragment.entry_id == moved.entry_id else fragment for fragment in fragments])


def milliseconds(work: Callable[[int], object], repeat: int = 1) -> float:
    """Return the median CPU time of one `work(round)`, in milliseconds; each round repeats it."""
    taken = []
    for number in range(ROUNDS):
        began = process_time()
        for _ in range(repeat):
            work(number)
        taken.append((process_time() - began) / repeat * 1_000)
    return median(taken)


def measure() -> list[Row]:
    """Return the rows; limits are of the calendar's design, peers as measured on the same machine class before."""
    thousand = [fragment_of(entry(number), "both", base_url=BASE_URL) for number in range(1_000)]
    # Peers write one language.
    five_hundred = [fragment_of(entry(number), "en", base_url=BASE_URL) for number in range(500)]
    # The zone and the head are rendered once in a process's life: here.
    bytes_of = answer(thousand)[0].content
    peers = "pretalx 2025.2.2: 1,220 ms; Indico 3.2.9: 3,820 ms"
    moved = milliseconds(lambda number: change(thousand, number + 1))
    joined = milliseconds(lambda _: answer(five_hundred), repeat=5)
    render = milliseconds(lambda number: fragment_of(entry(number), "both", base_url=BASE_URL), repeat=10)
    told = etag_of(bytes_of)
    decided = milliseconds(
        lambda _: evaluate(f'"a", {told}', None, etag=told, modified_at=datetime(2026, 9, 1, tzinfo=UTC)), repeat=1_000
    )
    return [
        _row("feed: one change in 1,000 entries to the next full answer", moved, "ms CPU", 10, ""),
        _row("feed: 500 sessions joined, windowed, tagged", joined, "ms CPU", 1.22, peers),
        _row("feed: one entry rendered", render, "ms CPU", None, ""),
        _row("feed: the larger part of 1,000 entries", len(bytes_of) / 1_000_000, "MB", 1, "Google reads 1 MB"),
        _row("feed: gzip of that part", milliseconds(lambda _: compressed(bytes_of)), "ms CPU", None, ""),
        _row("feed: 304 decided", decided * 1_000, "µs CPU", None, ""),
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
