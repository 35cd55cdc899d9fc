"""Workbooks that would take all memory, or are none, are refused before they are opened."""

import io
import zipfile

import pytest

from services.events.exchange import tables
from services.events.exchange.programme_file import ReadOptions
from services.events.exchange.rules import Problems
from tests.events.exchange.workbooks import workbook


def codes(data: bytes) -> list[str]:
    """Return the code of every fault of a file that is refused."""
    with pytest.raises(Problems) as refused:
        tables.read(data, ReadOptions(zone="Asia/Shanghai"))
    return [problem.code for problem in refused.value.problems]


def rezipped(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return a workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


SOUND = workbook([["日期", "时间", "地点", "题目"], ["2023-02-04", "9:00-9:30", "厅", "题"]])
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (rezipped(SOUND, SHEET, b'r="D2"', b'r="XFD1048576"'), "too_many_cells"),
        (rezipped(SOUND, SHEET, b'r="D2"', b'r="A99999999999999991"'), "not_readable"),
        (
            rezipped(
                SOUND, SHEET, b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            ),
            "too_many_cells",
        ),
        (rezipped(SOUND, "xl/sharedStrings.xml", b"uniqueCount=", b'uniqueCount="99999999999999" x='), "not_readable"),
        (rezipped(SOUND, SHEET, b"</sheetData>", b"</sheetData>" + b" " * (130 * 1024 * 1024)), "unpacks_too_large"),
        (SOUND[:-200], "not_readable"),
        (b"PK\x03\x04nonsense", "not_readable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
    ],
    ids=["far cell", "farther cell", "far merge", "count", "bomb", "cut", "nonsense", "xls"],
)
def test_a_workbook_that_would_take_all_memory_or_is_none_is_refused(data: bytes, code: str) -> None:
    assert codes(data) == [code]
