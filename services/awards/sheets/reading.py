"""What a workbook says of nominations, and every cell of it that is not right. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.awards.nominations.filling import faults_in_full
from services.awards.sheets.columns import GROUPS, KIND, SERIAL, Sheet
from services.awards.sheets.rules import FAULTS, MOST_ROWS, NothingToImport, SheetTooLong
from shared.errors import FieldError
from shared.text import Text
from shared.times import fold
from shared.workbook import Column, Fault, Headings, Row, read_rows

_APART = re.compile(r"[;；\n]")
_YES, _NO = {"是", "yes", "y", "true", "1", "√"}, {"否", "no", "n", "false", "0", "×"}


@dataclass
class Draft:
    """One nomination of a file: what it says, and where each part of it stands."""

    row: Row
    content: dict[str, Any] = field(default_factory=dict)
    candidate_kind: str = ""
    groups: list[str] = field(default_factory=list)
    lists: dict[str, list[Row]] = field(default_factory=dict)


@dataclass
class Reading:
    """A file as it is read: its drafts, what is wrong, and what stands over each column, such as `D` or `Members!C`."""

    drafts: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    heads: dict[str, Text] = field(default_factory=dict)

    def fault(self, row: Row, column: str, code: str, **facts: object) -> None:
        """Tell what is wrong with a cell."""
        self.faults.append(Fault(row.place(column), code, FAULTS[code].format(**facts)))

    def heading(self, cell: str) -> Text:
        """Return what stands over a cell."""
        return self.heads.get(_above(cell), Text())

    def note_heads(self, sheet: Sheet, rows: Sequence[Row]) -> None:
        """Note what stands over the columns of a sheet."""
        titles = {column.name: column.title for column in sheet.columns}
        self.heads |= {_above(place): titles[name] for row in rows[:1] for name, place in row.places.items()}


def _above(cell: str) -> str:
    return cell.rstrip("0123456789")


def read_sheets(data: bytes, sheets: Sequence[Sheet], schema: Mapping[str, Any]) -> Reading:
    """Read a workbook made by the template; raise `NotAWorkbook`, `HeadingsMissing`, `SheetTooLong`, `NothingToImport`."""
    reading = Reading()
    rows = read_rows(data, _headings(sheets[0]), 0)
    if len(rows) > MOST_ROWS:
        raise SheetTooLong(most=MOST_ROWS, count=len(rows))
    if not rows:
        raise NothingToImport()
    reading.note_heads(sheets[0], rows)
    by_serial: dict[str, Draft] = {}
    for row in rows:
        draft = _draft(reading, row, sheets[0].columns)
        serial = row.words(SERIAL)
        if serial and serial in by_serial:
            reading.fault(row, SERIAL, "serial_twice")
        by_serial.setdefault(serial, draft)
        reading.drafts.append(draft)
    for number, sheet in enumerate(sheets[1:], 1):
        _read_list(reading, sheet, read_rows(data, _headings(sheet), number), by_serial)
    _check(reading, sheets, schema)
    reading.faults.sort(key=lambda fault: _order(fault.cell))
    return reading


def _headings(sheet: Sheet) -> Headings:
    needed = frozenset(column.name for column in sheet.columns if column.required)
    return Headings({column.name: column.title for column in sheet.columns}, needed)


def _draft(reading: Reading, row: Row, columns: Sequence[Column]) -> Draft:
    draft = Draft(row)
    for name, value in _values(reading, row, columns):
        if name == KIND:
            draft.candidate_kind = value
        elif name == GROUPS:
            draft.groups = value
        else:
            draft.content[name] = value
    return draft


def _read_list(reading: Reading, sheet: Sheet, rows: Sequence[Row], by_serial: Mapping[str, Draft]) -> None:
    reading.note_heads(sheet, rows)
    for row in rows:
        draft = by_serial.get(row.words(SERIAL))
        if draft is None or not row.words(SERIAL):
            reading.fault(row, SERIAL, "serial")
            continue
        draft.content.setdefault(sheet.name, []).append(dict(_values(reading, row, sheet.columns)))
        draft.lists.setdefault(sheet.name, []).append(row)


def _values(reading: Reading, row: Row, columns: Sequence[Column]) -> Iterator[tuple[str, Any]]:
    for column in columns:
        if column.name == SERIAL or not str(row.values.get(column.name, "")).strip():
            continue
        try:
            yield column.name, _value(row, column)
        except _Unread as fault:
            reading.fault(row, column.name, str(fault))


class _Unread(Exception):
    """A cell says nothing that its column takes; its word is the fault's code."""


