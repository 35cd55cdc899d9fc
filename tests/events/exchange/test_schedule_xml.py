"""Reading and writing `schedule.xml`: what is kept whole, and what is refused with its line."""

from datetime import date, datetime, time

import pytest

from services.events.exchange import schedule_xml
from services.events.exchange.programme_file import (
    FileLink,
    FilePerson,
    FileRole,
    FileRoom,
    FileSession,
    FileTrack,
    ProgrammeFile,
    ReadOptions,
)
from services.events.exchange.rules import MAX_BYTES, Problems
from shared.text import Text
from tests.events.exchange.full_programme import FULL

BRUSSELS = ReadOptions(zone="Europe/Brussels", language="en")
EVENT = """<event id="1">
<start>09:30</start>
<duration>00:25</duration>
<room>Janson</room>
<title>Welcome</title>
</event>"""


def schedule(events: str = EVENT, conference: str = "", day: str = 'index="1" date="2023-02-04"') -> bytes:
    """Return a file whose first event starts on line 6."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<schedule>\n<conference><title>FOSDEM</title>{conference}</conference>\n'
        f'<day {day}>\n<room name="Janson">\n{events}\n</room>\n</day>\n</schedule>\n'
    ).encode()


def event(**changes: str) -> str:
    """Return the event with some elements changed."""
    text = EVENT
    for name, words in changes.items():
        start, end = text.index(f"<{name}>") + len(name) + 2, text.index(f"</{name}>")
        text = text[:start] + words + text[end:]
    return text


def only(data: bytes, options: ReadOptions = BRUSSELS) -> FileSession:
    """Read a file and return its one session."""
    (session,) = schedule_xml.read(data, options).sessions
    return session


def faults(data: bytes, options: ReadOptions = BRUSSELS) -> list[tuple[int | None, str]]:
    """Return the line and code of every fault of a file that is refused."""
    with pytest.raises(Problems) as refused:
        schedule_xml.read(data, options)
    return [(problem.place.line, problem.code) for problem in refused.value.problems]


def test_a_session_is_read_whole() -> None:
    rich = """<event id="42" guid="0d4bd4d5-2a44-5c5c-9f1b-9f6a2e0c1a11" code="ABC123">
      <start>10:00</start><duration>1:00</duration><room>Janson</room><slug>fosdem-talk</slug>
      <title>Talk </title><subtitle>Sub</subtitle><track>Main</track><type>talk</type><language>en</language>
      <abstract>&lt;p&gt;A&lt;/p&gt;</abstract><description/>
      <persons><person id="6" guid="11111111-2222-3333-4444-555555555555"> Ann Lee</person><person id="7">Bob</person></persons>
      <attachments><attachment type="slides" href="https://x.org/1.pdf">Slides</attachment></attachments>
      <links><link href="https://x.org" service="matrix">Chat</link></links>
      <recording><license>CC-BY</license><optout>true</optout><url>https://v.org/1</url></recording>
      <weather sunny="yes"><wind>3</wind><wind>4</wind></weather>
    </event>"""
    programme = schedule_xml.read(schedule(rich), BRUSSELS)
    assert programme.people == (
        FilePerson("6", Text(en=" Ann Lee"), guid="11111111-2222-3333-4444-555555555555"),
        FilePerson("7", Text(en="Bob")),
    )
    assert programme.tracks == (FileTrack("Main", Text(en="Main")),)
    assert programme.rooms == (FileRoom("Janson", Text(en="Janson")),)
    assert programme.sessions == (
        FileSession(
            key="42",
            guid="0d4bd4d5-2a44-5c5c-9f1b-9f6a2e0c1a11",
            title=Text(en="Talk "),
            subtitle=Text(en="Sub"),
            abstract=Text(en="<p>A</p>"),
            start=datetime(2023, 2, 4, 10, 0),
            duration_minutes=60,
            room="Janson",
            track="Main",
            type="talk",
            language="en",
            slug="fosdem-talk",
            people=(FileRole("6"), FileRole("7")),
            attachments=(FileLink("https://x.org/1.pdf", "Slides", "slides"),),
            links=(FileLink("https://x.org", "Chat", extras={"@service": "matrix"}),),
            licence="CC-BY",
            do_not_record=True,
            extras={
                "@code": "ABC123",
                "recording/url": "https://v.org/1",
                "weather/@sunny": "yes",
                "weather/wind": "3",
                "weather/wind[2]": "4",
            },
        ),
    )


def test_the_conference_is_read_whole() -> None:
    head = """<acronym>fos23</acronym><subtitle>s</subtitle><venue>ULB</venue><city>Brussels</city><start>2023-02-04</start>
    <end>2023-02-05</end><days>3</days><day_change>09:00:00</day_change><timeslot_duration>00:05:00</timeslot_duration>
    <time_zone_name>Europe/Brussels</time_zone_name><base_url>https://x.org/</base_url>
    <track name="Main" color="#ff0000" slug="main">words</track>"""
    programme = schedule_xml.read(schedule(event(start="08:00"), head), ReadOptions())
    assert programme == ProgrammeFile(
        title=Text(en="FOSDEM"),
        zone="Europe/Brussels",
        language="en",
        acronym="fos23",
        subtitle=Text(en="s"),
        venue=Text(en="ULB"),
        city=Text(en="Brussels"),
        start_on=date(2023, 2, 4),
        end_on=date(2023, 2, 5),
        day_change=time(9),
        slot_minutes=5,
        rooms=programme.rooms,
        tracks=(FileTrack("Main", Text(en="Main"), "#ff0000", "main", extras={"#text": "words"}),),
        sessions=programme.sessions,
        extras={"conference/days": "3", "conference/base_url": "https://x.org/"},
    )
    assert programme.sessions[0].start == datetime(2023, 2, 5, 8, 0)


@pytest.mark.parametrize(
    ("start", "change", "expected"),
    [
        ("00:30", "09:00:00", datetime(2023, 2, 5, 0, 30)),
        ("00:00", "04:00", datetime(2023, 2, 5, 0, 0)),
        ("03:59", "04:00", datetime(2023, 2, 5, 3, 59)),
        ("04:00", "04:00", datetime(2023, 2, 4, 4, 0)),
        ("00:30", "", datetime(2023, 2, 4, 0, 30)),
        ("23:59", "09:00", datetime(2023, 2, 4, 23, 59)),
    ],
)
def test_a_session_before_the_change_of_day_is_on_the_next_date(start: str, change: str, expected: datetime) -> None:
    assert only(schedule(event(start=start), f"<day_change>{change}</day_change>")).start == expected


def test_the_start_of_the_day_serves_as_its_change() -> None:
    day = 'index="1" date="2019-08-21" start="2019-08-21T09:00:00+02:00" end="2019-08-22T04:00:00+02:00"'
    programme = schedule_xml.read(schedule(event(start="01:00"), day=day), ReadOptions("Europe/Berlin", "en"))
    assert (programme.sessions[0].start, programme.day_change) == (datetime(2019, 8, 22, 1), time(9))
    assert programme.extras == {"day[2019-08-21]/@end": "2019-08-22T04:00:00+02:00"}


@pytest.mark.parametrize(
    ("words", "minutes"), [("00:25", 25), ("1:00", 60), ("26:00", 1560), ("00:05:00", 5), ("100:00", 6000)]
)
def test_durations(words: str, minutes: int) -> None:
    assert only(schedule(event(duration=words))).duration_minutes == minutes


@pytest.mark.parametrize("words", ["0:00", "00:00", "-1:00", "00:60", "25", "", "1:00:30", "９:00x", "99999:00"])
def test_a_duration_that_is_none_is_refused(words: str) -> None:
    assert faults(schedule(event(duration=words))) == [(8, "bad_duration")]


def test_an_iso_date_is_read_in_the_programmes_zone() -> None:
    dated = event(start="10:00").replace("<start>", "<date>2023-02-04T09:00:00+00:00</date><start>")
    assert only(schedule(dated)).start == datetime(2023, 2, 4, 10)


@pytest.mark.parametrize(
    ("date_", "start", "code"),
    [
        ("2023-02-04T09:30:00+00:00", "09:30", "start_differs"),
        ("2023-02-09T09:30:00+01:00", "09:30", "date_outside_day"),
        ("2023-13-04T09:30:00+01:00", "09:30", "bad_date"),
        ("yesterday morning", "09:30", "bad_date"),
        ("2023-10-29T02:30:00+01:00", "02:30", "ambiguous_time"),
        ("0001-01-01T00:00:00+14:00", "00:00", "bad_date"),
    ],
)
def test_an_iso_date_that_contradicts_is_refused(date_: str, start: str, code: str) -> None:
    dated = event(start=start).replace("<start>", f"<date>{date_}</date>\n<start>")
    on = "2023-10-29" if code == "ambiguous_time" else "2023-02-04"
    assert faults(schedule(dated, day=f'index="1" date="{on}"')) == [(7, code)]


def test_an_hour_that_the_clocks_skip_is_refused_and_one_they_repeat_is_the_first() -> None:
    assert faults(schedule(event(start="02:30"), day='index="1" date="2023-03-26"')) == [(7, "skipped_time")]
    repeated = schedule(event(start="02:30"), day='index="1" date="2023-10-29"')
    assert only(repeated).start == datetime(2023, 10, 29, 2, 30)
    written = schedule_xml.write(schedule_xml.read(repeated, BRUSSELS))
    assert b"<date>2023-10-29T02:30:00+02:00</date>" in written
    assert only(written).start == datetime(2023, 10, 29, 2, 30)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (schedule(day='index="1" date="2023-13-04"'), [(4, "bad_date")]),
        (schedule(day='index="1" date="0001-01-01"'), [(4, "bad_date")]),
        (schedule(event(start="24:30")), [(7, "bad_clock")]),
        (schedule(event(start="")), [(7, "bad_clock")]),
        (schedule(event(room="Nowhere")), [(9, "unknown_room")]),
        (schedule(event(title="")), [(10, "title_missing")]),
        (schedule(EVENT + "\n" + EVENT), [(12, "duplicate")]),
        (schedule(EVENT.replace(' id="1"', "")), [(6, "key_missing")]),
        (schedule(event(title="a&#127;b")), [(10, "control_characters")]),
        (schedule(event(title="a\x0bb")), [(10, "not_readable")]),
        (schedule(event(title="a&#1;b")), [(10, "not_readable")]),
        (schedule(event(title="&nbsp;")), [(10, "not_readable")]),
        (schedule(EVENT + '</room>\n<room name="Janson">'), [(12, "duplicate")]),
        (
            schedule(EVENT + '</room>\n<room name="K1">' + event(title="x").replace('"1"', '"2"')),
            [(15, "room_differs")],
        ),
        (schedule(conference="<day_change>9 o'clock</day_change>"), [(3, "bad_clock")]),
        (schedule(conference="<start>2023-02-05</start>\n<end>2023-02-04</end>"), [(4, "ends_before_start")]),
        (schedule(conference="<time_zone_name>Mars/Base</time_zone_name>"), [(3, "unknown_zone")]),
        (b"<schedule>\n</schedule>", [(1, "member_missing")]),
        (b"<html/>", [(1, "not_readable")]),
        (b"", [(1, "not_readable")]),
        (b"\xff\xfe\x00", [(1, "not_readable")]),
        (b"<schedule>\n<conference>", [(2, "not_readable")]),
    ],
)
def test_a_fault_is_named_with_its_line(data: bytes, expected: list[tuple[int, str]]) -> None:
    assert faults(data) == expected


def test_all_faults_are_told_at_once() -> None:
    second = event(start="25:00", duration="0").replace('"1"', '"2"')
    assert faults(schedule(event(title="") + "\n" + second)) == [
        (13, "bad_clock"),
        (14, "bad_duration"),
        (10, "title_missing"),
    ]


def test_a_file_without_a_zone_needs_one() -> None:
    assert faults(schedule(), ReadOptions()) == [(3, "zone_missing")]
    assert faults(schedule(), ReadOptions(zone="Brussels")) == [(3, "unknown_zone")]


def test_one_id_with_two_names_is_refused() -> None:
    people = '<persons><person id="1">Ann</person>\n<person id="1">Bob</person></persons></event>'
    assert faults(schedule(EVENT.replace("</event>", people))) == [(12, "person_differs")]


LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY l0 "lol">
%s]>
<schedule><conference><title>&l9;</title></conference></schedule>""" % b"\n".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)
)


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        LAUGHS.replace(b"<title>&l9;</title>", b'<title x="&l9;"/>'),
        b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<schedule><conference><title>&x;</title></conference></schedule>',
        b'<!DOCTYPE s SYSTEM "http://127.0.0.1:9/evil.dtd">\n<schedule/>',
        b'<!DOCTYPE s [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p">%p;]>\n<schedule/>',
        '<!DOCTYPE s [<!ENTITY x "y">]>\n<schedule>&x;</schedule>'.encode("utf-16"),
    ],
    ids=["laughs", "laughs-in-attribute", "file", "dtd", "parameter", "utf-16"],
)
def test_entities_are_refused(data: bytes) -> None:
    ((line, code),) = faults(data)
    assert (code, line is not None and 1 <= line <= data.count(b"\n") + 1) == ("doctype", True)


