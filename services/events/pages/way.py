"""What all ways through a programme have in common: the day it is, the tabs, the views, the lines, the page around them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.events.pages.asked import Addresses, Asked
from services.events.pages.cuts import Stretch, clashes, stretches
from services.events.pages.leaf import Frame, counted
from services.events.pages.lines import Line, Lines
from services.events.pages.programme import Programme
from services.events.pages.shown import Shown
from services.events.pages.strings import STRINGS
from shared.pages import wording
from shared.pages.leaf import Leaf
from shared.pages.rules import NoSuchPage
from shared.pages.wording import spoken
from shared.text import Text

MOST_LINES = 450
"""Sessions on one page; a day that has more is divided, so that no page passes 60 KB."""

OTHER_VIEWS = {
    "now": "edition.now",
    "room": "edition.by_room",
    "track": "edition.by_track",
    "person": "edition.by_person",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A day of the programme as a tab; `count` leaves talks out."""

    href: str
    day: date
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading, with the address of a page of their own where there is one."""

    title: Text | str
    lines: Sequence[Line]
    href: str = ""
    note: Text | str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One edition's programme as it is walked through; `now` decides which day opens and what is on."""

    frame: Frame
    programme: Programme
    now: datetime

    @property
    def to(self) -> Addresses:
        """Return the addresses of the edition's pages."""
        return self.frame.addresses

    def said(self, key: str) -> str:
        """Return words in the language of the page."""
        return STRINGS[key].in_(self.frame.language)

    def local(self) -> datetime:
        """Return the wall time where the edition is held."""
        return self.now.astimezone(ZoneInfo(self.frame.edition.card.zone)).replace(tzinfo=None)

    def leaf(
        self, template: str, asked: Asked, title: Text | str = "", boxes: Iterable[Shown] = (), **context: Any
    ) -> Leaf:
        """Make a page that the whole navigation stands on; `boxes` are the sessions that can be chosen on it."""
        here = {session.id for session in boxes}
        release = self.frame.edition.release
        told: dict[str, Any] = {
            "asked": asked,
            "views": self._views(asked),
            "carried": [each for each in asked.star if each in self.programme.by_id and each not in here],
            "days": (),
            "news": counted(release) if release and release.number > 1 else Text(),
        }
        return self.frame.leaf(template, title=title, query=asked.query(), **(told | context))

    def _views(self, asked: Asked) -> list[tuple[str, str, bool]]:
        day = asked.day
        views = [(self.said("edition.by_time"), self.to.view("day", day), asked.view == "day" and not asked.q)]
        for view, key in OTHER_VIEWS.items():
            if view != "track" or self.programme.tracks:
                at = self.to.view(view, day if view == "room" else "")
                views.append((self.said(key), at, asked.view == view and not asked.q))
        if asked.star:
            mine = f"{self.said('edition.mine')} {len(asked.star)}"
            views.append((mine, self.to.view("mine"), asked.view == "mine"))
        return views

    def tabs(self, view: str, current: date) -> list[Tab]:
        """Return the days as tabs of one view."""
        tops = self.programme.tops
        return [
            Tab(self.to.view(view, day.isoformat()), day, sum(each.id in tops for each in sessions), day == current)
            for day, sessions in self.programme.days.items()
        ]

    def asked_day(self, asked: Asked) -> date:
        """Return the day that is asked for, or the one that opens; raise `NoSuchPage`."""
        try:
            day = date.fromisoformat(asked.day) if asked.day else self.programme.first_day(self.local().date())
        except ValueError as error:
            raise NoSuchPage() from error
        if day is None or day not in self.programme.days:
            raise NoSuchPage()
        return day

    def part(self, day: date, asked: Asked) -> tuple[Stretch, list[tuple[str, str, bool]]]:
        """Return the part of a day that is asked for, and the ways to all where it has several; raise `NoSuchPage`."""
        parts = stretches(self.programme.top(self.programme.days[day]), MOST_LINES)
        if not 1 <= asked.part <= len(parts):
            raise NoSuchPage()
        links = [
            (
                wording.clock_range(self.frame.language, each.first, each.last),
                self.to.to(Asked(asked.view, day=day.isoformat(), part=each.number)),
                each.number == asked.part,
            )
            for each in parts
        ]
        return parts[asked.part - 1], links if len(parts) > 1 else []

    def with_talks(self, sessions: Iterable[Shown]) -> list[Shown]:
        """Return the sessions, each followed by its talks."""
        return [each for session in sessions for each in (session, *self.programme.talks.get(session.id, ()))]

    def lines(self, sessions: Collection[Shown]) -> list[Line]:
        """Return the lines of sessions."""
        return Lines(self.frame.language, self.programme, self.to).of(sessions)

    def by_day(self, sessions: Sequence[Shown], *, overlapping: bool = False) -> list[Group]:
        """Return the lines of sessions under their days; `overlapping` also says which of them clash."""
        of_days: dict[date, list[Shown]] = {}
        for session in sessions:
            of_days.setdefault(self.programme.day_of(session), []).append(session)
        found = clashes(sessions) if overlapping else {}
        lines = Lines(self.frame.language, self.programme, self.to)
        return [
            Group(short_day(day), lines.of(of_day, found), self.to.view("day", day.isoformat()))
            for day, of_day in of_days.items()
        ]


def short_day(day: date) -> Text:
    """Return a day in words."""
    return spoken(lambda language: wording.short_day(language, day))
