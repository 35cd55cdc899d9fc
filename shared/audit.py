"""The record of who did what, chained by hashes so that a later change of it shows.

Rows are written in the transaction of the deed and sealed by the relay, in the order they were committed:
hash = SHA-256(hash of the row before, and the row's canonical JSON). Natural persons appear by account id only.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, Row, String, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.caller import Caller
from shared.db import SharedBase, UtcDateTime, write_late
from shared.message import request_id

GENESIS = "0" * 64


class AuditRow(SharedBase):
    """One deed; `number` and `hash` are given by the relay."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    number: Mapped[int | None] = mapped_column(Integer, unique=True)
    hash: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(36))
    verb: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    change: Mapped[dict[str, Any]] = mapped_column(JSON)
    request_id: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Chain:
    """What a check of the chain found: rows sealed, its head, and the number of the first row that does not fit."""

    length: int
    head: str
    broken_at: int | None


_AUDIT = SharedBase.metadata.tables["audit"]
_KEEP = insert(_AUDIT)
_UNSEALED = select(_AUDIT).where(_AUDIT.c.number.is_(None)).order_by(_AUDIT.c.id).limit(bindparam("most"))
_NEXT_UNSEALED = _UNSEALED.with_only_columns(_AUDIT.c.id)
_HEAD = (
    select(_AUDIT.c.number, _AUDIT.c.hash).where(_AUDIT.c.number.is_not(None)).order_by(_AUDIT.c.number.desc()).limit(1)
)
_SEAL = (
    update(_AUDIT).where(_AUDIT.c.id == bindparam("row")).values(number=bindparam("given"), hash=bindparam("chained"))
)


def record(tx: Session, caller: Caller | None, verb: str, subject: str, /, **change: Any) -> None:
    """Record that `caller` (nobody: the system itself) did `verb` to `subject`; `change` maps a field to what it became.

    A pair `(old, new)` as a value tells what it was before. Values must survive JSON.
    """
    deed = {
        "at": tx.info["clock"](),
        "actor": caller.account_id if caller else "",
        "verb": verb,
        "subject": subject,
        "change": json.loads(json.dumps(change, default=str)),
        "request_id": request_id.get(),
    }
    write_late(tx, _KEEP, [deed])


def is_unsealed(tx: Session) -> bool:
    """Tell whether rows wait for their place in the chain."""
    return tx.scalar(_NEXT_UNSEALED, {"most": 1}) is not None


def seal(tx: Session, limit: int = 1000) -> int:
    """Chain the rows that have no hash yet; return how many there were. For the relay alone."""
    rows = tx.execute(_UNSEALED, {"most": limit}).all()
    if not rows:
        return 0
    last = tx.execute(_HEAD).first()
    before, head = tuple(last) if last else (0, GENESIS)
    seals = []
    for number, row in enumerate(rows, before + 1):
        head = _hash(head, row)
        seals.append({"row": row.id, "given": number, "chained": head})
    tx.execute(_SEAL, seals)
    return len(rows)


def verify(tx: Session) -> Chain:
    """Recompute the whole chain."""
    head, length = GENESIS, 0
    rows = select(AuditRow).where(AuditRow.number.is_not(None)).order_by(AuditRow.number)
    with tx.scalars(rows.execution_options(yield_per=500)) as found:
        for row in found:
            expected = _hash(head, row)
            if row.number != length + 1 or row.hash != expected:
                return Chain(length, head, length + 1)
            head, length = expected, length + 1
    return Chain(length, head, None)


def history_of(tx: Session, subject: str, limit: int = 100) -> list[AuditRow]:
    """Return what was done to `subject`, newest first."""
    rows = select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id.desc()).limit(limit)
    return list(tx.scalars(rows))


def _hash(before: str, row: AuditRow | Row[Any]) -> str:
    content = json.dumps(
        [row.at.isoformat(), row.actor, row.verb, row.subject, row.change, row.request_id],
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    return hashlib.sha256(before.encode() + content.encode()).hexdigest()