def test_a_file_too_large_is_refused_unread() -> None:
    assert faults(b"<" * (MAX_BYTES + 1)) == [(None, "too_large")]


@pytest.mark.parametrize(
    "title",
    [
        "نظم حرة ‏ومفتوحة",
        "שלום",
        "👩‍🔬 emoji 🇨🇳",
        "名" * 10_000,
        "<b>bold</b>",
        " spaces  kept ",
        "tab\tand\nline",
        "]]>",
        "&amp;",
    ],
)
def test_words_are_kept_whole(title: str) -> None:
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    session = only(schedule(event(title=escaped)))
    assert session.title == Text(en=title)
    assert only(schedule_xml.write(schedule_xml.read(schedule(event(title=escaped)), BRUSSELS))) == session


def test_markup_inside_an_element_is_its_text() -> None:
    assert only(schedule(event(title="a &amp; <b>bold</b> word"))).title == Text(en="a &amp; <b>bold</b> word")
    assert only(schedule(event(title="a<!-- no -->b<?x y?>c"))).title == Text(en="abc")


def test_what_the_format_cannot_hold_comes_back_all_the_same() -> None:
    assert schedule_xml.read(schedule_xml.write(FULL), ReadOptions(zone="UTC", language="en")) == FULL


def test_an_edit_by_hand_wins_over_what_was_kept() -> None:
    data = schedule_xml.write(FULL).decode()
    edited = data.replace("<title>开幕式</title>", "<title>闭幕式</title>").replace("<start>09:00:30<", "<start>10:00<")
    edited = edited.replace("<date>2023-11-12T09:00:30+08:00<", "<date>2023-11-12T10:00:00+08:00<")
    session = schedule_xml.read(edited.encode(), ReadOptions()).sessions[0]
    assert (session.key, session.title, session.start) == ("s-1", Text("闭幕式", "Opening"), datetime(2023, 11, 12, 10))
    assert session.people == FULL.sessions[0].people


