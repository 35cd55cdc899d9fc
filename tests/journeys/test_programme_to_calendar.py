"""From a programme file to a member's calendar, through the one door, on a real programme of 780 talks."""

import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from icalendar import Calendar

from huitang.rfc5545 import problems_of
from tests.calendar.checkers import assert_all_agree
from tests.world import World

FEED = "/calendars/editions/fosdem-2023.ics"
API = "/api/events"


def bring_in(client: httpx.Client) -> dict[str, Any]:
    """Import the real programme; return what was answered."""
    data = (Path(os.environ["HUITANG_SAMPLES"]) / "fosdem2023.xml").read_bytes()
    given = {"edition": "fosdem-2023", "create": "true", "zone": "Europe/Brussels", "language": "en"}
    answer = client.post(f"{API}/imports", params=given, content=data, headers={"Content-Type": "application/xml"})
    assert answer.status_code == 201, answer.text
    imported: dict[str, Any] = answer.json()
    return imported


def placement_of(client: httpx.Client, session: str) -> dict[str, Any]:
    """Return where a session stands."""
    found: dict[str, Any] = client.get(f"{API}/sessions/{session}/placement").json()
    return found


def move(client: httpx.Client, session: str, **changes: Any) -> httpx.Response:
    """Move a session, as one that has just read where it stands."""
    now = placement_of(client, session)
    wanted = {name: now[name] for name in ("room_id", "start_local", "duration_minutes")} | changes
    return client.put(f"{API}/sessions/{session}/placement", json=wanted, headers={"If-Match": f'"v{now["version"]}"'})


def release(world: World, client: httpx.Client, name: str) -> httpx.Response:
    """Release the draft and let every consequence follow."""
    answer = client.post(f"{API}/editions/fosdem-2023/releases", json={"name": {"zh": name, "en": name}})
    world.settle()
    return answer


def mend(client: httpx.Client) -> tuple[str, str]:
    """Mend the one room overlap by moving one of its sessions to the evening; return both sessions."""
    (kind,) = [
        k for k in client.get(f"{API}/editions/fosdem-2023/conflicts").json()["kinds"] if k["kind"] == "room_overlap"
    ]
    (conflict,) = kind["conflicts"]
    one, other = conflict["sessions"]
    day = placement_of(client, one)["start_local"][:10]
    assert move(client, one, start_local=f"{day}T20:00:00").is_success
    return one, other


def entries(content: bytes) -> dict[str, dict[str, Any]]:
    """Return the entries of a feed by UID."""
    events = Calendar.from_ical(content).walk("VEVENT")
    return {
        str(event["UID"]): {
            "sequence": int(event["SEQUENCE"]),
            "status": str(event["STATUS"]),
            "start": event["DTSTART"].dt,
            "bytes": event.to_ical(),
        }
        for event in events
    }


def whole(client: httpx.Client) -> dict[str, dict[str, Any]]:
    """Return the entries of the edition's feed, of all its parts where it is split."""
    answer = client.get(FEED)
    found = entries(answer.content)
    while "next" in answer.links:
        answer = client.get(answer.links["next"]["url"])
        found |= entries(answer.content)
    return found


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Name the entries that differ."""
    return {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}


@pytest.mark.samples
@pytest.mark.clients
@pytest.mark.usefixtures("clients")
def test_a_programme_is_imported_mended_released_and_followed(world: World) -> None:
    organizer = world.client("organizer")
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
    assert third[f"session-{still}"]["status"] == "CANCELLED"

    back = organizer.post(f"{API}/editions/fosdem-2023/releases/1/rollback", json={})
    assert back.status_code == 201, back.text
    world.settle()
    fourth = entries(anybody.get(FEED).content)
    assert changed(third, fourth) == {f"session-{moved}", f"session-{still}"}
    assert all(fourth[uid]["sequence"] > third[uid]["sequence"] for uid in changed(third, fourth))
    assert fourth[f"session-{moved}"]["start"] == before[f"session-{moved}"]["start"]

    rebuilt = world.client("administrator").post("/api/calendar/facts/rebuild")
    assert rebuilt.status_code == 200, rebuilt.text
    world.settle()
    assert entries(anybody.get(FEED).content) == fourth

    edition = organizer.get(f"{API}/editions/fosdem-2023").json()
    put_off = organizer.post(
        f"{API}/editions/fosdem-2023/postpone", json={}, headers={"If-Match": f'"v{edition["version"]}"'}
    )
    assert put_off.is_success, put_off.text
    world.settle()
    fifth = whole(anybody)
    assert fifth.keys() == fourth.keys()
    assert {entry["status"] for entry in fifth.values()} == {"TENTATIVE"}


@pytest.mark.samples
def test_of_two_who_move_one_session_the_second_sees_both_versions(world: World) -> None:
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
    assert problem["yours"] == seen["version"]
    assert problem["now"]["start_local"] == f"{day}T19:00:00"
