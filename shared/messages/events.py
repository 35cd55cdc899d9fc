"""Facts of the events service: series, editions, sessions, releases, and their dates."""

from pydantic import NaiveDatetime

from shared.message import Fact
from shared.messages.dates import DateCancelled, DateSet, ViewChanged
from shared.text import Text


class EventsDateSet(DateSet, type="events.date.set.v1", subject="entry_id"):
    """A released session, an edition, a key date or a theme period stands at this time."""


class EventsDateCancelled(DateCancelled, type="events.date.cancelled.v1", subject="entry_id"):
    """A session, an edition or a key date was called off."""


class EventsViewChanged(ViewChanged, type="events.view.changed.v1", subject="view"):
    """Public answers of the events service are out of date."""


class DraftChanged(Fact, type="events.draft.changed.v1", subject="edition_id"):
    """Something of an edition's draft was edited: `part` says what (placement, session, schedule, …), `part_id` which."""

    edition_id: str
    part: str
    part_id: str
    version: int
    by: str


class SessionFact(Fact):
    """What the public learns of a session: its numbers, name, planned times and place as now released."""

    session_id: str
    edition_id: str
    release: int
    sequence: int
    title: Text
    start_local: NaiveDatetime | None
    end_local: NaiveDatetime | None
    zone: str
    place: Text


class SessionReleased(SessionFact, type="events.session.released.v1", subject="session_id"):
    """A session became public, or its public texts or status changed while time and place stayed."""


class SessionRescheduled(SessionFact, type="events.session.rescheduled.v1", subject="session_id"):
    """A public session takes place at another time than was said."""

    old_start_local: NaiveDatetime | None
    old_end_local: NaiveDatetime | None
    old_zone: str


class SessionRelocated(SessionFact, type="events.session.relocated.v1", subject="session_id"):
    """A public session takes place in another room than was said."""

    old_place: Text


class SessionCancelled(SessionFact, type="events.session.cancelled.v1", subject="session_id"):
    """A public session was called off, or taken out of the public programme."""
