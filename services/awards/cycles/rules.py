"""How a cycle goes on, what may still be changed of it, until when something may be handed in, and who may see it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid
from shared.text import Text
from shared.times import PlannedTime


class Phase(StrEnum):
    """How far a cycle has come."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class Deed(StrEnum):
    """What is done to a cycle as a whole."""

    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    CONCLUDE = "conclude"
    CANCEL = "cancel"


STEPS: Mapping[tuple[Deed, Phase], Phase] = {
    (Deed.OPEN, Phase.DRAFT): Phase.OPEN,
    (Deed.CLOSE, Phase.OPEN): Phase.CLOSED,
    (Deed.REOPEN, Phase.CLOSED): Phase.OPEN,
    (Deed.CONCLUDE, Phase.CLOSED): Phase.CONCLUDED,
    (Deed.CANCEL, Phase.OPEN): Phase.CANCELLED,
    (Deed.CANCEL, Phase.CLOSED): Phase.CANCELLED,
}
"""From which state a deed leads to which; no other pair is allowed."""

STATE_NAMES: Mapping[str, Text] = {
    Phase.DRAFT: Text("筹备中", "in preparation"),
    Phase.OPEN: Text("征集中", "open"),
    Phase.CLOSED: Text("征集已截止", "closed"),
    Phase.CONCLUDED: Text("已办结", "concluded"),
    Phase.CANCELLED: Text("已取消", "cancelled"),
}

DEED_NAMES: Mapping[str, Text] = {
    Deed.OPEN: Text("启动征集", "opened"),
    Deed.CLOSE: Text("截止征集", "closed"),
    Deed.REOPEN: Text("重新开放", "opened again"),
    Deed.CONCLUDE: Text("办结", "concluded"),
    Deed.CANCEL: Text("取消", "cancelled"),
    "amend": Text("补充修订", "amended"),
    "extend": Text("延期", "extended"),
    "date": Text("改动日程", "given other dates"),
    "change": Text("修改", "changed"),
    "redefine": Text("直接改动评选定义（启动后请以修订方式办理）", "defined anew: from its opening on it is amended"),
    "remove": Text("删除", "removed"),
    "check": Text("进行形式审查", "checked"),
    "publish": Text("公布受理名单", "given an accepted list"),
}


class CycleStepForbidden(Conflict):
    """A cycle goes through its states one by one, and what is announced is amended, not rewritten."""

    title = Text("当前状态不允许此操作", "Not possible in this state")
    detail = Text("该届{state}，不能{deed}。", "The cycle is {state} and cannot be {deed}.")


class DefinitionIncomplete(Conflict):
    """No cycle is opened, or amended, so that something of its definition is not known."""

    title = Text("项目定义不完整", "The definition is incomplete")
    detail = Text("尚缺：{words}。", "It lacks: {words}.")


class DeadlineNotSet(Conflict):
    """Deadlines are known to the minute before a call opens, in their order, and lie ahead."""

    title = Text("截止时间未定或次序有误", "A deadline is not set, or out of order")
    detail = Text(
        "“{stage}”须先定到时分、晚于前一节点并晚于现在。",
        "“{stage}” needs a time to the minute, behind what comes before it and ahead of now.",
    )


class StillRunning(Conflict):
    """A call is closed when its last deadline, with every extension of it, has passed."""

    title = Text("征集尚未截止", "The call still runs")
    detail = Text(
        "最后的截止时间是 {until}，此前不能截止征集。", "The last deadline is {until}; it is not closed before."
    )


class DeadlinePassed(Conflict):
    """What arrived after the deadline is too late; the whole request has to be there in time."""

    title = Text("已过截止时间", "The deadline has passed")
    detail = Text(
        "截止时间为 {until}，您的请求于 {received} 到达。",
        "The deadline was {until}; your request arrived at {received}.",
    )


class NotOpenYet(Conflict):
    """Nothing is handed in before the call opens, or to a cycle whose call is not open."""

    title = Text("征集未开放", "The call is not open")
    detail = Text("该届{state}，目前不接收材料。", "The cycle is {state}; nothing is taken at present.")


class NothingAmended(Invalid):
    """An amendment changes something."""

    title = Text("没有任何改动", "Nothing is changed")
    detail = Text("修订内容与现行规定相同。", "It says what holds already.")


class EffectiveEarlier(Invalid):
    """An amendment builds upon the one before it, and so holds from no earlier day."""

    title = Text("生效日期早于前一次修订", "In effect before the last amendment")
    detail = Text(
        "前一次修订自 {last} 起生效，本次不得更早。",
        "The last amendment holds from {last}; this one from no earlier day.",
    )


