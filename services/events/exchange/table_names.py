"""What the tables of one file have named so far: its sessions, and the people, rooms and tracks by their names."""

from dataclasses import dataclass, field, replace

from services.events.exchange.programme_file import FilePerson, FileRoom, FileSession, FileTrack, Json
from services.events.exchange.rules import Faults, Place
from shared.text import Language, Text


@dataclass
class Met:
    """What has been met in the tables of one file; `places` are the cells of each session's fields."""

    faults: Faults
    language: Language
    year: int | None
    sessions: list[FileSession] = field(default_factory=list)
    places: list[dict[str, Place]] = field(default_factory=list)
    people: dict[str, FilePerson] = field(default_factory=dict)
    rooms: dict[str, FileRoom] = field(default_factory=dict)
    tracks: dict[str, FileTrack] = field(default_factory=dict)
    first: dict[str, list[Place]] = field(default_factory=lambda: {"people": [], "rooms": [], "tracks": []})
    titles: dict[str, int] = field(default_factory=dict)
    notes: list[Json] = field(default_factory=list)

    def said(self, words: str) -> Text:
        """Return words of the table as a text in its language."""
        return Text(zh=words) if self.language == "zh" else Text(en=words)

    def key(self, title: str) -> str:
        """Return the key of a session that has none: its title, numbered from the second of that title on."""
        self.titles[title] = n = self.titles.get(title, 0) + 1
        return title if n == 1 else f"{title}#{n}"

    def room(self, name: str, place: Place) -> str | None:
        """Return the key of a room, remembering it."""
        if name and name not in self.rooms:
            self.rooms[name] = FileRoom(name, self.said(name))
            self.first["rooms"].append(place)
        return name or None

    def track(self, name: str, place: Place) -> str | None:
        """Return the key of a track, remembering it."""
        if name and name not in self.tracks:
            self.tracks[name] = FileTrack(name, self.said(name))
            self.first["tracks"].append(place)
        return name or None

    def person(self, name: str, unit: str, place: Place) -> str:
        """Return the key of a person: the name, and with it the affiliation for a second person of that name."""
        known = self.people.get(name)
        if known and not known.affiliation and unit:
            self.people[name] = replace(known, affiliation=self.said(unit))
        elif known and unit and known.affiliation != self.said(unit):
            name, known = f"{name}（{unit}）", self.people.get(f"{name}（{unit}）")
        if known is None:
            self.people[name] = FilePerson(name, self.said(name.removesuffix(f"（{unit}）")), self.said(unit))
            self.first["people"].append(place)
        return name
