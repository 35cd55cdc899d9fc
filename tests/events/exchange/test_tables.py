"""Tables as Chinese offices fill them in: read as meant, or refused cell by cell."""

import csv
import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from services.events.exchange import tables
from services.events.exchange.programme_file import (
    FilePerson,
    FileRole,
    FileSession,
    ReadOptions,
)
from services.events.exchange.rules import Problems
from shared.text import Text
from tests.events.exchange.workbooks import workbook

SHANGHAI = ReadOptions(zone="Asia/Shanghai", year=2023)
HEAD = ["日期", "时间", "地点", "题目", "报告人", "单位"]


def table(*rows: list[Any], head: list[str] | None = None, merges: tuple[str, ...] = ()) -> bytes:
    """Return a workbook with a row of headings and these below."""
    return workbook([head or HEAD, *rows], merges)


def sessions(data: bytes, options: ReadOptions = SHANGHAI) -> tuple[FileSession, ...]:
    """Read a table and return its sessions."""
    return tables.read(data, options).sessions


def faults(data: bytes, options: ReadOptions = SHANGHAI) -> list[tuple[str | None, str]]:
    """Return the cell and code of every fault of a file that is refused."""
    with pytest.raises(Problems) as refused:
        tables.read(data, options)
    return [(problem.place.cell, problem.code) for problem in refused.value.problems]


