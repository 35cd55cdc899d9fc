"""What one line of a programme says about a session, in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from services.events.pages.asked import Addresses
from services.events.pages.programme import Programme
from services.events.pages.shown import Shown
from services.events.pages.strings import STRINGS
from services.events.releases.content import Content, PrintedPerson, State
from shared.pages import wording
from shared.pages.render import marked
from shared.text import Language

NAMED = 6
"""People that a line names; more are counted."""

BEHIND = frozenset({"interpreter"})
"""Roles that a line does not name."""

PAUSES = frozenset({"break", "social"})


@dataclass(frozen=True, slots=True)
class Line:
    """A session in a list; texts are in the language of the page, or marked with the one they are in."""

    id: str
    href: str
    title: Markup | str
    plain_title: str
    start: datetime
    time: str
    people: str
    room: Markup | str
    track: Markup | str
    hue: int
    badges: tuple[str, ...]
    off: bool
    pause: bool
    chosen: bool
    talks: tuple["Line", ...] = ()
    clash: str = ""

    @property
    def classes(self) -> str:
        """Return the classes of the line's element."""
        return f"k{self.hue}{' off' if self.off else ''}{' pause' if self.pause else ''}"


class Lines:
    """Makes the lines of one page."""

    def __init__(self, language: Language, programme: Programme, addresses: Addresses) -> None:
        self.language = language
        self.programme = programme
        self.addresses = addresses
        self._chosen = frozenset(addresses.stars)

    def of(self, sessions: Iterable[Shown], clashes: Mapping[str, Shown] | None = None) -> list[Line]:
        """Return the lines of `sessions`; a talk stands under its session where that is among them."""
        listed = list(sessions)
        ids = {session.id for session in listed}
        return [self._line(each, ids, clashes or {}) for each in self.programme.top(listed)]

    def _line(self, session: Shown, ids: set[str], clashes: Mapping[str, Shown]) -> Line:
        content, language = session.content, self.language
        start, end = session.start, session.end
        talks = (talk for talk in self.programme.talks.get(session.id, ()) if talk.id in ids)
        clash = clashes.get(session.id)
        return Line(
            id=session.id,
            href=self.addresses.session(session.id),
            title=marked(language, content.title),
            plain_title=content.title.in_(language),
            start=start,
            time=wording.clock_range(language, start, end),
            people=people_line(language, content.people),
            room=marked(language, content.place.room) if content.place else "",
            track=marked(language, content.track.name) if content.track else "",
            hue=self.programme.hue(session),
            badges=badges_of(session),
            off=content.state is State.CANCELLED,
            pause=content.kind in PAUSES,
            chosen=session.id in self._chosen,
            talks=tuple(self._line(talk, ids, clashes) for talk in talks),
            clash=clash.content.title.in_(language) if clash else "",
        )


def people_line(language: Language, people: Iterable[PrintedPerson]) -> str:
    """Name the people of a session in their order: up to `NAMED` of them, the others counted."""
    names = list(dict.fromkeys(person.name.in_(language) for person in people if person.role not in BEHIND))
    if len(names) <= NAMED:
        return wording.listed(language, names)
    others = STRINGS["edition.others"].in_(language).format(n=len(names) - NAMED + 1)
    first = ("、" if language == "zh" else ", ").join(names[: NAMED - 1])
    return f"{first}{'' if language == 'zh' else ' '}{others}"


def badges_of(session: Shown) -> tuple[str, ...]:
    """Return what a reader must know of a session, as keys of `status.*`, the gravest first."""
    return tuple(_badges(session.content, session.news))


def _badges(content: Content, news: str) -> Iterable[str]:
    if content.state is State.CANCELLED:
        yield "cancelled"
        return
    if content.state is State.TENTATIVE:
        yield "on_hold"
    if news:
        yield news
    if content.openness in ("members", "invited", "staff"):
        yield content.openness
    if content.attendance in ("online", "hybrid"):
        yield content.attendance
