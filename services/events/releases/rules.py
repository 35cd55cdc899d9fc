"""When a programme may become public, who decides it, and who is shown what of it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden
from shared.text import Text


class ConflictsBlock(Conflict):
    """Nothing is released while a conflict stands that the edition wants to block, unless somebody accepted it."""

    title = Text("存在阻止发布的冲突", "Conflicts forbid a release")
    detail = Text("尚有 {count} 处冲突未解决，也未被接受。", "{count} conflicts are neither mended nor accepted.")


class ReleaseNotApproved(Conflict):
    """Where an edition asks for it, another person has approved exactly what is to be released."""

    title = Text("日程尚未获得批准", "The programme is not approved yet")
    detail = Text(
        "须由另一位有权限的人员批准当前日程后方可发布；批准后日程如有改动，须重新批准。",
        "Another person approves the programme as it stands before it is released; once changed, it is approved again.",
    )


class OwnApproval(Conflict):
    """What somebody edited is approved by somebody else."""

    title = Text("不能批准自己的修改", "Not one's own changes")
    detail = Text("日程由您最后修改，须由另一人批准。", "You made the last change; somebody else approves it.")


class ProgrammeChanged(Conflict):
    """An approval, and a release, is of what was looked at."""

    title = Text("日程已有改动", "The programme has changed")
    detail = Text("您查看之后日程已有改动，请重新查看后再操作。", "It has changed since you looked; look again first.")


class NothingToRelease(Conflict):
    """A release differs from the one before."""

    title = Text("没有需要发布的改动", "There is nothing to release")
    detail = Text("日程与当前发布的版本一致。", "The programme is what is public already.")


class EditionOver(Conflict):
    """The programme of an edition that is over, or called off, stays as it is."""

    title = Text("本届活动已结束或已取消", "The edition is over, or called off")
    detail = Text("其日程不可再更改。", "Its programme stays as it is.")


def may_release(caller: Caller, path: Sequence[str], edition_id: str) -> None:
    """Raise `Forbidden` unless the caller organizes the edition; `path` leads to its owner."""
    if not caller.has(Role.ORGANIZER, path, f"edition:{edition_id}"):
        raise Forbidden()


def check_releasable(state: str, standing: str) -> None:
    """Raise `EditionOver` where an edition's programme can change no more."""
    if state in ("closed", "archived") or standing == "cancelled":
        raise EditionOver(state=state, standing=standing)


def approver(approved_by: Collection[str], released_by: str) -> str | None:
    """Return somebody who approved and is not who releases; nobody where there is none."""
    return min((account for account in approved_by if account != released_by), default=None)


def is_shown(openness: str, embargo_until: datetime | None, now: datetime, *, member: bool, inside: bool) -> bool:
    """Tell whether a reader is shown a session: those inside are shown all, others what is open to them by now."""
    if inside:
        return True
    if embargo_until and embargo_until > now:
        return False
    return openness == "public" or (openness == "members" and member)
