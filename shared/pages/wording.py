"""Dates, times, spans and counts in words, Chinese and English, as printed on public pages. Pure; the language comes first.

Chinese follows GB/T 15835 (Arabic numerals, 至 between dates) and GB/T 15834 (— between times).
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from shared.text import Language, Text

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_PLACES = {
    "Asia/Shanghai": ("北京时间", "Beijing time"),
    "Asia/Urumqi": ("新疆时间", "Urumqi time"),
    "Asia/Hong_Kong": ("香港时间", "Hong Kong time"),
    "Asia/Macau": ("澳门时间", "Macao time"),
    "Asia/Taipei": ("台北时间", "Taipei time"),
    "UTC": ("协调世界时", "UTC"),
}


def spoken(words_in: Callable[[Language], str]) -> Text:
    """Return what `words_in` says in either language."""
    return Text(words_in("zh"), words_in("en"))


def weekday(language: Language, day: date, short: bool = False) -> str:
    """Name the day of the week: 星期一, Monday; short: 周一, Mon."""
    if language == "zh":
        return f"{'周' if short else '星期'}{_WEEKDAYS_ZH[day.weekday()]}"
    name = _WEEKDAYS_EN[day.weekday()]
    return name[:3] if short else name


def full_day(language: Language, day: date) -> str:
    """Write a day out: 2026年11月23日 星期一, Monday 23 November 2026."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日 {weekday('zh', day)}"
    return f"{weekday('en', day)} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def short_day(language: Language, day: date) -> str:
    """Write a day of a known year: 11月23日 周一, Mon 23 Nov."""
    if language == "zh":
        return f"{day.month}月{day.day}日 {weekday('zh', day, short=True)}"
    return f"{weekday('en', day, short=True)} {day.day} {_MONTHS_EN[day.month - 1][:3]}"


def month(language: Language, day: date, short: bool = False) -> str:
    """Write a month: 2026年11月, November 2026; short: Nov 2026."""
    if language == "zh":
        return f"{day.year}年{day.month}月"
    return f"{_MONTHS_EN[day.month - 1][: 3 if short else None]} {day.year}"


def short_month(language: Language, day: date) -> str:
    """Write a month of a known year: 11月, Nov."""
    return f"{day.month}月" if language == "zh" else _MONTHS_EN[day.month - 1][:3]


def day_range(language: Language, first: date, last: date) -> str:
    """Write the days from `first` to `last`, saying once what they share: 2026年11月23日至25日, 23–25 November 2026."""
    if first == last:
        return full_day(language, first)
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if language == "zh":
        end = f"{'' if same_year else f'{last.year}年'}{'' if same_month else f'{last.month}月'}{last.day}日"
        return f"{first.year}年{first.month}月{first.day}日至{end}"
    if same_month:
        return f"{first.day}–{last.day} {_MONTHS_EN[last.month - 1]} {last.year}"
    start = f"{first.day} {_MONTHS_EN[first.month - 1]}{'' if same_year else f' {first.year}'}"
    return f"{start} – {last.day} {_MONTHS_EN[last.month - 1]} {last.year}"


def clock(moment: time | datetime) -> str:
    """Write a time of day: 09:00, in both languages."""
    return f"{moment.hour:02}:{moment.minute:02}"


def clock_range(language: Language, start: time | datetime, end: time | datetime) -> str:
    """Write a span of a day: 09:00—10:30, 09:00–10:30."""
    return f"{clock(start)}{'—' if language == 'zh' else '–'}{clock(end)}"


def zone(language: Language, name: str, at: datetime | None = None) -> str:
    """Name a zone for readers, with its offset at a wall time: 北京时间（UTC+8）, Europe/Brussels (UTC+1)."""
    place = _PLACES.get(name, (f"{name}时间", name))[0 if language == "zh" else 1]
    offset = at.replace(tzinfo=ZoneInfo(name)).utcoffset() if at else None
    if offset is None or name == "UTC":
        return place
    hours, minutes = divmod(round(abs(offset.total_seconds()) / 60), 60)
    written = f"UTC{'-' if offset.total_seconds() < 0 else '+'}{hours}{f':{minutes:02}' if minutes else ''}"
    return f"{place}（{written}）" if language == "zh" else f"{place} ({written})"


def listed(language: Language, words: Sequence[str]) -> str:
    """Join names: 甲、乙、丙; A, B and C."""
    if language == "zh":
        return "、".join(words)
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def moments(language: Language, start: datetime, end: datetime, zone_name: str) -> str:
    """Write wall times out, with what they share said once, and the zone where there is one."""
    day = full_day(language, start.date())
    if end == start:
        span = f"{day} {clock(start)}"
    elif end.date() == start.date():
        span = f"{day} {clock_range(language, start, end)}"
    else:
        to = " 至 " if language == "zh" else " to "
        span = f"{day} {clock(start)}{to}{full_day(language, end.date())} {clock(end)}"
    return f"{span} {zone(language, zone_name, start)}" if zone_name else span


def when(on: date | None, until_on: date | None, at: datetime | None, until: datetime | None, zone_name: str) -> Text:
    """Write out when something planned is: days, or wall times in a zone; nothing where it is not known."""
    if on:
        return spoken(lambda language: day_range(language, on, until_on or on))
    if at is None:
        return Text()
    return spoken(lambda language: moments(language, at, until or at, zone_name))