def test_an_event_deleted_or_added_by_hand_is_deleted_or_added() -> None:
    data = schedule_xml.write(FULL).decode()
    start = data.index("<event ", data.index("零三") - 500)
    cut = data[: data.rindex("<event ", 0, data.index("零三"))] + data[data.index("</event>", data.index("零三")) + 8 :]
    assert start
    assert [s.key for s in schedule_xml.read(cut.encode(), ReadOptions()).sessions] == ["s-1", "s-2", "3"]
    more = EVENT.replace('"1"', '"99"').replace("Janson", "新厅").replace("Welcome", "新场")
    room = f'<room name="新厅">{more}</room></day>'
    added = data.replace("</day>", room, 1)
    assert [s.key for s in schedule_xml.read(added.encode(), ReadOptions()).sessions] == ["s-1", "s-2", "3", "03", "99"]


@pytest.mark.parametrize("corner", ["{", "[1]", '{"kept":{"nonsense":["",1]}}', "[" * 100_000])
def test_a_corner_that_makes_no_sense_is_refused(corner: str) -> None:
    data = schedule().replace(b"</schedule>", f"\n<?huitang {corner}?></schedule>".encode())
    assert {code for _, code in faults(data)} == {"not_readable"}


@pytest.mark.parametrize("corner", ['{"kept":{"sessions":["", 3]}}', '{"kept":{"zone":["1", 3]},"keys":7}', "{}"])
def test_a_corner_that_fits_nothing_is_passed_over(corner: str) -> None:
    data = schedule().replace(b"</schedule>", f"<?huitang {corner}?></schedule>".encode())
    assert schedule_xml.read(data, BRUSSELS) == schedule_xml.read(schedule(), BRUSSELS)
