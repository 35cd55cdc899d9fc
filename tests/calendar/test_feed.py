"""A feed's bytes: exact, stable, in order, split within limits; what it shows on a day."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from huitang.rfc5545 import problems_of
from services.calendar.feeds.feed import COLORS, FeedHead, color_of, join_feed, split_feed
from services.calendar.feeds.rules import UnknownReminder, read_reminders
from services.calendar.feeds.window import last_shown, modified_at, next_edge, window
from shared.text import Text
from tests.calendar.build import fragment, timed, whole

HEAD = FeedHead(
    name="世界青年科学家峰会 / Summit, 2026",
    description="全部日程",
    color="teal",
    url="https://huitang.example/calendars/editions/wyss-2026.ics",
    zone="Asia/Shanghai",
)
TWO = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Huitang//Calendar//EN
CALSCALE:GREGORIAN
NAME:世界青年科学家峰会 / Summit\\, 2026
X-WR-CALNAME:世界青年科学家峰会 / Summit\\, 2026
DESCRIPTION:全部日程
X-WR-CALDESC:全部日程
X-WR-TIMEZONE:Asia/Shanghai
SOURCE;VALUE=URI:https://huitang.example/calendars/editions/wyss-2026.ics
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
COLOR:teal
X-APPLE-CALENDAR-COLOR:#008080
BEGIN:VTIMEZONE
TZID:Asia/Shanghai
BEGIN:STANDARD
DTSTART:20260101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
{0}{1}END:VCALENDAR
"""
ALARM = """\
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:提醒 / Reminder
TRIGGER:{}
END:VALARM
"""
DAY = date(2026, 7, 1)


def many(count: int) -> list[str]:
    """Return ids that sort as they count."""
    return [f"e{number:05}" for number in range(count)]


def test_a_feed_is_these_bytes_whatever_order_its_entries_come_in() -> None:
    first, second = fragment(whole()), fragment(timed())
    expected = TWO.replace("\n", "\r\n").format(first.content.decode(), second.content.decode()).encode()
    assert [join_feed(HEAD, given) for given in ([first, second], [second, first])] == [expected, expected]
    assert problems_of(expected) == []


def test_entries_that_start_together_stand_by_their_ids() -> None:
    entries = [fragment(timed(entry_id)) for entry_id in many(50)]
    random.Random(1).shuffle(entries)
    read = Calendar.from_ical(join_feed(HEAD, entries))
    assert [str(event["UID"]) for event in read.events] == many(50)


def test_an_empty_feed_is_a_calendar_without_zones() -> None:
    content = join_feed(FeedHead(name="空"), [])
    assert (problems_of(content), content.count(b"BEGIN:")) == ([], 1)


def test_only_a_download_says_publish() -> None:
    contents = [join_feed(FeedHead(name="x", method=method), [fragment(timed())]) for method in ("PUBLISH", "")]
    assert [content.count(b"\r\nMETHOD:PUBLISH\r\n") for content in contents] == [1, 0]


def test_each_zone_is_described_once_for_the_years_it_is_used() -> None:
    def at(entry_id: str, zone: str, year: int) -> object:
        return fragment(
            timed(entry_id, zone=zone, start_local=datetime(year, 12, 31, 23), end_local=datetime(year + 1, 1, 1, 1))
        )

    content = join_feed(HEAD, [at("a", "Europe/Berlin", 2026), at("b", "Europe/Berlin", 2029), at("c", "UTC", 2026)])
    zones = Calendar.from_ical(content).timezones
    onsets = [part["DTSTART"].dt.year for part in zones[0].subcomponents]
    assert ([zone.tz_name for zone in zones], min(onsets), max(onsets)) == (["Europe/Berlin"], 2026, 2030)


def test_reminders_are_alarms_on_what_still_takes_place() -> None:
    entries = [fragment(timed()), fragment(whole()), fragment(whole("d2", status="cancelled"))]
    content = join_feed(FeedHead(name="x"), entries, read_reminders("1d,15m"))
    assert problems_of(content) == []
    timed_alarms, day_alarms = ("".join(map(ALARM.format, on)) for on in (["-PT15M", "-PT1440M"], ["-PT15H"]))
    expected = [
        entry.content.removesuffix(b"END:VEVENT\r\n") + alarms.replace("\n", "\r\n").encode() + b"END:VEVENT\r\n"
        for entry, alarms in zip(entries, (timed_alarms, day_alarms, ""), strict=True)
    ]
    assert content == join_feed(FeedHead(name="x"), entries).replace(
        b"".join(entry.content for entry in (entries[1], entries[2], entries[0])),
        b"".join((expected[1], expected[2], expected[0])),
    )


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("", ()), ("15m", (15,)), ("1d,1h,15m", (15, 60, 1440)), ("60m,1h", (60,)), ("28d", (40_320,))],
)
def test_reminders_are_read(words: str, minutes: tuple[int, ...]) -> None:
    assert read_reminders(words) == minutes


@pytest.mark.parametrize("words", ["15", "m", "0m", "-15m", "15s", "1h,", "1h 2h", "29d", "1m,2m,3m,4m", "１５m"])
def test_other_reminders_are_refused(words: str) -> None:
    with pytest.raises(UnknownReminder) as refused:
        read_reminders(words)
    assert refused.value.facts == {"reminders": words}


