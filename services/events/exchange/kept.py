"""What a format cannot hold, kept beside it: the difference between what a file says plainly and what is so.

A writer makes a file that other programs understand, reads it back as they would, and lays the difference into a corner
that they pass over; our own reader puts it back. Every kept value carries a digest of the plain one that it replaces, so
that it is put back only where nobody has edited the file since.
"""

import json
import zlib
from dataclasses import replace

from services.events.exchange.codec import as_json, from_json
from services.events.exchange.programme_file import Json, ProgrammeFile
from services.events.exchange.rules import Faults, Place

Keys = dict[str, dict[str, str]]
"""For `sessions`, `rooms`, `people` and `tracks`: the key that a format could write → the real one, where they differ."""

_ABSENT = ""


def pack(plain: ProgrammeFile, real: ProgrammeFile, keys: Keys) -> dict[str, Json]:
    """Return the corner of a file: its language, the real keys, and what reading it plainly would lose."""
    kept = difference(_renamed(plain, keys), as_json(real))
    corner: dict[str, Json] = {
        "language": real.language,
        "keys": {k: dict(v) for k, v in keys.items() if v},
        "kept": kept,
    }
    return {name: value for name, value in corner.items() if value}


def unpack(plain: ProgrammeFile, corner: dict[str, Json], faults: Faults, place: Place) -> ProgrammeFile:
    """Return what a file says with what its corner keeps; note a corner that makes no sense, and return `plain`."""
    raw = corner.get("keys")
    keys: Keys = {}
    for kind, names in raw.items() if isinstance(raw, dict) else ():
        if isinstance(names, dict):
            keys[kind] = {name: key for name, key in names.items() if isinstance(key, str)}
    inner = Faults()
    made = from_json(ProgrammeFile, overlay(_renamed(plain, keys), corner.get("kept")), inner)
    if made is None:
        faults.add("not_readable", place, reason="huitang")
        return plain
    return made


def _renamed(programme: ProgrammeFile, keys: Keys) -> Json:
    """Return a programme as JSON under its real keys."""

    def real(kind: str, key: str | None) -> str | None:
        return key if key is None else keys.get(kind, {}).get(key, key)

    sessions = tuple(
        replace(
            session,
            key=real("sessions", session.key) or "",
            people=tuple(replace(role, key=real("people", role.key) or "") for role in session.people),
            room=real("rooms", session.room),
            track=real("tracks", session.track),
            parent=real("sessions", session.parent),
        )
        for session in programme.sessions
    )
    return as_json(
        replace(
            programme,
            sessions=sessions,
            rooms=tuple(replace(room, key=real("rooms", room.key) or "") for room in programme.rooms),
            people=tuple(replace(person, key=real("people", person.key) or "") for person in programme.people),
            tracks=tuple(replace(track, key=real("tracks", track.key) or "") for track in programme.tracks),
        )
    )


def difference(plain: Json, real: Json) -> Json:
    """Return what `overlay` needs to turn `plain` into `real`; `None` where they are equal.

    An object gives an object of its differing members, a list of items with keys `{"items", "order"}`, and anything
    else `[digest of the plain value, real value]`, the value left out where the member is to go.
    """
    if plain == real:
        return None
    if isinstance(plain, dict) and isinstance(real, dict):
        return _members(plain, real)
    olds, news = _by_key(plain), _by_key(real)
    if olds is not None and news is not None:
        node: dict[str, Json] = {"items": _members(olds, news)}
        if list(olds) != list(news):
            node["order"] = list(news)
        return node
    return [_digest(plain), real]


def overlay(plain: Json, kept: Json) -> Json:
    """Put back what was kept, except where the plain value is no longer the one that was written."""
    if isinstance(kept, list) and kept:
        return kept[1] if len(kept) == 2 and kept[0] == _digest(plain) else plain
    if not isinstance(kept, dict):
        return plain
    if isinstance(plain, dict):
        return _overlay_members(plain, kept)
    items, changes, order = _by_key(plain), kept.get("items"), kept.get("order")
    if items is None or not isinstance(changes, dict):
        return plain
    merged = _overlay_members(items, changes)
    wanted = [key for key in order if isinstance(key, str)] if isinstance(order, list) else []
    return [merged[key] for key in dict.fromkeys([*wanted, *merged]) if key in merged]


def _members(plain: dict[str, Json], real: dict[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name in dict.fromkeys([*plain, *real]):
        if name not in real:
            found[name] = [_digest(plain[name])]
        elif name not in plain:
            found[name] = [_ABSENT, real[name]]
        elif plain[name] != real[name]:
            found[name] = difference(plain[name], real[name])
    return found


def _overlay_members(plain: dict[str, Json], kept: dict[str, Json]) -> dict[str, Json]:
    merged = dict(plain)
    for name, change in kept.items():
        if name in plain:
            if isinstance(change, list) and change == [_digest(plain[name])]:
                del merged[name]
            else:
                merged[name] = overlay(plain[name], change)
        elif isinstance(change, list) and len(change) == 2 and change[0] == _ABSENT:
            merged[name] = change[1]
    return merged


def _by_key(value: Json) -> dict[str, Json] | None:
    """Return a list of items with distinct keys as an object by key; `None` if it is not one."""
    if not isinstance(value, list):
        return None
    keyed: dict[str, Json] = {}
    for item in value:
        key = item.get("key") if isinstance(item, dict) else None
        if not isinstance(key, str) or key in keyed:
            return None
        keyed[key] = item
    return keyed


def _digest(value: Json) -> str:
    return format(zlib.crc32(json.dumps(value, sort_keys=True).encode()), "08x")
