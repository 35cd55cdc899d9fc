"""How a call stands for its readers, and how long it still is. Pure: `now` is passed in."""

from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.times import PlannedTime

LATELY = timedelta(days=90)
"""How long a call is listed among those closed lately."""


class CallPhase(StrEnum):
    """How a call stands, as its readers are told."""

    OPEN = "open"
    SOON = "soon"
    CLOSED = "closed"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


def phase_of(state: str, opens: PlannedTime | None, until: PlannedTime | None, now: datetime) -> CallPhase:
    """Return how an announced call stands: it may be open by its state, and begin later or be over by the clock."""
    if state != CallPhase.OPEN:
        return CallPhase(state)
    if opens is not None and now < opens.utc():
        return CallPhase.SOON
    return CallPhase.CLOSED if until is not None and now > until.utc() else CallPhase.OPEN


def days_left(until: PlannedTime | None, now: datetime) -> int | None:
    """Return how many midnights lie before a deadline where it holds; nothing where it has passed, or is not known."""
    if until is None or now > until.utc():
        return None
    return (until.local.date() - now.astimezone(ZoneInfo(until.zone)).date()).days


def is_recent(until: PlannedTime | None, now: datetime) -> bool:
    """Tell whether a call that is closed is still listed."""
    return until is None or now <= until.utc() + LATELY
