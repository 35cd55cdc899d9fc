"""A file is looked at, taken whole, taken again, mended on both sides, and taken back."""

import json
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from tests.alone import OTHER, SOCIETY
from tests.events.running import Events

SCHEDULE = """<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <conference><title>Ocean Days</title><start>2027-05-10</start><end>2027-05-10</end><days>1</days></conference>
  <day index="1" date="2027-05-10">
    <room name="Hall">
      <event id="1"><start>09:00</start><duration>01:00</duration><room>Hall</room><slug>opening</slug><title>Opening</title>
        <subtitle/><track>Plenary</track><type>plenary</type><language>en</language><abstract/><description/>
        <persons><person id="7">Ada Lovelace</person></persons><links/></event>
      <event id="2"><start>{start}</start><duration>00:30</duration><room>Hall</room><slug>tides</slug><title>{title}</title>
        <subtitle/><track>Plenary</track><type>talk</type><language>en</language><abstract/><description/>
        <persons><person id="8">Emmy Noether</person></persons><links/></event>
      {more}
    </room>
  </day>
</schedule>"""

THIRD = """<event id="3"><start>11:00</start><duration>00:30</duration><room>Hall</room><slug>third</slug><title>Third</title>
  <subtitle/><track>Plenary</track><type>talk</type><language>en</language><abstract/><description/><persons/><links/></event>"""


def schedule(title: str = "Tides", start: str = "10:00", more: str = THIRD) -> bytes:
    """Return a small schedule.xml."""
    return SCHEDULE.format(title=title, start=start, more=more).encode()


def bring(events: Events, data: bytes, role: str = "organizer", **options: Any) -> Any:
    """Import a file into the edition `ocean-2027`."""
    given = {"edition": "ocean-2027", "zone": "Asia/Shanghai", "language": "en", **options}
    return events.ask("POST", "imports", role, params=given, content=data)


def export(events: Events, form: str = "json", edition: str = "ocean-2027") -> Any:
    """Return the draft as a file."""
    answer = events.ask("GET", f"editions/{edition}/exports/{form}")
    assert answer.status_code == 200
    return json.loads(answer.content) if form == "json" else answer.content


def titles(events: Events) -> dict[str, str]:
    """Return the English titles of the draft by the file's keys."""
    return {session["key"]: session["title"]["en"] for session in export(events)["sessions"]}


def test_a_dry_run_says_what_would_be_and_leaves_nothing(events: Events) -> None:
    answer = bring(events, schedule(), create=True, dry_run=True)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["import"], said["applied"]) == (None, False)
    assert said["sessions"] == {"created": 3, "changed": 0, "removed": 0, "unchanged": 0}
    assert (said["rooms"]["created"], said["people"]["created"]) == (1, 2)
    assert [thing["name"]["en"] for thing in said["details"]["sessions"]["created"]] == ["Opening", "Tides", "Third"]
    assert events.status("GET", "editions/ocean-2027", "organizer") == 404
    assert events.facts() == []


def test_an_import_again_changes_nothing_and_taken_back_leaves_nothing(events: Events) -> None:
    first = bring(events, schedule(), create=True)
    assert first.status_code == 201
    again = bring(events, schedule()).json()
    assert again["sessions"] == {"created": 0, "changed": 0, "removed": 0, "unchanged": 3}
    assert again["import"] == first.json()["import"]
    events.do("POST", f"imports/{first.json()['import']}/undo")
    left = export(events)
    assert (left["sessions"], left["rooms"], left["tracks"], left["people"]) == ([], [], [], [])
    assert events.ask("POST", f"imports/{first.json()['import']}/undo").json()["type"] == "/problems/already-undone"


def test_a_newer_file_changes_only_what_differs_and_keeps_identities(events: Events) -> None:
    bring(events, schedule(), create=True)
    before = {row["id"]: row for row in events.get("editions/ocean-2027/sessions")["items"]}
    newer = bring(events, schedule(title="High tides", start="10:15")).json()
    assert newer["sessions"] == {"created": 0, "changed": 1, "removed": 0, "unchanged": 2}
    (change,) = newer["details"]["sessions"]["changed"]
    assert {(f["field"], f["new"]) for f in change["fields"]} == {
        ("title.en", "High tides"),
        ("start", "2027-05-10T10:15:00"),
    }
    after = {row["id"]: row for row in events.get("editions/ocean-2027/sessions")["items"]}
    assert after.keys() == before.keys()
    assert [id_ for id_ in after if after[id_] != before[id_]] == [
        id_ for id_ in before if before[id_]["title"]["en"] == "Tides"
    ]


