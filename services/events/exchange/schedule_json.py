"""c3voc `schedule.json`: bytes to the frab model and back.

Written files are valid against the schema that c3voc publishes, which lets a schedule have members of its own: what the
format does not allow stands in `schedule.huitang`.
"""

import re
from datetime import datetime

from services.events.exchange.frab import (
    OUR_NAME,
    Node,
    RawDay,
    RawEvent,
    RawRoom,
    RawSchedule,
    read_duration,
    write_duration,
)
from services.events.exchange.frab_reading import programme_of
from services.events.exchange.frab_writing import guid_of, schedule_of
from services.events.exchange.json_text import dump, loaded
from services.events.exchange.kept import pack
from services.events.exchange.programme_file import Json, ProgrammeFile, ReadOptions
from services.events.exchange.rules import Faults, Place

_IDENTITY = {"id": "@id", "guid": "@guid", "code": "@code"}
_EVENT = {**_IDENTITY, "recording_license": "recording/license", "do_not_record": "recording/optout"}
_PERSON = {**_IDENTITY, "name": "#text", "public_name": "#text", "role": "@role"}
_LINK = {"url": "@href", "href": "@href", "title": "#text", "type": "@type", "service": "@service"}
_NAMED = {"name": "@name", "guid": "@guid", "slug": "@slug", "color": "@color"}
_ROOM = {"name": "@name", "guid": "@guid"}
_DAY = {"index": "@index", "date": "@date", "day_start": "@start", "day_end": "@end", "start": "@start", "end": "@end"}
_CONFERENCE = {"daysCount": "days"}
_TYPES = {"slides", "paper", "web", "blog", "article", "media", "related", "activitypub"}
_EVENT_MEMBERS = (
    "guid", "code", "id", "logo", "date", "start", "duration", "room", "slug", "url", "title", "subtitle", "track", "type",
    "language", "abstract", "description", "recording_license", "do_not_record", "feedback_url", "origin_url",
)  # fmt: skip
_SLUG = re.compile("[a-z0-9_-]+[a-z0-9]")


def read(data: bytes, options: ReadOptions) -> ProgrammeFile:
    """Read a `schedule.json`; raise `Problems` naming every fault with its pointer and line."""
    with loaded(data) as (value, faults):
        raw = _raw(value, faults)
        made = programme_of(raw, options, faults) if raw else None
    assert made is not None
    return made


def write(programme: ProgrammeFile) -> bytes:
    """Write a `schedule.json` that gives the same programme when it is read again."""
    raw, keys = schedule_of(programme)
    value = _value(raw, programme)
    plain = _raw({"schedule": value}, Faults())
    assert plain is not None
    options = ReadOptions(programme.zone, programme.language)
    corner: Json = pack(programme_of(plain, options, Faults()), programme, keys)
    return dump({"generator": {"name": OUR_NAME}, "schedule": {**value, OUR_NAME: corner}})


def _raw(value: Json, faults: Faults) -> RawSchedule | None:
    schedule = value.get("schedule") if isinstance(value, dict) else None
    conference = schedule.get("conference") if isinstance(schedule, dict) else None
    if not isinstance(value, dict) or not isinstance(schedule, dict) or not isinstance(conference, dict):
        faults.add("member_missing", Place(pointer=""), name="schedule.conference")
        return None
    inner = _items(conference, ("tracks", "rooms", "days"), "/schedule/conference", faults)
    raw = RawSchedule(
        root=_node({k: v for k, v in schedule.items() if k not in ("conference", OUR_NAME)}, "/schedule", {}),
        conference=_node(conference, "/schedule/conference", _CONFERENCE, ("tracks", "rooms", "days")),
        tracks=[_node(item, at, _NAMED) for item, at in inner["tracks"]],
        rooms=[_node(item, at, _ROOM) for item, at in inner["rooms"]],
        days=[_day(item, at, faults) for item, at in inner["days"]],
    )
    raw.root.values |= {f"../{name}": item for name, item in value.items() if name not in ("schedule", "generator")}
    generator = value.get("generator")
    for name, item in generator.items() if isinstance(generator, dict) else ():
        raw.root.values[f"generator/@{name}"] = item
    own = schedule.get(OUR_NAME)
    raw.own = own if isinstance(own, dict) else {}
    return raw


def _day(day: dict[str, Json], pointer: str, faults: Faults) -> RawDay:
    raw = RawDay(_node(day, pointer, _DAY, ("rooms",)))
    rooms = day.get("rooms")
    for name, events in rooms.items() if isinstance(rooms, dict) else ():
        at = f"{pointer}/rooms"
        listed = _items({name: events}, (name,), at, faults)[name]
        raw.rooms.append(RawRoom(Node({"@name": name}, pointer=at), [_event(e, where, faults) for e, where in listed]))
    return raw


