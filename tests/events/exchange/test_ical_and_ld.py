"""Programmes as iCalendar and as JSON-LD, and the table of formats."""

import json
from datetime import date, datetime

import pytest

from services.events.exchange import formats, ical, ical_writing, json_ld
from services.events.exchange.programme_file import (
    FileLink,
    FileRoom,
    FileSession,
    FileTrack,
    ProgrammeFile,
    ReadOptions,
)
from services.events.exchange.rules import Problems
from shared.text import Text
from tests.events.exchange.full_programme import FULL

ENTRY = """BEGIN:VEVENT
UID:a@x.org
DTSTART;TZID=Europe/Brussels:20230204T093000
DTEND;TZID=Europe/Brussels:20230204T100000
SUMMARY:Welcome\\, all
LOCATION:Janson
CATEGORIES:Keynotes,Open
END:VEVENT"""


def calendar(*entries: str, head: str = "X-WR-CALNAME:FOSDEM\nX-WR-TIMEZONE:Europe/Brussels") -> bytes:
    """Return a calendar whose first entry begins on line 5."""
    return (
        "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", head, *entries, "END:VCALENDAR", ""])
        .replace("\n", "\r\n")
        .encode()
    )


def faults(data: bytes, options: ReadOptions | None = None) -> list[tuple[int | None, str]]:
    """Return the line and code of every fault of a file that is refused."""
    with pytest.raises(Problems) as refused:
        ical.read(data, options or ReadOptions())
    return [(problem.place.line, problem.code) for problem in refused.value.problems]


def test_an_entry_is_read_whole() -> None:
    more = "ATTACH:https://x.org/1.pdf\nURL:https://x.org\nDESCRIPTION:One\\nTwo\nCONTACT:Ann\nCONTACT:Bob\nSEQUENCE:4\nDTSTAMP:20230101T000000Z\nEND:VEVENT"
    programme = ical.read(calendar(ENTRY.replace("END:VEVENT", more)), ReadOptions())
    assert programme == ProgrammeFile(
        title=Text(en="FOSDEM"),
        zone="Europe/Brussels",
        language="en",
        start_on=date(2023, 2, 4),
        end_on=date(2023, 2, 4),
        rooms=(FileRoom("Janson", Text(en="Janson")),),
        tracks=(FileTrack("Keynotes", Text(en="Keynotes")),),
        sessions=(
            FileSession(
                key="a@x.org",
                title=Text(en="Welcome, all"),
                description=Text(en="One\nTwo"),
                start=datetime(2023, 2, 4, 9, 30),
                duration_minutes=30,
                room="Janson",
                track="Keynotes",
                attachments=(FileLink("https://x.org/1.pdf"),),
                extras={
                    "categories": ["Keynotes", "Open"],
                    "ical/CONTACT": "Ann",
                    "ical/CONTACT[2]": "Bob",
                    "url": "https://x.org",
                },
            ),
        ),
    )


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("DTSTART:20230204T083000Z", "DTEND:20230204T090000Z", datetime(2023, 2, 4, 9, 30)),
        ("DTSTART:20230204T093000", "DURATION:PT30M", datetime(2023, 2, 4, 9, 30)),
        ("DTSTART;TZID=Asia/Shanghai:20230204T163000", "DURATION:PT30M", datetime(2023, 2, 4, 9, 30)),
        ("DTSTART;TZID=Europe/Brussels:20231029T024500", "DTEND:20231029T011500Z", datetime(2023, 10, 29, 2, 45)),
    ],
)
def test_starts_are_wall_time_in_the_programmes_zone(start: str, end: str, expected: datetime) -> None:
    (session,) = ical.read(
        calendar(f"BEGIN:VEVENT\nUID:1\nSUMMARY:x\n{start}\n{end}\nEND:VEVENT"), ReadOptions()
    ).sessions
    assert (session.start, session.duration_minutes) == (expected, 30)


