"""What is done with key dates: entered, changed, removed."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.events.editions.actions import (
    get_to_edit,
    need_approval,
    settle_key_date,
    tell_all,
    tell_key_date,
    touch,
)
from services.events.editions.dates import key_date_entry_id
from services.events.editions.models import Edition, KeyDate
from services.events.editions.rules import PUBLIC, Deed
from services.events.key_dates.queries import get_key_date
from services.events.key_dates.schemas import KeyDateIn, KeyDateOut, KeyDatePatch
from shared.audit import record
from shared.caller import Caller
from shared.editing import apply, given
from shared.errors import check_version


def add_key_date(tx: Session, caller: Caller, now: datetime, ref: str, body: KeyDateIn) -> KeyDate:
    """Enter a key date; raise `DatesIncomplete`, `DatesBackwards`, `NoSuchWallTime`."""
    edition = get_to_edit(tx, caller, ref)
    _need_approval(tx, caller, edition, body.model_dump(mode="json", exclude_unset=True))
    key_date = KeyDate(edition_id=edition.id, **given(body))
    settle_key_date(key_date, edition)
    tx.add(key_date)
    tx.flush()
    record(tx, caller, "key_date.added", key_date.id, edition=edition.id, **given(body))
    tell_key_date(tx, edition, key_date, now)
    return key_date


def change_key_date(
    tx: Session, caller: Caller, now: datetime, ref: str, key_date_id: str, version: int, body: KeyDatePatch
) -> KeyDate:
    """Change a key date; its UID stays."""
    edition = get_to_edit(tx, caller, ref)
    key_date = get_key_date(tx, edition, key_date_id)
    check_version(key_date.version, version, now=KeyDateOut.model_validate(key_date))
    _need_approval(tx, caller, edition, body.model_dump(mode="json", exclude_unset=True) | {"id": key_date.id})
    changes = apply(key_date, given(body))
    settle_key_date(key_date, edition)
    if changes:
        key_date.version += 1
        tx.flush()
        record(tx, caller, "key_date.changed", key_date.id, **changes)
        tell_key_date(tx, edition, key_date, now)
    return key_date


def remove_key_date(tx: Session, caller: Caller, now: datetime, ref: str, key_date_id: str, version: int) -> None:
    """Remove a key date; calendars that know it are told that it is cancelled."""
    edition = get_to_edit(tx, caller, ref)
    key_date = get_key_date(tx, edition, key_date_id)
    check_version(key_date.version, version, now=KeyDateOut.model_validate(key_date))
    _need_approval(tx, caller, edition, {"id": key_date.id, "remove": True})
    record(tx, caller, "key_date.removed", key_date.id, edition=edition.id)
    tx.delete(key_date)
    tx.flush()
    tell_all(tx, edition.id, {key_date_entry_id(key_date_id): None}, now)
    touch(tx, edition)


def _need_approval(tx: Session, caller: Caller, edition: Edition, content: dict[str, Any]) -> None:
    if edition.state in PUBLIC:
        need_approval(tx, caller, edition, Deed.KEY_DATE, content)
