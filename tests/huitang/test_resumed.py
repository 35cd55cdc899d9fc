"""A job cut off by the end of its process is taken up by the next start where it stood, and does nothing twice."""

import shutil
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from huitang.sample.people import SamplePeople
from tests.huitang.process import serving
from tests.world import wait_until

EDITIONS = 40
DATE = "events.date.set.v1"
SERIES = "/api/events/series/yearly"


def publish_editions(client: httpx.Client, owner: str) -> None:
    """Make a series with many public editions, each with a date of its own."""
    body = {"slug": "yearly", "name": {"zh": "年度论坛", "en": "Yearly"}, "kind": "forum", "owner_id": owner}
    series = client.post("/api/events/series", json=body).raise_for_status().json()
    for number in range(EDITIONS):
        slug = f"yearly-{number}"
        edition = {"slug": slug, "series_id": series["id"], "name": {"zh": f"第{number}届"}, "starts_on": "2027-05-01"}
        made = client.post("/api/events/editions", json=edition).raise_for_status().json()
        holding = {"If-Match": f'"v{made["version"]}"'}
        client.post(f"/api/events/editions/{slug}/publish", headers=holding).raise_for_status()


def job(file: Path) -> dict[str, Any]:
    """Return the job that tells the dates of the series again; nothing while there is none."""
    with closing(sqlite3.connect(file, timeout=30)) as db:
        db.row_factory = sqlite3.Row
        row = db.execute("SELECT * FROM jobs WHERE kind = 'retell_editions'").fetchone()
    return dict(row) if row else {}


def unfinished(file: Path) -> int:
    """Count the jobs that do not wait for a day to turn."""
    with closing(sqlite3.connect(file, timeout=30)) as db:
        rows = db.execute("SELECT count(*) FROM jobs WHERE kind <> 'turn_edition' AND state IN ('waiting', 'running')")
        return int(rows.fetchone()[0])


def last_fact(file: Path) -> int:
    """Return how many facts were committed, numbered or not."""
    with closing(sqlite3.connect(file, timeout=30)) as db:
        return int(db.execute("SELECT count(*) FROM outbox").fetchone()[0])


def is_all_told(client: httpx.Client, file: Path) -> bool:
    """Tell whether every fact that was committed has its number."""
    return bool(client.get("/api/events/status").json()["facts"] == last_fact(file))


def told(client: httpx.Client, after: int) -> Counter[tuple[str, str]]:
    """Count the facts about editions behind a number of the log, by their type and subject."""
    found: Counter[tuple[str, str]] = Counter()
    while page := client.get("/api/events/facts", params={"after": after, "limit": 500}).json():
        after = page[-1]["number"]
        found.update((fact["message"]["type"], fact["message"]["subject"]) for fact in page)
    return Counter({key: number for key, number in found.items() if key[0] == DATE or key[1].startswith("edition:")})


@pytest.mark.sqlite_only("looks into the files that `huitang serve` keeps its databases in")
def test_a_job_cut_off_is_taken_up_where_it_stood(world_template: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(world_template, data)
    owner = SamplePeople.read(data / "people.json").organisations["society-a"]
    file = data / "events.db"
    with serving(data) as running, running.client() as client:
        publish_editions(client, owner)
        wait_until(lambda: not unfinished(file) and is_all_told(client, file), seconds=120)
        assert sum(kind == DATE for kind, _ in told(client, 0)) == EDITIONS
        before = client.get("/api/events/facts", params={"newest": "true", "limit": 1}).json()[0]["number"]
        series = client.get(SERIES).json()
        renamed = {"name": {"zh": "改名论坛", "en": "Renamed"}}
        client.patch(SERIES, json=renamed, headers={"If-Match": f'"v{series["version"]}"'}).raise_for_status()
        wait_until(lambda: job(file).get("done", 0) >= 5, seconds=120)
        running.end(signal.SIGKILL)

    cut_off = job(file)
    assert (cut_off["state"], cut_off["attempts"], cut_off["total"]) == ("running", 1, EDITIONS)
    assert 5 <= cut_off["done"] < EDITIONS

    with serving(data) as again, again.client() as client:
        wait_until(lambda: not unfinished(file), seconds=120)
        finished = client.get(f"/api/events/jobs/{cut_off['id']}").json()
        assert (finished["state"], finished["attempts"], finished["done"]) == ("done", 2, EDITIONS)
        wait_until(lambda: is_all_told(client, file), seconds=120)
        said = told(client, before)
        assert sorted(n for (kind, _), n in said.items() if kind == DATE) == [1] * EDITIONS
        assert sorted(n for (kind, _), n in said.items() if kind != DATE) == [2] * EDITIONS, (
            "each page is called back once by this job, those before the end too, and once by that of its sessions"
        )
        wait_until(lambda: client.get("/calendars/all.ics").text.count("改名论坛") == EDITIONS, seconds=120)
