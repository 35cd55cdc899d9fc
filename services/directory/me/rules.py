"""Decisions about one's own credentials. No database, no clock."""

from datetime import date

from shared.errors import Invalid
from shared.text import Text

KEY_DAYS, LONGEST_KEY_DAYS = 90, 366
"""How long an API key lasts where nothing is said, and at most."""


class WrongPassword(Invalid):
    """A new password is chosen by who knows the present one."""

    title = Text("当前密码不正确", "The present password is not right")
    detail = Text("设置新密码需先正确输入当前密码。", "A new password is chosen by whoever knows the present one.")


class KeyTooLong(Invalid):
    """An API key ends within a year or so, on a day to come."""

    title = Text("密钥有效期不可行", "The key cannot last until then")
    detail = Text("到期日须在 {first} 至 {last} 之间。", "Its last day must be between {first} and {last}.")


def last_day(asked: date | None, today: date) -> date:
    """Return the last day of a new key; raise `KeyTooLong`."""
    longest = date.fromordinal(today.toordinal() + LONGEST_KEY_DAYS)
    day = asked or date.fromordinal(today.toordinal() + KEY_DAYS)
    if not today <= day <= longest:
        raise KeyTooLong(first=today, last=longest)
    return day
