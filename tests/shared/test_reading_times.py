"""Dates and times as people write them: read right, or refused."""

from datetime import date, time

import pytest

from shared.times import read_clock, read_clock_range, read_date

REASON = "^(not |noon or |month must|day is out|hour must|minute must)"


@pytest.mark.parametrize(
    "words",
    [
        "2023-02-04",
        "2023/2/4",
        "2023.2.4",
        "2023年2月4日",
        "２０２３年２月４日",
        "2023年2月4日（星期六）",
        "2月4日",
        "2月4号 周六",
        "2023-02-04 (周六)",
    ],
)
def test_dates(words: str) -> None:
    assert read_date(words, 2023) == date(2023, 2, 4)


@pytest.mark.parametrize(
    "words",
    [
        "2023-13-01",
        "2023年2月30日",
        "2023-02-041",
        "2023/2-4",
        "2月4日-5日",
        "2023年2月4日上午",
        "4",
        "",
        "明天",
        "23年2月4日",
    ],
)
def test_what_is_no_date_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=REASON):
        read_date(words, 2023)


def test_a_date_without_a_year_needs_one() -> None:
    with pytest.raises(ValueError, match="no year"):
        read_date("2月4日")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("9:00", time(9)),
        ("９：００", time(9)),
        ("09:30:00", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9点半", time(9, 30)),
        ("9点", time(9)),
        ("9点整", time(9)),
        ("9时5分", time(9, 5)),
        ("下午2:30", time(14, 30)),
        ("下午14:30", time(14, 30)),
        ("下午12:30", time(12, 30)),
        ("晚上8点", time(20)),
        ("中午1点", time(13)),
        ("中午12:00", time(12)),
        ("上午12:00", time(12)),
        ("凌晨12:30", time(0, 30)),
        ("2 PM", time(14)),
        ("12:15 am", time(0, 15)),
        ("00:00", time()),
        ("23:59", time(23, 59)),
    ],
)
def test_clocks(words: str, expected: time) -> None:
    assert read_clock(words) == expected


@pytest.mark.parametrize(
    "words", ["24:00", "9:60", "9", "", "9:5", "上午14:00", "晚上12点", "上午9:00下午", "九点", "9:00x", "25点"]
)
def test_what_is_no_clock_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=REASON):
        read_clock(words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("9：00—10：30", (time(9), time(10, 30))),
        ("９：００－１０：３０", (time(9), time(10, 30))),
        ("14:00-15:30", (time(14), time(15, 30))),
        ("14:00 – 15:30", (time(14), time(15, 30))),
        ("14:00~15:30", (time(14), time(15, 30))),
        ("9：00——10：30", (time(9), time(10, 30))),
        ("9点至10点半", (time(9), time(10, 30))),
        ("上午9点到12点", (time(9), time(12))),
        ("下午2:30-4:00", (time(14, 30), time(16))),
        ("上午9:00-14:00", (time(9), time(14))),
        ("上午11:00-下午1:00", (time(11), time(13))),
        ("11:00-1:00 PM", (time(11), time(13))),
        ("2:00-3:30 PM", (time(14), time(15, 30))),
        ("2 to 4 pm", (time(14), time(16))),
        ("9:00-下午5:00", (time(9), time(17))),
        ("22:00-24:00", (time(22), time())),
        ("10:30-9:00", (time(10, 30), time(9))),
    ],
)
def test_spans(words: str, expected: tuple[time, time]) -> None:
    assert read_clock_range(words) == expected


@pytest.mark.parametrize(
    "words", ["9:00", "9:00-", "-9:00", "9:00-10:00-11:00", "9:00-25:00", "24:00-25:00", "", "全天"]
)
def test_what_is_no_span_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=REASON):
        read_clock_range(words)
