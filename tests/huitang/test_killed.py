"""A server killed under many writers: what it acknowledged is there when it starts again, and nothing is half done."""

import shutil
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from huitang.sample.people import SamplePeople
from tests.huitang.process import Running, huitang, serving

WRITERS = 64
ENOUGH = 300


def write_until_gone(running: Running, owner: str, name: int, acknowledged: list[str], enough: threading.Event) -> None:
    """Open series after series until the server answers no more, noting those it acknowledged."""
    with running.client() as client:
        for number in range(10_000):
            slug = f"killed-{name}-{number}"
            body = {"slug": slug, "name": {"zh": "系列", "en": slug}, "kind": "forum", "owner_id": owner}
            body["aliases"] = [{"name": {"en": f"{slug} once"}}, {"name": {"en": f"{slug} twice"}}]  # type: ignore[assignment]
            try:
                answer = client.post("/api/events/series", json=body)
            except httpx.HTTPError:
                return
            assert answer.status_code == 201
            acknowledged.append(slug)
            if len(acknowledged) >= ENOUGH:
                enough.set()


def facts(client: httpx.Client) -> Iterator[dict[str, str]]:
    """Yield the state of every series that was told to have opened."""
    after = 0
    while page := client.get("/api/events/facts", params={"after": after, "limit": 500}).json():
        after = page[-1]["number"]
        yield from (f["message"]["data"]["series"] for f in page if f["message"]["type"] == "events.series.opened.v1")


@pytest.mark.sqlite_only(
    "looks into the files that `huitang serve` keeps its databases in; that PostgreSQL keeps what was committed is its own tests' matter"
)
def test_what_was_acknowledged_is_there_and_nothing_is_half_done(world_template: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(world_template, data)
    owner = SamplePeople.read(data / "people.json").organisations["society-a"]
    acknowledged: list[str] = []
    enough = threading.Event()
    with serving(data) as running:
        writers = [
            threading.Thread(target=write_until_gone, args=(running, owner, name, acknowledged, enough))
            for name in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        assert enough.wait(timeout=120)
        running.end(signal.SIGKILL)
        for writer in writers:
            writer.join()

    with serving(data) as again, again.client() as client:
        rows = series(data / "events.db")
        assert set(acknowledged) - rows.keys() == set()
        told = [state["slug"] for state in facts(client)]
        assert sorted(told) == sorted(rows), "a fact for every series, once, and none without its series"
        assert {slug: aliases for slug, aliases in rows.items() if aliases != 2} == {}
        assert deeds(data / "events.db") == sorted(rows)
        assert client.get("/api/events/status").json()["parked"] == 0
    assert huitang(data, "audit", "verify").code == 0
    assert len(rows) - len(acknowledged) <= WRITERS, "at most the writes in hand were done but not acknowledged"


def series(file: Path) -> dict[str, int]:
    """Return every series of the test, and how many aliases it has."""
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return dict(
            db.execute(
                "SELECT slug, (SELECT count(*) FROM series_aliases a WHERE a.series_id = s.id) FROM series s"
            ).fetchall()
        )


def deeds(file: Path) -> list[str]:
    """Return the slugs of the series whose opening is in the record of deeds."""
    with closing(sqlite3.connect(file)) as db:
        return sorted(
            slug
            for (slug,) in db.execute(
                "SELECT s.slug FROM audit a JOIN series s ON s.id = a.subject WHERE a.verb = 'series.opened'"
            )
        )
