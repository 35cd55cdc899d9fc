"""What has to be there before a nomination is handed in, how long a unit's notice lasts, and when one is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shared.errors import Conflict, FieldError, Invalid
from shared.text import Text
from shared.workdays import WorkCalendar, working_days_between

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class NoticeOutcome(StrEnum):
    """How a unit's notice ended."""

    RUNNING = "running"
    NO_OBJECTION = "no_objection"
    SETTLED = "settled"
    UPHELD = "upheld"


class LackKind(StrEnum):
    """What kind of thing a nomination lacks."""

    FIELD = "field"
    ATTACHMENT = "attachment"
    CONSENT = "consent"
    NOTICE = "notice"
    ELIGIBILITY = "eligibility"
    QUOTA = "quota"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that stands against handing in: where (a JSON pointer that a screen links to), a stable code, in words."""

    kind: LackKind
    pointer: str
    code: str
    words: Text


class NotReady(Invalid):
    """A nomination is handed in whole."""

    title = Text("提名材料尚不完整", "The nomination is not complete")
    detail = Text("尚有 {count} 处须补充或更正。", "{count} things are missing or not right.")


class NotSubmittable(Conflict):
    """A draft is handed in, and what was handed in or returned until its time is over."""

    title = Text("当前状态不能提交", "Not possible in this state")
    detail = Text("该提名{state}，不能提交。", "The nomination is {state} and cannot be handed in.")


class NotHandedIn(Conflict):
    """Only what is handed in is withdrawn, or returned."""

    title = Text("尚未提交", "It is not handed in")
    detail = Text("该提名{state}，不能执行此操作。", "The nomination is {state}; this is done to what is handed in.")


class CorrectionTooShort(Invalid):
    """A clock for corrections lies ahead."""

    title = Text("补正期限有误", "The time is not ahead")
    detail = Text("补正期限须晚于现在。", "The time for corrections ends later than now.")


class NoticeDatesBackwards(Invalid):
    """A notice does not end before it begins."""

    title = Text("公示日期有误", "The dates are out of order")
    detail = Text("公示截止日不得早于起始日。", "A notice does not end before it begins.")


class ScanUnknown(Invalid):
    """A notice is shown by an attachment of its own nomination."""

    title = Text("没有该附件", "There is no such attachment")
    detail = Text("公示证明须为本提名现有的附件。", "The scan is one of the nomination's own attachments.")


NOTICE = "/notice"
_NO_NOTICE = Text("尚未登记推荐单位的公示", "the unit's notice is not recorded")
_SHORT = Text(
    "公示须满 {days} 个工作日，现为 {given} 个", "the notice has to last {days} working days, and lasts {given}"
)
_RUNNING = Text("公示尚未结束（截止 {to}）", "the notice still runs (until {to})")
_OUTCOME = {
    NoticeOutcome.RUNNING: Text("尚未登记公示结果", "the outcome of the notice is not recorded"),
    NoticeOutcome.UPHELD: Text("公示期间的异议成立", "an objection to the notice was upheld"),
}
_SCAN = Text("未附公示证明扫描件", "the scan that shows the notice is missing")

CONSENT_WORDS: Mapping[str, Text] = {
    "absent": Text("尚未邀请{role}", "{role} was not asked"),
    "open": Text("{role}尚未答复", "{role} has not answered"),
    "outdated": Text("内容在{role}同意之后有改动，须重新确认", "what {role} consented to was changed since"),
    "declined": Text("{role}不同意", "{role} has declined"),
    "expired": Text("给{role}的链接已过期", "the link of {role} has expired"),
}
ATTACHMENT_ABSENT = Text("缺少附件：{name}", "an attachment is missing: {name}")
NO_SLOT = Text("本单位该类别已无可用名额", "the unit has no slot left in this category")
KIND_ABSENT = Text("请选择候选人类型", "choose the kind of candidate")


def lacks_of_notice(
    days: int, notice: tuple[date, date, str, bool] | None, today: date, calendar: WorkCalendar
) -> list[Lack]:
    """Return what stands against a unit's notice (first and last day, outcome, whether it is shown by a scan).

    Working days are counted from the day after it was put up; its last day has to be over.
    """
    if days <= 0:
        return []
    if notice is None:
        return [_notice("absent", _NO_NOTICE)]
    first, last, outcome, shown = notice
    given, _ = working_days_between(first, last, calendar)
    found = []
    if given < days:
        found.append(_notice("short", _SHORT.format(days=days, given=given), "/to_on"))
    if today <= last:
        found.append(_notice("running", _RUNNING.format(to=last.isoformat()), "/to_on"))
    elif outcome in _OUTCOME:
        found.append(_notice(outcome, _OUTCOME[NoticeOutcome(outcome)], "/outcome"))
    if not shown:
        found.append(_notice("scan", _SCAN, "/scan_id"))
    return found


def _notice(code: str, words: Text, place: str = "") -> Lack:
    return Lack(LackKind.NOTICE, NOTICE + place, code, words)


def errors_of(lacks: list[Lack]) -> list[FieldError]:
    """Return what is lacking as a refusal names it."""
    return [FieldError(lack.pointer, lack.code, lack.words) for lack in lacks]


def check_ready(lacks: list[Lack]) -> None:
    """Raise `NotReady` with everything that stands against handing in."""
    if lacks:
        raise NotReady(errors=errors_of(lacks), count=len(lacks))


def number_of(cycle: str, category: str, serial: int) -> str:
    """Return the number of a nomination, such as `chuangxin-4-people-0007`."""
    return f"{cycle}-{category}-{serial:04}"


def check_code_of(sha256: str) -> str:
    """Return the code that every page carries: the first 60 bits of the hash, such as `7KQM-2XR8-00PF`."""
    bits = int(sha256[:15], 16)
    signs = "".join(_SIGNS[bits >> shift & 31] for shift in range(55, -1, -5))
    return "-".join(signs[at : at + 4] for at in range(0, 12, 4))


def check_clock(until: datetime, now: datetime) -> None:
    """Raise `CorrectionTooShort` unless a clock ends ahead."""
    if until <= now:
        raise CorrectionTooShort()
