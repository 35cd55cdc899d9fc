"""Facts of the calendar service."""

from shared.messages.dates import ViewChanged


class CalendarViewChanged(ViewChanged, type="calendar.view.changed.v1", subject="view"):
    """Feeds or calendar pages are out of date."""
