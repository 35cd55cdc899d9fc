"""Slots over the tree: allocated, passed on, reserved, returned, transferred; and never more than there are."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.awards.quotas.reactions import on_organisation_merged
from services.awards.quotas.rules import Move, NotBelow, UnitsMissing, check_units
from shared.messages.directory import OrganisationMerged
from shared.text import Text
from shared.tree import put_node
from tests.alone import BRANCH, OTHER, ROOT, SOCIETY, state_of
from tests.awards.running import Awards, moved

C = "chuangxin-4"
AT = f"cycles/{C}/quotas"
UNIT = Text("分会", "Branch")


def refused(awards: Awards, role: str, *moves: dict[str, Any]) -> str:
    """Return why moves are refused."""
    answer = awards.ask("POST", f"{AT}/entries", role, json={"moves": moves})
    return str(answer.json()["type"].removeprefix("/problems/")) if answer.status_code >= 400 else ""


def test_slots_flow_from_the_office_to_a_society_to_its_branch(awards: Awards) -> None:
    awards.draft()
    (made,) = awards.move(C, "allocate", 10, to_unit_id=SOCIETY)
    assert (made["move"], made["from_unit_id"], made["to_unit_id"], made["amount"]) == ("allocate", None, SOCIETY, 10)
    assert (made["made_by"][-1], made["reason"]) == ("2", "首批下达")
    awards.step(C, "open")
    awards.move(C, "pass_on", 4, "nominator", from_unit_id=SOCIETY, to_unit_id=BRANCH)
    awards.move(C, "return", 1, "branch_nominator", from_unit_id=BRANCH, to_unit_id=SOCIETY)
    awards.move(C, "return", 2, "nominator", from_unit_id=SOCIETY)
    awards.move(C, "transfer", 1, from_unit_id=SOCIETY, to_unit_id=OTHER)
    assert awards.balances(C) == {SOCIETY: {"": 4}, BRANCH: {"": 3}, OTHER: {"": 1}}
    told = awards.get(f"{AT}/entries", "officer")["items"]
    assert [entry["move"] for entry in told] == ["transfer", "return", "return", "pass_on", "allocate"]
    deeds = awards.get(f"cycles/{C}/history", "officer")
    assert [
        entry["reason"] for deed in deeds if deed["verb"] == "quota.moved" for entry in deed["change"]["entries"]
    ] == ["首批下达"] * 5


def test_where_no_amount_is_named_it_is_the_usual_one(awards: Awards) -> None:
    awards.draft()
    awards.move(C, "allocate", to_unit_id=SOCIETY)
    assert awards.balances(C) == {SOCIETY: {"": 5}}


def test_nobody_gives_what_is_not_there(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 3, to_unit_id=SOCIETY)
    answer = awards.ask(
        "POST",
        f"{AT}/entries",
        "nominator",
        json={"moves": [moved("pass_on", 4, from_unit_id=SOCIETY, to_unit_id=BRANCH)]},
    )
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/quota-exceeded")
    assert (answer.json()["available"], answer.json()["amount"]) == (3, 4)
    whole = (moved("pass_on", 2, from_unit_id=SOCIETY, to_unit_id=BRANCH), moved("return", 2, from_unit_id=SOCIETY))
    assert refused(awards, "nominator", *whole) == "quota-exceeded"
    assert awards.balances(C) == {SOCIETY: {"": 3}}
    onward = (moved("allocate", 1, to_unit_id=OTHER), moved("return", 1, from_unit_id=OTHER))
    assert refused(awards, "officer", *onward) == ""  # what one move brings, the next may take


def test_the_office_gives_no_more_than_in_all(awards: Awards) -> None:
    awards.opened(programme=awards.defined(definition={"quotas": [{"category": "people", "total": 10, "per_unit": 4}]}))
    awards.move(C, "allocate", 8, to_unit_id=SOCIETY)
    assert refused(awards, "officer", moved("allocate", 3, to_unit_id=OTHER)) == "quota-exceeded"
    awards.move(C, "return", 1, from_unit_id=SOCIETY)
    awards.move(C, "allocate", 3, to_unit_id=OTHER)
    assert refused(awards, "officer", moved("allocate", 1, to_unit_id=OTHER)) == "quota-exceeded"


def test_other_quotas_hold_from_the_day_of_their_amendment(awards: Awards) -> None:
    awards.opened()
    notice = {"effective_on": "2026-12-01", "reason": "调整", "notice": {"zh": "每单位限推3人。"}}
    changes = {"quotas": [{"category": "people", "per_unit": 3}]}
    awards.do("POST", f"cycles/{C}/amendments", notice | {"changes": changes}, "officer", version=2)
    awards.move(C, "allocate", to_unit_id=SOCIETY)
    awards.clock.turn(days=10)
    awards.move(C, "allocate", to_unit_id=OTHER)
    assert awards.balances(C) == {SOCIETY: {"": 5}, OTHER: {"": 3}}


def test_slots_are_kept_for_a_group(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 5, to_unit_id=SOCIETY)
    awards.move(C, "allocate", 1, to_unit_id=SOCIETY, group="women")
    awards.move(C, "reserve", 2, "nominator", from_unit_id=SOCIETY, group="women")
    assert awards.balances(C) == {SOCIETY: {"": 3, "women": 3}}
    awards.move(C, "pass_on", 3, "nominator", from_unit_id=SOCIETY, to_unit_id=BRANCH, group="women")
    release = moved("release", 1, from_unit_id=BRANCH, group="women")
    assert refused(awards, "branch_nominator", release) == "forbidden"  # not by who is bound by it
    awards.move(C, "release", 1, "nominator", from_unit_id=BRANCH, group="women")
    assert awards.balances(C) == {SOCIETY: {"": 3, "women": 0}, BRANCH: {"": 1, "women": 2}}


@pytest.mark.parametrize(
    ("move", "problem"),
    [
        (moved("allocate", 1), "units-missing"),
        (moved("allocate", 1, from_unit_id=SOCIETY, to_unit_id=OTHER), "units-missing"),
        (moved("pass_on", 1, from_unit_id=SOCIETY), "units-missing"),
        (moved("pass_on", 1, from_unit_id=SOCIETY, to_unit_id=OTHER), "not-below"),
        (moved("pass_on", 1, from_unit_id=SOCIETY, to_unit_id=SOCIETY), "not-below"),
        (moved("return", 1, from_unit_id=SOCIETY, to_unit_id=BRANCH), "not-below"),
        (moved("transfer", 1, from_unit_id=SOCIETY, to_unit_id=SOCIETY), "units-missing"),
        (moved("reserve", 1, from_unit_id=SOCIETY), "no-such-group"),
        (moved("reserve", 1, from_unit_id=SOCIETY, to_unit_id=OTHER, group="women"), "units-missing"),
        (moved("reserve", 1, from_unit_id=SOCIETY, group="men"), "no-such-group"),
        (moved("allocate", 1, to_unit_id=SOCIETY, category="teams"), "no-such-category"),
        (moved("allocate", 1, to_unit_id="00000000-0000-7000-8000-0000000000ff"), "not-yet-known"),
        (moved("allocate", 0, to_unit_id=SOCIETY), "invalid-input"),
        (moved("allocate", -5, to_unit_id=SOCIETY), "invalid-input"),
        (moved("allocate", 1, to_unit_id=SOCIETY, reason=""), "invalid-input"),
        (moved("take", 1, from_unit_id=SOCIETY), "invalid-input"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(awards: Awards, move: dict[str, Any], problem: str) -> None:
    awards.opened()
    awards.move(C, "allocate", 5, to_unit_id=SOCIETY)
    assert refused(awards, "officer", move) == problem
    assert awards.balances(C) == {SOCIETY: {"": 5}}


@pytest.mark.parametrize(
    ("move", "allowed"),
    [
        (moved("allocate", 1, to_unit_id=SOCIETY), {"officer"}),
        (moved("pass_on", 1, from_unit_id=SOCIETY, to_unit_id=BRANCH), {"officer", "nominator"}),
        (moved("return", 1, from_unit_id=BRANCH, to_unit_id=SOCIETY), {"officer", "nominator", "branch_nominator"}),
        (moved("reserve", 1, from_unit_id=BRANCH, group="women"), {"officer", "nominator", "branch_nominator"}),
        (moved("release", 1, from_unit_id=BRANCH, group="women"), {"officer", "nominator"}),
        (moved("transfer", 1, from_unit_id=BRANCH, to_unit_id=OTHER), {"officer"}),
        (moved("return", 1, from_unit_id=OTHER), {"officer", "foreign_nominator"}),
    ],
)
def test_who_may_move_slots(awards: Awards, move: dict[str, Any], allowed: set[str]) -> None:
    awards.opened()
    for unit in (SOCIETY, BRANCH, OTHER):
        awards.move(C, "allocate", 20, to_unit_id=unit)
        awards.move(C, "allocate", 20, to_unit_id=unit, group="women")
    roles = ("member", "foreign_officer", "foreign_nominator", "branch_nominator", "nominator", "officer")
    assert {role for role in roles if refused(awards, role, move) == ""} == allowed
    assert {refused(awards, role, move) for role in roles if role not in allowed} == {"forbidden"}


def test_each_sees_what_concerns_their_own_units(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 5, to_unit_id=SOCIETY)
    awards.move(C, "allocate", 5, to_unit_id=OTHER)
    awards.move(C, "pass_on", 2, from_unit_id=SOCIETY, to_unit_id=BRANCH)
    own = {role: set(awards.balances(C, role)) for role in ("nominator", "branch_nominator", "foreign_nominator")}
    assert own == {"nominator": {SOCIETY, BRANCH}, "branch_nominator": {BRANCH}, "foreign_nominator": {OTHER}}
    entries = {role: len(awards.get(f"{AT}/entries", role)["items"]) for role in own}
    assert entries == {"nominator": 2, "branch_nominator": 1, "foreign_nominator": 1}
    assert [awards.status("GET", AT, role) for role in (None, "member", "foreign_officer")] == [401, 403, 403]
    assert set(awards.balances(C, query=f"?below={SOCIETY}")) == {SOCIETY, BRANCH}
    assert set(awards.balances(C, query=f"?unit={OTHER}")) == {OTHER}
    assert len(awards.get(f"{AT}/entries?unit={SOCIETY}&move=allocate&category=people", "officer")["items"]) == 1
    assert awards.ask("GET", f"{AT}?format=csv", "officer").text.count("\n") == 4


def test_a_unit_that_has_ended_is_given_nothing_and_the_one_it_went_into_has_its_slots(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 3, to_unit_id=BRANCH)
    awards.move(C, "allocate", 1, to_unit_id=BRANCH, group="women")
    ended = state_of(BRANCH, SOCIETY, "branch", UNIT, 2)
    fact = OrganisationMerged(
        organisation_id=BRANCH, organisation=ended.model_copy(update={"status": "merged"}), into_id=OTHER
    )
    for _ in range(2):
        with awards.db.transaction() as tx:
            put_node(tx, fact.organisation)
            on_organisation_merged(tx, fact)
    assert awards.balances(C) == {BRANCH: {"": 0, "women": 0}, OTHER: {"": 3, "women": 1}}
    assert refused(awards, "officer", moved("allocate", 1, to_unit_id=BRANCH)) == "unit-ended"


def test_lists_ask_as_often_for_many_as_for_one(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 5, to_unit_id=SOCIETY)
    few = [awards.queries(f"{AT}{rest}", "nominator") for rest in ("", "/entries")]
    for number in range(30):
        unit = f"00000000-0000-7000-8000-0000000001{number:02}"
        with awards.db.transaction() as tx:
            put_node(tx, state_of(unit, SOCIETY, f"unit-{number}", UNIT))
        awards.move(C, "allocate", 5, to_unit_id=unit)
    assert [awards.queries(f"{AT}{rest}", "nominator") for rest in ("", "/entries")] == few


def test_a_rehearsal_has_sample_quotas_and_nothing_else_has(awards: Awards) -> None:
    awards.draft()
    assert awards.ask("POST", f"{AT}/sample", "officer").json()["type"] == "/problems/not-a-rehearsal"
    slug = awards.do("POST", f"cycles/{C}/rehearsals", None, "officer")["slug"]
    awards.do("POST", f"cycles/{slug}/quotas/sample", None, "officer")
    assert awards.balances(slug) == {SOCIETY: {"": 5}, OTHER: {"": 5}}
    awards.do("DELETE", f"cycles/{slug}", None, "officer", version=1)
    assert awards.balances(C) == {}


UNITS = {
    "none": (),
    "root": (ROOT,),
    "society": (ROOT, SOCIETY),
    "branch": (ROOT, SOCIETY, BRANCH),
    "other": (ROOT, OTHER),
}


@given(st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)), st.sampled_from(list(Move)))
def test_slots_pass_down_and_return_up_and_nowhere_else(source: str, target: str, move: Move) -> None:
    try:
        check_units(move, UNITS[source], UNITS[target])
    except (NotBelow, UnitsMissing):
        return
    if move is Move.PASS_ON:
        assert (source, target) in {("root", "society"), ("root", "branch"), ("root", "other"), ("society", "branch")}
    if move is Move.RETURN:
        assert (
            target == "none"
            or target in {"root": (), "society": ("root",), "other": ("root",), "branch": ("root", "society")}[source]
        )


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["allocate", "pass_on", "return", "transfer", "reserve", "release"]), st.integers(1, 6)
        ),
        max_size=12,
    )
)
def test_whatever_is_moved_nothing_is_lost_and_nothing_made(awards: Awards, moves: list[tuple[str, int]]) -> None:
    count = len(awards.get("cycles", "officer")["items"])
    slug = f"cycle-{count}-{len(moves)}"
    awards.opened(slug)
    ends = {
        "allocate": {"to_unit_id": SOCIETY}, "pass_on": {"from_unit_id": SOCIETY, "to_unit_id": BRANCH},
        "return": {"from_unit_id": BRANCH}, "transfer": {"from_unit_id": SOCIETY, "to_unit_id": OTHER},
        "reserve": {"from_unit_id": SOCIETY, "group": "women"}, "release": {"from_unit_id": SOCIETY, "group": "women"},
    }  # fmt: skip
    out = 0
    for move, amount in moves:
        body = {"moves": [moved(move, amount, **ends[move])]}
        if awards.status("POST", f"cycles/{slug}/quotas/entries", "officer", json=body) == 201:
            out += {"allocate": amount, "return": -amount}.get(move, 0)
    has = [balance for unit in awards.balances(slug).values() for balance in unit.values()]
    assert (sum(has), min(has, default=0) >= 0) == (out, True)
