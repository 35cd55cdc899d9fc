"""Cycles: the definition they freeze, the states they go through, what is announced and what is amended."""

from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest

from services.awards.cycles.models import Cycle, CycleDefinition, Stage
from services.awards.cycles.reactions import on_organisation_renamed
from services.awards.cycles.rules import DEED_NAMES, STEPS, CycleStepForbidden, Deed, Phase, next_state
from shared.audit import AuditRow
from shared.caller import Caller, Grant, Role
from shared.messages.directory import OrganisationRenamed
from shared.text import Text
from shared.tree import put_node
from tests.alone import OTHER, ROOT, account, state_of
from tests.awards.running import DEFINITION, RULES, Awards

AMENDMENT = {
    "effective_on": "2026-12-15",
    "reason": "主管部门批复调整",
    "notice": {"zh": "奖章名额调整为25枚。", "en": "There will be 25 medals."},
    "changes": {
        "limits": {"total": 300, "grades": [{"key": "medal", "name": {"zh": "奖章", "en": "Medal"}, "most": 25}]}
    },
}


@pytest.mark.parametrize(("deed", "state"), list(product(Deed, Phase)))
def test_a_cycle_takes_the_steps_of_the_table_and_no_others(deed: Deed, state: Phase) -> None:
    if following := STEPS.get((deed, state)):
        assert next_state(deed, state) == following
    else:
        with pytest.raises(CycleStepForbidden):
            next_state(deed, state)


def test_every_deed_has_its_words() -> None:
    assert set(Deed) - set(DEED_NAMES) == set()


def test_a_draft_is_hidden_and_an_open_cycle_is_not(awards: Awards) -> None:
    awards.draft()
    seen = {role: awards.status("GET", "cycles/chuangxin-4", role) for role in (None, "member", "nominator", "officer")}
    assert seen == {None: 404, "member": 404, "nominator": 404, "officer": 200}
    assert awards.get("cycles", "nominator")["items"] == []
    made = awards.step("chuangxin-4", "open")
    assert (made["state"], made["opened_at"]) == ("open", "2026-11-23T01:00:00Z")
    assert awards.get("cycles", None)["items"] == [made]
    assert awards.get(f"cycles/{made['id']}", None) == made


def test_a_cycle_keeps_the_definition_it_took_over(awards: Awards) -> None:
    awards.opened()
    before = awards.get("cycles/chuangxin-4/definition", None)
    assert (before["standing"], before["verb"], before["quotas"]) == (
        "approved",
        "recommend",
        [{"category": "people", "total": None, "per_unit": 5}],
    )
    awards.do("PATCH", "programmes/p-chuangxin-4/definition", {"quotas": []}, "officer", version=3)
    assert awards.get("cycles/chuangxin-4/definition", None) == before


def test_a_draft_takes_over_again_or_differs_by_itself(awards: Awards) -> None:
    awards.draft()
    path = "cycles/chuangxin-4/definition"
    own = awards.do("PATCH", path, {"quotas": [{"category": "people", "per_unit": 3}]}, "officer", version=1)
    assert (own["quotas"][0]["per_unit"], own["version"]) == (3, 2)
    assert awards.status("PATCH", path, "officer", version=2, json={"quotas": [{"category": "x"}]}) == 422
    again = awards.do("POST", f"{path}/take-over", None, "officer", version=2)
    assert again["quotas"][0]["per_unit"] == 5
    awards.step("chuangxin-4", "open")
    for method, at in (("PATCH", path), ("POST", f"{path}/take-over")):
        answer = awards.ask(method, at, "officer", version=4, json={})
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/cycle-step-forbidden")


def test_nothing_incomplete_is_opened(awards: Awards) -> None:
    programme = awards.programme("bare", standing=None)
    awards.draft("bare-1", programme)
    answer = awards.ask("POST", "cycles/bare-1/open", "officer", version=1)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/definition-incomplete")
    missing = answer.json()["missing"]
    assert missing == ["standing", "routes", "categories", "limits", "quotas", "stages", "eligibility"]
    assert awards.get("cycles/bare-1", "officer")["state"] == "draft"


def test_a_template_has_no_cycle(awards: Awards) -> None:
    awards.draft("t-1", awards.defined("t", is_template=True))
    assert awards.ask("POST", "cycles/t-1/open", "officer", version=1).json()["missing"] == ["template"]


