"""A short fault run: every target is killed once and frozen once under load, and nothing is lost, doubled or misplaced."""

import json
from pathlib import Path

import pytest

from tests.faults.plan import SHORT, TARGETS, long_size, plan_of
from tests.faults.rig import Installation
from tests.faults.run import run_faults

pytestmark = [pytest.mark.kafka, pytest.mark.postgres]

SEED = 7


def test_nothing_is_lost_or_doubled_whatever_is_killed_or_frozen(
    installation: Installation, report_folder: Path
) -> None:
    report = run_faults(installation, SEED, SHORT, print)
    (report_folder / "fault-run.json").write_text(json.dumps(report, indent=1))
    assert report["failed"] == {}
    assert {(fault["kind"], fault["target"]) for fault in report["faults"]} == {
        (kind, target) for kind in ("kill", "freeze") for target in TARGETS
    }
    assert [f"{f['kind']} {f['target']}" for f in report["faults"] if not f["in_transaction"]] == []
    assert report["changes"]["acknowledged"] >= 100
    assert "500" not in report["answers"]


def test_a_plan_is_the_same_for_the_same_seed_and_strikes_each_target_often_enough() -> None:
    size = long_size(5)
    plan = plan_of(1, size)
    assert plan == plan_of(1, size)
    assert plan != plan_of(2, size)
    for kind in ("kill", "freeze"):
        for target in TARGETS:
            assert sum((fault.kind, fault.target) == (kind, target) for fault in plan) == 3
    assert all(1 <= fault.seconds <= 8 for fault in plan if fault.kind == "freeze")
    assert sum(fault.before + fault.seconds for fault in plan) < 300
