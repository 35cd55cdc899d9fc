"""A catalogue of programmes is loaded as often as one likes."""

from typing import Any

import pytest

from shared.caller import Caller
from tests.alone import OTHER, ROOT, SOCIETY, account
from tests.awards.running import DEFINITION, PEOPLE, Awards

BARE = {"key": "people", "name": PEOPLE["name"], "subject": "individual"}


def row(key: str, **values: Any) -> dict[str, Any]:
    """Make a row of a catalogue."""
    own = {"name": {"zh": f"榜单{key}", "en": f"List {key}"}, "standing": "list", "categories": [BARE]}
    return {"key": key} | own | values


def load(awards: Awards, *rows: dict[str, Any]) -> list[int]:
    """Load rows as the award office; return how many were made, changed and left."""
    told = awards.do("POST", "catalogue", {"rows": rows}, "officer")
    return [told["created"], told["changed"], told["unchanged"]]


def test_only_the_award_office_loads_one(awards: Awards) -> None:
    body = {"rows": [row("LS01")], "owner_id": SOCIETY}
    said = [
        awards.status("POST", "catalogue", role, json=body) for role in (None, "member", "nominator", "foreign_officer")
    ]
    assert said == [401, 403, 403, 403]
    assert awards.status("POST", "catalogue", "officer", json=body) == 200


def test_a_second_load_changes_nothing(awards: Awards) -> None:
    assert load(awards, row("LS01"), row("LS02", slug="list-two")) == [2, 0, 0]
    before = awards.get("programmes")
    awards.facts()
    assert load(awards, row("LS01"), row("LS02", slug="list-two")) == [0, 0, 2]
    assert (awards.get("programmes"), awards.types()) == (before, [])
    first = before["items"][0]
    assert (first["slug"], first["owner_id"], first["key"], first["subjects"]) == (
        "list-ls01",
        ROOT,
        "LS01",
        ["individual"],
    )


def test_what_it_says_anew_comes_and_what_was_edited_here_stays(awards: Awards) -> None:
    load(awards, row("LS01", verb="recommend"))
    awards.do("PATCH", "programmes/list-ls01", {"name": {"zh": "改过的名"}}, "officer", version=1)
    assert load(awards, row("LS01", verb="apply")) == [0, 1, 0]
    made = awards.get("programmes/list-ls01", None)
    assert (made["name"]["zh"], made["verb"]) == ("改过的名", "apply")


def test_one_that_knows_less_takes_nothing_away(awards: Awards) -> None:
    whole = {"categories": [PEOPLE], "quotas": DEFINITION["quotas"], "recurrence": "annual"}
    load(awards, row("LS01"))
    assert load(awards, row("LS01", **whole)) == [0, 1, 0]
    full = awards.get("programmes/list-ls01/definition", "officer")
    assert load(awards, row("LS01")) == [0, 0, 1]
    assert awards.get("programmes/list-ls01/definition", "officer") == full
    awards.do("PATCH", "programmes/list-ls01/definition", {"quotas": []}, "officer", version=2)
    for rows in (row("LS01", **whole), row("LS01"), row("LS01", **whole)):
        assert load(awards, rows) == [0, 0, 1]
    assert awards.get("programmes/list-ls01/definition", "officer")["quotas"] == []


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([row("A"), row("A")], "row-twice"),
        ([row("A", name={"zh": "某某奖"})], "may-not-be-called-award"),
        ([row("A", categories=[BARE, BARE])], "definition-unsound"),
        ([row("A"), row("B", quotas=[{"category": "teams"}])], "definition-unsound"),
    ],
)
def test_a_faulty_catalogue_is_refused_whole(awards: Awards, rows: list[dict[str, Any]], problem: str) -> None:
    answer = awards.ask("POST", "catalogue", "officer", json={"rows": rows})
    assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{problem}")
    assert awards.get("programmes")["items"] == []


def test_whose_they_are_is_said_or_is_the_callers(awards: Awards) -> None:
    body = {"rows": [row("A")], "owner_id": OTHER}
    awards.do("POST", "catalogue", body, "officer")
    assert awards.get("programmes/list-a", None)["owner_id"] == OTHER
    awards.extra["nobodys"] = Caller(account(9))
    assert awards.ask("POST", "catalogue", "nobodys", json={"rows": []}).json()["type"] == "/problems/owner-missing"
