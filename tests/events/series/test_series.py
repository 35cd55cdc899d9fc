"""Series: who may do what, what changes, what is told."""

from typing import Any

import pytest

from tests.alone import BRANCH, OTHER, ROOT, SOCIETY
from tests.events.running import Events

BODY = {"slug": "salon", "name": {"zh": "学术沙龙", "en": "Salon"}, "kind": "salon", "owner_id": SOCIETY}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 401),
        ("member", 403),
        ("scheduler", 403),
        ("foreign_organizer", 403),
        ("organizer", 201),
        ("administrator", 201),
    ],
)
def test_only_who_organizes_at_the_owner_opens_a_series(events: Events, role: str | None, status: int) -> None:
    assert events.status("POST", "series", role, json=BODY) == status


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("member", 403), ("foreign_organizer", 403)])
def test_nobody_else_changes_removes_or_reads_the_history_of_one(events: Events, role: str | None, status: int) -> None:
    events.series("salon")
    assert events.status("PATCH", "series/salon", role, version=1, json={}) == status
    assert events.status("DELETE", "series/salon", role, version=1) == status
    assert events.status("GET", "series/salon/history", role) == status


def test_anybody_reads_series_by_id_and_by_slug(events: Events) -> None:
    made = events.series("salon", flags=["academic_brand"], documents=[{"code": "S1", "issued_on": "2021-08-27"}])
    assert events.get(f"series/{made['id']}", None) == made
    assert events.get("series/salon", None) == made
    assert made["flags"] == ["academic_brand"]
    assert made["documents"] == [{"code": "S1", "title": {"zh": "", "en": ""}, "issued_on": "2021-08-27"}]
    assert events.status("GET", "series/nothing", None) == 404


def test_a_change_needs_the_version_that_was_read(events: Events) -> None:
    made = events.series("salon")
    path = f"series/{made['id']}"
    assert events.status("PATCH", path, "organizer", json={"note": {"zh": "一"}}) == 428
    changed = events.ask("PATCH", path, version=1, json={"note": {"zh": "一"}})
    assert (changed.status_code, changed.json()["version"], changed.headers["etag"]) == (200, 2, '"v2"')
    stale = events.ask("PATCH", path, version=1, json={"note": {"zh": "二"}})
    assert stale.status_code == 412
    assert stale.json()["now"]["note"] == {"zh": "一", "en": ""}


def test_only_what_was_sent_changes_and_the_history_tells_it(events: Events) -> None:
    events.series("salon", kind="salon", cadence="annual")
    events.do("PATCH", "series/salon", {"name": {"zh": "新名", "en": "New"}}, version=1)
    series = events.get("series/salon")
    assert (series["kind"], series["cadence"], series["name"]["zh"]) == ("salon", "annual", "新名")
    verbs = [(deed["verb"], deed["change"]) for deed in events.get("series/salon/history")]
    old, new = {"zh": "世界科技论坛", "en": "World Forum"}, {"zh": "新名", "en": "New"}
    assert verbs[0] == ("series.changed", {"name": [old, new]})
    assert verbs[1][0] == "series.opened"


def test_a_change_to_the_same_changes_nothing(events: Events) -> None:
    events.series("salon")
    events.facts()
    assert events.do("PATCH", "series/salon", {"kind": "forum", "aliases": []}, version=1)["version"] == 1
    assert events.types() == []


def test_aliases_have_their_time(events: Events) -> None:
    aliases = [
        {"name": {"zh": "全国科普日", "en": "Science Day"}, "from_on": None, "until_on": "2024-12-31"},
        {"name": {"zh": "全国科普月", "en": "Science Month"}, "from_on": "2025-09-01", "until_on": None},
    ]
    assert events.series("day", aliases=aliases)["aliases"] == aliases
    changed = events.do("PATCH", "series/day", {"aliases": aliases[1:]}, version=1)
    assert (changed["aliases"], changed["version"]) == (aliases[1:], 2)
    assert [s["slug"] for s in events.get("series?q=Month")["items"]] == ["day"]


def test_the_facts_tell_what_a_stranger_needs(events: Events) -> None:
    made = events.series("salon")
    events.do("PATCH", "series/salon", {"cadence": "annual"}, version=1)
    opened, _, changed, seen = events.facts()
    assert opened.type == "events.series.opened.v1"
    assert opened.data["series"]["owner_id"] == SOCIETY
    assert (changed.type, changed.data["series"]["cadence"]) == ("events.series.changed.v1", "annual")
    assert seen.data == {"view": f"series:{made['id']}", "tags": ["events", f"series:{made['id']}"]}


