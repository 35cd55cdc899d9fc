"""Rules of a programme over HTTP: written, read in plain words, tried."""

import json
from collections import Counter
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from services.awards.eligibility.rulebook import RuleSet
from tests.awards.eligibility.build import rule, text, women
from tests.awards.eligibility.strategies import FACTS, spoilt
from tests.awards.eligibility.strategies import RULES as RULE_LISTS
from tests.awards.running import DEFINITION, Awards

JSON = {"Content-Type": "application/json"}
AGE = rule(
    "age",
    {"test": "born", "on_or_after": "1986-01-01"},
    exceptions=[women({"test": "born", "on_or_after": "1981-01-01"})],
)
YOUNG = {"name": text("A woman of 44"), "facts": {"born_on": "1982-01-01", "sex": "female"}, "expected": "eligible"}
RULES: dict[str, Any] = {"rules": [AGE], "reads": {"born_on": "birth"}, "examples": [{**YOUNG, "rule": "age"}]}


def written(awards: Awards, rules: dict[str, Any] = RULES) -> Any:
    """Open a programme with these rules; return what is answered."""
    version = awards.programme()["version"]
    version = awards.do("PATCH", "programmes/chuangxin/definition", DEFINITION, "officer", version=version)["version"]
    return awards.do("PUT", "programmes/chuangxin/eligibility", rules, "officer", version=version)


def test_rules_are_written_read_in_words_and_no_longer_missing(awards: Awards) -> None:
    version = awards.programme()["version"]
    at = "programmes/chuangxin/eligibility"
    assert awards.get(at, "officer") == {"rules": None, "words": [], "warnings": [], "version": version}
    put = awards.do("PUT", at, RULES, "officer", version=version)
    assert put["version"] == version + 1
    assert (
        put["words"][0]["words"]["zh"]
        == "须满足：1986年1月1日（含）以后出生。例外：性别为女的，1981年1月1日（含）以后出生。"
    )
    assert awards.get(at, "officer") == put
    assert RuleSet.model_validate(put["rules"]) == RuleSet.model_validate(RULES)
    lacking = awards.get("programmes/chuangxin/definition", "officer")
    assert "eligibility" not in [gap["code"] for gap in lacking["missing"]]
    assert lacking["eligibility"]["rules"][0]["key"] == "age"
    assert [deed["verb"] for deed in awards.get("programmes/chuangxin/history", "officer")] == [
        "programme.changed",
        "programme.opened",
    ]


def test_rules_are_written_by_the_award_office_on_the_version_it_read(awards: Awards) -> None:
    version = awards.programme()["version"]
    at = "programmes/chuangxin/eligibility"
    asked = [("GET", at, {}), ("PUT", at, {"json": RULES, "version": version}), ("POST", f"{at}/check", {"json": {}})]
    for method, path, options in asked:
        assert awards.status(method, path, "foreign_officer", **options) == 403
        assert awards.status(method, path, None, **options) == 401
    assert awards.status("PUT", at, "officer", json=RULES, version=version + 1) == 412
    assert awards.status("PUT", at, "officer", json=RULES) == 428
    assert awards.ask("POST", f"{at}/check", "officer", json={}).json()["type"] == "/problems/no-rules-yet"


def test_a_fault_in_a_rule_is_named_by_its_pointer(awards: Awards) -> None:
    version = awards.programme()["version"]
    broken = {"rules": [rule("a", {"test": "all", "of": [{"test": "born"}, {"test": "age", "on": "x", "at_most": 1}]})]}
    answer = awards.ask("PUT", "programmes/chuangxin/eligibility", "officer", version, json=broken)
    assert answer.status_code == 422
    assert [(each["pointer"], each["code"], each["message"]) for each in answer.json()["errors"]] == [
        ("/body/rules/0/requires/of/0", "bound_missing", "至少填写上限或下限之一"),
        ("/body/rules/0/requires/of/1/on", "date_from_datetime_parsing", "应为日期，例如 2026-11-23"),
    ]


def test_examples_that_come_out_otherwise_are_warned_of(awards: Awards) -> None:
    older = {**YOUNG, "facts": {"born_on": "1980-01-01", "sex": "female"}}
    stray = rule("stray", {"test": "flag", "field": "box"}, categories=["nobody"])
    put = written(awards, {**RULES, "rules": [AGE, stray], "examples": [older]})
    assert [(each["pointer"], each["code"]) for each in put["warnings"]] == [
        ("/examples/0/expected", "example_differs"),
        ("/rules/1/categories/0", "category_unknown"),
        ("", "field_unknown"),
    ]
    assert put["warnings"][0]["words"]["zh"] == "示例“A woman of 44”应为“符合”，实际为“不符合”。"
    assert put["warnings"][2]["words"]["en"] == "No form has a field box: what rests on it stays unknown."


