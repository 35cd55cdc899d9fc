"""Routes of prints: `/api/awards/nominations/{id}/print`, `…/seal-page`, `…/sealed-scans` and `/api/awards/sealed-scans`."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from urllib.parse import quote

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session

from services.awards.attachments.receiving import SENT, Received, taken_in
from services.awards.nominations.rules import NominationPart
from services.awards.nominations.schemas import NominationId
from services.awards.prints import actions
from services.awards.prints.queries import data_of, get_printed, get_scan, list_scans
from services.awards.prints.rules import check_sealed
from services.awards.prints.schemas import PrintQuery, ScanId, SealedScanOut, SealedScanUpload
from services.awards.prints.typesetting import qr_of, typeset
from shared.db import Database
from shared.describing import FILE
from shared.errors import Forbidden
from shared.paging import Page, PageQuery
from shared.sniffing import MEDIA_TYPES
from shared.web import CallerDep, Now, reads, writes

router = APIRouter(tags=["prints"])

PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": FILE}}}
PAGE = {
    "key": "sealed-page",
    "name": {"zh": "盖章页扫描件", "en": "Scan of the sealed page"},
    "formats": ["pdf", "jpg", "png"],
    "most_bytes": None,
}
"""What a scan of a sealed page has to be, as an item of a checklist says it."""


def _pdf(content: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": f"inline; filename=\"nomination.pdf\"; filename*=UTF-8''{quote(name, safe='')}.pdf",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, headers=headers, media_type="application/pdf")


@router.get("/nominations/{nomination_id}/print", response_class=Response, responses=PDF)
@reads
def print_nomination(
    tx: Session, caller: CallerDep, now: Now, request: Request, nomination_id: NominationId,
    query: Annotated[PrintQuery, Query()],
) -> Response:  # fmt: skip
    """Print a nomination as PDF, its number and check code on every page; the office prints what was handed in."""
    printed = get_printed(tx, caller, nomination_id, now)
    data = data_of(tx, printed, query.language)
    return _pdf(typeset("nomination", data, request.app.state.runtime.settings.fonts), printed.check_code)


@router.get("/nominations/{nomination_id}/seal-page", response_class=Response, responses=PDF)
@reads
def print_seal_page(
    tx: Session, caller: CallerDep, now: Now, request: Request, nomination_id: NominationId,
    query: Annotated[PrintQuery, Query()],
) -> Response:  # fmt: skip
    """Print the page that the unit seals; its check code, also as a QR code, says for which content."""
    printed = get_printed(tx, caller, nomination_id, now)
    if printed.part is NominationPart.CANDIDATE:
        raise Forbidden()
    data = data_of(tx, printed, query.language)
    told = f"HUITANG-SEAL {nomination_id} {printed.check_code}"
    page = typeset("seal", data | {"qr": qr_of(told)}, request.app.state.runtime.settings.fonts)
    return _pdf(page, f"seal-{printed.check_code}")


async def scan(
    request: Request, caller: CallerDep, now: Now, nomination_id: NominationId, query: Annotated[SealedScanUpload, Query()]
) -> AsyncIterator[Received]:  # fmt: skip
    """Take the scan in, once it is known that its page is for what the nomination says."""
    db = request.app.state.runtime.db
    await run_sync(lambda: _check(db, caller, now, nomination_id, query.check_code))
    async with taken_in(request, PAGE, query.filename) as file:
        yield file


def _check(db: Database, caller: CallerDep, now: Now, nomination_id: str, code: str) -> None:
    with db.reading() as tx:
        printed = get_printed(tx, caller, nomination_id, now)
        if printed.part is not NominationPart.UNIT:
            raise Forbidden()
        check_sealed(code, printed.check_code)


@router.get("/nominations/{nomination_id}/sealed-scans")
@reads
def get_sealed_scans(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId, query: Annotated[PageQuery, Query()]
) -> Page[SealedScanOut]:
    """List the scans of sealed pages, the newest first, each with whether it holds for what is read now."""
    return list_scans(tx, caller, nomination_id, query, now)


@router.post("/nominations/{nomination_id}/sealed-scans", status_code=201, openapi_extra=SENT)
@writes
def post_sealed_scan(
    tx: Session, caller: CallerDep, now: Now, nomination_id: NominationId,
    query: Annotated[SealedScanUpload, Query()], file: Annotated[Received, Depends(scan)],
) -> SealedScanOut:  # fmt: skip
    """Give the scan of a sealed page, with the check code that stands on it; one for other content is refused."""
    return actions.keep_scan(tx, caller, now, nomination_id, query, file)


@router.get(
    "/sealed-scans/{scan_id}/content",
    response_class=Response,
    responses={200: {"content": {"*/*": FILE}}},
)
@reads
def get_sealed_scan_content(tx: Session, caller: CallerDep, request: Request, scan_id: ScanId) -> Response:
    """Download the scan of a sealed page."""
    found = get_scan(tx, caller, scan_id)
    headers = {
        "Content-Disposition": f'attachment; filename="sealed-page.{found.format}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(
        request.app.state.runtime.files.get(found.sha256), headers=headers, media_type=MEDIA_TYPES[found.format]
    )
