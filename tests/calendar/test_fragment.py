"""One entry's bytes: exact, folded, and read back as they were meant."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Event
from icalendar.parser import Contentline

from huitang.rfc5545 import problems_of
from services.calendar.entries.fragment import Fragment, fragment_of
from services.calendar.entries.lines import clean, fold, one_line
from services.calendar.entries.words import DESCRIPTION_LIMIT, FeedLanguage
from services.calendar.feeds.feed import FeedHead, join_feed
from shared.messages.dates import Audience, DateEntry, Topic
from shared.text import Text
from tests.calendar.build import BASE_URL, fragment, timed, whole

FULL = timed(
    "0198f0c2-0000-7000-8000-000000000001",
    sequence=3,
    changed_at=datetime(2026, 5, 1, 8, 0, 59, 999_999, UTC),
    created_at=datetime(2026, 4, 1, tzinfo=UTC),
    description=Text("主题报告；问答。", "Keynote; questions, answers."),
    place=Text("国家会议中心", "National Convention Center"),
    geo=(40.0025, 116.3913),
    link="/events/wyss/2026/sessions/开幕",
    topics=(
        Topic(key="kind:session", slug="session", title=Text("日程", "Session")),
        Topic(key="series:1", slug="wyss", title=Text("世界青年科学家峰会", "World Young Scientist Summit")),
        Topic(key="track:1", slug="main", title=Text("主论坛, 上午", "")),
        Topic(key="organisation:1", slug="cast", title=Text("中国科协", "CAST")),
    ),
    organizer=Text("会务组", 'The "desk"'),
    contact="desk@example.org",
)
FULL_BOTH = """\
BEGIN:VEVENT
SUMMARY:开幕式 / Opening ceremony
DTSTART;TZID=Asia/Shanghai:20260925T090000
DTEND;TZID=Asia/Shanghai:20260925T110000
DTSTAMP:20260501T080059Z
UID:0198f0c2-0000-7000-8000-000000000001
SEQUENCE:3
CATEGORIES:日程 / Session,世界青年科学家峰会 / World Young Scie
 ntist Summit,主论坛\\, 上午
CONTACT:会务组 / The "desk"\\, desk@example.org
CREATED:20260401T000000Z
DESCRIPTION:主题报告；问答。\\n\\nKeynote\\; questions\\, answers.\\n\\n
 https://huitang.example/events/wyss/2026/sessions/%E5%BC%80%E5%B9%95
