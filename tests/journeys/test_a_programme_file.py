"""The real programme through the command line: looked at, brought in, updated, taken elsewhere, taken back."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from huitang.client import Client
from tests.events.exchange.real_programme import file_tree, our_json, tree_of
from tests.installation import Installation
from tests.journeys.conftest import Line, Rows, stored

pytestmark = pytest.mark.samples

READ_AS = ("--zone", "Europe/Brussels", "--language", "en")
PROGRAMME = (
    "sessions", "session_people", "people", "person_windows", "tracks", "rooms", "venues", "edition_rooms", "placements",
)  # fmt: skip
"""The tables that hold a programme."""


def none(**counts: int) -> dict[str, int]:
    """Return the counts of one part, those that are not named being nothing."""
    return dict.fromkeys(("created", "changed", "removed", "unchanged"), 0) | counts


def rows_of(rows: Rows, *tables: str) -> Rows:
    """Return the rows of some tables."""
    return {table: rows[table] for table in tables}


def test_it_is_looked_at_brought_in_again_and_taken_back(hall: Installation, line: Line, real: Path) -> None:
    before = stored(hall)
    looked = line.bring(real, "fosdem-2023", "--create", *READ_AS, "--dry-run")
    assert stored(hall) == before
    done = line.bring(real, "fosdem-2023", "--create", *READ_AS)
    assert looked == done | {"import": None, "applied": False}
    conflicts = done.pop("conflicts")
    assert done == {
        "import": done["import"],
        "applied": True,
        "sessions": none(created=780),
        "rooms": none(created=35),
        "people": none(created=787),
        "both_changed": [],
        "problems": [],
    }
    assert {kind: conflicts[kind] for kind in ("room_overlap", "person_overlap")} == {
        "room_overlap": 1,
        "person_overlap": 0,
    }
    told = line.programme("fosdem-2023")
    assert told == our_json(real.read_bytes())
    assert file_tree(told) == tree_of(ElementTree.fromstring(real.read_bytes()))

    brought = stored(hall)
    again = line.bring(real, "fosdem-2023", *READ_AS)
    unchanged = {"sessions": none(unchanged=780), "rooms": none(unchanged=35), "people": none(unchanged=787)}
    assert again == done | unchanged | {"conflicts": conflicts}
    assert stored(hall) == brought

    line.json("import", "undo", done["import"])
    assert rows_of(stored(hall), *PROGRAMME) == rows_of(before, *PROGRAMME)
    left = line.programme("fosdem-2023")
    assert [left[part] for part in ("sessions", "rooms", "people", "tracks")] == [[], [], [], []]


MOVED, OTHER_ROOM, RENAMED, DROPPED, BOTH, OURS = "15059", "14956", "14776", "15070", "14110", "15018"
"""Events of the file: given another time, another room, another title; left out; edited on both sides; edited here."""


def edited(real: Path, file: Path) -> Path:
    """Write a copy of the file with one edit of every kind."""
    root = ElementTree.fromstring(real.read_bytes())
    events = {event.get("id"): event for event in root.iter("event")}
    rooms = {event.get("id"): room for room in root.iter("room") for event in room}
    put(events[MOVED], "start", "09:20")
    put(events[RENAMED], "title", "Renamed")
    put(events[BOTH], "title", "Their title")
    hall = next(room for room in root.iter("room") if room.get("name") == "AW1.126")
    put(events[OTHER_ROOM], "room", "AW1.126")
    rooms[OTHER_ROOM].remove(events[OTHER_ROOM])
    hall.append(events[OTHER_ROOM])
    rooms[DROPPED].remove(events[DROPPED])
    hall.append(ElementTree.fromstring(ADDED))
    file.write_bytes(ElementTree.tostring(root, encoding="UTF-8"))
    return file


ADDED = """<event id="99999"><start>20:00</start><duration>00:30</duration><room>AW1.126</room><slug>added</slug>
<title>Added</title><subtitle/><track>Keynotes</track><type>keynote</type><language/><abstract/><description/>
<persons><person id="99999">Somebody New</person></persons><attachments/><links/></event>"""


def put(event: ElementTree.Element, name: str, words: str) -> None:
    """Set the words of an element of an event."""
    found = event.find(name)
    assert found is not None
    found.text = words


def rename_here(world: Installation, edition: str, key: str, title: str) -> None:
    """Edit the title of a session in the draft."""
    client = world.client("organizer")
    session = by_key(world, edition)[key]
    answer = client.patch(
        f"/api/events/sessions/{session['id']}",
        json={"title": {"zh": "", "en": title}},
        headers={"If-Match": f'"v{session["version"]}"'},
    )
    assert answer.is_success, answer.text


def by_key(world: Installation, edition: str) -> dict[str, dict[str, Any]]:
    """Return the sessions of a draft by the keys of the file."""
    with Client(world.url, world.people.key("organizer")) as client:
        return {each["key"]: each for each in client.every(f"/api/events/editions/{edition}/sessions")}


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return which members differ between two sessions of our JSON, with the new values."""
    return {name: value for name, value in after.items() if value != before[name]}


def keyed(programme: dict[str, Any], part: str = "sessions") -> dict[str, dict[str, Any]]:
    """Return a part of our JSON by key."""
    return {each["key"]: each for each in programme[part]}