def test_an_umbrella_cannot_be_its_own(events: Events) -> None:
    top = events.series("top")
    middle = events.series("middle", umbrella_id=top["id"])
    answer = events.ask("PATCH", "series/top", version=1, json={"umbrella_id": middle["id"]})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/umbrella-loop")
    lost = events.ask("PATCH", "series/top", version=1, json={"umbrella_id": ROOT})
    assert (lost.status_code, lost.json()["type"]) == (422, "/problems/unknown-series")


def test_a_slug_is_taken_once(events: Events) -> None:
    events.series("salon")
    answer = events.ask("POST", "series", json=BODY)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/slug-taken")


def test_what_others_rest_on_is_not_removed(events: Events) -> None:
    top = events.series("top")
    events.series("below", umbrella_id=top["id"])
    answer = events.ask("DELETE", "series/top", version=1)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/series-in-use")
    events.do("DELETE", "series/below", version=1)
    events.do("DELETE", "series/top", version=1)
    assert events.get("series")["items"] == []


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"name": {"zh": " ", "en": ""}}, "/name"),
        ({"name": {"zh": "一", "fr": "un"}}, "/name/fr"),
        ({"slug": "Salon!"}, "/slug"),
        ({"kind": "party"}, "/kind"),
        ({"flags": ["with space"]}, "/flags/0"),
        ({"colour": "red"}, "/colour"),
        ({"aliases": [{"name": {"zh": "一"}, "from_on": "2021-13-01"}]}, "/aliases/0/from_on"),
        ({"name": {"zh": "a\u0000b"}}, ""),
    ],
)
def test_bad_input_is_named_by_its_pointer(events: Events, values: dict[str, Any], pointer: str) -> None:
    answer = events.ask("POST", "series", json=BODY | values)
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/body{pointer}"]


def test_long_and_odd_names_are_kept_whole(events: Events) -> None:
    name = {"zh": "长" * 10_000, "en": "\u202bמזרח\u202c 🎪 <b>&amp;"}
    assert events.series("odd", name=name)["name"] == name
    assert events.get("series/odd")["name"] == name


def test_lists_filter_sort_and_turn_pages(events: Events) -> None:
    top = events.series("a-top", kind="congress")
    events.series("b-salon", kind="salon", umbrella_id=top["id"], flags=["brand"], documents=[{"code": "S3"}])
    events.series("c-branch", owner_id=BRANCH, role="administrator")
    events.series("d-other", owner_id=OTHER, role="administrator")

    def slugs(query: str) -> list[str]:
        return [series["slug"] for series in events.get(f"series?{query}")["items"]]

    assert slugs("kind=salon") == ["b-salon"]
    assert slugs(f"umbrella={top['id']}") == ["b-salon"]
    assert slugs("flag=brand") == slugs("flag=BRAND") == slugs("document=S3") == slugs("document=s3") == ["b-salon"]
    assert slugs(f"owner={SOCIETY}") == ["a-top", "b-salon", "c-branch"]
    assert slugs("sort=-slug") == ["d-other", "c-branch", "b-salon", "a-top"]
    assert slugs("sort=newest&limit=1") == ["d-other"]
    first = events.get("series?limit=3&total=true")
    assert ([s["slug"] for s in first["items"]], first["total"]) == (["a-top", "b-salon", "c-branch"], 4)
    assert slugs(f"cursor={first['next']}") == ["d-other"]
    assert events.status("GET", "series?colour=red", None) == 422
    assert events.ask("GET", "series?format=csv").text.splitlines()[1].split(",")[1] == "a-top"


def test_a_list_needs_as_many_queries_for_thirty_as_for_one(events: Events) -> None:
    events.series("s0", aliases=[{"name": {"zh": "一"}}])
    one = events.queries("series")
    for number in range(1, 30):
        events.series(f"s{number}", aliases=[{"name": {"zh": "一"}}])
    assert events.queries("series") == one


def test_a_new_name_reaches_the_entries_of_its_editions(events: Events) -> None:
    series = events.series("brand")
    edition = events.step(events.edition(series), "publish")
    events.facts()
    events.do("PATCH", "series/brand", {"name": {"zh": "新品牌", "en": "New brand"}}, version=1)
    events.settle()
    entry = events.entries()[f"edition-{edition['id']}"]
    assert {"key": f"series:{series['id']}", "slug": "brand", "title": {"zh": "新品牌", "en": "New brand"}} in entry[
        "topics"
    ]
    assert (entry["sequence"], entry["version"]) == (0, 2)
