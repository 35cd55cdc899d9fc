"""Workbooks as lists of rows: read safely, headings in either language, every fault named by its cell; and written."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineWorkbook

from shared.errors import Invalid
from shared.late import Late
from shared.measuring import UNREADABLE, measure
from shared.text import Language, Text
from shared.times import fold, read_date

xlsxwriter = Late("xlsxwriter")

NOTHING = Text()


class NotAWorkbook(Invalid):
    """The file is an XLSX workbook of a size that is read."""

    title = Text("文件不是可读取的 XLSX 工作簿", "Not an XLSX workbook that can be read")
    detail = Text("请上传 .xlsx 文件（{reason}）。", "Send an .xlsx file ({reason}).")


class HeadingsMissing(Invalid):
    """The first row names the columns; those that must be there are there, none twice and none unknown."""

    title = Text("表头有误", "The headings are not right")
    detail = Text(
        "缺少的列：{missing}；无法识别或重复的列：{unknown}。",
        "Columns missing: {missing}; unknown or twice: {unknown}.",
    )


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell, such as `D7`: a stable code, and words for people."""

    cell: str
    code: str
    message: Text


@dataclass(frozen=True)
class Row:
    """One row below the headings; `number` is its number in the sheet."""

    number: int
    values: Mapping[str, Any]
    places: Mapping[str, str]

    def words(self, name: str) -> str:
        """Return a cell as text: without white space around it, numbers as they are read."""
        value = self.values.get(name, "")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, datetime):
            value = value.date()
        return fold(str(value)) if isinstance(value, int | date) else str(value).strip()

    def day(self, name: str) -> date | None:
        """Return a cell as a day, nothing where it is empty; raise `ValueError`."""
        value = self.values.get(name, "")
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        return read_date(str(value)) if str(value).strip() else None

    def place(self, name: str) -> str:
        """Return the address of a cell; of a column that is not there, the row's."""
        return self.places.get(name, f"A{self.number}")


@dataclass
class Headings:
    """Columns by name: the heading that is written in each language; `required` ones must stand in a file that is read."""

    columns: Mapping[str, Text]
    required: frozenset[str] = field(default_factory=frozenset)

    def named(self, heading: str) -> str | None:
        """Return the column that a heading names: its own name or either side of its text, in any case."""
        wanted = fold(heading).lower()
        for name, words in self.columns.items():
            if wanted in {name.lower(), fold(words.zh).lower(), fold(words.en).lower()}:
                return name
        return None


def read_rows(data: bytes, headings: Headings, sheet: int = 0) -> list[Row]:
    """Return the rows of a sheet that are not empty, none where there is no such sheet.

    Cells of sheets behind the first are named with their sheet. Raises `NotAWorkbook` or `HeadingsMissing`.
    """
    title, grid = _grid(data, sheet)
    if not grid and sheet:
        return []
    before = f"{title}!" if sheet else ""
    first = [str(cell).strip() for cell in grid[0]] if grid else []
    columns = {number: headings.named(words) for number, words in enumerate(first) if words}
    names = [name for name in columns.values() if name]
    unknown = [first[n] for n, name in columns.items() if name is None or names.count(name) > 1]
    missing = sorted(headings.required - set(names))
    if missing or unknown:
        raise HeadingsMissing(missing="、".join(missing) or "–", unknown="、".join(unknown[:10]) or "–")
    rows = []
    for number, cells in enumerate(grid[1:], 2):
        values = {name: cells[column] for column, name in columns.items() if name and column < len(cells)}
        if any(str(value).strip() for value in values.values()):
            places = {name: f"{before}{_letters(column)}{number}" for column, name in columns.items() if name}
            rows.append(Row(number, values, places))
    return rows


@dataclass(frozen=True)
class Column:
    """A column that is to be filled in: what stands over it, what it takes, and the choices there are.

    `kind` is `date`, `boolean`, `number`, `integer`, or any other for text; `many` values of it stand in one cell.
    """

    name: str
    title: Text
    hint: Text = NOTHING
    kind: str = "string"
    options: Mapping[str, Text] = field(default_factory=dict)
    many: bool = False
    required: bool = False

    def titled(self, form: str) -> "Column":
        """Return the same column with another title, made of its own."""
        return replace(self, title=Text(form.format(self.title.zh), form.format(self.title.en)))


_NOTES, _CHOICES = Text("填写说明", "Notes"), Text("选项", "Choices")
_NOTE_HEADS = (Text("工作表", "Sheet"), Text("列", "Column"), Text("必填", "Required"), Text("说明", "Note"))
_YES = Text("是", "yes")
_TEMPLATE_ROWS = 2_000


def write_template(sheets: Mapping[str, Sequence[Column]], language: Language) -> bytes:
    """Return a workbook to be filled in: sheets by name, choices as lists, and a sheet of notes behind them.

    Text columns are formatted as text, so that a program does not take the digits of a long number for an amount.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    forms = {kind: book.add_format({"num_format": form}) for kind, form in _CELL_FORMS.items()}
    needed, head = (book.add_format({"bold": True, "bg_color": color}) for color in ("#FFE699", "#DDEBF7"))
    pages = {name: book.add_worksheet(name) for name in sheets}
    notes, choices = book.add_worksheet(_NOTES.in_(language)), book.add_worksheet(_CHOICES.in_(language))
    notes.write_row(0, 0, [words.in_(language) for words in _NOTE_HEADS], head)
    line = lists = 0
    for name, columns in sheets.items():
        page = pages[name]
        for number, column in enumerate(columns):
            page.write_string(0, number, column.title.in_(language), needed if column.required else head)
            page.set_column(number, number, 18, forms.get(column.kind, forms["string"]))
            line += 1
            told = (name, column.title, _YES if column.required else NOTHING, column.hint)
            notes.write_row(line, 0, [each if isinstance(each, str) else each.in_(language) for each in told])
            if column.options:
                words = [option.in_(language) for option in column.options.values()]
                choices.write_column(0, lists, words)
                if not column.many:
                    place = _letters(lists)
                    source = f"='{choices.get_name()}'!${place}$1:${place}${len(words)}"
                    page.data_validation(1, number, _TEMPLATE_ROWS, number, {"validate": "list", "source": source})
                lists += 1
        page.freeze_panes(1, 0)
    notes.autofit()
    book.close()
    return file.getvalue()


def write_sheets(sheets: Mapping[str, tuple[Sequence[str], Sequence[Sequence[Any]]]]) -> bytes:
    """Return a workbook of sheets by name, each with its headings and rows; text stays text, days are days."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name, (heads, rows) in sheets.items():
        page = book.add_worksheet(name)
        page.write_row(0, 0, heads, bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, date) and value.year > 1900:  # earlier ones Excel cannot hold
                    page.write_datetime(number, column, value, day)
                elif value not in (None, ""):
                    page.write_string(number, column, str(value))
        page.freeze_panes(1, 0)
        page.autofit()
    book.close()
    return file.getvalue()


_CELL_FORMS = {"string": "@", "date": "yyyy-mm-dd", "number": "General", "integer": "0"}


def _letters(column: int) -> str:
    letters, number = "", column + 1
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def _grid(data: bytes, sheet: int) -> tuple[str, list[list[Any]]]:
    try:
        measure(data)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            if sheet >= len(workbook.sheet_names):
                return "", []
            return workbook.sheet_names[sheet], workbook.get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    except UNREADABLE as error:
        raise NotAWorkbook(reason=str(error)[:200]) from error
