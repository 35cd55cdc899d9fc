"""Shapes of imports: what is asked, and what was found and done."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from services.events.exchange.merge import BothChanged, Changed, Merge, Part
from shared.schema import Out
from shared.text import Text

MANY = 1000
"""At most so many changed things are told one by one."""


class ImportQuery(BaseModel):
    """Which edition a file is for, and how it is to be read; the body is the file itself.

    With `create` the edition is made from the file, in the series named (by id or slug) or in a new one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    edition: Annotated[str, Field(min_length=1, max_length=80, description="Id or slug of the edition.")]
    create: bool = False
    series: Annotated[str | None, Field(max_length=80)] = None
    dry_run: bool = False
    take: Literal["file", "ours"] | None = None
    zone: Annotated[str | None, Field(max_length=64)] = None
    language: Literal["zh", "en"] | None = None
    format: Annotated[str, Field(max_length=40, description="Name of the format; found out where it is left out.")] = ""
    filename: Annotated[str, Field(max_length=255)] = ""


class CountsOut(BaseModel):
    """How many things are created, changed, proposed for removal, and unchanged."""

    created: int
    changed: int
    removed: int
    unchanged: int


class FieldChangeOut(BaseModel):
    """A field (`title.en`, `start`) and its value before and after."""

    field: str
    old: Any
    new: Any


class ThingOut(BaseModel):
    """A session, room, person or track of the file, and what changes of it."""

    key: str
    name: Text
    fields: list[FieldChangeOut] = []


class DetailsOut(BaseModel):
    """What is created, changed and proposed for removal, one by one."""

    created: list[ThingOut]
    changed: list[ThingOut]
    removed: list[ThingOut]


class BothChangedOut(BaseModel):
    """A field that the file and we changed to different values since the last import."""

    kind: str
    source: str
    key: str
    field: str
    last: Any
    theirs: Any
    ours: Any


class ImportOut(BaseModel):
    """What an import did (`applied`) or would do. `conflicts` counts those within the edition afterwards, by kind."""

    id: Annotated[str | None, Field(serialization_alias="import")]
    applied: bool
    edition: str
    format: str
    sessions: CountsOut
    rooms: CountsOut
    people: CountsOut
    tracks: CountsOut
    both_changed: list[BothChangedOut]
    problems: list[dict[str, Any]] = []
    conflicts: dict[str, int]
    details: dict[str, DetailsOut]


class ImportRowOut(Out):
    """An import that was applied."""

    id: str
    edition_id: str
    format: str
    filename: str
    counts: dict[str, CountsOut]
    made_by: str
    made_at: datetime
    undone_at: datetime | None


def details_of(found: Merge) -> dict[str, DetailsOut]:
    """Return the details of sessions, rooms, people and tracks."""
    return {name: _details(getattr(found, name)) for name in ("sessions", "rooms", "people", "tracks")}


def counts_of(part: Part[Any]) -> CountsOut:
    """Return how many of each."""
    return CountsOut(**part.counts())


def both_changed_of(found: Merge) -> list[BothChangedOut]:
    """Return what waits for a choice."""
    return [_both(each) for each in found.both_changed[:MANY]]


def _both(each: BothChanged) -> BothChangedOut:
    return BothChangedOut(
        kind=each.kind,
        source=each.source,
        key=each.key,
        field=each.field,
        last=each.last,
        theirs=each.theirs,
        ours=each.ours,
    )


def _details(part: Part[Any]) -> DetailsOut:
    return DetailsOut(
        created=[_thing(item) for item in part.created[:MANY]],
        changed=[_changed(change) for change in part.changed[:MANY]],
        removed=[_thing(item) for item in part.removed[:MANY]],
    )


def _thing(item: Any, fields: list[FieldChangeOut] | None = None) -> ThingOut:
    return ThingOut(
        key=item.key, name=getattr(item, "title", None) or getattr(item, "name", Text()), fields=fields or []
    )


def _changed(change: Changed[Any]) -> ThingOut:
    return _thing(change.after, [FieldChangeOut(field=f.field, old=f.old, new=f.new) for f in change.fields])
