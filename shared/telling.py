"""What a service tells calendars of its dates: numbered as they follow upon what was told before, and told once.

The sequence rises when status, title, time or place change, the version and `changed_at` with any change at all.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.ledger import emit
from shared.messages.dates import DateCancelled, DateEntry, DateSet

MATERIAL = ("status", "start_on", "end_on", "start_local", "end_local", "zone", "title", "place", "geo")
"""What raises the sequence."""

NUMBERS = ("version", "sequence", "changed_at", "created_at")


class Told:
    """What calendars were last told of an entry, whole, with the numbers it then had; a service's table of it."""

    entry_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    entry: Mapped[dict[str, Any]] = mapped_column(JSON)


def tell(
    tx: Session,
    table: Any,
    entries: Mapping[str, DateEntry | None],
    now: datetime,
    kinds: tuple[type[DateSet], type[DateCancelled]],
    **also: Any,
) -> None:
    """Tell calendars how entries stand (`None`: it is no more), by their ids and in this order.

    What stands as they were last told is not told again. `table` is the service's `Told`, whose other columns `also` fills;
    `kinds` are the facts that tell a date and call it off.
    """
    rows = {row.entry_id: row for row in tx.scalars(select(table).where(table.entry_id.in_(entries)))}
    told: list[DateEntry] = []
    for entry_id, entry in entries.items():
        last = DateEntry.model_validate(rows[entry_id].entry) if entry_id in rows else None
        said = entry or (called_off(last) if last else None)
        new = numbered(said, last, now) if said else None
        if new is None:
            continue
        if entry_id not in rows:
            rows[entry_id] = table(entry_id=entry_id, **also)
            tx.add(rows[entry_id])
        rows[entry_id].entry = new.model_dump(mode="json")
        told.append(new)
    emit(tx, *(kinds[new.status == "cancelled"].of(new) for new in told))


def numbered(entry: DateEntry, last: DateEntry | None, now: datetime) -> DateEntry | None:
    """Return `entry` with its numbers, as it follows upon what was `last` told; nothing where that says the same.

    What was never told of is not called off either.
    """
    if last is None:
        return None if entry.status == "cancelled" else entry.model_copy(update={"created_at": now, "changed_at": now})
    if all(getattr(entry, name) == getattr(last, name) for name in DateEntry.model_fields if name not in NUMBERS):
        return None
    material = any(getattr(entry, name) != getattr(last, name) for name in MATERIAL)
    later = max(now, last.changed_at + timedelta(microseconds=1))
    return entry.model_copy(
        update={
            "version": last.version + 1,
            "sequence": last.sequence + material,
            "created_at": last.created_at,
            "changed_at": later,
        }
    )


def called_off(last: DateEntry) -> DateEntry:
    """Return the entry of something that is no more: as it was last told, and cancelled."""
    return last.model_copy(update={"status": "cancelled"})
