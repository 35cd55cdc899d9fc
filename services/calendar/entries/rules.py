"""The day by which feeds and pages are kept, and how long what is over stays in a feed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_ZONE = "Asia/Shanghai"
"""The zone whose midnights divide the days of feeds and pages."""

KEPT = timedelta(days=90)
"""How long an entry that is over, and one that was cancelled, stays in a feed."""


def day_of(now: datetime) -> date:
    """Return the day that an instant belongs to."""
    return now.astimezone(ZoneInfo(DAY_ZONE)).date()


def midnight_of(day: date) -> datetime:
    """Return the instant at which a day begins, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(DAY_ZONE)).astimezone(UTC)
