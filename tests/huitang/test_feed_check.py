"""The check of feeds passes one that keeps its promises, and names each promise that another breaks."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from huitang.feed_check import check_address, check_bytes

GOOD = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//EN\r\nBEGIN:VEVENT\r\nUID:one\r\nSEQUENCE:0\r\n"
    "DTSTAMP:20260101T000000Z\r\nLAST-MODIFIED:20260101T000000Z\r\nDTSTART:20260201T090000Z\r\nSUMMARY:A\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)
ETAG, MODIFIED = '"one"', "Thu, 01 Jan 2026 00:00:00 GMT"


def test_a_good_feed_has_no_problems() -> None:
    report = check_bytes("feed", GOOD.encode())
    assert (report.entries, report.size, report.problems) == (1, len(GOOD), [])


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("LAST-MODIFIED:2026", "LAST-MODIFIED:2025",
         ["one: DTSTAMP and LAST-MODIFIED differ, though both tell when the entry last changed"]),
        ("SEQUENCE:0\r\n", "", ["VEVENT :one: no SEQUENCE", "one: SEQUENCE is missing"]),
        ("PRODID:-//Example//EN\r\n", "", ["VCALENDAR : no PRODID"]),
    ],
)  # fmt: skip
def test_a_broken_promise_is_named(old: str, new: str, problems: list[str]) -> None:
    assert check_bytes("feed", GOOD.replace(old, new).encode()).problems == problems


def test_what_is_no_calendar_is_named_not_raised() -> None:
    for content in (
        b"",
        b"BEGIN:VCALENDAR\r\n",
        b"END:\r\nEND:\r\n",
        b"BEGIN:VTODO\r\nEND:VTODO\r\n",  # a component of RFC 5545 that a feed of events does not hold
        b"\xff\xfe",
        b"<html>",
    ):
        assert check_bytes("feed", content).problems != []


def test_a_feed_too_long_for_some_calendars_is_named() -> None:
    event = GOOD[GOOD.index("BEGIN:VEVENT") : GOOD.index("END:VCALENDAR")]
    many = GOOD.replace(event, "".join(event.replace("UID:one", f"UID:{n}") for n in range(1001)))
    report = check_bytes("feed", many.encode())
    assert report.problems == [
        f"1001 entries in {report.size} bytes: more than 1000 or 1000000 are not read everywhere"
    ]


class Faulty(BaseHTTPRequestHandler):
    """Serves `GOOD` as a feed should be, but for the fault that the path names."""

    def do_GET(self) -> None:
        """Answer, with or without a body."""
        fault = self.path.strip("/")
        if fault == "gone":
            self.send_error(410)
            return
        match, since = self.headers.get("If-None-Match") == ETAG, self.headers.get("If-Modified-Since") == MODIFIED
        if (match and fault != "no-304") or (since and fault != "no-304-by-time"):
            self.send_response(304)
            self.end_headers()
            return
        body = GOOD
        if fault == "now":
            stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
            body = GOOD.replace("20260101T000000Z", stamp)
        if fault == "restless":
            body = GOOD.replace("SUMMARY:A", f"SUMMARY:{time.monotonic_ns()}")
        headers = {"Content-Type": "text/calendar; charset=utf-8", "ETag": ETAG, "Last-Modified": MODIFIED}
        if fault == "weak":
            headers["ETag"] = f"W/{ETAG}"
        if fault == "head" and self.command == "HEAD":
            headers["ETag"] = '"two"'
        if fault == "type":
            headers["Content-Type"] = "text/plain"
        if fault == "bare":
            del headers["ETag"], headers["Last-Modified"]
        self.send_response(200)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body.encode())

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve feeds, each with its fault."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Faulty) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"webcal://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_an_address_is_held_against_what_it_promises() -> None:
    expected = {
        "": [],
        "gone": ["answered 410 instead of 200"],
        "no-304": ["If-None-Match with its own ETag answered 200 instead of 304"],
        "no-304-by-time": ["If-Modified-Since with its own Last-Modified answered 200 instead of 304"],
        "weak": ["no strong ETag", "If-None-Match with its own ETag answered 200 instead of 304"],
        "head": ["HEAD does not answer as GET does"],
        "type": ["Content-Type is 'text/plain' instead of text/calendar; charset=utf-8"],
        "bare": ["no strong ETag", "no Last-Modified"],
        "now": [
            "the same ETag came with other bytes",
            "DTSTAMP or LAST-MODIFIED is the time of the request, not of the entry",
        ],
        "restless": ["the same ETag came with other bytes"],
    }
    with serving() as url, httpx.Client() as client:
        found = {
            fault: check_address(f"{url}/{fault}", client, pause=1.1 if fault == "now" else 0).problems
            for fault in expected
        }
    assert found == expected
