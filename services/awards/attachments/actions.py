"""What is done with attachments: given, pointed to, replaced, taken off; nothing of them is erased but with a rehearsal."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.awards.attachments import queries, rules
from services.awards.attachments.models import Attachment
from services.awards.attachments.receiving import Received
from services.awards.attachments.schemas import AttachmentPointerIn, AttachmentUpload
from services.awards.cycles.actions import note
from services.awards.nominations.queries import cycle_of
from shared.caller import Caller
from shared.db import new_id
from shared.editing import given
from shared.errors import NotFound
from shared.files import put_file


def attach(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, asked: AttachmentUpload, received: Received
) -> Attachment:
    """Give a nomination a file; raise `AttachmentNotAsked`, `TooManyAttachments`, `AttachmentEnded` and `get_edited`'s."""
    values = {"name": received.name, "format": received.format, "size": received.file.size}
    return _put(tx, caller, now, nomination_id, asked, received.keep, **values)


def attach_made(
    tx: Session, caller: Caller, now: datetime, nomination_id: str, asked: AttachmentUpload, ending: str, content: bytes
) -> Attachment:
    """Give a nomination a file that the service has made itself; raise as `attach` does."""
    values = {"name": asked.filename, "format": ending, "size": len(content)}
    return _put(tx, caller, now, nomination_id, asked, lambda tx: put_file(tx, content), **values)


def point(tx: Session, caller: Caller, now: datetime, nomination_id: str, body: AttachmentPointerIn) -> Attachment:
    """Say where a classified paper is kept; raise as `attach` does."""
    sent = given(body)
    keeper = body.keeper
    pointer = {"number": sent["number"], "secrecy": sent["secrecy"], "keeper": {"zh": keeper.zh, "en": keeper.en}}
    return _put(tx, caller, now, nomination_id, body, lambda _: "", name="", format="", size=0, pointer=pointer)


def _put(
    tx: Session,
    caller: Caller,
    now: datetime,
    nomination_id: str,
    asked: AttachmentUpload | AttachmentPointerIn,
    keep: Callable[[Session], str],
    **values: Any,
) -> Attachment:
    nomination, item = queries.get_item(tx, caller, now, nomination_id, asked.key)
    verb = "attachment.added"
    if asked.replaces:
        old = tx.get(Attachment, asked.replaces)
        if old is None or old.nomination_id != nomination.id or old.key != asked.key:
            raise NotFound()
        _end(caller, now, old)
        verb = "attachment.replaced"
        tx.flush()
    rules.check_room(item, queries.count_of(tx, nomination.id, asked.key))
    made = Attachment(
        id=new_id(), nomination_id=nomination.id, key=asked.key, replaces_id=asked.replaces, made_at=now,
        made_by=caller.account_id, hidden=item["kept_from_candidate"], handed_in=False, sha256=keep(tx),
        **values,
    )  # fmt: skip
    tx.add(made)
    tx.flush()
    note(tx, caller, cycle_of(tx, nomination), verb, **_told(made))
    return made


def remove(tx: Session, caller: Caller, now: datetime, attachment_id: str) -> None:
    """Take a paper off, which is kept as one that was there; raise `AttachmentEnded` and what `get_edited` does."""
    found = queries.get_attachment(tx, caller, attachment_id)
    nomination, _ = queries.get_item(tx, caller, now, found.nomination_id, found.key)
    tx.refresh(found)
    _end(caller, now, found)
    tx.flush()
    note(tx, caller, cycle_of(tx, nomination), "attachment.removed", **_told(found))


def _end(caller: Caller, now: datetime, attachment: Attachment) -> None:
    if attachment.ended_at is not None:
        raise rules.AttachmentEnded()
    attachment.ended_at, attachment.ended_by = now, caller.account_id


def _told(attachment: Attachment) -> dict[str, Any]:
    told = {"nomination": attachment.nomination_id, "attachment": attachment.id, "key": attachment.key}
    return told | ({"sha256": attachment.sha256} if attachment.sha256 else {"pointer": True})


def hand_in(given: Iterable[Attachment]) -> None:
    """Let those of all papers of a nomination that are there now be those that count."""
    for row in given:
        row.handed_in = row.ended_at is None
