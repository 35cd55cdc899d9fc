"""The record of who did what, chained by hashes so that a later change of it shows.

Rows are written in the transaction of the deed and sealed by the relay, in the order they were committed:
hash = SHA-256(hash of the row before, and the row's canonical JSON). Natural persons appear by account id only.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.caller import Caller
from shared.db import SharedBase, UtcDateTime
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


_KEEP = insert(SharedBase.metadata.tables["audit"])


def record(tx: Session, caller: Caller | None, verb: str, subject: str, **change: Any) -> None:
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
    tx.execute(_KEEP, deed)


def is_unsealed(tx: Session) -> bool:
    """Tell whether rows wait for their place in the chain."""
    return tx.scalar(select(AuditRow.id).where(AuditRow.number.is_(None)).limit(1)) is not None


def seal(tx: Session, limit: int = 1000) -> int:
    """Chain the rows that have no hash yet; return how many there were. For the relay alone."""
    last = tx.execute(
        select(AuditRow.number, AuditRow.hash)
        .where(AuditRow.number.is_not(None))
        .order_by(AuditRow.number.desc())
        .limit(1)
    ).first()
    number, head = (last[0] or 0, last[1] or GENESIS) if last else (0, GENESIS)
    rows = tx.scalars(select(AuditRow).where(AuditRow.number.is_(None)).order_by(AuditRow.id).limit(limit)).all()
    for row in rows:
        number += 1
        head = _hash(head, row)
        row.number, row.hash = number, head
    return len(rows)


def verify(tx: Session) -> Chain:
    """Recompute the whole chain."""
    head, length = GENESIS, 0
    rows = select(AuditRow).where(AuditRow.number.is_not(None)).order_by(AuditRow.number)
    for row in tx.scalars(rows.execution_options(yield_per=500)):
        expected = _hash(head, row)
        if row.number != length + 1 or row.hash != expected:
            return Chain(length, head, length + 1)
        head, length = expected, length + 1
    return Chain(length, head, None)


def history_of(tx: Session, subject: str, limit: int = 100) -> list[AuditRow]:
    """Return what was done to `subject`, newest first."""
    rows = select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id.desc()).limit(limit)
    return list(tx.scalars(rows))


def _hash(before: str, row: AuditRow) -> str:
    content = json.dumps(
        [row.at.isoformat(), row.actor, row.verb, row.subject, row.change, row.request_id],
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    return hashlib.sha256(before.encode() + content.encode()).hexdigest()
