"""The outbox: how facts leave a service, and what is read of other services' logs.

`emit` writes a fact into the outbox in the transaction that made it true. The relay numbers rows in the order they were
committed; numbers, never insertion ids, are what readers follow. The outbox is the permanent log and is never pruned.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, String, Text, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.db import SharedBase, UtcDateTime, write_late
from shared.message import Fact, Message

PUBLISHED = "relay"
"""The name under which the number of the last published row is kept."""


class OutboxRow(SharedBase):
    """A fact of this service; `number` is given by the relay."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    number: Mapped[int | None] = mapped_column(Integer, unique=True)
    message_id: Mapped[str] = mapped_column(String(36), unique=True)
    type: Mapped[str] = mapped_column(String(120), index=True)
    subject: Mapped[str] = mapped_column(String(120), index=True)
    message: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Position(SharedBase):
    """How far a stream of another service (`source`), or the relay's own publishing (`relay`), has come."""

    __tablename__ = "positions"

    source: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)


@dataclass(frozen=True)
class Numbered:
    """A message and its place in its owner's log."""

    source: str
    number: int
    message: Message


_OUTBOX, _POSITIONS = (SharedBase.metadata.tables[name] for name in ("outbox", "positions"))
_LEAVE = insert(_OUTBOX)
_UNNUMBERED = select(_OUTBOX.c.id).where(_OUTBOX.c.number.is_(None)).order_by(_OUTBOX.c.id).limit(bindparam("most"))
_LAST = select(func.max(_OUTBOX.c.number))
_NUMBER = update(_OUTBOX).where(_OUTBOX.c.id == bindparam("row")).values(number=bindparam("given"))
_READ = (
    select(_OUTBOX.c.number, _OUTBOX.c.message)
    .where(_OUTBOX.c.number > bindparam("after"))
    .order_by(_OUTBOX.c.number)
    .limit(bindparam("most"))
)
_POSITION = select(_POSITIONS.c.number).where(_POSITIONS.c.source == bindparam("of"))
_GO_ON = (
    update(_POSITIONS)
    .where(_POSITIONS.c.source == bindparam("of"), _POSITIONS.c.number < bindparam("to"))
    .values(number=bindparam("to"))
)


def emit(tx: Session, *facts: Fact) -> None:
    """Leave `facts` in the outbox of this transaction, in their order; without effect while projections are rebuilt."""
    if tx.info.get("rebuilding") or not facts:
        return
    tx.flush()
    now = tx.info["clock"]()
    messages = [Message.wrap(fact, source=tx.info["source"], at=now) for fact in facts]
    write_late(
        tx,
        _LEAVE,
        [
            {
                "message_id": message.id,
                "type": message.type,
                "subject": message.subject,
                "message": message.model_dump_json(),
                "created_at": now,
            }
            for message in messages
        ],
    )
    tx.info["facts"] = True


def is_unnumbered(tx: Session) -> bool:
    """Tell whether rows wait for their numbers."""
    return tx.scalar(_UNNUMBERED, {"most": 1}) is not None


def number_outbox(tx: Session, limit: int = 500) -> int:
    """Number the next rows in the order they were committed; return how many there were."""
    ids = tx.scalars(_UNNUMBERED, {"most": limit}).all()
    if ids:
        last = tx.scalar(_LAST) or 0
        tx.execute(_NUMBER, [{"row": id_, "given": last + n} for n, id_ in enumerate(ids, 1)])
    return len(ids)


def last_number(tx: Session) -> int:
    """Return the number of the last message of this service's log (0 before the first)."""
    return tx.scalar(_LAST) or 0


def read_outbox(tx: Session, source: str, after: int, limit: int = 100) -> list[Numbered]:
    """Return the next messages of this service's log behind `after`, in order. For the bus alone."""
    rows = tx.execute(_READ, {"after": after, "most": limit})
    return [Numbered(source, number, Message.model_validate_json(body)) for number, body in rows]


def position_of(tx: Session, source: str) -> int:
    """Return the number of the last message of `source` that was handled here (0 before the first)."""
    return tx.scalar(_POSITION, {"of": source}) or 0


def set_published(tx: Session, number: int) -> None:
    """Note how far the relay has come, from where it goes on: lower than it was, and it publishes that again."""
    tx.execute(delete(_POSITIONS).where(_POSITIONS.c.source == PUBLISHED))
    tx.execute(insert(_POSITIONS), {"source": PUBLISHED, "number": number})


def set_position(tx: Session, source: str, number: int) -> None:
    """Note that everything up to `number` was handled; never goes back."""
    known = tx.scalar(_POSITION, {"of": source})
    if known is None:
        tx.execute(insert(_POSITIONS), {"source": source, "number": number})
    elif known < number:
        tx.execute(_GO_ON, {"of": source, "to": number})
