"""A colleague of the unit stands in for a nominator, from a day until a day, and the record says for whom."""

from typing import Any

import pytest

from shared.caller import Caller
from tests.alone import OTHER, SOCIETY, account
from tests.awards.nominating import C, begin, give_notice, make_ready, open_call, path_of, submit, write
from tests.awards.running import OFFICE, Awards

LEAVE = {"unit_id": SOCIETY, "deputy_id": account(6), "from_on": "2026-12-05", "until_on": "2026-12-20"}


def name(awards: Awards, role: str = "nominator", **values: Any) -> Any:
    """Let the member of the society stand in."""
    return awards.ask("POST", "deputies", role, json=LEAVE | values)


def test_a_colleague_does_the_work_on_those_days_alone(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    assert name(awards).status_code == 201
    assert awards.status("GET", path_of(made), "member") == 404
    awards.clock.turn(days=2)
    told = awards.get(path_of(made), "member")
    assert told["part"] == "unit"
    assert [each["id"] for each in awards.get("nominations", "member")["items"]] == [made["id"]]
    assert begin(awards, "member")["part"] == "unit"
    receipt = submit(awards, made, "member").json()
    assert (receipt["made_by"], receipt["stands_in_for"]) == (account(6), OFFICE["nominator"].account_id)
    deeds = awards.get(f"cycles/{C}/history", "officer")
    (submitted,) = [each for each in deeds if each["verb"] == "nomination.submitted"]
    assert (submitted["actor"], submitted["change"]["stands_in_for"]) == (account(6), OFFICE["nominator"].account_id)
    awards.clock.turn(days=16)
    assert awards.status("GET", path_of(made), "member") == 404


def test_only_who_belongs_to_the_unit_stands_in(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    awards.extra["stranger"] = Caller(account(9), organisation=OTHER)
    assert name(awards, deputy_id=account(9), from_on="2026-12-03").status_code == 201
    assert awards.status("GET", path_of(made), "stranger") == 404


def test_ended_they_stand_in_no_longer(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    deputy = name(awards, from_on="2026-12-03").json()
    assert awards.status("GET", path_of(made), "member") == 200
    assert awards.status("POST", f"deputies/{deputy['id']}/end", "member", version=1) == 403
    awards.do("POST", f"deputies/{deputy['id']}/end", None, "nominator", version=1)
    assert awards.status("GET", path_of(made), "member") == 404
    assert awards.status("POST", f"deputies/{deputy['id']}/end", "nominator", version=2) == 409


def test_what_is_refused(awards: Awards) -> None:
    open_call(awards)
    for values, status in (
        ({"deputy_id": OFFICE["nominator"].account_id}, 422),
        ({"from_on": "2026-12-02"}, 422),
        ({"until_on": "2026-12-04"}, 422),
        ({"until_on": "2028-12-04"}, 422),
        ({"unit_id": OTHER}, 403),
    ):
        assert name(awards, **values).status_code == status, values
    assert name(awards, "member").status_code == 403


def begin_with_code(awards: Awards, role: str) -> Any:
    """Let somebody begin their own nomination with a code of the society."""
    (code,) = awards.do("POST", f"cycles/{C}/codes", {"unit_id": SOCIETY, "category": "people"}, "officer")["codes"]
    body = {"code": code["code"], "content": {"name": "甲", "birth": "1980-01-01"}}
    return awards.do("POST", "nominations/with-code", body, role)


def consent(awards: Awards, made: Any, role: str) -> Any:
    """Let somebody consent to a nomination as if it were their own."""
    covers = awards.get(path_of(made, "consent"), role)["covers"]
    return awards.ask("POST", path_of(made, "consent"), role, json={"answer": "consent", "covers": covers})


@pytest.mark.parametrize(("role", "stands_in"), [("member", True), ("nominator", False)])
def test_a_candidate_who_works_for_the_unit_acts_as_both(awards: Awards, role: str, stands_in: bool) -> None:
    open_call(awards)
    if stands_in:
        name(awards, from_on="2026-12-03")
    made = begin_with_code(awards, role)
    assert (made["part"], made["own"]) == ("unit", True)
    assert [each["own"] for each in awards.get("nominations", role)["items"]] == [True]
    assert consent(awards, made, role).json()["state"] == "consented"
    give_notice(awards, made)
    receipt = submit(awards, made, role).json()
    assert receipt["stands_in_for"] == (OFFICE["nominator"].account_id if stands_in else None)
    assert write(awards, made, 2, role, story="单位可以写").status_code == 200, "as its unit may"
    assert awards.ask("POST", path_of(made, "check/take"), role, json={}).status_code == 403, "as neither may"
    deeds = {each["verb"]: each["change"] for each in awards.get(f"cycles/{C}/history", "officer")}
    own = [deeds[verb].get("stands_in_for") for verb in ("nomination.begun", "role.answered")]
    assert own == [None, None], "a candidate does that for nobody else"


def test_who_works_for_the_unit_alone_does_not_consent_for_the_candidate(awards: Awards) -> None:
    open_call(awards)
    made = begin_with_code(awards, "member")
    assert awards.get(path_of(made), "nominator")["own"] is False
    assert consent(awards, made, "nominator").status_code == 403
    assert consent(awards, made, "member").status_code == 200


def test_an_officer_stays_the_candidate_of_their_own(awards: Awards) -> None:
    open_call(awards)
    made = begin_with_code(awards, "officer")
    consent(awards, made, "officer")
    give_notice(awards, made)
    assert submit(awards, made).status_code == 200
    told = awards.get(path_of(made), "officer")
    assert (told["part"], told["own"]) == ("candidate", True)
    awards.do("POST", path_of(made, "withdraw"), {"reason": "补充材料"}, "nominator", version=told["version"])
    version = awards.get(path_of(made), "officer")["version"]
    assert write(awards, made, version, "officer", story="候选人可以写").status_code == 200
