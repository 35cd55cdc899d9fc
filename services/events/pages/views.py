"""The ways to look at a programme, each a page: by day, room, track and person; found; now; one's own choice. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from services.events.exchange.formats import PUBLIC
from services.events.pages.asked import MOST_STARS, Asked
from services.events.pages.cuts import clashes, hours, slots
from services.events.pages.linked_data import edition_data
from services.events.pages.programme import MOST_FOUND
from services.events.pages.shown import Shown
from services.events.pages.strings import STRINGS
from services.events.pages.way import Group, Way, short_day
from services.events.releases.entries import session_entry_id
from shared.pages import wording
from shared.pages.leaf import Leaf, describing
from shared.pages.rules import NoSuchPage
from shared.pages.wording import spoken
from shared.text import Language, Text

MOST_NAMES = 600
"""People on one page; where there are more, each letter has a page of its own."""


def view_page(way: Way, asked: Asked) -> Leaf:
    """Return the page that was asked for; raise `NoSuchPage`."""
    if asked.q:
        return found(way, asked)
    if asked.view not in VIEWS:
        raise NoSuchPage()
    if asked.view == "day" and not way.programme.sessions:
        return about(way, asked)
    return VIEWS[asked.view](way, asked)


def by_time(way: Way, asked: Asked) -> Leaf:
    """Show a day, its sessions under their times."""
    day = way.asked_day(asked)
    part, parts = way.part(day, asked)
    sessions = way.with_talks(part.sessions)
    lines = {line.id: line for line in way.lines(sessions)}
    leaf = way.leaf(
        "day.html",
        Asked("day", day=day.isoformat(), part=asked.part, star=asked.star),
        short_day(day) if asked.day else "",
        boxes=sessions,
        days=way.tabs("day", day),
        parts=parts,
        slots=[(start, [lines[each.id] for each in together]) for start, together in slots(part.sessions)],
        hours=hours(part.sessions),
    )
    return leaf if asked.day else describing(leaf, linked_data=edition_data(way.frame))


def by_room(way: Way, asked: Asked) -> Leaf:
    """Show a day, its sessions under their rooms; or everything in one room."""
    rooms, title = way.programme.rooms, STRINGS["edition.by_room"]
    if asked.room:
        if asked.room not in rooms:
            raise NoSuchPage()
        place = rooms[asked.room]
        return _one(way, asked, place.room, way.programme.in_room(asked.room), title, place=place)
    day = way.asked_day(asked)
    part, parts = way.part(day, asked)
    sessions = way.with_talks(part.sessions)
    groups = []
    for room_id, place in rooms.items():
        held = [each for each in sessions if each.content.place and each.content.place.room_id == room_id]
        if held:
            where = " ".join(filter(None, (place.building, place.floor)))
            groups.append(Group(place.room, way.lines(held), way.to.of_room(room_id), where))
    return way.leaf(
        "groups.html",
        Asked("room", day=day.isoformat(), part=asked.part, star=asked.star),
        title,
        boxes=sessions,
        days=way.tabs("room", day),
        parts=parts,
        groups=groups,
        indexed_by=way.said("edition.rooms"),
    )


def by_track(way: Way, asked: Asked) -> Leaf:
    """List the tracks; or show everything in one track."""
    title, programme = STRINGS["edition.by_track"], way.programme
    if asked.track:
        if asked.track not in programme.tracks:
            raise NoSuchPage()
        track, sessions = programme.tracks[asked.track]
        return _one(way, asked, track.name, sessions, title, hue=programme.hues[asked.track])
    tracks = [
        (track.name, way.to.of_track(slug), len(programme.top(sessions)), programme.hues[slug], _days(way, sessions))
        for slug, (track, sessions) in programme.tracks.items()
    ]
    return way.leaf("tracks.html", asked, title, tracks=tracks)


def _days(way: Way, sessions: Sequence[Shown]) -> Text:
    days = list(dict.fromkeys(way.programme.day_of(each) for each in sessions))

    def words(language: Language) -> str:
        return wording.listed(language, [wording.short_day(language, day) for day in days])

    return spoken(words)


def by_person(way: Way, asked: Asked) -> Leaf:
    """List everybody under their letters; or show everything one person has a part in."""
    title, speakers = STRINGS["edition.by_person"], way.programme.speakers
    if asked.person:
        if asked.person not in speakers:
            raise NoSuchPage()
        person = speakers[asked.person].person
        return _one(way, asked, person.name, speakers[asked.person].sessions, title, person=person)
    index, split = way.programme.index(way.frame.language), len(speakers) > MOST_NAMES
    letter = asked.letter or (next(iter(index)) if split else "")
    if letter and letter not in index:
        raise NoSuchPage()
    letters = [
        (each, way.to.to(Asked("person", letter=each)) if split else f"#letter-{number}", each == letter)
        for number, each in enumerate(index, 1)
    ]
    people = [
        (each, [(speaker.person, way.to.of_person(speaker.person.id)) for speaker in group])
        for each, group in index.items()
        if letter in ("", each)
    ]
    return way.leaf("people.html", asked, title, letters=letters, people=people, count=len(speakers))


def _one(way: Way, asked: Asked, name: Text, sessions: Sequence[Shown], kind: Text, **context: Any) -> Leaf:
    """Show everything of one room, track or person under its days."""
    told: Mapping[str, Any] = {"place": None, "person": None, "hue": None}
    return way.leaf(
        "one.html",
        asked,
        name,
        boxes=sessions,
        name=name,
        kind=kind,
        back=way.to.view(asked.view),
        groups=way.by_day(sessions),
        count=len(way.programme.top(sessions)),
        **{**told, **context},
    )


def found(way: Way, asked: Asked) -> Leaf:
    """Show what a search finds."""
    all_found = way.programme.search(asked.q)
    shown = all_found[:MOST_FOUND]
    return way.leaf(
        "found.html",
        asked,
        STRINGS["edition.searched"].format(words=asked.q),
        boxes=shown,
        groups=way.by_day(shown),
        count=len(all_found),
        most=MOST_FOUND,
    )


def now_and_next(way: Way, asked: Asked) -> Leaf:
    """Show what goes on and what begins soon."""
    at, sessions = way.programme.at(way.now), way.programme.sessions
    begins = sessions[0].content.starts_at() if sessions else None
    ends = [session.content.ends_at() for session in sessions]
    return way.leaf(
        "now.html",
        asked,
        STRINGS["edition.now"],
        boxes=(*at.running, *at.following),
        local=way.local(),
        running=way.lines(at.running),
        following=[(start, way.lines(together)) for start, together in slots(at.following)],
        begins=sessions[0].start if begins and begins > way.now else None,
        over=bool(ends) and all(end is not None and end <= way.now for end in ends),
    )


def mine(way: Way, asked: Asked) -> Leaf:
    """Show what the reader has chosen, with what clashes and a calendar of it."""
    chosen = way.programme.chosen(asked.star[:MOST_STARS])
    query = urlencode({"entry": ",".join(session_entry_id(each.id) for each in chosen)}, safe=",")
    return way.leaf(
        "mine.html",
        asked,
        STRINGS["stars.title"],
        boxes=chosen,
        groups=way.by_day(chosen, overlapping=True),
        count=len(chosen),
        clashing=len(clashes(chosen)),
        calendar=f"{way.frame.feed()}?{query}" if chosen else "",
    )


def about(way: Way, asked: Asked) -> Leaf:
    """Show what there is to know of the edition beside its programme."""
    bare = not way.programme.sessions
    leaf = way.leaf("about.html", asked, "" if bare else STRINGS["edition.about"], bare=bare, files=PUBLIC)
    return describing(leaf, linked_data=edition_data(way.frame))


VIEWS: Mapping[str, Callable[[Way, Asked], Leaf]] = {
    "day": by_time,
    "room": by_room,
    "track": by_track,
    "person": by_person,
    "now": now_and_next,
    "mine": mine,
    "about": about,
}
