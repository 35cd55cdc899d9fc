"""Rules of a cycle: its own from the start, frozen when it opens, amended with a reason, decided by."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import definition_at
from services.awards.eligibility.actions import amend_rules, decide
from services.awards.eligibility.models import Decision
from services.awards.eligibility.queries import eligibility_in, facts_in, rules_of
from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.rules import Purpose, Verdict
from services.awards.eligibility.schemas import AmendRulesIn, DecisionOut, EligibilityCheckIn
from tests.awards.eligibility.build import rule, text, women
from tests.awards.eligibility.strategies import FACTS, RULES
from tests.awards.running import OFFICE, Awards

AT = "cycles/chuangxin-4/eligibility"
NOMINATION = "00000000-0000-7000-8000-0000000000aa"


def born_after(day: str) -> dict[str, Any]:
    """Return rules with a birth cut-off, later for women by a decade."""
    later = f"{int(day[:4]) - 10}{day[4:]}"
    exceptions = [women({"test": "born", "on_or_after": later})]
    age = rule("age", {"test": "born", "on_or_after": day}, exceptions=exceptions)
    return {"rules": [age], "reads": {"born_on": "birth"}}


def amended(awards: Awards, rules: dict[str, Any], effective_on: str = "2026-11-23", role: str = "officer") -> Any:
    """Ask for an amendment of the cycle as it now stands."""
    version = awards.get("cycles/chuangxin-4", "officer")["version"]
    body = {"rules": rules, "effective_on": effective_on, "reason": "上级通知调整", "notice": text("Ages moved.")}
    return awards.ask("POST", f"{AT}/amendments", role, version, json=body)


def prepared(awards: Awards, day: str = "1986-01-01") -> None:
    """Prepare a cycle with a birth cut-off."""
    awards.draft()
    version = awards.get("cycles/chuangxin-4", "officer")["version"]
    awards.do("PUT", AT, born_after(day), "officer", version=version)


def decided(awards: Awards, born_on: str = "1986-01-01", purpose: Purpose = Purpose.SUBMISSION) -> str:
    """Decide about a nomination now; return the answer."""
    with awards.db.transaction() as tx:
        cycle = tx.scalars(select(Cycle).where(Cycle.slug == "chuangxin-4")).one()
        body = EligibilityCheckIn.model_validate({"answers": {"birth": born_on}, "facts": {"sex": "male"}})
        return decided_in(tx, awards, cycle, purpose, body).answer


def decided_in(tx: Session, awards: Awards, cycle: Cycle, purpose: Purpose, body: EligibilityCheckIn) -> Verdict:
    """Decide about the nomination by what holds now."""
    now = awards.clock()
    definition = definition_at(tx, cycle, now)
    facts = facts_in(rules_of(definition), body)
    return decide(tx, OFFICE["officer"], now, cycle, definition, NOMINATION, purpose, facts)


def test_a_cycle_has_rules_of_its_own_until_it_opens_and_then_only_amends_them(awards: Awards) -> None:
    prepared(awards)
    before = awards.get(AT, "officer")
    assert (before["number"], before["rules"]["rules"][0]["key"], before["warnings"]) == (1, "age", [])
    assert awards.status("GET", AT, "nominator") == 404
    assert amended(awards, born_after("1990-01-01")).json()["type"] == "/problems/cycle-step-forbidden"
    awards.step("chuangxin-4", "open")
    version = awards.get("cycles/chuangxin-4", "officer")["version"]
    refused = awards.ask("PUT", AT, "officer", version, json=born_after("1990-01-01"))
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/cycle-step-forbidden")
    awards.facts()
    made = amended(awards, born_after("1990-01-01"), "2026-12-01")
    assert (made.status_code, made.json()["number"], made.json()["effective_on"]) == (201, 2, "2026-12-01")
    assert awards.types() == ["cycle.amended"]
    again = amended(awards, born_after("1990-01-01"), "2026-12-01")
    assert again.json()["type"] == "/problems/nothing-amended"
    assert [awards.get(f"{AT}?number={n}", None)["words"][0]["words"]["en"][:35] for n in (1, 2)] == [
        "Required: born on or after 1 Januar",
        "Required: born on or after 1 Januar",
    ]
    assert [awards.get(f"{AT}?number={n}", None)["rules"]["rules"][0]["requires"]["on_or_after"] for n in (1, 2)] == [
        "1986-01-01",
        "1990-01-01",
    ]
    latest = awards.get("cycles/chuangxin-4/history", "officer")[0]
    assert (latest["verb"], latest["change"]["reason"], latest["change"]["parts"]) == (
        "cycle.amended",
        "上级通知调整",
        ["eligibility"],
    )


def test_rules_of_a_cycle_are_written_by_its_award_office_alone(awards: Awards) -> None:
    prepared(awards)
    assert awards.status("PUT", AT, "foreign_officer", json=born_after("1990-01-01"), version=1) == 404
    awards.step("chuangxin-4", "open")
    for role, status in (("foreign_officer", 403), ("nominator", 403), (None, 401)):
        assert awards.status("PUT", AT, role, json=born_after("1990-01-01"), version=1) == status
        assert awards.status("GET", f"{AT}/decisions", role) == status
        assert amended(awards, born_after("1990-01-01"), role=role).status_code == status  # type: ignore[arg-type]
    assert awards.status("POST", f"{AT}/check", None, json={}) == 401
    assert awards.status("PUT", AT, "officer", json=born_after("1990-01-01")) == 428


def test_an_amendment_holds_from_its_day_on_in_the_cycles_own_zone(awards: Awards) -> None:
    prepared(awards)
    awards.step("chuangxin-4", "open")
    amended(awards, born_after("1990-01-01"), "2026-11-25")

    def checked() -> Any:
        body = {"answers": {"birth": "1986-01-01"}, "facts": {"sex": "male"}}
        return awards.do("POST", f"{AT}/check", body, "nominator")["answer"]

    awards.clock.turn(days=1, seconds=14 * 3600 + 3599)  # 23:59:59 of the 24th in Shanghai
    assert checked() == "eligible"
    awards.clock.turn(seconds=1)
    assert checked() == "not_eligible"


def test_a_decision_keeps_its_rules_and_the_facts_it_saw(awards: Awards) -> None:
    prepared(awards)
    awards.step("chuangxin-4", "open")
    assert decided(awards) == "eligible"
    before = awards.get(f"{AT}/decisions", "officer")["items"]
    amended(awards, born_after("1990-01-01"))
    assert decided(awards, purpose=Purpose.CHECK) == "not_eligible"
    after = awards.get(f"{AT}/decisions", "officer")["items"]
    assert after[1:] == before
    assert [(each["definition"], each["answer"], each["facts"]["born_on"]) for each in after] == [
        (2, "not_eligible", "1986-01-01"),
        (1, "eligible", "1986-01-01"),
    ]
    assert after[1]["verdict"]["rules"][0]["needed"]["en"] == "born on or after 1 January 1986"
    for wanted in ("purpose=check", "answer=not_eligible"):
        assert awards.get(f"{AT}/decisions?{wanted}", "officer")["items"] == after[:1]
    assert awards.get(f"{AT}/decisions?subject={NOMINATION}&total=true", "officer")["total"] == 2
    deeds = awards.get("cycles/chuangxin-4/history", "officer")
    made = [deed["change"] for deed in deeds if deed["verb"] == "eligibility.decided"]
    assert made[1] == {"nomination": NOMINATION, "purpose": "submission", "answer": "eligible", "definition": 1}


def test_decisions_are_listed_with_as_many_queries_for_one_as_for_thirty(awards: Awards) -> None:
    prepared(awards)
    awards.step("chuangxin-4", "open")
    decided(awards)
    one = awards.queries(f"{AT}/decisions", "officer")
    for _ in range(29):
        decided(awards)
    assert len(awards.get(f"{AT}/decisions", "officer")["items"]) == 30
    assert awards.queries(f"{AT}/decisions", "officer") == one


def test_what_is_decided_in_a_rehearsal_goes_with_it(awards: Awards) -> None:
    prepared(awards)
    copy = awards.do("POST", "cycles/chuangxin-4/rehearsals", None, "officer")
    with awards.db.transaction() as tx:
        cycle = tx.get_one(Cycle, copy["id"])
        decided_in(tx, awards, cycle, Purpose.CHECK, EligibilityCheckIn())
    assert awards.get(f"cycles/{copy['slug']}/eligibility/decisions", "officer")["items"][0]["answer"] == "unknown"
    awards.do("DELETE", f"cycles/{copy['slug']}", None, "officer", version=copy["version"])
    with awards.db.reading() as tx:
        assert tx.scalars(select(Decision)).all() == []


def test_an_amended_rule_never_changes_an_earlier_decision(awards: Awards) -> None:
    prepared(awards)
    awards.step("chuangxin-4", "open")
    kept: dict[str, str] = {}

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(RULES, FACTS, st.sampled_from(Purpose))
    def amend_and_decide(rules: list[dict[str, Any]], known: dict[str, Any], purpose: Purpose) -> None:
        with awards.db.transaction() as tx:
            cycle = tx.scalars(select(Cycle).where(Cycle.slug == "chuangxin-4")).one()
            now = eligibility_in(tx, cycle).rules
            body = AmendRulesIn.model_validate(
                {"rules": {"rules": rules}, "effective_on": "2026-11-01", "reason": "r", "notice": text("n")}
            )
            if now is None or RuleSet.model_validate(now) != body.rules:
                amend_rules(tx, OFFICE["officer"], awards.clock(), cycle.id, cycle.version, body)
            check = EligibilityCheckIn.model_validate({"facts": known})
            decided_in(tx, awards, cycle, purpose, check)
        with awards.db.reading() as tx:
            rows = tx.scalars(select(Decision).order_by(Decision.id)).all()
            kept.setdefault(rows[-1].id, DecisionOut.model_validate(rows[-1]).model_dump_json())
            assert len(rows) == len(kept)
            assert {row.id: DecisionOut.model_validate(row).model_dump_json() for row in rows} == kept

    amend_and_decide()
    assert len(kept) >= 25
