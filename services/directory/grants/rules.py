"""Decisions about grants. No database, no clock."""

from datetime import date

from shared.errors import Conflict
from shared.text import Text


class GrantOverlaps(Conflict):
    """One role at one place is given to somebody once for any day."""

    title = Text("授权重复", "The grant overlaps another")
    detail = Text(
        "该账号在同一范围内已有相同角色，起止日期重叠。",
        "The account has the same role at the same place already, on some of these days.",
    )


class GrantWithdrawnAlready(Conflict):
    """What was withdrawn is over."""

    title = Text("授权已撤回", "The grant was withdrawn already")
    detail = Text(
        "已撤回的授权不可再更改，如有需要请重新授权。",
        "What was withdrawn stays so; give a new grant where one is needed.",
    )


def overlap(first: tuple[date, date | None], second: tuple[date, date | None]) -> bool:
    """Tell whether two spans of days, whose ends are included or open, share a day."""
    return (second[1] is None or first[0] <= second[1]) and (first[1] is None or second[0] <= first[1])
