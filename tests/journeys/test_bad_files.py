"""Files that are wrong, hostile or merely strange, through the gateway: refused whole with place and reason, or kept whole."""

import io
import json
import re
import zipfile
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import fromstring

import httpx
import pytest
from icalendar import Calendar

from huitang.rfc5545 import problems_of
from tests.events.exchange.workbooks import workbook
from tests.installation import Installation
from tests.journeys.conftest import stored

API = "/api/events"


def schedule(*events: str, day: str = "2027-05-10", conference: str = "") -> bytes:
    """Return a schedule.xml of one day in one hall; its first event stands on line 6."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<schedule>
<conference><title>Ocean Days</title><start>{day}</start><end>{day}</end>{conference}</conference>
<day index="1" date="{day}">
<room name="Hall">
{chr(10).join(events)}
</room></day></schedule>""".encode()


def event(key: str = "1", start: str = "09:00", title: str = "Tides", length: str = "00:30", more: str = "") -> str:
    """Return an event of a schedule.xml, all on one line."""
    return (
        f'<event id="{key}"><start>{start}</start><duration>{length}</duration><room>Hall</room><title>{title}</title>'
        f"<language>en</language>{more}</event>"
    )


def ours(**changes: Any) -> bytes:
    """Return a programme of one session in our JSON, one member on each line."""
    session = {"key": "1", "title": {"zh": "潮", "en": "Tides"}, "start": "2027-05-10T09:00:00", "duration_minutes": 30}
    told = {"format": "huitang-programme/1", "title": {"zh": "海洋日", "en": ""}, "zone": "Asia/Shanghai"}
    return json.dumps({**told, "sessions": [session | changes]}, indent=1, ensure_ascii=False).encode()