def forty() -> list[list[Any]]:
    """Return a Chinese programme of forty sessions over two days in two rooms, as an office would type it."""
    rows: list[list[Any]] = [["第二十五届中国科协年会学术交流日程"], ["会议时间：2023年2月"], HEAD]
    for n in range(40):
        day, slot = divmod(n, 20)
        start = datetime(2023, 2, 4 + day, 9) + timedelta(minutes=30 * (slot // 2))
        end = start + timedelta(minutes=30)
        span = f"{start:%H}：{start:%M}—{end:%H}：{end:%M}"
        room = "第一会议室" if slot % 2 else "主会场"
        when = f"２０２３年２月{4 + day}日" if slot == 0 else ""
        rows.append([when, span, room, f"报告{n + 1}", f"张{n}、李{n}（清华大学）", ""])
    return rows


def test_forty_chinese_sessions_are_read() -> None:
    programme = tables.read(workbook(forty()), ReadOptions(zone="Asia/Shanghai"))
    assert (programme.title, programme.language) == (Text(zh="第二十五届中国科协年会学术交流日程"), "zh")
    assert (programme.start_on, programme.end_on) == (date(2023, 2, 4), date(2023, 2, 5))
    assert [len(part) for part in (programme.sessions, programme.rooms, programme.people)] == [40, 2, 80]
    assert programme.sessions[39] == FileSession(
        key="报告40",
        title=Text(zh="报告40"),
        start=datetime(2023, 2, 5, 13, 30),
        duration_minutes=30,
        room="第一会议室",
        people=(FileRole("张39"), FileRole("李39")),
    )
    assert programme.people[1] == FilePerson("李0", Text(zh="李0"), Text(zh="清华大学"))


def test_three_planted_faults_name_three_cells() -> None:
    rows = forty()
    rows[3][0] = "2023年13月4日"
    rows[9][1] = "11：00—10：30"
    rows[30][3] = ""
    assert faults(workbook(rows)) == [
        ("Sheet1!A4", "bad_date"),
        ("Sheet1!B10", "ends_before_start"),
        ("Sheet1!D31", "title_missing"),
    ]


def test_merged_dates_rooms_and_breaks() -> None:
    data = workbook(
        [
            ["年会日程", "", "", "", "", ""],
            HEAD,
            [date(2023, 2, 4), "9：00—9：30", "主会场", "开幕式", "", ""],
            ["", "9：30—10：00", "", "特邀报告", "王伟", "清华大学"],
            ["", "10：00—10：15", "茶歇", "", "", ""],
            [date(2023, 2, 5), "9：00—9：30", "主会场", "闭幕式", "", ""],
        ],
        ("A1:F1", "A3:A5", "C3:C4", "C5:F5"),
    )
    assert [(s.title.zh, s.start, s.room, len(s.people)) for s in sessions(data)] == [
        ("开幕式", datetime(2023, 2, 4, 9), "主会场", 0),
        ("特邀报告", datetime(2023, 2, 4, 9, 30), "主会场", 1),
        ("茶歇", datetime(2023, 2, 4, 10), None, 0),
        ("闭幕式", datetime(2023, 2, 5, 9), "主会场", 0),
    ]


def test_rows_across_the_table_are_dates_headings_and_notes() -> None:
    data = workbook(
        [
            ["时间", "标题"],
            ["2月4日 上午", ""],
            ["分论坛一：人工智能", ""],
            ["9:00-10:00", "甲"],
            ["2月4日下午", ""],
            ["2:00-3:30", "乙"],
            ["注：以现场安排为准", ""],
        ],
        ("A2:B2", "A3:B3", "A5:B5"),
    )
    programme = tables.read(data, SHANGHAI)
    assert [(s.start, s.duration_minutes, s.track) for s in programme.sessions] == [
        (datetime(2023, 2, 4, 9), 60, "分论坛一：人工智能"),
        (datetime(2023, 2, 4, 14), 90, "分论坛一：人工智能"),
    ]
    assert programme.extras == {"notes": ["注：以现场安排为准"]}


@pytest.mark.parametrize(
    ("day", "when", "start", "minutes"),
    [
        ("2023年2月4日", "9：00—10：30", datetime(2023, 2, 4, 9), 90),
        ("2023-02-04（星期六）", "９：００－１０：３０", datetime(2023, 2, 4, 9), 90),
        ("2月4日", "上午9点至10点半", datetime(2023, 2, 4, 9), 90),
        ("2月4日下午", "2:00-3:00", datetime(2023, 2, 4, 14), 60),
        (20230204, "22:00—24:00", datetime(2023, 2, 4, 22), 120),
        ("", "2023年2月4日 0:00-0:30", datetime(2023, 2, 4), 30),
        ("", "2023/2/4 9:00-9:30", datetime(2023, 2, 4, 9), 30),
        (datetime(2023, 2, 4, 8), "9:00-9:30", datetime(2023, 2, 4, 9), 30),
    ],
)
def test_dates_and_times_as_people_write_them(day: object, when: str, start: datetime, minutes: int) -> None:
    (session,) = sessions(table([day, when, "厅", "题"]))
    assert (session.start, session.duration_minutes) == (start, minutes)


@pytest.mark.parametrize(
    ("start", "end", "minutes", "expected"),
    [
        (time(9, 0), time(10, 30), "", 90),
        ("9:00", "10:30", 90, 90),
        ("9:00", "", "90分钟", 90),
        ("9:00", "", 90, 90),
        ("9:00", "", "1:30", 90),
        ("9:00", "", "1.5小时", 90),
        ("9:00", "", "1小时30分", 90),
        ("9:00", "", "26:00", 1560),
        ("9:00", "", time(0, 45), 45),
        ("22:00", "0:00", "", 120),
        (datetime(2023, 2, 4, 9, 0), "", 30, 30),
    ],
)
def test_start_end_and_length_in_columns_of_their_own(
    start: object, end: object, minutes: object, expected: int
) -> None:
    (session,) = sessions(
        table(["2023-02-04", start, end, minutes, "题"], head=["日期", "开始时间", "结束时间", "时长（分钟）", "标题"])
    )
    hour = 22 if start == "22:00" else 9
    assert (session.start, session.duration_minutes) == (datetime(2023, 2, 4, hour), expected)


@pytest.mark.parametrize(
    ("people", "unit", "expected"),
    [
        ("张三、李四，王五;赵六", "", [("张三", ""), ("李四", ""), ("王五", ""), ("赵六", "")]),
        ("张三（清华大学、中科院）、李　四（北大）", "", [("张三", "清华大学、中科院"), ("李四", "北大")]),
        ("Ann Lee (ESA), Bob", "", [("Ann Lee", "ESA"), ("Bob", "")]),
        ("张三、李四", "清华、北大", [("张三", "清华"), ("李四", "北大")]),
        ("张三、李四", "清华", [("张三", "清华"), ("李四", "清华")]),
        ("张三", "清华、北大", [("张三", "清华、北大")]),
        ("张三（清华）、李四", "北大", [("张三", "清华"), ("李四", "北大")]),
        ("待定", "", []),
        ("—", "", []),
    ],
)
def test_people_and_their_affiliations(people: str, unit: str, expected: list[tuple[str, str]]) -> None:
    programme = tables.read(table(["2023-02-04", "9:00-9:30", "厅", "题", people, unit]), SHANGHAI)
    assert [(person.name.zh, person.affiliation.zh) for person in programme.people] == expected


def test_two_people_of_one_name_are_told_apart_by_affiliation() -> None:
    rows = [
        ["2023-02-04", f"{n}:00-{n}:30", "厅", f"题{n}", f"王伟{unit}"]
        for n, unit in enumerate(["", "（清华）", "（北大）", "（清华）"], 9)
    ]
    programme = tables.read(table(*rows), SHANGHAI)
    assert [session.people[0].key for session in programme.sessions] == ["王伟", "王伟", "王伟（北大）", "王伟"]
    assert [person.name.zh for person in programme.people] == ["王伟", "王伟"]


def test_roles_languages_and_columns_without_a_meaning() -> None:
    head = [
        "序号",
        "日期 Date",
        "时间\nTime",
        "标题/Title",
        "英文标题",
        "主持人",
        "特邀报告人",
        "摘要",
        "英文摘要",
        "备用",
    ]
    row = ["1", "2023-02-04", "9:00-9:30", "题", "Title", "甲", "乙", "要", "Abs", "x"]
    (session,) = sessions(table(row, head=head))
    assert (session.title, session.abstract) == (Text("题", "Title"), Text("要", "Abs"))
    assert session.people == (FileRole("甲", "moderator"), FileRole("乙", "keynote"))
    assert session.extras == {"序号": "1", "备用": "x"}


def test_an_english_table() -> None:
    programme = tables.read(
        table(["2023-02-04", "9:00 AM - 10:30 AM", "Talk"], head=["Date", "Time", "Title"]), SHANGHAI
    )
    assert (programme.language, programme.sessions[0].title) == ("en", Text(en="Talk"))


def test_sessions_without_numbers_are_told_apart() -> None:
    rows = [["2023-02-04", f"{n}:00-{n}:30", "厅", "茶歇"] for n in (9, 10, 11)]
    assert [session.key for session in sessions(table(*rows))] == ["茶歇", "茶歇#2", "茶歇#3"]
    numbered = table(["A1", "甲"], ["A2", "甲"], head=["编号", "标题", "时间"])
    assert [(session.key, session.start) for session in sessions(numbered)] == [("A1", None), ("A2", None)]


def test_several_sheets_and_dates_from_their_names_or_headings() -> None:
    first = [
        ["会议日程"],
        ["2023年2月4日（星期六）"],
        ["时间", "标题"],
        ["9:00-9:30", "甲"],
        ["时间", "标题"],
        ["10:00-10:30", "乙"],
    ]
    second: list[list[Any]] = [["时间", "标题"], ["9:00-9:30", "丙"]]
    about: list[list[Any]] = [
        ["会议名称", "年会"],
        ["英文名称", "Congress"],
        ["时区：", "Asia/Tokyo"],
        ["举办城市", "东京"],
        ["年份", 2023],
    ]
    programme = tables.read(workbook(first, more={"2月5日": second, "会议信息": about}), ReadOptions())
    assert [session.start for session in programme.sessions] == [
        datetime(2023, 2, 4, 9),
        datetime(2023, 2, 4, 10),
        datetime(2023, 2, 5, 9),
    ]
    assert (programme.title, programme.zone, programme.city) == (
        Text("年会", "Congress"),
        "Asia/Tokyo",
        Text(zh="东京"),
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["2023-02-30", "9:00-9:30", "厅", "题"], [("Sheet1!A2", "bad_date")]),
        (["1023-02-03", "9:00-9:30", "厅", "题"], [("Sheet1!A2", "bad_date")]),
        (["2月4-5日", "9:00-9:30", "厅", "题"], [("Sheet1!A2", "bad_date")]),
        (["", "9:00-9:30", "厅", "题"], [("Sheet1!A2", "date_missing")]),
        (["2023-02-04", "9:00", "厅", "题"], [("Sheet1!B2", "bad_span")]),
        (["2023-02-04", "25:00-26:00", "厅", "题"], [("Sheet1!B2", "bad_span")]),
        (["2023-02-04", 0.375, "厅", "题"], [("Sheet1!B2", "bad_span")]),
        (["2023-02-04", "10:00-10:00", "厅", "题"], [("Sheet1!B2", "ends_before_start")]),
        (["2023-02-04", "9:00-9:30", "厅", "", "张三"], [("Sheet1!D2", "title_missing")]),
        (["2023-02-04", "9:00-9:30", "厅", "题", "张三（清华"], [("Sheet1!E2", "brackets")]),
        (["2023-02-04", "9:00-9:30", "厅", "题", "甲、乙、丙", "清华、北大"], [("Sheet1!F2", "units_differ")]),
        (["2023-02-04", "9:00-9:30", "厅", "题\x7f"], [("Sheet1!D2", "control_characters")]),
        (["2023-02-04", "9:00-9:30", "厅\x7f", "题"], [("Sheet1!C2", "control_characters")]),
        (["", "", "厅", ""], [("Sheet1!C2", "misfit_row")]),
    ],
)
def test_a_fault_names_its_cell(row: list[Any], expected: list[tuple[str, str]]) -> None:
    assert faults(table(row)) == expected


