"""The pages one reads rather than walks through: a session, and what changed between releases. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.events.pages.asked import Asked
from services.events.pages.leaf import Frame, counted
from services.events.pages.lines import Lines, badges_of
from services.events.pages.linked_data import session_data
from services.events.pages.names import name_of
from services.events.pages.programme import Programme
from services.events.pages.shown import ReleaseShown, Shown
from services.events.pages.strings import STRINGS
from services.events.releases.changelog import sentence, when, where
from services.events.releases.content import ABSENT, Content, PrintedPerson, State
from services.events.releases.diff import Change
from services.events.releases.entries import session_entry_id
from shared.pages.leaf import Leaf, Link, describing
from shared.pages.rules import NoSuchPage
from shared.text import Text, plain

FIRST_CHANGES = 20
"""Changes of a release that the page of all releases tells."""

MOST_CHANGES = 400
"""Changes on one page."""


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """The people who have one role in a session."""

    role: Text | str
    people: tuple[PrintedPerson, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands before and after a session in a group that has a page of its own."""

    title: Text
    name: Text
    href: str
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True)
class Told:
    """One change as a reader is told it."""

    kind: str
    title: Text
    words: Text
    href: str


@dataclass(frozen=True, slots=True)
class ReleaseStory:
    """A release with what it changed; `total` counts what is not listed too."""

    release: ReleaseShown
    href: str
    told: Sequence[Told]
    total: int
    first: bool

    def counts(self) -> Text:
        """Return how many sessions were added, moved, cancelled and changed."""
        return counted(self.release)


def session_page(frame: Frame, programme: Programme, session_id: str) -> Leaf:
    """Return the page of a session; raise `NoSuchPage`."""
    session = programme.by_id.get(session_id)
    if session is None:
        raise NoSuchPage()
    content, addresses = session.content, frame.addresses
    day = programme.day_of(session)
    lines = Lines(frame.language, programme, addresses)
    parent = programme.by_id.get(content.parent_id or "")
    leaf = frame.leaf(
        "session.html",
        title=content.title,
        suffix=f"/sessions/{session.id}",
        session=session,
        content=content,
        hue=programme.hue(session),
        states=badges_of(session),
        groups=_groups(content),
        links=_links(content.links),
        attachments=_links(content.attachments),
        was=_was(session),
        is_now=_place_and_time(content),
        interpreted=[name_of("language", each).in_(frame.language) for each in content.interpretation],
        talks=lines.of(programme.talks.get(session.id, ())),
        parent=Link(parent.content.title, addresses.session(parent.id)) if parent else None,
        neighbours=_neighbours(programme, session, lines),
        back=addresses.to(Asked(day=day.isoformat())),
        calendar=f"/calendars/entries/{session_entry_id(session.id)}.ics",
        cancelled=content.state is State.CANCELLED,
    )
    about = plain((content.abstract or content.description).in_(frame.language))[:200]
    lead = Text(*(f"{when(content).in_(side)} · {where(content).in_(side)}" for side in ("zh", "en")))
    return describing(
        leaf, description=about or lead, kind="article", linked_data=session_data(frame, session), feeds=leaf.page.feeds
    )


def _groups(content: Content) -> list[RoleGroup]:
    roles: dict[str, list[PrintedPerson]] = {}
    for person in content.people:
        roles.setdefault(person.role, []).append(person)
    return [RoleGroup(name_of("role", role), tuple(people)) for role, people in roles.items()]


def _links(links: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return title and address of what is linked; addresses that no browser should follow are left out."""
    pairs = ((str(each.get("title") or each.get("href", "")), str(each.get("href", ""))) for each in links)
    return [(title, href) for title, href in pairs if href.startswith(("https://", "http://"))]


def _was(session: Shown) -> Text | None:
    """Say where and when a session was announced before, where that differs."""
    old, new = session.was, session.content
    if old is None or old.start_local is None or not new.stands:
        return None
    if (old.starts_at(), old.duration_minutes, old.place) == (new.starts_at(), new.duration_minutes, new.place):
        return None
    return _place_and_time(old)


def _place_and_time(content: Content) -> Text:
    return Text("{when}，{where}", "{when}, {where}").format(when=when(content), where=where(content))


def _neighbours(programme: Programme, session: Shown, lines: Lines) -> list[Beside]:
    """Return what stands before and after a session in its room and its track: talks among talks, sessions among sessions."""
    place, track = session.content.place, session.content.track
    found = []
    if place:
        room = programme.like(session, programme.in_room(place.room_id))
        found.append((STRINGS["session.in_room"], place.room, lines.addresses.of_room(place.room_id), room))
    if track:
        same = programme.like(session, programme.tracks[track.slug][1])
        found.append((STRINGS["session.in_track"], track.name, lines.addresses.of_track(track.slug), same))
    made = []
    for title, name, href, group in found:
        before, after = (
            Link(each.content.title, lines.addresses.session(each.id)) if each else None
            for each in programme.beside(session, group)
        )
        if before or after:
            made.append(Beside(title, name, href, before, after))
    return made


def changes_page(frame: Frame, stories: Sequence[tuple[ReleaseShown, Sequence[Change]]]) -> Leaf:
    """Return the page of all releases, newest first, each with its first changes."""
    told = [_story(frame, release, changes, FIRST_CHANGES) for release, changes in stories]
    return frame.leaf(
        "changes.html", title=STRINGS["changes.title"], suffix="/changes", stories=told, single=False, parts=()
    )


def release_page(frame: Frame, release: ReleaseShown, changes: Sequence[Change], part: int = 1) -> Leaf:
    """Return the page of one release with all of its changes; raise `NoSuchPage`."""
    pages = max(1, -(-len(changes) // MOST_CHANGES))
    if not 1 <= part <= pages:
        raise NoSuchPage()
    begin = (part - 1) * MOST_CHANGES
    story = _story(frame, release, changes[begin : begin + MOST_CHANGES], MOST_CHANGES, len(changes))
    address = frame.addresses.changes(release.number)
    parts = [(str(n), f"{address}?part={n}", n == part) for n in range(1, pages + 1)] if pages > 1 else []
    title = STRINGS["changes.release"].format(number=release.number)
    return frame.leaf(
        "changes.html",
        title=title,
        suffix=f"/changes/{release.number}",
        query=f"part={part}" if part > 1 else "",
        stories=[story],
        single=True,
        parts=parts,
    )


def _story(
    frame: Frame, release: ReleaseShown, changes: Sequence[Change], most: int, total: int | None = None
) -> ReleaseStory:
    first = release.number == 1
    told = [] if first else [_told(frame, change) for change in changes[:most]]
    return ReleaseStory(
        release, frame.addresses.changes(release.number), told, len(changes) if total is None else total, first
    )


def _told(frame: Frame, change: Change) -> Told:
    href = frame.addresses.session(change.session_id) if change.new and change.new.state is not State.WITHDRAWN else ""
    return Told(change.kind.value, (change.new or change.old or ABSENT).title, sentence(change), href)
