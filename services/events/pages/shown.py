"""What public pages are made of: series, editions and releases as readers may see them. Values only, and their words."""

from dataclasses import dataclass
from datetime import date, datetime

from services.events.editions.rules import ROLE_NAMES, OrganisationRole, Precision, Standing, State
from services.events.releases.content import NOTHING, Content
from shared.pages import wording
from shared.pages.leaf import Link
from shared.pages.wording import spoken
from shared.text import Text


@dataclass(frozen=True, slots=True)
class Days:
    """The days of something, both included, as exactly as they are known."""

    first: date | None = None
    last: date | None = None
    precision: str = Precision.DAY

    @property
    def exact(self) -> bool:
        """Tell whether the days themselves are known."""
        return self.first is not None and self.precision == Precision.DAY

    def words(self) -> Text:
        """Return the days in words; nothing where nothing is known."""
        first, last = self.first, self.last
        if first is None or last is None:
            return NOTHING
        if self.precision == Precision.YEAR:
            return Text(f"{first.year}年", str(first.year))
        if self.precision == Precision.MONTH:
            return spoken(lambda language: wording.month(language, first))
        return spoken(lambda language: wording.day_range(language, first, last))


@dataclass(frozen=True, slots=True)
class EditionCard:
    """An edition as lists show it."""

    id: str
    title: Text
    path: str
    series: Link
    kind: str
    days: Days
    place: Text = NOTHING
    standing: str = Standing.NORMAL
    state: str = State.PUBLISHED
    tentative: bool = False
    attendance: str = ""
    zone: str = "Asia/Shanghai"

    def status(self, today: date | None = None) -> str:
        """Return what a reader must know first, as a key of `status.*`; *running* and *ended* only where `today` is given."""
        if self.standing != Standing.NORMAL:
            return self.standing
        if self.state in (State.CLOSED, State.ARCHIVED) or (today and self.is_over(today)):
            return "ended"
        if self.tentative or not self.days.exact:
            return "tentative"
        return "running" if today and self.is_on(today) else ""

    def is_on(self, today: date) -> bool:
        """Tell whether the edition is held on this day."""
        first, last = self.days.first, self.days.last
        held = self.days.exact and self.standing == Standing.NORMAL
        return held and first is not None and last is not None and first <= today <= last

    def is_over(self, today: date) -> bool:
        """Tell whether the edition lies in the past."""
        if self.state in (State.CLOSED, State.ARCHIVED):
            return True
        return self.days.last is not None and self.days.last < today


@dataclass(frozen=True, slots=True)
class Part:
    """The organisations that have one role in an edition, in protocol order."""

    role: OrganisationRole
    names: tuple[Text, ...]

    @property
    def title(self) -> Text:
        """Return the role in words."""
        return ROLE_NAMES[self.role]


@dataclass(frozen=True, slots=True)
class KeyDateShown:
    """A key date of an edition: days, or wall times in a zone."""

    title: Text
    description: Text = NOTHING
    on: date | None = None
    until_on: date | None = None
    at_local: datetime | None = None
    until_local: datetime | None = None
    zone: str = ""
    status: str = "confirmed"

    @property
    def day(self) -> date | None:
        """Return the day to list it under."""
        return self.on or (self.at_local.date() if self.at_local else None)

    @property
    def badge(self) -> str:
        """Return what is unusual about it, as a key of `status.*`."""
        return "" if self.status == "confirmed" else self.status

    def words(self) -> Text:
        """Return when it is, in words."""
        return wording.when(self.on, self.until_on, self.at_local, self.until_local, self.zone)


@dataclass(frozen=True, slots=True)
class Approval:
    """By whom, under which number and when an edition was approved."""

    authority: Text
    number: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ReleaseShown:
    """A numbered state of a public programme; `made_on` is the day in the edition's zone."""

    number: int
    kind: str
    made_on: date
    name: Text = NOTHING
    note: Text = NOTHING
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class EditionShown:
    """Everything of an edition that its pages tell beside the sessions."""

    card: EditionCard
    slug: str
    description: Text = NOTHING
    subtitle: Text = NOTHING
    venue: Text = NOTHING
    address: Text = NOTHING
    standing_note: Text = NOTHING
    has_programme: bool = True
    organisations: tuple[Part, ...] = ()
    approval: Approval | None = None
    key_dates: tuple[KeyDateShown, ...] = ()
    secretariat: Text = NOTHING
    email: str = ""
    phone: str = ""
    umbrellas: tuple[Link, ...] = ()
    members: tuple[EditionCard, ...] = ()
    release: ReleaseShown | None = None

    @property
    def opens(self) -> datetime | None:
        """Return the first midnight of the edition, by which its zone is told."""
        first = self.card.days.first
        return datetime(first.year, first.month, first.day) if first else None

    @property
    def series(self) -> Link:
        """Return the series it is an edition of."""
        return self.card.series

    def hosts(self) -> Part | None:
        """Return who stands first behind the edition: the hosts, or whoever comes first in protocol order."""
        named = [part for part in self.organisations if part.role is OrganisationRole.HOST]
        return next(iter(named or self.organisations), None)


@dataclass(frozen=True, slots=True)
class SeriesShown:
    """A series with what stands under it."""

    id: str
    slug: str
    title: Text
    kind: str
    path: str
    description: Text = NOTHING
    cadence: str = ""
    owner: Text = NOTHING
    aliases: tuple[tuple[Text, date | None, date | None], ...] = ()
    documents: tuple[Text, ...] = ()
    umbrella: Link | None = None
    members: tuple[Link, ...] = ()
    editions: tuple[EditionCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A session as a release shows it.

    `since` is the release from which it stands like this, `was` what the release before that said; `news` is *new* or
    *moved* where the latest release brought that about.
    """

    id: str
    content: Content
    since: int = 1
    was: Content | None = None
    news: str = ""

    @property
    def start(self) -> datetime:
        """Return the wall time of the start; raise `ValueError` where there is none."""
        if self.content.start_local is None:
            raise ValueError(f"session {self.id} has no time")
        return self.content.start_local

    @property
    def end(self) -> datetime:
        """Return the wall time of the end."""
        return self.content.end_local() or self.start