def test_faults_of_length_and_of_numbers_name_their_cells() -> None:
    head = ["编号", "日期", "开始", "结束", "时长", "标题"]
    data = table(
        ["1", "2023-02-04", "9:00", "8:00", "", "甲"],
        ["1", "", "9:00", "10:00", "30", "乙"],
        ["2", "", "9:00", "", "0", "丙"],
        ["3", "", "9时", "十点", "", "丁"],
        ["4", "", "", "10:00", "", "戊"],
        head=head,
    )
    assert faults(data) == [
        ("Sheet1!D2", "ends_before_start"),
        ("Sheet1!E3", "lengths_differ"),
        ("Sheet1!E4", "bad_duration"),
        ("Sheet1!D5", "bad_clock"),
        ("Sheet1!C6", "bad_clock"),
        ("Sheet1!A3", "duplicate"),
    ]


def test_an_hour_that_the_clocks_skip_names_its_cell() -> None:
    row = ["2023-03-26", "2:30-3:30", "厅", "题"]
    assert faults(table(row), ReadOptions(zone="Europe/Brussels")) == [("Sheet1!B2", "skipped_time")]


def test_a_bad_date_over_a_block_is_one_fault() -> None:
    rows = [
        ["2023年13月1日", "9:00-9:30", "厅", "甲"],
        ["", "10:00-10:30", "厅", "乙"],
        ["", "11:00-11:30", "厅", "丙"],
    ]
    assert faults(table(*rows)) == [("Sheet1!A2", "bad_date")]
    assert faults(table(*rows, merges=("A2:A4",))) == [("Sheet1!A2", "bad_date")]