@pytest.mark.parametrize(
    ("kind", "at"),
    [
        ("submission_deadline", {"at_local": None, "on": "2027-01-31"}),
        ("submission_deadline", {"at_local": None}),
        ("submission_deadline", {"at_local": "2026-11-20T17:00"}),
        ("submission_deadline", {"at_local": "2027-01-09T17:00"}),
        ("unit_deadline", {"at_local": "2026-11-30T17:00"}),
        ("unit_deadline", {"status": "cancelled"}),
    ],
)
def test_deadlines_are_known_in_order_and_ahead(awards: Awards, kind: str, at: dict[str, Any]) -> None:
    awards.draft()
    stage = awards.stage("chuangxin-4", kind)
    awards.do("PATCH", f"cycles/chuangxin-4/stages/{stage['id']}", at, "officer", version=2)
    answer = awards.ask("POST", "cycles/chuangxin-4/open", "officer", version=1)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/deadline-not-set")


def test_what_is_done_with_a_cycle_is_told_and_recorded(awards: Awards) -> None:
    awards.draft()
    awards.facts()
    awards.step("chuangxin-4", "open")
    assert awards.types() == ["cycle.opened", "date.set", "date.set", "date.set"]
    awards.do("POST", "cycles/chuangxin-4/amendments", AMENDMENT, "officer", version=2)
    assert awards.types() == ["cycle.amended"]
    early = awards.ask("POST", "cycles/chuangxin-4/close", "officer", version=3)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/still-running")
    awards.clock.turn(days=80)
    closed = awards.step("chuangxin-4", "close")
    assert (closed["state"], closed["closed_at"]) == ("closed", "2027-02-11T01:00:00Z")
    assert awards.types() == ["cycle.closed"]
    assert awards.step("chuangxin-4", "reopen", reason={"zh": "补充征集"})["closed_at"] is None
    awards.step("chuangxin-4", "close")
    assert awards.step("chuangxin-4", "conclude")["state"] == "concluded"
    assert awards.types() == ["cycle.changed", "cycle.closed", "cycle.concluded"]
    verbs = [deed["verb"] for deed in awards.get("cycles/chuangxin-4/history", "officer")]
    assert verbs[:6] == ["cycle.conclude", "cycle.close", "cycle.reopen", "cycle.close", "cycle.amended", "cycle.open"]


def test_an_amendment_keeps_what_held_before(awards: Awards) -> None:
    awards.opened()
    now = awards.do("POST", "cycles/chuangxin-4/amendments", AMENDMENT, "officer", version=2)
    assert (now["number"], now["limits"]["grades"][0]["most"], now["version"]) == (2, 25, 3)
    first = awards.get("cycles/chuangxin-4/definition?number=1", None)
    assert (first["number"], first["limits"]["grades"][0]["most"]) == (1, 30)
    (told,) = awards.get("cycles/chuangxin-4/amendments", None)["items"]
    assert (told["number"], told["changed"], told["effective_on"]) == (2, ["limits"], "2026-12-15")
    assert (told["reason"], told["notice"]) == (AMENDMENT["reason"], AMENDMENT["notice"])
    assert awards.status("GET", "cycles/chuangxin-4/definition?number=3", None) == 404


