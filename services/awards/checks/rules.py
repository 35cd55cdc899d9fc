"""How the formality check of a nomination goes: whose hands it is in, what two persons say of it, and what follows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.errors import Conflict, FieldError, Invalid
from shared.text import Text
from shared.workdays import WorkCalendar, add_working_days


class CheckOutcome(StrEnum):
    """What somebody who checks says of a nomination."""

    PASS = "pass"
    RETURN = "return"
    REJECT = "reject"


class CheckStanding(StrEnum):
    """Where a nomination stands in the check."""

    WAITING = "waiting"
    SECOND = "second"
    RETURNED = "returned"
    OVERDUE = "overdue"
    PASSED = "passed"
    REJECTED = "rejected"


OUTCOME_NAMES: Mapping[str, Text] = {
    CheckOutcome.PASS: Text("通过", "passed"),
    CheckOutcome.RETURN: Text("退回补正", "returned for correction"),
    CheckOutcome.REJECT: Text("不予受理", "rejected"),
}
FINAL = "final"
"""What follows from an opinion that takes effect."""
END_OF_DAY = time(17)
"""The wall time at which a clock of working days ends."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a nomination is returned or rejected: a stable key, in words, and for which outcomes."""

    key: str
    words: Text
    outcomes: tuple[CheckOutcome, ...]


_BOTH = (CheckOutcome.RETURN, CheckOutcome.REJECT)
USUAL_REASONS: tuple[Reason, ...] = (
    Reason("form", Text("申报表填写不完整或有误", "the form is incomplete or wrong"), (CheckOutcome.RETURN,)),
    Reason("paper_missing", Text("缺少附件", "a paper is missing"), (CheckOutcome.RETURN,)),
    Reason(
        "paper_wrong", Text("附件不清晰或与要求不符", "a paper cannot be read, or is another"), (CheckOutcome.RETURN,)
    ),
    Reason("seal", Text("缺少签字或公章", "a signature or seal is missing"), (CheckOutcome.RETURN,)),
    Reason("identity", Text("身份信息不一致", "particulars of identity do not agree"), _BOTH),
    Reason("notice", Text("推荐单位公示不符合要求", "the unit's notice falls short"), _BOTH),
    Reason("eligibility", Text("不符合参评条件", "the rules of eligibility are not met"), (CheckOutcome.REJECT,)),
    Reason("duplicate", Text("同一候选人多渠道重复推荐", "the same candidate came through several channels"), _BOTH),
    Reason("same_work", Text("成果已在往届参评", "the same work stood before"), _BOTH),
    Reason("classified", Text("材料涉密", "the material is classified"), _BOTH),
    Reason("not_corrected", Text("逾期未补正", "it was not corrected in time"), (CheckOutcome.REJECT,)),
    Reason("other", Text("其他", "another reason"), _BOTH),
)
"""What a programme checks by that has written no reasons of its own."""


class NotInTheCheck(Conflict):
    """Only what is handed in is checked; what was returned waits for its unit, and what is decided stays decided."""

    title = Text("该提名目前不在审查中", "It is not in the check")
    detail = Text("该提名{state}，目前不能审查。", "The nomination is {state} and is not checked at present.")


class InOtherHands(Conflict):
    """Two persons do not check the same nomination at the same time."""

    title = Text("他人正在审查", "Somebody else has it in hand")
    detail = Text("他人自 {since} 起正在审查该提名。", "Somebody else has had it in hand since {since}.")


class FirstOpinionStands(Conflict):
    """What waits for a second opinion is looked at by itself, not returned with others."""

    title = Text("已有初审意见", "A first opinion stands")
    detail = Text(
        "“{number}”已有初审意见，须逐件复核。", "“{number}” waits for a second opinion; look at it by itself."
    )


class SecondPerson(Conflict):
    """What ends the check for good is said by two persons."""

    title = Text("须由另一人复核", "Another person has to look")
    detail = Text(
        "您已作出初审意见，复核须由另一名工作人员进行。", "You gave the first opinion; the second is another person's."
    )


