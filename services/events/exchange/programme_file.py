"""A programme as a file tells it, whatever the format: what every reader returns and every writer takes.

Values only; nothing here knows a format, a table or an edition.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

from shared.text import Language, Text

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
NOTHING = Text()
Extras = dict[str, Json]
"""What a format holds and this model does not name, by its path in the file (`logo`, `@code`, `recording/url`)."""
Kind = Literal[
    "", "plenary", "parallel", "panel", "poster", "roundtable", "ceremony", "break", "social", "closed", "talk", "workshop",
    "other",
]  # fmt: skip
Openness = Literal["", "members", "invited", "staff"]
Attendance = Literal["", "hybrid", "online"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the reader may assume where the file is silent: zone, language of its words, year of its dates."""

    zone: str | None = None
    language: Language | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class FileLink:
    """A web address with its words; `type` as the file has it (slides, paper, web, …)."""

    href: str
    title: str = ""
    type: str = ""
    extras: Extras = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileRole:
    """A person in a session, by the person's key; `role` as the file has it, `speaker` where it says nothing.

    `title` and `affiliation` are as printed with this session, empty where they are the person's own.
    """

    key: str
    role: str = "speaker"
    title: Text = NOTHING
    affiliation: Text = NOTHING


@dataclass(frozen=True, slots=True)
class FileRoom:
    """A room; `source` names the system that gave the key, empty where it is the file's own."""

    key: str
    name: Text
    capacity: int | None = None
    guid: str = ""
    source: str = ""
    extras: Extras = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilePerson:
    """A person as printed."""

    key: str
    name: Text
    affiliation: Text = NOTHING
    biography: Text = NOTHING
    title: Text = NOTHING
    guid: str = ""
    source: str = ""
    extras: Extras = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileTrack:
    """A track; its key is its name where the format has nothing better."""

    key: str
    name: Text
    color: str = ""
    slug: str = ""
    source: str = ""
    extras: Extras = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileSession:
    """A session; `(source, key)` is its identity for life.

    `start` is wall time in the programme's zone, `None` while unplaced; `track`, `room`, `parent` and `people` refer
    by key; `language` and `type` are as the file has them; rich text is as received. From `kind` on stands what no other
    format has: empty where the type says the kind, or the session is public and on site; the embargo in UTC.
    """

    key: str
    title: Text
    subtitle: Text = NOTHING
    abstract: Text = NOTHING
    description: Text = NOTHING
    start: datetime | None = None
    duration_minutes: int | None = None
    room: str | None = None
    track: str | None = None
    parent: str | None = None
    type: str = ""
    language: str = ""
    slug: str = ""
    guid: str = ""
    source: str = ""
    people: tuple[FileRole, ...] = ()
    attachments: tuple[FileLink, ...] = ()
    links: tuple[FileLink, ...] = ()
    licence: str = ""
    do_not_record: bool | None = None
    kind: Kind = ""
    openness: Openness = ""
    embargo_until: datetime | None = None
    attendance_mode: Attendance = ""
    join_url: str = ""
    expected_attendance: int | None = None
    interpretation: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    needs: Extras = field(default_factory=dict)
    extras: Extras = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProgrammeFile:
    """A whole programme.

    `language` is the side of its texts that formats of one language read and write; a session that starts before
    `day_change` belongs to the day before; `version` is the number of the release it tells.
    """

    title: Text
    zone: str
    language: Language = "zh"
    acronym: str = ""
    subtitle: Text = NOTHING
    venue: Text = NOTHING
    city: Text = NOTHING
    start_on: date | None = None
    end_on: date | None = None
    day_change: time | None = None
    slot_minutes: int | None = None
    version: str = ""
    rooms: tuple[FileRoom, ...] = ()
    people: tuple[FilePerson, ...] = ()
    tracks: tuple[FileTrack, ...] = ()
    sessions: tuple[FileSession, ...] = ()
    extras: Extras = field(default_factory=dict)