def test_an_amendment_holds_from_its_day_on(awards: Awards) -> None:
    awards.opened()
    awards.do("POST", "cycles/chuangxin-4/amendments", AMENDMENT, "officer", version=2)
    path = "cycles/chuangxin-4/definition"
    awards.clock.now = datetime(2026, 12, 14, 15, 59, tzinfo=UTC)  # a minute before the day begins in Beijing
    assert awards.get(path, None)["number"] == 1
    awards.clock.turn(seconds=60)
    assert (awards.get(path, None)["number"], awards.get(f"{path}?number=1", None)["number"]) == (2, 1)
    earlier = AMENDMENT | {"effective_on": "2026-12-14", "changes": {"unit_notice_days": 7}}
    answer = awards.ask("POST", "cycles/chuangxin-4/amendments", "officer", version=3, json=earlier)
    assert answer.json()["type"] == "/problems/effective-earlier"
    later = earlier | {"effective_on": "2026-12-15"}
    now = awards.do("POST", "cycles/chuangxin-4/amendments", later, "officer", version=3)
    assert (now["number"], now["unit_notice_days"], now["limits"]["grades"][0]["most"]) == (3, 7, 25)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"changes": {}}, "nothing-amended"),
        ({"changes": {"quotas": DEFINITION["quotas"]}}, "nothing-amended"),
        ({"changes": {"quotas": None}}, "definition-incomplete"),
        ({"changes": {"groups": [], "limits": {"groups": [{"key": "women"}]}}}, "definition-unsound"),
        ({"reason": ""}, "invalid-input"),
        ({"notice": {}}, "invalid-input"),
    ],
)
def test_an_amendment_that_is_none_is_refused(awards: Awards, change: dict[str, Any], problem: str) -> None:
    awards.opened()
    body = AMENDMENT | change
    answer = awards.ask("POST", "cycles/chuangxin-4/amendments", "officer", version=2, json=body)
    assert answer.json()["type"] == f"/problems/{problem}"
    assert awards.get("cycles/chuangxin-4/amendments", None)["items"] == []


def test_a_draft_is_not_amended(awards: Awards) -> None:
    awards.draft()
    answer = awards.ask("POST", "cycles/chuangxin-4/amendments", "officer", version=1, json=AMENDMENT)
    assert answer.json()["type"] == "/problems/cycle-step-forbidden"


def test_a_draft_is_removed_and_what_was_announced_is_cancelled(awards: Awards) -> None:
    programme = awards.defined()
    awards.draft("one", programme)
    awards.do("DELETE", "cycles/one", None, "officer", version=1)
    assert awards.status("GET", "cycles/one", "officer") == 404
    awards.opened("two", programme)
    assert awards.status("DELETE", "cycles/two", "officer", version=2) == 409
    assert awards.status("DELETE", "programmes/chuangxin", "officer", version=3) == 409
    awards.clock.turn(days=20)
    awards.facts()
    cancelled = awards.step("two", "cancel", reason={"zh": "因故取消", "en": "Called off"})
    assert cancelled["state_reason"]["zh"] == "因故取消"
    told = {message.data["entry"]["kind"]: message.type for message in awards.facts() if ".date." in message.type}
    assert told == {"deadline": "awards.date.cancelled.v1"}  # the call had opened before


def test_only_its_office_runs_it(awards: Awards) -> None:
    awards.opened()
    for role, status in ((None, 401), ("member", 403), ("nominator", 403), ("foreign_officer", 403)):
        assert awards.status("PATCH", "cycles/chuangxin-4", role, version=2, json={}) == status
        assert awards.status("POST", "cycles/chuangxin-4/amendments", role, version=2, json=AMENDMENT) == status
        assert awards.status("POST", "cycles/chuangxin-4/rehearsals", role) == status
        assert awards.status("GET", "cycles/chuangxin-4/history", role) == status


@pytest.mark.parametrize("kind", ["cycle", "programme"])
def test_a_grant_on_one_cycle_or_one_programme_is_enough(awards: Awards, kind: str) -> None:
    cycle = awards.draft()
    scope = {"cycle": cycle["id"], "programme": cycle["programme_id"]}[kind]
    grant = Grant(Role.AWARD_OFFICER, None, f"{kind}:{scope}")
    awards.extra["helper"] = Caller(account(9), organisation=OTHER, grants=(grant,))
    assert awards.get("cycles", "helper")["items"][0]["id"] == cycle["id"]
    assert awards.step("chuangxin-4", "open", "helper")["state"] == "open"
    awards.draft("other")
    assert awards.status("GET", "cycles/other", "helper") == 404


def test_a_stale_change_is_refused(awards: Awards) -> None:
    awards.opened()
    stale = awards.ask("PATCH", "cycles/chuangxin-4", "officer", version=1, json={"number": 5})
    assert (stale.status_code, stale.json()["now"]["number"]) == (412, 4)


