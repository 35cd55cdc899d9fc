"""A catalogue of series is loaded as often as one likes."""

from typing import Any

import pytest

from huitang.commands.catalogue import rows_of_catalogue
from services.events.series.rules import Cadence, SeriesKind, UmbrellaLoop, umbrellas_first
from shared.errors import RowTwice
from shared.text import slug_of
from tests.alone import ROOT, SOCIETY
from tests.events.running import Events


def row(key: str, **values: Any) -> dict[str, Any]:
    """Make a row of a catalogue."""
    return {"key": key, "name": {"zh": f"系列{key}", "en": f"Series {key}"}, "kind": "forum"} | values


def load(events: Events, *rows: dict[str, Any]) -> Any:
    """Load rows as the administrator."""
    return events.do("POST", "catalogue", {"rows": rows}, "administrator")


def test_only_an_administrator_loads_one(events: Events) -> None:
    body = {"rows": [row("EV01")], "owner_id": SOCIETY}
    assert [events.status("POST", "catalogue", role, json=body) for role in (None, "member", "organizer")] == [
        401,
        403,
        403,
    ]
    assert events.status("POST", "catalogue", "administrator", json=body) == 200


def test_a_second_load_changes_nothing(events: Events) -> None:
    rows = [row("EV02", umbrella="EV01", aliases=[{"name": {"zh": "旧名"}}]), row("EV01", cadence="annual")]
    assert load(events, *rows) == {"created": 2, "changed": 0, "unchanged": 0}
    before = events.get("series")
    events.facts()
    assert load(events, *rows) == {"created": 0, "changed": 0, "unchanged": 2}
    assert events.get("series") == before
    assert events.types() == []
    top, below = before["items"]
    assert (top["slug"], top["owner_id"], top["key"], top["cadence"]) == ("series-ev01", ROOT, "EV01", "annual")
    assert (below["umbrella_id"], below["aliases"][0]["name"]["zh"]) == (top["id"], "旧名")


def test_what_the_catalogue_says_anew_comes_and_what_was_edited_here_stays(events: Events) -> None:
    load(events, row("EV01", cadence="annual"))
    edited = {"name": {"zh": "改过的名", "en": "Edited"}}
    events.do("PATCH", "series/series-ev01", edited, "administrator", version=1)
    assert load(events, row("EV01", cadence="biennial")) == {"created": 0, "changed": 1, "unchanged": 0}
    series = events.get("series/series-ev01")
    assert (series["name"]["zh"], series["cadence"]) == ("改过的名", "biennial")


def test_an_umbrella_that_nobody_knows_is_refused_whole(events: Events) -> None:
    body = {"rows": [row("EV01"), row("EV02", umbrella="EV99")]}
    answer = events.ask("POST", "catalogue", "administrator", json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/unknown-series")
    assert events.get("series")["items"] == []


def test_umbrellas_come_before_what_is_under_them() -> None:
    rows = [("c", "b"), ("b", "a"), ("a", None), ("d", "elsewhere"), ("e", "a")]
    assert umbrellas_first(rows) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([("a", "b"), ("b", "a")], UmbrellaLoop),
        ([("a", "a")], UmbrellaLoop),
        ([("a", None), ("a", None)], RowTwice),
    ],
)
def test_loops_and_doubles_are_refused(rows: list[tuple[str, str | None]], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        umbrellas_first(rows)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("World Forum (2027)", "world-forum-2027"),
        ("世界", "series"),
        ("a" * 100, "a" * 80),
        ("—", "series"),
    ],
)
def test_a_slug_is_made_of_latin_words(words: str, slug: str) -> None:
    assert slug_of(words) == slug


def test_the_products_own_catalogue_is_whole_and_loads_twice(events: Events) -> None:
    rows = rows_of_catalogue("series")
    assert len(rows) == 61
    assert sum("exchange" in r.get("flags", ()) for r in rows) == 3
    assert {r["kind"] for r in rows} <= set(SeriesKind)
    assert {r.get("cadence") for r in rows} <= {None, *Cadence}
    assert [r["key"] for r in rows if not (r["name"]["zh"] and r["name"]["en"] and r["documents"])] == []
    assert load(events, *rows) == {"created": 61, "changed": 0, "unchanged": 0}
    assert load(events, *rows) == {"created": 0, "changed": 0, "unchanged": 61}
