"""What calendars are told of an edition and of its key dates. Pure: values in, whole entries out.

The ids of entries come from the things themselves, so that a UID stays whatever becomes of the date. The sequence rises
when status, title, time or place change, the version and `changed_at` with any change at all.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.events.editions.rules import Precision, Standing
from shared.messages.dates import Audience, DateEntry, DateStatus, Topic
from shared.text import Text, plain

KIND_TOPICS = {
    "edition": Text("活动", "Events"),
    "theme_period": Text("主题日、周、月", "Theme days, weeks and months"),
    "key_date": Text("重要日期", "Key dates"),
    "session": Text("会议日程", "Sessions"),
}
"""The kinds of entries of this service, as feeds can follow them."""

POSTPONED = Text("【延期】{title}", "Postponed: {title}")


@dataclass(frozen=True, slots=True)
class EditionDates:
    """What of an edition goes into its entries; `standing_on` is the day on which its standing last changed."""

    id: str
    link: str
    name: Text
    description: Text
    place: Text
    zone: str
    starts_on: date | None
    ends_on: date | None
    precision: str
    tentative: bool
    standing: str
    standing_note: Text
    standing_on: date | None
    has_programme: bool
    organizer: Text | None
    contact: str | None
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class KeyDateFacts:
    """What of a key date goes into its entry."""

    id: str
    title: Text
    description: Text
    on: date | None
    until_on: date | None
    at_local: datetime | None
    until_local: datetime | None
    zone: str | None
    status: DateStatus


def edition_entry_id(edition_id: str) -> str:
    """Return the entry id of an edition."""
    return f"edition-{edition_id}"


def key_date_entry_id(key_date_id: str) -> str:
    """Return the entry id of a key date."""
    return f"key-date-{key_date_id}"


def kind_topic(kind: str) -> Topic:
    """Return the topic of everything of one kind."""
    return Topic(key=f"kind:{kind}", slug=kind, title=KIND_TOPICS[kind])


def edition_entry(edition: EditionDates, now: datetime) -> DateEntry | None:
    """Return the edition as one all-day bar, a theme period as an entry of its own; nothing while it has no dates."""
    if edition.starts_on is None or edition.ends_on is None:
        return None
    kind = "edition" if edition.has_programme else "theme_period"
    sure = edition.precision == Precision.DAY and not edition.tentative
    return DateEntry(
        entry_id=edition_entry_id(edition.id),
        changed_at=now,
        kind=kind,
        status=status_of(edition, "confirmed" if sure else "tentative"),
        start_on=edition.starts_on,
        end_on=edition.ends_on,
        title=titled(edition, edition.name),
        description=described(edition, edition.description),
        place=edition.place,
        link=edition.link,
        topics=(*edition.topics, kind_topic(kind)),
        audience=Audience(),
        organizer=edition.organizer,
        contact=edition.contact,
        bar=edition.has_programme,
    )


def lies_ahead(edition: EditionDates, day: date | None) -> bool:
    """Tell whether a day is touched by the edition's standing; what lay before it was postponed or cancelled is not."""
    return edition.standing_on is None or day is None or day >= edition.standing_on


def key_date_entry(edition: EditionDates, key_date: KeyDateFacts, now: datetime) -> DateEntry:
    """Return the entry of a key date; what lay before the edition was postponed or cancelled stays as it was.

    So does what was called off by itself.
    """
    day = key_date.on or (key_date.at_local.date() if key_date.at_local else None)
    touched = lies_ahead(edition, day) and key_date.status != "cancelled"
    status = status_of(edition, key_date.status) if touched else key_date.status
    title = Text(
        f"{edition.name.in_('zh')}：{key_date.title.in_('zh')}", f"{edition.name.in_('en')}: {key_date.title.in_('en')}"
    )
    start, end = key_date.at_local, key_date.until_local
    return DateEntry(
        entry_id=key_date_entry_id(key_date.id),
        changed_at=now,
        kind="key_date",
        status=status,
        start_on=key_date.on,
        end_on=(key_date.until_on or key_date.on),
        start_local=start,
        end_local=(end or start),
        zone=key_date.zone if start else None,
        title=titled(edition, title) if touched else title,
        description=described(edition, key_date.description) if touched else without_tags(key_date.description),
        link=edition.link,
        topics=(*edition.topics, kind_topic("key_date")),
        audience=Audience(),
        organizer=edition.organizer,
        contact=edition.contact,
    )


def next_turn(starts_on: date | None, ends_on: date | None, zone: str, now: datetime) -> datetime | None:
    """Return the next midnight in `zone` at which an edition begins, goes into another day, or is over."""
    if starts_on is None or ends_on is None:
        return None
    day = max(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), starts_on)
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) if day <= ends_on + timedelta(days=1) else None


def status_of(edition: EditionDates, own: DateStatus) -> DateStatus:
    """Return how a date stands whose own status is `own`, as the edition is postponed or cancelled."""
    if own == "cancelled" or edition.standing == Standing.CANCELLED:
        return "cancelled"
    return "tentative" if edition.standing == Standing.POSTPONED else own


def titled(edition: EditionDates, title: Text) -> Text:
    """Return a title that says that the edition is postponed, where it is."""
    if edition.standing != Standing.POSTPONED:
        return title
    return POSTPONED.format(title=title)


def described(edition: EditionDates, description: Text) -> Text:
    """Return a description in plain text, below the note on why the edition is postponed or cancelled."""
    if edition.standing == Standing.NORMAL or not edition.standing_note:
        return without_tags(description)
    note, rest = without_tags(edition.standing_note), without_tags(description)
    return Text(*("\n\n".join(filter(None, (note.in_(side), rest.in_(side)))) for side in ("zh", "en")))


def without_tags(text: Text) -> Text:
    """Return both sides of rich text as plain text."""
    return Text(plain(text.zh), plain(text.en))