def test_a_rehearsal_is_gone_through_and_leaves_nothing_behind(awards: Awards) -> None:
    awards.draft()
    before = rows(awards)
    awards.facts()
    made = awards.do("POST", "cycles/chuangxin-4/rehearsals", None, "officer")
    slug = made["slug"]
    assert (slug, made["state"], made["rehearsal_of"]) == (
        "chuangxin-4-rehearsal",
        "draft",
        awards.get("cycles/chuangxin-4", "officer")["id"],
    )
    awards.step(slug, "open")
    assert awards.status("GET", f"cycles/{slug}", None) == 404
    assert [each["slug"] for each in awards.get("cycles", "officer")["items"]] == ["chuangxin-4"]
    assert len(awards.get("cycles?rehearsals=true", "officer")["items"]) == 2
    awards.do("POST", f"cycles/{slug}/amendments", AMENDMENT, "officer", version=2)
    awards.extend(slug, "2027-02-10T17:00")
    awards.clock.turn(days=100)
    awards.step(slug, "close")
    awards.do("DELETE", f"cycles/{slug}", None, "officer", version=awards.get(f"cycles/{slug}", "officer")["version"])
    awards.settle()
    assert (rows(awards), awards.types()) == (before, [])
    assert [deed["verb"] for deed in awards.get("cycles/chuangxin-4/history", "officer")][:2] == [
        "cycle.rehearsal_ended",
        "cycle.rehearsed",
    ]


def rows(awards: Awards) -> list[int]:
    """Count what there is of cycles, and what is recorded of any but the two deeds on the cycle itself."""
    with awards.db.reading() as tx:
        recorded = tx.query(AuditRow).where(AuditRow.verb.not_like("cycle.rehears%")).count()
        return [*(tx.query(model).count() for model in (Cycle, CycleDefinition, Stage)), recorded]


def test_a_new_name_above_is_told_on(awards: Awards) -> None:
    awards.opened()
    awards.settle()
    awards.facts()
    awards.do("PATCH", "programmes/p-chuangxin-4", {"name": {"zh": "全国科技创新争先奖"}}, "officer", version=3)
    for _ in range(2):
        awards.settle()
    entries = awards.entries()
    assert {
        topic["title"]["zh"]
        for entry in entries.values()
        for topic in entry["topics"]
        if topic["key"].startswith("programme:")
    } == {"全国科技创新争先奖"}
    assert ({entry["sequence"] for entry in entries.values()}, len(entries)) == ({0}, 3)
    for told in ("科协", "", ""):
        rename(awards, "科协")
        assert {entry["organizer"]["zh"] for entry in awards.entries().values()} == ({told} if told else set())


def rename(awards: Awards, name: str) -> None:
    """Let the service hear, of the association, that it has this name."""
    fact = OrganisationRenamed(
        organisation_id=ROOT, organisation=state_of(ROOT, None, "association", Text(name, name), 2)
    )
    with awards.db.transaction() as tx:
        put_node(tx, fact.organisation)
        on_organisation_renamed(tx, fact)
    awards.settle()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["two", "one"]), ("sort=slug", ["one", "two"]), ("state=open", ["two"]), ("state=draft", ["one"]),
        ("programme=chuangxin", ["two", "one"]), ("q=two", ["two"]), (f"owner={ROOT}", ["two", "one"]),
    ],
)  # fmt: skip
def test_lists_are_narrowed(awards: Awards, query: str, found: list[str]) -> None:
    programme = awards.defined()
    awards.draft("one", programme)
    awards.opened("two", programme)
    assert [each["slug"] for each in awards.get(f"cycles?{query}", "officer")["items"]] == found


def test_a_list_asks_as_often_for_many_as_for_one(awards: Awards) -> None:
    programme = awards.defined()
    awards.draft("one", programme)
    few = awards.queries("cycles", "officer")
    for number in range(30):
        body = {"programme_id": programme["id"], "slug": f"more-{number}", "name": {"zh": "届"}}
        awards.do("POST", "cycles", body, "officer")
    assert awards.queries("cycles", "officer") == few


def test_its_slug_is_taken_once(awards: Awards) -> None:
    cycle = awards.draft()
    body = {"programme_id": cycle["programme_id"], "slug": "chuangxin-4", "name": {"zh": "又一届"}}
    assert awards.ask("POST", "cycles", "officer", json=body).json()["type"] == "/problems/slug-taken"
    assert awards.get("cycles/chuangxin-4/definition", "officer")["eligibility"] == RULES