def test_a_candidate_is_checked_while_the_form_is_filled_in_and_nothing_is_kept(awards: Awards) -> None:
    written(awards)
    awards.facts()

    def checked(**body: Any) -> Any:
        return awards.do("POST", "programmes/chuangxin/eligibility/check", body, "officer")

    assert checked()["missing"] == ["born_on", "sex"]
    found = checked(answers={"birth": "1985-12-31", "name": "x"}, facts={"sex": "female"})
    assert (found["answer"], found["rules"][0]["exception"], found["rules"][0]["cleared"]) == (
        "eligible",
        "women",
        True,
    )
    assert found["rules"][0]["findings"][1]["value"]["en"] == "31 December 1985"
    assert checked(answers={"birth": "1985-12"})["answer"] == "unknown"
    assert checked(answers={"birth": "1970-01-01"}, facts={"born_on": "1990-01-01"})["answer"] == "eligible"
    assert awards.facts() == []


def test_rules_are_tried_on_candidates_before_they_are_saved(awards: Awards) -> None:
    people = [
        {"name": "Ada", "facts": {"born_on": f"{year}-01-01", "sex": "female"}, "expected": "eligible"}
        for year in (1980, 1981)
    ]
    found = awards.do("POST", "eligibility/trials", {"rules": RULES, "candidates": people * 100}, "officer")
    assert [each["differs"] for each in found["trials"][:2]] == [True, False]
    assert (len(found["trials"]), found["warnings"], found["words"][0]["key"]) == (200, [], "age")
    assert (
        awards.status("POST", "eligibility/trials", "officer", json={"rules": RULES, "candidates": people * 101}) == 422
    )
    assert awards.status("POST", "eligibility/trials", "nominator", json={"rules": RULES}) == 403
    assert awards.status("POST", "eligibility/trials", None, json={"rules": RULES}) == 401
    many = {"test": "any", "of": [{"test": "flag", "field": "x"}] * 50}
    wide = {"rules": [rule(f"r{n}", many) for n in range(3)]}
    refused = awards.ask("POST", "eligibility/trials", "officer", json={"rules": wide, "candidates": people * 90})
    assert refused.json()["type"] == "/problems/trial-too-large"


def test_the_language_of_rules_is_served_for_editors(awards: Awards) -> None:
    told = awards.get("eligibility/language", None)
    tests = told["rules"]["$defs"]["Rule"]["properties"]["requires"]["discriminator"]["mapping"]
    assert {"all", "any", "not", "born", "age", "history", "pause", "date"} <= tests.keys()
    assert told["facts"]["properties"].keys() >= {"born_on", "sex", "awards"}
    assert told["words"]["region"]["54"] == {"zh": "西藏", "en": "Tibet"}


def test_whatever_is_sent_is_answered_in_words(awards: Awards) -> None:
    """A fault would be raised here; what is taken can be read again."""
    written(awards)
    answers = Counter[int]()

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(spoilt(RULE_LISTS), spoilt(FACTS))
    def send(each: Any, known: Any) -> None:
        def sent(method: str, path: str, content: Any, version: int | None = None) -> int:
            answer = awards.ask(method, path, "officer", version, content=json.dumps(content), headers=JSON)
            answers[answer.status_code] += 1
            return answer.status_code

        version = awards.get("programmes/chuangxin/eligibility", "officer")["version"]
        assert sent("PUT", "programmes/chuangxin/eligibility", {"rules": each}, version) in (200, 400, 422)
        awards.get("programmes/chuangxin/definition", "officer")
        tried = {"rules": {"rules": each}, "candidates": [{"facts": known}]}
        assert sent("POST", "eligibility/trials", tried) in (200, 400, 422)
        for content in ({"facts": known}, {"answers": known}, {"facts": {}, "answers": {"birth": known}}):
            assert sent("POST", "programmes/chuangxin/eligibility/check", content) in (200, 400, 422)

    send()
    assert min(answers[200], answers[422]) > 25, answers


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b'{"rules":' + b"[" * 200_000, 400),
        (b'{"rules":' + b"[" * 300 + b"]" * 300 + b"}", 422),
        (b'{"rules":' + b'{"a":' * 5000 + b"1" + b"}" * 5001, 400),
        (b'{"rules":[' + b"1," * 2_000_000 + b"1]}", 422),
        (b'{"rules":[' + b"9" * 4000 + b"]}", 422),
        (b'{"rules":[' + b"9" * 100_000 + b"]}", 400),
        (b'{"rules":"' + b"\\u0000" * 100_000 + b'"}', 422),
    ],
)
def test_deep_huge_and_odd_rules_are_refused_soon(awards: Awards, content: bytes, status: int) -> None:
    version = awards.programme()["version"]
    started = process_time()
    answer = awards.ask("PUT", "programmes/chuangxin/eligibility", "officer", version, content=content, headers=JSON)
    assert answer.status_code == status
    assert process_time() - started < 5
