"""The real programme's file told as our JSON tells it, and our JSON told as that file does: what tests compare with.

Written against the file alone, and strict: an element, attribute or member that is not known here is an error.
"""

from datetime import date, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element, fromstring

Tree = tuple[str, dict[str, str], str, list[Any]]
"""An element with its attributes, its words and its children."""

WORDS = ("title", "subtitle", "abstract", "description")
CONFERENCE = ("title", "subtitle", "venue", "city", "start", "end", "days", "day_change", "timeslot_duration")
EVENT = (
    "start", "duration", "room", "slug", "title", "subtitle", "track", "type", "language", "abstract", "description",
    "persons", "attachments", "links",
)  # fmt: skip


def our_json(data: bytes) -> dict[str, Any]:
    """Return what our JSON says of a file of this kind, every member of it."""
    root = fromstring(data)
    conference, *days = parts(root)
    said = dict(zip(CONFERENCE, map(leaf, members(conference, *CONFERENCE)), strict=True))
    assert [(day.tag, day.get("index")) for day in days] == [("day", str(n + 1)) for n in range(int(said["days"]))]
    rooms = [[(room, leaf_attributes(room, "name")) for room in parts(day, "index", "date")] for day in days]
    sessions = [
        session(event, str(day.get("date")), name, said["day_change"])
        for day, listed in zip(days, rooms, strict=True)
        for room, (name,) in listed
        for event in parts(room, "name")
    ]
    return {
        "format": "huitang-programme/1",
        **{name: text(said[name]) for name in ("title", "subtitle", "venue", "city")},
        "zone": "Europe/Brussels",
        "language": "en",
        "acronym": "",
        "start_on": said["start"],
        "end_on": said["end"],
        "day_change": said["day_change"],
        "slot_minutes": minutes(said["timeslot_duration"]),
        "version": "",
        "rooms": [
            {"key": name, "name": text(name), "capacity": None, **PLAIN}
            for name in dict.fromkeys(name for listed in rooms for _, (name,) in listed)
        ],
        "people": [
            {"key": key, "name": text(name), **dict.fromkeys(("title", "affiliation", "biography"), text("")), **PLAIN}
            for key, name in dict.fromkeys(
                (person.get("id"), leaf(person, "id")) for person in root.iter("person")
            )
        ],
        "tracks": [
            {"key": name, "name": text(name), "color": "", "slug": "", "source": "", "extras": {}}
            for name in dict.fromkeys(each["track"] for each in sessions)
        ],
        "sessions": sessions,
        "extras": {},
    }  # fmt: skip


PLAIN: dict[str, Any] = {"guid": "", "source": "", "extras": {}}


def session(event: Element, day: str, room: str, day_change: str) -> dict[str, Any]:
    """Return what our JSON says of an event."""
    (key,) = leaf_attributes(event, "id")
    *plain, persons, attachments, links = members(event, *EVENT)
    said = {element.tag: leaf(element) for element in plain}
    assert said["room"] == room
    start = datetime.fromisoformat(f"{day}T{said['start']}:00")
    if said["start"] < day_change[:5]:
        start += timedelta(days=1)
    return {
        "key": key,
        **{name: text(said[name]) for name in WORDS},
        "start": start.isoformat(),
        "duration_minutes": minutes(said["duration"]),
        **{name: said[name] for name in ("room", "track", "type", "language", "slug")},
        "people": [
            {"key": leaf_attributes(person, "id")[0], "role": "speaker", "title": text(""), "affiliation": text("")}
            for person in parts(persons)
        ],
        "attachments": [
            {"href": each.get("href"), "title": leaf(each, "type", "href"), "type": each.get("type"), "extras": {}}
            for each in parts(attachments)
        ],
        "links": [
            {"href": each.get("href"), "title": leaf(each, "href"), "type": "", "extras": {}} for each in parts(links)
        ],
        "parent": None,
        "licence": "",
        "do_not_record": None,
        **dict.fromkeys(("kind", "openness", "attendance_mode", "join_url"), ""),
        **dict.fromkeys(("embargo_until", "expected_attendance")),
        "interpretation": [], "tags": [], "needs": {},
        **PLAIN,
    }  # fmt: skip


