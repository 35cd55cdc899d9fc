"""Entries and fragments for the tests of the calendar, with everything said that a test does not care about."""

from datetime import UTC, date, datetime
from typing import Any

from services.calendar.entries.fragment import Fragment, fragment_of
from services.calendar.entries.words import FeedLanguage
from shared.messages.dates import DateEntry
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
