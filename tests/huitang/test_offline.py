"""The commands that work on the data folder itself, each as a process and with its effect."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from huitang.house import SERVICES
from huitang.preparing import prepare_folder
from huitang.sample.people import email_of
from shared import migrate, revisions
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


def test_databases_are_their_owner_s_alone_in_whatever_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with serving(tmp_path):
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.glob("*.db*")}
    assert set(modes.values()) == {0o600}
    assert {f"{name}.db-wal" for name in NAMES} <= modes.keys()


def test_a_database_about_to_be_migrated_is_copied_first(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    db = Database("events", settings.database_url("events"))
    migrate.upgrade_layer(db, *revisions.layers("events", SERVICES[1].migrations, SERVICES[1].metadata)[0])
    with db.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO positions VALUES ('somewhere', 7)")
        connection.commit()
    db.close()
    assert prepare_folder(settings) == NAMES
    (copy,) = tmp_path.glob("*.before-*.db")
    assert copy.stat().st_mode & 0o777 == 0o600
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


@pytest.mark.sqlite_only("forges a row in the file of a database; a chain is verified on both elsewhere")
@pytest.mark.parametrize(
    "forgery",
    ["UPDATE audit SET actor = 'somebody else' WHERE number = 3", "DELETE FROM audit WHERE number = 3"],
    ids=["a changed row", "a missing row"],
)
def test_the_chain_of_deeds_shows_a_forgery(world_template: Path, tmp_path: Path, forgery: str) -> None:
    shutil.copytree(world_template, tmp_path / "data")
    whole = huitang(tmp_path / "data", "audit", "verify", "--json")
    assert whole.code == 0
    assert {name.partition("/")[0] for name in whole.json} == set(NAMES), "a cycle's chain is named behind its service"
    assert {name: chain["broken_at"] for name, chain in whole.json.items()} == dict.fromkeys(whole.json)
    assert whole.json["directory"]["length"] > 10
    with closing(sqlite3.connect(tmp_path / "data" / "directory.db")) as db, db:
        db.execute(forgery)
    forged = huitang(tmp_path / "data", "audit", "verify", "--json")
    assert forged.code == 1
    broken = dict.fromkeys(whole.json) | {"directory": 3}
    assert {name: chain["broken_at"] for name, chain in forged.json.items()} == broken
    assert huitang(tmp_path / "empty", "audit", "verify").code == 1
