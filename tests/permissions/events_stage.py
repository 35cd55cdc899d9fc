"""The events service with a published edition and one that is not public yet, each with something of everything."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jwt

from services.events.service import service
from shared.caller import Caller
from tests.alone import CALLERS, SOCIETY, checked, make_template
from tests.events.running import Events, make_events
from tests.permissions.stage import Stage, put_operations

TALKS = ("09:00", "09:15")
"""They overlap: a conflict that is let stand."""


@contextmanager
def make_events_stage(folder: Path) -> Iterator[Stage]:
    """Make the service on files in `folder`."""
    (folder / "template").mkdir()
    events = make_events(*make_template(service, folder / "template"), folder / "data")

    def sign(caller: Caller) -> str:
        now = int(time.time())
        claims = {"iss": "huitang", "aud": "huitang", "iat": now, "exp": now + 600, **caller.claims()}
        return jwt.encode(claims, events.key, "EdDSA", headers={"kid": "k"})

    shown = common(events) | put_operations(events.runtime, CALLERS["organizer"].account_id)
    hidden = put_edition(events, shown, "draft-2027")
    shown |= put_edition(events, shown, "forum-2027")
    events.step(events.get("editions/forum-2027"), "publish")
    events.do("POST", "editions/forum-2027/releases", {})
    files = {"programme": events.ask("GET", "editions/forum-2027/exports/json").content}
    yield Stage(events.runtime, events.app, sign, CALLERS, shown, hidden, files)
    events.runtime.stop()
    events.db.close()


def common(events: Events) -> dict[str, str]:
    """Put what belongs to no edition: series, a venue with rooms, a person."""
    series, above = events.series(), events.series("above")
    venue = events.do("POST", "venues", {"name": text("Centre"), "owner_id": SOCIETY})
    rooms = [events.do("POST", f"venues/{venue['id']}/rooms", {"name": text(name)}) for name in ("Hall", "East")]
    person = events.do("POST", "people", {"name": text("Ada"), "owner_id": SOCIETY})
    return {
        "owner": SOCIETY,
        "series_id": series["id"],
        "ref:series": series["id"],
        "umbrella_series_id": above["id"],
        "venue_id": venue["id"],
        "room_id": rooms[0]["id"],
        "other_room_id": rooms[1]["id"],
        "person_id": person["id"],
        "number": "1",
        "form": "json",
    }


def put_edition(events: Events, names: dict[str, str], slug: str) -> dict[str, str]:
    """Put an edition that is not public, with a schedule of two sessions; return the names of what it holds."""
    edition = events.do("POST", "editions", edition_body(names, slug))
    at = f"editions/{edition['id']}"
    key_date = events.do("POST", f"{at}/key-dates", {"kind": "papers", "title": text("Papers"), "on": "2027-02-01"})
    placed_under = {"series_id": names["umbrella_series_id"]}
    events.do("POST", f"{at}/umbrellas", placed_under, version=edition["version"])
    for room in ("room_id", "other_room_id"):
        events.do("POST", f"{at}/rooms", {"room_id": names[room]})
    track = events.do("POST", f"{at}/tracks", {"name": text("Track")})
    sessions = [put_session(events, at, names, slug, start) for start in TALKS]
    lock = events.do("POST", f"{at}/schedule/locks", {"day": "2027-05-12"})
    keys = [conflict["key"] for kind in events.get(f"{at}/conflicts")["kinds"] for conflict in kind["conflicts"]]
    stand = [events.do("POST", f"{at}/conflicts/accepted", {"key": key, "reason": "Agreed."}) for key in keys]
    preview = events.do("POST", f"{at}/previews", {})
    own = events.ask("GET", f"{at}/exports/json").content
    brought = checked(events.ask("POST", "imports", params={"edition": slug}, content=own))
    return {
        "edition_id": edition["id"],
        "ref:editions": edition["id"],
        "key_date_id": key_date["id"],
        "umbrella_id": names["umbrella_series_id"],
        "track_id": track["id"],
        "session_id": sessions[0],
        "other_session_id": sessions[1],
        "lock_id": lock["id"],
        "acceptance_id": stand[0]["id"],
        "conflict": keys[0],
        "preview_id": preview["id"],
        "import_id": brought["import"],
        "fingerprint": events.get(f"{at}/releases/next")["fingerprint"],
    }


def edition_body(names: dict[str, str], slug: str) -> dict[str, Any]:
    """Return what opens an edition of three days."""
    days = {"starts_on": "2027-05-10", "ends_on": "2027-05-12"}
    return {"slug": slug, "series_id": names["series_id"], "name": text(slug), "zone": "Asia/Shanghai", **days}


def put_session(events: Events, at: str, names: dict[str, str], slug: str, start: str) -> str:
    """Put a session of half an hour on the first day, with a speaker; return its id."""
    people = [{"person_id": names["person_id"], "role": "speaker"}]
    body = {"kind": "parallel", "title": text(f"{slug} {start}"), "duration_minutes": 30, "people": people}
    session = events.do("POST", f"{at}/sessions", {**body, "status": "confirmed"})
    place = {"room_id": names["room_id"], "start_local": f"2027-05-10T{start}"}
    events.do("PUT", f"sessions/{session['id']}/placement", place, version=0)
    return str(session["id"])


def text(words: str) -> dict[str, str]:
    """Return the same words in both languages."""
    return {"zh": words, "en": words}
