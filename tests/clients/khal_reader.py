"""Read an .ics file from standard input as khal does, into its own database, and print what it understood as JSON.

A program of its own, because importing khal changes how icalendar reads time zones in the whole process.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

import icalendar
import pytz
from khal.icalendar import split_ics
from khal.khalendar.backend import SQLiteDb


class _Loud(logging.Handler):
    """Make an error of every warning: what khal has to mend is not valid."""

    def emit(self, record: logging.LogRecord) -> None:
        raise ValueError(record.getMessage())


def main() -> None:
    """Print `{uid: {start, end, summary, status, sequence}}`, times in UTC, days as plain dates."""
    logging.getLogger("khal").addHandler(_Loud())
    locale: Any = {"default_timezone": pytz.UTC, "local_timezone": pytz.UTC}
    database = SQLiteDb(["feed"], ":memory:", locale)
    readings: dict[str, dict[str, object]] = {}
    with database.at_once():
        for number, item in enumerate(split_ics(sys.stdin.buffer.read().decode())):
            database.update(item, f"{number}.ics", calendar="feed")
    first, last = datetime(1970, 1, 2, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
    timed = [(row, "%Y-%m-%dT%H:%M:%SZ") for row in database.get_localized(first, last)]
    whole = [(row, "%Y-%m-%d") for row in database.get_floating(first.replace(tzinfo=None), last.replace(tzinfo=None))]
    for (item, _href, start, end, *_), form in [*timed, *whole]:
        event = icalendar.Calendar.from_ical(item).walk("VEVENT")[0]
        readings[str(event["UID"])] = {
            "start": start.strftime(form),
            "end": end.strftime(form),
            "summary": str(event["SUMMARY"]),
            "status": str(event["STATUS"]),
            "sequence": int(event["SEQUENCE"]),
        }
    json.dump(readings, sys.stdout)


main()
