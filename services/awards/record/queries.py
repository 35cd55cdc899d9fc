"""The sealed record of a cycle as one file, signed so that it can be checked without us."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import find_path, get_cycle
from services.awards.cycles.rules import may_audit
from shared.audit import AuditRow, last_of
from shared.caller import Caller
from shared.keys import signer_of

FORMAT = "huitang-record/1"


def get_audited(tx: Session, caller: Caller, ref: str) -> Cycle:
    """Return a cycle whose record the caller may have; raise `NotFound`, `Forbidden`."""
    cycle = get_cycle(tx, caller, ref)
    may_audit(caller, find_path(tx, cycle), cycle.id, cycle.programme_id)
    return cycle


def write_bundle(tx: Session, cycle: Cycle, now: datetime) -> Iterator[bytes]:
    """Yield the lines of the file: what it is, every sealed deed in order, and the head with its signature."""
    yield _line({"format": FORMAT, "cycle": cycle.id, "slug": cycle.slug, "name": [cycle.name.zh, cycle.name.en]})
    length, head = last_of(tx, cycle.id)
    rows = select(AuditRow).where(AuditRow.chain == cycle.id, AuditRow.number <= length).order_by(AuditRow.number)
    for row in tx.scalars(rows.execution_options(yield_per=500)):
        yield _line(
            {
                "number": row.number, "hash": row.hash, "at": row.at.isoformat(), "actor": row.actor, "verb": row.verb,
                "subject": row.subject, "change": row.change, "request_id": row.request_id,
            }
        )  # fmt: skip
    told = {"format": FORMAT, "cycle": cycle.id, "length": length, "head": head, "made_at": now.isoformat()}
    yield _line(signer_of(tx).signed(told | {"address": tx.info["address"]}))


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
