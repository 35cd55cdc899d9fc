"""Routes of attachments: `/api/awards/nominations/{id}/attachments` and `/api/awards/attachments`."""

from collections.abc import AsyncIterator
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from services.awards.attachments import actions
from services.awards.attachments.queries import get_attachment, get_checklist, get_item, list_attachments
from services.awards.attachments.receiving import SENT, Received, taken_in
from services.awards.attachments.schemas import (
    AttachmentFilter,
    AttachmentId,
    AttachmentLook,
    AttachmentOut,
    AttachmentPointerIn,
    AttachmentUpload,
    ChecklistItemOut,
)
from services.awards.attachments.sending import sent
from services.awards.nominations.schemas import NominationId
from shared.db import Database
from shared.describing import FILE
from shared.paging import Page
from shared.web import CallerDep, Now, reads, writes

router = APIRouter(tags=["attachments"])


async def received(
    request: Request, caller: CallerDep, now: Now, nomination_id: NominationId, query: Annotated[AttachmentUpload, Query()]
) -> AsyncIterator[Received]:  # fmt: skip
    """Take the file in and look at it, once it is known that it may be given, and before any transaction begins."""
    db = request.app.state.runtime.db
    item = await run_sync(lambda: _item(db, caller, now, nomination_id, query.key))
    async with taken_in(request, item, query.filename) as file:
        yield file


def _item(db: Database, caller: CallerDep, now: Now, nomination_id: str, key: str) -> dict[str, object]:
    with db.reading() as tx:
        return dict(get_item(tx, caller, now, nomination_id, key, held=False)[1])


@router.get("/nominations/{nomination_id}/checklist")
@reads
def get_nomination_checklist(
    tx: Session, caller: CallerDep, now: Now, request: Request, nomination_id: NominationId
) -> list[ChecklistItemOut]:
    """Read which papers a nomination takes, by its kind of candidate; a candidate is told of those that are theirs."""
    return get_checklist(tx, caller, now, nomination_id, request.app.state.runtime.settings.upload_limit)


@router.get("/nominations/{nomination_id}/attachments")
@reads
def get_attachments(
    tx: Session, caller: CallerDep, nomination_id: NominationId, query: Annotated[AttachmentFilter, Query()]
) -> Page[AttachmentOut]:
    """List the papers of a nomination; the award office sees those that were handed in."""
    return list_attachments(tx, caller, nomination_id, query)


@router.post("/nominations/{nomination_id}/attachments", status_code=201, openapi_extra=SENT)
@writes
def post_attachment(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId,
    query: Annotated[AttachmentUpload, Query()], file: Annotated[Received, Depends(received)],
) -> AttachmentOut:  # fmt: skip
    """Give a nomination a file, as the whole body or as a form's `file`; with `replaces` in the place of another."""
    return AttachmentOut.model_validate(actions.attach(tx, caller, now, nomination_id, query, file))


@router.post("/nominations/{nomination_id}/attachments/pointers", status_code=201)
@writes
def post_attachment_pointer(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, body: AttachmentPointerIn
) -> AttachmentOut:
    """Say where classified material is kept, which is never sent."""
    return AttachmentOut.model_validate(actions.point(tx, caller, now, nomination_id, body))


@router.get("/attachments/{attachment_id}")
@reads
def get_one_attachment(tx: Session, caller: CallerDep, attachment_id: AttachmentId) -> AttachmentOut:
    """Read what a paper is."""
    return AttachmentOut.model_validate(get_attachment(tx, caller, attachment_id))


@router.get(
    "/attachments/{attachment_id}/content",
    response_class=Response,
    responses={200: {"content": {"*/*": FILE}}},
)
@reads
def get_attachment_content(
    tx: Session, caller: CallerDep, request: Request, attachment_id: AttachmentId,
    query: Annotated[AttachmentLook, Query()],
) -> Response:  # fmt: skip
    """Download a file, the same bytes as were sent; nothing in it runs where a browser shows it."""
    found = get_attachment(tx, caller, attachment_id)
    files = request.app.state.runtime.files
    told = {"key": found.key, "name": found.name, "format": found.format, "sha256": found.sha256}
    return sent(files, **told, inline=query.inline)


@router.delete("/attachments/{attachment_id}", status_code=204)
@writes
def delete_attachment(tx: Session, caller: CallerDep, now: Now, attachment_id: AttachmentId) -> None:
    """Take a paper off a nomination; it is kept as one that was there."""
    actions.remove(tx, caller, now, attachment_id)
