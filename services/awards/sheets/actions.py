"""Nominations from a workbook: held against the form cell by cell, then begun as drafts, all of them or none."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.awards.nominations.actions import begin, check_nominates
from services.awards.nominations.schemas import NominationIn
from services.awards.sheets.queries import get_sheets
from services.awards.sheets.reading import read_sheets
from services.awards.sheets.schemas import SheetImportOut, SheetImportQuery, SheetProblemOut
from shared.caller import Caller
from shared.db import savepoint


def import_sheet(
    tx: Session, caller: Caller, now: datetime, ref: str, key: str, data: bytes, query: SheetImportQuery
) -> SheetImportOut:
    """Begin a nomination for every row; with any problem, or as a dry run, nothing is written.

    A dry run begins them all the same and takes that back, so that whatever would refuse them does. Raises what `begin` and
    `read_sheets` do.
    """
    cycle, category, sheets = get_sheets(tx, caller, now, ref, key)
    check_nominates(tx, caller, cycle, query.unit_id)
    reading = read_sheets(data, sheets, category["form"]["schema"])
    made = []
    if not reading.faults:
        point = savepoint(tx) if query.dry_run else None
        for draft in reading.drafts:
            body = NominationIn(
                cycle=cycle.id, unit_id=query.unit_id, category=key, content=draft.content,
                candidate_kind=draft.candidate_kind, groups=tuple(draft.groups),
            )  # fmt: skip
            made.append(begin(tx, caller, now, body).id)
        if point:
            point.rollback()
            made = []
    return SheetImportOut(
        applied=bool(made),
        rows=len(reading.drafts),
        problems=[
            SheetProblemOut(cell=each.cell, heading=reading.heading(each.cell), code=each.code, message=each.message)
            for each in reading.faults
        ],
        made=made,
    )
