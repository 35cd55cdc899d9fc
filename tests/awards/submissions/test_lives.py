"""The life of what was handed in: taken back, revised, returned with a clock, judged by when it had arrived."""

from datetime import timedelta
from typing import Any

import pytest

from services.awards.nominations.queries import find_nomination
from services.awards.submissions.actions import return_for_correction
from tests.alone import SOCIETY
from tests.awards.nominating import (
    C,
    answer,
    ask_for,
    begin,
    give_notice,
    make_ready,
    open_call,
    path_of,
    submit,
    write,
)
from tests.awards.running import OFFICE, Awards

AT = "2027-01-31T09:00:00.000+00:00"
"""The deadline of the cycle: 17:00 in China."""


def give_back(awards: Awards, nomination: Any, days: float = 3) -> None:
    """Return a nomination for correction."""
    now = awards.clock()
    with awards.db.transaction() as tx:
        found, _ = find_nomination(tx, OFFICE["officer"], nomination["id"])
        return_for_correction(tx, OFFICE["officer"], now, found, now + timedelta(days=days), reasons=["seal"])


def state(awards: Awards, nomination: Any) -> Any:
    """Return a nomination as its unit reads it."""
    return awards.get(path_of(nomination), "nominator")


def withdraw(awards: Awards, nomination: Any) -> Any:
    """Take a nomination back."""
    version = state(awards, nomination)["version"]
    return awards.ask("POST", path_of(nomination, "withdraw"), "nominator", version, json={"reason": "候选人调离"})


def test_withdrawn_the_slot_is_the_units_again(awards: Awards) -> None:
    open_call(awards, slots=1)
    made = make_ready(awards)
    first = submit(awards, made).json()["receipt"]
    assert awards.balances(C)[SOCIETY] == {"": 0}
    awards.facts()
    assert withdraw(awards, made).json()["state"] == "withdrawn"
    assert awards.balances(C)[SOCIETY] == {"": 1}
    assert awards.types() == ["nomination.withdrawn"]
    assert withdraw(awards, made).json()["type"] == "/problems/not-handed-in"
    again = submit(awards, made).json()["receipt"]
    assert (again["number"], again["turn"]) == (first["number"], 2)
    assert awards.balances(C)[SOCIETY] == {"": 0}
    assert awards.status("DELETE", path_of(made), "nominator", version=state(awards, made)["version"]) == 409


def test_revised_it_keeps_its_number_and_gets_another_receipt(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    give_notice(awards, made)
    secret = ask_for(awards, made)["secret"]
    answer(awards, secret)
    first = submit(awards, made).json()
    write(awards, made, state(awards, made)["version"], story="另一个故事")
    answer(awards, secret)
    second = submit(awards, made).json()
    assert (second["receipt"]["number"], second["turn"]) == (first["receipt"]["number"], 2)
    assert second["sha256"] != first["sha256"]
    assert awards.get(path_of(made), "officer")["content"]["story"] == "另一个故事"
    turns = awards.get(path_of(made, "submissions"), "nominator")["items"]
    assert [each["turn"] for each in turns] == [2, 1]
    assert awards.balances(C)[SOCIETY] == {"": 8}


def test_returned_it_comes_back_until_its_clock_has_run_down(awards: Awards) -> None:
    open_call(awards)
    made, late = make_ready(awards), make_ready(awards)
    submit(awards, made)
    submit(awards, late)
    awards.clock.turn(days=60)
    awards.entries()
    give_back(awards, made)
    give_back(awards, late)
    entry = awards.entries()[f"correction-{made['id']}"]
    assert entry["title"]["zh"] == f"第四届全国创新争先奖：补正截止（{C}-people-0001）"
    assert entry["audience"] == {"kind": "organisation", "organisation_id": SOCIETY, "account_ids": []}
    told = state(awards, made)
    assert (told["state"], told["correct_until"] is not None) == ("returned", True)
    awards.clock.turn(days=2)
    again = submit(awards, made)
    assert (again.status_code, again.json()["turn"]) == (200, 2), "the same content may be handed in again"
    assert awards.entries()[f"correction-{made['id']}"]["status"] == "cancelled"
    awards.clock.turn(days=2)
    refused = submit(awards, late)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/correction-over")
    assert (
        write(awards, late, state(awards, late)["version"], story="迟了").json()["type"] == "/problems/correction-over"
    )


@pytest.mark.parametrize(("received", "status"), [(AT, 200), ("2027-01-31T09:00:00.001+00:00", 409)])
def test_the_deadline_is_judged_by_when_the_request_had_arrived(awards: Awards, received: str, status: int) -> None:
    open_call(awards)
    made = make_ready(awards)
    awards.clock.turn(days=90)
    answered = submit(awards, made, headers={"Huitang-Received-At": received})
    assert answered.status_code == status, answered.text
    if status == 200:
        assert answered.json()["receipt"]["received_at"] == received


def test_put_off_for_one_nomination_the_deadline_is_put_off_for_it_alone(awards: Awards) -> None:
    open_call(awards)
    made, other = make_ready(awards), make_ready(awards)
    awards.clock.turn(days=55)
    awards.extend(C, "2027-03-01T17:00", unit_id=SOCIETY, nomination_id=made["id"])
    awards.clock.turn(days=20)
    assert (submit(awards, made).status_code, submit(awards, other).status_code) == (200, 409)


def test_before_the_call_opens_there_are_drafts_only(awards: Awards) -> None:
    open_call(awards)
    awards.clock.turn(days=-9)
    made = begin(awards)
    refused = submit(awards, made)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-open-yet")


def test_a_rehearsal_is_gone_through_by_its_office_and_leaves_nothing(awards: Awards) -> None:
    open_call(awards, unit_notice_days=0)
    copy = awards.do("POST", f"cycles/{C}/rehearsals", None, "officer")
    awards.clock.turn(days=-9)
    awards.step(copy["slug"], "open")
    awards.clock.turn(days=9)
    awards.move(copy["slug"], "allocate", 3, to_unit_id=SOCIETY)
    awards.facts()
    made = begin(awards, "officer", cycle=copy["slug"])
    body = {"role": "candidate", "person": "甲"}
    role = awards.do("POST", path_of(made, "roles"), body, "officer")
    answer(awards, role["secret"])
    assert submit(awards, made, "officer").status_code == 200
    assert awards.types() == []
    assert awards.status("GET", path_of(made), "nominator") == 404, "nobody else sees it"
    assert made["id"] not in {each["id"] for each in awards.get("nominations", "nominator")["items"]}
    assert made["id"] in {each["id"] for each in awards.get("nominations", "officer")["items"]}
