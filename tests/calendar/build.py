"""Entries and fragments for the tests of the calendar, with everything said that a test does not care about."""

from datetime import UTC, date, datetime
from typing import Any

from services.calendar.entries.fragment import Fragment, fragment_of
from services.calendar.entries.words import FeedLanguage
from shared.messages.dates import DateEntry, Topic
from shared.text import Text

BASE_URL = "https://huitang.example"


def timed(entry_id: str = "e1", **changes: Any) -> DateEntry:
    """Return a session of two hours on 25 September 2026 in Beijing."""
    told: dict[str, Any] = {
        "entry_id": entry_id,
        "changed_at": datetime(2026, 5, 1, 8, 0, tzinfo=UTC),
        "kind": "session",
        "start_local": datetime(2026, 9, 25, 9, 0),
        "end_local": datetime(2026, 9, 25, 11, 0),
        "zone": "Asia/Shanghai",
        "title": Text("开幕式", "Opening ceremony"),
    }
    return DateEntry(**(told | changes))


def whole(entry_id: str = "d1", **changes: Any) -> DateEntry:
    """Return a deadline that takes all of 30 June 2026."""
    told: dict[str, Any] = {
        "entry_id": entry_id,
        "changed_at": datetime(2026, 5, 1, 8, 0, tzinfo=UTC),
        "kind": "deadline",
        "start_on": date(2026, 6, 30),
        "end_on": date(2026, 6, 30),
        "title": Text("投稿截止", "Papers due"),
    }
    return DateEntry(**(told | changes))


def fragment(entry: DateEntry, language: FeedLanguage = "both") -> Fragment:
    """Render an entry under the address of the tests."""
    return fragment_of(entry, language, base_url=BASE_URL)


SERIES = Topic(key="series:s1", slug="wyss", title=Text("世界青年科学家峰会", "World Young Scientist Summit"))
EDITION = Topic(key="edition:e26", slug="wyss-2026", title=Text("2026年峰会", "WYSS 2026"))
TRACK = Topic(key="track:t1", slug="quantum", title=Text("量子信息", "Quantum information"))
SOCIETY = Topic(key="organisation:physics", slug="physics", title=Text("物理学会", "Physical Society"))


def session(entry_id: str, **changes: Any) -> DateEntry:
    """Return a session of the edition."""
    return timed(entry_id, **({"topics": (SERIES, EDITION, SOCIETY)} | changes))


def bar(**changes: Any) -> DateEntry:
    """Return the edition's own days."""
    told = {"kind": "edition", "bar": True, "topics": (SERIES, EDITION), "start_on": date(2026, 9, 24)}
    return whole("edition", **(told | {"end_on": date(2026, 9, 26)} | changes))
