"""A programme as readers walk through it: by day and time, room, track and person; searched; now and next; one's own.

Pure: sessions in, sessions out, in the order of time. What a line of a list says is in `lines.py`.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

from services.events.pages.colours import hue_of
from services.events.pages.letters import letter_of, order_of
from services.events.pages.shown import EditionShown, Shown
from services.events.releases.content import Place, PrintedPerson, PrintedTrack
from shared.text import Language, plain

MOST_FOUND = 200
"""Sessions that a search shows; more are counted only."""

SOON = timedelta(minutes=90)
"""How far ahead of now *next* looks."""

Natural = tuple[tuple[int, int | str], ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who appears in a programme, with the sessions they have a part in."""

    person: PrintedPerson
    sessions: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What goes on at an instant, and what begins soon after."""

    running: tuple[Shown, ...]
    following: tuple[Shown, ...]


class Programme:
    """The sessions of one edition that have a time. A session that starts before `day_change` belongs to the day before."""

    def __init__(self, sessions: Iterable[Shown], day_change: time | None = None) -> None:
        placed = (session for session in sessions if session.content.start_local)
        self.sessions: tuple[Shown, ...] = tuple(sorted(placed, key=_in_time))
        self._change = timedelta(hours=day_change.hour, minutes=day_change.minute) if day_change else timedelta()

    @cached_property
    def by_id(self) -> Mapping[str, Shown]:
        """Every session by its id."""
        return {session.id: session for session in self.sessions}

    @cached_property
    def days(self) -> Mapping[date, Sequence[Shown]]:
        """The sessions of each day, talks included."""
        days: dict[date, list[Shown]] = {}
        for session in self.sessions:
            days.setdefault(self.day_of(session), []).append(session)
        return days

    def day_of(self, session: Shown) -> date:
        """Return the day of the programme that a session belongs to."""
        return (session.start - self._change).date()

    def first_day(self, today: date) -> date | None:
        """Return the day to open: today's where there is something on it, else the first."""
        return today if today in self.days else next(iter(self.days), None)

    @cached_property
    def talks(self) -> Mapping[str, Sequence[Shown]]:
        """The talks of each session that has any on its own day."""
        talks: dict[str, list[Shown]] = {}
        for session in self.sessions:
            parent = self.by_id.get(session.content.parent_id or "")
            if parent and self.day_of(parent) == self.day_of(session):
                talks.setdefault(parent.id, []).append(session)
        return talks

    @cached_property
    def tops(self) -> frozenset[str]:
        """The ids of sessions that stand by themselves, not as a talk of another."""
        under = {talk.id for talks in self.talks.values() for talk in talks}
        return frozenset(self.by_id.keys() - under)

    def top(self, sessions: Iterable[Shown]) -> list[Shown]:
        """Leave out the talks whose session is among `sessions` too."""
        listed = list(sessions)
        ids = {session.id for session in listed}
        return [each for each in listed if each.id in self.tops or each.content.parent_id not in ids]

    @cached_property
    def tracks(self) -> Mapping[str, tuple[PrintedTrack, Sequence[Shown]]]:
        """Each track and its sessions, by slug, in the order of first appearance."""
        found: dict[str, tuple[PrintedTrack, list[Shown]]] = {}
        for session in self.sessions:
            if track := session.content.track:
                found.setdefault(track.slug, (track, []))[1].append(session)
        return found

    @cached_property
    def hues(self) -> Mapping[str, int]:
        """The number of each track's colour, by the track's slug: as the track says, else in turn."""
        return {slug: hue_of(track.colour) or n % 7 + 1 for n, (slug, (track, _)) in enumerate(self.tracks.items())}

    def hue(self, session: Shown) -> int:
        """Return the number of the colour of a session: 0 without a track."""
        track = session.content.track
        return self.hues[track.slug] if track else 0

    @cached_property
    def rooms(self) -> Mapping[str, Place]:
        """Every room by its id, by venue, building, floor and name."""
        places = {s.content.place.room_id: s.content.place for s in self.sessions if s.content.place}
        return dict(sorted(places.items(), key=lambda item: _in_space(item[1])))

    def in_room(self, room_id: str, day: date | None = None) -> list[Shown]:
        """Return the sessions of a room, of one day or of all."""
        of_day = self.sessions if day is None else self.days.get(day, ())
        return [each for each in of_day if each.content.place and each.content.place.room_id == room_id]

    @cached_property
    def speakers(self) -> Mapping[str, Speaker]:
        """Everybody who appears, by id, named as in their first session."""
        people: dict[str, PrintedPerson] = {}
        parts: dict[str, list[Shown]] = {}
        for session in self.sessions:
            for person in session.content.people:
                people.setdefault(person.id, person)
                sessions = parts.setdefault(person.id, [])
                if session not in sessions[-1:]:
                    sessions.append(session)
        return {key: Speaker(person, tuple(parts[key])) for key, person in people.items()}

    def index(self, language: Language) -> dict[str, list[Speaker]]:
        """Return everybody under the first letter of their name, by pinyin where it is Chinese."""
        letters: dict[str, list[Speaker]] = {}
        for speaker in sorted(self.speakers.values(), key=lambda s: order_of(s.person.name.in_(language), s.person.id)):
            letters.setdefault(letter_of(speaker.person.name.in_(language)), []).append(speaker)
        return letters

    @cached_property
    def _words(self) -> Mapping[str, str]:
        return {session.id: _searched(session) for session in self.sessions}

    def search(self, words: str) -> list[Shown]:
        """Return the sessions in which every word of `words` is found, in whatever letters it is written."""
        wanted = _folded(words).split()
        return [each for each in self.sessions if wanted and all(word in self._words[each.id] for word in wanted)]

    def at(self, now: datetime) -> Moment:
        """Return what goes on at an instant and what begins within the next hour and a half; talks stand for their session."""
        running, following = [], []
        for session in self.sessions:
            begins, ends = session.content.starts_at(), session.content.ends_at()
            if begins is None or ends is None or not session.content.stands:
                continue
            if begins <= now < ends:
                running.append(session)
            elif now < begins <= now + SOON:
                following.append(session)
        return Moment(self._innermost(running), self._innermost(following))

    def _innermost(self, sessions: Sequence[Shown]) -> tuple[Shown, ...]:
        parents = {session.content.parent_id for session in sessions}
        return tuple(session for session in sessions if session.id not in parents)

    def chosen(self, ids: Iterable[str]) -> list[Shown]:
        """Return those of the sessions that are there, in the order of time."""
        wanted = set(ids)
        return [session for session in self.sessions if session.id in wanted]

    def like(self, session: Shown, group: Iterable[Shown]) -> list[Shown]:
        """Return those of a group that stand beside a session: sessions beside a session, talks beside a talk."""
        return [each for each in group if (each.id in self.tops) == (session.id in self.tops)]

    def beside(self, session: Shown, group: Sequence[Shown]) -> tuple[Shown | None, Shown | None]:
        """Return what stands before and after a session in a group that holds it."""
        ids = [each.id for each in group]
        at = ids.index(session.id)
        return (group[at - 1] if at else None), (group[at + 1] if at + 1 < len(group) else None)


