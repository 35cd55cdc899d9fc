"""The commands that work on the data folder itself, each as a process and with its effect."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from huitang.house import SERVICES, prepare_folder
from huitang.sample.people import SamplePeople, email_of
from huitang.sample.programme import programme_of
from shared import migrate
from shared.db import Database
from shared.settings import Settings
from tests.huitang.conftest import Served
from tests.huitang.process import huitang, serving

NAMES = [service.name for service in SERVICES]


def test_an_empty_folder_is_brought_forward_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first, second = huitang(data, "migrate", "--json"), huitang(data, "migrate", "--json")
    assert (first.json, second.json) == ({"migrated": NAMES}, {"migrated": []})
    assert sorted(file.name for file in data.glob("*.db")) == sorted(f"{name}.db" for name in NAMES)
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_database_about_to_be_migrated_is_copied_first(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    db = Database("events", settings.database_url("events"))
    migrate.upgrade_layer(db, *migrate.layers("events", SERVICES[1].migrations, SERVICES[1].metadata)[0])
    with db.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO positions VALUES ('somewhere', 7)")
        connection.commit()
    db.close()
    assert prepare_folder(settings) == NAMES
    (copy,) = tmp_path.glob("*.before-*.db")
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT source, number FROM positions").fetchall() == [("somewhere", 7)]
        assert kept.execute("SELECT name FROM sqlite_master WHERE name = 'series'").fetchall() == []


def test_recover_prints_a_link_that_lets_somebody_in(served: Served) -> None:
    told = served.json("recover", email_of("scheduler"))
    assert told["url"].startswith(f"{served.running.url}/zh/sign-in/")
    with httpx.Client(follow_redirects=False) as browser:
        assert browser.get(told["url"]).status_code == 200
        form = {"password": "Harbour-Lantern-77-quiet"}
        answer = browser.post(told["url"], data=form, headers={"Origin": served.running.url})
        assert (answer.status_code, list(browser.cookies)) == (303, ["huitang_session"])
        assert browser.get(f"{served.running.url}/api/directory/me").json()["email"] == email_of("scheduler")
    unknown = served.ask("recover", "nobody@example.org", "--json")
    assert (unknown.code, unknown.json) == (1, {"title": "No account in use has the address nobody@example.org."})
    nowhere = huitang(served.data / "none", "recover", "nobody@example.org")
    assert nowhere.code == 1


@pytest.mark.parametrize(
    "forgery",
    ["UPDATE audit SET actor = 'somebody else' WHERE number = 3", "DELETE FROM audit WHERE number = 3"],
    ids=["a changed row", "a missing row"],
)
def test_the_chain_of_deeds_shows_a_forgery(world_template: Path, tmp_path: Path, forgery: str) -> None:
    shutil.copytree(world_template, tmp_path / "data")
    whole = huitang(tmp_path / "data", "audit", "verify", "--json")
    assert whole.code == 0
    assert {name: chain["broken_at"] for name, chain in whole.json.items()} == dict.fromkeys(NAMES)
    assert whole.json["directory"]["length"] > 10
    with closing(sqlite3.connect(tmp_path / "data" / "directory.db")) as db, db:
        db.execute(forgery)
    forged = huitang(tmp_path / "data", "audit", "verify", "--json")
    assert forged.code == 1
    assert {name: chain["broken_at"] for name, chain in forged.json.items()} == dict.fromkeys(NAMES) | {"directory": 3}
    assert huitang(tmp_path / "empty", "audit", "verify").code == 1


def test_keys_rotate_under_load_without_one_refused_request(served: Served) -> None:
    """Every round makes a new API key and uses it, so that tokens are signed and read all the while."""
    stop, refused, rounds = threading.Event(), [], count()

    def load(role: str) -> None:
        bearer = {"Authorization": f"Bearer {served.people.key(role)}"}
        with httpx.Client(base_url=served.running.url, timeout=30) as client:
            while not stop.is_set():
                body = {"name": f"load {next(rounds)}", "scope": "write"}
                made = client.post("/api/directory/me/keys", json=body, headers=bearer)
                fresh = {"Authorization": f"Bearer {made.json().get('key')}"}
                used = [
                    client.get(path, headers=fresh) for path in ("/api/directory/me", "/api/calendar/subscriptions")
                ]
                ended = client.delete(f"/api/directory/me/keys/{made.json().get('id')}", headers=bearer)
                refused.extend(a.status_code for a in (made, *used, ended) if a.status_code in (401, 403, 500, 503))

    threads = [threading.Thread(target=load, args=(role,)) for role in ("administrator", "organizer", "scheduler")]
    for thread in threads:
        thread.start()
    try:
        kids = [served.json("keys", "rotate")["kid"] for _ in range(3)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert refused == []
    assert len(set(kids)) == 3
    assert next(rounds) > 5
    assert huitang(served.data / "none", "keys", "rotate").code == 1


def released(served: Served, edition: str) -> None:
    """Make an edition with a released programme."""
    programme = programme_of("storage_forum", date(2027, 5, 1))
    path = f"/api/events/editions/{edition}"
    bearer = {"Authorization": f"Bearer {served.people.key('organizer')}"}
    with httpx.Client(base_url=served.running.url, headers=bearer, timeout=30) as client:
        query = {"edition": edition, "create": "true"}
        client.post("/api/events/imports", params=query, content=json.dumps(programme)).raise_for_status()
        version = client.get(path).json()["version"]
        client.post(f"{path}/publish", headers={"If-Match": f'"v{version}"'}).raise_for_status()
        client.post(f"{path}/releases", json={}).raise_for_status()
        wait_until(lambda: client.get(f"/calendars/editions/{edition}.ics").content.count(b"BEGIN:VEVENT") >= 11)


def wait_until(true: Callable[[], bool]) -> None:
    """Ask until it is so; the test's own time-out ends it otherwise."""
    while not true():
        pass


