"""What a workbook of nominations is made of, by the definition that holds in a cycle."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import definition_at, get_cycle
from services.awards.sheets.columns import Sheet, safe_title, sheets_of
from shared.caller import Caller
from shared.errors import NotFound
from shared.text import Language
from shared.workbook import write_template


def get_sheets(
    tx: Session, caller: Caller, now: datetime, ref: str, key: str
) -> tuple[Cycle, Mapping[str, Any], list[Sheet]]:
    """Return a cycle, one of its categories and the sheets for it; raise `NotFound`."""
    cycle = get_cycle(tx, caller, ref)
    definition = definition_at(tx, cycle, now).content
    category = next((each for each in definition["categories"] or () if each["key"] == key), None)
    if category is None or category["form"] is None:
        raise NotFound()
    return cycle, category, sheets_of(category, definition["groups"] or ())


def template_of(sheets: list[Sheet], language: Language) -> bytes:
    """Return the workbook to be filled in."""
    titles: list[str] = []
    for sheet in sheets:
        titles.append(safe_title(sheet.title.in_(language), titles))
    columns = {title: sheet.columns for title, sheet in zip(titles, sheets, strict=True)}
    return write_template(columns, language)