def part_url(number: int) -> str:
    """Return the address of a part."""
    return f"https://huitang.example/calendars/all.ics?part={number}"


def test_a_feed_within_its_limits_is_one_part() -> None:
    entries = [fragment(timed(entry_id)) for entry_id in many(1_000)]
    parts = split_feed(HEAD, entries, part_url=part_url)
    assert [(part.number, part.content, part.next_url) for part in parts] == [(1, join_feed(HEAD, entries), "")]


def test_a_longer_feed_is_split_in_time_and_names_what_follows() -> None:
    entries = [fragment(timed(entry_id)) for entry_id in many(2_001)]
    parts = split_feed(HEAD, entries, part_url=part_url)
    read = [Calendar.from_ical(part.content) for part in parts]
    assert [[str(event["UID"]) for event in calendar.events] for calendar in read] == [
        many(2_001)[:1_000],
        many(2_001)[1_000:2_000],
        many(2_001)[2_000:],
    ]
    assert [part.next_url for part in parts] == [part_url(2), part_url(3), ""]
    assert [str(calendar.get("X-HUITANG-NEXT", "")) for calendar in read] == [part_url(2), part_url(3), ""]
    assert str(read[0]["DESCRIPTION"]).splitlines() == [
        "全部日程",
        f"本日历条目较多，续见：{part_url(2)}",
        f"This calendar continues at {part_url(2)}",
    ]
    assert [problems_of(part.content) for part in parts] == [[], [], []]


@pytest.mark.parametrize("reminders", [(), (15, 60, 1440)])
@pytest.mark.parametrize("byte_limit", [20_000, 50_000, 100_000])
def test_no_part_passes_its_bytes(byte_limit: int, reminders: tuple[int, ...]) -> None:
    zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York"]
    entries = [
        fragment(timed(entry_id, description=Text("科" * (n % 400)), zone=zones[n % 3]))
        for n, entry_id in enumerate(many(300))
    ]
    parts = split_feed(HEAD, entries, reminders, part_url=part_url, byte_limit=byte_limit)
    assert len(parts) > 1
    assert [part.number for part in parts if len(part.content) > byte_limit or problems_of(part.content)] == []
    uids = [str(event["UID"]) for part in parts for event in Calendar.from_ical(part.content).events]
    assert sorted(uids) == many(300)


def test_an_empty_feed_is_one_part() -> None:
    assert [part.content for part in split_feed(HEAD, [], part_url=part_url)] == [join_feed(HEAD, [])]


def test_an_entry_is_shown_for_ninety_days_after_it_is_over() -> None:
    entry = fragment(whole())  # on 30 June
    shown = {DAY + timedelta(days=days): window([entry], DAY + timedelta(days=days)) for days in (-400, 0, 89, 90)}
    assert list(shown.values()) == [[entry], [entry], [entry], []]
    assert window([entry], date(2040, 1, 1), whole=True) == [entry]


def test_a_cancelled_entry_is_shown_for_ninety_days_after_it_was_cancelled() -> None:
    # Cancelled at 20:00 UTC on 1 May: in Shanghai it was 2 May.
    entry = fragment(timed(status="cancelled", changed_at=datetime(2026, 5, 1, 20, tzinfo=UTC)))
    assert [last_shown(entry, zone=zone) for zone in ("Asia/Shanghai", "UTC")] == [date(2026, 7, 31), date(2026, 7, 30)]
    assert [window([entry], date(2026, 7, 31), whole=whole) for whole in (False, True)] == [[entry], [entry]]
    assert [window([entry], date(2026, 8, 1), whole=whole) for whole in (False, True)] == [[], []]


def test_between_two_edges_a_feed_does_not_change_and_at_an_edge_it_does() -> None:
    ends = [date(2026, 1, 1), date(2026, 4, 30), date(2026, 6, 30)]
    entries = [fragment(whole(f"d{n}", start_on=end, end_on=end)) for n, end in enumerate(ends)]
    entries.append(fragment(timed(status="cancelled")))  # on 1 May, shown until 30 July
    changes, edges, day = [], [], DAY
    while day < date(2026, 12, 31):
        following = day + timedelta(days=1)
        if window(entries, day) != window(entries, following):
            changes.append(following)
        edges.append(next_edge(entries, day))
        day = following
    assert changes == [date(2026, 7, 30), date(2026, 7, 31), date(2026, 9, 29)]
    assert list(dict.fromkeys(edges)) == [*changes, None]


def test_a_feed_was_modified_by_a_change_and_by_an_entry_that_fell_out() -> None:
    kept, gone = fragment(timed()), fragment(whole())
    assert modified_at([], DAY) is None
    assert modified_at([kept, gone], DAY) == datetime(2026, 5, 1, 8, tzinfo=UTC)
    # The entry of 30 June is last shown on 28 September, and is gone from midnight in Shanghai.
    assert modified_at([kept, gone], date(2026, 9, 28)) == datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert modified_at([kept, gone], date(2026, 12, 1)) == datetime(2026, 9, 28, 16, tzinfo=UTC)


def test_a_feed_keeps_its_colour() -> None:
    chosen = [color_of(f"series:{number}") for number in range(100)]
    assert (set(chosen), chosen[:3]) == (set(COLORS), [color_of(f"series:{number}") for number in range(3)])
