"""A live view of a served process shows another's move within a second, to those who may see it."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx

from huitang.sample.programme import programme_of
from tests.huitang.conftest import Served

WITHIN = httpx.Timeout(30, read=1.0)
"""A read that waits longer than a second for another's move raises."""


def make_draft(served: Served, edition: str) -> str:
    """Make an edition with a drafted programme; return its id."""
    programme = json.dumps(programme_of("storage_forum", date(2027, 9, 1)))
    with client_of(served, "organizer") as organizer:
        query = {"edition": edition, "create": "true"}
        organizer.post("/api/events/imports", params=query, content=programme).raise_for_status()
        return str(organizer.get(f"/api/events/editions/{edition}").json()["id"])


def client_of(served: Served, role: str, **options: Any) -> httpx.Client:
    """Return a client that speaks as a persona."""
    bearer = {"Authorization": f"Bearer {served.people.key(role)}"}
    return httpx.Client(base_url=served.running.url, headers=bearer, **options)


def notes(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Yield what a live view tells of changes."""
    for line in lines:
        if line == "event: change":
            yield json.loads(next(lines).removeprefix("data: "))


def test_another_s_move_is_shown_within_a_second(served: Served) -> None:
    topic = {"topic": f"edition:{make_draft(served, 'seen-live')}"}
    with (
        client_of(served, "organizer") as organizer,
        client_of(served, "scheduler", timeout=WITHIN) as scheduler,
        scheduler.stream("GET", "/api/events/live", params=topic) as view,
    ):
        lines = view.iter_lines()
        assert [next(lines), next(lines)] == ["event: open", "data: {}"]
        told = notes(lines)
        for number, session in enumerate(organizer.get("/api/events/editions/seen-live/sessions").json()["items"]):
            path = f"/api/events/sessions/{session['id']}/placement"
            before = organizer.get(path)
            place = {"start_local": f"2027-09-01T{8 + number // 6:02}:{number % 6}0"}
            moved = organizer.put(path, json=place, headers={"If-Match": before.headers["ETag"]})
            assert moved.status_code == 200, moved.text
            note = next(told)
            assert (note["subject"], note["version"]) == (session["id"], moved.json()["version"])
            assert note["by"] == served.people.accounts["organizer"]
            shown = scheduler.get(path).json()
            assert (shown["version"], shown["start_local"]) == (note["version"], f"{place['start_local']}:00")


def test_whoever_may_not_see_it_is_refused(served: Served) -> None:
    topic = {"topic": f"edition:{make_draft(served, 'unseen-live')}"}
    with client_of(served, "foreign_organizer") as stranger:
        assert stranger.get("/api/events/live", params=topic).status_code == 404
    assert httpx.get(f"{served.running.url}/api/events/live", params=topic).status_code == 401


def test_one_view_tells_of_several_editions_and_not_of_what_may_not_be_seen(served: Served) -> None:
    ids = [make_draft(served, slug) for slug in ("one-of-two", "other-of-two")]
    topics = [f"edition:{id_}" for id_ in ids]
    with (
        client_of(served, "organizer") as organizer,
        client_of(served, "scheduler", timeout=WITHIN) as scheduler,
        scheduler.stream("GET", "/api/events/live", params={"topic": [*topics, "edition:gone"]}) as view,
    ):
        lines = view.iter_lines()
        assert [next(lines), next(lines)] == ["event: open", "data: {}"]
        told = notes(lines)
        for id_, topic in zip(ids, topics, strict=True):
            track = organizer.post(f"/api/events/editions/{id_}/tracks", json={"name": {"zh": "海洋", "en": "Sea"}})
            assert track.status_code == 201, track.text
            note = next(told)
            assert (note["topic"], note["part"], note["subject"]) == (topic, "track", track.json()["id"])
    with client_of(served, "organizer") as organizer:
        asked = [{"topic": ["edition:gone", "edition:nothing"]}, {"topic": topics[:1] * 21}, {"topic": []}]
        assert [organizer.get("/api/events/live", params=each).status_code for each in asked] == [404, 422, 422]
