"""Routes of workbooks: `/api/directory/workbooks/…`."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from services.directory.organisations.schemas import Ref
from services.directory.workbooks.actions import import_members, import_tree
from services.directory.workbooks.queries import load_tree
from services.directory.workbooks.schemas import ImportOut, ImportQuery, MembersOut, MembersQuery
from services.directory.workbooks.tree import write
from shared.describing import FILE
from shared.paging import XLSX
from shared.web import CallerDep, Now, Upload, reads, writes

router = APIRouter(prefix="/workbooks", tags=["workbooks"])

WORKBOOK = {XLSX: FILE}
SENT = {"requestBody": {"content": WORKBOOK, "required": True}}


@router.get("/organisations", response_class=Response, responses={200: {"content": WORKBOOK}})
@reads
def export_organisations(tx: Session, caller: CallerDep) -> Response:
    """Return the whole tree as a workbook in the caller's language, which can be imported again."""
    tree = load_tree(tx)
    headers = {"Content-Disposition": 'attachment; filename="organisations.xlsx"'}
    return Response(write(tree.entries.values(), tree.names, caller.language), headers=headers, media_type=XLSX)


@router.post("/organisations", openapi_extra=SENT)
@writes
def import_organisations(
    tx: Session, caller: CallerDep, now: Now, query: Annotated[ImportQuery, Query()], data: Upload
) -> ImportOut:
    """Bring organisations to what a workbook says of them, as a whole or not at all."""
    return import_tree(tx, caller, data, query, now)


@router.post("/members/{ref}", openapi_extra=SENT)
@writes
def import_members_of(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, query: Annotated[MembersQuery, Query()], data: Upload
) -> MembersOut:
    """Give memberships of a society to the people of a workbook, as a whole or not at all."""
    return import_members(tx, caller, ref, data, query, now)
