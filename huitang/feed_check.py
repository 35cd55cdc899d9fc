"""What a calendar feed promises its subscribers, held against its bytes and, at an address, against its answers."""

import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from icalendar import Calendar

from huitang.rfc5545 import problems_of

MOST_ENTRIES = 1_000
MOST_BYTES = 1_000_000
"""Beyond either, some calendars read on no further."""

TURN_OF_A_SECOND = 1.1
"""So long the second reading waits: stamps that say "now" differ then."""


@dataclass
class FeedReport:
    """What was found; a feed without problems keeps its promises."""

    source: str
    entries: int = 0
    size: int = 0
    problems: list[str] = field(default_factory=list)


def check_bytes(source: str, content: bytes) -> FeedReport:
    """Hold the bytes of a feed against the rules of the format and our own promises about every entry."""
    report = FeedReport(source, size=len(content), problems=problems_of(content))
    try:
        entries = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, IndexError, KeyError) as error:
        report.problems.append(f"icalendar cannot read it: {error}")
        return report
    report.entries = len(entries)
    for entry in entries:
        report.problems += [f"{entry.get('UID')}: {fault}" for fault in _faults_of_entry(entry)]
    if report.entries > MOST_ENTRIES or report.size > MOST_BYTES:
        report.problems.append(
            f"{report.entries} entries in {report.size} bytes: more than {MOST_ENTRIES} or {MOST_BYTES} are not read everywhere"
        )
    return report


def check_address(url: str, client: httpx.Client, *, pause: float = TURN_OF_A_SECOND) -> FeedReport:
    """Fetch a feed several times and hold its answers and bytes against the promises; raise `httpx.TransportError`."""
    address = url.replace("webcal://", "http://", 1).replace("webcals://", "https://", 1)
    first = client.get(address)
    if first.status_code != 200:
        return FeedReport(url, problems=[f"answered {first.status_code} instead of 200"])
    report = check_bytes(url, first.content)
    report.problems += _faults_of_answer(first)
    for condition, validator in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        if value := first.headers.get(validator):
            again = client.get(address, headers={condition: value})
            if again.status_code != 304:
                report.problems.append(
                    f"{condition} with its own {validator} answered {again.status_code} instead of 304"
                )
    head = client.head(address)
    if head.status_code != 200 or head.headers.get("ETag") != first.headers.get("ETag"):
        report.problems.append("HEAD does not answer as GET does")
    time.sleep(pause)
    later = client.get(address)
    if later.content != first.content and later.headers.get("ETag") == first.headers.get("ETag"):
        report.problems.append("the same ETag came with other bytes")
    if _without_stamps(later.content) == _without_stamps(first.content) and later.content != first.content:
        report.problems.append("DTSTAMP or LAST-MODIFIED is the time of the request, not of the entry")
    return report


def _faults_of_entry(entry: Any) -> list[str]:
    faults = [f"{name} is missing" for name in ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED") if name not in entry]
    if not faults and entry["DTSTAMP"].dt != entry["LAST-MODIFIED"].dt:
        faults.append("DTSTAMP and LAST-MODIFIED differ, though both tell when the entry last changed")
    if entry.errors:
        faults.append(f"cannot be read in part: {entry.errors}")
    return faults


def _faults_of_answer(answer: httpx.Response) -> list[str]:
    faults = []
    if answer.headers.get("Content-Type", "").replace(" ", "").lower() != "text/calendar;charset=utf-8":
        faults.append(f"Content-Type is {answer.headers.get('Content-Type')!r} instead of text/calendar; charset=utf-8")
    etag = answer.headers.get("ETag", "")
    if not etag or etag.startswith("W/"):
        faults.append("no strong ETag")
    if "Last-Modified" not in answer.headers:
        faults.append("no Last-Modified")
    return faults


def _without_stamps(content: bytes) -> list[bytes]:
    return [line for line in content.split(b"\r\n") if not line.startswith((b"DTSTAMP", b"LAST-MODIFIED"))]
