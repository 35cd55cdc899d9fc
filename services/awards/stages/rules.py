"""What may become of a date that was announced."""

from collections.abc import Sequence
from datetime import datetime

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid, Unauthenticated
from shared.text import Text
from shared.times import PlannedTime


class ExtendInstead(Conflict):
    """What was announced as a deadline is only ever put off, by an extension that says why."""

    title = Text("已公布的截止时间只能延期", "An announced deadline is only extended")
    detail = Text("如需推迟，请办理延期并写明事由。", "To put it off, extend it and say why.")


class NotLater(Invalid):
    """An extension ends later than what it extends, and later than now."""

    title = Text("延期时间未晚于原截止时间", "It is not later")
    detail = Text("延期后的时间应晚于 {until}，并晚于现在。", "It has to end later than {until}, and later than now.")


class NoDeadline(Invalid):
    """Only a deadline is extended, and one that is known."""

    title = Text("该阶段不是截止时间", "The stage is no deadline")
    detail = Text("只有已定时间的截止阶段可以延期。", "Only a deadline with a time can be extended.")


class ReasonMissing(Invalid):
    """What was announced is changed for a reason that is written down."""

    title = Text("请写明事由", "Say why")
    detail = Text("已公布的安排须写明事由方可改动。", "What was announced is changed with a reason.")


class WasAnnounced(Conflict):
    """What people may have in their calendars is called off, not removed."""

    title = Text("已公布的阶段不能删除", "It was announced")
    detail = Text("已公布的阶段不能删除，可以将其取消。", "A stage that was announced is cancelled, not removed.")


class ExtensionInEffect(Conflict):
    """An extension is taken back only while the deadline that would then hold lies ahead: nobody is made late by it."""

    title = Text("延期已经生效，不能撤回", "The extension has taken effect")
    detail = Text(
        "撤回后的截止时间 {until} 已过，不能撤回此次延期。",
        "Without it the deadline would have been {until}, which has passed.",
    )


class ExtendedSince(Conflict):
    """Extensions for all build upon each other, and are taken back from the last."""

    title = Text("此后又有延期", "It was extended again since")
    detail = Text("请先撤回此后的延期。", "Take back the later extension first.")


class StageTwice(Conflict):
    """A call opens once, and each kind of deadline stands once: it is what submissions are judged by."""

    title = Text("该类阶段已存在", "There is one already")
    detail = Text("该届已有“{stage}”，请直接修改。", "The cycle has “{stage}” already; change that one.")


class UnitUnnamed(Invalid):
    """What is put off for one nomination names the unit whose it is."""

    title = Text("请指明推荐单位", "Name the unit")
    detail = Text("为单项提名延期时，须同时指明其推荐单位。", "To put it off for one nomination, name its unit too.")


def check_later(until: PlannedTime, present: PlannedTime, now: datetime) -> None:
    """Raise `NotLater` unless `until` lies behind the `present` deadline, and ahead."""
    if until.utc() <= max(present.utc(), now):
        raise NotLater(until=present.words())


def check_takes_back(until: PlannedTime, now: datetime) -> None:
    """Raise `ExtensionInEffect` unless the deadline that would hold again lies ahead."""
    if until.utc() <= now:
        raise ExtensionInEffect(until=until.words())


def check_move(*, is_deadline: bool, moves: bool, reason: str) -> None:
    """Raise `ExtendInstead` for another time of a deadline that was announced, `ReasonMissing` for any change without one."""
    if is_deadline and moves:
        raise ExtendInstead()
    if not reason.strip():
        raise ReasonMissing()


def may_ask_for(caller: Caller | None, path: Sequence[str]) -> None:
    """Raise `Unauthenticated` or `Forbidden` unless the caller works for the unit with this `path`."""
    if caller is None:
        raise Unauthenticated()
    if not caller.has(Role.NOMINATOR, path):
        raise Forbidden()
