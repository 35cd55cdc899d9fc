"""The catalogue that is shipped: whole, in both languages, and made of nothing but facts."""

import json
from collections import Counter
from importlib.resources import files
from typing import Any

from services.awards.programmes.rules import ProgrammeStanding, SubjectKind, Verb, check_name
from services.events.series.rules import Cadence, SeriesKind
from shared.text import Text
from tests.huitang.conftest import Served

SHIPPED: dict[str, Any] = json.loads(files("huitang").joinpath("catalogue.json").read_text(encoding="utf-8"))
ROWS: list[dict[str, Any]] = SHIPPED["series"]
PROGRAMMES: list[dict[str, Any]] = SHIPPED["programmes"]


def test_it_has_61_rows_each_with_its_names_kind_and_documents() -> None:
    assert [row["key"] for row in ROWS] == [f"EV{number:02}" for number in range(1, 62)]
    for field in ("slug", "key"):
        assert [value for value, count in Counter(row[field] for row in ROWS).items() if count > 1] == []
    for words in [row["name"] for row in ROWS] + [document["title"] for document in SHIPPED["documents"].values()]:
        assert words["zh"]
        assert words["en"]
        assert words["en"].replace("–", "-").replace("“", "").replace("”", "").isascii()
    assert {row["kind"] for row in ROWS} <= set(SeriesKind)
    assert {row["cadence"] for row in ROWS if "cadence" in row} <= set(Cadence)
    assert [
        row["key"] for row in ROWS if not row["documents"] or set(row["documents"]) - SHIPPED["documents"].keys()
    ] == []


def test_umbrellas_are_rows_and_nothing_is_quoted() -> None:
    assert {row["key"]: row["umbrella"] for row in ROWS if "umbrella" in row} == dict.fromkeys(
        ("EV01", "EV16", "EV17", "EV18"), "EV15"
    )
    known = {"key", "slug", "name", "kind", "cadence", "umbrella", "documents", "aliases", "note", "flags"}
    assert {field for row in ROWS for field in row} - known == set()


def test_it_is_loaded_twice_without_change(served: Served) -> None:
    first = served.json("catalogue", "load", "--owner", "society-b")
    assert first == {"created": 85, "changed": 0, "unchanged": 0}
    before = everything(served)
    assert {series["owner_id"] for series in before[0].values()} == {served.people.organisations["society-b"]}
    assert served.json("catalogue", "load") == {"created": 0, "changed": 0, "unchanged": 85}
    assert served.ask("catalogue", "load").out == "0 created, 0 changed, 85 unchanged.\n"
    assert everything(served) == before


def everything(served: Served) -> tuple[dict[str, Any], int]:
    """Return every series of the catalogue as it is told, and how many facts the service has told."""
    with served.running.client() as client:
        told = {row["slug"]: client.get(f"/api/events/series/{row['slug']}").json() for row in ROWS}
        return told, int(client.get("/api/events/status").json()["facts"])


def test_what_is_listed_is_what_is_loaded(served: Served) -> None:
    served.json("catalogue", "load")
    listed = served.json("catalogue", "list")
    rows = listed[:61]
    told, _ = everything(served)
    umbrellas = {series["id"]: series["key"] for series in told.values()}
    for row in rows:
        series = told[row["slug"]]
        assert {name: series[name] for name in ("key", "name", "kind")} == {
            name: row[name] for name in ("key", "name", "kind")
        }
        assert series["cadence"] == row.get("cadence")
        assert umbrellas.get(series["umbrella_id"]) == row.get("umbrella")
        assert [document["code"] for document in series["documents"]] == [each["code"] for each in row["documents"]]
    assert len(rows) == len(told) == 61
    assert [line.split()[0] for line in served.ask("catalogue", "list").out.splitlines()[1:]] == [
        row["key"] for row in listed
    ]


def test_its_24_programmes_have_their_standing_verb_and_subjects() -> None:
    keys = [f"AW{number:02}" for number in range(1, 15)]
    keys += ["TP01", "LS01", "LS05", "LS06", "LS07", "LS10", "OT09", "LS11", "LS12", "OT10"]
    assert sorted(row["key"] for row in PROGRAMMES) == sorted(keys)
    assert {row["standing"] for row in PROGRAMMES} <= set(ProgrammeStanding)
    assert {row["verb"] for row in PROGRAMMES} <= set(Verb)
    assert {category["subject"] for row in PROGRAMMES for category in row["categories"]} == set(SubjectKind)
    assert [row["key"] for row in PROGRAMMES if row.get("is_template")] == ["AW03", "AW04", "AW05", "AW10"]
    names = [row["name"] for row in PROGRAMMES] + [c["name"] for row in PROGRAMMES for c in row["categories"]]
    assert [name for name in names if not (name["zh"] and name["en"])] == []
    for row in PROGRAMMES:
        check_name(Text(**row["name"]), row["standing"])
    known = {"key", "slug", "name", "standing", "verb", "recurrence", "is_template", "categories", "documents", "note"}
    assert {field for row in PROGRAMMES for field in row} - known == set()


def test_no_programme_of_it_can_be_opened_as_it_is(served: Served) -> None:
    served.json("catalogue", "load")
    with served.running.client() as client:
        listed = client.get("/api/awards/programmes?limit=100").json()["items"]
    assert {each["key"] for each in listed} == {row["key"] for row in PROGRAMMES}
    assert [each["key"] for each in listed if "basis" not in {gap["code"] for gap in each["missing"]}] == []
    templates = {each["key"] for each in listed if each["missing"][0]["code"] == "template"}
    assert templates == {"AW03", "AW04", "AW05", "AW10"}
    assert [each["key"] for each in listed if not each["subjects"] or not each["documents"]] == []
