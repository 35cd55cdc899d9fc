"""From a programme file to a member's calendar, through the one door, on a real programme of 780 talks."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from huitang.rfc5545 import problems_of
from tests.calendar.checkers import assert_all_agree
from tests.installation import Installation
from tests.journeys.conftest import Line
from tests.journeys.steps import API, FEED, bring_in, changed, entries, mend, move, placement_of, release, whole


@pytest.mark.samples
@pytest.mark.clients
@pytest.mark.usefixtures("clients")
def test_a_programme_is_imported_mended_released_and_followed(world: Installation) -> None:
    organizer, line = world.client("organizer"), Line(world)
    imported = bring_in(organizer)
    assert imported["conflicts"]["room_overlap"] == 1
    refused = release(world, organizer, "First")
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert world.client().get(FEED).status_code == 404

    moved, still = mend(organizer)
    assert release(world, organizer, "First").status_code == 201
    anybody = world.client()
    first = anybody.get(FEED)
    assert first.status_code == 200
    assert problems_of(first.content) == []
    before = entries(first.content)
    assert len(before) == 780
    assert assert_all_agree(first.content)
    public = anybody.get("/events/fosdem-2023/fosdem-2023/programme.json").json()
    assert as_printed(public) == as_printed(line.programme("fosdem-2023"))

    assert anybody.get(FEED, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert anybody.get(FEED, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 304

    day = placement_of(organizer, moved)["start_local"][:10]
    assert move(organizer, moved, start_local=f"{day}T21:00:00").is_success
    assert release(world, organizer, "Second").status_code == 201
    second = anybody.get(FEED)
    after = entries(second.content)
    assert changed(before, after) == {f"session-{moved}"}
    assert after[f"session-{moved}"]["sequence"] == before[f"session-{moved}"]["sequence"] + 1
    assert second.headers["etag"] != first.headers["etag"]

    called_off = organizer.get(f"{API}/sessions/{still}").json()
    headers = {"If-Match": f'"v{called_off["version"]}"'}
    assert organizer.patch(f"{API}/sessions/{still}", json={"status": "cancelled"}, headers=headers).is_success
    assert release(world, organizer, "Third").status_code == 201
    third = entries(anybody.get(FEED).content)
    assert changed(after, third) == {f"session-{still}"}
    tombstone = third[f"session-{still}"]
    assert (tombstone["status"], tombstone["title"][:4]) == ("CANCELLED", "【已取消")
    assert tombstone["sequence"] == after[f"session-{still}"]["sequence"] + 1

    back = organizer.post(f"{API}/editions/fosdem-2023/releases/1/rollback", json={})
    assert back.status_code == 201, back.text
    world.settle()
    fourth = entries(anybody.get(FEED).content)
    assert changed(third, fourth) == {f"session-{moved}", f"session-{still}"}
    assert all(fourth[uid]["sequence"] > third[uid]["sequence"] for uid in changed(third, fourth))
    assert fourth[f"session-{moved}"]["start"] == before[f"session-{moved}"]["start"]

    edition = organizer.get(f"{API}/editions/fosdem-2023").json()
    put_off = organizer.post(
        f"{API}/editions/fosdem-2023/postpone", json={}, headers={"If-Match": f'"v{edition["version"]}"'}
    )
    assert put_off.is_success, put_off.text
    world.settle()
    fifth = whole(anybody)
    assert fifth.keys() == fourth.keys()
    assert {entry["status"] for entry in fifth.values()} == {"TENTATIVE"}
    said = {"zh": "【延期】", "en": "Postponed: ", "both": "【延期】"}
    for language, mark in said.items():
        told = whole(anybody, lang=language)
        assert [entry["title"] for entry in told.values() if mark not in entry["title"]] == []
    pages = {language: anybody.get(f"/{language}/events/fosdem-2023/fosdem-2023").text for language in ("zh", "en")}
    assert [words in pages[side] for side, words in (("zh", "本届活动延期举办"), ("en", "This event is postponed"))] == [
        True, True,
    ]  # fmt: skip


@pytest.mark.samples
def test_of_two_who_move_one_session_the_second_sees_both_versions(world: Installation) -> None:
    one, other = world.client("organizer"), world.client("scheduler")
    bring_in(one)
    (session,) = one.get(f"{API}/editions/fosdem-2023/sessions", params={"limit": 1}).json()["items"]
    seen = placement_of(other, session["id"])
    day = seen["start_local"][:10]
    assert move(one, session["id"], start_local=f"{day}T19:00:00").is_success
    wanted = {
        "room_id": seen["room_id"],
        "start_local": f"{day}T20:00:00",
        "duration_minutes": seen["duration_minutes"],
    }
    late = other.put(
        f"{API}/sessions/{session['id']}/placement", json=wanted, headers={"If-Match": f'"v{seen["version"]}"'}
    )
    assert late.status_code == 412
    problem = late.json()
    assert (problem["yours"], problem["now"]) == (seen["version"], placement_of(one, session["id"]))
    assert problem["now"]["start_local"] == f"{day}T19:00:00"


FEEDS = (FEED, "/calendars/series/fosdem-2023.ics", "/calendars/all.ics", f"{FEED}?lang=zh&reminders=15m")
NAMED = {"public_url": "https://huitang.example.org"}


def released(world: Installation) -> dict[str, tuple[bytes, dict[str, str]]]:
    """Release the real programme, a month before its first day; return the answers of all its feeds."""
    organizer = world.client("organizer")
    bring_in(organizer, datetime.now(UTC).date() + timedelta(days=30))
    mend(organizer)
    assert release(world, organizer, "First").status_code == 201
    told = [answers(world, FEEDS) for _ in range(2)]
    assert told[1] == told[0]
    assert [len(entries(content)) for content, _ in told[0].values()] == [780, 780, 780, 780]
    return told[0]


def assert_the_same(world: Installation, first: dict[str, tuple[bytes, dict[str, str]]]) -> None:
    """Hold what the feeds answer now against what they did, whole and asked for by its state."""
    assert answers(world, FEEDS) == first
    for path, (_, headers) in first.items():
        etag, modified = ({"If-None-Match": headers["etag"]}, {"If-Modified-Since": headers["last-modified"]})
        assert [world.client(headers=PLAIN).get(path, headers=each).status_code for each in (etag, modified)] == [
            304, 304,
        ]  # fmt: skip


@pytest.mark.samples
def test_the_same_programme_is_the_same_bytes_whoever_asks_and_after_what(running: Any, tmp_path: Path) -> None:
    """With the cache on and off, after restarts, rebuilt from its facts."""
    with running.make(tmp_path / "world", **NAMED) as world:
        first = released(world)
    with running.open(tmp_path / "world", **NAMED, cache_bytes=0) as world:
        assert_the_same(world, first)
    with running.open(tmp_path / "world", **NAMED) as world:
        assert_the_same(world, first)
        replayed = Line(world).json("facts", "rebuild", "calendar", role="administrator")
        assert replayed["messages"] >= 780
        world.settle()
        assert answers(world, FEEDS) == first


@pytest.mark.samples
@pytest.mark.one_process("turns the clock; processes of their own have that of the machine")
def test_the_same_programme_is_the_same_bytes_on_other_days(running: Any, tmp_path: Path) -> None:
    with running.make(tmp_path / "world", **NAMED) as world:
        first = released(world)
    for days, settings in ((1, {}), (3, {"cache_bytes": 0})):
        with running.open(tmp_path / "world", **NAMED, **settings) as world:
            world.clock.turn(days=days)
            world.settle()
            assert_the_same(world, first)


def as_printed(programme: dict[str, Any]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return by title, time and room what a programme in our JSON says of its sessions, with names in place of keys."""
    names = {
        (part, each["key"]): each["name"]["en"] for part in ("rooms", "tracks", "people") for each in programme[part]
    }
    alike = ("title", "subtitle", "abstract", "description", "start", "duration_minutes", "type", "language")
    return {
        (each["title"]["en"], each["start"], names["rooms", each["room"]]): {
            **{name: each[name] for name in (*alike, "links", "attachments")},
            "track": names["tracks", each["track"]],
            "people": [names["people", role["key"]] for role in each["people"]],
        }
        for each in programme["sessions"]
    }


PLAIN = {"Accept-Encoding": "identity"}
"""A gateway that keeps nothing compresses nothing, and what is compressed has a tag of its own."""


def answers(world: Installation, paths: Iterable[str]) -> dict[str, tuple[bytes, dict[str, str]]]:
    """Return the bytes of feeds, with what an answer says of their state."""
    found = {}
    for path in paths:
        answer = world.client(headers=PLAIN).get(path)
        assert answer.status_code == 200, answer.text
        found[path] = answer.content, {name: answer.headers[name] for name in ("etag", "last-modified")}
    return found
