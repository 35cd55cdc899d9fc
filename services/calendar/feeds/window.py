"""Which entries a feed shows on a given day, and when that will next change without anybody changing an entry.

Days are those of the clock the feeds are kept by: the caller passes `today`, and the zone where an instant is asked.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.calendar.entries.fragment import Fragment
from services.calendar.entries.rules import DAY_ZONE, KEPT


def last_shown(fragment: Fragment, *, zone: str, whole: bool = False) -> date:
    """Return the last day on which a feed shows the entry; a `whole` feed (an edition's own) forgets only the cancelled."""
    by_date = date.max if whole else fragment.last_on + KEPT
    if not fragment.cancelled:
        return by_date
    return min(by_date, fragment.changed_at.astimezone(ZoneInfo(zone)).date() + KEPT)


def window(fragments: Iterable[Fragment], today: date, *, zone: str = DAY_ZONE, whole: bool = False) -> list[Fragment]:
    """Return what a feed shows on `today`: the past 90 days and all the future, the cancelled for 90 days."""
    since = _since(today, whole=whole)
    return [
        fragment
        for fragment in fragments
        # What takes place needs no reckoning, and is nearly all there is.
        if fragment.last_on >= since
        and (not fragment.cancelled or today <= last_shown(fragment, zone=zone, whole=whole))
    ]


def _since(today: date, *, whole: bool) -> date:
    """Return the day since which what ended is shown on `today`, unless it was cancelled."""
    return date.min if whole else today - KEPT


def next_edge(fragments: Iterable[Fragment], today: date, *, zone: str = DAY_ZONE, whole: bool = False) -> date | None:
    """Return the next day on which the feed loses an entry by time alone, or None; a feed is made again on that day."""
    shown = (last_shown(fragment, zone=zone, whole=whole) for fragment in fragments)
    return min((last + timedelta(days=1) for last in shown if today <= last < date.max), default=None)


def modified_at(
    fragments: Iterable[Fragment], today: date, *, zone: str = DAY_ZONE, whole: bool = False
) -> datetime | None:
    """Return when the feed's bytes last changed: the latest change of an entry, or the midnight at which one was left out.

    `fragments` are all that ever belonged to the feed and are still stored, shown or not; None if there are none.
    """
    since = _since(today, whole=whole)
    moments = []
    for fragment in fragments:
        moments.append(fragment.changed_at)
        if fragment.cancelled or fragment.last_on < since:
            last = last_shown(fragment, zone=zone, whole=whole)
            if last < today:
                moments.append(datetime.combine(last + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC))
    return max(moments, default=None)
