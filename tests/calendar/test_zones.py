"""VTIMEZONE: exact bytes, and true at every hour it covers."""

from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Timezone

from services.calendar.entries.zones import vtimezone

SHANGHAI = """\
BEGIN:VTIMEZONE
TZID:Asia/Shanghai
BEGIN:STANDARD
DTSTART:20260101T000000
TZOFFSETFROM:+0800
TZOFFSETTO:+0800
END:STANDARD
END:VTIMEZONE
"""
BERLIN = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:20260101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def test_zones_are_these_bytes() -> None:
    written = [vtimezone("Asia/Shanghai", 2026, 2027), vtimezone("Europe/Berlin", 2026, 2026)]
    assert written == [zone.replace("\n", "\r\n").encode() for zone in (SHANGHAI, BERLIN)]


@pytest.mark.parametrize(
    "name",
    [
        "Asia/Shanghai",
        "Europe/Brussels",
        "Europe/Dublin",
        "America/New_York",
        "America/St_Johns",
        "Africa/Casablanca",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Chatham",
        "Pacific/Apia",
    ],
)
@pytest.mark.parametrize("years", [(2026, 2026), (2023, 2027), (1988, 1991), (2011, 2011)])
def test_a_zone_tells_the_offset_of_every_hour_of_its_years(name: str, years: tuple[int, int]) -> None:
    component = Timezone.from_ical(vtimezone(name, *years))
    onsets = sorted(
        (part["DTSTART"].dt - part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td) for part in component.subcomponents
    )
    instants = [onset for onset, _ in onsets]
    zone = ZoneInfo(name)
    moment = datetime(years[0], 1, 1, tzinfo=zone).astimezone(UTC)
    end = datetime(years[1] + 1, 1, 1, tzinfo=zone).astimezone(UTC)
    moments = [moment + timedelta(minutes=30 * half) for half in range((end - moment) // timedelta(minutes=30))]
    assert instants[0] == moment.replace(tzinfo=None)
    told = [onsets[bisect_right(instants, at.replace(tzinfo=None)) - 1][1] for at in moments]
    assert told == [at.astimezone(zone).utcoffset() for at in moments]


def test_an_offset_with_seconds_is_written_with_them() -> None:
    assert b"TZOFFSETFROM:+080543" in vtimezone("Asia/Shanghai", 1900, 1901)
