"""Definitions are held against themselves when they are saved, each fault at its place."""

import time
from copy import deepcopy
from typing import Any

import pytest

from services.awards.programmes.forms import check_form, validator_of
from services.awards.programmes.rules import DefinitionUnsound, FormInvalid, check_definition
from tests.awards.running import DEFINITION, FORM, PEOPLE, Awards

MEDAL = {"key": "medal", "name": {"zh": "奖章", "en": "Medal"}}


def faults_of(change: Any) -> list[tuple[str, str]]:
    """Return where a changed form is refused, and why."""
    form = deepcopy(FORM)
    change(form)
    try:
        check_form(form, "/form")
    except FormInvalid as refusal:
        return [
            (error.pointer, error.code if error.message.zh and error.message.en else "") for error in refusal.errors
        ]
    return []


def field(**values: Any) -> Any:
    """Return what gives the field `name` of a form these values."""
    return lambda form: form["schema"]["properties"]["name"].update(values)


def nested(form: Any, levels: int = 12) -> None:
    inner: Any = {"type": "string"}
    for _ in range(levels):
        inner = {"type": "array", "items": {"type": "object", "properties": {"x": inner}}}
    form["schema"]["properties"]["name"] = inner


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        (lambda form: None, []),
        (field(pattern="^[a-z]+$", minLength=1), []),
        (lambda form: form["schema"].update(type="array"), [("/form/schema", "object")]),
        (lambda form: form["schema"].update(properties={}), [("/form/schema", "object")]),
        (field(type="text"), [("/form/schema/properties/name", "type")]),
        (field(**{"$ref": "http://example.org/x"}), [("/form/schema/properties/name/$ref", "word")]),
        (field(anyOf=[]), [("/form/schema/properties/name/anyOf", "word")]),
        (field(format="regex"), [("/form/schema/properties/name/format", "format")]),
        (field(pattern="("), [("/form/schema", "schema")]),
        (field(pattern="(?=a)a"), [("/form/schema", "schema")]),
        (field(maxLength=-1), [("/form/schema", "schema")]),
        (field(type="array"), [("/form/schema/properties/name", "items")]),
        (lambda form: form["schema"].update(required=["else"]), [("/form/schema/required", "required")]),
        (lambda form: form["schema"].update(required=[5]), [("/form/schema/required", "required")]),
        (nested, [("/form/schema/properties/name" + "/items/properties/x" * 4, "depth")]),
        (
            lambda form: form["layout"]["sections"][0]["fields"].append({"name": "name", "label": {}}),
            [("/form/layout/sections/0/fields/2", "twice")],
        ),
        (
            lambda form: form["layout"]["sections"][0]["fields"][0].update(name="nom"),
            [("/form/layout/sections/0/fields/0", "unknown"), ("/form/layout", "absent")],
        ),
    ],
)  # fmt: skip
def test_a_form_is_refused_at_each_fault(change: Any, faults: list[tuple[str, str]]) -> None:
    assert faults_of(change) == faults


def test_a_form_has_so_many_fields_and_no_more() -> None:
    def many(form: Any) -> None:
        form["schema"]["properties"] = {f"f{number}": {"type": "string"} for number in range(500)}

    assert ("/form/schema", "fields") in faults_of(many)


def test_no_pattern_makes_anybody_wait() -> None:
    schema = {"type": "object", "properties": {"name": {"type": "string", "pattern": "^(a+)+$"}}}
    validator, began = validator_of(schema), time.perf_counter()
    assert not validator.is_valid({"name": "a" * 50_000 + "b"})
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    "change",
    [
        {"categories": [PEOPLE, PEOPLE]},
        {"groups": DEFINITION["groups"] * 2},
        {"limits": {"groups": [{"key": "men"}], "grades": []}},
        {"limits": {"grades": [MEDAL, MEDAL], "groups": []}},
        {"quotas": [{"category": "teams"}]},
        {"quotas": [{"category": "people"}, {"category": "people"}]},
        {"categories": [PEOPLE | {"candidate_kinds": [], "attachments": [{"key": "a", "only_for": ["enterprise"]}]}]},
        {"categories": [PEOPLE | {"attachments": [{"key": "a", "only_for": []}] * 2}]},
    ],
)
def test_what_contradicts_itself_is_refused(change: dict[str, Any]) -> None:
    sound = {"attachments": [wanted | {"only_for": wanted.get("only_for", [])} for wanted in PEOPLE["attachments"]]}
    check_definition(DEFINITION | {"categories": [PEOPLE | sound]})
    with pytest.raises(DefinitionUnsound):
        check_definition(DEFINITION | {"categories": [PEOPLE | sound]} | change)


def test_a_faulty_definition_is_refused_whole_and_says_where(awards: Awards) -> None:
    awards.programme()
    form = deepcopy(FORM)
    form["schema"]["properties"]["name"]["type"] = "text"
    body = DEFINITION | {"categories": [PEOPLE, PEOPLE | {"key": "teams", "form": form}]}
    answer = awards.ask("PATCH", "programmes/chuangxin/definition", "officer", version=1, json=body)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/form-invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/categories/1/form/schema/properties/name"]
    twice = {"categories": [PEOPLE, PEOPLE]}
    answer = awards.ask("PATCH", "programmes/chuangxin/definition", "officer", version=1, json=twice)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/definition-unsound")
    assert awards.get("programmes/chuangxin/definition", "officer")["categories"] == []
    dangling = {"groups": []}
    awards.do(
        "PATCH",
        "programmes/chuangxin/definition",
        DEFINITION | {"limits": {"groups": [{"key": "women"}]}},
        "officer",
        version=1,
    )
    assert awards.status("PATCH", "programmes/chuangxin/definition", "officer", version=2, json=dangling) == 422


def test_neither_a_category_nor_a_grade_makes_an_award_of_a_list(awards: Awards) -> None:
    awards.programme("list", name={"zh": "科创榜单"}, standing="list")
    for body in ({"limits": {"grades": [MEDAL]}}, {"categories": [PEOPLE | {"name": {"zh": "青年奖"}}]}):
        answer = awards.ask("PATCH", "programmes/list/definition", "officer", version=1, json=body)
        assert answer.json()["type"] == "/problems/may-not-be-called-award"
    programme = awards.get("programmes/list", None)
    for name, status in (("第一届科创奖", 422), ("第一届科创榜单", 201)):
        body = {"programme_id": programme["id"], "slug": "list-1", "name": {"zh": name}}
        assert awards.status("POST", "cycles", "officer", json=body) == status
    assert awards.status("PATCH", "cycles/list-1", "officer", version=1, json={"name": {"zh": "科创奖"}}) == 422
    awards.programme()
    awards.do("PATCH", "programmes/chuangxin", {"name": {"zh": "创新争先"}}, "officer", version=1)
    awards.do("PATCH", "programmes/chuangxin/definition", {"limits": {"grades": [MEDAL]}}, "officer", version=2)
    assert awards.status("PATCH", "programmes/chuangxin", "officer", version=3, json={"standing": "list"}) == 422
