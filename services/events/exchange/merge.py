"""The update that a newer file makes: last imported, file and ours, three ways, field by field.

A field changed only in the file takes the file's value, one changed only on our side keeps ours, one changed on both to
different values is reported and waits for a choice. A thing is the same thing as long as its (source, key) is; one that
is missing from the newer file is a proposal to cancel it, never more. What only we have is never touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Generic, Literal, TypeVar

from services.events.exchange.codec import as_json, from_json
from services.events.exchange.programme_file import (
    FilePerson,
    FileRoom,
    FileSession,
    FileTrack,
    Json,
    ProgrammeFile,
)
from services.events.exchange.rules import Faults

Take = Literal["file", "ours"]
Item = TypeVar("Item", FileSession, FileRoom, FilePerson, FileTrack, ProgrammeFile)
Path = tuple[str, ...]
Leaves = dict[Path, Json]
PARTS = ("sessions", "rooms", "people", "tracks")
_NOTHING: tuple[Json, ...] = (None, "", [], {})
_NEVER: Any = object()
ABSENT = "absent"
"""In `BothChanged.field`: the thing itself was removed on one side and changed on the other."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field (`title.en`, `start`, `extras.logo`) and its value before and after, as JSON; `None` where there was none."""

    field: str
    old: Json
    new: Json


@dataclass(frozen=True, slots=True)
class BothChanged:
    """A field that the file and we have changed to different values since the last import."""

    kind: str
    source: str
    key: str
    field: str
    last: Json
    theirs: Json
    ours: Json


