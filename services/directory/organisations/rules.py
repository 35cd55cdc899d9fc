"""Decisions about organisations: kinds, states, who may change what. No database, no clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Asia/Shanghai")
"""Where the days are counted by which grants, memberships and changes of organisations take effect."""


def day_of(moment: datetime) -> date:
    """Return the day that `moment` falls on in Beijing."""
    return moment.astimezone(HOME).date()