@pytest.mark.parametrize(
    ("head", "options", "zone"),
    [
        ("X-WR-TIMEZONE:Europe/Paris", ReadOptions(zone="UTC"), "Europe/Paris"),
        ("X-A:1", ReadOptions(), "Europe/Brussels"),
        ("X-WR-TIMEZONE:Nowhere", ReadOptions(zone="UTC"), "Europe/Brussels"),
    ],
)
def test_the_zone_is_the_files_or_its_entries_or_the_options(head: str, options: ReadOptions, zone: str) -> None:
    assert ical.read(calendar(ENTRY, head=head), options).zone == zone


def test_cancelled_entries_are_left_out() -> None:
    gone = ENTRY.replace("UID:a", "STATUS:CANCELLED\nUID:b")
    assert [session.key for session in ical.read(calendar(gone, ENTRY), ReadOptions()).sessions] == ["a@x.org"]
    assert faults(calendar(gone, ENTRY.replace("Welcome", "a\x07"))) == [(14, "control_characters")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("20230204T093000", "20231304T093000", "bad_value"),
        ("20230204T093000", "20230204T103000", "ends_before_start"),
        ("20230204T100000", "20230204T093000", "ends_before_start"),
        ("20230204T100000", "20230204T100030", "bad_duration"),
        ("20230204T100000", "20330204T100000", "bad_duration"),
        ("DTEND", "X-DTEND", "bad_duration"),
        ("DTSTART;TZID=Europe/Brussels:20230204T093000\n", "", "member_missing"),
        ("DTSTART;TZID=Europe/Brussels:20230204T093000", "DTSTART;VALUE=DATE:20230204", "all_day"),
        ("20230204T093000", "10230204T093000", "bad_date"),
        ("TZID=Europe/Brussels:20230204", "TZID=Europe/Brussels:20230326", "skipped_time"),
        ("UID:a@x.org\n", "", "key_missing"),
        ("SUMMARY:Welcome\\, all\n", "", "title_missing"),
        ("END:VEVENT", "RRULE:FREQ=DAILY\nEND:VEVENT", "recurring"),
        ("SUMMARY", "nonsense\nSUMMARY", "bad_value"),
        ("SUMMARY", "DTSTART:20230204T093000Z\nSUMMARY", "bad_value"),
    ],
)
def test_a_fault_names_the_line_of_its_entry(old: str, new: str, code: str) -> None:
    entry = ENTRY.replace(old, new)
    if code == "skipped_time":
        entry = entry.replace("T093000", "T023000").replace("T100000", "T033000")
    assert faults(calendar(ENTRY.replace("UID:a", "UID:first"), entry)) == [(13, code)]


def test_the_second_of_two_equal_hours_is_refused() -> None:
    entry = "BEGIN:VEVENT\nUID:1\nSUMMARY:x\nDTSTART:20231029T013000Z\nDURATION:PT1H\nEND:VEVENT"
    assert faults(calendar(entry)) == [(5, "ambiguous_time")]


def test_two_entries_with_one_uid_are_refused() -> None:
    assert faults(calendar(ENTRY, ENTRY)) == [(13, "duplicate")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_readable"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "not_readable"),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "not_readable"),
        (b"END:VCALENDAR\r\n", "not_readable"),
        (b"BEGIN:VCALENDAR\r\nX-A:\xff\r\nEND:VCALENDAR\r\n", "encoding"),
        (calendar(ENTRY.replace("Europe/Brussels", "Europe/")), "not_readable"),
        (b"x" * (ical.MAX_ICAL_BYTES + 1), "too_large"),
        (calendar(ENTRY.replace(";TZID=Europe/Brussels", ""), head="X-A:1"), "zone_missing"),
    ],
)
def test_what_is_no_calendar_is_refused(data: bytes, code: str) -> None:
    assert [found for _, found in faults(data)] == [code]