class NotARehearsal(Conflict):
    """Only a rehearsal is filled with samples."""

    title = Text("不是演练", "It is no rehearsal")
    detail = Text("示例数据只能放入演练。", "Samples are put into rehearsals only.")


def scope_of(cycle_id: str) -> str:
    """Return the scope of grants on one cycle."""
    return f"cycle:{cycle_id}"


def is_office(caller: Caller | None, path: Sequence[str], cycle_id: str, programme_id: str) -> bool:
    """Tell whether the caller is of the award office that runs a cycle; `path` is its owner's."""
    scopes = (scope_of(cycle_id), f"programme:{programme_id}")
    return caller is not None and any(caller.has(Role.AWARD_OFFICER, path, scope) for scope in scopes)


def may_audit(caller: Caller, path: Sequence[str], cycle_id: str, programme_id: str) -> None:
    """Raise `Forbidden` unless the caller is of the award office that runs a cycle, or supervises it."""
    supervises = caller.has(Role.SUPERVISOR, path, scope_of(cycle_id))
    if not (supervises or is_office(caller, path, cycle_id, programme_id)):
        raise Forbidden()


def may_run(caller: Caller, path: Sequence[str], cycle_id: str, programme_id: str) -> None:
    """Raise `Forbidden` unless the caller `is_office`."""
    if not is_office(caller, path, cycle_id, programme_id):
        raise Forbidden()


def is_announced(state: str, rehearsal_of: str | None) -> bool:
    """Tell whether everybody sees a cycle; others are for their own office."""
    return state != Phase.DRAFT and rehearsal_of is None


def next_state(deed: Deed, state: str) -> Phase:
    """Return the state that `deed` leads to; raise `CycleStepForbidden`."""
    following = STEPS.get((deed, Phase(state)))
    if following is None:
        raise CycleStepForbidden(state=STATE_NAMES[state], deed=DEED_NAMES[deed])
    return following


def check_state(state: str, deed: str, *allowed: Phase) -> None:
    """Raise `CycleStepForbidden` unless the cycle is in one of the states `allowed`."""
    if state not in allowed:
        raise CycleStepForbidden(state=STATE_NAMES[state], deed=DEED_NAMES[deed])


def check_complete(gaps: Sequence[tuple[str, Text]]) -> None:
    """Raise `DefinitionIncomplete` with what is missing, as (code, words)."""
    if gaps:
        words = Text("、".join(text.zh for _, text in gaps), ", ".join(text.en for _, text in gaps))
        raise DefinitionIncomplete(words=words, missing=[code for code, _ in gaps])


def check_deadlines(
    opens: PlannedTime | None, deadlines: Iterable[tuple[Text, PlannedTime | None]], now: datetime
) -> None:
    """Raise `DeadlineNotSet` unless each of the deadlines is known, behind the one before it and the opening, and ahead."""
    before = opens.utc() if opens else None
    for title, planned in deadlines:
        if planned is None or planned.utc() <= now or (before is not None and planned.utc() <= before):
            raise DeadlineNotSet(stage=title)
        before = planned.utc()


def check_effective(effective_on: date, last: date | None) -> None:
    """Raise `EffectiveEarlier` for an amendment that would hold before the one that it builds upon."""
    if last is not None and effective_on < last:
        raise EffectiveEarlier(last=last.isoformat())


def latest(times: Iterable[PlannedTime]) -> PlannedTime | None:
    """Return the last of some planned times."""
    return max(times, key=PlannedTime.utc, default=None)


def check_over(last: PlannedTime | None, now: datetime) -> None:
    """Raise `StillRunning` as long as a deadline lies ahead."""
    if last is not None and now <= last.utc():
        raise StillRunning(until=last.words())


def check_in_time(received_at: datetime, until: PlannedTime) -> None:
    """Raise `DeadlinePassed` for what had not arrived whole at the deadline itself."""
    if received_at > until.utc():
        raise DeadlinePassed(until=until.words(), received=received_at.isoformat(timespec="milliseconds"))


def check_goes_on(state: str) -> None:
    """Raise `NotOpenYet` for corrections of what was handed in, unless the cycle is open or closed."""
    if state not in (Phase.OPEN, Phase.CLOSED):
        raise NotOpenYet(state=STATE_NAMES[state])


def check_takes(state: str, opens: datetime | None, received_at: datetime) -> None:
    """Raise `NotOpenYet` unless the call is open and has begun."""
    if state != Phase.OPEN or (opens is not None and received_at < opens):
        begun = state if state != Phase.OPEN else Phase.DRAFT
        raise NotOpenYet(state=STATE_NAMES[begun])