def _value(row: Row, column: Column) -> Any:
    if column.many:
        return [_READERS.get(column.kind, _text)(part, column) for part in _parts(row.words(column.name))]
    if column.kind == "date":
        try:
            day = row.day(column.name)
        except ValueError as error:
            raise _Unread("date") from error
        return day.isoformat() if day else ""
    if column.kind == "identity-number" and isinstance(row.values[column.name], int | float):
        raise _Unread("as_text")
    return _READERS.get(column.kind, _text)(row.words(column.name), column)


def _parts(words: str) -> list[str]:
    return [part.strip() for part in _APART.split(words) if part.strip()]


def _text(words: str, column: Column) -> str:
    return _chosen(words, column) if column.options else words


def _chosen(words: str, column: Column) -> str:
    wanted = fold(words).lower()
    for key, option in column.options.items():
        if wanted in {key.lower(), fold(option.zh).lower(), fold(option.en).lower()}:
            return key
    raise _Unread("option")


def _boolean(words: str, column: Column) -> bool:
    said = words.lower()
    if said in _YES or said in _NO:
        return said in _YES
    raise _Unread("yes_no")


def _integer(words: str, column: Column) -> int:
    try:
        return int(fold(words))
    except ValueError as error:
        raise _Unread("integer") from error


def _number(words: str, column: Column) -> float | int:
    try:
        number = float(fold(words).replace(",", ""))
    except ValueError as error:
        raise _Unread("number") from error
    if number - number != 0:  # what is not finite is no number of a form
        raise _Unread("number")
    return int(number) if number.is_integer() else number


_READERS: Mapping[str, Callable[[str, Column], Any]] = {"boolean": _boolean, "integer": _integer, "number": _number}


def _check(reading: Reading, sheets: Sequence[Sheet], schema: Mapping[str, Any]) -> None:
    """Hold every draft against its form; what a cell was already said to be wrong in is not said again."""
    told = {fault.cell for fault in reading.faults}
    columns = {sheet.name: {column.name for column in sheet.columns} for sheet in sheets}
    seen: dict[str, int] = {}
    numbers = [column.name for column in sheets[0].columns if column.kind == "identity-number"]
    for draft in reading.drafts:
        if KIND in columns[""] and not draft.candidate_kind and draft.row.place(KIND) not in told:
            reading.fault(draft.row, KIND, "required")
        for fault in faults_in_full(schema, draft.content):
            cell = _cell(draft, fault, columns)
            if cell and cell not in told:
                told.add(cell)
                reading.faults.append(Fault(cell, fault.code, fault.message))
        for name in numbers:
            number = str(draft.content.get(name, "")).upper()
            if number and number in seen:
                reading.fault(draft.row, name, "twice", first=seen[number])
            seen.setdefault(number, draft.row.number)


def _cell(draft: Draft, fault: FieldError, columns: Mapping[str, set[str]]) -> str:
    """Return the cell that a fault of the form is in; nothing for a field that is not in the workbook."""
    _, _, name, *inside = fault.pointer.split("/")
    name = name.replace("~1", "/").replace("~0", "~")
    if name in columns[""]:
        return draft.row.place(name)
    if name not in columns:
        return ""
    if len(inside) < 2:
        return draft.row.place(SERIAL)
    row, column = draft.lists[name][int(inside[0])], inside[1].replace("~1", "/").replace("~0", "~")
    return row.place(column) if column in columns[name] else ""


def _order(cell: str) -> tuple[str, int, int, str]:
    sheet, _, place = cell.rpartition("!")
    letters = place.rstrip("0123456789")
    return sheet, int(place[len(letters) :] or 0), len(letters), letters