def zip_bomb() -> bytes:
    """Return a workbook of a few hundred kilobytes that unpacks to more than a hundred megabytes."""
    sound, out = workbook([["日期", "时间", "题目"], ["2027-05-10", "9:00-9:30", "潮"]]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            more = b" " * (130 << 20) if name == "xl/worksheets/sheet1.xml" else b""
            after.writestr(name, before.read(name).replace(b"</sheetData>", b"</sheetData>" + more))
    return out.getvalue()


LAUGHS = b"".join(
    b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha" * 10) for n in range(10)
)  # fmt: skip
BOMB = b"<?xml version='1.0'?>\n<!DOCTYPE schedule [" + LAUGHS + b"]>\n<schedule>&l9;</schedule>"
STEALING = b"<?xml version='1.0'?>\n<!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<schedule>&x;</schedule>"
FETCHING = b"<?xml version='1.0'?>\n<!DOCTYPE schedule SYSTEM 'http://127.0.0.1:9/x.dtd'>\n<schedule/>"
SECOND = "<date>2027-10-31T02:30:00+01:00</date>"
ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nDTSTART:{}\r\nDURATION:PT30M\r\n"
ICS += "END:VEVENT\r\nEND:VCALENDAR\r\n"

REFUSED = {
    "billion laughs": (BOMB, {}, [(2, "doctype")]),
    "external entity": (STEALING, {}, [(2, "doctype")]),
    "external DTD": (FETCHING, {}, [(2, "doctype")]),
    "zip bomb": (zip_bomb, {}, [(None, "unpacks_too_large")]),
    "no zone": (schedule(event()), {"zone": None}, [(3, "zone_missing")]),
    "wrong zone asked": (schedule(event()), {"zone": "Mars/Olympus"}, [(3, "unknown_zone")]),
    "wrong zone in XML": (
        schedule(event(), conference="\n<time_zone_name>CST</time_zone_name>"), {}, [(4, "unknown_zone")],
    ),
    "wrong zone in JSON": (ours().replace(b"Asia/Shanghai", b"Asia/Peking"), {}, [(7, "unknown_zone")]),
    "month 13 in XML": (schedule(event(), day="2027-13-10"), {}, [(4, "bad_date"), (3, "bad_date")]),
    "month 13 in JSON": (ours(start="2027-13-10T09:00:00"), {}, [(15, "bad_value")]),
    "month 13 in a calendar": (ICS.format("20271310T090000").encode(), {}, [(4, "bad_value")]),
    "month 13 in a table": ("日期,时间,题目\n2027年13月10日,9:00-9:30,潮\n".encode(), {}, [("A2", "bad_date")]),
    "30 February": (schedule(event(), day="2027-02-30"), {}, [(4, "bad_date"), (3, "bad_date")]),
    "hour 25": (schedule(event(start="25:00")), {}, [(6, "bad_clock")]),
    "no length": (schedule(event(length="00:00")), {}, [(6, "bad_duration")]),
    "skipped by clocks": (schedule(event(start="02:30"), day="2027-03-28"), {}, [(6, "skipped_time")]),
    "second of two hours": (schedule(event(start="02:30", more=SECOND), day="2027-10-31"), {}, [(6, "ambiguous_time")]),
    "control characters": (ours(title={"zh": "潮\u0007", "en": ""}), {}, [(11, "control_characters")]),
    "half a character": (ours(title={"zh": "潮", "en": ""}).replace("潮".encode(), b"\\ud83d"), {}, [
        (11, "control_characters"),
    ]),
    "broken in the middle": (schedule(event())[:-20], {}, [(7, "not_readable")]),
    "no text at all": (b"\xff\xfe\x00\xd8\x00\xd8", {}, [(None, "unknown_format")]),
    "a key of 10,000 characters": (ours(key="k" * 10_000), {}, [(10, "too_long")]),
}  # fmt: skip


@pytest.fixture(scope="module")
def client(hall: Installation) -> httpx.Client:
    """Return the organizer's client."""
    return hall.client("organizer")


def send(client: httpx.Client, content: bytes, edition: str = "strange-2027", **options: Any) -> httpx.Response:
    """Import a file into a new edition."""
    asked = {"edition": edition, "create": True, "zone": "Europe/Brussels", "language": "en", **options}
    query = {name: value for name, value in asked.items() if value is not None}
    headers = {"Content-Type": "application/octet-stream"}
    return client.post(f"{API}/imports", params=query, content=content, headers=headers)


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_whole_with_place_and_reason(hall: Installation, client: httpx.Client, name: str) -> None:
    content, options, expected = REFUSED[name]
    before = stored(hall)
    answer = send(client, content() if callable(content) else content, **options)
    told = answer.json()
    assert (answer.status_code, told["type"]) == (422, "/problems/problems"), told
    assert [(each.get("cell", each.get("line")), each["code"]) for each in told["problems"]] == expected
    assert [bool(each["message"]["zh"] and each["message"]["en"]) for each in told["problems"]] == [True] * len(
        expected
    )
    assert stored(hall) == before


def edge(title: str = "Tides", **changes: Any) -> dict[str, Any]:
    """Return a session of our JSON."""
    plain = {"title": {"zh": title, "en": title}, "start": "2027-05-10T09:00:00", "duration_minutes": 30, "room": "r"}
    return plain | changes


def released(world: Installation, client: httpx.Client, edition: str, sessions: dict[str, Any], **more: Any) -> bytes:
    """Import a programme of our JSON in Brussels and release it; return the edition's feed."""
    told = {
        "format": "huitang-programme/1", "title": {"zh": edition, "en": edition}, "zone": "Europe/Brussels",
        "start_on": "2027-05-10", "end_on": "2027-05-10", "rooms": [{"key": "r", "name": {"zh": "厅", "en": "Hall"}}],
        "sessions": [{"key": key, **session} for key, session in sessions.items()], **more,
    }  # fmt: skip
    answer = send(client, json.dumps(told, ensure_ascii=False).encode(), edition)
    assert answer.status_code == 201, answer.text
    out = client.post(f"{API}/editions/{edition}/releases", json={})
    assert out.status_code == 201, out.text
    world.settle()
    return world.client().get(f"/calendars/editions/{edition}.ics").raise_for_status().content


def programme(client: httpx.Client, edition: str) -> dict[str, Any]:
    """Return the draft as our JSON."""
    told: dict[str, Any] = client.get(f"{API}/editions/{edition}/exports/json").raise_for_status().json()
    return told


def test_edges_of_days_and_clocks_are_kept(hall: Installation, client: httpx.Client) -> None:
    """Clocks go from 2:00 to 3:00 on 28 March 2027, and from 3:00 back to 2:00 on 31 October; days turn at five."""
    starts = {
        "late": ("2027-05-10T23:30:00", 90, "2027-05-10T21:30:00", "2027-05-10T23:00:00"),
        "midnight": ("2027-05-12T00:00:00", 30, "2027-05-11T22:00:00", "2027-05-11T22:30:00"),
        "small hours": ("2027-05-11T04:59:00", 1, "2027-05-11T02:59:00", "2027-05-11T03:00:00"),
        "over the gap": ("2027-03-28T01:30:00", 60, "2027-03-28T00:30:00", "2027-03-28T01:30:00"),
        "first of two": ("2027-10-31T02:30:00", 30, "2027-10-31T00:30:00", "2027-10-31T01:00:00"),
        "over both": ("2027-10-31T01:30:00", 120, "2027-10-30T23:30:00", "2027-10-31T01:30:00"),
    }
    sessions = {key: edge(key, start=start, duration_minutes=m) for key, (start, m, _, _) in starts.items()}
    sessions["over both"]["room"] = None
    days = {"start_on": "2027-03-28", "end_on": "2027-10-31", "day_change": "05:00:00"}
    feed = released(hall, client, "edges", sessions, **days)
    kept = {each["key"]: (each["start"], each["duration_minutes"]) for each in programme(client, "edges")["sessions"]}
    assert kept == {key: (start, minutes) for key, (start, minutes, _, _) in starts.items()}
    told = {
        str(entry["SUMMARY"]): (utc(entry["DTSTART"].dt), utc(entry["DTEND"].dt))
        for entry in Calendar.from_ical(feed).walk("VEVENT")
    }
    assert told == {key: (begins, ends) for key, (_, _, begins, ends) in starts.items()}
    assert problems_of(feed) == []
    xml = client.get(f"{API}/editions/edges/exports/schedule.xml").content
    on = {
        str(each.findtext("title")): day.get("date")
        for day in fromstring(xml).iter("day")
        for each in day.iter("event")
    }
    assert on == {
        "late": "2027-05-10", "midnight": "2027-05-11", "small hours": "2027-05-10",
        "over the gap": "2027-03-27", "first of two": "2027-10-30", "over both": "2027-10-30",
    }  # fmt: skip
    calendar = send(client, client.get(f"{API}/editions/edges/exports/ics").content, "edges-again")
    assert calendar.status_code == 201, calendar.text
    back = {
        each["key"]: (each["start"], each["duration_minutes"]) for each in programme(client, "edges-again")["sessions"]
    }
    assert back == kept
    page = hall.client().get("/en/events/edges/edges", params={"day": "2027-05-10"}).text
    assert [key in page for key in starts] == [True, False, True, False, False, False]


def utc(moment: datetime) -> str:
    """Return an instant in UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat()


STRANGE = {
    "right to left": "ندوة العلوم 2027 (الجلسة الأولى) — כנס המדע",
    "directions": "\u202bעברית\u202c abc \u2067עוד\u2069 \u200fسلام",
    "joined": "👩‍🔬👨‍👩‍👧‍👦 e\u0301 ﷽ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "ten thousand": "长" * 9_990 + "末了。" + "z" * 7,
    "ten thousand in Arabic": "ندوة " * 2_000,
    "markup": '<script>alert(1)</script> & "quotes" ]]> \\, ; \\n',
}


def test_names_of_any_length_and_direction_are_kept_byte_for_byte(hall: Installation, client: httpx.Client) -> None:
    people = [
        {"key": f"p{n}", "name": {"zh": words, "en": words}, "affiliation": {"zh": words, "en": words}}
        for n, words in enumerate(STRANGE.values())
    ]
    sessions = {
        key: edge(words, start=f"2027-05-10T{9 + n:02}:00:00", abstract={"zh": escape(words), "en": escape(words)},
                  people=[{"key": f"p{n}", "role": "speaker"}])
        for n, (key, words) in enumerate(STRANGE.items())
    }  # fmt: skip
    rooms = [{"key": "r", "name": {"zh": STRANGE["ten thousand"], "en": STRANGE["ten thousand"]}}]
    tracks = [{"key": "t", "name": {"zh": STRANGE["right to left"], "en": STRANGE["ten thousand in Arabic"]}}]
    feed = released(hall, client, "strange", sessions, people=people, rooms=rooms, tracks=tracks)
    told = programme(client, "strange")
    assert {each["key"]: each["title"]["en"] for each in told["sessions"]} == STRANGE
    assert [(each["name"], each["affiliation"]) for each in told["people"]] == [
        (each["name"], each["affiliation"]) for each in people
    ]
    assert ([each["name"] for each in told["rooms"]], [each["name"] for each in told["tracks"]]) == (
        [rooms[0]["name"]], [tracks[0]["name"]],
    )  # fmt: skip
    assert problems_of(feed) == []
    assert {str(entry["SUMMARY"]) for entry in Calendar.from_ical(feed).walk("VEVENT")} == set(STRANGE.values())
    for entry in Calendar.from_ical(feed).walk("VEVENT"):
        page = hall.client().get(path_of(entry)).text
        headings = [unescape(words) for words in re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)]
        assert " ".join(headings[0].split()) == " ".join(str(entry["SUMMARY"]).split())
    for form in ("json", "schedule.xml", "schedule.json"):
        taken = client.get(f"{API}/editions/strange/exports/{form}").content
        again = send(client, taken, f"strange-again-{form.replace('.', '-')}")
        assert again.status_code == 201, again.text
        back = programme(client, f"strange-again-{form.replace('.', '-')}")
        assert [back[part] for part in ("sessions", "people", "rooms", "tracks")] == [
            told[part] for part in ("sessions", "people", "rooms", "tracks")
        ]


def path_of(entry: Any) -> str:
    """Return the address of an entry's page in English, without the host."""
    return "/en" + re.sub(r"^https?://[^/]+(/zh|/en)?", "", str(entry["URL"]))


def test_a_title_of_ten_thousand_characters_names_an_edition(hall: Installation, client: httpx.Client) -> None:
    title = STRANGE["ten thousand in Arabic"].strip()
    answer = send(client, schedule(event()).replace(b"Ocean Days", title.encode()), "long-title", language="en")
    assert answer.status_code == 201, answer.text
    assert programme(client, "long-title")["title"]["en"] == title


def test_rooms_tracks_and_people_known_by_long_names_alone_are_kept(hall: Installation, client: httpx.Client) -> None:
    hall_, track, person = ("".join(chr(0x4E00 + n % 900 + k) for n in range(10_000)) for k in range(3))
    said = event(more=f"<track>{track}</track><persons><person>{person}</person></persons>")
    answer = send(client, schedule(said).replace(b"Hall", hall_.encode()), "long-names", language="zh")
    assert answer.status_code == 201, answer.text
    told = programme(client, "long-names")
    assert [told[part][0]["name"]["zh"] for part in ("rooms", "tracks", "people")] == [hall_, track, person]
    again = send(client, client.get(f"{API}/editions/long-names/exports/schedule.xml").content, "long-names-again")
    assert again.status_code == 201, again.text
    back = programme(client, "long-names-again")
    assert {name: told[name] for name in told if name != "title"} == {n: back[n] for n in back if n != "title"}
