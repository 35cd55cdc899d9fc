"""A message that cannot be handled is parked by the running system, listed, and handled once its cause is mended."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.huitang.conftest import Served
from tests.world import wait_until


def change(file: Path, statement: str) -> None:
    """Change a database behind its service's back."""
    with closing(sqlite3.connect(file, timeout=30)) as db, db:
        db.execute(statement)


def look_up(file: Path, question: str, *values: str) -> int:
    """Ask a database for a number behind its service's back."""
    with closing(sqlite3.connect(file)) as db:
        return int(db.execute(question, values).fetchone()[0])


def known(file: Path, slug: str) -> int:
    """Count the organisations of that slug in a projection of the tree."""
    return look_up(file, "SELECT count(*) FROM tree WHERE slug = ?", slug)


def open_organisation(served: Served, slug: str) -> dict[str, Any]:
    """Open a society under the headquarters."""
    body = {"slug": slug, "name": {"zh": "学会"}, "kind": "society", "parent_id": served.people.organisations["hq"]}
    with served.running.client() as client:
        made: dict[str, Any] = client.post("/api/directory/organisations", json=body).raise_for_status().json()
    return made


@pytest.mark.sqlite_only("looks into the files that `huitang serve` keeps its databases in")
def test_a_message_is_parked_listed_and_retried(served: Served) -> None:
    calendar = served.data / "calendar.db"
    assert served.json("parked", "list") == []
    assert served.ask("parked", "list").out == "Nothing is parked.\n"
    change(
        calendar,
        "CREATE TRIGGER no_room BEFORE INSERT ON tree WHEN NEW.slug = 'unlucky'"
        " BEGIN SELECT RAISE(ABORT, 'no room here'); END",
    )
    unlucky = open_organisation(served, "unlucky")
    open_organisation(served, "after-it")
    wait_until(lambda: known(calendar, "after-it") == 1, seconds=60)

    (parked,) = served.json("parked", "list")
    assert (parked["service"], parked["source"], parked["failures"]) == ("calendar", "directory", 5)
    assert "no room here" in parked["error"]
    assert (known(calendar, "unlucky"), known(served.data / "events.db", "unlucky")) == (0, 1)
    assert served.json("status")["services"]["calendar"]["parked"] == 1
    with served.running.client() as client:
        ready = client.get("/health/ready")
    named = [{"message_id": parked["message_id"], "reaction": parked["reaction"]}]
    assert (ready.status_code, ready.json()["services"]["calendar"]["parked_messages"]) == (200, named)
    assert parked["message_id"] in served.ask("parked", "list").out
    with served.running.client() as client:
        facts = client.get("/api/directory/facts", params={"newest": "true", "limit": 10}).json()
    assert [f["message"]["subject"] for f in facts if f["message"]["id"] == parked["message_id"]] == [unlucky["id"]]

    early = served.ask("parked", "retry", "--json")
    assert (early.code, [each["handled"] for each in early.json]) == (1, [False])
    assert [each["message_id"] for each in served.json("parked", "list")] == [parked["message_id"]]

    change(calendar, "DROP TRIGGER no_room")
    retried = served.json("parked", "retry", parked["message_id"])
    assert [(each["message_id"], each["handled"]) for each in retried] == [(parked["message_id"], True)]
    assert served.json("parked", "list") == []
    assert known(calendar, "unlucky") == 1
    assert served.ask("parked", "retry").out == "0 handled, 0 still parked.\n"
    gone = served.ask("parked", "retry", parked["message_id"], "--json")
    assert (gone.code, gone.json) == (1, {"title": f"No message {parked['message_id']} is parked."})
