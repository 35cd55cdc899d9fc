"""Facts of the events service: series, editions, sessions, releases, and their dates."""

from shared.messages.dates import DateCancelled, DateSet, ViewChanged


class EventsDateSet(DateSet, type="events.date.set.v1", subject="entry_id"):
    """A released session, an edition, a key date or a theme period stands at this time."""


class EventsDateCancelled(DateCancelled, type="events.date.cancelled.v1", subject="entry_id"):
    """A session, an edition or a key date was called off."""


class EventsViewChanged(ViewChanged, type="events.view.changed.v1", subject="view"):
    """Public answers of the events service are out of date."""
