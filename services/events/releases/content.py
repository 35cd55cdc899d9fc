"""What a release freezes of a session: values only, with every name as printed that day.

Pages, exports, feeds and the preview of a draft read this and nothing else. Fields are only ever added, with a default,
so that every release of the past stays readable.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from shared.text import Text
from shared.times import PlannedTime

NOTHING = Text()


class State(StrEnum):
    """How a released session stands; what is *withdrawn* was public once and is not shown any more."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PrintedPerson:
    """A person as printed with a session, in the order of printing."""

    id: str
    role: str
    name: Text
    affiliation: Text = NOTHING
    title: Text = NOTHING


@dataclass(frozen=True, slots=True)
class PrintedTrack:
    """A track as printed."""

    id: str
    slug: str
    name: Text
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session is: a room of a venue."""

    room_id: str
    room: Text
    building: str = ""
    floor: str = ""
    venue_id: str = ""
    venue: Text = NOTHING
    address: Text = NOTHING
    geo: tuple[float, float] | None = None

    def words(self) -> Text:
        """Return the place as people say it: venue and room in Chinese, room, venue in English."""
        zh = " ".join(filter(None, (self.venue.in_("zh"), self.room.in_("zh"))))
        return Text(zh, ", ".join(filter(None, (self.room.in_("en"), self.venue.in_("en")))))


@dataclass(frozen=True, slots=True)
class Content:
    """A session as a release shows it; times are wall time in `zone`, rich text is as received.

    `parent_id` names the session that this is a talk of. `source` and `key` are its identity in the system it came from.
    """

    state: State = State.WITHDRAWN
    title: Text = NOTHING
    subtitle: Text = NOTHING
    abstract: Text = NOTHING
    description: Text = NOTHING
    kind: str = ""
    start_local: datetime | None = None
    zone: str = "UTC"
    duration_minutes: int = 0
    place: Place | None = None
    track: PrintedTrack | None = None
    people: tuple[PrintedPerson, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    interpretation: tuple[str, ...] = ()
    attendance: str = ""
    openness: str = "public"
    embargo_until: datetime | None = None
    parent_id: str | None = None
    slug: str = ""
    source: str = ""
    key: str = ""
    raw_type: str = ""
    licence: str = ""
    do_not_record: bool | None = None
    links: tuple[dict[str, Any], ...] = ()
    attachments: tuple[dict[str, Any], ...] = ()
    extras: dict[str, Any] | None = None

    def starts_at(self) -> datetime | None:
        """Return the start in UTC."""
        return PlannedTime(self.start_local, self.zone).utc() if self.start_local else None

    def ends_at(self) -> datetime | None:
        """Return the end in UTC."""
        start = self.starts_at()
        return start + timedelta(minutes=self.duration_minutes) if start else None

    def end_local(self) -> datetime | None:
        """Return the wall time at which the session ends."""
        end = self.ends_at()
        return end.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) if end else None

    def ended(self, state: State) -> "Content":
        """Return the session as cancelled or withdrawn; one that has ended stays as it is."""
        return replace(self, state=state) if self.stands else self

    @property
    def stands(self) -> bool:
        """Tell whether the session takes place, as far as anybody knows."""
        return self.state in (State.CONFIRMED, State.TENTATIVE)


ABSENT = Content()
"""What stands for a session that a release does not hold."""

FIELDS = tuple(field.name for field in fields(Content))

_CONTENT = TypeAdapter(Content)


def to_json(content: Content) -> dict[str, Any]:
    """Return the content as it is stored and sent."""
    value: dict[str, Any] = _CONTENT.dump_python(content, mode="json")
    return value


def from_json(value: dict[str, Any]) -> Content:
    """Read stored content."""
    return _CONTENT.validate_python(value)


def fingerprint(programme: Mapping[str, Content]) -> str:
    """Return a digest by which one state of a programme is known from every other."""
    told = json.dumps({id_: to_json(content) for id_, content in programme.items()}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def changed_fields(old: Content, new: Content) -> tuple[str, ...]:
    """Name the fields in which two contents differ."""
    return tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))