def file_tree(ours: dict[str, Any]) -> Tree:
    """Return the file that our JSON was made from, as the tree of its elements."""
    first, last = (date.fromisoformat(ours[name]) for name in ("start_on", "end_on"))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    names = {person["key"]: person["name"]["en"] for person in ours["people"]}
    change = ours["day_change"]
    said = {
        **{name: ours[name]["en"] for name in ("title", "subtitle", "venue", "city")},
        "start": ours["start_on"],
        "end": ours["end_on"],
        "days": str(len(days)),
        "day_change": change,
        "timeslot_duration": clock(ours["slot_minutes"]) + ":00",
    }
    by_place: dict[tuple[str, str], list[Tree]] = {}
    for each in ours["sessions"]:
        at = datetime.fromisoformat(each["start"])
        day = (at - timedelta(hours=int(change[:2]), minutes=int(change[3:5]))).date().isoformat()
        by_place.setdefault((day, each["room"]), []).append(event_tree(each, at, names))
    found = [
        tree("day", [
            tree("room", by_place.pop((day.isoformat(), room["key"]), []), name=room["name"]["en"])
            for room in ours["rooms"]
        ], index=str(n), date=day.isoformat())
        for n, day in enumerate(days, 1)
    ]  # fmt: skip
    assert by_place == {}
    return tree("schedule", [tree("conference", [tree(name, said[name]) for name in CONFERENCE]), *found])


def event_tree(ours: dict[str, Any], at: datetime, names: dict[str, str]) -> Tree:
    """Return the event that our JSON of a session was made from."""
    said: dict[str, Any] = {
        **{name: ours[name] for name in ("room", "slug", "track", "type", "language")},
        **{name: ours[name]["en"] for name in WORDS},
        "start": f"{at:%H:%M}",
        "duration": clock(ours["duration_minutes"]),
        "persons": [tree("person", names[role["key"]], id=role["key"]) for role in ours["people"]],
        "attachments": [
            tree("attachment", each["title"], type=each["type"], href=each["href"]) for each in ours["attachments"]
        ],
        "links": [tree("link", each["title"], href=each["href"]) for each in ours["links"]],
    }
    return tree("event", [tree(name, said[name]) for name in EVENT], id=ours["key"])


def tree(tag: str, content: str | list[Tree], **attributes: str) -> Tree:
    """Make an element of a tree."""
    return (tag, attributes, content, []) if isinstance(content, str) else (tag, attributes, "", content)


def tree_of(element: Element) -> Tree:
    """Return an element as a tree; white space alone is layout."""
    words = [((each or "").strip() and each) or "" for each in (element.text, *(child.tail for child in element))]
    assert len(element) == 0 or not any(words)
    return element.tag, element.attrib, words[0], [tree_of(child) for child in element]


def parts(element: Element, *attributes: str) -> list[Element]:
    """Return the children of an element that has these attributes and no words."""
    leaf_attributes(element, *attributes)
    assert not (element.text or "").strip()
    return list(element)


def members(element: Element, *names: str) -> list[Element]:
    """Return the children of an element, which are of these names, once each and in this order."""
    assert [child.tag for child in element] == list(names)
    return list(element)


def leaf(element: Element, *attributes: str) -> str:
    """Return the words of an element that has these attributes and no children."""
    leaf_attributes(element, *attributes)
    assert len(element) == 0
    return element.text or ""


def leaf_attributes(element: Element, *names: str) -> tuple[str, ...]:
    """Return the values of an element's attributes, which are these and no others."""
    assert list(element.attrib) == list(names)
    return tuple(element.attrib.values())


def text(words: str) -> dict[str, str]:
    """Return words of the file as a text of ours."""
    return {"zh": "", "en": words}


def minutes(words: str) -> int:
    """Return the minutes of `00:25` or `00:05:00`."""
    hours, rest, *_ = words.split(":")
    return int(hours) * 60 + int(rest)


def clock(length: int) -> str:
    """Write minutes as `00:25`."""
    return "{:02}:{:02}".format(*divmod(length, 60))
