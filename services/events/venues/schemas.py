"""What is said about venues and rooms over HTTP."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import Field

from services.events.editions.schemas import Country, Identified, Key, Short
from services.events.venues.rules import Layout
from shared.editing import Words
from shared.messages.dates import Latitude, Longitude
from shared.paging import PageQuery
from shared.schema import Count, Id, In, Out, Slug, WallTime, WallTimeIn, Zone
from shared.text import Text

NOTHING = Text()
VenueId = Annotated[str, Path(max_length=36)]
RoomId = Annotated[str, Path(max_length=36)]
Minutes = Annotated[int, Field(ge=0, le=1440)]


class VenuePatch(In):
    """What may be changed of a venue."""

    name: Words = Text("场馆", "Venue")
    city: Text = NOTHING
    address: Text = NOTHING
    country: Country = ""
    zone: Zone = "Asia/Shanghai"
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    same_building_minutes: Minutes = 0
    other_building_minutes: Minutes = 0


class VenueIn(VenuePatch, Identified):
    """A new venue; `source` and `key` are its identity in another system."""

    name: Words
    owner_id: Id


class VenueOut(Out):
    """A venue."""

    id: str
    owner_id: str
    name: Text
    city: Text
    address: Text
    country: str
    zone: str
    latitude: float | None
    longitude: float | None
    same_building_minutes: int
    other_building_minutes: int
    source: str | None
    key: str | None
    version: int


class VenueFilter(PageQuery):
    """Which venues."""

    q: Short = ""
    owner: Annotated[str, Field(max_length=36)] = ""
    sort: Literal["newest", "oldest"] = "oldest"


class RoomPatch(In):
    """What may be changed of a room. `seats` counts where no layout is named; `equipment` is what stays in it."""

    name: Words = Text("会场", "Room")
    slug: Slug = "room"
    building: Short = ""
    floor: Annotated[str, Field(max_length=80)] = ""
    seats: Count | None = None
    capacity: dict[Layout, Count] = Field(default_factory=dict)
    equipment: Annotated[dict[Key, Count], Field(max_length=100)] = Field(default_factory=dict)
    interpretation_booths: Annotated[int, Field(ge=0, le=100)] = 0
    accessible: bool = False
    buffer_minutes: Minutes = 0
    position: Count = 0
    archived: bool = False


class RoomIn(RoomPatch, Identified):
    """A new room of a venue; its slug is made from its name where none is given."""

    name: Words


class RoomOut(Out):
    """A room."""

    id: str
    venue_id: str
    name: Text
    slug: str
    building: str
    floor: str
    seats: int | None
    capacity: dict[str, int]
    equipment: dict[str, int]
    interpretation_booths: int
    accessible: bool
    buffer_minutes: int
    position: int
    archived: bool
    source: str | None
    key: str | None
    version: int


class RoomFilter(PageQuery):
    """Which rooms of a venue or an edition."""

    archived: bool | None = None


class WindowIn(In):
    """A stretch of time in which a room can be used, or cannot; wall times in the venue's zone."""

    closed: bool = False
    start_local: WallTimeIn
    end_local: WallTimeIn


class WindowsIn(In):
    """All windows of a room; without any open one it is always open."""

    windows: Annotated[tuple[WindowIn, ...], Field(max_length=1000)] = ()


class WindowOut(Out):
    """A window of a room."""

    closed: bool
    start_local: WallTime
    end_local: WallTime


class WalkIn(In):
    """Minutes on foot between two rooms (ids) or two buildings (names)."""

    kind: Literal["room", "building"]
    one: Key
    other: Key
    minutes: Minutes


class WalksIn(In):
    """All ways of a venue that are not its defaults."""

    walks: Annotated[tuple[WalkIn, ...], Field(max_length=5000)] = ()


class WalkOut(Out):
    """A way between two rooms or buildings."""

    kind: str
    one: str
    other: str
    minutes: int


class EditionRoomIn(In):
    """A room that an edition uses, and its place among them, the first being 0: the last one where none is named."""

    room_id: Id
    position: Count | None = None
