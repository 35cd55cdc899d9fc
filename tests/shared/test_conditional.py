"""Conditional requests, as RFC 9110 tells them."""

import gzip
from datetime import UTC, datetime, timedelta, timezone

import pytest

from shared.conditional import (
    accepts_gzip,
    compressed,
    etag_of,
    evaluate,
    gzip_tag,
    http_date,
    read_http_date,
)

ETAG = etag_of(b"BEGIN:VCALENDAR")
AT = datetime(1994, 11, 6, 8, 49, 37, 600_000, UTC)


def test_a_tag_is_of_the_bytes_and_of_the_coding() -> None:
    assert ETAG == '"naqOJPm3WQc2h4OaCqfeKi8J"'
    assert gzip_tag(ETAG) == '"naqOJPm3WQc2h4OaCqfeKi8J-gzip"'
    assert etag_of(b"BEGIN:VCALENDAR\r\n") != ETAG


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (ETAG, 304),
        (f"W/{ETAG}", 304),
        ("*", 304),
        (" * ", 304),
        (f'"a", {ETAG}', 304),
        (f'W/"a",W/{ETAG},"b"', 304),
        (f'"a,b" , , "", {ETAG}\t', 304),
        (f"{ETAG},", 304),
        ("", 200),
        ('"a"', 200),
        ('"*"', 200),
        (ETAG.strip('"'), 200),
        (f"w/{ETAG}", 200),
        (f"W/ {ETAG}", 200),
        (f'{ETAG} "a"', 200),
        (f'"a, {ETAG}', 200),
        (f"*, {ETAG}", 200),
        (gzip_tag(ETAG), 200),
        (f'"x{ETAG[1:]}', 200),
    ],
)
def test_if_none_match(header: str, status: int) -> None:
    assert evaluate(header, None, etag=ETAG, modified_at=AT) == status


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 304),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 304),
        ("Sun Nov  6 08:49:37 1994", 304),
        ("Mon, 07 Nov 1994 00:00:00 GMT", 304),
        ("Sun, 06 Nov 1994 08:49:36 GMT", 200),
        ("Sun, 06 Nov 1994 09:49:37 +0100", 200),
        ("Sun, 36 Nov 1994 08:49:37 GMT", 200),
        ("Sun, 06 Nov 1994 25:49:37 GMT", 200),
        ("Sun, 06 Nov 2094 08:49:37", 200),
        ("2094-11-06T08:49:37Z", 200),
        ("tomorrow", 200),
        ("", 200),
    ],
)
def test_if_modified_since(header: str, status: int) -> None:
    assert evaluate(None, header, etag=ETAG, modified_at=AT) == status


@pytest.mark.parametrize(
    ("tag", "since", "status"),
    [
        (None, None, 200),
        (ETAG, "Sun, 06 Nov 1994 08:49:36 GMT", 304),
        ('"a"', "Mon, 07 Nov 1994 00:00:00 GMT", 200),
        ("broken", "Mon, 07 Nov 1994 00:00:00 GMT", 200),
    ],
)
def test_a_tag_decides_before_a_date(tag: str | None, since: str | None, status: int) -> None:
    assert evaluate(tag, since, etag=ETAG, modified_at=AT) == status


def test_dates_go_out_and_come_back() -> None:
    shown = http_date(AT.astimezone(timezone(timedelta(hours=8))))
    assert (shown, read_http_date(shown)) == ("Sun, 06 Nov 1994 08:49:37 GMT", AT.replace(microsecond=0))


def test_years_of_two_digits_are_of_our_time() -> None:
    assert read_http_date("Monday, 01-Jun-26 00:00:00 GMT") == datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (None, False),
        ("", False),
        ("identity", False),
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip;q=0.5", True),
        ("gzip ; q=0", False),
        ("gzip;q=0.000, *", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=nonsense", False),
        ("x-gzip", True),
    ],
)
def test_gzip_is_sent_to_who_takes_it(header: str | None, taken: bool) -> None:
    assert accepts_gzip(header) == taken


def test_compressing_twice_gives_the_same_bytes() -> None:
    content = b"BEGIN:VEVENT\r\n" * 10_000
    once, again = compressed(content), compressed(content)
    assert (once == again, once[4:8], gzip.decompress(once) == content) == (True, bytes(4), True)
