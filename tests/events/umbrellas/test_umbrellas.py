"""Umbrellas: a forum stands on more than one page and in more than one feed, with one UID."""

from typing import Any

import pytest

from tests.alone import OTHER, ROOT
from tests.events.running import Events


def place(events: Events, edition: Any, role: str = "administrator", **under: str) -> Any:
    """Place an edition under something."""
    version = events.get(f"editions/{edition['id']}", role)["version"]
    return events.do("POST", f"editions/{edition['id']}/umbrellas", under, role, version=version)


def topics(entry: dict[str, Any]) -> set[str]:
    """Return the keys of what an entry belongs to."""
    return {topic["key"] for topic in entry["topics"]}


def test_a_forum_under_a_summit_stands_in_both_with_one_uid(events: Events) -> None:
    year = events.series("year", role="administrator", owner_id=ROOT)
    summit = events.step(events.edition(year, "year-2027", "administrator"), "publish", "administrator")
    forum = events.published("forum")
    events.facts()
    placed = place(events, forum, edition_id=summit["id"])
    assert placed["umbrella_editions"] == [summit["id"]]
    entries = events.entries()
    assert list(entries) == [f"edition-{forum['id']}"]
    entry = entries[f"edition-{forum['id']}"]
    assert {f"edition:{forum['id']}", f"edition:{summit['id']}", f"series:{year['id']}"} <= topics(entry)
    assert (entry["sequence"], entry["version"]) == (0, 2)
    assert [e["slug"] for e in events.get("editions?umbrella=year-2027", None)["items"]] == ["forum"]


def test_umbrellas_reach_through_umbrellas(events: Events) -> None:
    brand = events.series("brand")
    series = events.series("under-brand", umbrella_id=brand["id"])
    top = events.step(events.edition(series, "top"), "publish")
    middle = events.step(events.edition(series, "middle"), "publish")
    forum = events.step(events.edition(series, "forum"), "publish")
    place(events, middle, edition_id=top["id"])
    events.facts()
    place(events, forum, edition_id=middle["id"])
    entry = events.entries()[f"edition-{forum['id']}"]
    assert {f"edition:{e['id']}" for e in (top, middle, forum)} | {f"series:{brand['id']}"} <= topics(entry)


def test_a_hidden_umbrella_is_not_named_until_it_is_public(events: Events) -> None:
    series = events.series()
    summit, forum = events.edition(series, "summit"), events.step(events.edition(series, "forum"), "publish")
    place(events, forum, edition_id=summit["id"])
    events.settle()
    events.facts()
    events.step(summit, "publish")
    events.settle()
    assert f"edition:{summit['id']}" in topics(events.entries()[f"edition-{forum['id']}"])


def test_whoever_does_not_see_an_umbrella_is_not_told_what_stands_under_it(events: Events) -> None:
    series = events.series()
    summit, forum = events.edition(series, "summit"), events.step(events.edition(series, "forum"), "publish")
    place(events, forum, edition_id=summit["id"])
    for role, told in (("foreign_organizer", False), (None, False), ("organizer", True)):
        assert events.get("editions/forum", role)["umbrella_editions"] == ([summit["id"]] if told else [])
        for ref in (summit["id"], "summit"):
            under = events.get(f"editions?umbrella={ref}", role)["items"]
            assert [edition["slug"] for edition in under] == (["forum"] if told else [])
    unknown = f"editions/forum/umbrellas/{series['id']}"
    for umbrella in (f"editions/forum/umbrellas/{summit['id']}", unknown):
        assert events.status("DELETE", umbrella, "foreign_organizer", version=2) == 403
    assert events.status("DELETE", unknown, "organizer", version=2) == 404


def test_before_that_nothing_tells_it(events: Events) -> None:
    series = events.series()
    summit, forum = events.edition(series, "summit"), events.step(events.edition(series, "forum"), "publish")
    events.facts()
    place(events, forum, edition_id=summit["id"])
    assert events.entries() == {}


def test_a_renamed_umbrella_is_told_to_what_is_under_it(events: Events) -> None:
    series = events.series()
    summit, forum = (events.step(events.edition(series, slug), "publish") for slug in ("summit", "forum"))
    place(events, forum, edition_id=summit["id"])
    events.facts()
    new = {"name": {"zh": "新名", "en": "New"}}
    events.do("PATCH", f"editions/{summit['id']}", new, version=summit["version"])
    events.settle()
    entry = events.entries()[f"edition-{forum['id']}"]
    assert {"key": f"edition:{summit['id']}", "slug": "summit", "title": new["name"]} in entry["topics"]


def test_an_edition_has_any_number_of_umbrellas_and_leaves_them(events: Events) -> None:
    brand = events.series("brand")
    series = events.series()
    summit, forum = events.edition(series, "summit"), events.step(events.edition(series, "forum"), "publish")
    place(events, forum, edition_id=summit["id"])
    placed = place(events, forum, series_id=brand["id"])
    assert (placed["umbrella_series"], placed["umbrella_editions"]) == ([brand["id"]], [summit["id"]])
    assert place(events, forum, series_id=brand["id"])["version"] == placed["version"]
    events.facts()
    path = f"editions/{forum['id']}/umbrellas/{brand['id']}"
    left = events.do("DELETE", path, version=placed["version"])
    assert (left["umbrella_series"], left["umbrella_editions"]) == ([], [summit["id"]])
    told = events.facts()
    seen = [fact for fact in told if fact.type == "events.view.changed.v1"]
    assert f"series:{brand['id']}" in seen[0].data["tags"]
    assert events.status("DELETE", path, "organizer", version=left["version"]) == 404


def test_nothing_stands_under_itself(events: Events) -> None:
    series = events.series()
    a, b, c = (events.edition(series, slug) for slug in "abc")
    place(events, b, edition_id=a["id"])
    place(events, c, edition_id=b["id"])
    for umbrella in (a, b, c):
        answer = events.ask("POST", f"editions/{a['id']}/umbrellas", version=1, json={"edition_id": umbrella["id"]})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/umbrella-loop")


@pytest.mark.parametrize("body", [{}, {"series_id": ROOT, "edition_id": ROOT}, {"series_id": "x"}])
def test_an_umbrella_is_one_thing(events: Events, body: dict[str, str]) -> None:
    edition = events.edition(events.series())
    assert events.status("POST", f"editions/{edition['id']}/umbrellas", "organizer", version=1, json=body) == 422


def test_placing_needs_both_sides_and_leaving_either(events: Events) -> None:
    other = events.series("other", role="foreign_organizer", owner_id=OTHER)
    summit = events.step(events.edition(other, "summit", "foreign_organizer"), "publish", "foreign_organizer")
    forum = events.published("forum")
    path, body = f"editions/{forum['id']}/umbrellas", {"edition_id": summit["id"]}

    def post(role: str | None) -> int:
        return events.status("POST", path, role, version=forum["version"], json=body)

    assert [post(role) for role in (None, "member", "organizer", "foreign_organizer")] == [401, 403, 403, 403]
    placed = place(events, forum, **body)
    leave = f"{path}/{summit['id']}"
    assert events.status("DELETE", leave, "member", version=placed["version"]) == 403
    assert events.status("DELETE", leave, "foreign_organizer", version=placed["version"]) == 200
    again = place(events, forum, **body)
    assert events.status("DELETE", leave, "organizer", version=again["version"]) == 200
