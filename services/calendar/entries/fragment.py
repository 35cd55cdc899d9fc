"""The iCalendar bytes of one entry in one language, made once when the entry changes and stored with it.

The same entry gives the same bytes for ever: nothing here knows the present time. Joining fragments is `feeds/feed.py`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Event

from services.calendar.entries.lines import Encoded, Property, lines, one_line, text, texts, write
from services.calendar.entries.words import FEED_LANGUAGES, FeedLanguage, categories, description, phrase, title
from shared.messages.dates import DateEntry
from shared.text import Text

_EMAIL = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


@dataclass(frozen=True, slots=True)
class Fragment:
    """An entry's bytes, with what a feed needs to know to choose, order and join them.

    `starts_at` is in UTC (a day-long entry: midnight UTC); `last_on` is its last day where it happens; `zone` is None
    where the bytes name no zone; the years are those the zone is needed for.
    """

    entry_id: str
    content: bytes
    starts_at: datetime
    last_on: date
    changed_at: datetime
    zone: str | None
    first_year: int
    last_year: int
    all_day: bool
    cancelled: bool


def fragment_of(entry: DateEntry, language: FeedLanguage, *, base_url: str) -> Fragment:
    """Render `entry` in one language."""
    return fragments_of(entry, [language], base_url=base_url)[language]


def fragments_of(
    entry: DateEntry, languages: Iterable[FeedLanguage] = FEED_LANGUAGES, *, base_url: str
) -> dict[FeedLanguage, Fragment]:
    """Render `entry` in some languages and say what a feed needs to know about it.

    The bytes are a VEVENT: CRLF, lines of at most 75 octets that split no character.
    """
    first, last = entry.days()
    zone = entry.zone if entry.zone and any(_names_zone(local, entry.zone) for local in entry.locals()) else None
    alike = lines(_facts(entry))
    return {
        language: Fragment(
            entry_id=entry.entry_id,
            content=write(Event, alike | lines(_words(entry, language, base_url))),
            starts_at=entry.times()[0],
            last_on=last,
            changed_at=entry.changed_at,
            zone=zone,
            first_year=first.year,
            last_year=last.year,
            all_day=entry.all_day,
            cancelled=entry.status == "cancelled",
        )
        for language in languages
    }


def _facts(entry: DateEntry) -> list[Property]:
    """Return what is the same in every language.

    The UID is the entry's id alone (RFC 7986 §5.3), so that it outlives any change of host.
    """
    changed_at = _instant(entry.changed_at)
    return [
        ("UID", Encoded(entry.entry_id)),
        ("SEQUENCE", Encoded(str(entry.sequence))),
        ("DTSTAMP", changed_at),
        ("LAST-MODIFIED", changed_at),
        ("CREATED", _instant(entry.created_at) if entry.created_at else None),
        *_span(entry),
        ("GEO", Encoded("{:.6f};{:.6f}".format(*entry.geo)) if entry.geo else None),
        ("STATUS", Encoded(entry.status.upper())),
        ("TRANSP", Encoded("TRANSPARENT" if entry.all_day or entry.status != "confirmed" else "OPAQUE")),
        ("CLASS", Encoded("PRIVATE") if entry.audience.kind != "public" else None),
    ]


def _words(entry: DateEntry, language: FeedLanguage, base_url: str) -> list[Property]:
    """Return what each language says in its own way."""
    url = link(entry, language, base_url=base_url)
    sorts = categories(entry, language)
    place = phrase(entry.place, language)
    words = description(entry, language, url)
    return [
        ("SUMMARY", text(title(entry, language))),
        ("DESCRIPTION", text(words) if words else None),
        ("LOCATION", text(place) if place else None),
        ("URL", Encoded(url) if url else None),
        ("CATEGORIES", texts(sorts) if sorts else None),
        *_people(entry, language),
    ]


def link(entry: DateEntry, language: FeedLanguage, *, base_url: str) -> str:
    """Return the address of the entry's page, in the feed's language where it has one; empty if there is no page."""
    if not entry.link:
        return ""
    prefix = "" if language == "both" else f"/{language}"
    return base_url.rstrip("/") + prefix + quote(entry.link, safe="/:?#[]@!$&'()*+,;=%-._~")


def _span(entry: DateEntry) -> list[Property]:
    if entry.all_day:
        first, last = entry.days()
        after = last + timedelta(days=1)
        return [("DTSTART", Encoded(_basic(first), VALUE="DATE")), ("DTEND", Encoded(_basic(after), VALUE="DATE"))]
    (start, end), (starts_at, ends_at) = entry.locals(), entry.times()
    # An end is later than its start, or is not given (RFC 5545 §3.8.2.2).
    ending = _moment(end, ends_at, entry.zone or "UTC") if ends_at > starts_at else None
    return [("DTSTART", _moment(start, starts_at, entry.zone or "UTC")), ("DTEND", ending)]


def _moment(local: datetime, at: datetime, zone: str) -> Encoded:
    if not _names_zone(local, zone):
        return _instant(at)
    return Encoded(_basic(local.replace(microsecond=0)), TZID=zone)


def _names_zone(local: datetime, zone: str) -> bool:
    """Tell whether the wall time means the same to every client; one shown twice or never does not, and goes as UTC.

    RFC 5545 §3.3.5 takes the first of two, ical.js, node-ical and khal the second.
    """
    offsets = {local.replace(tzinfo=ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1)}
    return zone != "UTC" and len(offsets) == 1


def _instant(moment: datetime) -> Encoded:
    return Encoded(_basic(moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)) + "Z")


def _basic(moment: date) -> str:
    return moment.isoformat().replace("-", "").replace(":", "")


def _people(entry: DateEntry, language: FeedLanguage) -> list[Property]:
    organizer = phrase(entry.organizer or Text(), language)
    contact = one_line(entry.contact or "").strip()
    reached = ", ".join(words for words in (organizer, contact) if words)
    mail = _EMAIL.search(contact)
    by = Encoded(f"mailto:{mail[0]}", CN=organizer) if mail and organizer else None
    return [("CONTACT", text(reached) if reached else None), ("ORGANIZER", by)]
