"""Codes stand for slots: given out once, used once, withdrawn; and of many who race for the last slots only so many have one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from services.awards.cycles.models import Cycle
from services.awards.quotas.actions import give_back, take_slot, use_code
from services.awards.quotas.codes import SIGNS, digest_of_code, new_code
from services.awards.quotas.models import QuotaCode
from services.awards.quotas.queries import terms_of
from services.awards.quotas.rules import CodeUnknown, QuotaExceeded
from shared.errors import Refusal
from tests.alone import BRANCH, OTHER, SOCIETY
from tests.at_once import outcomes
from tests.awards.running import OFFICE, Awards, moved

C = "chuangxin-4"
AT = f"cycles/{C}/codes"
TAKERS = 100


def nomination(number: int) -> str:
    """Return the id of a nomination."""
    return f"00000000-0000-7000-a000-{number:012}"


def give(awards: Awards, role: str = "nominator", **values: Any) -> Any:
    """Give out codes of the society."""
    return awards.do("POST", AT, {"unit_id": SOCIETY, "category": "people"} | values, role)["codes"]


def use(awards: Awards, words: str, number: int = 1) -> str:
    """Return what is said of using a code for a nomination."""
    try:
        with awards.db.transaction() as tx:
            use_code(tx, words, nomination(number), awards.clock())
    except Refusal as refusal:
        return refusal.slug()
    return "used"


def take(awards: Awards, number: int, groups: tuple[str, ...] = (), unit: str = SOCIETY) -> str:
    """Return what is said of taking a slot for a nomination: the group that it came from, or why there is none."""
    try:
        with awards.db.transaction() as tx:
            cycle = tx.query(Cycle).one()
            terms = terms_of(tx, cycle, awards.clock())
            account = (unit, "people", groups)
            made = take_slot(tx, OFFICE["nominator"], awards.clock(), cycle, terms, *account, nomination(number))
            return "had" if made is None else f"taken {made}".strip()
    except QuotaExceeded:
        return "none left"


def back(awards: Awards, number: int) -> None:
    """Give the slot of a nomination back."""
    with awards.db.transaction() as tx:
        give_back(tx, OFFICE["nominator"], awards.clock(), tx.query(Cycle).one(), nomination(number))


def test_a_request_for_codes_that_is_repeated_is_told_that_they_were_shown(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 3, to_unit_id=SOCIETY)
    body, key = {"unit_id": SOCIETY, "category": "people"}, {"Idempotency-Key": "codes"}
    answers = [awards.ask("POST", AT, "nominator", json=body, headers=key) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 409]
    assert answers[1].json()["type"] == "/problems/shown-once"
    assert awards.balances(C) == {SOCIETY: {"": 2}}


def test_a_code_is_shown_once_and_kept_as_a_hash(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 3, to_unit_id=SOCIETY)
    answer = awards.ask(
        "POST", AT, "nominator", json={"unit_id": SOCIETY, "category": "people", "count": 2, "note": "张三"}
    )
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    first, second = answer.json()["codes"]
    assert len({first["code"], second["code"]}) == 2
    told = awards.get(AT, "nominator")["items"]
    assert [(code["ending"], "code" in code) for code in told] == [
        (second["code"][-4:], False),
        (first["code"][-4:], False),
    ]
    with awards.db.reading() as tx:
        kept = [str(vars(code)) + code.digest for code in tx.query(QuotaCode)]
    assert [code for code in (first, second) for row in kept if code["code"] in row] == []
    assert awards.balances(C) == {SOCIETY: {"": 1}}
    assert [entry["move"] for entry in awards.get(f"cycles/{C}/quotas/entries", "nominator")["items"]] == [
        "code",
        "code",
        "allocate",
    ]


def test_a_code_is_read_however_it_is_written() -> None:
    code = new_code()
    signs = code.replace("-", "")
    assert (len(signs), set(signs) <= set(SIGNS)) == (16, True)
    for words in (
        signs,
        code.lower(),
        f" {code} ",
        code.replace("-", " "),
        code.replace("-", "—"),
        code.replace("0", "o").replace("1", "l"),
    ):
        assert digest_of_code(words) == digest_of_code(code)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in signs)
    assert digest_of_code(wide) == digest_of_code(code)


def test_a_code_is_used_once(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 1, to_unit_id=SOCIETY)
    (code,) = give(awards)
    assert [use(awards, code["code"]), use(awards, code["code"]), use(awards, code["code"], 2)] == [
        "used",
        "used",
        "code-used",
    ]
    assert use(awards, "7KQM-2XR8-00PF-VTNE") == CodeUnknown.slug()
    answer = awards.ask("POST", f"{AT}/{code['id']}/withdraw", "nominator", version=2, json={"reason": "误发"})
    assert answer.json()["type"] == "/problems/code-used"
    assert take(awards, 1) == "had"
    assert [len(awards.get(f"{AT}?state={state}", "officer")["items"]) for state in ("free", "used", "withdrawn")] == [
        0,
        1,
        0,
    ]
    back(awards, 1)
    back(awards, 1)
    assert (awards.balances(C), use(awards, code["code"], 3)) == ({SOCIETY: {"": 1}}, "code-withdrawn")


def test_a_withdrawn_code_gives_its_slot_back(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 1, to_unit_id=SOCIETY, group="women")
    answer = awards.ask("POST", AT, "nominator", json={"unit_id": SOCIETY, "category": "people"})
    assert answer.json()["type"] == "/problems/quota-exceeded"
    (code,) = give(awards, group="women")
    assert awards.balances(C) == {SOCIETY: {"women": 0}}
    path = f"{AT}/{code['id']}/withdraw"
    assert awards.status("POST", path, "nominator", json={"reason": "误发"}) == 428
    ended = awards.do("POST", path, {"reason": "误发"}, "nominator", version=1)
    assert (ended["withdrawn_at"], ended["version"]) == ("2026-11-23T01:00:00Z", 2)
    assert (awards.balances(C), use(awards, code["code"])) == ({SOCIETY: {"women": 1}}, "code-withdrawn")
    again = awards.ask("POST", path, "nominator", version=2, json={"reason": "误发"})
    assert (again.status_code, again.json()["type"]) == (410, "/problems/code-withdrawn")


def test_only_those_who_work_for_a_unit_give_out_its_codes_and_see_them(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 9, to_unit_id=SOCIETY)
    awards.move(C, "allocate", 9, to_unit_id=BRANCH)
    body = {"unit_id": SOCIETY, "category": "people"}
    said = {
        role: awards.status("POST", AT, role, json=body)
        for role in (None, "member", "foreign_nominator", "branch_nominator", "nominator", "officer")
    }
    assert said == {
        None: 401,
        "member": 403,
        "foreign_nominator": 403,
        "branch_nominator": 403,
        "nominator": 201,
        "officer": 201,
    }
    (own,) = give(awards, "nominator", unit_id=BRANCH)
    seen = {
        role: len(awards.get(AT, role)["items"])
        for role in ("officer", "nominator", "branch_nominator", "foreign_nominator")
    }
    assert seen == {"officer": 3, "nominator": 3, "branch_nominator": 1, "foreign_nominator": 0}
    assert [awards.status("GET", f"{AT}/{own['id']}", role) for role in ("branch_nominator", "foreign_nominator")] == [
        200,
        404,
    ]
    assert (
        awards.status("POST", f"{AT}/{own['id']}/withdraw", "foreign_nominator", version=1, json={"reason": "x"}) == 404
    )
    assert awards.status("GET", AT, "member") == 403


def test_where_there_are_no_quotas_codes_are_free(awards: Awards) -> None:
    awards.opened(programme=awards.defined(definition={"quotas": []}))
    (code,) = give(awards)
    assert take(awards, 5) == "had"
    awards.do("POST", f"{AT}/{code['id']}/withdraw", {"reason": "误发"}, "nominator", version=1)
    assert awards.get(f"cycles/{C}/quotas/entries", "officer")["items"] == []
    teams = {"moves": [moved("allocate", 1, to_unit_id=SOCIETY)]}
    assert (
        awards.ask("POST", f"cycles/{C}/quotas/entries", "officer", json=teams).json()["type"]
        == "/problems/no-such-category"
    )
    assert awards.status("POST", AT, "nominator", json={"unit_id": SOCIETY, "category": "teams"}) == 422


def test_a_candidate_has_a_slot_of_their_group_before_one_of_anybodys(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 2, to_unit_id=SOCIETY)
    awards.move(C, "allocate", 1, to_unit_id=SOCIETY, group="women")
    said = [
        take(awards, 1, ("women",)),
        take(awards, 1, ("women",)),
        take(awards, 2, ("women",)),
        take(awards, 3),
        take(awards, 4),
    ]
    assert said == ["taken women", "had", "taken", "taken", "none left"]
    back(awards, 1)
    back(awards, 1)
    assert awards.balances(C) == {SOCIETY: {"": 0, "women": 1}}
    assert [take(awards, 4), take(awards, 5, ("women",))] == ["none left", "taken women"]
    (account,) = [a for a in awards.get(f"cycles/{C}/quotas", "officer")["items"][0]["accounts"] if a["group"] == ""]
    assert account == {"category": "people", "group": "", "received": 2, "passed": 0, "used": 2, "balance": 0}


def test_of_many_who_ask_for_codes_at_once_only_so_many_get_one(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 3, to_unit_id=SOCIETY)
    body = {"unit_id": SOCIETY, "category": "people"}
    answers = awards.ask_at_once("nominator", [{"method": "POST", "path": AT, "json": body}] * TAKERS)
    assert outcomes(answers) == [(201, "")] * 3 + [(409, "/problems/quota-exceeded")] * (TAKERS - 3)
    assert awards.balances(C) == {SOCIETY: {"": 0}}


def test_of_many_who_submit_at_once_only_so_many_have_a_slot(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 3, to_unit_id=SOCIETY)
    threads = 10
    start = Barrier(threads)

    def some(first: int) -> list[str]:
        start.wait()
        return [take(awards, number) for number in range(first, TAKERS, threads)]

    with ThreadPoolExecutor(threads) as pool:
        said = [word for words in pool.map(some, range(threads)) for word in words]
    assert {word: said.count(word) for word in set(said)} == {"taken": 3, "none left": TAKERS - 3}


def test_two_units_race_for_the_last_slot_of_the_office(awards: Awards) -> None:
    awards.opened(programme=awards.defined(definition={"quotas": [{"category": "people", "total": 3}]}))
    requests = [
        {
            "method": "POST",
            "path": f"cycles/{C}/quotas/entries",
            "json": {"moves": [moved("allocate", 1, to_unit_id=unit)]},
        }
        for unit in (SOCIETY, OTHER) * 5
    ]
    answers = awards.ask_at_once("officer", requests)
    assert outcomes(answers) == [(201, "")] * 3 + [(409, "/problems/quota-exceeded")] * 7
    assert sum(sum(unit.values()) for unit in awards.balances(C).values()) == 3


def test_slots_crossing_between_two_units_wait_for_each_other_and_never_for_ever(awards: Awards) -> None:
    awards.opened()
    for unit in (SOCIETY, OTHER):
        awards.move(C, "allocate", 20, to_unit_id=unit)
    there = moved("transfer", 1, from_unit_id=SOCIETY, to_unit_id=OTHER)
    back_again = moved("transfer", 1, from_unit_id=OTHER, to_unit_id=SOCIETY)
    requests = [
        {"method": "POST", "path": f"cycles/{C}/quotas/entries", "json": {"moves": pair}}
        for pair in ([there, back_again], [back_again, there]) * 10
    ]
    assert outcomes(awards.ask_at_once("officer", requests)) == [(201, "")] * 20
    assert awards.balances(C) == {SOCIETY: {"": 20}, OTHER: {"": 20}}


def test_of_two_who_use_one_code_at_once_one_does(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 1, to_unit_id=SOCIETY)
    (code,) = give(awards)
    start = Barrier(8)

    def at_once(number: int) -> str:
        start.wait()
        return use(awards, code["code"], number)

    with ThreadPoolExecutor(8) as pool:
        said = sorted(pool.map(at_once, range(8)))
    assert said == ["code-used"] * 7 + ["used"]


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_no_codes_are_given_out_unless_the_call_is_open(awards: Awards, state: str) -> None:
    awards.draft()
    awards.move(C, "allocate", 1, to_unit_id=SOCIETY)
    if state == "closed":
        awards.step(C, "open")
        awards.clock.turn(days=100)
        awards.step(C, "close")
    answer = awards.ask("POST", AT, "officer", json={"unit_id": SOCIETY, "category": "people"})
    assert answer.json()["type"] == "/problems/cycle-step-forbidden"


def test_a_list_of_codes_asks_as_often_for_many_as_for_one(awards: Awards) -> None:
    awards.opened()
    awards.move(C, "allocate", 40, to_unit_id=SOCIETY)
    give(awards)
    few = awards.queries(AT, "nominator")
    give(awards, count=30)
    assert awards.queries(AT, "nominator") == few