GEO:40.002500;116.391300
LAST-MODIFIED:20260501T080059Z
LOCATION:国家会议中心 / National Convention Center
ORGANIZER;CN="会务组 / The ^'desk^'":mailto:desk@example.org
STATUS:CONFIRMED
TRANSP:OPAQUE
URL:https://huitang.example/events/wyss/2026/sessions/%E5%BC%80%E5%B9%95
END:VEVENT
"""
CANCELLED_DAYS = """\
BEGIN:VEVENT
SUMMARY:[Cancelled] Papers due
DTSTART;VALUE=DATE:20280229
DTEND;VALUE=DATE:20280302
DTSTAMP:20260501T080000Z
UID:d1
SEQUENCE:0
CATEGORIES:Deadline
CLASS:PRIVATE
DESCRIPTION:https://huitang.example/en/calls/1
LAST-MODIFIED:20260501T080000Z
STATUS:CANCELLED
TRANSP:TRANSPARENT
URL:https://huitang.example/en/calls/1
END:VEVENT
"""


def read(entry: DateEntry, language: FeedLanguage = "both") -> Event:
    """Return the entry as icalendar reads its bytes."""
    return Event.from_ical(fragment_of(entry, language, base_url=BASE_URL).content)


def test_a_full_entry_is_these_bytes() -> None:
    assert fragment_of(FULL, "both", base_url=BASE_URL + "/").content.decode() == FULL_BOTH.replace("\n", "\r\n")


def test_a_cancelled_leap_day_is_these_bytes() -> None:
    entry = whole(
        status="cancelled",
        start_on=date(2028, 2, 29),
        end_on=date(2028, 3, 1),
        link="/calls/1",
        audience=Audience(kind="members"),
    )
    assert fragment_of(entry, "en", base_url=BASE_URL).content.decode() == CANCELLED_DAYS.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("status", "language", "title", "shown"),
    [
        ("confirmed", "zh", Text("峰会", "Summit"), "峰会"),
        ("confirmed", "en", Text("峰会", ""), "峰会"),
        ("confirmed", "both", Text("峰会", "Summit"), "峰会 / Summit"),
        ("confirmed", "both", Text("FOSDEM", "FOSDEM"), "FOSDEM"),
        ("confirmed", "both", Text("", "Summit"), "Summit"),
        ("cancelled", "zh", Text("峰会", "Summit"), "【已取消】峰会"),
        ("cancelled", "en", Text("峰会", "Summit"), "[Cancelled] Summit"),
        ("cancelled", "both", Text("峰会", "Summit"), "【已取消】峰会 / [Cancelled] Summit"),
        ("cancelled", "both", Text("", "Summit"), "【已取消】[Cancelled] Summit"),
        ("tentative", "zh", Text("峰会", "Summit"), "【暂定】峰会"),
        ("tentative", "both", Text("峰会", "Summit"), "【暂定】峰会 / [Tentative] Summit"),
        ("confirmed", "zh", Text(" 一\r\n二\u2028三\x00 ", ""), " 一 二 三 "),
        ("confirmed", "both", Text("峰会 ", " 峰会"), "峰会 "),
        ("confirmed", "both", Text("峰会 ", " \t"), "峰会 "),
        ("confirmed", "both", Text("峰会 ", " Summit"), "峰会 / Summit"),
    ],
)
def test_the_title_says_the_state_in_the_language_of_the_feed(
    status: str, language: FeedLanguage, title: Text, shown: str
) -> None:
    assert str(read(timed(status=status, title=title), language)["SUMMARY"]) == shown


def test_only_a_confirmed_time_makes_one_busy() -> None:
    entries = [timed(), timed(status="tentative"), timed(status="cancelled"), whole()]
    assert [str(read(entry)["TRANSP"]) for entry in entries] == ["OPAQUE", "TRANSPARENT", "TRANSPARENT", "TRANSPARENT"]


def test_an_organizer_without_an_address_is_a_contact() -> None:
    event = read(timed(organizer=Text("会务组", "Desk"), contact="010-6857 0000"), "zh")
    assert ("ORGANIZER" in event, str(event["CONTACT"])) == (False, "会务组, 010-6857 0000")


@pytest.mark.parametrize("link", ["", "/events/wyss/2026/sessions/1"])
@pytest.mark.parametrize(("zh", "en"), [(0, 9_000), (9_000, 0), (9_000, 9_000), (30, 9_000), (9_000, 30), (240, 200)])
def test_a_description_and_its_link_keep_to_the_limit(zh: int, en: int, link: str) -> None:
    entry = timed(description=Text("科" * zh, "w" * en), link=link or None)
    words = str(read(entry)["DESCRIPTION"])
    cut = zh + en > DESCRIPTION_LIMIT
    assert (len(words) == DESCRIPTION_LIMIT, words.endswith(link)) == (cut, True)
    assert ("科" in words, "w" in words.removesuffix(link)) == (bool(zh), bool(en))


@pytest.mark.parametrize(
    ("start", "end", "zone", "lines"),
    [
        # Midnight, and across it.
        ("2026-09-25T00:00", "2026-09-26T00:00", "Asia/Shanghai", (";TZID=Asia/Shanghai:20260925T000000", ";TZID=Asia/Shanghai:20260926T000000")),
        ("2026-12-31T23:30", "2027-01-01T00:30", "UTC", (":20261231T233000Z", ":20270101T003000Z")),
        # Summer time begins (01:00 UTC) and ends; a wall time shown twice goes as UTC, and is the first of the two.
        ("2026-03-29T01:30", "2026-03-29T03:30", "Europe/Berlin", (";TZID=Europe/Berlin:20260329T013000", ";TZID=Europe/Berlin:20260329T033000")),
        ("2026-10-25T02:30", "2026-10-25T03:30", "Europe/Berlin", (":20261025T003000Z", ";TZID=Europe/Berlin:20261025T033000")),
        ("2026-10-25T02:30", "2026-10-25T02:10", "Europe/Berlin", (":20261025T003000Z", ":20261025T011000Z")),
        # An entry without length has no end.
        ("2026-09-25T09:00", "2026-09-25T09:00", "Asia/Shanghai", (";TZID=Asia/Shanghai:20260925T090000", "")),
    ],
)  # fmt: skip
def test_times_are_written_so_that_every_client_means_the_same(
    start: str, end: str, zone: str, lines: tuple[str, str]
) -> None:
    entry = timed(start_local=datetime.fromisoformat(start), end_local=datetime.fromisoformat(end), zone=zone)
    written = fragment_of(entry, "both", base_url=BASE_URL).content.decode().split("\r\n")
    found = [line for line in written if line.startswith(("DTSTART", "DTEND"))]
    assert found == [name + line for name, line in zip(("DTSTART", "DTEND"), lines, strict=True) if line]


def test_a_feed_needs_to_know_this_of_an_entry() -> None:
    made = [fragment(timed()), fragment(whole(status="cancelled"))]
    assert [each.content.splitlines()[0] for each in made] == [b"BEGIN:VEVENT"] * 2
    assert [replace(each, content=b"") for each in made] == [
        Fragment(
            entry_id="e1", content=b"",
            starts_at=datetime(2026, 9, 25, 1, tzinfo=UTC), last_on=date(2026, 9, 25),
            changed_at=datetime(2026, 5, 1, 8, tzinfo=UTC), zone="Asia/Shanghai", first_year=2026, last_year=2026,
            all_day=False, cancelled=False,
        ),
        Fragment(
            entry_id="d1", content=b"",
            starts_at=datetime(2026, 6, 30, tzinfo=UTC), last_on=date(2026, 6, 30),
            changed_at=datetime(2026, 5, 1, 8, tzinfo=UTC), zone=None, first_year=2026, last_year=2026,
            all_day=True, cancelled=True,
        ),
    ]  # fmt: skip


words = st.one_of(
    st.text(max_size=200),
    st.text(alphabet='\\nN;,:"^\r\n\t\u2028 汉é\U0001f469\u200d\U0001f52c\u0301\u05d0\u202e', max_size=200),
    st.builds(lambda piece, times: piece * times, st.text(min_size=1, max_size=4), st.integers(1, 2_500)),
)


@settings(deadline=None, max_examples=150)
@given(title=st.builds(Text, words, words), description=st.builds(Text, words, words))
def test_any_words_are_carried_whole(title: Text, description: Text) -> None:
    entries = [timed(title=title, description=description, place=title, organizer=title, contact="a@b.cn")]
    entries.append(whole(title=title, topics=(Topic(key="track:1", slug="t", title=title),)))
    for language in ("zh", "en"):
        content = join_feed(FeedHead(name="日历", language=language), [fragment(entry, language) for entry in entries])
        assert problems_of(content) == []
        event = read(entries[0], language)
        assert str(event["SUMMARY"]) == one_line(title.in_(language) if clean(title.in_(language)).strip() else "")
        whole_words = clean(description.in_(language)).strip()
        if len(whole_words) <= DESCRIPTION_LIMIT:
            assert str(event.get("DESCRIPTION", "")) == whole_words


def test_ten_thousand_characters_of_every_width_stay_whole() -> None:
    for sign, language in product(("w", "é", "汉", "\U0001f52c", "שׁ"), ("zh", "en")):
        content = fragment_of(timed(title=Text(sign * 10_000, "")), language, base_url=BASE_URL).content
        assert max(map(len, content.split(b"\r\n"))) <= 75
        assert str(Event.from_ical(content)["SUMMARY"]) == sign * 10_000


@given(st.text(alphabet="a \\^;,é文𝄞", max_size=400))
def test_a_line_is_folded_where_icalendar_folds_it(words: str) -> None:
    assert fold(f"SUMMARY:{words}") == Contentline(f"SUMMARY:{words}").to_ical() + b"\r\n"
