"""A colleague of the unit stands in for a nominator, from a day until a day, and the record says for whom."""

from typing import Any

from shared.caller import Caller
from tests.alone import OTHER, SOCIETY, account
from tests.awards.nominating import C, begin, make_ready, open_call, path_of, submit
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
