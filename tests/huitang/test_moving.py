"""From one process on SQLite to separate ones on PostgreSQL and Kafka, and back from a backup, with all that was there."""

import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from huitang.local_kafka import jars_folder
from huitang.sample.people import SamplePeople
from tests.huitang.process import ROOT, huitang, serving
from tests.huitang.writing import ADDRESS, STILL, entries, release, working, write
from tests.world import wait_until

pytestmark = [pytest.mark.kafka, pytest.mark.postgres]


class Installation:
    """What is up on a data folder."""

    def __init__(self, data: Path, url: str) -> None:
        self.data, self.url = data, url
        lines = shlex.split((data / "up.env").read_text())
        self.settings = dict(line.split("=", 1) for line in lines)

    def client(self) -> httpx.Client:
        key = (self.data / "cli.key").read_text().strip()
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {key}"}, timeout=30)

    def settle(self) -> None:
        """Wait until every fact of the owners has come to who hears it."""

        def still() -> bool:
            told = huitang(self.data, "status", "--json")
            services = told.json["services"].values() if told.code == 0 else []
            return bool(services) and not any(each["unsent"] or any(each["behind"].values()) for each in services)

        wait_until(still, seconds=120)


@contextmanager
def up(data: Path, *options: str | Path) -> Iterator[Installation]:
    jars = str(jars_folder(ROOT / ".data"))
    started = huitang(data, "up", "--detach", "--port", "0", *options, "--json", HUITANG_JARS=jars, **ADDRESS)
    try:
        assert started.code == 0, started.out + started.err + (data / "up.log").read_text()
        yield Installation(data, started.json["url"])
    finally:
        huitang(data, "down")


@pytest.fixture
def place() -> Iterator[Path]:
    """Make a folder that the database server's own account finds its way through, where root runs this."""
    made = Path(tempfile.mkdtemp(prefix="huitang-moving-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def facts(client: httpx.Client) -> list[dict[str, object]]:
    """Return the numbered facts of every service that says them."""
    return [
        fact
        for service in ("directory", "events", "calendar")
        for fact in client.get(f"/api/{service}/facts", params={"limit": 500}).json()
    ]


@pytest.mark.sqlite_only("moves from SQLite to a server, and back to both")
def test_an_installation_moves_to_a_server_and_a_backup_of_it_comes_back_anywhere(
    world_template: Path, place: Path
) -> None:
    data, archive, acknowledged = place / "data", place / "backup.zip", list[str]()
    shutil.copytree(world_template, data)
    people = SamplePeople.read(data / "people.json")
    with serving(data, env=ADDRESS) as running, running.client() as client:
        release(client, "kept-still")
        release(client, "written-to")
        still, told = [client.get(path).content for path in STILL], facts(client)
        assert huitang(data, "facts", "rebuild", "calendar").code == 0

    with up(data, "--move") as moved, moved.client() as client:
        assert [client.get(path).content for path in STILL] == still
        assert facts(client) == told
        moved.settle()
        assert sorted(file.name for file in data.glob("*.db*")) == [
            f"{service}.db.moved" for service in ("calendar", "directory", "events")
        ]
        with working(*(write(moved.client, number, acknowledged) for number in range(4))):
            wait_until(lambda: len(acknowledged) > 20, seconds=120)
            before = list(acknowledged)
            made = huitang(data, "backup", archive, "--json", **moved.settings)
            assert made.code == 0, made.out + made.err
            after = len(acknowledged)
            wait_until(lambda: len(acknowledged) > after + 8, seconds=120)
        wait_until(lambda: len(entries(client, "written-to")) >= 11 + len(acknowledged), seconds=120)
        written = entries(client, "written-to")
        assert huitang(data, "audit", "verify", **moved.settings).code == 0
        again = huitang(data, "publish", "events", "--json", **moved.settings)
        assert (again.code, again.json["published"]) == (
            0,
            client.get("/api/events/facts?newest=true&limit=1").json()[0]["number"],
        )
        moved.settle()
        assert entries(client, "written-to") == written
        assert huitang(data, "move", **moved.settings).code == 1

    def check(client: httpx.Client, restored: Path, **settings: str) -> None:
        assert [client.get(path).content for path in STILL] == still
        found = entries(client, "written-to")
        assert set(found) <= set(written), "every entry is as it was, to the byte"
        dates = re.findall(r"SUMMARY:.*?日期(\d+)之(\d+)", b"".join(found).replace(b"\r\n ", b"").decode())
        assert {f"Date {number}-{turn}" for number, turn in dates} >= set(before), "all that was acknowledged before it"
        bearer = {"Authorization": f"Bearer {people.key('member')}"}
        assert client.get("/api/directory/me", headers=bearer).status_code == 200
        assert client.get("/api/calendar/parked").json() == []
        assert huitang(restored, "audit", "verify", **settings).code == 0
        edition = client.get("/api/events/editions/written-to")
        body = {"kind": "other", "title": {"zh": "恢复之后"}, "on": "2027-04-02"}
        client.post(f"/api/events/editions/{edition.json()['id']}/key-dates", json=body).raise_for_status()
        wait_until(lambda: len(entries(client, "written-to")) == len(found) + 1, seconds=60)

    with up(place / "server", "--restore", archive) as restored, restored.client() as client:
        check(client, restored.data, **restored.settings)
        full = huitang(
            place / "other", "restore", archive, **(restored.settings | {"HUITANG_DATA": str(place / "other")})
        )
        assert full.code == 1
        assert "not empty" in full.err
        assert not any((place / "other").glob("*.jwks"))
        restored.settle()

    assert huitang(place / "files", "restore", archive).code == 0
    with serving(place / "files", env=ADDRESS) as running, running.client() as client:
        check(client, place / "files")
