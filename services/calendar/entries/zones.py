"""VTIMEZONE components: what a calendar says about a zone's clocks, for the years it needs.

Written from the zone's own transitions and not by icalendar's generator, which adds a COMMENT that RFC 5545 §3.6.5 does
not allow there, and gives the onset of summer time an hour late (as the new offset shows it, not the old).
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=4096)
def vtimezone(name: str, first_year: int, last_year: int) -> bytes:
    """Return the component for the IANA zone `name`, true from the first day of `first_year` to the last of `last_year`.

    The same arguments give the same bytes. There is no TZNAME: abbreviations mislead (`CST` is also Chicago's), and
    clients take the name from TZID.
    """
    zone = ZoneInfo(name)
    start = datetime(first_year, 1, 1, tzinfo=zone)
    offset = _offset(zone, start)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}", *_observance(start.replace(tzinfo=None), offset, start)]
    for onset in _transitions(zone, start.astimezone(UTC), datetime(last_year + 1, 1, 1, tzinfo=zone).astimezone(UTC)):
        shown_before = (onset + offset).replace(tzinfo=None)
        after = onset.astimezone(zone)
        lines += _observance(shown_before, offset, after)
        offset = _offset(zone, after)
    return "".join(f"{line}\r\n" for line in [*lines, "END:VTIMEZONE"]).encode()


def _observance(onset: datetime, before: timedelta, after: datetime) -> list[str]:
    """Return one sub-component; `onset` is the wall time at which it begins, as shown by the offset `before`."""
    kind = "DAYLIGHT" if after.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset.isoformat().replace('-', '').replace(':', '')}",
        f"TZOFFSETFROM:{_signed(before)}",
        f"TZOFFSETTO:{_signed(after.utcoffset() or timedelta())}",
        f"END:{kind}",
    ]


def _transitions(zone: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    """Return the instants in `start` ≤ t < `end` (UTC) from which another offset holds."""
    found = []
    day = start
    while day < end:
        after = day + _DAY
        if _offset(zone, day) != _offset(zone, after):
            low, high = day, after
            while high - low > _SECOND:
                middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
                low, high = (middle, high) if _offset(zone, middle) == _offset(zone, day) else (low, middle)
            found.append(high)
        day = after
    return [onset for onset in found if onset < end]


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _signed(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), 3600)
    minutes, seconds_left = divmod(rest, 60)
    return f"{'-' if seconds < 0 else '+'}{hours:02}{minutes:02}" + (f"{seconds_left:02}" if seconds_left else "")
