"""What the tables of one file have named so far: its sessions, and the people, rooms and tracks by their names."""

from dataclasses import dataclass, field, replace

from services.events.exchange.programme_file import FilePerson, FileRoom, FileSession, FileTrack, Json
from services.events.exchange.rules import Faults, Place, key_from
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
        return key_from(title if n == 1 else f"{title}#{n}")

    def room(self, name: str, place: Place) -> str | None:
        """Return the key of a room, remembering it."""
        key = key_from(name)
        if key and key not in self.rooms:
            self.rooms[key] = FileRoom(key, self.said(name))
            self.first["rooms"].append(place)
        return key or None

    def track(self, name: str, place: Place) -> str | None:
        """Return the key of a track, remembering it."""
        key = key_from(name)
        if key and key not in self.tracks:
            self.tracks[key] = FileTrack(key, self.said(name))
            self.first["tracks"].append(place)
        return key or None

    def person(self, name: str, unit: str, place: Place) -> str:
        """Return the key of a person: the name, and with it the affiliation for a second person of that name."""
        key = key_from(name)
        known = self.people.get(key)
        if known and not known.affiliation and unit:
            self.people[key] = replace(known, affiliation=self.said(unit))
        elif known and unit and known.affiliation != self.said(unit):
            key = key_from(f"{name}（{unit}）")
            known = self.people.get(key)
        if known is None:
            self.people[key] = FilePerson(key, self.said(name), self.said(unit))
            self.first["people"].append(place)
        return key
