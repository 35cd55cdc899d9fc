"""A real programme of 780 sessions, compared with its source element by element, in every format."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from services.events.exchange import own_json, schedule_json, schedule_xml
from services.events.exchange.programme_file import ProgrammeFile, ReadOptions
from tests.events.exchange.real_programme import file_tree, our_json, tree_of

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


def test_every_element_and_attribute_is_in_our_json_and_nothing_else(source: bytes, programme: ProgrammeFile) -> None:
    ours = json.loads(own_json.write(programme))
    assert ours == our_json(source)
    assert file_tree(ours) == tree_of(ElementTree.fromstring(source))


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
