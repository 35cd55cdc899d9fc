"""Dates, times and counts in words."""

from datetime import date, datetime

import pytest

from shared.pages import wording
from shared.text import Language


def test_a_day_in_words() -> None:
    day = date(2026, 11, 23)
    assert wording.full_day("zh", day) == "2026年11月23日 星期一"
    assert wording.full_day("en", day) == "Monday 23 November 2026"
    assert wording.short_day("zh", day) == "11月23日 周一"
    assert wording.short_day("en", day) == "Mon 23 Nov"
    assert (wording.month("zh", day), wording.month("en", day)) == ("2026年11月", "November 2026")
    assert (wording.month("zh", day, short=True), wording.month("en", day, short=True)) == ("2026年11月", "Nov 2026")
    assert (wording.short_month("zh", day), wording.short_month("en", day)) == ("11月", "Nov")


def test_the_week_begins_on_monday_in_both_languages() -> None:
    week = [date(2026, 11, 23 + n) for n in range(7)]
    assert "".join(wording.weekday("zh", day, short=True)[1] for day in week) == "一二三四五六日"
    assert [wording.weekday("en", day, short=True) for day in week] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@pytest.mark.parametrize(
    ("first", "last", "zh", "en"),
    [
        ("2026-11-23", "2026-11-23", "2026年11月23日 星期一", "Monday 23 November 2026"),
        ("2026-11-23", "2026-11-25", "2026年11月23日至25日", "23–25 November 2026"),
        ("2026-11-30", "2026-12-02", "2026年11月30日至12月2日", "30 November – 2 December 2026"),
        ("2026-12-30", "2027-01-02", "2026年12月30日至2027年1月2日", "30 December 2026 – 2 January 2027"),
        ("2026-01-05", "2027-01-06", "2026年1月5日至2027年1月6日", "5 January 2026 – 6 January 2027"),
    ],
)
def test_a_span_of_days_says_once_what_both_ends_share(first: str, last: str, zh: str, en: str) -> None:
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert (wording.day_range("zh", *days), wording.day_range("en", *days)) == (zh, en)


def test_a_span_of_time() -> None:
    start, end = datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 10, 30)
    assert wording.clock_range("zh", start, end) == "09:00—10:30"
    assert wording.clock_range("en", start, end) == "09:00–10:30"


@pytest.mark.parametrize(
    ("language", "zone", "words"),
    [
        ("zh", "Asia/Shanghai", "北京时间（UTC+8）"),
        ("en", "Asia/Shanghai", "Beijing time (UTC+8)"),
        ("en", "Europe/Brussels", "Europe/Brussels (UTC+2)"),
        ("zh", "America/St_Johns", "America/St_Johns时间（UTC-2:30）"),
        ("en", "UTC", "UTC"),
    ],
)
def test_a_zone_with_its_offset_on_that_day(language: Language, zone: str, words: str) -> None:
    assert wording.zone(language, zone, datetime(2026, 7, 1, 9)) == words


def test_a_zone_without_a_day_has_no_offset() -> None:
    assert wording.zone("en", "Europe/Brussels") == "Europe/Brussels"


@pytest.mark.parametrize(
    ("names", "zh", "en"),
    [
        ([], "", ""),
        (["甲"], "甲", "甲"),
        (["甲", "乙"], "甲、乙", "甲 and 乙"),
        (["甲", "乙", "丙"], "甲、乙、丙", "甲, 乙 and 丙"),
    ],
)
def test_names_in_a_row(names: list[str], zh: str, en: str) -> None:
    assert (wording.listed("zh", names), wording.listed("en", names)) == (zh, en)
