"""Facts of the events service: series, editions, sessions, releases, and their dates."""

from datetime import date

from pydantic import BaseModel, ConfigDict, NaiveDatetime

from shared.message import Fact
from shared.messages.dates import DateCancelled, DateSet, ViewChanged
from shared.text import Text


class EventsDateSet(DateSet, type="events.date.set.v1", subject="entry_id"):
    """A released session, an edition, a key date or a theme period stands at this time."""


class EventsDateCancelled(DateCancelled, type="events.date.cancelled.v1", subject="entry_id"):
    """A session, an edition or a key date was called off."""


class EventsViewChanged(ViewChanged, type="events.view.changed.v1", subject="view"):
    """Public answers of the events service are out of date."""


class SeriesState(BaseModel):
    """A series as a stranger needs it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    series_id: str
    slug: str
    name: Text
    kind: str
    owner_id: str
    umbrella_id: str | None
    cadence: str | None
    version: int


class SeriesOpened(Fact, type="events.series.opened.v1", subject="series_id"):
    """A series was entered."""

    series_id: str
    series: SeriesState


class SeriesChanged(Fact, type="events.series.changed.v1", subject="series_id"):
    """A series' names, kind, umbrella or cadence changed."""

    series_id: str
    series: SeriesState


class SeriesRemoved(Fact, type="events.series.removed.v1", subject="series_id"):
    """A series that had no editions was removed."""

    series_id: str
    slug: str


class EditionState(BaseModel):
    """An edition as a stranger needs it.

    `state` is planned, open, published, running, closed or archived; `standing` normal, postponed or cancelled.
    `umbrella_series` and `umbrella_editions` are ids; `organisations` pairs of a role and an organisation's id.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    edition_id: str
    slug: str
    series_id: str
    number: int | None
    name: Text
    owner_id: str
    starts_on: date | None
    ends_on: date | None
    date_precision: str
    tentative: bool
    city: Text
    country: str
    zone: str
    state: str
    standing: str
    attendance_mode: str
    has_programme: bool
    umbrella_series: tuple[str, ...]
    umbrella_editions: tuple[str, ...]
    organisations: tuple[tuple[str, str], ...]
    version: int


class EditionFact(Fact):
    """Something became of an edition, which now stands as `edition` says."""

    edition_id: str
    edition: EditionState


class EditionOpened(EditionFact, type="events.edition.opened.v1", subject="edition_id"):
    """An edition of a series was entered."""


class EditionChanged(EditionFact, type="events.edition.changed.v1", subject="edition_id"):
    """An edition's name, dates, place, organisations, umbrellas or state changed."""


class EditionPublished(EditionFact, type="events.edition.published.v1", subject="edition_id"):
    """An edition became public."""


class EditionPostponed(EditionFact, type="events.edition.postponed.v1", subject="edition_id"):
    """A public or planned edition will not be held when it was announced."""


class EditionResumed(EditionFact, type="events.edition.resumed.v1", subject="edition_id"):
    """A postponed or cancelled edition is held after all, on the dates that `edition` names."""


class EditionCancelled(EditionFact, type="events.edition.cancelled.v1", subject="edition_id"):
    """An edition was called off."""


class EditionClosed(EditionFact, type="events.edition.closed.v1", subject="edition_id"):
    """An edition is over; `figures` count its sessions, people and rooms."""

    figures: dict[str, int]


class EditionRemoved(Fact, type="events.edition.removed.v1", subject="edition_id"):
    """An edition that was never public was removed."""

    edition_id: str
    slug: str


class PersonConfirmed(Fact, type="events.person.confirmed.v1", subject="person_id"):
    """A person has agreed to a part in a session; `account_id` where they can sign in here."""

    person_id: str
    account_id: str | None
    edition_id: str
    session_id: str
    role: str


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
