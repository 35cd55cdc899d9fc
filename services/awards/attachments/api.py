"""Routes of attachments: `/api/awards/nominations/{id}/attachments` and `/api/awards/attachments`."""

from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import quote

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from services.awards.attachments import actions
from services.awards.attachments.models import Attachment
from services.awards.attachments.queries import get_attachment, get_item, list_attachments
from services.awards.attachments.receiving import Received, taken_in
from services.awards.attachments.schemas import (
    AttachmentFilter,
    AttachmentId,
    AttachmentLook,
    AttachmentOut,
    AttachmentPointerIn,
    AttachmentUpload,
)
from services.awards.nominations.schemas import NominationId
from shared.db import Database
from shared.describing import FILE
from shared.errors import NotFound
from shared.paging import Page
from shared.sniffing import MEDIA_TYPES
from shared.web import CallerDep, Now, reads, writes

router = APIRouter(tags=["attachments"])

_FORM = {"schema": {"type": "object", "properties": {"file": FILE["schema"]}, "required": ["file"]}}
SENT = {"requestBody": {"content": {"application/octet-stream": FILE, "multipart/form-data": _FORM}, "required": True}}
SHOWN = ("pdf", "jpg", "png")
"""The formats that a browser may show by itself."""


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
    responses={200: {"content": {"application/octet-stream": FILE}}},
)
@reads
def get_attachment_content(
    tx: Session, caller: CallerDep, request: Request, attachment_id: AttachmentId,
    query: Annotated[AttachmentLook, Query()],
) -> Response:  # fmt: skip
    """Download a file, the same bytes as were sent; nothing in it runs where a browser shows it."""
    return content_of(request, get_attachment(tx, caller, attachment_id), inline=query.inline)


def content_of(request: Request, found: Attachment, *, inline: bool) -> Response:
    """Make the answer that carries a file; raise `NotFound` for what was only pointed to."""
    if not found.sha256:
        raise NotFound()
    shown = "inline" if inline and found.format in SHOWN else "attachment"
    plain = f"{found.key}-{found.sha256[:8]}.{found.format}"
    headers = {
        "Content-Disposition": f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
    content = request.app.state.runtime.files.get(found.sha256)
    return Response(content, headers=headers, media_type=MEDIA_TYPES[found.format])


@router.delete("/attachments/{attachment_id}", status_code=204)
@writes
def delete_attachment(tx: Session, caller: CallerDep, now: Now, attachment_id: AttachmentId) -> None:
    """Take a paper off a nomination; it is kept as one that was there."""
    actions.remove(tx, caller, now, attachment_id)
