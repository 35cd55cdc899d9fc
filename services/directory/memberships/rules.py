"""Decisions about memberships. No database, no clock."""

from shared.errors import Conflict, Invalid
from shared.text import Text


class MembershipOverlaps(Conflict):
    """One is a member of a society once at a time."""

    title = Text("会籍重复", "The membership overlaps another")
    detail = Text(
        "该账号在此期间已有该学会的会籍。", "The account is a member of this society on some of these days already."
    )


class MembershipEndedAlready(Conflict):
    """What was ended is over."""

    title = Text("会籍已终止", "The membership has ended already")
    detail = Text(
        "已终止的会籍不可再更改，如有需要请重新登记。",
        "What has ended stays so; give a new membership where one is needed.",
    )


class UnknownAccount(Invalid):
    """A membership is an account's."""

    title = Text("没有该账号", "No such account")
    detail = Text("没有账号 {account}。", "There is no account {account}.")