def test_what_both_sides_changed_waits_for_a_choice(events: Events) -> None:
    bring(events, schedule(), create=True)
    tides = next(r for r in events.get("editions/ocean-2027/sessions")["items"] if r["title"]["en"] == "Tides")
    events.do("PATCH", f"sessions/{tides['id']}", {"title": {"zh": "", "en": "Our tides"}}, version=tides["version"])
    newer = schedule(title="Their tides")
    waiting = bring(events, newer)
    assert (waiting.status_code, waiting.json()["applied"]) == (200, False)
    assert [
        (each["key"], each["field"], each["last"], each["theirs"], each["ours"])
        for each in waiting.json()["both_changed"]
    ] == [("2", "title.en", "Tides", "Their tides", "Our tides")]
    assert titles(events)["2"] == "Our tides"
    assert bring(events, newer, take="ours").json()["applied"]
    assert titles(events)["2"] == "Our tides"
    assert bring(events, schedule(title="Third version"), take="file").json()["applied"]
    assert titles(events)["2"] == "Third version"


def test_what_the_file_lacks_is_proposed_until_it_is_cancelled(events: Events) -> None:
    bring(events, schedule(), create=True)
    proposed = bring(events, schedule(more="")).json()
    assert bring(events, schedule(more="")).json() == proposed
    assert (proposed["sessions"]["removed"], set(titles(events))) == (1, {"1", "2", "3"})
    assert bring(events, schedule(more=""), take="file").json()["sessions"]["removed"] == 1
    assert set(titles(events)) == {"1", "2"}
    assert bring(events, schedule(more="")).json()["sessions"] == {
        "created": 0, "changed": 0, "removed": 0, "unchanged": 2,
    }  # fmt: skip


def test_a_room_that_is_cancelled_leaves_the_edition_and_comes_back(events: Events) -> None:
    elsewhere = THIRD.replace("<room>Hall</room>", "<room>Annexe</room>")
    bring(events, schedule(more=f'</room><room name="Annexe">{elsewhere}'), create=True)
    cancelled = bring(events, schedule(more=""), take="file").json()
    assert [room["key"] for room in export(events)["rooms"]] == ["Hall"]
    events.do("POST", f"imports/{cancelled['import']}/undo")
    assert {s["key"]: s["room"] for s in export(events)["sessions"]} == {"1": "Hall", "2": "Hall", "3": "Annexe"}


@pytest.mark.parametrize("form", ["json", "schedule.xml", "schedule.json"])
def test_an_export_into_another_edition_gives_the_same_programme(events: Events, form: str) -> None:
    bring(events, schedule(), create=True)
    other = events.edition(events.series("other-series"), "other-2028", zone="Asia/Shanghai")
    data = export(events, form) if form != "json" else json.dumps(export(events)).encode()
    answer = events.ask("POST", "imports", params={"edition": other["slug"]}, content=data)
    assert answer.status_code == 201
    mine, theirs = export(events), export(events, edition="other-2028")
    for part in ("sessions", "people", "rooms", "tracks"):
        assert theirs[part] == mine[part], part


