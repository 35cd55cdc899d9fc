"""Races while nominations are handed in: slots are never given twice, and one key gives one receipt."""

from typing import Any

from tests.alone import SOCIETY
from tests.awards.nominating import ORGANISATIONS, begin, make_ready, open_call, path_of
from tests.awards.running import Awards

MANY, SLOTS = 100, 3


def test_a_hundred_for_the_last_three_slots_take_three(awards: Awards) -> None:
    open_call(awards, slots=SLOTS, unit_notice_days=0, categories=[ORGANISATIONS])
    made = [begin(awards, content={"name": f"基地{number}", "birth": "1990-01-01"}) for number in range(MANY)]
    requests: list[dict[str, Any]] = [
        {"method": "POST", "path": path_of(each, "submission"), "version": 1} for each in made
    ]
    answers = awards.ask_at_once("nominator", requests)
    taken = [answer.json()["receipt"]["number"] for answer in answers if answer.status_code == 200]
    refused = {answer.json()["type"] for answer in answers if answer.status_code != 200}
    assert (len(taken), len(set(taken)), refused) == (SLOTS, SLOTS, {"/problems/quota-exceeded"})
    assert awards.balances("chuangxin-4")[SOCIETY] == {"": 0}
    states = [awards.get(path_of(each), "nominator")["state"] for each in made]
    assert (states.count("submitted"), states.count("draft")) == (SLOTS, MANY - SLOTS)


def test_ten_times_with_one_key_at_once_give_one_receipt(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    awards.facts()
    request = {
        "method": "POST",
        "path": path_of(made, "submission"),
        "version": 1,
        "headers": {"Idempotency-Key": "one"},
    }
    answers = awards.ask_at_once("nominator", [dict(request) for _ in range(10)])
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert awards.types() == ["nomination.submitted"]
    assert len(awards.get(path_of(made, "submissions"), "nominator")["items"]) == 1


def test_ten_times_without_a_key_give_one_receipt_too(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    answers = awards.ask_at_once(
        "nominator", [{"method": "POST", "path": path_of(made, "submission"), "version": 1} for _ in range(10)]
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["receipt"]["signature"] for answer in answers}) == 1