def test_a_table_needs_a_zone_and_headings() -> None:
    row = ["2023-02-04", "9:00-9:30", "厅", "题"]
    assert faults(table(row), ReadOptions()) == [(None, "zone_missing")]
    about = workbook([HEAD, row], more={"会议信息": [["时区", "Mars"]]})
    assert faults(about, ReadOptions()) == [("会议信息!B1", "unknown_zone")]
    assert faults(workbook([row])) == [("Sheet1!A1", "header_missing")]
    assert faults(b"a,b\n1,2\n") == [("A1", "header_missing")]
    assert faults(b"") == [("A1", "header_missing")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_encoding_of_an_office(encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows(
        [
            HEAD,
            ["2023年2月4日", "9：00—10：30", "㐀厅", "题\n二行 😀", "张三、李四", "清华"],
            ["", "11:00-11:30", "", "乙"],
        ]
    )
    found = sessions(out.getvalue().encode(encoding))
    assert [(s.title.zh, s.start, s.room) for s in found] == [
        ("题\n二行 😀", datetime(2023, 2, 4, 9), "㐀厅"),
        ("乙", datetime(2023, 2, 4, 11), None),
    ]


def test_a_fault_in_csv_has_its_cell_and_line() -> None:
    data = '日期,时间,标题\n2023-02-04,9:00-9:30,"两\n行"\n2023-02-31,9:00-9:30,x\n'.encode()
    with pytest.raises(Problems) as refused:
        tables.read(data, SHANGHAI)
    (place,) = [problem.place for problem in refused.value.problems]
    assert (place.cell, place.line, str(place)) == ("A3", 4, "A3")


@pytest.mark.parametrize("data", [b"\x81\x20\xff", '日期,"'.encode() + b"x" * 200_000])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    ((_, code),) = faults(data)
    assert code in ("encoding", "not_readable")
