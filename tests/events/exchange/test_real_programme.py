"""A real programme of 780 sessions, compared with its source element by element, in every format."""

import json
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from services.events.exchange import own_json, schedule_json, schedule_xml
from services.events.exchange.programme_file import ProgrammeFile, ReadOptions

pytestmark = pytest.mark.samples


@pytest.fixture(scope="module")
def source(samples: Path) -> bytes:
    return (samples / "fosdem2023.xml").read_bytes()


@pytest.fixture(scope="module")
def programme(source: bytes) -> ProgrammeFile:
    return schedule_xml.read(source, ReadOptions(zone="Europe/Brussels", language="en"))


def test_its_parts_are_counted(programme: ProgrammeFile) -> None:
    parts = (programme.sessions, programme.rooms, programme.people, programme.tracks)
    assert [len(part) for part in parts] == [780, 35, 787, 61]


def test_nothing_of_it_is_without_a_member(programme: ProgrammeFile) -> None:
    rooms, people, sessions = programme.rooms, programme.people, programme.sessions
    links = [link for session in sessions for link in (*session.links, *session.attachments)]
    extras = [programme.extras, *(thing.extras for part in (rooms, people, sessions, links) for thing in part)]
    assert [extra for extra in extras if extra] == []


def test_every_element_and_attribute_is_in_our_json_and_nothing_else(source: bytes, programme: ProgrammeFile) -> None:
    ours = json.loads(own_json.write(programme))
    expected = flat_of_xml(ElementTree.fromstring(source.decode()))
    found = flat_of_json(ours)
    assert [line for line in expected if expected[line] != found[line]] == []
    assert found - expected == Counter()


@pytest.mark.parametrize("form", [schedule_xml, schedule_json, own_json], ids=["xml", "c3voc", "own"])
def test_it_comes_back_from_every_format(programme: ProgrammeFile, form: Any) -> None:
    data = form.write(programme)
    assert form.read(data, ReadOptions()) == programme
    assert form.write(programme) == data


def test_written_xml_says_the_same_to_others(source: bytes, programme: ProgrammeFile) -> None:
    """The elements that the published schema has are the source's, but for slugs, which it wants in another form."""
    before, after = (ElementTree.fromstring(data) for data in (source.decode(), schedule_xml.write(programme).decode()))
    names = ("start", "duration", "room", "title", "subtitle", "track", "type", "language", "abstract", "description")
    for old, new in zip(before.iter("event"), after.iter("event"), strict=True):
        assert (new.get("id"), [new.findtext(name) or "" for name in names]) == (
            old.get("id"),
            [old.findtext(name) or "" for name in names],
        )
        for path in ("persons/person", "links/link", "attachments/attachment"):
            assert [(item.attrib, item.text) for item in new.findall(path)] == [
                (item.attrib, item.text) for item in old.findall(path)
            ]


def flat_of_xml(root: ElementTree.Element) -> Counter[tuple[str, ...]]:
    """Return every statement of the XML as (whose, which, value), counted."""
    said: Counter[tuple[str, ...]] = Counter()
    for item in root.find("conference") or ():
        said["conference", item.tag, item.text or ""] += 1
    change = clock(root.findtext("conference/day_change") or "")
    for day in root.iter("day"):
        for name, value in day.attrib.items():
            said["day", str(day.get("index")), name, value] += 1
        for room in day.iter("room"):
            if room.get("name"):
                said["room", str(day.get("index")), str(room.get("name"))] += 1
        for event in day.iter("event"):
            key = str(event.get("id"))
            start = datetime.fromisoformat(str(day.get("date"))) + clock(event.findtext("start") or "")
            if clock(event.findtext("start") or "") < change:
                start += timedelta(days=1)
            said[key, "at", start.isoformat()] += 1
            said[key, "minutes", str(clock(event.findtext("duration") or "").seconds // 60)] += 1
            for item in event:
                if item.tag in ("persons", "attachments", "links"):
                    for n, inner in enumerate(item):
                        assert len(inner) == 0
                        said[
                            key,
                            inner.tag,
                            str(n),
                            inner.text or "",
                            *(f"{k}={v}" for k, v in sorted(inner.attrib.items())),
                        ] += 1
                elif item.tag not in ("start", "duration"):
                    assert (len(item), item.attrib) == (0, {})
                    said[key, item.tag, item.text or ""] += 1
    return said


def flat_of_json(ours: dict[str, Any]) -> Counter[tuple[str, ...]]:
    """Return the same statements, made from our JSON."""
    said: Counter[tuple[str, ...]] = Counter()
    first, last = (datetime.fromisoformat(ours[name]) for name in ("start_on", "end_on"))
    days = [(first + timedelta(days=n)).date().isoformat() for n in range((last - first).days + 1)]
    for name in ("title", "subtitle", "venue", "city"):
        assert ours[name]["zh"] == ""
        said["conference", name, ours[name]["en"]] += 1
    said["conference", "start", ours["start_on"]] += 1
    said["conference", "end", ours["end_on"]] += 1
    said["conference", "days", str(len(days))] += 1
    said["conference", "day_change", ours["day_change"]] += 1
    said["conference", "timeslot_duration", f"00:{ours['slot_minutes']:02}:00"] += 1
    for n, day in enumerate(days, 1):
        said["day", str(n), "index", str(n)] += 1
        said["day", str(n), "date", day] += 1
        for room in ours["rooms"]:
            said["room", str(n), room["name"]["en"]] += 1
    names = {person["key"]: person["name"]["en"] for person in ours["people"]}
    for session in ours["sessions"]:
        key = session["key"]
        said[key, "at", session["start"]] += 1
        said[key, "minutes", str(session["duration_minutes"])] += 1
        for name in ("room", "slug", "track", "type", "language"):
            said[key, name, session[name]] += 1
        for name in ("title", "subtitle", "abstract", "description"):
            said[key, name, session[name]["en"]] += 1
        for n, role in enumerate(session["people"]):
            assert role["role"] == "speaker"
            said[key, "person", str(n), names[role["key"]], f"id={role['key']}"] += 1
        for n, link in enumerate(session["links"]):
            said[key, "link", str(n), link["title"], f"href={link['href']}"] += 1
        for n, link in enumerate(session["attachments"]):
            said[key, "attachment", str(n), link["title"], f"href={link['href']}", f"type={link['type']}"] += 1
    return said


def clock(words: str) -> timedelta:
    """Return hours, minutes and perhaps seconds as a length."""
    hours, minutes, *_ = words.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))
