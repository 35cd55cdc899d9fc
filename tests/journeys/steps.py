"""The steps that journeys have in common: import the real programme, move, mend, release; read its feed."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
from icalendar import Calendar

from tests.installation import Installation

FEED = "/calendars/editions/fosdem-2023.ics"
API = "/api/events"


def bring_in(client: httpx.Client, first: date = date(2023, 2, 4)) -> dict[str, Any]:
    """Import the real programme, its days from `first` on; return what was answered."""
    data = (Path(os.environ["HUITANG_SAMPLES"]) / "fosdem2023.xml").read_bytes()
    for was, day in ((b"2023-02-05", first + timedelta(days=1)), (b"2023-02-04", first)):
        data = data.replace(was, day.isoformat().encode())
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


def release(world: Installation, client: httpx.Client, name: str) -> httpx.Response:
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
            "title": str(event["SUMMARY"]),
            "start": event["DTSTART"].dt,
            "bytes": event.to_ical(),
        }
        for event in events
    }


def whole(client: httpx.Client, **query: str) -> dict[str, dict[str, Any]]:
    """Return the entries of the edition's feed, of all its parts where it is split."""
    answer = client.get(FEED, params=query)
    found = entries(answer.content)
    while "next" in answer.links:
        answer = client.get(answer.links["next"]["url"])
        found |= entries(answer.content)
    return found


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Name the entries that differ."""
    return {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}
