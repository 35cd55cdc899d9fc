"""Routes of imports: `/api/events/imports`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from sqlalchemy.orm import Session

from services.events.editions.schemas import Ref
from services.events.exchange.queries import get_own
from services.events.imports.actions import File, Imported, import_programme, make_edition, read_file, undo_import
from services.events.imports.queries import get_import, list_imports, reading_of
from services.events.imports.schemas import (
    ImportOut,
    ImportQuery,
    ImportRowOut,
    both_changed_of,
    counts_of,
    details_of,
)
from shared.db import savepoint
from shared.describing import FILE
from shared.schema import Id
from shared.web import Answer, CallerDep, Now, Upload, reads, writes

router = APIRouter(tags=["imports"])


def read(request: Request, caller: CallerDep, query: Annotated[ImportQuery, Query()], data: Upload) -> File:
    """Read the file before any transaction begins; raise `Problems`, or what forbids the caller to import it."""
    with request.app.state.runtime.db.reading() as tx:
        options = reading_of(tx, caller, query)
    return read_file(data, query.filename, query.format, options)


@router.post(
    "/imports",
    openapi_extra={"requestBody": {"content": {"application/octet-stream": FILE}, "required": True}},
    responses={201: {"model": ImportOut, "description": "It was applied."}},
)
@writes
def post_import(
    tx: Session, caller: CallerDep, now: Now, request: Request, query: Annotated[ImportQuery, Query()],
    file: Annotated[File, Depends(read)], answer: Answer,
) -> ImportOut:  # fmt: skip
    """Bring a programme in from a file, or say what that would do."""
    point = savepoint(tx) if query.dry_run else None
    if query.create:
        edition = make_edition(tx, caller, query.edition, query.series, file.says)
    else:
        edition = get_own(tx, caller, query.edition)
    files = request.app.state.runtime.files
    done = import_programme(tx, caller, edition, file, files, now, query.take, dry=query.dry_run)
    out = _out(done, file.format, dry=query.dry_run)
    if point:
        point.rollback()
    answer.status = 201 if out.applied else 200
    return out


@router.get("/imports/{import_id}")
@reads
def get_one_import(tx: Session, caller: CallerDep, import_id: Id) -> ImportRowOut:
    """Read what an import was."""
    return ImportRowOut.model_validate(get_import(tx, caller, import_id)[0])


@router.post("/imports/{import_id}/undo")
@writes
def post_undo(tx: Session, caller: CallerDep, now: Now, request: Request, import_id: Id) -> ImportOut:
    """Take an import back."""
    row, edition = get_import(tx, caller, import_id)
    done = undo_import(tx, caller, row, edition, request.app.state.runtime.files, now)
    return _out(done, row.format, dry=False)


@router.get("/editions/{ref}/imports")
@reads
def get_imports(tx: Session, caller: CallerDep, ref: Ref) -> list[ImportRowOut]:
    """List the imports of an edition, newest first."""
    return [ImportRowOut.model_validate(row) for row in list_imports(tx, caller, ref)]


def _out(done: Imported, form: str, *, dry: bool) -> ImportOut:
    return ImportOut(
        id=done.row.id if done.row and not dry else None,
        applied=done.row is not None and not dry,
        edition=done.edition.slug,
        format=form,
        sessions=counts_of(done.found.sessions),
        rooms=counts_of(done.found.rooms),
        people=counts_of(done.found.people),
        tracks=counts_of(done.found.tracks),
        both_changed=both_changed_of(done.found),
        conflicts=done.conflicts,
        details=details_of(done.found),
    )
