"""Selects of attachments, narrowed to what the caller may see of a nomination."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, true
from sqlalchemy.orm import Session

from services.awards.attachments import rules
from services.awards.attachments.models import Attachment
from services.awards.attachments.schemas import AttachmentFilter, AttachmentOut, ChecklistItemOut
from services.awards.cycles.queries import definition_at
from services.awards.nominations.models import Nomination
from services.awards.nominations.queries import cycle_of, find_nomination, get_edited
from services.awards.nominations.rules import READERS, NominationPart, category_in
from shared.caller import Caller
from shared.errors import Forbidden, NotFound
from shared.paging import Page, paginate


def _seen_by(part: NominationPart) -> ColumnElement[bool]:
    """Make the condition that somebody with this part sees a paper: the office what was handed in, a candidate what is theirs."""
    if part not in READERS:
        raise Forbidden()
    if part is NominationPart.OFFICE:
        return Attachment.handed_in.is_(True)
    return Attachment.hidden.is_(False) if part is NominationPart.CANDIDATE else true()


def list_attachments(tx: Session, caller: Caller, nomination_id: str, query: AttachmentFilter) -> Page[AttachmentOut]:
    """Return one page of the papers of a nomination that the caller may see, in the order of giving."""
    nomination, part = find_nomination(tx, caller, nomination_id)
    statement = select(Attachment).where(Attachment.nomination_id == nomination.id, _seen_by(part))
    if not (query.all or part is NominationPart.OFFICE):
        statement = statement.where(Attachment.ended_at.is_(None))
    rows, following, total = paginate(tx, statement, query, Attachment.id)
    return Page(items=[AttachmentOut.model_validate(row) for row in rows], next=following, total=total)


def get_attachment(tx: Session, caller: Caller, attachment_id: str) -> Attachment:
    """Return a paper that the caller may see; raise `NotFound`."""
    found = tx.get(Attachment, attachment_id)
    if found is None:
        raise NotFound()
    _, part = find_nomination(tx, caller, found.nomination_id)
    if part not in READERS:
        raise NotFound()
    seen = select(Attachment.id).where(Attachment.id == found.id, _seen_by(part))
    if tx.scalar(seen) is None:
        raise NotFound()
    return found


def get_checklist(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, most_bytes: int
) -> list[ChecklistItemOut]:
    """Return what is asked of a nomination that the caller may read, where no file has more than `most_bytes`."""
    nomination, part = find_nomination(tx, caller, nomination_id)
    if part not in READERS:
        raise Forbidden()
    return [
        ChecklistItemOut.model_validate({**item, "most_bytes": min(item["most_bytes"] or most_bytes, most_bytes)})
        for item in _told_to(part, items_of(tx, nomination, now))
    ]


def _told_to(part: NominationPart, items: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out what is kept from a candidate, for whom it is."""
    return [item for item in items if part is not NominationPart.CANDIDATE or not item["kept_from_candidate"]]


def get_item(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, key: str, *, held: bool = True
) -> tuple[Nomination, Mapping[str, Any]]:
    """Return a nomination that the caller may write in now, `held` as `get_edited` says, and the item of its checklist.

    Raises `AttachmentNotAsked`, for a candidate that of what is kept from them, too, and what `get_edited` does.
    """
    nomination = get_edited(tx, caller, nomination_id, now, held=held)
    _, part = find_nomination(tx, caller, nomination_id)
    return nomination, rules.check_asked(_told_to(part, items_of(tx, nomination, now)), key)


def items_of(tx: Session, nomination: Nomination, now: datetime) -> list[Mapping[str, Any]]:
    """Return the checklist of a nomination, as the definition that holds has it for its kind of candidate."""
    return _items_in(definition_at(tx, cycle_of(tx, nomination), now).content, nomination)


def _items_in(definition: Mapping[str, Any], nomination: Nomination) -> list[Mapping[str, Any]]:
    items = rules.asked_of(category_in(definition, nomination.category), nomination.candidate_kind)
    return rules.with_notice(items, definition["unit_notice_days"])


def count_of(tx: Session, nomination_id: str, key: str) -> int:
    """Return how many papers there are for an item."""
    there = (Attachment.nomination_id == nomination_id, Attachment.key == key, Attachment.ended_at.is_(None))
    return tx.scalar(select(func.count()).select_from(Attachment).where(*there)) or 0


def given_to(tx: Session, nomination_id: str) -> Sequence[Attachment]:
    """Return every paper that a nomination was ever given, those for one item together, in the order of giving."""
    return tx.scalars(_GIVEN, {"nomination": nomination_id}).all()


_GIVEN = (
    select(Attachment)
    .where(Attachment.nomination_id == bindparam("nomination"))
    .order_by(Attachment.key, Attachment.id)
)


def current_among(given: Sequence[Attachment]) -> list[Attachment]:
    """Return the papers that are there by now."""
    return [row for row in given if row.ended_at is None]


def current_of(tx: Session, nomination_id: str) -> list[Attachment]:
    """Return the papers of a nomination that are there, in order."""
    return current_among(given_to(tx, nomination_id))


def handed_in_of(tx: Session, nomination_id: str) -> Sequence[Attachment]:
    """Return the papers that count: as the nomination was last submitted."""
    rows = select(Attachment).where(Attachment.nomination_id == nomination_id, Attachment.handed_in.is_(True))
    return tx.scalars(rows.order_by(Attachment.key, Attachment.id)).all()


def missing_in(
    definition: Mapping[str, Any], nomination: Nomination, papers: Sequence[Attachment]
) -> list[Mapping[str, Any]]:
    """Return the items of the checklist in a definition that have to be there and are not among the papers."""
    return list(rules.gaps(_items_in(definition, nomination), {row.key for row in papers}))


def said_of(rows: Sequence[Attachment]) -> list[dict[str, Any]]:
    """Return papers as the canonical content of a nomination names them: by their hashes, or where they are kept."""
    return [
        {"key": row.key, "name": row.name} | (row.pointer or {"sha256": row.sha256, "size": row.size}) for row in rows
    ]
