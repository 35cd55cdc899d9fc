"""An organisation tree of 5,000 goes out of a served process and in again by XLSX, and nothing has changed."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from huitang.sample.people import SamplePeople
from tests.directory.test_workbooks import MANY, many
from tests.huitang.process import huitang, serving
from tests.world import wait_until

WORKBOOK = "/api/directory/workbooks/organisations"


def cells(workbook: bytes, place: Path) -> dict[str, Any]:
    """Return every cell of a workbook, by sheet."""
    place.write_bytes(workbook)
    book = CalamineWorkbook.from_path(place)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def take(client: httpx.Client, workbook: bytes) -> dict[str, Any]:
    """Import a workbook; return what changed."""
    told: dict[str, Any] = client.post(WORKBOOK, content=workbook).raise_for_status().json()
    return {name: told[name] for name in ("applied", "opened", "changed", "unchanged", "problems")}


def count(data: Path, service: str) -> int:
    """Count the organisations that a projection holds."""
    with closing(sqlite3.connect(data / f"{service}.db", timeout=30)) as db:
        return int(db.execute("SELECT count(*) FROM tree").fetchone()[0])


def rows(data: Path, service: str, table: str) -> list[Any]:
    """Return the organisations that a database holds, with their places, states and versions."""
    with closing(sqlite3.connect(data / f"{service}.db", timeout=30)) as db:
        return db.execute(f"SELECT id, slug, path, status, version FROM {table} ORDER BY id").fetchall()


@pytest.mark.sqlite_only("looks into the files that `huitang serve` keeps its databases in")
def test_it_goes_out_and_in_unchanged(world_template: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(world_template, data)
    key = {"Authorization": f"Bearer {SamplePeople.read(data / 'people.json').key('administrator')}"}
    with serving(data) as running, httpx.Client(base_url=running.url, headers=key, timeout=300) as client:
        before = len(rows(data, "directory", "organisations"))
        first = take(client, many())
        assert first == {"applied": True, "opened": MANY, "changed": 0, "unchanged": 0, "problems": []}
        held, out = rows(data, "directory", "organisations"), client.get(WORKBOOK).raise_for_status().content
        wait_until(lambda: all(count(data, service) == len(held) for service in ("calendar", "events")), seconds=300)
        assert rows(data, "calendar", "tree") == rows(data, "events", "tree") == held
        facts = client.get("/api/directory/status").json()["facts"]

        again = take(client, out)
        assert again == {"applied": True, "opened": 0, "changed": 0, "unchanged": before + MANY, "problems": []}
        later = client.get(WORKBOOK).raise_for_status().content
        assert cells(later, tmp_path / "later.xlsx") == cells(out, tmp_path / "out.xlsx")
        assert rows(data, "directory", "organisations") == held
        assert client.get("/api/directory/status").json()["facts"] == facts
    assert huitang(data, "audit", "verify").code == 0
