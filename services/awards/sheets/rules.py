"""What may be brought in by a workbook, and what is said of a cell that is not right."""

from collections.abc import Mapping

from shared.errors import Invalid
from shared.text import Text

MOST_ROWS = 1_000


class SheetTooLong(Invalid):
    """A workbook brings so many nominations at once at most."""

    title = Text("表格行数过多", "The sheet has too many rows")
    detail = Text(
        "一次最多导入 {most} 行，现有 {count} 行。", "At most {most} rows are taken at once; this has {count}."
    )


class NothingToImport(Invalid):
    """A workbook that is brought in has something in it."""

    title = Text("表格中没有内容", "The sheet is empty")
    detail = Text("第一张工作表中没有填写任何一行。", "No row of the first sheet is filled in.")


FAULTS: Mapping[str, Text] = {
    "required": Text("必填", "is required"),
    "date": Text("日期无法识别，例如 1990-05-04", "is not a date such as 1990-05-04"),
    "number": Text("应为数", "must be a number"),
    "integer": Text("应为整数", "must be a whole number"),
    "yes_no": Text("应为“是”或“否”", "must be yes or no"),
    "option": Text("不在可选项中", "is not one of the choices"),
    "as_text": Text(
        "号码须以文本格式填写，否则末几位会丢失", "must be written as text: as a number its last digits are lost"
    ),
    "serial": Text("序号须与第一张表中的某一行相同", "names no row of the first sheet"),
    "serial_twice": Text("序号重复", "stands more than once"),
    "twice": Text(
        "与第 {first} 行是同一人（证件号码相同）", "is the same person as row {first}: the numbers are the same"
    ),
}
