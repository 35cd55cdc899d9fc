"""Organisations: what may become of them, how they were on a day, and that every service sees the same tree."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from services.directory.organisations.identifiers import read_ror, read_uscc
from services.directory.organisations.models import Organisation
from services.directory.organisations.rules import (
    CycleInTree,
    DayNotPossible,
    TooDeep,
    UnknownIdentifier,
    check_day,
    check_place,
)
from shared.tree import Node
from tests.directory.people import Town, organisation


def get(town: Town, ref: str) -> dict[str, Any]:
    answer = town.ask("GET", f"organisations/{ref}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def do(town: Town, slug: str, verb: str, who: str = "administrator", **body: Any) -> Any:
    return town.ask("POST", f"organisations/{slug}/{verb}", who, version=get(town, slug)["version"], json=body)


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def tree(town: Town) -> dict[str, tuple[str, str]]:
    """Return path and status by slug as the directory holds them, after checking that the projection holds the same."""
    town.directory.settle()
    with town.directory.db.reading() as tx:
        own = {o.slug: (o.path, o.status, o.name, o.kind) for o in tx.scalars(select(Organisation))}
        projected = {n.slug: (n.path, n.status, n.name, n.kind) for n in tx.scalars(select(Node))}
    assert projected == own
    slugs = {id_: slug for slug, id_ in town.organisations.items()}
    return {
        slug: ("/".join(slugs[part] for part in path.strip("/").split("/")), status)
        for slug, (path, status, *_) in own.items()
    }


def test_an_organisation_is_opened_read_and_found(town: Town) -> None:
    town.open(
        "optics", "physics", uscc="9111 0000 6000 37341L", ror="https://ror.org/034t30j35", founded_on="1979-01-01"
    )
    optics = get(town, "optics")
    assert optics == {
        "id": town.organisations["optics"],
        "slug": "optics",
        "parent_id": town.organisations["physics"],
        "kind": "society",
        "name": {"zh": "optics学会", "en": "Society of optics"},
        "uscc": "91110000600037341L",
        "ror": "034t30j35",
        "status": "active",
        "founded_on": "1979-01-01",
        "ended_on": None,
        "into_ids": [],
        "other_names": [],
        "below": 0,
        "version": 1,
    }
    for query in ({"q": "034t30"}, {"q": "optics学"}, {"parent": "physics", "q": "of OPT"}):
        assert [o["slug"] for o in town.ask("GET", "organisations", params=query).json()["items"]] == ["optics"]
    below = town.ask("GET", "organisations", params={"below": "physics"}).json()["items"]
    assert [o["slug"] for o in below] == ["optics", "physics", "physics-branch"]
    way = town.ask("GET", "organisations/optics/path").json()
    assert [step["slug"] for step in way] == ["headquarters", "physics", "optics"]
    assert tree(town)["optics"] == ("headquarters/physics/optics", "active")
    assert [get(town, slug)["below"] for slug in ("headquarters", "physics")] == [2, 2]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"slug": "physics"}, (409, "slug-taken")),
        ({"slug": "Physics"}, (422, "invalid-input")),
        ({"uscc": "91110000600037341M"}, (422, "invalid-input")),
        ({"ror": "034t30j36"}, (422, "invalid-input")),
        ({"name": {"zh": " ", "en": ""}}, (422, "invalid-input")),
        ({"name": {"zh": "长" * 301, "en": ""}}, (422, "invalid-input")),
        ({"kind": "club"}, (422, "invalid-input")),
        ({"parent_id": "01a20000-0000-7000-8000-000000000000"}, (404, "unknown-organisation")),
        ({"colour": "red"}, (422, "invalid-input")),
    ],
)
def test_what_cannot_be_opened(town: Town, body: dict[str, Any], problem: tuple[int, str]) -> None:
    whole = organisation("new", town.organisations["headquarters"]) | body
    assert refused(town.ask("POST", "organisations", json=whole)) == problem


def test_an_identifier_belongs_to_one_organisation(town: Town) -> None:
    town.open("optics", "physics", ror="034t30j35")
    second = organisation("acoustics", town.organisations["physics"], ror="034t30j35")
    assert refused(town.ask("POST", "organisations", json=second)) == (409, "identifier-taken")


def test_a_correction_needs_the_version_that_was_read(town: Town) -> None:
    patch = {"name": {"zh": "物理学会", "en": ""}}
    assert refused(town.ask("PATCH", "organisations/physics", json=patch)) == (428, "precondition-required")
    answer = town.ask("PATCH", "organisations/physics", version=1, json=patch)
    assert (answer.status_code, answer.json()["version"], answer.headers["etag"]) == (200, 2, '"v2"')
    stale = town.ask("PATCH", "organisations/physics", version=1, json=patch)
    assert (stale.status_code, stale.json()["now"]["version"]) == (412, 2)
    assert answer.json()["other_names"] == []
    told = [data["organisation"]["name"] for kind, data in town.facts() if kind == "organisation.renamed"]
    assert told == [{"zh": "物理学会", "en": ""}]
    assert tree(town)["physics"] == ("headquarters/physics", "active")


def test_names_and_places_are_told_as_they_were_on_a_day(town: Town) -> None:
    town.open("optics", "physics", founded_on="1979-05-01")
    renamed = do(town, "optics", "rename", name={"zh": "中国光学学会", "en": ""}, on="1999-01-01")
    assert [(n["kind"], n["name"]["zh"], n["from_on"], n["until_on"]) for n in renamed.json()["other_names"]] == [
        ("former", "optics学会", "1979-05-01", "1998-12-31")
    ]
    assert do(town, "optics", "move", parent_id=town.organisations["headquarters"], on="2010-06-01").status_code == 200

    def then(day: str) -> list[tuple[str, str]]:
        steps = town.ask("GET", "organisations/optics/path", params={"on": day}).json()
        listed = town.ask("GET", "organisations/past", params={"on": day, "limit": 100}).json()["items"]
        listed = [o["name"]["zh"] for o in listed if o["organisation_id"] == town.organisations["optics"]]
        assert listed == [step["name"]["zh"] for step in steps if step["slug"] == "optics"]
        return [(step["slug"], step["name"]["zh"]) for step in steps]

    top, middle = ("headquarters", "总部"), ("physics", "physics学会")
    assert then("1979-04-30") == []
    assert then("1979-05-01") == [top, middle, ("optics", "optics学会")]
    assert then("1998-12-31") == [top, middle, ("optics", "optics学会")]
    assert then("1999-01-01") == [top, middle, ("optics", "中国光学学会")]
    assert then("2010-06-01") == [top, ("optics", "中国光学学会")]
    assert refused(do(town, "optics", "rename", name={"zh": "早", "en": ""}, on="2010-05-31")) == (
        422,
        "day-not-possible",
    )
    assert refused(do(town, "optics", "rename", name={"zh": "晚", "en": ""}, on="2026-11-24")) == (
        422,
        "day-not-possible",
    )


def test_a_name_given_up_on_the_day_it_was_given_was_a_slip(town: Town) -> None:
    assert (
        do(town, "physics", "rename", name={"zh": "误", "en": ""}).json()["other_names"][0]["until_on"] == "2026-11-22"
    )
    renamed = do(town, "physics", "rename", name={"zh": "物理学会", "en": ""}).json()
    assert [name["name"]["zh"] for name in renamed["other_names"]] == ["physics学会"]
    assert len(town.ask("GET", "organisations/physics/states").json()) == 2
    assert refused(do(town, "physics", "rename", name={"zh": "物理学会", "en": ""})) == (409, "same-place")


def test_a_subtree_moves_as_one(town: Town) -> None:
    assert do(town, "physics", "move", parent_id=town.organisations["chemistry"]).status_code == 200
    assert tree(town) == {
        "headquarters": ("headquarters", "active"),
        "chemistry": ("headquarters/chemistry", "active"),
        "physics": ("headquarters/chemistry/physics", "active"),
        "physics-branch": ("headquarters/chemistry/physics/physics-branch", "active"),
    }
    moved = [data["organisation_id"] for kind, data in town.facts() if kind == "organisation.moved"]
    assert moved == [town.organisations["physics"]]


def test_nothing_moves_below_itself_and_the_root_stays(town: Town) -> None:
    branch, root = town.organisations["physics-branch"], town.organisations["headquarters"]
    assert refused(do(town, "physics", "move", parent_id=branch)) == (409, "cycle-in-tree")
    assert refused(do(town, "physics", "move", parent_id=town.organisations["physics"])) == (409, "cycle-in-tree")
    assert refused(do(town, "physics", "move", parent_id=root)) == (409, "same-place")
    assert refused(do(town, "headquarters", "move", parent_id=branch)) == (409, "root-stays")
    assert refused(do(town, "headquarters", "close")) == (409, "root-stays")


def test_a_merger_takes_along_what_stands_below(town: Town) -> None:
    merged = do(town, "physics", "merge", into_id=town.organisations["chemistry"], on="2026-11-01").json()
    assert (merged["status"], merged["ended_on"], merged["into_ids"]) == (
        "merged",
        "2026-11-01",
        [town.organisations["chemistry"]],
    )
    assert tree(town)["physics-branch"] == ("headquarters/chemistry/physics-branch", "active")
    told = [kind for kind, _ in town.facts()][-2:]
    assert told == ["organisation.moved", "organisation.merged"]
    assert refused(do(town, "physics", "rename", name={"zh": "新", "en": ""})) == (409, "not-active")
    below = organisation("new", town.organisations["physics"])
    assert refused(town.ask("POST", "organisations", json=below)) == (409, "not-active")


def test_a_merger_goes_into_another(town: Town) -> None:
    for into in ("physics", "physics-branch"):
        assert refused(do(town, "physics", "merge", into_id=town.organisations[into])) == (409, "into-itself")


def test_what_is_split_or_closed_leaves_nobody_hanging(town: Town) -> None:
    first, second = town.open("mechanics", "headquarters"), town.open("optics", "headquarters")
    for verb, body in (("split", {"into_ids": [first, second]}), ("close", {})):
        answer = do(town, "physics", verb, **body)
        assert (refused(answer), answer.json()["count"]) == ((409, "active-below"), 1)
    assert do(town, "physics-branch", "close").json()["status"] == "closed"
    assert get(town, "physics")["below"] == 0
    assert refused(do(town, "physics", "split", into_ids=[first, first])) == (409, "into-itself")
    split = do(town, "physics", "split", into_ids=[first, second]).json()
    assert (split["status"], sorted(split["into_ids"])) == ("split", sorted([first, second]))
    assert [kind for kind, _ in town.facts()][-2:] == ["organisation.closed", "organisation.split"]
    assert tree(town)["physics-branch"] == ("headquarters/physics/physics-branch", "closed")


def test_other_names_are_kept_and_searched(town: Town) -> None:
    alias = {"kind": "alias", "name": {"zh": "", "en": "CPS"}}
    added = town.ask("POST", "organisations/physics/names", version=1, json=alias).json()
    assert [name["name"]["en"] for name in added["other_names"]] == ["CPS"]
    found = town.ask("GET", "organisations", params={"q": "cps"}).json()["items"]
    assert [o["slug"] for o in found] == ["physics"]
    name_id = added["other_names"][0]["id"]
    removed = town.ask("DELETE", f"organisations/physics/names/{name_id}", version=2)
    assert (removed.json()["other_names"], removed.json()["version"]) == ([], 3)
    elsewhere = town.ask("DELETE", f"organisations/chemistry/names/{name_id}", version=1)
    assert elsewhere.status_code == 404
    reversed_ = alias | {"from_on": "2020-01-02", "until_on": "2020-01-01"}
    assert refused(town.ask("POST", "organisations/physics/names", version=3, json=reversed_)) == (
        422,
        "dates-reversed",
    )


def test_who_did_what_is_told(town: Town) -> None:
    do(town, "physics", "move", parent_id=town.organisations["chemistry"])
    deeds = town.ask("GET", "organisations/physics/history", "member").json()
    assert [(deed["verb"], deed["actor"]) for deed in deeds] == [
        ("organisation.moved", town.people["administrator"]),
        ("organisation.opened", town.people["local"]),
    ]


@pytest.mark.parametrize("number", ["042nb2s44", "03vek6s52", "HTTPS://ROR.ORG/05QBK4X57"])
def test_true_ror_ids_are_read(number: str) -> None:
    assert read_ror(number) == number.lower().rpartition("/")[2]


@pytest.mark.parametrize("number", ["042nb2s45", "042nb2i44", "142nb2s44", "042nb2s4", ""])
def test_false_ror_ids_are_refused(number: str) -> None:
    with pytest.raises(UnknownIdentifier):
        read_ror(number)


def test_credit_codes_are_checked() -> None:
    assert read_uscc("12100000400000624d") == "12100000400000624D"
    with pytest.raises(UnknownIdentifier):
        read_uscc("12100000400000625D")


def test_places_and_days_that_are_not_possible() -> None:
    deep = "/" + "/".join(["x"] * 19) + "/"
    check_place("/y/", deep, 1)
    with pytest.raises(TooDeep):
        check_place("/y/", deep, 2)
    with pytest.raises(CycleInTree):
        check_place("/a/b/", "/a/b/c/", 1)
    today = date(2026, 11, 23)
    assert check_day(None, None, today) == check_day(today, today, today) == today
    with pytest.raises(DayNotPossible):
        check_day(date(2026, 11, 24), None, today)
