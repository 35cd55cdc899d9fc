"""The record of who did what, chained by hashes so that a later change of it shows.

Rows are written in the transaction of the deed and sealed by the relay, in the order they were committed:
hash = SHA-256(hash of the row before, and the row's canonical JSON). Natural persons appear by account id only.

A service has a chain of its own, named by nothing, and others beside it for what is checked by itself, such as a cycle
of an award; each is numbered and sealed alone, and begins with a hash of its name, so that none passes for another.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import JSON, Index, Integer, Row, String, bindparam, insert, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.caller import Caller
from shared.db import SharedBase, UtcDateTime, write_late
from shared.message import request_id

GENESIS = "0" * 64
_SEALED, _WAITING = text("number IS NOT NULL"), text("number IS NULL")


class AuditRow(SharedBase):
    """One deed; `number`, its place in its `chain`, and `hash` are given by the relay."""

    __tablename__ = "audit"
    __table_args__ = (  # a row stands in one of the two, so that a second chain costs no further writing
        Index("ix_audit_sealed", "chain", "number", unique=True, sqlite_where=_SEALED, postgresql_where=_SEALED),
        Index("ix_audit_unsealed", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    number: Mapped[int | None] = mapped_column(Integer)
    hash: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(36))
    verb: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(120), index=True)
    change: Mapped[dict[str, Any]] = mapped_column(JSON)
    request_id: Mapped[str] = mapped_column(String(64))
    chain: Mapped[str] = mapped_column(String(36), default="", server_default="")


@dataclass(frozen=True)
class Chain:
    """What a check of a chain found: rows sealed, its head, and the number of the first row that does not fit."""

    length: int
    head: str
    broken_at: int | None
    name: str = ""


_AUDIT = SharedBase.metadata.tables["audit"]
_KEEP = insert(_AUDIT)
_UNSEALED = select(_AUDIT).where(_AUDIT.c.number.is_(None)).order_by(_AUDIT.c.id).limit(bindparam("most"))
_NEXT_UNSEALED = _UNSEALED.with_only_columns(_AUDIT.c.id)
_LAST = (
    select(_AUDIT.c.number, _AUDIT.c.hash)
    .where(_AUDIT.c.chain == bindparam("chain"), _AUDIT.c.number.is_not(None))
    .order_by(_AUDIT.c.number.desc())
    .limit(1)
)
_SEAL = (
    update(_AUDIT).where(_AUDIT.c.id == bindparam("row")).values(number=bindparam("given"), hash=bindparam("chained"))
)


def record(tx: Session, caller: Caller | None, verb: str, subject: str, /, **change: Any) -> None:
    """Record that `caller` (nobody: the system itself) did `verb` to `subject`; `change` maps a field to what it became.

    A pair `(old, new)` as a value tells what it was before. Values must survive JSON.
    """
    record_in(tx, "", caller, verb, subject, **change)


def record_in(tx: Session, chain: str, caller: Caller | None, verb: str, subject: str, /, **change: Any) -> None:
    """Record a deed, as `record` does, in the chain that is named."""
    deed = {
        "at": tx.info["clock"](),
        "actor": caller.account_id if caller else "",
        "verb": verb,
        "subject": subject,
        "change": json.loads(json.dumps(change, default=str)),
        "request_id": request_id.get(),
        "chain": chain,
    }
    write_late(tx, _KEEP, [deed])


def is_unsealed(tx: Session) -> bool:
    """Tell whether rows wait for their place in the chain."""
    return tx.scalar(_NEXT_UNSEALED, {"most": 1}) is not None


def seal(tx: Session, limit: int = 1000) -> int:
    """Chain the rows that have no hash yet; return how many there were. For the relay alone."""
    rows = tx.execute(_UNSEALED, {"most": limit}).all()
    heads: dict[str, tuple[int, str]] = {}
    seals = []
    for row in rows:
        before, head = heads.get(row.chain) or last_of(tx, row.chain)
        number, head = heads[row.chain] = before + 1, _hash(head, row)
        seals.append({"row": row.id, "given": number, "chained": head})
    if seals:
        tx.execute(_SEAL, seals)
    return len(rows)


def last_of(tx: Session, chain: str) -> tuple[int, str]:
    """Return the number and hash of the last sealed row of a chain; 0 and what it begins with where there is none."""
    found = tx.execute(_LAST, {"chain": chain}).first()
    return (found.number, found.hash) if found else (0, beginning_of(chain))


def beginning_of(chain: str) -> str:
    """Return what stands for the hash before the first row of a chain."""
    return hashlib.sha256(chain.encode()).hexdigest() if chain else GENESIS


def verify(tx: Session) -> list[Chain]:
    """Recompute every chain; the service's own comes first, and is there even where nothing is in it."""
    found = {chain.name: chain for chain in _recomputed(tx)}
    own = found.pop("", Chain(0, GENESIS, None))
    return [own, *found.values()]


def _recomputed(tx: Session) -> Iterator[Chain]:
    rows = select(AuditRow).where(AuditRow.number.is_not(None)).order_by(AuditRow.chain, AuditRow.number)
    with tx.scalars(rows.execution_options(yield_per=500)) as found:
        for name, chained in groupby(found, lambda row: row.chain):
            yield _check(name, chained)


def _check(name: str, rows: Iterable[AuditRow]) -> Chain:
    head, length = beginning_of(name), 0
    for row in rows:
        expected = _hash(head, row)
        if row.number != length + 1 or row.hash != expected:
            return Chain(length, head, length + 1, name)
        head, length = expected, length + 1
    return Chain(length, head, None, name)


def content_of(row: AuditRow | Row[Any]) -> list[Any]:
    """Return what of a row its hash is made from, behind the hash of the row before."""
    return [row.at.isoformat(), row.actor, row.verb, row.subject, row.change, row.request_id]


def history_of(tx: Session, subject: str, limit: int = 100) -> list[AuditRow]:
    """Return what was done to `subject`, newest first."""
    rows = select(AuditRow).where(AuditRow.subject == subject).order_by(AuditRow.id.desc()).limit(limit)
    return list(tx.scalars(rows))


def _hash(before: str, row: AuditRow | Row[Any]) -> str:
    content = json.dumps(content_of(row), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(before.encode() + content.encode()).hexdigest()