def test_what_an_entry_can_hold_comes_back() -> None:
    data = ical_writing.write(FULL)
    assert (data, b"\r\nBEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n" in data) == (ical_writing.write(FULL), True)
    programme = ical.read(data, ReadOptions(language="zh"))
    assert [(s.key, s.title.zh, s.start, s.duration_minutes, s.room, s.track) for s in programme.sessions] == [
        ("s-1", "开幕式", datetime(2023, 11, 12, 9, 0, 30), 7200, "主会场", "人工智能"),
        ("3", "无会场", datetime(2023, 11, 13, 1), 30, None, None),
        ("03", "零三", datetime(2024, 3, 1, 23, 59), 1, "主会场", None),
    ]
    assert programme.sessions[0].description == Text(zh="王伟、Ann\n\na ?> b")


def test_json_ld_tells_sessions_places_and_people() -> None:
    whole = json.loads(json_ld.write(FULL))
    first, *_ = whole["subEvent"]
    assert (whole["@context"], whole["@type"], len(whole["subEvent"])) == ("https://schema.org", "Event", 3)
    assert first["name"] == [{"@language": "zh", "@value": "开幕式"}, {"@language": "en", "@value": "Opening"}]
    assert (first["startDate"], first["endDate"], first["duration"]) == (
        "2023-11-12T09:00:30+08:00",
        "2023-11-17T09:00:30+08:00",
        "PT7200M",
    )
    assert first["location"]["containedInPlace"]["name"][1]["@value"] == "Wenzhou Convention Centre"
    assert [person["@type"] for person in first["performer"]] == ["Person", "Person"]
    assert first["performer"][1] == {"@type": "Person", "name": "Ann"}


def test_json_ld_may_stand_inside_a_page() -> None:
    session = FileSession("1", Text(en="</script><script>alert(1)"), start=datetime(2023, 1, 1), duration_minutes=5)
    data = json_ld.write(ProgrammeFile(title=Text(en="x"), zone="UTC", language="en", sessions=(session,)))
    assert (b"<" in data, json.loads(data)["subEvent"][0]["name"]) == (False, session.title.en)


@pytest.mark.parametrize("name", sorted(formats.FORMATS))
def test_every_format_is_known_by_what_it_writes(name: str) -> None:
    data = formats.WRITERS[name](FULL)
    assert formats.detect(f"programme{formats.FORMATS[name].ending}", data) == (
        "schedule.json" if name == "jsonld" else name
    )


@pytest.mark.parametrize("name", sorted(formats.READERS))
@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\xff" * 99, b"{", b"<", b"PK\x03\x04", b"BEGIN:VCALENDAR", b"a,b\n" * 99]
)
def test_no_reader_takes_nonsense(name: str, data: bytes) -> None:
    with pytest.raises(Problems):
        formats.READERS[name](data, ReadOptions(zone="UTC"))


@pytest.mark.parametrize(
    ("filename", "data", "name"),
    [
        ("x", b"\xef\xbb\xbf <?xml?>", "schedule.xml"),
        ("x", "<schedule/>".encode("utf-16"), "schedule.xml"),
        ("x.txt", b' {"schedule": 1}', "schedule.json"),
        ("x.csv", b'{"a": 1, "format": "huitang-programme/1"}', "json"),
        ("日程.CSV", "日期,时间".encode("gb18030"), "csv"),
        ("x", b"a,b,c", "csv"),
        ("x.xls", b"\xd0\xcf\x11\xe0", "xlsx"),
        ("x", b"begin:vcalendar\r\n", "ics"),
    ],
)
def test_a_format_is_found_by_what_a_file_holds(filename: str, data: bytes, name: str) -> None:
    assert formats.detect(filename, data) == name


@pytest.mark.parametrize(("filename", "data"), [("x.pdf", b"%PDF-1.7"), ("x.xml", b"nothing"), ("", b"")])
def test_an_unknown_format_is_refused(filename: str, data: bytes) -> None:
    with pytest.raises(Problems) as refused:
        formats.detect(filename, data)
    assert [problem.code for problem in refused.value.problems] == ["unknown_format"]