def _event(event: dict[str, Json], pointer: str, faults: Faults) -> RawEvent:
    inner = _items(event, ("persons", "links", "attachments"), pointer, faults)
    node = _node(event, pointer, _EVENT, tuple(inner))
    _take_end(node)
    return RawEvent(
        node,
        [_node(item, at, _PERSON) for item, at in inner["persons"]],
        [_node(item, at, _LINK) for item, at in inner["links"]],
        [_node(item, at, _LINK) for item, at in inner["attachments"]],
    )


def _take_end(node: Node) -> None:
    """Drop an end that says what date and duration say; where there is no duration, make it from the end."""
    values = node.values
    try:
        length = datetime.fromisoformat(str(values["end"])) - datetime.fromisoformat(str(values["date"]))
        minutes, seconds = divmod(length.total_seconds(), 60)
        if minutes > 0 and not seconds and not values.get("duration"):
            values["duration"] = "{:02}:{:02}".format(*divmod(int(minutes), 60))
        if read_duration(str(values.get("duration"))) * 60 == length.total_seconds():
            del values["end"]
    except (KeyError, ValueError, TypeError):
        return


def _node(item: dict[str, Json], pointer: str, names: dict[str, str], without: tuple[str, ...] = ()) -> Node:
    """Make a node of an object; of two members with one meaning the second stays under its own name if it differs."""
    values: dict[str, Json] = {}
    for name, value in item.items():
        if name in without:
            continue
        known = names.get(name, name)
        if known not in values:
            values[known] = value
        elif values[known] != value:
            values[name] = value
    return Node(values, pointer=pointer, names={known: name for name, known in names.items() if name in item})


def _items(
    item: dict[str, Json], names: tuple[str, ...], pointer: str, faults: Faults
) -> dict[str, list[tuple[dict[str, Json], str]]]:
    """Return the objects in some members of an object, each with its pointer; note what is no list of objects."""
    found: dict[str, list[tuple[dict[str, Json], str]]] = {}
    for name in names:
        found[name] = []
        listed = item.get(name) or []
        for i, entry in enumerate(listed if isinstance(listed, list) else [None]):
            at = Node(pointer=pointer).place(name).pointer or ""
            if isinstance(entry, dict):
                found[name].append((entry, f"{at}/{i}"))
            else:
                faults.add("bad_value", Place(pointer=at), found=str(listed), wanted="[{…}]")
    return found


def _value(raw: RawSchedule, programme: ProgrammeFile) -> dict[str, Json]:
    """Return the schedule as its schema has it."""
    conference = {"timeslot_duration": write_duration(5), **raw.conference.values}
    count = conference.pop("days")
    tracks: list[Json] = []
    for track in raw.tracks:
        fits = {
            "@slug": bool(_SLUG.fullmatch(str(track.values["@slug"]))),
            "@color": bool(track.values["@color"]),
            "@name": True,
        }
        tracks.append({name: track.values[known] for name, known in _NAMED.items() if fits.get(known)})
    rooms: list[Json] = []
    for room in raw.rooms:
        name = str(room.values["@name"])
        known = {n: room.values[n] for n in ("capacity", "description") if isinstance(room.values.get(n), int | str)}
        rooms.append({"name": name, "guid": guid_of(programme, "room", name, str(room.values["@guid"])), **known})
    days: list[Json] = [_day_value(day) for day in raw.days]
    whole: dict[str, Json] = {**conference, "daysCount": count, "tracks": tracks, "rooms": rooms, "days": days}
    return {"version": raw.root.values["version"], "conference": whole}


def _day_value(day: RawDay) -> dict[str, Json]:
    values = day.node.values
    rooms: Json = {str(room.node.values["@name"]): [_event_value(event) for event in room.events] for room in day.rooms}
    bounds = {"day_start": values["@start"], "day_end": values["@end"]}
    return {"index": values["@index"], "date": values["@date"], **bounds, "rooms": rooms}


def _event_value(event: RawEvent) -> dict[str, Json]:
    values = {name: event.node.values.get(_EVENT.get(name, name)) for name in _EVENT_MEMBERS}
    made = {name: value for name, value in values.items() if value is not None}
    number = int(str(made["id"]))
    made |= {"id": number, "start": str(made["start"])[:5], "slug": made["slug"] or f"session-{number}"}
    made.setdefault("url", f"urn:uuid:{made['guid']}")
    persons: list[Json] = []
    for person in event.persons:
        known = {name: person.values.get(_PERSON.get(name, name)) for name in ("guid", "code", "avatar", "biography")}
        shown = {name: value for name, value in known.items() if isinstance(value, str) and value}
        persons.append({"id": int(str(person.values["@id"])), "public_name": person.values["#text"], **shown})
    return {**made, "persons": persons, "links": _links(event.links), "attachments": _links(event.attachments)}


def _links(links: list[Node]) -> list[Json]:
    made: list[Json] = []
    for link in links:
        kind: dict[str, Json] = {"type": link.values["@type"]} if link.values["@type"] in _TYPES else {}
        made.append({"url": link.values["@href"], "title": link.values["#text"], **kind})
    return made
