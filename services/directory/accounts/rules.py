"""Decisions about accounts: how they are reached, and who may manage them. No database, no clock."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid
from shared.text import Text
from shared.times import fold

_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_CHINESE_MOBILE = re.compile(r"1[3-9]\d{9}")


class AccountStatus(StrEnum):
    """Whether an account may sign in."""

    ACTIVE = "active"
    DISABLED = "disabled"


class ContactMissing(Invalid):
    """An account is signed in to by an email address or a phone number."""

    title = Text("缺少邮箱或手机号", "Neither email nor phone")
    detail = Text("账号至少须有邮箱或手机号之一。", "An account has an email address or a phone number, or both.")


class ContactTaken(Conflict):
    """An email address or phone number belongs to one account."""

    title = Text("邮箱或手机号已被使用", "The email or phone is taken")
    detail = Text("该邮箱或手机号已属于另一账号。", "The email address or phone number belongs to another account.")


class BadEmail(Invalid):
    """An email address has a name, an @ and a domain."""

    title = Text("邮箱地址有误", "The email address is not right")
    detail = Text("邮箱地址应含用户名、@ 和域名。", "It needs a name, an @ and a domain.")


class BadPhone(Invalid):
    """A phone number is international, or a mobile number of the Chinese mainland."""

    title = Text("电话号码有误", "The phone number is not right")
    detail = Text(
        "请填写带国家代码的号码，例如 +8613800138000。", "Give it with its country code, such as +8613800138000."
    )


class NotItsAdministrator(Forbidden):
    """An account is managed by who administers its organisation and every place where it holds a grant."""

    detail = Text(
        "须由该账号所属机构的管理员操作，且其管理范围须包含该账号的全部授权。",
        "This is for an administrator of the account's organisation and of every place where the account holds a grant.",
    )


class LocalStays(Conflict):
    """The server's own administrator is not changed from outside."""

    title = Text("本机管理员账号不可更改", "The server's own account stays")
    detail = Text(
        "该账号供命令行使用，只能在服务器上管理。",
        "It is the account of the command line, and is managed on the server alone.",
    )


class AlreadySo(Conflict):
    """Nothing would change."""

    title = Text("没有变化", "Nothing would change")
    detail = Text("所提交的内容与现状相同。", "What was sent is how things stand.")


def read_phone(words: str) -> str:
    """Return a phone number as E.164 writes it; raise `BadPhone`."""
    number = re.sub(r"[\s().-]", "", fold(words))
    if _CHINESE_MOBILE.fullmatch(number):
        number = f"+86{number}"
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if not _PHONE.fullmatch(number):
        raise BadPhone()
    return number


def may_manage(caller: Caller, path: Sequence[str], grant_paths: Iterable[Sequence[str]]) -> None:
    """Raise `NotItsAdministrator` unless the caller administers the account's organisation and all its grants' places.

    Otherwise whoever administers a branch could take over the account of somebody who administers the whole.
    """
    if not all(caller.has(Role.ADMINISTRATOR, each) for each in (path, *grant_paths)):
        raise NotItsAdministrator()
