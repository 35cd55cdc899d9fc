"""Workbooks to read in tests."""

import io
from datetime import date, datetime, time
from typing import Any

import xlsxwriter


def workbook(
    rows: list[list[Any]],
    merges: tuple[str, ...] = (),
    name: str = "Sheet1",
    more: dict[str, list[list[Any]]] | None = None,
) -> bytes:
    """Return an XLSX file of these rows; a merge keeps its first cell's value."""
    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(out, {"in_memory": True})
    formats = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        time: book.add_format({"num_format": "hh:mm"}),
    }
    for title, content in {name: rows, **(more or {})}.items():
        sheet = book.add_worksheet(title)
        for r, row in enumerate(content):
            for c, value in enumerate(row):
                if type(value) in formats:
                    sheet.write_datetime(r, c, value, formats[type(value)])
                elif value != "":
                    sheet.write(r, c, value)
        for merge in merges if content is rows else ():
            top, left = cell(merge.split(":")[0])
            value = rows[top][left]
            if isinstance(value, str):
                sheet.merge_range(merge, value)
            else:
                sheet.merge_range(merge, "")
                sheet.write_datetime(top, left, value, formats[type(value)])
    book.close()
    return out.getvalue()


def cell(name: str) -> tuple[int, int]:
    """Return row and column, from 0, of a cell such as C5."""
    return int(name[1:]) - 1, ord(name[0]) - ord("A")
