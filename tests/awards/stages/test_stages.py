"""Stages of cycles: dated, told to calendars, and put off for all, for one unit, for one nomination."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import check_submission, deadline_for
from services.awards.cycles.rules import DeadlinePassed, NotOpenYet
from services.awards.programmes.rules import StageKind
from shared.tree import path_of
from tests.alone import BRANCH, OTHER, ROOT, SOCIETY
from tests.awards.running import Awards

NOMINATION = "00000000-0000-7000-a000-000000000001"
AT = "cycles/chuangxin-4"


def change(awards: Awards, kind: str, body: dict[str, Any]) -> Any:
    """Ask for a change of the stage of a kind."""
    stage = awards.stage("chuangxin-4", kind)
    return awards.ask("PATCH", f"{AT}/stages/{stage['id']}", "officer", version=stage["version"], json=body)


def deadline(awards: Awards, unit: str, nomination: str | None = None) -> datetime:
    """Return when the submission deadline of a unit, or a nomination of it, ends."""
    with awards.db.reading() as tx:
        cycle = tx.query(Cycle).one()
        planned = deadline_for(tx, cycle, StageKind.SUBMISSION_DEADLINE, path_of(tx, unit), nomination)
    assert planned is not None
    return planned.utc()


def submit(awards: Awards, at: str, unit: str = SOCIETY) -> str:
    """Return what is said of something that arrives at an instant."""
    with awards.db.reading() as tx:
        try:
            check_submission(tx, tx.query(Cycle).one(), unit, datetime.fromisoformat(at))
        except (DeadlinePassed, NotOpenYet) as refusal:
            return refusal.slug()
    return "in time"


def test_a_cycle_begins_with_the_stages_of_its_programme(awards: Awards) -> None:
    awards.draft()
    listed = awards.get(f"{AT}/stages", "officer")["items"]
    assert [(stage["kind"], stage["at_local"]) for stage in listed] == [
        ("call_opens", "2026-12-01T09:00:00"), ("unit_deadline", "2027-01-10T17:00:00"),
        ("submission_deadline", "2027-01-31T17:00:00"), ("notice", None),
    ]  # fmt: skip
    assert {stage["zone"] for stage in listed} == {"Asia/Shanghai", None}


def test_nothing_is_told_to_calendars_before_a_cycle_opens(awards: Awards) -> None:
    awards.draft()
    assert awards.entries() == {}
    awards.step("chuangxin-4", "open")
    entries = awards.entries()
    told = entries[f"stage-{awards.stage('chuangxin-4', 'submission_deadline')['id']}"]
    assert (told["kind"], told["sequence"], told["start_local"], told["end_local"], told["zone"]) == (
        "deadline", 0, "2027-01-31T17:00:00", "2027-01-31T17:00:00", "Asia/Shanghai",
    )  # fmt: skip
    assert told["title"] == {"zh": "第四届全国创新争先奖：提交截止", "en": "The Fourth Award: Submission deadline"}
    assert [topic["slug"] for topic in told["topics"]] == ["chuangxin-4", "p-chuangxin-4", "association", "deadline"]
    assert sorted(entry["kind"] for entry in entries.values()) == ["call", "deadline", "deadline"]


def test_a_stage_is_dated_later_and_called_off(awards: Awards) -> None:
    awards.opened()
    awards.facts()
    assert change(awards, "notice", {"on": "2027-05-10"}).json()["type"] == "/problems/reason-missing"
    assert change(awards, "notice", {"on": "2027-05-10", "until_on": "2027-05-14", "reason": "已定"}).status_code == 200
    (entry,) = awards.entries().values()
    assert (entry["kind"], entry["start_on"], entry["end_on"], entry["sequence"]) == (
        "notice",
        "2027-05-10",
        "2027-05-14",
        0,
    )
    assert change(awards, "notice", {"on": "2027-05-11", "reason": "顺延"}).status_code == 200
    (moved,) = awards.entries().values()
    assert (moved["entry_id"], moved["sequence"]) == (entry["entry_id"], 1)
    assert change(awards, "notice", {"status": "cancelled", "reason": "取消"}).status_code == 200
    assert [(e["status"], e["sequence"]) for e in awards.entries().values()] == [("cancelled", 2)]
    stage = awards.stage("chuangxin-4", "notice")
    answer = awards.ask("DELETE", f"{AT}/stages/{stage['id']}", "officer", version=stage["version"])
    assert answer.json()["type"] == "/problems/was-announced"


def test_stages_are_added_and_removed(awards: Awards) -> None:
    awards.draft()
    body = {"kind": "review", "title": {"zh": "会评"}, "on": "2027-04-01", "until_on": "2027-04-02"}
    made = awards.do("POST", f"{AT}/stages", body, "officer")
    assert awards.get(f"{AT}/stages/{made['id']}", "officer") == made
    assert awards.status("DELETE", f"{AT}/stages/{made['id']}", "officer", version=1) == 204
    assert awards.status("GET", f"{AT}/stages/{made['id']}", "officer") == 404
    awards.step("chuangxin-4", "open")
    assert awards.ask("POST", f"{AT}/stages", "officer", json=body).json()["type"] == "/problems/reason-missing"
    assert awards.status("POST", f"{AT}/stages", "officer", json=body | {"reason": "增加会评"}) == 201
    assert awards.status("POST", f"{AT}/stages", "nominator", json=body | {"reason": "x"}) == 403
    backwards = {"kind": "other", "on": "2027-04-02", "until_on": "2027-04-01", "reason": "x"}
    assert awards.ask("POST", f"{AT}/stages", "officer", json=backwards).json()["type"] == "/problems/dates-backwards"


@pytest.mark.parametrize("at", ["2027-01-20T17:00", "2027-02-20T17:00"])
def test_an_announced_deadline_is_only_extended(awards: Awards, at: str) -> None:
    awards.opened()
    answer = change(awards, "submission_deadline", {"at_local": at, "reason": "调整"})
    assert answer.json()["type"] == "/problems/extend-instead"
    renamed = change(awards, "submission_deadline", {"title": {"zh": "网上提交截止"}, "reason": "措辞"})
    assert renamed.status_code == 200


def test_an_extension_for_all_moves_the_entry(awards: Awards) -> None:
    awards.opened()
    before = awards.entries()
    made = awards.extend("chuangxin-4", "2027-02-10T17:00", notice={"zh": "因系统故障延期。", "en": "An outage."})
    assert (made["was_local"], made["until_local"], made["unit_id"]) == (
        "2027-01-31T17:00:00",
        "2027-02-10T17:00:00",
        None,
    )
    ((entry_id, entry),) = awards.entries().items()
    assert (entry["sequence"], before[entry_id]["sequence"]) == (1, 0)
    assert (entry["start_local"], entry["audience"]["kind"]) == ("2027-02-10T17:00:00", "public")
    assert (
        entry["description"]["zh"]
        == "原定 2027-01-31 17:00 Asia/Shanghai，延至 2027-02-10 17:00 Asia/Shanghai。因系统故障延期。"
    )
    assert awards.stage("chuangxin-4", "submission_deadline")["at_local"] == "2027-02-10T17:00:00"
    awards.extend("chuangxin-4", "2027-02-20T17:00")
    assert [entry["sequence"] for entry in awards.entries().values()] == [2]
    assert [deed["verb"] for deed in awards.get(f"{AT}/history", "officer")][:2] == ["deadline.extended"] * 2


def test_an_extension_for_one_unit_is_its_own_and_that_of_units_below(awards: Awards) -> None:
    awards.opened()
    awards.facts()
    made = awards.extend("chuangxin-4", "2027-02-05T12:00", unit_id=SOCIETY)
    ((entry_id, entry),) = awards.entries().items()
    assert (entry_id, entry["sequence"]) == (f"extension-{made['id']}", 0)
    assert entry["audience"] == {"kind": "organisation", "organisation_id": SOCIETY, "account_ids": []}
    assert awards.stage("chuangxin-4", "submission_deadline")["at_local"] == "2027-01-31T17:00:00"
    usual, later = datetime(2027, 1, 31, 9, tzinfo=UTC), datetime(2027, 2, 5, 4, tzinfo=UTC)
    assert [deadline(awards, unit) for unit in (ROOT, OTHER, SOCIETY, BRANCH)] == [usual, usual, later, later]
    awards.extend("chuangxin-4", "2027-02-06T12:00", unit_id=OTHER, nomination_id=NOMINATION)
    assert deadline(awards, OTHER) == usual
    assert deadline(awards, OTHER, NOMINATION) == datetime(2027, 2, 6, 4, tzinfo=UTC)
    assert deadline(awards, SOCIETY, NOMINATION) == later
    seen = {
        role: len(awards.get(f"{AT}/extensions", role)["items"])
        for role in ("officer", "nominator", "branch_nominator", "member")
    }
    assert seen == {"officer": 2, "nominator": 1, "branch_nominator": 0, "member": 0}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"until_local": "2027-01-31T17:00"}, "not-later"),
        ({"until_local": "2027-01-30T17:00"}, "not-later"),
        ({"kind": "call_opens"}, "no-deadline"),
        ({"kind": "notice"}, "no-deadline"),
        ({"nomination_id": NOMINATION}, "unit-unnamed"),
        ({"unit_id": NOMINATION}, "not-yet-known"),
        ({"reason": ""}, "invalid-input"),
    ],
)
def test_an_extension_that_is_none_is_refused(awards: Awards, change: dict[str, Any], problem: str) -> None:
    awards.opened()
    values = {"kind": "submission_deadline", "until_local": "2027-03-01T17:00", "reason": "事由"} | change
    stage = awards.stage("chuangxin-4", values.pop("kind"))
    answer = awards.ask("POST", f"{AT}/extensions", "officer", json=values | {"stage_id": stage["id"]})
    assert (answer.status_code >= 400, answer.json()["type"]) == (True, f"/problems/{problem}")
    assert awards.get(f"{AT}/extensions", "officer")["items"] == []


def test_what_is_past_is_extended_into_what_lies_ahead(awards: Awards) -> None:
    awards.opened()
    awards.clock.turn(days=80)  # the eleventh of February
    stage = awards.stage("chuangxin-4", "submission_deadline")["id"]
    body = {"stage_id": stage, "until_local": "2027-02-10T17:00", "reason": "事由"}
    assert awards.ask("POST", f"{AT}/extensions", "officer", json=body).json()["type"] == "/problems/not-later"
    awards.extend("chuangxin-4", "2027-02-28T17:00", unit_id=SOCIETY)
    version = awards.get(AT, "officer")["version"]
    assert awards.status("POST", f"{AT}/close", "officer", version=version) == 409
    awards.clock.turn(days=18)
    awards.step("chuangxin-4", "close")
    late = awards.ask("POST", f"{AT}/extensions", "officer", json=body | {"until_local": "2027-04-01T17:00"})
    assert late.json()["type"] == "/problems/cycle-step-forbidden"


def test_in_time_is_what_has_arrived_at_the_second_itself(awards: Awards) -> None:
    awards.opened()
    assert submit(awards, "2026-12-01T00:59:59+00:00") == "not-open-yet"
    assert submit(awards, "2026-12-01T01:00:00+00:00") == "in time"
    assert submit(awards, "2027-01-31T09:00:00+00:00") == "in time"
    assert submit(awards, "2027-01-31T09:00:00.000001+00:00") == "deadline-passed"
    awards.extend("chuangxin-4", "2027-02-05T12:00", unit_id=SOCIETY)
    assert submit(awards, "2027-02-05T04:00:00+00:00", BRANCH) == "in time"
    assert submit(awards, "2027-02-05T04:00:00+00:00", OTHER) == "deadline-passed"


def test_a_stale_change_of_a_stage_is_refused(awards: Awards) -> None:
    awards.draft()
    stage = awards.stage("chuangxin-4", "notice")
    awards.do("PATCH", f"{AT}/stages/{stage['id']}", {"on": "2027-05-10"}, "officer", version=1)
    stale = awards.ask("PATCH", f"{AT}/stages/{stage['id']}", "officer", version=1, json={"on": "2027-05-11"})
    assert (stale.status_code, stale.json()["now"]["on"]) == (412, "2027-05-10")
    gap = {"at_local": "2027-03-28T02:30", "zone": "Europe/Berlin", "on": None}
    answer = awards.ask("PATCH", f"{AT}/stages/{stage['id']}", "officer", version=2, json=gap)
    assert answer.json()["type"] == "/problems/no-such-wall-time"


def test_lists_of_stages_ask_as_often_for_many_as_for_one(awards: Awards) -> None:
    awards.draft()
    few = awards.queries(f"{AT}/stages", "officer")
    for day in range(1, 31):
        awards.do("POST", f"{AT}/stages", {"kind": "other", "on": f"2027-06-{day:02}"}, "officer")
    assert awards.queries(f"{AT}/stages", "officer") == few
    awards.step("chuangxin-4", "open")
    awards.extend("chuangxin-4", "2027-02-05T12:00", unit_id=SOCIETY)
    few = awards.queries(f"{AT}/extensions", "nominator")
    for day in range(6, 25):
        awards.extend("chuangxin-4", f"2027-02-{day:02}T12:00", unit_id=SOCIETY)
    assert awards.queries(f"{AT}/extensions", "nominator") == few


def test_whoever_asks_is_told_the_deadlines_that_hold_for_them(awards: Awards) -> None:
    awards.opened()
    announced = awards.get(f"{AT}/deadlines", None)
    assert announced["now"] == "2026-11-23T01:00:00Z"
    assert [(each["kind"], each["until_at"], each["put_off"]) for each in announced["deadlines"]] == [
        ("unit_deadline", "2027-01-10T09:00:00Z", False), ("submission_deadline", "2027-01-31T09:00:00Z", False),
    ]  # fmt: skip
    assert announced["deadlines"][1]["title"] == {"zh": "提交截止", "en": "Submission deadline"}
    awards.extend("chuangxin-4", "2027-02-05T12:00", unit_id=SOCIETY)
    assert awards.get(f"{AT}/deadlines", None) == announced
    for role, unit in (("nominator", SOCIETY), ("branch_nominator", BRANCH), ("officer", BRANCH)):
        own = awards.get(f"{AT}/deadlines?unit_id={unit}", role)["deadlines"][1]
        assert (own["until_local"], own["zone"], own["put_off"]) == ("2027-02-05T12:00:00", "Asia/Shanghai", True)
    said = [
        awards.status("GET", f"{AT}/deadlines?unit_id={SOCIETY}", role) for role in (None, "member", "branch_nominator")
    ]
    assert said == [401, 403, 403]


def test_a_call_is_judged_by_one_deadline_and_never_by_none(awards: Awards) -> None:
    awards.draft()
    second = {"kind": "submission_deadline", "at_local": "2027-02-28T17:00"}
    assert awards.ask("POST", f"{AT}/stages", "officer", json=second).json()["type"] == "/problems/stage-twice"
    own = awards.stage("chuangxin-4", "submission_deadline")
    awards.do("DELETE", f"{AT}/stages/{own['id']}", None, "officer", version=own["version"])
    answer = awards.ask("POST", f"{AT}/open", "officer", version=1)
    assert (answer.json()["type"], answer.json()["stage"]["en"]) == (
        "/problems/deadline-not-set",
        "Submission deadline",
    )
    awards.do("POST", f"{AT}/stages", second, "officer")
    awards.step("chuangxin-4", "open")


def take_back(awards: Awards, made: Any, role: str = "officer") -> str:
    """Return what is said of taking an extension back."""
    answer = awards.ask("POST", f"{AT}/extensions/{made['id']}/take-back", role, json={"reason": "误操作"})
    return "taken back" if answer.status_code == 204 else answer.json()["type"].removeprefix("/problems/")


def test_an_extension_for_all_is_taken_back_while_the_deadline_before_it_lies_ahead(awards: Awards) -> None:
    awards.opened()
    first, second = (awards.extend("chuangxin-4", until) for until in ("2027-02-10T17:00", "2027-02-20T17:00"))
    assert take_back(awards, first) == "extended-since"
    assert take_back(awards, second, "nominator") == "forbidden"
    awards.entries()
    assert take_back(awards, second) == "taken back"
    ((_, entry),) = awards.entries().items()
    assert (entry["start_local"], entry["sequence"]) == ("2027-02-10T17:00:00", 3)
    assert awards.get(f"{AT}/history", "officer")[0]["verb"] == "deadline.extension_taken_back"
    awards.clock.now = datetime(2027, 1, 31, 9, tzinfo=UTC)
    assert take_back(awards, first) == "extension-in-effect"
    assert awards.stage("chuangxin-4", "submission_deadline")["at_local"] == "2027-02-10T17:00:00"


def test_an_extension_for_a_unit_is_taken_back_and_so_shortened(awards: Awards) -> None:
    awards.opened()
    made = awards.extend("chuangxin-4", "2027-02-20T12:00", unit_id=SOCIETY)
    awards.facts()
    assert take_back(awards, made) == "taken back"
    assert awards.entries()[f"extension-{made['id']}"]["status"] == "cancelled"
    assert deadline(awards, SOCIETY) == datetime(2027, 1, 31, 9, tzinfo=UTC)
    shorter = awards.extend("chuangxin-4", "2027-02-02T12:00", unit_id=SOCIETY)
    awards.clock.now = datetime(2027, 2, 1, tzinfo=UTC)
    assert take_back(awards, shorter) == "extension-in-effect"
    assert deadline(awards, SOCIETY) == datetime(2027, 2, 2, 4, tzinfo=UTC)
    assert take_back(awards, {"id": NOMINATION}) == "not-found"


def test_an_extension_for_one_nomination_is_for_those_who_work_for_its_unit(awards: Awards) -> None:
    awards.opened()
    awards.facts()
    awards.extend("chuangxin-4", "2027-02-05T12:00", unit_id=SOCIETY, nomination_id=NOMINATION)
    ((_, entry),) = awards.entries().items()
    assert entry["audience"] == {"kind": "officers", "organisation_id": SOCIETY, "account_ids": []}
    assert entry["title"]["en"].endswith("(put off for one nomination)")