@dataclass(frozen=True, slots=True)
class Changed(Generic[Item]):
    """One thing before and after, with the fields that differ."""

    before: Item
    after: Item
    fields: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Part(Generic[Item]):
    """What becomes of the sessions, rooms, people or tracks; `removed` are proposals, in our present form."""

    created: tuple[Item, ...] = ()
    changed: tuple[Changed[Item], ...] = ()
    removed: tuple[Item, ...] = ()
    unchanged: tuple[Item, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return how many of each."""
        return {f.name: len(getattr(self, f.name)) for f in fields(self)}


@dataclass(frozen=True, slots=True)
class Merge:
    """All that an update would do. Where `both_changed` is not empty and nobody chose, it should not be applied."""

    programme: Changed[ProgrammeFile] | None
    sessions: Part[FileSession]
    rooms: Part[FileRoom]
    people: Part[FilePerson]
    tracks: Part[FileTrack]
    both_changed: tuple[BothChanged, ...]

    def applied(self, ours: ProgrammeFile) -> ProgrammeFile:
        """Return our side after the update, without what it proposes to cancel."""
        made = self.programme.after if self.programme else ours
        parts: dict[str, Any] = {name: _apply(getattr(self, name), getattr(ours, name)) for name in PARTS}
        return replace(made, **parts)


def merge(last: ProgrammeFile | None, theirs: ProgrammeFile, ours: ProgrammeFile, take: Take | None = None) -> Merge:
    """Return what a newer file changes; `last` is the file as imported before, `None` at the first import.

    `take` decides what both sides changed; without it those fields keep our value and are reported.
    """
    both: list[BothChanged] = []
    parts = {
        name: _merge_part(name, getattr(last, name, ()), getattr(theirs, name), getattr(ours, name), take, both)
        for name in PARTS
    }
    _keep_what_is_named(parts, theirs, ours, both)
    before = _without_parts(last) if last else None
    whole = _merge_item("programme", before, _without_parts(theirs), _without_parts(ours), take, both)
    if whole:
        own: dict[str, Any] = {name: getattr(ours, name) for name in PARTS}
        whole = Changed(ours, replace(whole.after, **own), whole.fields)
    return Merge(whole, parts["sessions"], parts["rooms"], parts["people"], parts["tracks"], tuple(both))


def _merge_part(
    name: str,
    last: Iterable[Any],
    theirs: Iterable[Any],
    ours: Iterable[Any],
    take: Take | None,
    both: list[BothChanged],
) -> Part[Any]:
    before, file, own = ({_identity(item): item for item in items} for items in (last, theirs, ours))
    created: list[Any] = []
    changed: list[Changed[Any]] = []
    removed: list[Any] = []
    unchanged: list[Any] = []
    for identity, item in file.items():
        mine, was = own.get(identity), before.get(identity)
        if mine is not None:
            change = _merge_item(name, was, item, mine, take, both)
            if change:
                changed.append(change)
            else:
                unchanged.append(mine)
        elif was is None or (was != item and _contested(name, was, item, None, take, both)):
            created.append(item)
    for identity, was in before.items():
        mine = own.get(identity)
        if identity in file or mine is None:
            continue
        if mine == was or _contested(name, was, None, mine, take, both):
            removed.append(mine)
    return Part(tuple(created), tuple(changed), tuple(removed), tuple(unchanged))


def _contested(name: str, was: Any, theirs: Any, ours: Any, take: Take | None, both: list[BothChanged]) -> bool:
    """Note that one side removed what the other changed; tell whether the file's side is taken."""
    source, key = _identity(was)
    both.append(BothChanged(name, source, key, ABSENT, as_json(was), as_json(theirs), as_json(ours)))
    return take == "file"


def _merge_item(
    name: str, last: Any, theirs: Item, ours: Item, take: Take | None, both: list[BothChanged]
) -> Changed[Item] | None:
    """Return what changes of one thing; `None` if nothing does."""
    if theirs in (last, ours):
        return None
    was: Leaves = _leaves(last)
    file: Leaves = _leaves(theirs)
    own: Leaves = _leaves(ours)
    changes: dict[Path, Change] = {}
    for path in dict.fromkeys([*file, *own]):
        old, new = own.get(path), file.get(path)
        base = _base(old, new) if last is None else was.get(path)
        if new in (old, base):
            continue
        field = ".".join(path)
        if old != base:
            both.append(BothChanged(name, *_identity(ours), field, was.get(path), new, old))
            if take != "file":
                continue
        changes[path] = Change(field, old, new)
    if not changes:
        return None
    merged = {path: value for path, value in own.items() if path not in changes or path in file}
    merged |= {path: file[path] for path in changes if path in file}
    after = from_json(type(ours), _tree(merged), Faults())
    assert after is not None
    return Changed(ours, after, tuple(changes.values()))


def _base(old: Json, new: Json) -> Json:
    """Return what to compare with where there is no last import: a side that says nothing contradicts nobody."""
    if new in _NOTHING:
        return new
    return old if old in _NOTHING else _NEVER


def _keep_what_is_named(
    parts: dict[str, Part[Any]], theirs: ProgrammeFile, ours: ProgrammeFile, both: list[BothChanged]
) -> None:
    """Propose to cancel no room, person or track that a session still names, and bring back those it names again."""
    sessions = _apply(parts["sessions"], ours.sessions)
    named = {
        "rooms": {session.room for session in sessions},
        "tracks": {session.track for session in sessions},
        "people": {role.key for session in sessions for role in session.people},
    }
    for name, keys in named.items():
        part = parts[name]
        kept = tuple(item for item in part.removed if item.key in keys)
        removed = tuple(item for item in part.removed if item.key not in keys)
        there = {item.key for item in _apply(replace(part, removed=removed), getattr(ours, name))}
        missing = tuple(item for item in getattr(theirs, name) if item.key in keys - there)
        back = {(name, *_identity(item), ABSENT) for item in missing}
        both[:] = [each for each in both if (each.kind, each.source, each.key, each.field) not in back]
        parts[name] = replace(
            part, created=(*part.created, *missing), removed=removed, unchanged=(*part.unchanged, *kept)
        )


def _identity(item: Any) -> tuple[str, str]:
    return getattr(item, "source", ""), getattr(item, "key", "")


def _without_parts(programme: ProgrammeFile) -> ProgrammeFile:
    nothing: dict[str, Any] = dict.fromkeys(PARTS, ())
    return replace(programme, **nothing)


def _leaves(item: object) -> Leaves:
    """Return every field of a thing by its path; texts and extras are taken apart, lists are one field."""
    found: Leaves = {}
    whole = as_json(item)
    for name, value in whole.items() if isinstance(whole, dict) else ():
        found |= {(name, inner): v for inner, v in value.items()} if isinstance(value, dict) else {(name,): value}
    return found


def _tree(leaves: Leaves) -> dict[str, Json]:
    """Put fields together again."""
    tree: dict[str, Any] = {}
    for (name, *inner), value in leaves.items():
        if inner:
            tree.setdefault(name, {})[inner[0]] = value
        else:
            tree[name] = value
    return tree


def _apply(part: Part[Any], ours: Iterable[Any]) -> tuple[Any, ...]:
    after = {_identity(change.before): change.after for change in part.changed}
    gone = {_identity(item) for item in part.removed}
    kept = [after.get(_identity(item), item) for item in ours if _identity(item) not in gone]
    return (*kept, *part.created)
