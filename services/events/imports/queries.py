"""Reads of imports."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.events.editions.models import Edition
from services.events.editions.queries import get_behind
from services.events.exchange.programme_file import ReadOptions
from services.events.exchange.queries import get_own
from services.events.imports.models import Import
from services.events.imports.rules import SeriesWithoutCreate
from services.events.imports.schemas import ImportQuery
from shared.caller import Caller
from shared.errors import NotFound


def reading_of(tx: Session, caller: Caller, query: ImportQuery) -> ReadOptions:
    """Return what a reader may assume where the file is silent: the options, else what the edition says.

    Raises `NotFound` or `Forbidden` for an edition whose draft the caller may not edit.
    """
    if query.create:
        return ReadOptions(query.zone, query.language)
    if query.series:
        raise SeriesWithoutCreate()
    edition = get_own(tx, caller, query.edition)
    year = edition.starts_on.year if edition.starts_on else None
    return ReadOptions(query.zone or edition.zone, query.language, year)


def get_import(tx: Session, caller: Caller, import_id: str) -> tuple[Import, Edition]:
    """Return an import and its edition, whose draft the caller may edit; raise `NotFound` or `Forbidden`."""
    row = tx.get(Import, import_id)
    if row is None:
        raise NotFound()
    return row, get_own(tx, caller, get_behind(tx, caller, row.edition_id).id)


def list_imports(tx: Session, caller: Caller, edition_ref: str) -> list[Import]:
    """Return the imports of an edition, newest first."""
    edition = get_own(tx, caller, edition_ref)
    rows = select(Import).where(Import.edition_id == edition.id).order_by(Import.made_at.desc(), Import.id.desc())
    return list(tx.scalars(rows))


def last_import(tx: Session, edition_id: str) -> Import | None:
    """Return the latest import that stands."""
    rows = select(Import).where(Import.edition_id == edition_id, Import.undone_at.is_(None))
    return tx.scalar(rows.order_by(Import.made_at.desc(), Import.id.desc()).limit(1))


def later_import(tx: Session, row: Import) -> Import | None:
    """Return an import that was applied on top of this one and still stands."""
    last = last_import(tx, row.edition_id)
    return last if last is not None and last.id != row.id else None
