"""The checker of octets finds each fault it is there for, and none in a good feed."""

import pytest

from huitang.rfc5545 import problems_of
from services.calendar.feeds.feed import FeedHead, join_feed
from shared.text import Text
from tests.calendar.build import fragment, timed, whole

GOOD = join_feed(FeedHead(name="x"), [fragment(timed(title=Text("开" * 40, ""))), fragment(whole())], (15,))


def test_a_good_feed_has_no_problems() -> None:
    assert problems_of(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("\r\nEND:VCALENDAR\r\n", "\r\nEND:VCALENDAR", "the last line does not end in CRLF"),
        ("UID:d1\r\n", "UID:d1\n", "line 24: control character"),
        ("UID:d1\r\n", "UID:d1\r\n\r\n", "line 25: empty"),
        ("NAME:x", "NAME:" + "x" * 71, "line 5: 76 octets"),
        ("\r\n 开", "\r\n开", "not a content line: '开开开开开开开开开开开开开开开开开开'"),
        ("VERSION:2.0\r\n", "", "VCALENDAR : no VERSION"),
        ("UID:d1\r\n", "", "VEVENT : no UID"),
        ("UID:d1", "UID:e1", "UID :e1 2 times"),
        ("SEQUENCE:0", "SEQUENCE:x", "VEVENT :d1: SEQUENCE has the value 'x'"),
        ("Papers due", "Papers; due", "VEVENT :d1: SUMMARY has the value '投稿截止 / Papers; due'"),
        ("Papers due", "Papers \\due", "VEVENT :d1: SUMMARY has the value '投稿截止 / Papers \\\\due'"),
        ("DTEND;VALUE=DATE:20260701", "DTEND;VALUE=DATE:20260630", "VEVENT :d1: ends at its start or before"),
        ("DTEND;VALUE=DATE:20260701", "DTEND:20260701T000000Z", "VEVENT :d1: mixes a date and a time"),
        ("STATUS:CONFIRMED", "STATUS:SURE", "VEVENT :d1: STATUS has the value 'SURE'"),
        ("TZID:Asia/Shanghai\r\n", "TZID:Asia/Shanghai\r\nCOMMENT:x\r\n", "VTIMEZONE :Asia/Shanghai: COMMENT not allowed"),
        ("TZID:Asia/Shanghai", "TZID:Asia/Taipei", "zone Asia/Shanghai used but not described"),
        ("BEGIN:VALARM", "BEGIN:VTODO", "VTODO inside VEVENT"),  # a component of RFC 5545, here in the wrong place
        ("END:VALARM", "END:VEVENT", "END:VEVENT out of place"),
        ("UID:d1\r\n", "UID:d1\r\nUID:d1\r\n", "VEVENT :d1: UID 2 times"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found(old: str, new: str, problem: str) -> None:
    broken = GOOD.decode().replace(old, new, 1).encode()
    assert broken != GOOD
    assert problem in problems_of(broken)


def test_a_split_character_is_found() -> None:
    sign = "开".encode()
    broken = GOOD.replace(b"\r\n " + sign, b"\r\n " + sign[:1] + b"\r\n " + sign[1:], 1)
    assert problems_of(broken) == ["line 38: splits a character", "line 39: splits a character"]
