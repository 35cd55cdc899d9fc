"""What a reader asks of a programme's pages, and the addresses that ask it."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from shared.pages.render import localised
from shared.text import Language

MOST_STARS = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """One question; an empty field asks nothing. `star` are the ids of the sessions that the reader has chosen."""

    view: str = "day"
    day: str = ""
    room: str = ""
    track: str = ""
    person: str = ""
    letter: str = ""
    part: int = 1
    q: str = ""
    star: tuple[str, ...] = ()

    @property
    def shared(self) -> bool:
        """Tell whether everybody who asks this gets the same, whenever they ask."""
        return not (self.q or self.star or self.view in ("now", "mine"))

    def query(self) -> str:
        """Return the question as one always writes it, without the question mark."""
        told = [(name, str(getattr(self, name))) for name in self.__slots__ if name != "star"]
        default = Asked()
        pairs = [(name, value) for name, value in told if value != str(getattr(default, name))]
        return urlencode([*pairs, *(("star", each) for each in self.star)])


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one edition's pages in one language; what the reader has chosen travels along.

    `path` is the edition's own, without language: `/events/<series>/<edition>`, or that of a preview; `site` what stands
    before it where an address must be whole.
    """

    language: Language
    path: str
    stars: tuple[str, ...] = ()
    site: str = ""

    def home(self) -> str:
        """Return the address of the programme itself."""
        return self.to(Asked())

    def to(self, asked: Asked) -> str:
        """Return the address of one view."""
        query = replace(asked, star=self.stars).query()
        return localised(self.language, self.path) + (f"?{query}" if query else "")

    def view(self, view: str, day: str = "") -> str:
        """Return the address of a way to look at the programme."""
        return self.to(Asked(view, day=day))

    def of_room(self, room_id: str) -> str:
        """Return the address of everything in a room."""
        return self.to(Asked("room", room=room_id))

    def of_track(self, slug: str) -> str:
        """Return the address of everything in a track."""
        return self.to(Asked("track", track=slug))

    def of_person(self, person_id: str) -> str:
        """Return the address of everything a person has a part in."""
        return self.to(Asked("person", person=person_id))

    def session(self, session_id: str) -> str:
        """Return the address of a session."""
        return f"{localised(self.language, self.path)}/sessions/{session_id}"

    def changes(self, number: int | None = None) -> str:
        """Return the address of what changed, altogether or in one release."""
        return f"{localised(self.language, self.path)}/changes" + (f"/{number}" if number else "")
