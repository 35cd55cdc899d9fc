"""A feed's bytes: fragments joined under one head, with the zones they need; split where clients would stop reading.

The same head and fragments give the same bytes. Which entries belong in a feed is `window.py` and the queries'; how a
feed is answered over HTTP is `conditional.py`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import Literal
from zlib import crc32

from services.calendar.entries.fragment import Fragment
from services.calendar.entries.lines import Encoded, line, one_line, text
from services.calendar.entries.words import FeedLanguage
from services.calendar.entries.zones import vtimezone
from services.calendar.feeds.reminders import with_reminders
from services.calendar.feeds.rules import Reminders
from shared.text import Text

ENTRY_LIMIT = 1_000
BYTE_LIMIT = 1_000_000
"""Google reads no further than one megabyte."""

PRODID = "-//Huitang//Calendar//EN"

COLORS = {
    "crimson": "#DC143C",
    "darkorange": "#FF8C00",
    "goldenrod": "#DAA520",
    "seagreen": "#2E8B57",
    "teal": "#008080",
    "steelblue": "#4682B4",
    "slateblue": "#6A5ACD",
    "slategray": "#708090",
}
"""CSS names (COLOR, RFC 7986 §5.9, takes no other) and what Apple's property wants."""

_END = b"END:VCALENDAR\r\n"
_CONTINUED = Text("本日历条目较多，续见：{next}", "This calendar continues at {next}")


@dataclass(frozen=True, slots=True)
class FeedHead:
    """What stands above the entries. `url` is the feed's own address, empty where it must not travel with the file.

    `color` is a key of `COLORS`; `zone` the zone a client may show times in; `next_url` where the feed goes on.
    """

    name: str
    language: FeedLanguage = "both"
    description: str = ""
    color: str = "steelblue"
    url: str = ""
    zone: str = ""
    refresh: timedelta = timedelta(hours=1)
    method: Literal["PUBLISH", ""] = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a feed that may be split: its number from 1, its bytes, where the next part is (empty: the last)."""

    number: int
    content: bytes
    next_url: str


def color_of(key: str) -> str:
    """Choose a colour for a feed by its key, the same for ever."""
    return sorted(COLORS)[crc32(key.encode()) % len(COLORS)]


def in_order(fragments: Iterable[Fragment]) -> list[Fragment]:
    """Sort by start, then by id: the order of every feed."""
    return sorted(fragments, key=attrgetter("starts_at", "entry_id"))


def join_feed(head: FeedHead, fragments: Iterable[Fragment], reminders: Reminders = ()) -> bytes:
    """Return the whole VCALENDAR; `reminders` are added to every entry that still takes place."""
    ordered = in_order(fragments)
    return _join(head, _zones(ordered), _bodies(ordered, reminders, head.language))


def split_feed(
    head: FeedHead,
    fragments: Iterable[Fragment],
    reminders: Reminders = (),
    *,
    part_url: Callable[[int], str],
    entry_limit: int = ENTRY_LIMIT,
    byte_limit: int = BYTE_LIMIT,
) -> list[Part]:
    """Return the feed as one part or several in order of time, each within both limits and naming the next.

    `part_url(n)` is the address of part `n` (from 1). The next part is named in the description, in an X-property
    (clients refuse names they do not know) and in `Part.next_url`, for the `Link` header.
    """
    ordered = in_order(fragments)
    bodies = _bodies(ordered, reminders, head.language)
    # Heads differ between parts by the next address, and zones by their years: leave room for the longest of both.
    longest, zones = replace(head, next_url=part_url(999_999)), _zones(ordered)
    room = byte_limit - len(_head(longest)) - len(_END) - sum(map(len, zones))
    cuts = list(_cuts(list(map(len, bodies)), entry_limit, room))
    parts = []
    for number, cut in enumerate(cuts, start=1):
        next_url = part_url(number + 1) if number < len(cuts) else ""
        named = zones if len(cuts) == 1 else _zones(ordered[cut])
        content = _join(replace(head, next_url=next_url), named, bodies[cut])
        parts.append(Part(number, content, next_url))
    return parts


def _cuts(sizes: Sequence[int], entry_limit: int, room: int) -> Iterator[slice]:
    """Cut a row of sizes into runs within the limits; what is larger than `room` stands alone. Yields at least one."""
    ends = [0, *accumulate(sizes)]
    first = 0
    while True:
        fitting = bisect_right(ends, ends[first] + room) - 1
        last = min(max(fitting, first + 1), first + entry_limit, len(sizes))
        yield slice(first, last)
        if last == len(sizes):
            return
        first = last


def _bodies(ordered: Sequence[Fragment], reminders: Reminders, language: FeedLanguage) -> list[bytes]:
    if not reminders:
        return list(map(attrgetter("content"), ordered))
    return [with_reminders(fragment, reminders, language) for fragment in ordered]


def _join(head: FeedHead, zones: Iterable[bytes], bodies: Iterable[bytes]) -> bytes:
    return b"".join([_head(head), *zones, *bodies, _END])


def _zones(fragments: Iterable[Fragment]) -> list[bytes]:
    years: dict[str, tuple[int, int]] = {}
    for zone, first, last in set(map(attrgetter("zone", "first_year", "last_year"), fragments)):
        if zone:
            known = years.get(zone, (first, last))
            years[zone] = min(known[0], first), max(known[1], last)
    return [vtimezone(zone, *span) for zone, span in sorted(years.items())]


@lru_cache(maxsize=4096)
def _head(head: FeedHead) -> bytes:
    shown = [head.description, _continued(head)]
    description = "\n".join(words for words in shown if words)
    name = text(one_line(head.name))
    seconds = int(head.refresh.total_seconds())
    every = Encoded(f"PT{seconds // 3600}H" if seconds % 3600 == 0 else f"PT{seconds // 60}M")
    properties: list[tuple[str, Encoded | None]] = [
        ("BEGIN", Encoded("VCALENDAR")),
        ("VERSION", Encoded("2.0")),
        ("PRODID", Encoded(PRODID)),
        ("CALSCALE", Encoded("GREGORIAN")),
        ("METHOD", Encoded(head.method) if head.method else None),
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("DESCRIPTION", text(description) if description else None),
        ("X-WR-CALDESC", text(description) if description else None),
        ("X-WR-TIMEZONE", Encoded(head.zone) if head.zone else None),
        ("SOURCE", Encoded(head.url, VALUE="URI") if head.url else None),
        ("X-HUITANG-NEXT", Encoded(head.next_url, VALUE="URI") if head.next_url else None),
        ("REFRESH-INTERVAL", Encoded(every.value, VALUE="DURATION")),
        ("X-PUBLISHED-TTL", every),
        ("COLOR", Encoded(head.color)),
        ("X-APPLE-CALENDAR-COLOR", Encoded(COLORS[head.color])),
    ]
    return b"".join(line(key, value) for key, value in properties if value is not None)


def _continued(head: FeedHead) -> str:
    if not head.next_url:
        return ""
    words = _CONTINUED.format(next=head.next_url)
    return f"{words.zh}\n{words.en}" if head.language == "both" else words.in_(head.language)
