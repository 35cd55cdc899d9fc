"""A programme as a Chinese office sends it, through the command line: refused cell by cell, corrected, brought in."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.events.exchange.workbooks import workbook
from tests.installation import Installation
from tests.journeys.conftest import Line, stored

HEAD = ["日期", "时间", "地点", "题目", "报告人", "单位"]
TITLE = "第二十五届中国科协年会学术交流日程"
ROOMS = ("主会场", "第一会议室", "第二会议室", "第三会议室")
MERGES = ("A1:F1", "A3:A22", "A23:A42", "C3:C7", "C8:C12", "C13:C17", "C18:C22")
"""The heading across the table; each day, and each room of the first day, written once for all of its rows."""
FAULTS = {
    "A23": ("2023年13月5日", "bad_date"),
    "B10": ("11：00—10：30", "ends_before_start"),
    "D31": ("", "title_missing"),
}


def rows(faults: bool = False) -> list[list[Any]]:
    """Return forty sessions over two days in four rooms, as they are typed, with three faults where they are asked for."""
    table: list[list[Any]] = [[TITLE, "", "", "", "", ""], HEAD]
    for n in range(40):
        day, (room, slot) = n // 20, divmod(n % 20, 5)
        begins, ends = 9 * 60 + slot * 45, 9 * 60 + slot * 45 + 45
        span = f"{begins // 60}：{begins % 60:02}—{ends // 60}：{ends % 60:02}"
        date = ("２０２３年２月４日", "2023年2月5日（星期日）")[day] if n % 20 == 0 else ""
        place = "" if day == 0 and slot else ROOMS[room]
        people = f"张{wide(n)}、李　{wide(n)}（清华大学）"
        table.append([date, span if n % 2 else span.translate(WIDE), place, f"海洋科学专题报告{n + 1}", people, ""])
    for cell, (words, _) in FAULTS.items() if faults else ():
        table[int(cell[1:]) - 1]["ABCDEF".index(cell[0])] = words
    return table


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def wide(number: int) -> str:
    """Return a given name that is another for every number."""
    return "一二三四五六七八九十"[number // 10] + "甲乙丙丁戊己庚辛壬癸"[number % 10]


def as_workbook(table: list[list[Any]]) -> bytes:
    """Return the table as a workbook with merged cells."""
    return workbook(table, MERGES, name="日程")


def as_csv(table: list[list[Any]]) -> bytes:
    """Return the table as an old office program saves it: no merged cells, in GB18030."""
    out = io.StringIO()
    csv.writer(out).writerows([[*row[:2], row[2] or filled(table, n), *row[3:]] for n, row in enumerate(table)])
    return out.getvalue().encode("gb18030")


def filled(table: list[list[Any]], row: int) -> str:
    """Return the room that a merged cell lends a row."""
    return "" if row == 0 else next(str(above[2]) for above in reversed(table[: row + 1]) if above[2])


@pytest.mark.parametrize(("write", "sheet"), [(as_workbook, "日程!"), (as_csv, "")], ids=["xlsx", "csv"])
def test_three_faults_name_three_cells_and_corrected_forty_come_in(
    hall: Installation, line: Line, tmp_path: Path, write: Any, sheet: str
) -> None:
    edition = f"haiyang-{'xlsx' if sheet else 'csv'}"
    file = tmp_path / f"日程.{'xlsx' if sheet else 'csv'}"
    file.write_bytes(write(rows(faults=True)))
    before = stored(hall)
    refused = line.ask("import", "programme", file, "--edition", edition, "--create", "--zone", "Asia/Shanghai")
    assert (refused.code, refused.json["applied"], refused.json["import"]) == (1, False, None)
    assert {each["cell"]: each["code"] for each in refused.json["problems"]} == {
        f"{sheet}{cell}": code for cell, (_, code) in FAULTS.items()
    }
    assert len(refused.json["problems"]) == 3
    assert stored(hall) == before

    file.write_bytes(write(rows()))
    done = line.bring(file, edition, "--create", "--zone", "Asia/Shanghai")
    assert done["problems"] == []
    assert [done[part]["created"] for part in ("sessions", "rooms", "people")] == [40, 4, 80]
    assert set(done["conflicts"].values()) == {0}
    told = line.programme(edition)
    assert told["title"]["zh"] == TITLE
    people = {person["key"]: person for person in told["people"]}
    assert [
        (each["title"]["zh"], each["start"], each["duration_minutes"], each["room"], len(each["people"]))
        for each in told["sessions"]
    ] == [
        (
            f"海洋科学专题报告{n + 1}",
            f"2023-02-{4 + n // 20:02}T{9 + n % 5 * 45 // 60:02}:{n % 5 * 45 % 60:02}:00",
            45,
            ROOMS[n % 20 // 5],
            2,
        )
        for n in range(40)
    ]
    assert [
        (people[role["key"]]["name"]["zh"], people[role["key"]]["affiliation"]["zh"])
        for each in told["sessions"]
        for role in each["people"]
    ] == [(f"{family}{wide(n)}", unit) for n in range(40) for family, unit in (("张", ""), ("李", "清华大学"))]
