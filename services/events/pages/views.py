"""The ways to look at a programme, each a page: by day, room, track and person; found; now; one's own choice. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from services.events.pages.asked import MOST_STARS, Addresses, Asked
from services.events.pages.leaf import Frame, Leaf, counted, describing
from services.events.pages.lines import Line, Lines
from services.events.pages.linked_data import edition_data
from services.events.pages.programme import MOST_FOUND, Programme, Stretch, clashes, slots, stretches
from services.events.pages.rules import NoSuchPage
from services.events.pages.shown import Shown, spoken
from services.events.pages.strings import STRINGS
from shared.pages import wording
from shared.text import Language, Text

MOST_LINES = 450
"""Sessions on one page; a day that has more is divided, so that no page passes 60 KB."""

OTHER_VIEWS = {
    "now": "edition.now",
    "room": "edition.by_room",
    "track": "edition.by_track",
    "person": "edition.by_person",
}

MOST_NAMES = 600
"""People on one page; where there are more, each letter has a page of its own."""


@dataclass(frozen=True, slots=True)
class Day:
    """A tab: a day of the programme."""

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
    hue: int | None = None


@dataclass(frozen=True, slots=True)
class Views:
    """Every view of one edition's programme; `now` decides which day opens and what is on."""

    frame: Frame
    programme: Programme
    now: datetime

    def page(self, asked: Asked) -> Leaf:
        """Return the page that was asked for; raise `NoSuchPage`."""
        if asked.q:
            return self._found(asked)
        makers: dict[str, Callable[[Asked], Leaf]] = {
            "day": self._day,
            "room": self._rooms,
            "track": self._tracks,
            "person": self._people,
            "now": self._now,
            "mine": self._mine,
            "about": self._about,
        }
        if asked.view not in makers:
            raise NoSuchPage()
        if asked.view == "day" and not self.programme.sessions:
            return self._about(asked)
        return makers[asked.view](asked)

    @property
    def _addresses(self) -> Addresses:
        return self.frame.addresses

    @property
    def _lines(self) -> Lines:
        return Lines(self.frame.language, self.programme, self.frame.addresses)

    def today(self) -> date:
        """Return the day of the programme that it is where the edition is held."""
        local = self.now.astimezone(ZoneInfo(self.frame.edition.card.zone)).replace(tzinfo=None)
        return local.date()

    def _leaf(self, template: str, asked: Asked, title: Text | str = "", **context: object) -> Leaf:
        """Make a page that the whole navigation stands on."""
        elsewhere = [each for each in asked.star if each in self.programme.by_id]
        release = self.frame.edition.release
        news = counted(release) if release and release.number > 1 else Text()
        told: dict[str, Any] = {
            "asked": asked,
            "views": self._views(asked),
            "carried": elsewhere,
            "days": (),
            "news": news,
        }
        return self.frame.leaf(template, title=title, query=asked.query(), **(told | context))

    def _views(self, asked: Asked) -> list[tuple[str, str, bool]]:
        say, to, day = self._said, self._addresses, asked.day
        views = [(say("edition.by_time"), to.view("day", day), asked.view == "day" and not asked.q)]
        for view, key in OTHER_VIEWS.items():
            if view != "track" or self.programme.tracks:
                at = to.view(view, day if view == "room" else "")
                views.append((say(key), at, asked.view == view and not asked.q))
        if asked.star:
            views.append((f"{say('edition.mine')} {len(asked.star)}", to.view("mine"), asked.view == "mine"))
        return views

    def _said(self, key: str) -> str:
        return STRINGS[key].in_(self.frame.language)

    def _tabs(self, view: str, current: date) -> list[Day]:
        """Return the days as tabs; a talk is not counted beside its session."""
        to, tops = self._addresses, self.programme.tops
        return [
            Day(to.view(view, day.isoformat()), day, sum(each.id in tops for each in sessions), day == current)
            for day, sessions in self.programme.days.items()
        ]

    def _asked_day(self, asked: Asked) -> date:
        """Return the day that is asked for, or the one that opens; raise `NoSuchPage`."""
        if not asked.day:
            first = self.programme.first_day(self.today())
            if first is None:
                raise NoSuchPage()
            return first
        try:
            day = date.fromisoformat(asked.day)
        except ValueError as error:
            raise NoSuchPage() from error
        if day not in self.programme.days:
            raise NoSuchPage()
        return day

    def _part(self, day: date, asked: Asked) -> tuple[Stretch, list[tuple[str, str, bool]]]:
        """Return the part of a day that is asked for, and the way to the others where it has several."""
        parts = stretches(self.programme.top(self.programme.days[day]), MOST_LINES)
        if not 1 <= asked.part <= len(parts):
            raise NoSuchPage()
        links = [
            (
                wording.clock_range(self.frame.language, each.first, each.last),
                self._addresses.to(Asked(asked.view, day=day.isoformat(), part=each.number)),
                each.number == asked.part,
            )
            for each in parts
        ]
        return parts[asked.part - 1], links if len(parts) > 1 else []

    def _with_talks(self, sessions: Iterable[Shown]) -> list[Shown]:
        return [each for session in sessions for each in (session, *self.programme.talks.get(session.id, ()))]

    def _day(self, asked: Asked) -> Leaf:
        day = self._asked_day(asked)
        part, parts = self._part(day, asked)
        lines = {line.id: line for line in self._lines.of(self._with_talks(part.sessions))}
        leaf = self._leaf(
            "day.html",
            Asked("day", day=day.isoformat(), part=asked.part, star=asked.star),
            self._day_title(day) if asked.day else "",
            days=self._tabs("day", day),
            parts=parts,
            slots=[(start, [lines[each.id] for each in together]) for start, together in slots(part.sessions)],
        )
        return leaf if asked.day else describing(leaf, linked_data=edition_data(self.frame))

    @staticmethod
    def _day_title(day: date) -> Text:
        return spoken(lambda language: wording.short_day(language, day))

    def _rooms(self, asked: Asked) -> Leaf:
        rooms = self.programme.rooms
        title = STRINGS["edition.by_room"]
        if asked.room:
            if asked.room not in rooms:
                raise NoSuchPage()
            return self._one(
                asked, rooms[asked.room].room, self.programme.in_room(asked.room), title, place=rooms[asked.room]
            )
        day = self._asked_day(asked)
        part, parts = self._part(day, asked)
        listed = self._with_talks(part.sessions)
        groups = []
        for room_id, place in rooms.items():
            held = [each for each in listed if each.content.place and each.content.place.room_id == room_id]
            if held:
                href = self._addresses.of_room(room_id)
                groups.append(
                    Group(place.room, self._lines.of(held), href, " ".join(filter(None, (place.building, place.floor))))
                )
        return self._leaf(
            "groups.html",
            Asked("room", day=day.isoformat(), part=asked.part, star=asked.star),
            title,
            days=self._tabs("room", day),
            parts=parts,
            groups=groups,
            indexed_by=self._said("edition.rooms"),
        )

    def _tracks(self, asked: Asked) -> Leaf:
        title = STRINGS["edition.by_track"]
        if asked.track:
            if asked.track not in self.programme.tracks:
                raise NoSuchPage()
            track, sessions = self.programme.tracks[asked.track]
            return self._one(asked, track.name, sessions, title, hue=self.programme.hues[asked.track])
        tracks = [
            (
                track.name,
                self._addresses.of_track(slug),
                len(self.programme.top(sessions)),
                self.programme.hues[slug],
                spoken(lambda language, s=sessions: self._span(language, s)),  # type: ignore[misc]
            )
            for slug, (track, sessions) in self.programme.tracks.items()
        ]
        return self._leaf("tracks.html", asked, title, tracks=tracks)

    def _span(self, language: Language, sessions: Sequence[Shown]) -> str:
        days = list(dict.fromkeys(self.programme.day_of(each) for each in sessions))
        return wording.listed(language, [wording.short_day(language, day) for day in days])

    def _people(self, asked: Asked) -> Leaf:
        title = STRINGS["edition.by_person"]
        if asked.person:
            if asked.person not in self.programme.speakers:
                raise NoSuchPage()
            speaker = self.programme.speakers[asked.person]
            person = speaker.person
            return self._one(asked, person.name, speaker.sessions, title, person=person)
        index = self.programme.index(self.frame.language)
        split = len(self.programme.speakers) > MOST_NAMES
        letter = asked.letter or (next(iter(index), "") if split else "")
        if letter and letter not in index:
            raise NoSuchPage()
        letters = [
            (each, self._addresses.to(Asked("person", letter=each)) if split else f"#letter-{number}", each == letter)
            for number, each in enumerate(index, 1)
        ]
        shown = {letter: index[letter]} if letter else index
        people = [
            (each, [(s.person, self._addresses.of_person(s.person.id)) for s in speakers])
            for each, speakers in shown.items()
        ]
        return self._leaf(
            "people.html", asked, title, letters=letters, people=people, count=len(self.programme.speakers)
        )

    def _one(self, asked: Asked, name: Text, sessions: Sequence[Shown], kind: Text, **context: object) -> Leaf:
        """Make the page of one room, track or person: its sessions under their days."""
        return self._leaf(
            "one.html",
            asked,
            name,
            name=name,
            kind=kind,
            back=self._addresses.view(asked.view),
            groups=self._by_day(sessions),
            count=len(self.programme.top(sessions)),
            **({"place": None, "person": None, "hue": None} | context),
        )

    def _by_day(self, sessions: Sequence[Shown], overlapping: bool = False) -> list[Group]:
        of_days: dict[date, list[Shown]] = {}
        for session in sessions:
            of_days.setdefault(self.programme.day_of(session), []).append(session)
        found = clashes(sessions) if overlapping else {}
        return [
            Group(
                spoken(lambda language, d=day: wording.short_day(language, d)),  # type: ignore[misc]
                self._lines.of(of_day, found),
                self._addresses.view("day", day.isoformat()),
            )
            for day, of_day in of_days.items()
        ]

    def _found(self, asked: Asked) -> Leaf:
        found = self.programme.search(asked.q)
        return self._leaf(
            "found.html",
            asked,
            asked.q,
            groups=self._by_day(found[:MOST_FOUND]),
            count=len(found),
            most=MOST_FOUND,
        )

    def _now(self, asked: Asked) -> Leaf:
        at = self.programme.at(self.now)
        local = self.now.astimezone(ZoneInfo(self.frame.edition.card.zone)).replace(tzinfo=None)
        first = next(iter(self.programme.sessions), None)
        ends = [s.content.ends_at() for s in self.programme.sessions]
        return self._leaf(
            "now.html",
            asked,
            STRINGS["edition.now"],
            local=local,
            running=self._lines.of(at.running),
            following=[(start, self._lines.of(together)) for start, together in slots(at.following)],
            begins=first.start if first and (s := first.content.starts_at()) and s > self.now else None,
            over=bool(ends) and all(end is not None and end <= self.now for end in ends),
        )

    def _mine(self, asked: Asked) -> Leaf:
        chosen = self.programme.chosen(asked.star[:MOST_STARS])
        found = clashes(chosen)
        query = urlencode({"session": ",".join(each.id for each in chosen)}, safe=",")
        return self._leaf(
            "mine.html",
            asked,
            STRINGS["stars.title"],
            groups=self._by_day(chosen, overlapping=True),
            count=len(chosen),
            clashing=len(found),
            carried=(),
            calendar=f"{self.frame.feed()}?{query}" if chosen else "",
        )

    def _about(self, asked: Asked) -> Leaf:
        bare = not self.programme.sessions
        leaf = self._leaf(
            "about.html",
            asked,
            "" if bare else STRINGS["edition.about"],
            bare=bare,
        )
        return describing(leaf, linked_data=edition_data(self.frame))
