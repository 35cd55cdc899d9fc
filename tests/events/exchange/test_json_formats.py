"""Reading and writing our own JSON and c3voc `schedule.json`."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from services.events.exchange import own_json, schedule_json
from services.events.exchange.json_text import lines_of
from services.events.exchange.programme_file import (
    FileLink,
    FilePerson,
    FileRole,
    FileSession,
    ProgrammeFile,
    ReadOptions,
)
from services.events.exchange.rules import Problems
from shared.text import Text
from tests.events.exchange.full_programme import FULL

Read = Callable[[bytes, ReadOptions], ProgrammeFile]
OWN: dict[str, Any] = {
    "format": "huitang-programme/1",
    "title": {"zh": "年会", "en": ""},
    "zone": "Asia/Shanghai",
    "rooms": [{"key": "A", "name": {"zh": "甲", "en": "A"}}],
    "sessions": [
        {
            "key": "1",
            "title": {"zh": "开幕", "en": "Opening"},
            "start": "2023-02-04T09:30:00",
            "duration_minutes": 30,
            "room": "A",
        }
    ],
}
C3VOC: dict[str, Any] = {
    "schedule": {
        "version": "1.0",
        "conference": {
            "title": "DemoCon",
            "acronym": "democon",
            "start": "2020-12-14",
            "end": "2020-12-14",
            "daysCount": 1,
            "timeslot_duration": "00:05",
            "time_zone_name": "Europe/Berlin",
            "rooms": [{"name": "Gray", "guid": "b379c473-93b9-4eae-9a09-d482e86cede3", "capacity": 100}],
            "days": [
                {
                    "index": 1,
                    "date": "2020-12-14",
                    "day_start": "2020-12-14T04:00:00+01:00",
                    "day_end": "2020-12-15T04:00:00+01:00",
                    "rooms": {
                        "Gray": [
                            {
                                "id": 25,
                                "guid": "8079583e-8321-506c-95af-fd2903a5f075",
                                "date": "2020-12-15T02:00:00+01:00",
                                "start": "02:00",
                                "end": "2020-12-15T03:30:00+01:00",
                                "duration": "01:30",
                                "room": "Gray",
                                "title": "Night",
                                "subtitle": None,
                                "answers": [{"q": 1}],
                                "recording_license": "CC0",
                                "do_not_record": False,
                                "persons": [{"id": 26, "code": "NQTF8Y", "public_name": "Ann", "biography": "Bio"}],
                                "links": [{"url": "https://x.org", "title": "X", "type": "web"}],
                                "attachments": [],
                            }
                        ]
                    },
                }
            ],
        },
    }
}


def changed(base: dict[str, Any], pointer: str, value: object) -> bytes:
    """Return the JSON of `base` with one member set."""
    copy = json.loads(json.dumps(base))
    *path, last = [int(step) if step.isdecimal() else step for step in pointer.split("/")[1:]]
    inner = copy
    for step in path:
        inner = inner[step]
    inner[last] = value
    return json.dumps(copy, indent=1).encode()


def faults(read: Read, data: bytes, options: ReadOptions | None = None) -> list[tuple[str | None, str]]:
    """Return the pointer and code of every fault of a file that is refused."""
    with pytest.raises(Problems) as refused:
        read(data, options or ReadOptions())
    return [(problem.place.pointer, problem.code) for problem in refused.value.problems]


@pytest.mark.parametrize("read_write", [own_json, schedule_json], ids=["own", "c3voc"])
def test_everything_comes_back(read_write: Any) -> None:
    data = read_write.write(FULL)
    assert read_write.read(data, ReadOptions(zone="UTC", language="en")) == FULL
    assert read_write.write(read_write.read(data, ReadOptions())) == data


def test_our_json_has_the_documented_members() -> None:
    written = json.loads(own_json.write(own_json.read(json.dumps(OWN).encode(), ReadOptions())))
    assert list(written) == [
        "format", "title", "zone", "language", "acronym", "subtitle", "venue", "city", "start_on", "end_on", "day_change",
        "slot_minutes", "version", "rooms", "people", "tracks", "sessions", "extras",
    ]  # fmt: skip
    assert written["sessions"] == [
        {
            "key": "1",
            "title": {"zh": "开幕", "en": "Opening"},
            "subtitle": {"zh": "", "en": ""},
            "abstract": {"zh": "", "en": ""},
            "description": {"zh": "", "en": ""},
            "start": "2023-02-04T09:30:00",
            "duration_minutes": 30,
            "room": "A",
            "track": None,
            "parent": None,
            "type": "",
            "language": "",
            "slug": "",
            "guid": "",
            "source": "",
            "people": [],
            "attachments": [],
            "links": [],
            "licence": "",
            "do_not_record": None,
            "kind": "",
            "openness": "",
            "embargo_until": None,
            "attendance_mode": "",
            "join_url": "",
            "expected_attendance": None,
            "interpretation": [],
            "tags": [],
            "needs": {},
            "extras": {},
        }
    ]


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        ("/format", "huitang-programme/2", "bad_value"),
        ("/zone", "Mars/Base", "unknown_zone"),
        ("/zone", None, "zone_missing"),
        ("/colour", 1, "unknown_member"),
        ("/language", "fr", "bad_value"),
        ("/slot_minutes", True, "bad_value"),
        ("/start_on", "2023-13-01", "bad_value"),
        ("/start_on", "8023-01-01", "bad_date"),
        ("/sessions/0/title", "Opening", "bad_value"),
        ("/sessions/0/start", "2023-02-04T09:30:00+08:00", "bad_value"),
        ("/sessions/0/start", "1023-02-04T09:30:00", "bad_date"),
        ("/sessions/0/duration_minutes", 0, "bad_duration"),
        ("/sessions/0/duration_minutes", None, "bad_duration"),
        ("/sessions/0/duration_minutes", 10**30, "bad_duration"),
        ("/sessions/0/room", "B", "unknown_room"),
        ("/sessions/0/track", "B", "unknown_reference"),
        ("/sessions/0/people", [{"key": "x"}], "unknown_reference"),
        ("/sessions/0/people", {}, "bad_value"),
        ("/sessions/0/extras", {"a": ["\x00"]}, "control_characters"),
        ("/sessions/0/slug", "\ud800", "control_characters"),
        ("/rooms", [{"key": "A", "name": {}}, {"key": "A", "name": {}}], "duplicate"),
    ],
)
def test_a_fault_in_our_json_is_named_by_its_pointer(pointer: str, value: object, code: str) -> None:
    ((found, named),) = faults(own_json.read, changed(OWN, pointer, value))
    assert (named, (found or "").startswith(pointer)) == (code, True)


def test_a_fault_has_its_line_too() -> None:
    with pytest.raises(Problems) as refused:
        own_json.read(changed(OWN, "/sessions/0/duration_minutes", 0), ReadOptions())
    (problem,) = refused.value.problems
    assert (problem.place.line, problem.as_json()) == (
        25,
        {
            "line": 25,
            "pointer": "/sessions/0/duration_minutes",
            "code": "bad_duration",
            "message": {"zh": problem.message.zh, "en": problem.message.en},
        },
    )
    assert problem.message.en == "“0” is not a duration: whole minutes above zero, such as 00:30 or 26:00."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": 1, "a": 2}',
        b"\xff\xfe",
        b'{"a": "\xff"}',
        b"{}x",
        b'{"a":' + b"9" * 5000 + b"}",
    ],
)
@pytest.mark.parametrize("read", [own_json.read, schedule_json.read])
def test_what_is_not_json_is_refused(read: Read, data: bytes) -> None:
    assert {code for _, code in faults(read, data)} <= {"not_readable", "encoding"}


def test_lines_are_found_by_pointer() -> None:
    text = '{"a":\n[1,\n{"b/c": "}\\""}, {\n"d": {}}]\n}'
    assert lines_of(text, {"", "/a", "/a/0", "/a/1/b~1c", "/a/2/d", "/e"}) == {
        "": 1,
        "/a": 2,
        "/a/0": 2,
        "/a/1/b~1c": 3,
        "/a/2/d": 4,
    }


def test_a_schedule_json_is_read_whole() -> None:
    programme = schedule_json.read(json.dumps(C3VOC).encode(), ReadOptions())
    assert programme.rooms[0].capacity == 100
    assert programme.people == (FilePerson("26", Text(en="Ann"), biography=Text(en="Bio"), extras={"@code": "NQTF8Y"}),)
    assert programme.extras == {}
    assert programme.sessions == (
        FileSession(
            key="25",
            guid="8079583e-8321-506c-95af-fd2903a5f075",
            title=Text(en="Night"),
            start=datetime(2020, 12, 15, 2),
            duration_minutes=90,
            room="Gray",
            people=(FileRole("26"),),
            links=(FileLink("https://x.org", "X", "web"),),
            licence="CC0",
            do_not_record=False,
            extras={"answers": [{"q": 1}]},
        ),
    )
    assert schedule_json.read(schedule_json.write(programme), ReadOptions()) == programme


DAY = "/schedule/conference/days/0"
NIGHT = f"{DAY}/rooms/Gray/0"


@pytest.mark.parametrize(
    ("pointer", "value", "code"),
    [
        (f"{NIGHT}/date", "2020-13-15T02:00:00+01:00", "bad_date"),
        (f"{NIGHT}/date", "2020-12-15T03:00:00+01:00", "start_differs"),
        (f"{NIGHT}/room", "Blue", "unknown_room"),
        (f"{NIGHT}/duration", "00:00", "bad_duration"),
        (f"{NIGHT}/title", ["x"], "bad_value"),
        (f"{NIGHT}/title", "\x07", "control_characters"),
        (f"{NIGHT}/persons", ["Ann"], "bad_value"),
        (f"{DAY}/rooms/Gray", 3, "bad_value"),
        ("/schedule/conference/days", {}, "bad_value"),
        ("/schedule/conference/time_zone_name", None, "zone_missing"),
        ("/schedule/conference", [], "member_missing"),
    ],
)
def test_a_fault_in_schedule_json_is_named_by_its_pointer(pointer: str, value: object, code: str) -> None:
    if pointer == "/schedule/conference/days":
        value = {"x": 1}
    found = faults(schedule_json.read, changed(C3VOC, pointer, value))
    assert found == [("" if code == "member_missing" else pointer, code)]