class ReasonUnnamed(Invalid):
    """Whoever returns or rejects names a reason that the programme has for that, and says what is meant by another one."""

    title = Text("请选择原因", "Name the reason")
    detail = Text(
        "退回或不予受理须选择原因；“{key}”不适用。", "It needs a reason of the programme's; “{key}” is none for this."
    )


class RemarkMisplaced(Invalid):
    """A remark on a field is told to the unit that corrects it, so that it is on a field of its form."""

    title = Text("逐项标注有误", "A remark is out of place")
    detail = Text(
        "逐项标注仅用于退回补正，且须指向表单中的字段。", "Remarks are for returns, each on a field of the form."
    )


class NotEligible(Conflict):
    """Whom the rules bar does not pass."""

    title = Text("不符合参评条件", "The rules bar the candidate")
    detail = Text("按现行规则不符合：{rules}。", "By the rules that hold, these are not met: {rules}.")


class UnknownUnexplained(Invalid):
    """Where the rules cannot tell, whoever passes a candidate says why."""

    title = Text("请说明通过的理由", "Say why it passes")
    detail = Text("参评条件尚不能由系统判定，请写明核对情况。", "The rules cannot tell; say what was looked at.")


class StillCorrected(Conflict):
    """What was returned is rejected once its clock has run down."""

    title = Text("补正期限未到", "The time for corrections runs")
    detail = Text("补正期限为 {until}。", "Corrections are taken until {until}.")


def check_hands(taken_by: str | None, taken_at: datetime | None, account_id: str) -> None:
    """Raise `InOtherHands` where somebody else has a nomination in hand."""
    if taken_by is not None and taken_by != account_id and taken_at is not None:
        raise InOtherHands(since=taken_at.isoformat(timespec="minutes"))


def check_second(first_by: str | None, account_id: str) -> None:
    """Raise `SecondPerson` for who gave the first opinion."""
    if first_by == account_id:
        raise SecondPerson()


def check_reasons(outcome: CheckOutcome, keys: Sequence[str], words: str, known: Collection[Reason]) -> None:
    """Raise `ReasonUnnamed` unless what is returned or rejected has reasons that are there for that; `other` needs words."""
    fitting = {reason.key for reason in known if outcome in reason.outcomes}
    wrong = next((key for key in keys if key not in fitting), None)
    if wrong is not None:
        raise ReasonUnnamed(key=wrong)
    if outcome is not CheckOutcome.PASS and (not keys or ("other" in keys and not words.strip())):
        raise ReasonUnnamed(key=keys[0] if keys else "")


def check_remarks(outcome: CheckOutcome, on_fields: Sequence[bool]) -> None:
    """Raise `RemarkMisplaced` unless every remark is on a field of the form, and what is said returns the nomination."""
    returns = outcome is CheckOutcome.RETURN
    faults = [
        FieldError(f"/remarks/{index}/pointer", "misplaced", RemarkMisplaced.detail)
        for index, on_field in enumerate(on_fields)
        if not (returns and on_field)
    ]
    if faults:
        raise RemarkMisplaced(errors=faults)


def clock_of(days: int, zone: str, now: datetime, calendar: WorkCalendar) -> tuple[datetime, bool]:
    """Return when a clock of working days ends, and whether that is provisional; the day it is does not count."""
    day, provisional = add_working_days(now.astimezone(ZoneInfo(zone)).date(), days, calendar)
    return datetime.combine(day, END_OF_DAY, ZoneInfo(zone)).astimezone(UTC), provisional


def standing_of(state: str, *, first: bool, correct_until: datetime | None, now: datetime) -> CheckStanding:
    """Return where a nomination stands that was handed in; `first` tells that an opinion waits for a second."""
    if state in (CheckStanding.PASSED, CheckStanding.REJECTED):
        return CheckStanding(state)
    if state == CheckStanding.RETURNED:
        over = correct_until is not None and now > correct_until
        return CheckStanding.OVERDUE if over else CheckStanding.RETURNED
    return CheckStanding.SECOND if first else CheckStanding.WAITING
