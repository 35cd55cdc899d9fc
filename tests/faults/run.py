"""The fault run: load, faults by a plan, and after both what must hold; all of it in a report."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random
from typing import Any

from tests.faults import checks
from tests.faults.ledger_of_changes import check_changes
from tests.faults.moments import await_moment
from tests.faults.plan import Done, Fault, Size, plan_of
from tests.faults.probes import Mark, mark
from tests.faults.rig import NAMES, REPLICAS, Installation
from tests.faults.settling import settle
from tests.faults.writers import Load, Writer, make_writers

SETTLING_SECONDS = 600.0
"""So long all may take to have had its effect, once the load is over."""


def run_faults(installation: Installation, seed: int, size: Size, say: Callable[[str], None]) -> dict[str, Any]:
    """Run the plan of a seed under load, wait until all has settled, and return the report.

    Its `checks` name each check that held, and how much it was held against; `failed` those that did not, and why.
    """
    writers = make_writers(installation, seed, size.writers)
    settle(installation)
    since = mark(installation)
    random, done = Random(f"moments {seed}"), list[Done]()
    with Load(writers) as load:
        for fault in plan_of(seed, size):
            time.sleep(fault.before)
            done.append(_do(installation, fault, random, load))
            say(
                f"{done[-1].at:6.1f} s: {fault.kind} {done[-1].part} ({fault.target}), {load.acknowledged()} acknowledged"
            )
            load.check()
        while load.seconds() < size.load_seconds or load.acknowledged() < size.least:
            time.sleep(0.5)
            load.check()
        installation.wait_ready()
        lasted = load.seconds()
    load.check()
    say(f"{load.seconds():6.1f} s: load over, {load.acknowledged()} acknowledged")
    began = time.monotonic()
    settle(installation, SETTLING_SECONDS)
    settled = time.monotonic() - began
    say(f"settled after {settled:.1f} s")
    report = _report(seed, lasted, settled, done, writers, load.began)
    return report | _check(installation, writers, since)


def _do(installation: Installation, fault: Fault, random: Random, load: Load) -> Done:
    """Do one fault, and return once what was frozen goes on, or a killed broker or server takes connections again."""
    moment = await_moment(installation, fault.target, random)
    at = load.seconds()
    if fault.kind == "freeze":
        with installation.frozen(moment.part):
            time.sleep(fault.seconds)
    else:
        installation.kill(moment.part)
        if moment.part in ("broker", "database"):
            time.sleep(fault.seconds)
            installation.restart(moment.part)
    took = round(load.seconds() - at, 2)
    return Done(round(at, 2), fault.kind, fault.target, moment.part, took, moment.in_transaction)


def _check(installation: Installation, writers: Sequence[Writer], since: Mark) -> dict[str, Any]:
    """Check everything; return under `checks` what was held against how much, under `failed` what does not hold."""
    slugs = [f"e{writer.seed}-{writer.number}-{which}" for writer in writers for which in "ab"]
    feeds = ["/calendars/all.ics", "/calendars/events.ics", *(f"/calendars/editions/{slug}.ics" for slug in slugs)]
    all_checks: dict[str, Callable[[], Any]] = {
        "changes": lambda: check_changes(installation, writers),
        "messages parked, tried in vain, jobs failed": lambda: checks.check_nothing_waits(installation),
        "facts published more than once": lambda: _of_each(checks.check_published, installation),
        "facts handled": lambda: _of_each(checks.check_handled_once, installation, since),
        "entries": lambda: checks.check_entries(installation, since),
        "organisations": lambda: checks.check_tree(installation, since),
        "deeds sealed": lambda: _of_each(checks.check_sealed, installation),
        "feed files equal after a rebuild": lambda: checks.check_feeds_after_rebuild(installation, feeds),
    }
    held, failed = dict[str, Any](), dict[str, str]()
    for name, check in all_checks.items():
        try:
            held[name] = check()
        except Exception as error:  # the others are worth knowing all the same
            failed[name] = f"{type(error).__name__}: {error}"[:2000]
    return {"checks": held, "failed": failed}


def _of_each(check: Callable[..., int], installation: Installation, *more: Any) -> dict[str, int]:
    return {service: check(installation, service, *more) for service in NAMES}


def _report(
    seed: int, lasted: float, settled: float, done: Sequence[Done], writers: Sequence[Writer], began: float
) -> dict[str, Any]:
    """Return what was done and what came of it; times are in seconds, those of faults after the beginning of the load."""
    changes = [change for writer in writers for change in writer.changes]
    answers: Counter[str] = Counter()
    for writer in writers:
        answers.update(writer.asker.counts)
    ends = {
        f"gateway-{n}": sorted(
            change.ended
            for writer in writers
            for change in writer.changes
            if writer.gateway == f"gateway-{n}" and change.outcome == "acknowledged"
        )
        for n in REPLICAS
    }
    return {
        "seed": seed,
        "load_seconds": round(lasted, 1),
        "settled_after_seconds": round(settled, 1),
        "changes": dict(Counter(change.outcome for change in changes)),
        "changes_by_kind": dict(sorted(Counter(c.verb for c in changes if c.outcome == "acknowledged").items())),
        "answers": dict(sorted(answers.items())),
        "longest_outage_seconds": {
            "of everything": _longest(sorted(end for each in ends.values() for end in each), began, began + lasted),
            **{f"at {name}": _longest(each, began, began + lasted) for name, each in ends.items()},
        },
        "longest_change_seconds": round(max(c.ended - c.began for c in changes if c.outcome == "acknowledged"), 2),
        "faults": [each.told() for each in done],
    }


def _longest(ends: Sequence[float], began: float, over: float) -> float:
    """Return the longest time in which nothing was acknowledged."""
    return round(max(after - before for before, after in pairwise([began, *ends, max(over, *ends)])), 2)
