"""What an operator does while everybody works: new keys without one refused request, a backup of one instant."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx

from huitang.house import SERVICES
from huitang.sample.people import SamplePeople
from tests.databases import copy_folder
from tests.huitang.conftest import Served
from tests.huitang.process import huitang, serving
from tests.huitang.writing import ADDRESS, STILL, assert_restored, entries, release, working, write
from tests.world import wait_until


def test_keys_rotate_under_load_without_one_refused_request(served: Served) -> None:
    """Every round makes an API key and uses it at once, so that tokens are signed and read all the while."""
    answers: Counter[tuple[str, int]] = Counter()
    rounds: Counter[int] = Counter()
    roles = ("administrator", "organizer", "scheduler", "member", "organizer")

    def load(number: int, role: str) -> Callable[[threading.Event], None]:
        def run(stop: threading.Event) -> None:
            own = {"Authorization": f"Bearer {served.people.key(role)}"}
            with httpx.Client(base_url=served.running.url, headers=own, timeout=60) as client:
                while not stop.is_set():
                    body = {"name": f"load {number}-{rounds[number]}", "scope": "write"}
                    made = client.post("/api/directory/me/keys", json=body).json()
                    fresh = {"Authorization": f"Bearer {made['key']}"}
                    for path in ("/api/directory/me", "/api/events/series", "/api/calendar/entries"):
                        answers["GET", client.get(path, headers=fresh).status_code] += 1
                    if role == "organizer":
                        answers["POST", client.post("/api/events/series", json=series(number)).status_code] += 1
                    ended = client.delete(f"/api/directory/me/keys/{made['id']}", headers=fresh)
                    answers["DELETE", ended.status_code] += 1
                    rounds[number] += 1

        return run

    def series(number: int) -> dict[str, object]:
        slug = f"load-{number}-{rounds[number]}"
        return {
            "slug": slug,
            "name": {"zh": slug},
            "kind": "forum",
            "owner_id": served.people.organisations["society-a"],
        }

    def everybody_goes_on() -> None:
        before = dict(rounds)
        wait_until(lambda: all(rounds[n] >= before.get(n, 0) + 2 for n in range(len(roles))), seconds=120)

    with working(*(load(number, role) for number, role in enumerate(roles))):
        kids = []
        for _ in range(3):
            everybody_goes_on()
            kids.append(served.json("keys", "rotate")["kid"])
        everybody_goes_on()
    assert answers.keys() == {("GET", 200), ("POST", 201), ("DELETE", 204)}
    kept = json.loads((served.data / "signing.jwks").read_text())["keys"]
    assert len(set(kids)) == 3
    assert {key["kid"] for key in kept} >= set(kids[1:]), "the newest signs, the one before it is still believed"
    nowhere = huitang(served.data / "none", "keys", "rotate", "--json")
    assert nowhere.code == 1


def test_a_backup_made_under_writes_gives_equal_feeds(world_template: Path, tmp_path: Path) -> None:
    archive, acknowledged = tmp_path / "backup.zip", list[str]()
    data = tmp_path / "data"
    copy_folder(world_template, data)
    people = SamplePeople.read(data / "people.json")
    with serving(data, env=ADDRESS) as running, running.client() as client:
        release(client, "kept-still")
        release(client, "written-to")
        with working(*(write(running.client, number, acknowledged) for number in range(8))):
            wait_until(lambda: len(acknowledged) > 20, seconds=120)
            before = list(acknowledged)
            told = huitang(running.data, "backup", archive, "--json")
            after = len(acknowledged)
            wait_until(lambda: len(acknowledged) > after + 8, seconds=120)
        assert (told.code, told.json["file"], told.json["bytes"]) == (0, str(archive), archive.stat().st_size)
        wait_until(lambda: len(entries(client, "written-to")) >= 11 + len(acknowledged), seconds=120)
        still = [client.get(path).content for path in STILL]
        written = entries(client, "written-to")

    restored = huitang(tmp_path / "restored", "restore", archive, "--json")
    assert (restored.code, restored.json["rebuilt"].keys()) == (0, {service.name for service in SERVICES})
    with serving(tmp_path / "restored", env=ADDRESS) as running, running.client() as client:
        assert_restored(client, still, written, before, people.key("member"))
    assert huitang(tmp_path / "restored", "audit", "verify").code == 0
    again = huitang(tmp_path / "restored", "restore", archive, "--json")
    assert again.code == 1
    assert again.json == {"title": f"{tmp_path / 'restored'} is not empty; restore into another folder (--data)."}
