"""The commands that ask a running installation, each as a process and with its effect."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from markupsafe import escape

from huitang.house import SERVICES
from huitang.sample.programme import programme_of
from shared.errors import all_refusals
from shared.text import LANGUAGES, Text
from tests.huitang.conftest import Served
from tests.huitang.process import ROOT, environment
from tests.huitang.test_under_load import release

START = date(2027, 3, 1)


def write_programme(folder: Path) -> Path:
    """Write the little programme of the sample forum as our JSON."""
    file = folder / "forum.json"
    file.write_text(json.dumps(programme_of("storage_forum", START), ensure_ascii=False), encoding="utf-8")
    return file


def sessions(served: Served, edition: str) -> int:
    """Count the sessions of a draft; none where there is no such edition."""
    with served.running.client() as client:
        answer = client.get(f"/api/events/editions/{edition}/sessions", params={"total": "true"})
    return int(answer.json()["total"]) if answer.is_success else 0


def test_status_tells_every_service(served: Served) -> None:
    told = served.json("status")
    assert (told["url"], told["status"]) == (served.running.url, "ready")
    assert {
        name: (s["status"], s["parked"], s["failed_jobs"]) for name, s in told["services"].items()
    } == dict.fromkeys((service.name for service in SERVICES), ("ready", 0, 0))
    assert "directory" in served.ask("status").out
    refused = served.ask("status", "--json", role="member")
    assert (refused.code, refused.json["status"]) == (1, 403)


@pytest.mark.sqlite_only("looks into the files that `huitang serve` keeps its databases in")
def test_status_names_what_is_down(served: Served) -> None:
    with closing(sqlite3.connect(served.data / "calendar.db", timeout=30)) as db:
        db.execute("ALTER TABLE attempts RENAME TO lost")
        try:
            told, shown = served.ask("status", "--json"), served.ask("status")
        finally:
            db.execute("ALTER TABLE lost RENAME TO attempts")
    assert (told.code, told.json["status"], shown.code) == (1, "down", 1)
    assert {name: s["status"] for name, s in told.json["services"].items()} == {
        "directory": "ready", "events": "ready", "awards": "ready", "calendar": "down",
    }  # fmt: skip
    assert served.json("status")["status"] == "ready"


def test_a_key_is_made_listed_used_and_ended(served: Served) -> None:
    until = (date.today() + timedelta(days=9)).isoformat()
    made = served.json("apikey", "create", "nightly", "--scope", "write", "--until", until, role="foreign_organizer")
    assert names_of(served.json("apikey", "list", role="foreign_organizer")) == ["nightly", "sample"]
    bearer = {"Authorization": f"Bearer {made['key']}"}
    assert httpx.get(f"{served.running.url}/api/directory/me", headers=bearer).status_code == 200
    assert served.json("apikey", "revoke", "nightly", role="foreign_organizer") == {"revoked": made["id"]}
    assert names_of(served.json("apikey", "list", role="foreign_organizer")) == ["sample"]
    assert httpx.get(f"{served.running.url}/api/directory/me", headers=bearer).status_code == 401
    assert served.ask("apikey", "revoke", "nightly", role="foreign_organizer").code == 1


def test_a_key_is_named_by_its_beginning_or_id_where_its_name_is_another_s(served: Served) -> None:
    one, other = (served.json("apikey", "create", "twin", role="member") for _ in range(2))
    refused = served.ask("apikey", "revoke", "twin", "--json", role="member")
    assert (refused.code, refused.json) == (1, {"title": "twin names 2 keys; use an id."})
    assert served.json("apikey", "revoke", one["id"], role="member") == {"revoked": one["id"]}
    (left,) = (key for key in served.json("apikey", "list", role="member") if key["name"] == "twin")
    assert served.json("apikey", "revoke", left["beginning"], role="member") == {"revoked": other["id"]}


def names_of(keys: list[dict[str, Any]]) -> list[str]:
    """Return the names of keys, in their order."""
    return sorted(key["name"] for key in keys)


def test_a_programme_is_looked_at_brought_in_updated_and_taken_back(served: Served, tmp_path: Path) -> None:
    file = write_programme(tmp_path)
    asked = ("import", "programme", file, "--edition", "forum-2027")
    counts = {"created": 11, "changed": 0, "removed": 0, "unchanged": 0}
    dry = served.json(*asked, "--create", "--dry-run", role="organizer")
    assert sessions(served, "forum-2027") == 0
    done = served.json(*asked, "--create", role="organizer")
    assert sessions(served, "forum-2027") == 11
    for result, applied in ((dry, False), (done, True)):
        assert list(result) == [
            "import", "applied", "sessions", "rooms", "people", "both_changed", "problems", "conflicts",
        ]  # fmt: skip
        assert (result["applied"], result["sessions"], result["problems"]) == (applied, counts, [])
        assert (result["rooms"]["created"], result["people"]["created"]) == (1, 17)
        assert result["conflicts"]["room_overlap"] == 0
    assert (dry["import"], type(done["import"])) == (None, str)

    again = served.json(*asked, role="organizer")
    assert again["sessions"] == {"created": 0, "changed": 0, "removed": 0, "unchanged": 11}
    assert again["import"] == done["import"], "nothing new could be taken back"
    hidden = served.ask(*asked, "--json", role="foreign_organizer")
    assert (hidden.code, hidden.json["status"]) == (1, 404)

    undone = served.json("import", "undo", done["import"], role="organizer")
    assert (undone["import"], undone["sessions"]["removed"]) == (done["import"], 11)
    assert sessions(served, "forum-2027") == 0
    assert served.ask("import", "undo", done["import"], role="organizer").code == 1


def test_a_file_that_says_less_is_completed_by_options(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "short.csv"
    file.write_text("title,date,time\nOpening,2027-02-01,9:00-10:00\n", encoding="utf-8")
    body = {
        "slug": "short", "name": {"zh": "短", "en": "Short"}, "kind": "forum",
        "owner_id": served.people.organisations["society-a"],
    }  # fmt: skip
    with served.running.client() as client:
        client.post("/api/events/series", json=body).raise_for_status()
    asked = ("import", "programme", file, "--edition", "short-2027", "--create", "--series", "short", "--json")
    lacking = served.ask(*asked, role="organizer")
    assert (lacking.code, lacking.json["applied"]) == (1, False)
    served.json(*asked[:-1], "--zone", "Europe/Brussels", "--language", "en", role="organizer")
    with served.running.client() as client:
        edition = client.get("/api/events/editions/short-2027").json()
        (session,) = client.get("/api/events/editions/short-2027/sessions").json()["items"]
    assert (edition["series_slug"], edition["zone"]) == ("short", "Europe/Brussels")
    assert session["title"] == {"zh": "", "en": "Opening"}


def test_both_sides_changed_asks_for_a_choice(served: Served, tmp_path: Path) -> None:
    file = write_programme(tmp_path)
    asked = ("import", "programme", file, "--edition", "forum-both")
    served.json(*asked, "--create", role="organizer")
    with served.running.client() as client:
        first = client.get("/api/events/editions/forum-both/sessions").json()["items"][0]
        client.patch(
            f"/api/events/sessions/{first['id']}",
            json={"title": {"zh": "我们的标题", "en": "Our title"}}, headers={"If-Match": f'"v{first["version"]}"'},
        ).raise_for_status()  # fmt: skip
    newer = json.loads(file.read_text(encoding="utf-8"))
    newer["sessions"][0]["title"] = {"zh": "文件的标题", "en": "The file's title"}
    file.write_text(json.dumps(newer), encoding="utf-8")
    held = served.ask(*asked, "--json", role="organizer")
    assert (held.code, held.json["applied"], len(held.json["both_changed"])) == (1, False, 2)
    taken = served.json(*asked, "--take", "ours", role="organizer")
    assert taken["applied"] is True
    with served.running.client() as client:
        assert client.get(f"/api/events/sessions/{first['id']}").json()["title"]["en"] == "Our title"


def test_every_problem_of_a_file_is_told_and_nothing_is_written(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "faulty.csv"
    file.write_text("标题,日期,时间\n甲,2027-02-30,9:00—10:00\n乙,2027-02-01,25:00—26:00\n", encoding="gb18030")
    asked = ("import", "programme", file, "--edition", "faulty", "--create", "--zone", "Asia/Shanghai")
    ended = served.ask(*asked, "--json", role="organizer", LANG="zh_CN.UTF-8")
    assert (ended.code, ended.json["applied"], ended.json["import"]) == (1, False, None)
    places = [(problem.get("cell") or problem.get("line"), problem["code"]) for problem in ended.json["problems"]]
    assert len(places) == 2
    assert all(isinstance(problem["message"], str) and problem["message"] for problem in ended.json["problems"])
    assert "Problems: 2. Nothing was imported." in served.ask(*asked, role="organizer").out
    with served.running.client() as client:
        assert client.get("/api/events/editions/faulty").status_code == 404


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("json", b"{"), ("schedule.xml", b"<?xml"), ("schedule.json", b"{"), ("ics", b"BEGIN:VCALENDAR"),
        ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("jsonld", b"{"),
    ],
)  # fmt: skip
def test_a_programme_is_taken_along_in_every_format(served: Served, tmp_path: Path, form: str, begins: bytes) -> None:
    edition = "forum-out"
    if not sessions(served, edition):
        served.json(
            "import", "programme", write_programme(tmp_path), "--edition", edition, "--create", role="organizer"
        )
    told = served.json("export", edition, "--format", form, "-o", tmp_path / "out", role="organizer")
    content = (tmp_path / "out").read_bytes()
    assert told == {"file": str(tmp_path / "out"), "bytes": len(content), "format": form}
    assert content.startswith(begins)
    printed = subprocess.run(
        [sys.executable, "-m", "huitang", "export", edition, "--format", form, "-o", "-"],
        cwd=ROOT, env=environment(served.data), capture_output=True, check=True,
    )  # fmt: skip
    if form not in ("xlsx", "schedule.json", "ics"):  # these carry the moment of writing
        assert printed.stdout == content
    assert len(printed.stdout) > 100


def test_what_everybody_may_see_is_taken_along_as_it_is_shown(served: Served, tmp_path: Path) -> None:
    with served.running.client() as client:
        release(client, "forum-seen")
        edition = client.get("/api/events/editions/forum-seen").json()
        first = client.get("/api/events/editions/forum-seen/sessions").json()["items"][0]
        title = {"title": {"zh": "尚未发布", "en": "Not told yet"}}
        later = {"If-Match": f'"v{first["version"]}"'}
        client.patch(f"/api/events/sessions/{first['id']}", json=title, headers=later).raise_for_status()
        shown = {
            "json": client.get(f"/events/{edition['series_slug']}/forum-seen/programme.json").content,
            "ics": client.get("/calendars/editions/forum-seen.ics").content,
        }
    for form, content in shown.items():
        file = tmp_path / form
        served.json("export", "forum-seen", "--released", "--format", form, "-o", file, role="member")
        assert file.read_bytes() == content
        assert "尚未发布" not in content.decode()
    drafted = served.ask("export", "forum-seen", "-o", "-")
    assert "尚未发布" in drafted.out
    hidden = served.ask("export", "forum-out", "--released", "--json", role="member")
    assert (hidden.code, hidden.json["status"]) == (1, 404)


def test_facts_are_followed_as_they_happen(served: Served) -> None:
    before = [
        json.loads(line) for line in served.ask("facts", "tail", "directory", "--no-follow", "--json").out.splitlines()
    ]
    assert [fact["number"] for fact in before] == list(range(before[0]["number"], before[0]["number"] + 10))
    two = served.ask("facts", "tail", "directory", "events", "--no-follow", "--last", "2").out.splitlines()
    assert sorted(line.split()[1] for line in two) == ["directory"] * 2 + ["events"] * 2
    assert served.ask("facts", "tail", "--no-follow", "--last", "0").out == ""
    with subprocess.Popen(
        [sys.executable, "-m", "huitang", "facts", "tail", "directory", "--last", "1", "--json"],
        cwd=ROOT, env=environment(served.data, PYTHONUNBUFFERED="1"), stdout=subprocess.PIPE, text=True,
    ) as following, served.running.client() as client:  # fmt: skip
        try:
            assert following.stdout is not None
            first = json.loads(following.stdout.readline())
            root = served.people.organisations["hq"]
            body = {"slug": "followed", "name": {"zh": "跟踪"}, "kind": "society", "parent_id": root}
            made = client.post("/api/directory/organisations", json=body).raise_for_status().json()
            second = json.loads(following.stdout.readline())
        finally:
            following.terminate()
    assert first["number"] == before[-1]["number"]
    assert (second["number"], second["message"]["subject"]) == (first["number"] + 1, made["id"])


def test_replay_fills_a_service_anew(served: Served) -> None:
    with served.running.client() as client:
        before = client.get("/calendars/all.ics").content
    told = served.json("facts", "rebuild", "calendar")
    assert told["messages"] > 0
    with served.running.client() as client:
        assert client.get("/calendars/all.ics").content == before
    assert served.ask("facts", "rebuild", "calendar", role="organizer").code == 1
    assert served.ask("facts", "rebuild", "nothing").code == 1


def test_a_served_feed_keeps_its_promises(served: Served, tmp_path: Path) -> None:
    address = f"{served.running.url}/calendars/all.ics"
    told = served.json("check-feed", address)
    assert (told["source"], told["problems"]) == (address, [])
    file = tmp_path / "feed.ics"
    file.write_bytes(httpx.get(address).content.replace(b"PRODID", b"PRODIDO"))
    broken = served.ask("check-feed", file, "--json")
    assert broken.code == 1
    assert broken.json["problems"] != []
    assert served.ask("check-feed", "http://127.0.0.1:9/x.ics").code == 3
    assert served.ask("check-feed", tmp_path / "none.ics").code == 1


def test_every_problem_of_the_house_is_explained_at_its_address(served: Served) -> None:
    titles: dict[str, list[Text]] = {}
    for kind in all_refusals():
        if not kind.__module__.startswith("tests."):
            titles.setdefault(kind.slug(), []).append(kind.title)
    with httpx.Client(base_url=served.running.url) as client:
        for language in LANGUAGES:
            pages = {slug: client.get(f"/{language}/problems/{slug}") for slug in titles}
            assert {slug: page.status_code for slug, page in pages.items() if page.status_code != 200} == {}
            for slug, page in pages.items():
                assert any(f"<h1>{escape(title.in_(language))}</h1>" in page.text for title in titles[slug]), slug
