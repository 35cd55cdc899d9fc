"""The formality check: two persons, clocks of working days, hands that meet, returns together, and what ends up told."""

from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import update

from services.awards.checks.models import CheckOpinion
from services.awards.service import service
from shared.revisions import HERE
from tests.alone import SOCIETY
from tests.awards.checks.checking import both, checked_call, handed_in, queue, said, say
from tests.awards.eligibility.build import rule
from tests.awards.nominating import IDENTITY, OTHER_IDENTITY, C, give_notice, path_of, submit, write
from tests.awards.running import Awards

NUMBER = f"{C}-people-0001"


def test_two_persons_pass_a_nomination(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    assert queue(awards) == [NUMBER]
    assert said(say(awards, made, "pass")) == "second"
    assert said(say(awards, made, "pass")) == "second-person"
    awards.types()
    assert said(say(awards, made, "pass", "second")) == "passed"
    assert awards.types() == ["nomination.passed"]
    assert awards.get(f"nominations/{made['id']}", "nominator")["state"] == "passed"
    assert said(say(awards, made, "reject")) == "not-in-the-check"
    told = awards.get(f"nominations/{made['id']}/check", "officer")
    assert [(each["outcome"], each["effect"]) for each in told["opinions"]] == [("pass", "first"), ("pass", "final")]
    decisions = awards.get(f"cycles/{C}/eligibility/decisions?purpose=check", "officer")["items"]
    assert [each["subject_id"] for each in decisions] == [made["id"]] * 2
    verbs = [deed["verb"] for deed in awards.get(f"cycles/{C}/history", "officer")]
    assert verbs[:4] == ["nomination.passed", "check.opinion", "eligibility.decided", "check.opinion"]


def test_disagreement_goes_back_to_the_queue(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    say(awards, made, "pass")
    assert said(say(awards, made, "reject", "second")) == "waiting"
    assert said(say(awards, made, "return", "second")) == "returned"


def test_what_is_returned_has_a_clock_of_working_days_and_is_handed_in_again(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    awards.facts()
    assert awards.get(f"nominations/{made['id']}/returns", "nominator") == []
    answer = say(awards, made, "return", working_days=5, words="照片不清晰")  # from Thursday 3 December 2026
    (told,) = awards.get(f"nominations/{made['id']}/returns", "nominator")
    assert (told["turn"], told["words"], [each["key"] for each in told["reasons"]]) == (1, "照片不清晰", ["form"])
    assert "made_by" not in told
    assert (said(answer), answer.json()["correct_until"]) == ("returned", "2026-12-10T09:00:00Z")
    entry = awards.entries()[f"correction-{made['id']}"]
    assert (entry["start_local"], entry["audience"]["organisation_id"]) == ("2026-12-10T17:00:00", SOCIETY)
    assert said(say(awards, made, "reject", reasons=["not_corrected"])) == "still-corrected"
    version = awards.get(f"nominations/{made['id']}", "nominator")["version"]
    write(awards, made, version, groups=[])
    assert submit(awards, made).status_code == 200
    assert queue(awards, "?standing=waiting") == [NUMBER]
    assert both(awards, made, "pass") == "passed"


@pytest.mark.usefixtures("a_day_off")
def test_working_days_are_those_that_the_office_knows(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    answer = say(awards, made, "return", working_days=5).json()
    assert answer["correct_until"] == "2026-12-11T09:00:00Z"
    give_notice(awards, made, 1, from_on="2026-12-03", to_on="2026-12-10", outcome="running")
    assert awards.get(f"nominations/{made['id']}/notice", "nominator")["working_days"] == 4
    until = rule(
        "r", {"test": "date", "field": "a", "not_after": {"on": "2026-12-03", "plus": 5, "unit": "working_days"}}
    )
    candidates = [{"facts": {"form": {"a": day}}} for day in ("2026-12-11", "2026-12-12")]
    tried = awards.do("POST", "eligibility/trials", {"rules": {"rules": [until]}, "candidates": candidates}, "officer")
    assert [each["verdict"]["answer"] for each in tried["trials"]] == ["eligible", "not_eligible"]


def test_what_is_not_corrected_in_time_is_rejected_by_two(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    say(awards, made, "return", working_days=1)
    awards.clock.turn(days=4)
    assert queue(awards, "?standing=overdue") == [NUMBER]
    assert said(say(awards, made, "return")) == "not-in-the-check"
    answers = [say(awards, made, "reject", role, reasons=["not_corrected"]) for role in ("officer", "second")]
    assert [said(each) for each in answers] == ["overdue", "rejected"]
    assert awards.types()[-1] == "nomination.rejected"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"outcome": "return", "reasons": []}, "reason-unnamed"),
        ({"outcome": "return", "reasons": ["eligibility"]}, "reason-unnamed"),
        ({"outcome": "reject", "reasons": ["other"]}, "reason-unnamed"),
        ({"outcome": "pass", "reasons": ["form"]}, "reason-unnamed"),
        ({"outcome": "return", "reasons": ["form"], "working_days": 61}, "invalid-input"),
        ({"outcome": "lose"}, "invalid-input"),
        ({"outcome": "pass", "score": 100}, "invalid-input"),
    ],
)
def test_an_opinion_that_is_none_is_refused(awards: Awards, values: Any, problem: str) -> None:
    checked_call(awards)
    made = handed_in(awards)
    version = awards.get(f"nominations/{made['id']}/check", "officer")["version"]
    answer = awards.ask("POST", f"nominations/{made['id']}/check/opinions", "officer", version, json=values)
    assert (answer.status_code, said(answer)) == (422, problem)


def test_reasons_are_data_of_the_programme(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    at = f"programmes/p-{C}/check-reasons"
    usual = awards.get(at, "officer")
    assert (usual["usual"], usual["version"], len(usual["reasons"])) == (True, 0, 12)
    body = {"reasons": [{"key": "photo", "words": {"zh": "照片不合格"}, "outcomes": ["return"]}]}
    assert awards.do("PUT", at, body, "officer", version=0)["version"] == 1
    assert awards.ask("PUT", at, "officer", 0, json=body).status_code == 412
    assert said(say(awards, made, "return")) == "reason-unnamed"
    assert said(say(awards, made, "return", reasons=["photo"])) == "returned"
    assert awards.do("PUT", at, {"reasons": []}, "officer", version=1)["usual"] is True
    assert awards.status("GET", at, "nominator") == 403
    given = {"key": "photo", "words": {"zh": "照片不合格", "en": ""}}  # told for ever, in the words that it had
    (told,) = awards.get(f"nominations/{made['id']}/returns", "nominator")
    (opinion,) = awards.get(f"nominations/{made['id']}/check", "officer")["opinions"]
    assert (told["reasons"], opinion["reasons"]) == ([given], [given])
    assert awards.get(f"cycles/{C}/checks/statistics", "officer")["reasons"] == [given | {"count": 1}]


def test_reasons_that_were_given_by_their_keys_are_told_in_words(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    own = [{"key": "photo", "words": {"zh": "照片不合格"}, "outcomes": ["return"]}]
    awards.do("PUT", f"programmes/p-{C}/check-reasons", {"reasons": own}, "officer", version=0)
    say(awards, made, "return", reasons=["photo"])
    keys = ["photo", "seal", "gone"]
    with awards.db.transaction() as tx:
        tx.execute(update(CheckOpinion).values(reasons=keys))
    script = ScriptDirectory(str(HERE), version_locations=[str(service.migrations)]).get_revision("7b3e91d4c5a2")
    with awards.db.migrating() as connection, Operations.context(MigrationContext.configure(connection)):
        script.module.upgrade()
    (told,) = awards.get(f"nominations/{made['id']}/returns", "nominator")
    words = ["照片不合格", "缺少签字或公章", "gone"]
    assert [(each["key"], each["words"]["zh"]) for each in told["reasons"]] == list(zip(keys, words, strict=True))


def test_what_one_has_in_hand_another_does_not_check(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    at = f"nominations/{made['id']}/check"
    awards.do("POST", f"{at}/take", {}, "officer")
    assert queue(awards, "?hands=mine") == [NUMBER]
    assert queue(awards, "?hands=mine", "second") == []
    refused = [awards.ask("POST", f"{at}/take", "second", json={}), say(awards, made, "pass", "second")]
    assert [said(each) for each in refused] == ["in-other-hands"] * 2
    awards.do("POST", f"{at}/take", {"from_other": True}, "second")
    assert said(say(awards, made, "pass", "officer")) == "in-other-hands"
    awards.do("POST", f"{at}/release", None, "second")
    assert said(say(awards, made, "pass", "officer")) == "second"
    assert queue(awards, "?hands=any") == []


def test_of_officers_who_take_the_same_at_once_one_has_it(awards: Awards) -> None:
    checked_call(awards)
    path = f"nominations/{handed_in(awards)['id']}/check/take"
    answers = awards.ask_together(
        [(role, "POST", path, None, {}) for role in ("officer", "second", "administrator") * 2]
    )
    assert sorted(each.status_code for each in answers) == [200, 200, 409, 409, 409, 409]


def test_of_opinions_at_once_one_is_first_and_another_second(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    version = awards.get(f"nominations/{made['id']}/check", "officer")["version"]
    path, body = f"nominations/{made['id']}/check/opinions", {"outcome": "pass"}
    answers = awards.ask_together([(role, "POST", path, version, body) for role in ("officer", "second") * 4])
    told = awards.get(f"nominations/{made['id']}/check", "officer")
    assert [each.status_code for each in answers].count(201) == 2
    assert [each["effect"] for each in told["opinions"]] == ["first", "final"]
    assert len({each["made_by"] for each in told["opinions"]}) == 2


def test_several_are_returned_with_one_reason_or_none_of_them(awards: Awards) -> None:
    checked_call(awards)
    made = [handed_in(awards) for _ in range(3)]
    ids = [each["id"] for each in made]
    say(awards, made[2], "pass")
    body = {"nomination_ids": ids, "reasons": ["seal"], "words": "缺公章"}
    refused = awards.ask("POST", f"cycles/{C}/checks/return", "second", json=body)
    assert (refused.status_code, said(refused)) == (409, "first-opinion-stands")
    assert queue(awards, "?standing=returned") == []
    body["nomination_ids"] = ids[:2]
    assert len(awards.do("POST", f"cycles/{C}/checks/return", body, "second")["checks"]) == 2
    assert queue(awards, "?standing=returned") == [f"{C}-people-0001", f"{C}-people-0002"]
    other = awards.ask("POST", f"cycles/{C}/checks/return", "nominator", json=body)
    assert other.status_code == 403


def test_the_queue_is_searched_sorted_and_counted(awards: Awards) -> None:
    checked_call(awards)
    first, second = handed_in(awards), handed_in(awards, name="袁隆平", birth="1930-09-07")
    awards.clock.turn(seconds=1)
    third = handed_in(awards, name="于敏", birth="1926-08-16")
    numbers = [f"{C}-people-000{n}" for n in (1, 2, 3)]
    assert (queue(awards), queue(awards, "?sort=newest")) == (numbers, numbers[::-1])
    assert queue(awards, "?q=袁") == [numbers[1]]
    assert queue(awards, f"?unit={SOCIETY}&category=people&sort=number") == numbers
    page = awards.get(f"cycles/{C}/checks?limit=2&total=true", "officer")
    assert (page["total"], len(page["items"])) == (3, 2)
    assert len(awards.get(f"cycles/{C}/checks?limit=2&cursor={page['next']}", "officer")["items"]) == 1
    say(awards, second, "return")
    say(awards, third, "pass")
    both(awards, first, "pass")
    told = awards.get(f"cycles/{C}/checks/statistics", "officer")
    assert {each["key"]: each["count"] for each in told["standings"]} == {"passed": 1, "returned": 1, "second": 1}
    assert [(each["key"], each["count"]) for each in told["reasons"]] == [("form", 1)]
    assert (told["total"], told["until"]) == (3, "2027-01-31T09:00:00Z")


def test_the_queue_asks_as_often_for_many_as_for_one(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    asked = ("?total=true", "?hands=none&sort=number", "?standing=second&total=true", "?q=屠&sort=name", "/statistics")
    paths = [*(f"cycles/{C}/checks{each}" for each in asked), f"nominations/{made['id']}/check"]
    handed_in(awards)  # somebody who looks like the same
    few = [awards.queries(path, "officer") for path in paths]
    for _ in range(3):
        handed_in(awards)
    assert [awards.queries(path, "officer") for path in paths] == few
    assert len(awards.get(paths[-1], "officer")["same"]) == 4


def test_only_the_office_checks_and_never_a_draft(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    for role, status in (("nominator", 403), ("foreign_officer", 404), ("branch_nominator", 404), ("member", 404)):
        assert awards.status("GET", f"nominations/{made['id']}/check", role) == status
        assert awards.status("GET", f"cycles/{C}/checks", role) == 403
    draft = awards.do(
        "POST", "nominations", {"cycle": C, "unit_id": SOCIETY, "category": "people", "content": {}}, "nominator"
    )
    assert awards.status("GET", f"nominations/{draft['id']}/check", "officer") == 404


def test_the_same_person_is_found_by_number_and_by_name(awards: Awards) -> None:
    checked_call(awards)
    first = handed_in(awards, name="买买提·艾力", birth="1949-12-31", identity=IDENTITY)
    handed_in(awards, name="买买提 • 艾力", birth="1949-12-31", identity=OTHER_IDENTITY)
    handed_in(awards, name="别的名字", birth="1949-12-31", identity=IDENTITY)
    handed_in(awards, name="另一个人", birth="1949-12-31", identity=OTHER_IDENTITY)
    told = awards.get(f"nominations/{first['id']}/check", "officer")["same"]
    assert sorted((each["name"], each["by"]) for each in told) == [("买买提 • 艾力", "name"), ("别的名字", "identity")]


def test_a_number_is_held_against_birth_and_sex(awards: Awards) -> None:
    checked_call(awards)
    wrong = handed_in(awards, name="甲", birth="1950-01-01", identity=IDENTITY)
    reads = {"rules": [], "reads": {"born_on": "birth"}}
    version = awards.get(f"cycles/{C}", "officer")["version"]
    amended = {"effective_on": "2026-12-01", "reason": "读取出生日期", "notice": {"zh": "补充"}, "rules": reads}
    awards.do("POST", f"cycles/{C}/eligibility/amendments", amended, "officer", version=version)
    found = awards.get(f"nominations/{wrong['id']}/check", "officer")["findings"]
    assert [(each["pointer"], each["code"]) for each in found] == [("/content/identity", "birth_differs")]
    assert "1949" not in str(found)


def test_whom_the_rules_bar_does_not_pass_and_the_unknown_is_explained(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards, name="甲", birth="1980-01-01")
    rule = {
        "key": "age", "clause": {"zh": "1990年以后出生", "en": "Born from 1990"},
        "authority": {"document": {"zh": "办法", "en": "Rules"}}, "requires": {"test": "born", "on_or_after": "1990-01-01"},
    }  # fmt: skip
    at = f"cycles/{C}/eligibility/amendments"

    def amend(**reads: str) -> None:
        version = awards.get(f"cycles/{C}", "officer")["version"]
        body = {"effective_on": "2026-12-01", "reason": "调整", "notice": {"zh": "调整"}}
        awards.do("POST", at, body | {"rules": {"rules": [rule], "reads": reads}}, "officer", version=version)

    amend()
    assert said(say(awards, made, "pass")) == "unknown-unexplained"
    assert said(say(awards, made, "pass", words="已核对身份证件")) == "second"
    amend(born_on="birth")
    refused = say(awards, made, "pass", "second")
    assert (said(refused), refused.json()["rules"]["en"]) == ("not-eligible", "Born from 1990")


def test_what_is_revised_after_a_first_opinion_is_looked_at_anew(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    say(awards, made, "pass")
    awards.clock.turn(seconds=60)
    version = awards.get(f"nominations/{made['id']}", "nominator")["version"]
    write(awards, made, version, story="又有新成果")
    assert submit(awards, made).status_code in (200, 422)
    assert awards.clock() > datetime(2026, 12, 3, tzinfo=UTC)


def test_what_is_called_off_is_not_checked_or_corrected_any_more_and_its_clocks_are_cancelled(awards: Awards) -> None:
    checked_call(awards)
    returned, waiting = handed_in(awards), handed_in(awards, name="袁隆平", birth="1930-09-07")
    say(awards, returned, "return")
    awards.facts()
    awards.step(C, "cancel", reason={"zh": "因故取消"})
    told = {message.data["entry"]["entry_id"]: message.type for message in awards.facts() if ".date." in message.type}
    assert told.pop(f"correction-{returned['id']}") == "awards.date.cancelled.v1"
    assert {*told.values()} == {"awards.date.cancelled.v1"}
    assert said(say(awards, waiting, "pass")) == "cycle-step-forbidden"
    assert (
        said(write(awards, returned, awards.get(path_of(returned), "nominator")["version"], story="更正"))
        == "not-open-yet"
    )
    assert said(submit(awards, returned)) == "not-open-yet"
    assert awards.facts() == []


def test_remarks_on_fields_are_told_with_a_return_at_their_places(awards: Awards) -> None:
    checked_call(awards)
    made = handed_in(awards)
    remarks = [
        {"pointer": "/content/name", "words": "与证件不一致"},
        {"pointer": "/content/story", "words": "请写明时间"},
    ]
    assert said(say(awards, made, "return", remarks=remarks)) == "returned"
    (told,) = awards.get(f"nominations/{made['id']}/returns", "nominator")
    assert (told["remarks"], told["words"]) == (remarks, "")
    (opinion,) = awards.get(f"nominations/{made['id']}/check", "officer")["opinions"]
    assert opinion["remarks"] == remarks


@pytest.mark.parametrize(
    ("outcome", "pointer"),
    [
        ("return", "/content/unheard"),
        ("return", "/content/name/0"),
        ("return", "/content"),
        ("return", "content/name"),
        ("return", "/name"),
        ("reject", "/content/name"),
        ("pass", "/content/name"),
    ],
)
def test_a_remark_is_on_a_field_of_the_form_and_told_with_a_return(awards: Awards, outcome: str, pointer: str) -> None:
    checked_call(awards)
    made = handed_in(awards)
    good = {"pointer": "/content/name", "words": "?"} if outcome == "return" else {"pointer": pointer, "words": "!"}
    answer = say(awards, made, outcome, remarks=[good, {"pointer": pointer, "words": "?"}])
    assert said(answer) == "remark-misplaced"
    assert answer.json()["errors"][-1]["pointer"].endswith("/remarks/1/pointer")
    assert awards.get(f"nominations/{made['id']}/check", "officer")["opinions"] == []
