"""When nothing is under way any more, in any process."""

import time
from collections import Counter
from contextlib import closing

from shared.message import FACTS
from tests.faults.checks import REACTIONS
from tests.faults.rig import NAMES, REPLICAS, Installation

_OPEN = """SELECT datname FROM pg_stat_activity
WHERE datname LIKE 'huitang_%' AND state <> 'idle' AND backend_xid IS NOT NULL"""
_DUE = "SELECT kind, state FROM jobs WHERE state IN ('waiting', 'running') AND due_at <= now()"
_HANDLED = "SELECT (SELECT count(*) FROM inbox) + (SELECT count(*) FROM attempts WHERE parked_at IS NOT NULL)"
_LOOKS = 3
"""What one look finds done may have left something behind it."""


def settle(installation: Installation, seconds: float = 90) -> None:
    """Wait until nothing is under way, several looks in a row; raise `TimeoutError` naming what still is.

    That is: no transaction that has written is open, every service answers and hears, no fact is unsent or unread, every
    fact is handled by (or parked for) whoever hears it, and no job is due.
    """
    until, still = time.monotonic() + seconds, 0
    while still < _LOOKS:
        found = under_way(installation)
        still = 0 if found else still + 1
        if time.monotonic() > until:
            raise TimeoutError(f"it does not settle: {found}")
        time.sleep(0.2)


def under_way(installation: Installation) -> list[str]:
    """Name what is under way."""
    with closing(installation.postgres.connect()) as connection:
        found = [f"open transaction in {name}" for (name,) in connection.execute(_OPEN)]
    for name in (f"{service}-{n}" for service in NAMES for n in REPLICAS):
        told = installation.health(name)
        if not told.get("bus") or told["unsent"] or told["behind"]:
            found.append(f"{name}: {told}")
    for service in NAMES:
        found += [f"{service}: job {kind}, {state}" for kind, state in installation.rows(service, _DUE)]
        if left := unheard(installation, service):
            found.append(f"{service}: {left} facts to handle")
    return found


def unheard(installation: Installation, service: str) -> int:
    """Count the facts, once for each reaction, that a service has yet to handle: a replica knows of its own part alone."""
    told: Counter[str] = Counter()
    for source in NAMES:
        told.update(dict(installation.rows(source, "SELECT type, count(*) FROM outbox GROUP BY type")))
    hearing = {
        kind: sum(issubclass(FACTS[kind], reaction.hears) for reaction in REACTIONS[service])
        for kind in told
        if kind in FACTS
    }
    expected = sum(told[kind] * count for kind, count in hearing.items())
    return expected - int(installation.rows(service, _HANDLED)[0][0])