def table(rows: list[list[str]]) -> bytes:
    """Return a workbook as an office fills it."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("日程")
    for number, row in enumerate([["日期", "时间", "会场", "题目", "报告人"], *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def forty() -> list[list[str]]:
    """Return forty rows of a Chinese programme, two days of four halls."""
    return [
        [
            f"2027年5月{10 + n // 20}日",
            f"{9 + n % 20 // 4}：00—{9 + n % 20 // 4}：45",
            f"第{'一二三四'[n % 4]}会议室",
            f"海洋科学专题报告{n + 1}",
            f"报告人{n + 1}、嘉宾{n + 1}",
        ]
        for n in range(40)
    ]


def test_three_faults_name_three_cells_and_nothing_is_written(events: Events) -> None:
    events.edition(events.series(), "ocean-2027")
    rows = forty()
    rows[4][0], rows[11][1], rows[30][3] = "2027年13月10日", "9：00—8：30", ""
    refused = bring(events, table(rows))
    assert refused.status_code == 422
    assert [problem["cell"] for problem in refused.json()["problems"]] == ["日程!A6", "日程!B13", "日程!D32"]
    assert export(events)["sessions"] == []
    done = bring(events, table(forty())).json()
    assert (done["sessions"]["created"], done["rooms"]["created"], done["people"]["created"]) == (40, 4, 80)


def test_a_file_without_a_zone_takes_the_editions_and_none_is_refused(events: Events) -> None:
    refused = events.ask(
        "POST", "imports", params={"edition": "x-1", "create": True, "language": "en"}, content=schedule()
    )
    assert [problem["code"] for problem in refused.json()["problems"]] == ["zone_missing"]
    events.edition(events.series(), "ocean-2027", zone="Europe/Brussels")
    assert (
        events.ask(
            "POST", "imports", params={"edition": "ocean-2027", "language": "en"}, content=schedule()
        ).status_code
        == 201
    )
    assert export(events)["zone"] == "Europe/Brussels"


def test_only_who_may_edit_the_draft_imports_exports_and_undoes(events: Events) -> None:
    made = bring(events, schedule(), create=True).json()["import"]
    for role, status in (("foreign_organizer", 404), ("member", 404), (None, 401)):
        assert bring(events, schedule(), role).status_code == status
        assert events.status("GET", "editions/ocean-2027/exports/json", role) == status
        assert events.status("POST", f"imports/{made}/undo", role) == status
    assert events.status("GET", "editions/ocean-2027/exports/pdf", "organizer") == 404


OF_OURS = {
    "kind": "closed", "openness": "staff", "embargo_until": "2027-05-01T00:00:00Z", "attendance_mode": "hybrid",
    "join_url": "https://join.example/1", "expected_attendance": 40, "interpretation": ["en"], "tags": ["ice"],
    "needs": {"microphones": 2}, "licence": "CC BY", "do_not_record": True,
}  # fmt: skip
"""What of a session no other format has; who may see it above all."""


@pytest.mark.parametrize("form", ["json", "schedule.xml", "schedule.json"])
def test_a_programme_made_here_is_the_same_elsewhere(events: Events, form: str) -> None:
    """What is kept from the public stays so, and what is printed with a person stays printed."""
    first = events.edition(events.series(), "ocean-2027")
    person = events.do(
        "POST", "people", {"name": {"zh": "艾达", "en": "Ada"}, "title": {"zh": "院士", "en": ""}, "owner_id": SOCIETY}
    )
    part = {
        "person_id": person["id"],
        "role": "chair",
        "title": {"zh": "主席", "en": ""},
        "affiliation": {"zh": "所", "en": ""},
    }
    title = {"zh": "内部会", "en": "Board"}
    body = {"title": title, "status": "confirmed", "duration_minutes": 30, "people": [part], **OF_OURS}
    session = events.do("POST", f"editions/{first['id']}/sessions", body)
    events.do("PUT", f"sessions/{session['id']}/placement", {"start_local": "2027-05-10T09:00"}, version=0)
    events.edition(events.series("other-series"), "other-2028")
    data = export(events, form) if form != "json" else json.dumps(export(events)).encode()
    answer = events.ask("POST", "imports", params={"edition": "other-2028"}, content=data)
    assert answer.status_code == 201, answer.text
    (copied,) = events.get("editions/other-2028/sessions")["items"]
    assert {name: copied[name] for name in OF_OURS} == OF_OURS
    assert copied["people"] == [each | {"confirmed": False} for each in session["people"]]
    assert export(events, edition="other-2028")["sessions"] == export(events)["sessions"]


def test_a_newer_file_leaves_what_was_said_here_of_its_people(events: Events) -> None:
    bring(events, schedule(), create=True)
    tides = next(r for r in events.get("editions/ocean-2027/sessions")["items"] if r["title"]["en"] == "Tides")
    (part,) = tides["people"]
    printed = {"person_id": part["person_id"], "role": part["role"], "title": {"zh": "", "en": "Prof."}}
    tides = events.do("PATCH", f"sessions/{tides['id']}", {"people": [printed]}, version=tides["version"])
    said = {"role": part["role"]}
    confirmed = events.do(
        "POST", f"sessions/{tides['id']}/people/{part['person_id']}/confirm", said, version=tides["version"]
    )
    assert bring(events, schedule(start="10:15")).json()["sessions"]["changed"] == 1
    (after,) = events.get(f"sessions/{tides['id']}")["people"]
    assert after == confirmed["people"][0]
    assert (after["title"]["en"], after["confirmed"]) == ("Prof.", True)


def test_a_file_sets_only_what_a_form_would_take(events: Events) -> None:
    wrong = {
        "openness": "everybody",
        "join_url": "javascript:alert(1)",
        "expected_attendance": -1,
        "needs": {"m": "two"},
    }
    session = {"key": "1", "title": {"zh": "潮", "en": ""}}

    def codes(**members: Any) -> list[tuple[str, str]]:
        whole = {"format": "huitang-programme/1", "title": {"zh": "x", "en": ""}, "sessions": [session | members]}
        answer = bring(events, json.dumps(whole).encode(), create=True)
        return [(each["pointer"], each["code"]) for each in answer.json()["problems"]]

    assert {name: codes(**{name: value}) for name, value in wrong.items()} == {
        name: [(f"/sessions/0/{name}", "bad_value")] for name in wrong
    }


def test_a_file_changes_no_person_or_room_that_another_organisation_keeps(events: Events) -> None:
    """Keys of our own are known to everybody; who knows one can name the person, and no more."""
    person = events.do("POST", "people", {"name": {"zh": "艾达", "en": "Ada"}, "owner_id": SOCIETY})
    other = events.series("other", role="foreign_organizer", owner_id=OTHER)
    events.edition(other, "other-2028", "foreign_organizer", zone="Asia/Shanghai")

    def named(name: str, **options: Any) -> Any:
        told = {"key": person["id"], "source": "huitang", "name": {"zh": name, "en": name}}
        session = {"key": "1", "title": {"zh": "潮", "en": ""}, "people": [{"key": person["id"], "role": "speaker"}]}
        whole = {
            "format": "huitang-programme/1",
            "title": {"zh": "", "en": ""},
            "people": [told],
            "sessions": [session],
        }
        return bring(events, json.dumps(whole).encode(), "foreign_organizer", edition="other-2028", **options)

    assert named("Eve").status_code == 201
    refused = named("Eve again", take="file")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/kept-by-others")
    assert "Ada" in refused.json()["detail"] or "艾达" in refused.json()["detail"]
    assert events.get(f"people/{person['id']}")["name"] == {"zh": "艾达", "en": "Ada"}


def test_a_series_is_made_from_the_files_title_or_named(events: Events) -> None:
    bring(events, schedule(), create=True)
    edition = events.get("editions/ocean-2027")
    assert events.get(f"series/{edition['series_id']}")["slug"] == "ocean-days"
    series = events.series("named-series")
    events.ask(
        "POST",
        "imports",
        params={"edition": "n-1", "create": True, "series": "named-series", "zone": "UTC"},
        content=schedule(),
    )
    assert events.get("editions/n-1")["series_id"] == series["id"]
    stray = bring(events, schedule(), series="named-series")
    assert stray.json()["type"] == "/problems/series-without-create"


@pytest.mark.samples
def test_the_real_programme_holds_exactly_one_room_overlap(events: Events) -> None:
    data = (Path(os.environ["HUITANG_SAMPLES"]) / "fosdem2023.xml").read_bytes()
    options = {"edition": "fosdem-2023", "create": True, "zone": "Europe/Brussels", "language": "en"}
    done = events.ask("POST", "imports", params=options, content=data).json()
    assert (done["sessions"]["created"], done["rooms"]["created"], done["people"]["created"]) == (780, 35, 787)
    assert (done["conflicts"]["room_overlap"], done["conflicts"]["person_overlap"]) == (1, 0)
    events.do("POST", f"imports/{done['import']}/undo")
    left = export(events, edition="fosdem-2023")
    assert (left["sessions"], left["rooms"], left["people"]) == ([], [], [])
