"""Workbooks of nominations as a nominator fills them in: the template that was downloaded, with a row for each candidate."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

Json = dict[str, Any]


@dataclass
class Sheet:
    """A sheet of the template: its title, the fields that its headings ask for, and the rows below them."""

    title: str
    heads: list[str]
    names: list[str]
    rows: list[list[Any]]

    def put(self, row: int, name: str, value: Any) -> str:
        """Write into a cell of a row, the first being 0; return the cell's address."""
        column = self.names.index(name)
        self.rows[row][column] = value
        return f"{xl_col_to_name(column)}{row + 2}"


KIND = "候选人类型"
"""What stands over the kinds of candidates."""


def filled_in(template: bytes, category: Json, contents: Sequence[Json], kind: str) -> list[Sheet]:
    """Fill the template of a category in: one row for each of `contents`, all of one kind; lists on their own sheets."""
    kinds = {"name": KIND, "label": {"zh": KIND}, "options": {e["key"]: e["name"] for e in category["candidate_kinds"]}}
    told = [field for section in category["form"]["layout"]["sections"] for field in section["fields"]]
    fields = {field["name"]: field for field in (kinds, *told)}
    properties = category["form"]["schema"]["properties"]
    with CalamineWorkbook.from_filelike(io.BytesIO(template)) as book:
        heads = {name: book.get_sheet_by_name(name).to_python()[0] for name in book.sheet_names}
    (first, own), *others = heads.items()
    sheets = [_sheet(first, own, list(fields.values()))]
    for number, content in enumerate(contents, 1):
        sheets[0].rows.append(
            [
                number if name == "#" else _cell(fields.get(name), (content | {KIND: kind}).get(name))
                for name in sheets[0].names
            ]
        )
    for title, head in others:
        listed = next((field for field in fields.values() if field["label"]["zh"] == title), None)
        if listed is None or "properties" not in properties[listed["name"]].get("items", {}):
            continue
        sheet = _sheet(title, head, listed["fields"])
        inside = {field["name"]: field for field in listed["fields"]}
        sheet.rows = [
            [number if name == "#" else _cell(inside.get(name), entry.get(name)) for name in sheet.names]
            for number, content in enumerate(contents, 1)
            for entry in content[listed["name"]]
        ]
        sheets.append(sheet)
    return sheets


def plant(sheets: Sequence[Sheet], contents: Sequence[Json]) -> dict[str, str]:
    """Plant seven errors in the two sheets of people with identity numbers and days; return their codes by their cells."""
    people, days = sheets[0], sheets[1]
    return {
        people.put(3, "birth_date", "1998-13-01"): "date",
        people.put(40, "sex", "未知"): "option",
        people.put(77, "identity_number", "11010519980101002X"): "format",
        people.put(140, "identity_number", 110105199801010280): "as_text",
        people.put(120, KIND, ""): "required",
        people.put(160, "identity_number", contents[9]["identity_number"]): "twice",
        f"{days.title}!{days.put(199, 'date', '去年')}": "date",
    }


def _sheet(title: str, heads: Sequence[Any], fields: Sequence[Json]) -> Sheet:
    names = {field["label"]["zh"]: field["name"] for field in fields} | {"序号": "#"}
    return Sheet(title, [str(head) for head in heads], [names.get(str(head), "") for head in heads], [])


def _cell(field: Mapping[str, Any] | None, value: Any) -> Any:
    """Return what a person writes for a value: words for keys, days as days."""
    if field is None or value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(str(_cell(field, each)) for each in value)
    if field.get("options"):
        return field["options"][value]["zh"]
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def saved(sheets: Sequence[Sheet]) -> bytes:
    """Return the workbook."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.title)
        for at, row in enumerate([sheet.heads, *sheet.rows]):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(at, column, value, day)
                else:
                    page.write(at, column, value)
    book.close()
    return file.getvalue()
