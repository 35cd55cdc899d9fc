"""What a request for a feed may ask for."""

import re
from collections.abc import Iterable

from shared.errors import Invalid, NotFound
from shared.text import Text

Reminders = tuple[int, ...]
"""Minutes before the start, ascending, each once."""

MOST_REMINDERS = 3
LONGEST_MINUTES = 28 * 24 * 60

_MINUTES = {"m": 1, "h": 60, "d": 24 * 60}


class UnknownReminder(Invalid):
    """Reminders are up to three times before the start, such as `15m,1h,1d`."""

    title = Text("提醒设置无效", "Unknown reminder")
    detail = Text(
        "“{reminders}”无效。请用逗号分隔，最多 3 个，每个不超过 28 天，例如 15m,1h,1d。",
        "“{reminders}” is not valid. Give up to three, separated by commas, of at most 28 days, such as 15m,1h,1d.",
    )


def read_reminders(words: str) -> Reminders:
    """Read `15m,1h,1d` (or nothing); raise `UnknownReminder`."""
    if not words:
        return ()
    found = [re.fullmatch(r"([1-9][0-9]{0,4})([mhd])", part) for part in words.split(",")]
    minutes = {int(match[1]) * _MINUTES[match[2]] for match in found if match}
    if not all(found) or len(found) > MOST_REMINDERS or max(minutes) > LONGEST_MINUTES:
        raise UnknownReminder(reminders=words)
    return tuple(sorted(minutes))


class UnknownFilter(Invalid):
    """A filter names kinds and tracks that the feed knows."""

    title = Text("筛选条件无效", "Unknown filter")
    detail = Text(
        "“{filter}”没有取值“{value}”。可用的取值：{known}。",
        "“{filter}” has no value “{value}”. Known values: {known}.",
    )


class NoSuchFeed(NotFound):
    """A feed exists for what has had a public date."""

    title = Text("没有这个日历", "No such feed")
    detail = Text("没有“{feed}”这个日历，请核对网址。", "There is no feed “{feed}”; check its address.")


class NoSuchPart(NotFound):
    """A feed that was split ends with its last part."""

    title = Text("日历没有这一部分", "The feed has no such part")
    detail = Text("该日历共有 {parts} 部分。", "This feed has {parts} parts.")


def read_list(words: str) -> tuple[str, ...]:
    """Read values separated by commas, each once, in order; nothing gives none."""
    return tuple(sorted({word.strip() for word in words.split(",")} - {""}))


def check_known(filter_: str, asked: Iterable[str], known: Iterable[str]) -> None:
    """Raise `UnknownFilter` for the first value that is not known."""
    allowed = set(known)
    for value in asked:
        if value not in allowed:
            raise UnknownFilter(filter=filter_, value=value, known=", ".join(sorted(allowed)) or "—")
