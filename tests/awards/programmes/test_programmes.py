"""Programmes: what they are, what their definitions lack, and who may change them."""

from typing import Any

import pytest

from services.awards.programmes.rules import MayNotBeCalledAward, check_name, missing
from shared.text import Text
from tests.alone import OTHER, ROOT, SOCIETY
from tests.awards.running import BASIS, DEFINITION, FORM, NAME, PEOPLE, Awards


def gaps(made: Any) -> list[tuple[str, str]]:
    """Return what a programme is said to lack."""
    return [(gap["code"], gap["category"]) for gap in made["missing"]]


def test_a_programme_is_read_by_everybody(awards: Awards) -> None:
    made = awards.programme()
    assert awards.get("programmes/chuangxin", None) == made
    assert awards.get(f"programmes/{made['id']}", "member") == made
    assert awards.get("programmes", None)["items"] == [made]
    assert (made["standing"], made["verb"], made["version"]) == ("approved", "recommend", 1)


def test_what_is_not_known_is_listed_until_it_is(awards: Awards) -> None:
    made = awards.programme(standing=None, basis=None, verb=None, recurrence=None)
    assert gaps(made) == [
        ("standing", ""), ("verb", ""), ("recurrence", ""), ("routes", ""), ("categories", ""), ("limits", ""),
        ("quotas", ""), ("stages", ""), ("basis", ""), ("eligibility", ""),
    ]  # fmt: skip
    known = {"standing": "approved", "verb": "recommend", "recurrence": "triennial", "basis": BASIS | {"number": ""}}
    made = awards.do("PATCH", "programmes/chuangxin", known, "officer", version=1)
    assert gaps(made)[-2:] == [("number", ""), ("eligibility", "")]
    assert ("basis", "") not in gaps(made)
    awards.do("PATCH", "programmes/chuangxin", {"basis": BASIS}, "officer", version=2)
    defined = awards.do("PATCH", "programmes/chuangxin/definition", DEFINITION, "officer", version=3)
    assert gaps(defined) == [("eligibility", "")]
    assert defined["categories"][0]["form"] == FORM | {"layout": defined["categories"][0]["form"]["layout"]}
    assert awards.get("programmes/chuangxin", None)["subjects"] == ["individual"]


def test_a_category_lacks_its_form_and_its_checklist(awards: Awards) -> None:
    awards.programme()
    bare = DEFINITION | {
        "categories": [PEOPLE | {"form": None, "attachments": None}],
        "stages": [{"kind": "call_opens"}],
    }
    defined = awards.do("PATCH", "programmes/chuangxin/definition", bare, "officer", version=1)
    assert gaps(defined) == [
        ("submission_deadline", ""), ("eligibility", ""), ("form", "people"), ("attachments", "people"),
    ]  # fmt: skip


def test_every_gap_has_words_in_both_languages() -> None:
    found = missing({"is_template": True, "standing": "approved", "stages": [{"kind": "review"}]})
    found += missing({"categories": [{"key": "a", "form": None, "attachments": None}]})
    assert [gap for gap in found if gap.words.missing()] == []
    assert {gap.code for gap in found} >= {"template", "number", "submission_deadline", "form", "attachments"}


@pytest.mark.parametrize(
    ("name", "standing", "refused"),
    [
        (Text("最美科技工作者", "Most Beautiful S&T Workers"), "publicity", False),
        (Text("某某科技奖"), "list", True),
        (Text("某某科技獎"), "designation", True),
        (Text("某某工程", "The Best Work Award"), "grant", True),
        (Text("某某工程", "Prizes for Writing"), "publicity", True),
        (Text("某某工程", "A Laurel for Surprises"), "publicity", False),
        (Text("科技奖励国际化提升行动", "An Action"), "grant", False),
        (Text("某某科技奖"), "approved", False),
        (Text("某某科技奖"), "registered", False),
        (Text("国际知名奖项举荐", "Nomination for international prizes"), "referral", False),
        (Text("某某科技奖"), None, False),
    ],
)
def test_only_an_award_calls_itself_one(name: Text, standing: str | None, refused: bool) -> None:
    if refused:
        with pytest.raises(MayNotBeCalledAward):
            check_name(name, standing)
    else:
        check_name(name, standing)


def test_neither_a_new_name_nor_a_new_standing_makes_an_award_of_a_list(awards: Awards) -> None:
    answer = awards.ask(
        "POST", "programmes", "officer", json={"slug": "a", "owner_id": ROOT, "name": NAME, "standing": "list"}
    )
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/may-not-be-called-award")
    awards.programme()
    change = {"standing": "publicity"}
    assert awards.status("PATCH", "programmes/chuangxin", "officer", version=1, json=change) == 422
    awards.programme("list", name={"zh": "科创榜单"}, standing="list")
    assert awards.status("PATCH", "programmes/list", "officer", version=1, json={"name": {"zh": "科创奖"}}) == 422