def key_dates(client: httpx.Client, edition: str) -> list[str]:
    """Return the titles of an edition's key dates."""
    found: list[dict[str, Any]] = client.get(f"/api/events/editions/{edition}/key-dates?limit=100").json()["items"]
    return [each["title"]["en"] for each in found]


def test_a_backup_made_under_writes_gives_equal_feeds(served: Served, tmp_path: Path) -> None:
    released(served, "kept-still")
    released(served, "written-to")
    stop, acknowledged = threading.Event(), []

    def write() -> None:
        with served.running.client() as client:
            for number in range(90):
                if stop.is_set():
                    return
                body = {
                    "kind": "other",
                    "title": {"zh": f"日期{number}", "en": f"Date {number:02}"},
                    "on": "2027-04-01",
                }
                client.post("/api/events/editions/written-to/key-dates", json=body).raise_for_status()
                acknowledged.append(f"Date {number:02}")

    writer = threading.Thread(target=write)
    writer.start()
    wait_until(lambda: len(acknowledged) > 2)
    before = list(acknowledged)
    archive = tmp_path / "backup.zip"
    told = served.json("backup", archive)
    stop.set()
    writer.join()
    assert (told["file"], told["bytes"]) == (str(archive), archive.stat().st_size)
    feeds = ("/calendars/editions/kept-still.ics", "/calendars/editions/kept-still.ics?lang=en")
    with served.running.client() as client:
        kept = [client.get(feed).content for feed in feeds]

    data = tmp_path / "restored"
    restored = huitang(data, "restore", archive, "--json")
    assert restored.code == 0, restored.out
    assert restored.json["rebuilt"].keys() == set(NAMES)
    again = huitang(data, "restore", archive, "--json")
    assert (again.code, again.json) == (
        1, {"title": f"{data} is not empty; restore into another folder (--data)"},
    )  # fmt: skip
    assert huitang(data, "audit", "verify").code == 0
    people = SamplePeople.read(served.data / "people.json")
    with serving(data) as running, running.client() as client:
        assert [_addressed(client.get(feed).content, running.url) for feed in feeds] == [
            _addressed(content, served.running.url) for content in kept
        ]
        found = key_dates(client, "written-to")
        assert found == acknowledged[: len(found)]
        assert found[: len(before)] == before, "what was acknowledged before the backup began is in it"
        in_feed = client.get("/calendars/editions/written-to.ics").content.decode()
        assert [title for title in found if title not in in_feed] == []
        bearer = {"Authorization": f"Bearer {people.key('member')}"}
        assert httpx.get(f"{running.url}/api/directory/me", headers=bearer).status_code == 200


def _addressed(content: bytes, url: str) -> bytes:
    """Return a feed with its installation's address made plain, and unfolded, since that has another length."""
    return content.replace(b"\r\n ", b"").replace(url.encode(), b"http://here")
