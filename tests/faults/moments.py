"""When to strike, and whom: decided by what the database server says of who is in the middle of something.

A process is *in mid-transaction* while a connection of its own has a transaction that has written and is not over
(`backend_xid` in `pg_stat_activity`); whose connection it is, the port tells from which it comes. The *holder of the
relay's lock* is the replica of `events` from whose connection PostgreSQL has granted the advisory lock `relay` in that
service's database (`pg_locks`). The holder is in mid-transaction while somebody also has the lock `numbering`, which only
a relay that numbers and seals takes, for the time of that transaction.
"""

import time
from contextlib import closing
from dataclasses import dataclass
from random import Random
from typing import Any

import psycopg

from shared.postgres import key_of
from tests.faults.rig import REPLICAS, Installation

PATIENCE_SECONDS = 30.0
"""So long a moment is waited for; then it is struck without."""

_WRITING = """SELECT datname, client_port FROM pg_stat_activity
WHERE datname LIKE 'huitang_%' AND backend_xid IS NOT NULL"""

_HOLDING = """SELECT a.client_port, EXISTS (
    SELECT FROM pg_locks n WHERE n.locktype = 'advisory' AND n.granted AND n.database = l.database
    AND (n.classid::bigint << 32 | n.objid::bigint) = %(numbering)s)
FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE l.locktype = 'advisory' AND l.granted AND a.datname = 'huitang_events'
AND (l.classid::bigint << 32 | l.objid::bigint) = %(relay)s"""


@dataclass(frozen=True)
class Moment:
    """The part to strike now, and whether a transaction is open: its own, or for what has none, anybody's."""

    part: str
    in_transaction: bool


def await_moment(installation: Installation, target: str, random: Random) -> Moment:
    """Wait until `target` is in the middle of something, and return which of its replicas that is.

    Targets are `relay`, `events`, `calendar` (these two are looked at as a service that writes and one that hears),
    `gateway`, `broker` and `database`. Where nobody is in time, one is chosen by `random`.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    chosen = target if target in ("broker", "database") else f"{_service(target)}-{random.choice(REPLICAS)}"
    with closing(installation.postgres.connect()) as connection:
        ports = _Ports(installation, _service(target))
        while time.monotonic() < until:
            if target == "relay":
                found = _holder(connection, ports)
            else:
                writing = connection.execute(_WRITING).fetchall()
                own = target in ("events", "calendar")
                found = _owner(ports, [port for _, port in writing]) if own else (chosen if writing else "")
            if found:
                return Moment(found, in_transaction=True)
            time.sleep(0.001)
        if target == "relay":
            chosen = _last_holder(connection, ports) or chosen
    return Moment(chosen, in_transaction=False)


class _Ports:
    """From which ports the replicas of a service are connected; asked again where one is not known."""

    def __init__(self, installation: Installation, service: str) -> None:
        self._installation = installation
        self._names = [f"{service}-{n}" for n in REPLICAS] if f"{service}-1" in installation.ports else []
        self._known: dict[int, str] = {}
        self._others: set[int] = set()

    def owner(self, port: int) -> str:
        if port not in self._known and port not in self._others:
            self._known = {p: name for name in self._names for p in self._installation.local_ports(name)}
            if port not in self._known:
                self._others.add(port)
        return self._known.get(port, "")


def _service(target: str) -> str:
    return "events" if target == "relay" else target


def _owner(ports: _Ports, writing: list[int]) -> str:
    return next((name for port in writing if (name := ports.owner(port))), "")


def _holder(connection: psycopg.Connection[Any], ports: _Ports) -> str:
    """Return who holds the relay's lock and is in the middle of numbering."""
    held = connection.execute(_HOLDING, _KEYS).fetchone()
    return ports.owner(held[0]) if held and held[1] else ""


def _last_holder(connection: psycopg.Connection[Any], ports: _Ports) -> str:
    """Return who holds the relay's lock, whatever it does."""
    held = connection.execute(_HOLDING, _KEYS).fetchone()
    return ports.owner(held[0]) if held else ""


_KEYS = {"relay": key_of("relay"), "numbering": key_of("numbering")}