def test_only_the_award_office_of_its_owner_changes_it(awards: Awards) -> None:
    awards.programme("society", owner_id=SOCIETY)
    for role, status in ((None, 401), ("member", 403), ("nominator", 403), ("foreign_officer", 403), ("officer", 200)):
        assert awards.status("PATCH", "programmes/society", role, version=1, json={}) == status
        assert awards.status("GET", "programmes/society/definition", role) == status
        assert awards.status("GET", "programmes/society/history", role) == status
    foreign = {"slug": "x", "owner_id": SOCIETY, "name": NAME}
    assert awards.status("POST", "programmes", "foreign_officer", json=foreign) == 403
    assert awards.status("POST", "programmes", "foreign_officer", json=foreign | {"owner_id": OTHER}) == 201


def test_a_stale_change_is_refused_with_what_stands_now(awards: Awards) -> None:
    awards.programme()
    assert awards.status("PATCH", "programmes/chuangxin", "officer", json={}) == 428
    awards.do("PATCH", "programmes/chuangxin/definition", DEFINITION, "officer", version=1)
    stale = awards.ask("PATCH", "programmes/chuangxin", "officer", version=1, json={"note": {"zh": "注"}})
    assert (stale.status_code, stale.json()["now"]["version"]) == (412, 2)
    again = awards.do("PATCH", "programmes/chuangxin/definition", DEFINITION, "officer", version=2)
    assert again["version"] == 2


def test_its_history_tells_what_was_and_became(awards: Awards) -> None:
    awards.programme()
    awards.do("PATCH", "programmes/chuangxin", {"verb": "nominate"}, "officer", version=1)
    told = awards.get("programmes/chuangxin/history", "officer")
    assert [(deed["verb"], deed["change"].get("verb")) for deed in told] == [
        ("programme.changed", ["recommend", "nominate"]), ("programme.opened", None),
    ]  # fmt: skip
    assert awards.types() == ["programme.opened", "programme.changed"]


def test_a_slug_is_taken_once(awards: Awards) -> None:
    awards.programme()
    answer = awards.ask("POST", "programmes", "officer", json={"slug": "chuangxin", "owner_id": ROOT, "name": NAME})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/slug-taken")


def test_a_programme_is_made_from_a_template(awards: Awards) -> None:
    awards.programme("template", is_template=True)
    awards.do("PATCH", "programmes/template/definition", DEFINITION, "officer", version=1)
    assert ("template", "") in gaps(awards.get("programmes/template", None))
    body = {"slug": "own", "name": {"zh": "本会科学技术奖"}, "owner_id": SOCIETY}
    assert awards.status("POST", "programmes/template/copy", "foreign_officer", json=body) == 403
    made = awards.do("POST", "programmes/template/copy", body, "officer")
    assert (made["is_template"], made["owner_id"], gaps(made)) == (False, SOCIETY, [("eligibility", "")])
    assert awards.get("programmes/own/definition", "officer")["quotas"] == [
        {"category": "people", "total": None, "per_unit": 5}
    ]


def test_one_without_cycles_is_removed(awards: Awards) -> None:
    awards.programme()
    awards.facts()
    awards.do("DELETE", "programmes/chuangxin", None, "officer", version=1)
    assert awards.status("GET", "programmes/chuangxin", None) == 404
    assert awards.types() == ["programme.removed"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["chuangxin", "list", "template"]), ("sort=-slug", ["template", "list", "chuangxin"]), ("q=榜单", ["list"]),
        ("standing=list", ["list"]), ("verb=apply", ["list"]), ("subject=individual", ["chuangxin"]), ("subject=team", []),
        ("template=true", ["template"]), ("template=false", ["chuangxin", "list"]), ("flag=example", ["list"]),
        (f"owner={SOCIETY}", ["list"]), (f"owner={ROOT}", ["chuangxin", "list", "template"]),
    ],
)  # fmt: skip
def test_lists_are_narrowed(awards: Awards, query: str, found: list[str]) -> None:
    awards.programme()
    awards.do("PATCH", "programmes/chuangxin/definition", DEFINITION, "officer", version=1)
    awards.programme(
        "list", name={"zh": "科创榜单"}, standing="list", verb="apply", flags=["example"], owner_id=SOCIETY
    )
    awards.programme("template", is_template=True)
    assert [each["slug"] for each in awards.get(f"programmes?{query}", None)["items"]] == found
    assert awards.ask("GET", "programmes?format=csv", None).text.count("\n") == 4


def test_a_list_asks_as_often_for_many_as_for_one(awards: Awards) -> None:
    awards.programme()
    few = awards.queries("programmes", None)
    for number in range(30):
        awards.programme(f"more-{number}")
    assert awards.queries("programmes", None) == few
