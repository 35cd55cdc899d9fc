"""Spreadsheets and CSV as grids of cells, read safely; what the cells mean is for `tables`."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

from services.events.exchange.rules import Place, check_size, refuse
from shared.measuring import MAX_CELLS, MAX_UNPACKED, UNREADABLE, TooManyCells, UnpacksTooLarge, measure

Value = str | int | float | bool | date | datetime | time | timedelta


@dataclass
class Sheet:
    """One grid. `merged` leads from every cell of a merged range to the range's first cell."""

    name: str | None
    rows: list[list[Value]]
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    lines: list[int] | None = None

    def at(self, row: int, column: int) -> Value:
        """Return the value of a cell, of a merged one the range's; text without white space around it."""
        row, column = self.merged.get((row, column), (row, column))
        cells = self.rows[row] if row < len(self.rows) else []
        value = cells[column] if column < len(cells) else ""
        return value.strip() if isinstance(value, str) else value

    def own(self, row: int, column: int) -> Value:
        """Return the value of a cell; nothing where it stands in a merged range that began in a row above."""
        return "" if self.merged.get((row, column), (row, column))[0] < row else self.at(row, column)

    def width(self) -> int:
        """Return the number of columns."""
        return max((len(row) for row in self.rows), default=0)

    def place(self, row: int, column: int) -> Place:
        """Return where a cell is, as `Sheet1!C5`; of a CSV file also its line."""
        letters, number = "", column + 1
        while number:
            number, digit = divmod(number - 1, 26)
            letters = chr(65 + digit) + letters
        cell = f"{letters}{row + 1}"
        line = self.lines[row] if self.lines and row < len(self.lines) else None
        return Place(line=line, cell=f"{self.name}!{cell}" if self.name else cell)


def is_workbook(data: bytes) -> bool:
    """Tell whether the bytes are a spreadsheet and not text, by how they begin."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def sheets_of(data: bytes) -> list[Sheet]:
    """Return the sheets of an XLSX file, or the one grid of a CSV file. Raises `Problems`."""
    check_size(data)
    return _workbook(data) if is_workbook(data) else [_csv(data)]


def _workbook(data: bytes) -> list[Sheet]:
    if not data.startswith(b"PK"):
        refuse("old_workbook")
    try:
        measure(data)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
            return [
                Sheet(sheet.name, sheet.to_python(skip_empty_area=False), _merged(sheet.merged_cell_ranges or []))
                for sheet in sheets
            ]
    except UnpacksTooLarge:
        refuse("unpacks_too_large", limit=MAX_UNPACKED)
    except TooManyCells:
        refuse("too_many_cells", limit=MAX_CELLS)
    except UNREADABLE as error:
        refuse("not_readable", reason=str(error))


def _merged(ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> dict[tuple[int, int], tuple[int, int]]:
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in ranges:
        if (bottom - top + 1) * (right - left + 1) > MAX_CELLS - len(found):
            refuse("too_many_cells", limit=MAX_CELLS)
        found |= {(row, column): (top, left) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return found


def _csv(data: bytes) -> Sheet:
    text = _decode(data)
    head = text[:4096]
    delimiter = max(",\t;", key=head.count)
    rows: list[list[Value]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for row in reader:
            rows.append([re.sub(r"^'(?=[=+\-@])", "", cell) for cell in row])
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        refuse("not_readable", Place(line=reader.line_num), reason=str(error))
    return Sheet(None, rows, lines=lines)


def _decode(data: bytes) -> str:
    """Decode text as UTF-8 or UTF-16 with its mark, UTF-8, or GB18030, in this order."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return refuse("encoding")