@dataclass(frozen=True)
class Known:
    """An edition with its public programme, and the cache tags of pages made from it; `gone` are withdrawn sessions."""

    edition: EditionShown
    programme: Programme
    gone: frozenset[str]
    tags: tuple[str, ...]


def _in_time(session: Shown) -> tuple[datetime, tuple[Natural, ...], bool, str]:
    place = session.content.place
    return session.start, _in_space(place) if place else (), session.content.parent_id is not None, session.id


def _in_space(place: Place) -> tuple[Natural, ...]:
    return tuple(
        _natural(words) for words in (place.venue.in_("zh"), place.building, place.floor, place.room.in_("zh"))
    )


@lru_cache(4096)
def _natural(words: str) -> Natural:
    """Return a key that puts room 9 before room 10."""
    parts: list[tuple[int, int | str]] = []
    digits = ""
    for letter in words + "\0":
        if letter.isascii() and letter.isdigit():
            digits += letter
            continue
        if digits:
            parts.append((0, int(digits)))
            digits = ""
        parts.append((1, letter))
    return tuple(parts)


def _searched(session: Shown) -> str:
    content = session.content
    texts = [content.title, content.subtitle, *(t for p in content.people for t in (p.name, p.affiliation))]
    texts += [content.place.room] if content.place else []
    texts += [content.track.name] if content.track else []
    rich = (plain(side) for text in (content.abstract, content.description) for side in (text.zh, text.en) if side)
    sides = (side for text in texts for side in (text.zh, text.en) if side)
    return _folded("\n".join([*sides, *content.tags, *rich]))


def _folded(words: str) -> str:
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
