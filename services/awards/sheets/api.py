"""Routes of sheets: `/api/awards/cycles/{ref}/sheets/{category}`."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from services.awards.cycles.schemas import Ref
from services.awards.sheets.actions import import_sheet
from services.awards.sheets.queries import get_sheets, template_of
from services.awards.sheets.schemas import CategoryKey, SheetImportOut, SheetImportQuery, SheetTemplateQuery
from shared.describing import FILE
from shared.paging import XLSX
from shared.web import CallerDep, Now, Upload, reads, writes

router = APIRouter(tags=["sheets"])

WORKBOOK = {XLSX: FILE}


@router.get("/cycles/{ref}/sheets/{category}", response_class=Response, responses={200: {"content": WORKBOOK}})
@reads
def get_sheet_template(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, category: CategoryKey,
    query: Annotated[SheetTemplateQuery, Query()],
) -> Response:  # fmt: skip
    """Download the workbook in which many nominations of a category are filled in at once."""
    cycle, _, sheets = get_sheets(tx, caller, now, ref, category)
    headers = {"Content-Disposition": f'attachment; filename="{cycle.slug}-{category}.xlsx"'}
    return Response(template_of(sheets, query.language), headers=headers, media_type=XLSX)


@router.post("/cycles/{ref}/sheets/{category}", openapi_extra={"requestBody": {"content": WORKBOOK, "required": True}})
@writes
def post_sheet(
    tx: Session, caller: CallerDep, now: Now, ref: Ref, category: CategoryKey,
    query: Annotated[SheetImportQuery, Query()], data: Upload,
) -> SheetImportOut:  # fmt: skip
    """Begin a nomination for every row of a workbook; with any problem, each told at its cell, nothing is written."""
    return import_sheet(tx, caller, now, ref, category, data, query)
