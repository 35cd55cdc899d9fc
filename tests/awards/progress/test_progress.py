"""The figures of a cycle: each is the number of what its list holds, and units that are behind are named."""

from typing import Any

import pytest
from sqlalchemy import event

from tests.alone import BRANCH, OTHER, SOCIETY
from tests.awards.checks.checking import both, checked_call, handed_in, queue, say
from tests.awards.lists.test_lists import publish
from tests.awards.nominating import C, begin, path_of
from tests.awards.running import Awards

AT = f"cycles/{C}/progress"


def test_figures_are_those_of_the_lists_behind_them(awards: Awards) -> None:
    checked_call(awards)
    awards.move(C, "allocate", 3, to_unit_id=OTHER)
    awards.move(C, "return", 1, from_unit_id=OTHER)
    passed, returned, waits, gone = (handed_in(awards) for _ in range(4))
    begin(awards)
    both(awards, passed, "pass")
    say(awards, returned, "return")
    say(awards, waits, "pass")
    version = awards.get(path_of(gone), "nominator")["version"]
    awards.do("POST", path_of(gone, "withdraw"), {"reason": "撤回"}, "nominator", version=version)
    told = awards.get(AT, "officer")
    zero = {"waiting": 0, "overdue": 0, "rejected": 0, "listed": 0}
    some = {"drafts": 1, "second": 1, "returned": 1, "passed": 1, "withdrawn": 1}
    assert {name: count for name, count in told.items() if name != "now"} == {
        "given": 11, "submitted": 3, "behind": 2, **zero, **some,
    }  # fmt: skip
    assert queue(awards, "?sort=clock") == [returned["number"]]
    awards.clock.turn(days=20)
    assert (awards.get(AT, "officer")["overdue"], awards.get(AT, "officer")["returned"]) == (1, 0)
    both(awards, returned, "reject")
    say(awards, waits, "pass", "second")
    assert publish(awards).status_code == 201
    assert awards.get(AT, "officer")["listed"] == 2


def test_units_that_are_behind_are_named_with_their_own_deadline(awards: Awards) -> None:
    checked_call(awards, slots=3)
    awards.move(C, "pass_on", 1, from_unit_id=SOCIETY, to_unit_id=BRANCH, role="nominator")
    awards.move(C, "allocate", 2, to_unit_id=OTHER)
    for _ in range(2):
        handed_in(awards)
    later = awards.extend(C, "2027-02-02T17:00:00", unit_id=SOCIETY)
    units = {each["unit_id"]: each for each in awards.get(f"{AT}/units", "officer")["items"]}
    assert {unit: (each["given"], each["submitted"], each["behind"]) for unit, each in units.items()} == {
        SOCIETY: (2, 2, 0), BRANCH: (1, 0, 1), OTHER: (2, 0, 2),
    }  # fmt: skip
    assert {unit: each["until"][:10] for unit, each in units.items()} == {
        SOCIETY: later["until_local"][:10], BRANCH: later["until_local"][:10], OTHER: "2027-01-31",
    }  # fmt: skip
    behind = [each["unit_id"] for each in awards.get(f"{AT}/units?behind=true&below={SOCIETY}", "officer")["items"]]
    assert behind == [BRANCH]


@pytest.mark.sqlite_only("reads how SQLite goes about it")
def test_who_is_behind_is_found_in_one_pass_over_the_ledger(awards: Awards) -> None:
    checked_call(awards)
    awards.get(AT, "officer")
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(awards.db._reader, "before_cursor_execute", note)
    for path in (AT, f"{AT}/units?behind=true"):
        awards.get(path, "officer")
    event.remove(awards.db._reader, "before_cursor_execute", note)
    of_the_ledger = [each for each in asked if "quota_entries" in each[0]]
    with awards.db._reader.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given).all() for sql, given in of_the_ledger]
    assert len(plans) >= 3
    assert [step.detail for plan in plans for step in plan if "CORRELATED" in step.detail] == []


def test_figures_are_asked_for_in_so_many_statements_however_much_there_is(awards: Awards) -> None:
    checked_call(awards)
    handed_in(awards)

    def statements() -> list[int]:
        return [awards.statements(lambda path=path: awards.get(path, "officer")) for path in (AT, f"{AT}/units")]

    statements()  # what is read once and kept
    few = statements()
    awards.move(C, "allocate", 2, to_unit_id=OTHER)
    awards.move(C, "pass_on", 1, from_unit_id=SOCIETY, to_unit_id=BRANCH, role="nominator")
    handed_in(awards)
    assert statements() == few
