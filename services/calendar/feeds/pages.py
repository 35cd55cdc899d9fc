"""Pages of public feeds: which there are, what one will contain before subscribing, and its agenda by month."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from services.calendar.entries.keys import ALL, PAGES_TAG
from services.calendar.entries.models import Entry
from services.calendar.entries.queries import PUBLIC, Followed, count_by_kind, followed, list_dates
from services.calendar.entries.rules import day_of
from services.calendar.entries.words import KINDS
from services.calendar.feeds.queries import EVERYTHING, Feed, find_feed, list_service_feeds, shown_in
from services.calendar.feeds.schemas import AgendaQuery, FeedQuery
from services.calendar.pages.site import CHOSEN_BY_BROWSER, PAGE, PagesDep, html
from services.calendar.pages.strings import STRINGS
from services.calendar.pages.ways import REMINDERS, InWeChat, ways_to
from shared.pages.render import PublicPage, localised
from shared.pages.wording import month as month_in_words
from shared.text import Language, Text
from shared.web import Now, reads

router = APIRouter(prefix="/{language}/calendars")

NEXT = 5
"""Coming dates shown before subscribing."""

MOST = 600
"""Dates on one page of the agenda."""


@dataclass(frozen=True, slots=True)
class Holds:
    """What is coming in a feed: how much of each kind, and the next few dates."""

    counts: dict[str, int]
    next: list[Entry]

    @property
    def coming(self) -> int:
        """Count all that is coming."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Group:
    """Feeds of one sort in the list of all."""

    name: str
    title: Text
    why: Text
    folder: str
    feeds: list[Followed]


@router.get("")
@reads
def list_feeds(tx: Session, now: Now, pages: PagesDep, wechat: InWeChat, language: Language) -> Response:
    """List the public feeds with what is coming in each."""
    today = day_of(now)
    groups = [
        Group("service", STRINGS["feeds.service"], Text(), "", list_service_feeds(tx, today)),
        Group("series", STRINGS["feeds.series"], STRINGS["feeds.series_why"], "series/", followed(tx, "series", today, quiet=True)),
        Group("editions", STRINGS["feeds.editions"], STRINGS["feeds.editions_why"], "editions/", followed(tx, "edition", today)),
        Group("programmes", STRINGS["feeds.programmes"], STRINGS["feeds.programmes_why"], "programmes/", followed(tx, "programme", today)),
        Group("organisations", STRINGS["feeds.organisations"], Text(), "organisations/", followed(tx, "organisation", today)),
    ]  # fmt: skip
    feed = find_feed(tx, ALL)
    page = PublicPage(
        language,
        "/calendars",
        STRINGS["feeds.title"],
        STRINGS["feeds.lead"],
        section="calendars",
        feeds=((EVERYTHING.in_(language), "/calendars/all.ics"),),
    )
    return html(
        pages,
        "feeds.html",
        page,
        cache=CHOSEN_BY_BROWSER,
        feed=feed,
        ways=ways_to(feed.url(pages.site.address), feed.name.in_(language)),
        wechat=wechat,
        holds=_held(tx, feed, FeedQuery(), today),
        groups=[group for group in groups if group.feeds],
        kinds=KINDS,
    )


