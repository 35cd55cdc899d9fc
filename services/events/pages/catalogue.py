"""The pages of everything that is held, and of one series. Pure: cards in, a page out; the day it is decides what is past."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from services.events.pages.names import NAMES, name_of
from services.events.pages.shown import EditionCard, SeriesShown
from services.events.pages.strings import STRINGS
from shared.pages.leaf import Leaf
from shared.pages.render import PublicPage, localised
from shared.text import Language, Text

RECENT = 12
"""Past editions on the page of all events while no year is chosen."""


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A series as the list shows it."""

    title: Text
    path: str
    kind: str
    editions: int = 0


@dataclass(frozen=True, slots=True)
class EventsAsked:
    """Which events: of one kind, of one year; empty for all."""

    kind: str = ""
    year: str = ""

    def query(self) -> str:
        """Return the question without the question mark."""
        return urlencode([(name, value) for name in self.__slots__ if (value := getattr(self, name))])


@dataclass(frozen=True, slots=True)
class Item:
    """An edition in a list: the card, where it leads, and what a reader must know first."""

    card: EditionCard
    href: str
    status: str

    @property
    def month(self) -> date | None:
        """Return the first day of the month it begins in."""
        return self.card.days.first.replace(day=1) if self.card.days.first else None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Editions by how they stand to the day it is."""

    running: list[Item]
    upcoming: list[Item]
    undated: list[Item]
    past: list[Item]

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing at all."""
        return not (self.running or self.upcoming or self.undated or self.past)

    def months(self) -> list[tuple[date, list[Item]]]:
        """Return what is coming by month."""
        months: dict[date, list[Item]] = {}
        for item in self.upcoming:
            if item.month:
                months.setdefault(item.month, []).append(item)
        return list(months.items())


def shelve(language: Language, cards: Sequence[EditionCard], now: datetime) -> Shelf:
    """Sort editions into those on now, coming (the next first), without dates, and past (the latest first)."""
    shelf = Shelf([], [], [], [])
    for card in sorted(cards, key=_by_date):
        today = now.astimezone(ZoneInfo(card.zone)).date()
        item = Item(card, localised(language, card.path), card.status(today))
        if card.is_over(today):
            shelf.past.insert(0, item)
        elif card.days.first is None:
            shelf.undated.append(item)
        else:
            (shelf.running if card.is_on(today) else shelf.upcoming).append(item)
    return shelf


def _by_date(card: EditionCard) -> tuple[date, date, str]:
    return card.days.first or date.max, card.days.last or date.max, card.path


def events_page(
    language: Language, cards: Sequence[EditionCard], series: Sequence[SeriesCard], asked: EventsAsked, now: datetime
) -> Leaf:
    """Return the page of all events, or of those of one kind and year."""
    years = sorted({card.days.first.year for card in cards if card.days.first}, reverse=True)
    kinds = sorted({*(card.kind for card in cards), *(each.kind for each in series)}, key=_place_of_kind)
    shelf = shelve(language, [card for card in cards if _matches(card, asked)], now)
    most = len(shelf.past) if asked.year else RECENT
    of_kind = [each for each in series if asked.kind in ("", each.kind)]
    page = PublicPage(
        language,
        "/events",
        STRINGS["events.title"],
        STRINGS["events.lead"],
        query=asked.query(),
        section="events",
        feeds=((STRINGS["events.title"].in_(language), "/calendars/events.ics"),),
    )
    return Leaf(
        "events.html",
        page,
        {
            "asked": asked,
            "kinds": [(kind, name_of("kind", kind)) for kind in kinds],
            "years": [str(year) for year in years],
            "shelf": replace(shelf, past=shelf.past[:most]),
            "more": len(shelf.past) - most if len(shelf.past) > most else 0,
            "series": _by_kind(of_kind, kinds),
        },
    )


def _matches(card: EditionCard, asked: EventsAsked) -> bool:
    days = (card.days.first, card.days.last)
    return asked.kind in ("", card.kind) and (
        not asked.year or any(day and str(day.year) == asked.year for day in days)
    )


def _by_kind(series: Sequence[SeriesCard], kinds: Sequence[str]) -> list[tuple[Text | str, list[SeriesCard]]]:
    groups = [(name_of("kind", kind), [each for each in series if each.kind == kind]) for kind in kinds]
    return [(title, group) for title, group in groups if group]


def _place_of_kind(kind: str) -> tuple[int, str]:
    known = list(NAMES["kind"])
    return (known.index(kind) if kind in known else len(known)), kind


def series_page(language: Language, series: SeriesShown, now: datetime) -> Leaf:
    """Return the page of one series."""
    shelf = shelve(language, series.editions, now)
    feed = f"/calendars/series/{series.slug}.ics"
    page = PublicPage(
        language,
        series.path,
        series.title,
        series.description or name_of("kind", series.kind),
        section="events",
        feeds=((STRINGS["edition.feed"].format(title=series.title).in_(language), feed),),
    )
    return Leaf("series.html", page, {"series": series, "shelf": shelf, "feed": feed, "known": _facts(series)})


def _facts(series: SeriesShown) -> list[tuple[Text, Text]]:
    facts: list[tuple[str, Text]] = [("series.kind", name_of("kind", series.kind))]
    if series.cadence:
        facts.append(("series.cadence", name_of("cadence", series.cadence)))
    if series.owner:
        facts.append(("series.owner", series.owner))
    return [(STRINGS[key], words) for key, words in facts]
