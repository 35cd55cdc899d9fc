"""The common shape of a date: what any service says about a day or a time that others want in their calendar.

A date is told whole, never as a patch. The shape and the two facts that carry it live here;
each service names its own in its module: `class EventsDateSet(DateSet, type="events.date.set.v1", subject="entry_id")`.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime, model_validator

from shared.message import Fact
from shared.text import Text

DateStatus = Literal["confirmed", "tentative", "cancelled"]
AudienceKind = Literal["public", "members", "organisation", "officers", "accounts"]


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"no such zone: {name}") from error
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]
Instant = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class Topic(BaseModel):
    """Something a feed can follow: `key` is `edition:<id>`, `series:<id>`, `organisation:<id>`, `track:<id>`, …"""

    model_config = ConfigDict(frozen=True, extra="ignore")

    key: str
    slug: str
    title: Text


class Audience(BaseModel):
    """Who may see a date: everybody, members, the people or the officers of one organisation, or the named accounts."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: AudienceKind = "public"
    organisation_id: str | None = None
    account_ids: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_its_people(self) -> Self:
        if self.kind in ("organisation", "officers") and not self.organisation_id:
            raise ValueError("an organisation's audience names the organisation")
        return self


class DateEntry(BaseModel):
    """One date, whole: either all-day (`start_on`, `end_on`, both inclusive) or timed (`start_local`, `end_local`, `zone`).

    `entry_id` is the UID, and stays for the life of the thing. `sequence` rises with every material change; `changed_at`
    is when the owner last changed anything. All texts are plain, without tags. `link` is a path without language.
    `end_at` is told where clocks are set back and show the end twice, and the second is meant.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    entry_id: str = Field(min_length=1, pattern=r"^[!-~]+$")
    version: int = 1
    sequence: int = Field(default=0, ge=0)
    changed_at: Instant
    created_at: Instant | None = None
    kind: str
    status: DateStatus = "confirmed"
    start_on: date | None = None
    end_on: date | None = None
    start_local: NaiveDatetime | None = None
    end_local: NaiveDatetime | None = None
    end_at: Instant | None = None
    zone: Zone | None = None
    title: Text
    description: Text = Text()
    place: Text = Text()
    geo: tuple[Latitude, Longitude] | None = None
    link: str | None = Field(default=None, pattern="^/")
    topics: tuple[Topic, ...] = ()
    audience: Audience = Audience()
    organizer: Text | None = None
    contact: str | None = None
    bar: bool = False

    @model_validator(mode="after")
    def _has_one_span(self) -> Self:
        days, times = (self.start_on, self.end_on), (self.start_local, self.end_local, self.zone)
        if all(days) and not any(times):
            backwards = self.days()[1] < self.days()[0]
        elif all(times) and not any(days):
            backwards = self.times()[1] < self.times()[0]
        else:
            raise ValueError("a date is either all-day or timed in a zone, whole")
        if backwards:
            raise ValueError("a date does not end before it starts")
        return self

    @property
    def all_day(self) -> bool:
        """Tell whether the date is known by days only."""
        return self.start_on is not None

    def days(self) -> tuple[date, date]:
        """Return the first and the last day, inclusive, as the place's own calendar shows them."""
        if self.start_on and self.end_on:
            return self.start_on, self.end_on
        start, end = self.locals()
        return start.date(), end.date()

    def locals(self) -> tuple[datetime, datetime]:
        """Return the wall times of start and end; of a day-long date, midnight of its days."""
        if self.start_local and self.end_local:
            return self.start_local, self.end_local
        first, last = self.days()
        return datetime(first.year, first.month, first.day), datetime(last.year, last.month, last.day)

    def times(self) -> tuple[datetime, datetime]:
        """Return start and end in UTC; a day-long date is taken as midnight UTC of its days.

        Of a wall time shown twice (clocks set back) the start is the first, and the end, unless it is told, the first
        that is not before the start.
        """
        zone = ZoneInfo(self.zone or "UTC")
        start, end = self.locals()
        starts_at = start.replace(tzinfo=zone).astimezone(UTC)
        shown = [end.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
        return starts_at, self.end_at or next((moment for moment in shown if moment >= starts_at), shown[0])


class DateSet(Fact):
    """A date stands as `entry` says, whatever was said of it before."""

    entry_id: str
    entry: DateEntry

    @classmethod
    def of(cls, entry: DateEntry) -> Self:
        """Make the fact that tells `entry`."""
        return cls(entry_id=entry.entry_id, entry=entry)


class DateCancelled(DateSet):
    """A date was called off; `entry` is whole, its status *cancelled*."""


class ViewChanged(Fact):
    """Public answers that carry one of `tags` are out of date."""

    view: str
    tags: tuple[str, ...]