@router.get("/agenda")
@reads
def show_agenda(
    tx: Session, now: Now, pages: PagesDep, language: Language, query: Annotated[AgendaQuery, Query()]
) -> Response:
    """Show the dates of a month, for looking at and for printing."""
    feed = find_feed(tx, query.feed) if query.feed else None
    today = day_of(now)
    first = date.fromisoformat(f"{query.month}-01") if query.month else today.replace(day=1)
    last = _shifted(first, 1) - timedelta(days=1)
    shown = shown_in(tx, feed, FeedQuery()) if feed else and_(PUBLIC, Entry.kind != "session")
    within = and_(shown, Entry.first_on <= last, Entry.last_on >= first)
    entries = list_dates(tx, within, limit=MOST)
    total = tx.scalar(select(func.count()).select_from(Entry).where(within)) or 0
    months = Text(month_in_words("zh", first), month_in_words("en", first))
    title = (
        STRINGS["agenda.of"].format(feed=feed.name, month=months)
        if feed
        else STRINGS["agenda.title"].format(month=months)
    )
    trail = [(STRINGS["feeds.title"], localised(language, "/calendars"))]
    if feed:
        trail.append((feed.name, localised(language, f"/calendars/{feed.path}")))
    return html(
        pages,
        "agenda.html",
        PublicPage(language, "/calendars/agenda", title, query=_asking(first, query.feed), section="calendars"),
        cache=PAGE,
        tags=PAGES_TAG,
        days=_by_day(entries, first),
        trail=trail,
        total=total,
        shown=len(entries),
        month=first,
        around=[_Month(each, _asking(each, query.feed)) for each in (_shifted(first, by) for by in range(-2, 5))],
        this_month=None if first == today.replace(day=1) else _Month(today, _asking(None, query.feed)),
        kinds=KINDS,
    )


@router.get("/{name}")
@reads
def show_feed(
    tx: Session,
    now: Now,
    pages: PagesDep,
    wechat: InWeChat,
    language: Language,
    name: str,
    query: Annotated[FeedQuery, Query()],
) -> Response:
    """Show what the feed of everything, or of one service, will contain."""
    return _show(tx, now, pages, find_feed(tx, name), query, language, wechat=wechat)


@router.get("/{folder}/{slug}")
@reads
def show_followed_feed(
    tx: Session,
    now: Now,
    pages: PagesDep,
    wechat: InWeChat,
    language: Language,
    folder: str,
    slug: str,
    query: Annotated[FeedQuery, Query()],
) -> Response:
    """Show what the feed of a series, an edition or an organisation will contain."""
    return _show(tx, now, pages, find_feed(tx, f"{folder}/{slug}"), query, language, wechat=wechat)


def _show(
    tx: Session, now: Now, pages: PagesDep, feed: Feed, query: FeedQuery, language: Language, *, wechat: bool
) -> Response:
    asked = query.written()
    url = feed.url(pages.site.address, asked)
    page = PublicPage(
        language,
        f"/calendars/{feed.path}",
        feed.name if feed.path == ALL else STRINGS["feed.title"].format(name=feed.name),
        STRINGS["feeds.lead"],
        query=asked.removeprefix("?"),
        section="calendars",
        feeds=((feed.name.in_(language), f"/calendars/{feed.path}.ics"),),
    )
    return html(
        pages,
        "feed.html",
        page,
        cache=CHOSEN_BY_BROWSER,
        feed=feed,
        ways=ways_to(url, feed.name.in_(language)),
        wechat=wechat,
        query=query,
        reminders=REMINDERS,
        holds=_held(tx, feed, query, day_of(now)),
        kinds=KINDS,
    )


def _held(tx: Session, feed: Feed, query: FeedQuery, today: date) -> Holds:
    coming = and_(shown_in(tx, feed, query), Entry.last_on >= today, Entry.status != "cancelled")
    return Holds(count_by_kind(tx, coming), list_dates(tx, coming, limit=NEXT))


@dataclass(frozen=True, slots=True)
class _Month:
    month: date
    query: str


def _asking(month: date | None, feed: str) -> str:
    asked = {"month": f"{month:%Y-%m}" if month else "", "feed": feed}
    return urlencode({name: value for name, value in asked.items() if value}, safe="/")


def _shifted(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return first.replace(year=first.year + years, month=month + 1)


def _by_day(entries: list[Entry], first: date) -> list[tuple[date | None, list[Entry]]]:
    """Group entries by the day of the month they begin or go on from; those known to the month come last."""
    days = [(max(entry.first_on, first), entry) for entry in entries if not entry.known_to_month()]
    days.sort(key=lambda pair: pair[0])
    found: list[tuple[date | None, list[Entry]]] = [
        (day, [entry for _, entry in pairs]) for day, pairs in groupby(days, lambda pair: pair[0])
    ]
    undated = [entry for entry in entries if entry.known_to_month()]
    return [*found, (None, undated)] if undated else found
