"""What a request for a feed may ask for."""

import re

from shared.errors import Invalid
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
