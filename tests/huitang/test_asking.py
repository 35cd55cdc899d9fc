"""The commands that ask a running installation, each as a process and with its effect."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from huitang.sample.programme import programme_of
from tests.huitang.conftest import Served
from tests.huitang.process import ROOT, environment

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
    } == dict.fromkeys(("directory", "events", "calendar"), ("ready", 0, 0))
    assert "directory" in served.ask("status").out
    refused = served.ask("status", "--json", role="member")
    assert (refused.code, refused.json["status"]) == (1, 403)


def test_a_key_is_made_listed_used_and_ended(served: Served) -> None:
    made = served.json("apikey", "create", "nightly", "--scope", "write", role="foreign_organizer")
    assert names_of(served.json("apikey", "list", role="foreign_organizer")) == ["nightly", "sample"]
    bearer = {"Authorization": f"Bearer {made['key']}"}
    assert httpx.get(f"{served.running.url}/api/directory/me", headers=bearer).status_code == 200
    assert served.json("apikey", "revoke", "nightly", role="foreign_organizer") == {"revoked": made["id"]}
    assert names_of(served.json("apikey", "list", role="foreign_organizer")) == ["sample"]
    assert httpx.get(f"{served.running.url}/api/directory/me", headers=bearer).status_code == 401
    assert served.ask("apikey", "revoke", "nightly", role="foreign_organizer").code == 1


def names_of(keys: list[dict[str, Any]]) -> list[str]:
    """Return the names of keys, in their order."""
    return sorted(key["name"] for key in keys)


def test_the_catalogue_is_loaded_twice_without_change(served: Served) -> None:
    assert served.json("catalogue", "load") == {"created": 61, "changed": 0, "unchanged": 0}
    assert served.json("catalogue", "load") == {"created": 0, "changed": 0, "unchanged": 61}
    rows = served.json("catalogue", "list")
    with served.running.client() as client:
        known = client.get("/api/events/series/world-young-scientist-summit").json()
        listed = client.get("/api/events/series", params={"format": "csv"}).text
    assert len(rows) == 61
    assert [row["slug"] for row in rows if f",{row['slug']}," not in listed] == []
    row = next(row for row in rows if row["slug"] == "world-young-scientist-summit")
    assert (known["name"], known["kind"], known["key"]) == (row["name"], row["kind"], row["key"])
    assert [document["code"] for document in known["documents"]] == [each["code"] for each in row["documents"]]


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
    assert "2 problems; nothing was imported." in served.ask(*asked, role="organizer").out
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


def test_facts_are_followed_as_they_happen(served: Served) -> None:
    before = [
        json.loads(line) for line in served.ask("facts", "tail", "directory", "--no-follow", "--json").out.splitlines()
    ]
    assert [fact["number"] for fact in before] == list(range(before[0]["number"], before[0]["number"] + 10))
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
    told = served.json("facts", "replay", "calendar")
    assert told["messages"] > 0
    with served.running.client() as client:
        assert client.get("/calendars/all.ics").content == before
    assert served.ask("facts", "replay", "calendar", role="organizer").code == 1
    assert served.ask("facts", "replay", "nothing").code == 1


def test_a_parked_message_is_listed_and_retried(served: Served) -> None:
    """The calendar is made to have stumbled five times over an organisation's opening."""
    assert served.json("parked", "list") == []
    wanted = served.people.organisations["province-a"]
    with served.running.client() as client:
        facts = client.get("/api/directory/facts", params={"limit": 500}).json()
    fact = next(f for f in facts if f["message"]["subject"] == wanted and "opened" in f["message"]["type"])
    park(served.data / "calendar.db", fact, wanted)
    parked = served.json("parked", "list")
    assert [(each["service"], each["message_id"], each["failures"]) for each in parked] == [
        ("calendar", fact["message"]["id"], 5)
    ]
    retried = served.json("parked", "retry", fact["message"]["id"])
    assert [each["handled"] for each in retried] == [True]
    assert served.json("parked", "list") == []
    assert names(served.data / "calendar.db", wanted) == 1
    assert served.ask("parked", "retry", fact["message"]["id"]).code == 1


def park(file: Path, fact: dict[str, Any], organisation: str) -> None:
    """Undo a reaction to a fact in a projection, and park the fact in its inbox."""
    with closing(sqlite3.connect(file, timeout=30)) as db, db:
        (reaction,) = db.execute(
            "SELECT reaction FROM inbox WHERE message_id = ? AND reaction LIKE 'shared.%'", [fact["message"]["id"]]
        ).fetchone()
        db.execute("DELETE FROM inbox WHERE message_id = ?", [fact["message"]["id"]])
        db.execute("DELETE FROM tree WHERE id = ?", [organisation])
        db.execute(
            "INSERT INTO attempts (message_id, reaction, source, number, message, failures, interruptions, error, parked_at)"
            " VALUES (?, ?, 'directory', ?, ?, 5, 0, 'it stumbled', '2026-01-01 00:00:00')",
            [fact["message"]["id"], reaction, fact["number"], json.dumps(fact["message"])],
        )


def names(file: Path, organisation: str) -> int:
    """Count the rows of an organisation in a projection."""
    with closing(sqlite3.connect(file)) as db:
        return int(db.execute("SELECT count(*) FROM tree WHERE id = ?", [organisation]).fetchone()[0])


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
