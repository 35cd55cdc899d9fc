"""The members of a society as a workbook. Pure; taking it is an action.

An email address or phone number names a person. What the file does not mention stays as it is. All faults are told at
once, each by its cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.directory.accounts.contacts import read_email
from services.directory.accounts.rules import BadEmail, BadPhone, read_phone
from shared.text import Text
from shared.workbook import Fault, Headings, Row, read_rows

COLUMNS = Headings(
    {
        "email": Text("邮箱", "Email"),
        "phone": Text("手机号", "Phone"),
        "name_zh": Text("中文姓名", "Chinese name"),
        "name_en": Text("英文姓名", "English name"),
        "number": Text("会员编号", "Member number"),
        "from_on": Text("入会日期", "From"),
        "until_on": Text("到期日期", "Until"),
    }
)

FAULTS: dict[str, Text] = {
    "contact": Text("邮箱与手机号至少填写一项", "an email address or a phone number is required"),
    "email": Text("邮箱地址有误", "is not an email address"),
    "phone": Text("电话号码有误", "is not a phone number with its country code"),
    "twice": Text("该人员重复出现", "this person stands twice"),
    "name": Text("中英文姓名至少填写一项", "a name is required in one language at least"),
    "too_long": Text("内容过长", "is too long"),
    "date": Text("日期无法识别", "is not a date"),
    "dates_reversed": Text("到期日期早于入会日期", "ends before it begins"),
    "two_accounts": Text("邮箱与手机号分属两个账号", "email and phone belong to two accounts"),
    "overlap": Text("与该人员已有的会籍日期重叠", "overlaps another membership of this person"),
}


@dataclass(frozen=True)
class Member:
    """One person of the file; `from_on` is nothing for today."""

    row: Row
    email: str | None
    phone: str | None
    name: Text
    number: str
    from_on: date | None
    until_on: date | None

    def contacts(self) -> tuple[str, ...]:
        """Return the email address and the phone number, as far as they are given."""
        return tuple(filter(None, (self.email, self.phone)))


def fault(row: Row, column: str, code: str) -> Fault:
    """Return what is wrong with a cell."""
    return Fault(row.place(column), code, FAULTS[code])


def read_members(data: bytes) -> tuple[list[Member], list[Fault]]:
    """Return the people of a workbook and every fault found; raises what `read_rows` raises."""
    faults: list[Fault] = []
    members: list[Member] = []
    seen: set[str] = set()
    for row in read_rows(data, COLUMNS):
        member = _member(row, faults)
        if seen & set(member.contacts()):
            faults.append(fault(row, "email" if member.email else "phone", "twice"))
        seen.update(member.contacts())
        members.append(member)
    return members, faults


def _member(row: Row, faults: list[Fault]) -> Member:
    number_of_faults = len(faults)
    email, phone = _email(row, faults), _phone(row, faults)
    if not (email or phone) and len(faults) == number_of_faults:
        faults.append(fault(row, "email", "contact"))
    name = Text(row.words("name_zh"), row.words("name_en"))
    if not name:
        faults.append(fault(row, "name_zh", "name"))
    for column, longest in (("name_zh", 300), ("name_en", 300), ("number", 40)):
        if len(row.words(column)) > longest:
            faults.append(fault(row, column, "too_long"))
    first, last = (_day(row, column, faults) for column in ("from_on", "until_on"))
    if first and last and last < first:
        faults.append(fault(row, "until_on", "dates_reversed"))
    return Member(row, email, phone, name, row.words("number"), first, last)


def _email(row: Row, faults: list[Fault]) -> str | None:
    try:
        return read_email(row.words("email")) if row.words("email") else None
    except BadEmail:
        faults.append(fault(row, "email", "email"))
        return None


def _phone(row: Row, faults: list[Fault]) -> str | None:
    try:
        return read_phone(row.words("phone")) if row.words("phone") else None
    except BadPhone:
        faults.append(fault(row, "phone", "phone"))
        return None


def _day(row: Row, column: str, faults: list[Fault]) -> date | None:
    try:
        return row.day(column)
    except ValueError:
        faults.append(fault(row, column, "date"))
        return None


def contacts_of(members: Sequence[Member]) -> set[str]:
    """Return every email address and phone number in a file."""
    return {contact for member in members for contact in member.contacts()}
