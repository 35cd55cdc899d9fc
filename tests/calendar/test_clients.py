"""Feeds as calendar clients read them: four clients, one understanding."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from services.calendar.feeds.feed import FeedHead, join_feed, split_feed
from shared.messages.dates import DateEntry, Topic
from shared.text import Text
from tests.calendar.build import fragment, timed, whole
from tests.calendar.checkers import assert_all_agree, read_with_icalendar, read_with_javascript, read_with_khal

pytestmark = [pytest.mark.clients, pytest.mark.usefixtures("clients")]

HEAD = FeedHead(name="会堂 / Huitang", url="https://huitang.example/calendars/all.ics", zone="Asia/Shanghai")
ZONES = ["Asia/Shanghai", "Europe/Berlin", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe", "UTC"]
WALL_TIMES = [
    datetime(2026, 1, 1, 0, 0),
    datetime(2026, 3, 29, 1, 30),
    datetime(2026, 3, 29, 3, 30),
    datetime(2026, 10, 25, 1, 30),
    datetime(2026, 10, 25, 2, 30),
    datetime(2026, 12, 31, 23, 45),
    datetime(2028, 2, 29, 12, 0),
]
TITLES = [
    "逗号，分号；冒号：《引号》",
    "commas, semicolons; colons: \"quotes\" and 'more' ^n",
    "BEGIN:VEVENT",
    "end\r\nof\u2028line",
    "\U0001f469\u200d\U0001f52c \U0001f1e8\U0001f1f3 e\u0301 \u2003wide\u00a0space",
    "שלום עולם \u202eright to left\u202c مرحبا",
    "100% ;TZID=Asia/Shanghai: <b>bold</b> &amp; http://x.example/?a=1,2;3",
    " 汉 " * 300,
    "x" * 10_000,
    "\U0001f52c" * 2_500,
    "tab\there \x00\x1b\x7f",
    '"quoted"',
    '"two" "quotes"',
]


def test_every_wall_time_of_every_zone_is_the_same_instant_to_all() -> None:
    entries = [
        timed(f"{zone}-{number}", zone=zone, start_local=start, end_local=start + timedelta(minutes=20))
        for zone in ZONES
        for number, start in enumerate(WALL_TIMES)
    ]
    readings = assert_all_agree(join_feed(HEAD, map(fragment, entries)))
    assert {uid: reading["start"] for uid, reading in readings.items()} == {
        entry.entry_id: entry.times()[0].strftime("%Y-%m-%dT%H:%M:%SZ") for entry in entries
    }


def test_the_second_of_two_equal_hours_is_the_same_to_all() -> None:
    entry = timed(
        zone="Europe/Berlin", start_local=datetime(2026, 10, 25, 2, 50), end_local=datetime(2026, 10, 25, 2, 10)
    )
    reading = assert_all_agree(join_feed(HEAD, [fragment(entry)]))["e1"]
    assert (reading["start"], reading["end"]) == ("2026-10-25T00:50:00Z", "2026-10-25T01:10:00Z")


def test_days_are_days_to_all() -> None:
    spans = [
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2026, 10, 1), date(2026, 10, 31)),
    ]
    entries = [whole(f"d{number}", start_on=first, end_on=last) for number, (first, last) in enumerate(spans)]
    readings = assert_all_agree(join_feed(HEAD, map(fragment, entries)))
    assert [(reading["start"], reading["end"]) for _, reading in sorted(readings.items())] == [
        ("2028-02-29", "2028-03-01"),
        ("2026-12-31", "2027-01-02"),
        ("2026-10-01", "2026-11-01"),
    ]


def test_words_of_every_script_are_the_same_to_all() -> None:
    entries = [
        timed(
            f"e{number:02}",
            title=Text(title, ""),
            description=Text("", title),
            place=Text(title, title),
            organizer=Text(title, ""),
            contact="desk@example.org",
            topics=(Topic(key="track:1", slug="t", title=Text(title, title)),),
            geo=(-33.8688, 0.000001),
            link="/events/a/b/sessions/1",
        )
        for number, title in enumerate(TITLES)
    ]
    content = join_feed(FeedHead(name="x", language="zh"), [fragment(entry, "zh") for entry in entries], (15, 1440))
    readings = assert_all_agree(content)
    assert [readings[entry.entry_id]["summary"] for entry in entries] == [
        *TITLES[:3], "end of line", *TITLES[4:10], "tab\there ", *TITLES[11:],
    ]  # fmt: skip


def test_states_and_sequences_are_the_same_to_all() -> None:
    statuses = ("confirmed", "tentative", "cancelled")
    entries = [whole(status, status=status, sequence=number) for number, status in enumerate(statuses)]
    readings = assert_all_agree(join_feed(HEAD, map(fragment, entries)))
    assert {uid: (reading["status"], reading["sequence"]) for uid, reading in readings.items()} == {
        "confirmed": ("CONFIRMED", 0),
        "tentative": ("TENTATIVE", 1),
        "cancelled": ("CANCELLED", 2),
    }


def test_an_entry_without_length_starts_when_it_starts() -> None:
    start = datetime(2026, 9, 25, 9, 0)
    content = join_feed(HEAD, [fragment(timed(start_local=start, end_local=start))])
    read = {"icalendar": read_with_icalendar(content), "khal": read_with_khal(content), **read_with_javascript(content)}
    assert {client: entries["e1"]["start"] for client, entries in read.items()} == dict.fromkeys(
        ("icalendar", "khal", "ical.js", "node-ical"), "2026-09-25T01:00:00Z"
    )


def test_a_split_feed_of_a_whole_conference_is_read_by_all() -> None:
    def session(number: int) -> DateEntry:
        start = datetime(2026, 9, 25, 9, 0) + timedelta(minutes=7 * number)
        return timed(
            f"{number:05}",
            start_local=start,
            end_local=start + timedelta(minutes=30),
            changed_at=datetime(2026, 5, 1, tzinfo=UTC),
            description=Text("摘要" * 100, "abstract " * 40),
        )

    parts = split_feed(
        HEAD, [fragment(session(number)) for number in range(1_200)], part_url="https://x.example/?part={}".format
    )
    read = [assert_all_agree(part.content) for part in parts]
    assert (len(parts), sum(map(len, read)), len(read[0] | read[1])) == (2, 1_200, 1_200)


def test_the_lock_names_no_registry(clients: Path) -> None:
    locked = (clients / "package-lock.json").read_text()
    assert ("://" in locked, '"resolved"' in locked) == (False, False)
