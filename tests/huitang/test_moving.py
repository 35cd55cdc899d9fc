"""From one process on SQLite to separate ones on PostgreSQL and Kafka, and back from a backup, with all that was there."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from huitang.sample.people import SamplePeople
from tests.huitang.process import huitang, serving
from tests.huitang.writing import ADDRESS, STILL, assert_restored, entries, release, working, write
from tests.installation import Installation
from tests.machines import opened, settings_of, up
from tests.world import wait_until

pytestmark = [pytest.mark.kafka, pytest.mark.postgres]


NAMED = {"public_url": ADDRESS["HUITANG_PUBLIC_URL"]}


@pytest.fixture
def place() -> Iterator[Path]:
    """Make a folder that the database server's own account finds its way through, where root runs this."""
    made = Path(tempfile.mkdtemp(prefix="huitang-moving-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


def operator(installation: Installation) -> httpx.Client:
    """Return a client that speaks as the account of the command line."""
    key = (installation.data / "cli.key").read_text().strip()
    return installation.client(headers={"Authorization": f"Bearer {key}"})


def facts(client: httpx.Client) -> list[dict[str, object]]:
    """Return the numbered facts of every service that says them."""
    return [
        fact
        for service in ("directory", "events", "awards", "calendar")
        for fact in client.get(f"/api/{service}/facts", params={"limit": 500}).json()
    ]


def facts_at_rest(client: httpx.Client) -> list[dict[str, object]]:
    """Return them once nothing waits to be published, and what follows from them was said, too."""
    seen = [facts(client)]

    def rests() -> bool:
        services = client.get("/health/ready").json()["services"]
        seen.append(facts(client))
        return seen[-1] == seen[-2] and all(each["unsent"] == 0 for each in services.values())

    wait_until(rests, seconds=60)
    return seen[-1]


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
        told, still = facts_at_rest(client), [client.get(path).content for path in STILL]
        assert huitang(data, "facts", "rebuild", "calendar").code == 0

    with up(data, NAMED, "--move") as url, opened(data, url, people) as moved:
        client, settings = operator(moved), settings_of(data)
        assert [client.get(path).content for path in STILL] == still
        assert facts(client) == told
        moved.settle()
        assert sorted(file.name for file in data.glob("*.db*")) == [
            f"{service}.db.moved" for service in ("awards", "calendar", "directory", "events")
        ]
        with working(*(write(lambda: operator(moved), number, acknowledged) for number in range(4))):
            wait_until(lambda: len(acknowledged) > 20, seconds=120)
            before = list(acknowledged)
            made = huitang(data, "backup", archive, "--json", **settings)
            assert made.code == 0, made.out + made.err
            after = len(acknowledged)
            wait_until(lambda: len(acknowledged) > after + 8, seconds=120)
        wait_until(lambda: len(entries(client, "written-to")) >= 11 + len(acknowledged), seconds=120)
        written = entries(client, "written-to")
        assert huitang(data, "audit", "verify", **settings).code == 0
        again = huitang(data, "publish", "events", "--json", **settings)
        assert (again.code, again.json["published"]) == (
            0,
            client.get("/api/events/facts?newest=true&limit=1").json()[0]["number"],
        )
        moved.settle()
        assert entries(client, "written-to") == written
        assert huitang(data, "move", **settings).code == 1

    def check(client: httpx.Client, restored: Path, **settings: str) -> None:
        assert_restored(client, still, written, before, people.key("member"))
        count = len(entries(client, "written-to"))
        assert client.get("/api/calendar/parked").json() == []
        assert huitang(restored, "audit", "verify", **settings).code == 0
        edition = client.get("/api/events/editions/written-to")
        body = {"kind": "other", "title": {"zh": "恢复之后"}, "on": "2027-04-02"}
        client.post(f"/api/events/editions/{edition.json()['id']}/key-dates", json=body).raise_for_status()
        wait_until(lambda: len(entries(client, "written-to")) == count + 1, seconds=60)

    server = place / "server"
    with up(server, NAMED, "--restore", archive) as url, opened(server, url, people) as restored:
        settings = settings_of(server)
        check(operator(restored), server, **settings)
        full = huitang(place / "other", "restore", archive, **(settings | {"HUITANG_DATA": str(place / "other")}))
        assert full.code == 1
        assert "not empty" in full.err
        assert not any((place / "other").glob("*.jwks"))
        restored.settle()

    assert huitang(place / "files", "restore", archive).code == 0
    with serving(place / "files", env=ADDRESS) as running, running.client() as client:
        check(client, place / "files")