def test_an_edited_copy_changes_only_what_differs(hall: Installation, line: Line, real: Path, tmp_path: Path) -> None:
    edition, newer = "fosdem-edited", edited(real, tmp_path / "newer.xml")
    line.bring(real, edition, "--create", *READ_AS)
    rename_here(hall, edition, BOTH, "Our title")
    rename_here(hall, edition, OURS, "Only here")
    before, rows, ids = line.programme(edition), stored(hall), by_key(hall, edition)

    waiting = line.ask("import", "programme", newer, "--edition", edition, *READ_AS)
    assert (waiting.code, waiting.json["applied"], waiting.json["import"]) == (1, False, None)
    (contested,) = waiting.json["both_changed"]
    was = keyed(our_json(real.read_bytes()))[BOTH]["title"]["en"]
    assert contested == {
        "kind": "sessions", "source": "", "key": BOTH, "field": "title.en",
        "last": was, "theirs": "Their title", "ours": "Our title",
    }  # fmt: skip
    assert stored(hall) == rows

    took_ours = line.bring(newer, edition, *READ_AS, "--take", "ours")
    assert took_ours["applied"] is True
    assert took_ours["sessions"] == none(created=1, changed=3, removed=1, unchanged=776)
    assert took_ours["people"]["created"] == 1
    after = line.programme(edition)
    old, new = keyed(before), keyed(after)
    assert {key: changes(old[key], new[key]) for key in old if new[key] != old[key]} == {
        MOVED: {"start": "2023-02-04T09:20:00"},
        OTHER_ROOM: {"room": "AW1.126"},
        RENAMED: {"title": {"zh": "", "en": "Renamed"}},
    }
    assert [new[key]["title"]["en"] for key in new.keys() - old.keys()] == ["Added"]
    assert {name: after[name] for name in after if name not in ("sessions", "people")} == {
        name: before[name] for name in before if name not in ("sessions", "people")
    }
    now = by_key(hall, edition)
    assert {key: now[key]["id"] for key in ids} == {key: each["id"] for key, each in ids.items()}
    assert {key for key in ids if now[key] != ids[key]} == {RENAMED}, "a place is the schedule's, not the session's"
    people = {each["person_id"] for each in ids[MOVED]["people"]}
    assert people == {each["person_id"] for each in now[MOVED]["people"]}

    took_theirs = line.bring(newer, edition, *READ_AS, "--take", "file")
    assert took_theirs["sessions"]["removed"] == 1
    last = by_key(hall, edition)
    assert last[DROPPED]["status"] == "cancelled"
    assert DROPPED not in keyed(line.programme(edition))


@pytest.mark.parametrize("form", ["json", "schedule.xml", "schedule.json"])
def test_taken_to_another_venue_it_is_the_same_programme(
    hall: Installation, line: Line, real: Path, tmp_path: Path, form: str
) -> None:
    if hall.client("organizer").get("/api/events/editions/fosdem-home").status_code == 404:
        line.bring(real, "fosdem-home", "--create", *READ_AS)
    other = another_edition(hall, form.replace(".", "-"))
    file = tmp_path / f"programme.{form}"
    file.write_bytes(line.take_along("fosdem-home", form))
    done = line.bring(file, other)
    assert (done["applied"], done["sessions"], done["rooms"]) == (True, none(created=780), none(created=35))
    assert done["conflicts"]["room_overlap"] == 1
    mine, theirs = line.programme("fosdem-home"), line.programme(other)
    own = ("title", "venue", "city", "start_on", "end_on")
    assert {name: theirs[name] for name in theirs if name not in own} == {
        name: mine[name] for name in mine if name not in own
    }
    assert (theirs["title"], theirs["venue"]) == ({"zh": "他处", "en": "Elsewhere"}, {"zh": "新馆", "en": "New hall"})
    rooms = [place_ids(hall, edition) for edition in ("fosdem-home", other)]
    assert [len(each) for each in rooms] == [35, 35]
    assert rooms[0] & rooms[1] == set()
    again = line.bring(file, other)
    assert again["sessions"] == none(unchanged=780)


def another_edition(world: Installation, name: str) -> str:
    """Open an edition of a series of its own, at a venue of its own; return its slug."""
    client = world.client("organizer")
    owner = world.organisation("society-a")
    words = {"zh": "他处", "en": "Elsewhere"}
    series = {"slug": f"elsewhere-{name}", "name": words, "kind": "forum", "owner_id": owner}
    made = client.post("/api/events/series", json=series).raise_for_status().json()
    venue = {"zh": "新馆", "en": "New hall"}
    client.post("/api/events/venues", json={"name": venue, "owner_id": owner}).raise_for_status()
    edition = {
        "slug": f"other-{name}", "series_id": made["id"], "name": words, "zone": "Europe/Brussels", "language": "en",
        "starts_on": "2023-02-04", "ends_on": "2023-02-05", "venue_text": venue,
    }  # fmt: skip
    client.post("/api/events/editions", json=edition).raise_for_status()
    return f"other-{name}"


def place_ids(world: Installation, edition: str) -> set[str]:
    """Return the ids of the rooms of an edition."""
    rooms = world.client("organizer").get(f"/api/events/editions/{edition}/rooms").raise_for_status().json()
    return {json.dumps(each.get("room_id") or each["id"]) for each in rooms}
