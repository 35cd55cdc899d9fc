"""The home page: coming dates of every service."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from fastapi import APIRouter, Response
from sqlalchemy import and_, not_
from sqlalchemy.orm import Session

from services.calendar.entries.keys import PAGES_TAG
from services.calendar.entries.models import Entry
from services.calendar.entries.queries import PUBLIC, list_dates, on_day, running_on
from services.calendar.entries.rules import day_of
from services.calendar.entries.words import KINDS
from services.calendar.pages.site import PAGE, PagesDep, html
from services.calendar.pages.strings import STRINGS
from shared.pages.render import PublicPage
from shared.text import Language
from shared.web import Now, reads

router = APIRouter()

CARDS = 6
DATES = 24
TODAY = 12

_LISTED = Entry.kind.not_in(("session", "edition"))


@router.get("/{language}")
@reads
def show_home(tx: Session, now: Now, pages: PagesDep, language: Language) -> Response:
    """Show what is on today, the next editions, and the coming dates of every service."""
    today = day_of(now)
    ahead = and_(PUBLIC, Entry.first_on > today, Entry.status != "cancelled")
    editions = list_dates(tx, ahead, Entry.kind == "edition", limit=CARDS)
    shown = Entry.entry_id.in_([entry.entry_id for entry in editions])
    coming = list_dates(tx, ahead, Entry.kind != "session", not_(shown), limit=DATES)
    page = PublicPage(
        language,
        "/",
        STRINGS["home.title"],
        STRINGS["home.lead"],
        feeds=((STRINGS["feeds.everything"].in_(language), "/calendars/all.ics"),),
    )
    return html(
        pages,
        "home.html",
        page,
        cache=PAGE,
        tags=PAGES_TAG,
        day=today,
        running=running_on(tx, today),
        today=list_dates(tx, PUBLIC, on_day(today), _LISTED, limit=TODAY),
        editions=editions,
        months=by_month(coming),
        kinds=KINDS,
    )


def by_month(entries: Sequence[Entry]) -> list[tuple[date, list[Entry]]]:
    """Return entries, which are in order, by the first day of the month they begin in."""
    return [(first, list(group)) for first, group in groupby(entries, lambda entry: entry.first_on.replace(day=1))]
