"""Drafts: begun by a unit or with a code, seen by whom they concern, written in by several at once without a loss."""

from typing import Any

from tests.alone import OTHER, SOCIETY
from tests.awards.running import Awards

C = "chuangxin-4"
AT = "nominations"


def begin(awards: Awards, role: str = "nominator", **values: Any) -> Any:
    """Begin a nomination of the society."""
    body = {"cycle": C, "unit_id": SOCIETY, "category": "people", "content": {"name": "屠呦呦"}}
    return awards.do("POST", AT, body | values, role)


def write(awards: Awards, nomination: Any, version: int, role: str = "nominator", **content: Any) -> Any:
    """Write in a nomination."""
    path = f"{AT}/{nomination['id']}"
    return awards.ask("PATCH", path, role, version, json={"content": content})


def test_a_unit_begins_one(awards: Awards) -> None:
    awards.opened(C)
    made = begin(awards)
    assert (made["state"], made["number"], made["name"], made["part"]) == ("draft", None, "屠呦呦", "unit")
    assert awards.get(f"{AT}/{made['id']}", "nominator") == made
    assert (
        awards.status("POST", AT, "foreign_nominator", json={"cycle": C, "unit_id": SOCIETY, "category": "people"})
        == 403
    )
    assert (
        awards.status("POST", AT, "foreign_nominator", json={"cycle": C, "unit_id": OTHER, "category": "people"}) == 201
    )


def test_changes_of_different_fields_come_together(awards: Awards) -> None:
    awards.opened(C)
    made = begin(awards)
    first = write(awards, made, 1, name="屠呦呦（改）").json()
    second = write(awards, made, 1, birth="1930-12-30").json()
    assert (first["version"], second["version"]) == (2, 3)
    assert second["content"] == {"name": "屠呦呦（改）", "birth": "1930-12-30"}
    clash = write(awards, made, 1, name="另一个名字")
    assert (clash.status_code, clash.json()["clashes"]) == (
        412,
        [{"pointer": "/content/name", "base": "屠呦呦", "yours": "另一个名字", "theirs": "屠呦呦（改）"}],
    )


def test_a_draft_is_hidden_from_all_others(awards: Awards) -> None:
    awards.opened(C)
    path = f"{AT}/{begin(awards)['id']}"
    for role in ("foreign_nominator", "branch_nominator", "foreign_officer", "member"):
        assert awards.status("GET", path, role) == 404
    above = awards.get(path, "administrator")
    assert (above["part"], above["content"], above["name"]) == ("above", None, "")
    assert awards.get(AT, "foreign_nominator")["items"] == []
    assert [each["name"] for each in awards.get(AT, "nominator")["items"]] == ["屠呦呦"]


def test_what_is_no_field_or_too_long_is_refused_in_words(awards: Awards) -> None:
    awards.opened(C)
    made = begin(awards)
    refused = write(awards, made, 1, name="很" * 41, status="passed", birth=7)
    assert refused.status_code == 422
    assert sorted((e["pointer"], e["message"]) for e in refused.json()["errors"]) == [
        ("/content/birth", "应为文字"),
        ("/content/name", "最多 40 个字，现有 41 个"),
        ("/content/status", "表单中没有此项"),
    ]


def test_a_list_asks_as_often_for_many_as_for_one(awards: Awards) -> None:
    awards.opened()
    begin(awards)
    path = f"nominations?total=true&cycle={C}&sort=name"
    few = [awards.queries(path, role) for role in ("nominator", "officer")]
    for _ in range(3):
        begin(awards)
    assert [awards.queries(path, role) for role in ("nominator", "officer")] == few
    assert awards.get(path, "nominator")["total"] == 4
