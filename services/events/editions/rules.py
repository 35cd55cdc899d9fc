"""What an edition may be and become, who may bring that about, and the words of every refusal."""

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid
from shared.text import Text
from shared.times import check_order


class State(StrEnum):
    """How far an edition has come."""

    PLANNED = "planned"
    OPEN = "open"
    PUBLISHED = "published"
    RUNNING = "running"
    CLOSED = "closed"
    ARCHIVED = "archived"


PUBLIC = (State.PUBLISHED, State.RUNNING, State.CLOSED, State.ARCHIVED)
"""The states in which anybody sees an edition, and calendars its dates."""


class Standing(StrEnum):
    """Whether an edition is held as announced."""

    NORMAL = "normal"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Deed(StrEnum):
    """What is done to an edition as a whole."""

    OPEN = "open"
    PUBLISH = "publish"
    START = "start"
    CLOSE = "close"
    ARCHIVE = "archive"
    REOPEN = "reopen"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    RESUME = "resume"
    CHANGE = "change"
    KEY_DATE = "key_date"


STEPS: Mapping[tuple[Deed, State], State] = {
    (Deed.OPEN, State.PLANNED): State.OPEN,
    (Deed.PUBLISH, State.PLANNED): State.PUBLISHED,
    (Deed.PUBLISH, State.OPEN): State.PUBLISHED,
    (Deed.START, State.PUBLISHED): State.RUNNING,
    (Deed.CLOSE, State.PUBLISHED): State.CLOSED,
    (Deed.CLOSE, State.RUNNING): State.CLOSED,
    (Deed.ARCHIVE, State.CLOSED): State.ARCHIVED,
    (Deed.REOPEN, State.CLOSED): State.RUNNING,
    (Deed.REOPEN, State.ARCHIVED): State.CLOSED,
}
"""From which state a deed leads to which; no other pair is allowed."""

STATE_NAMES: Mapping[str, Text] = {
    State.PLANNED: Text("筹备中", "planned"),
    State.OPEN: Text("已启动", "open"),
    State.PUBLISHED: Text("已发布", "published"),
    State.RUNNING: Text("进行中", "running"),
    State.CLOSED: Text("已结束", "closed"),
    State.ARCHIVED: Text("已归档", "archived"),
    Standing.NORMAL: Text("如期举办", "going ahead"),
    Standing.POSTPONED: Text("已延期", "postponed"),
    Standing.CANCELLED: Text("已取消", "cancelled"),
}

DEED_NAMES: Mapping[Deed, Text] = {
    Deed.OPEN: Text("启动", "opened"),
    Deed.PUBLISH: Text("发布", "published"),
    Deed.START: Text("开始", "started"),
    Deed.CLOSE: Text("结束", "closed"),
    Deed.ARCHIVE: Text("归档", "archived"),
    Deed.REOPEN: Text("重新打开", "reopened"),
    Deed.POSTPONE: Text("延期", "postponed"),
    Deed.CANCEL: Text("取消", "cancelled"),
    Deed.RESUME: Text("恢复举办", "resumed"),
    Deed.CHANGE: Text("修改", "changed"),
    Deed.KEY_DATE: Text("调整重要日期", "given another key date"),
}


class Precision(StrEnum):
    """How exactly the dates of an edition are known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class AttendanceMode(StrEnum):
    """Where people take part."""

    ON_SITE = "on_site"
    HYBRID = "hybrid"
    ONLINE = "online"


class OrganisationRole(StrEnum):
    """What an organisation is to an edition, in protocol order."""

    GUIDANCE = "guidance"
    HOST = "host"
    ORGANIZER = "organizer"
    CO_ORGANIZER = "co_organizer"
    SUPPORTER = "supporter"


ROLE_NAMES: Mapping[OrganisationRole, Text] = {
    OrganisationRole.GUIDANCE: Text("指导单位", "Under the guidance of"),
    OrganisationRole.HOST: Text("主办单位", "Hosts"),
    OrganisationRole.ORGANIZER: Text("承办单位", "Organizers"),
    OrganisationRole.CO_ORGANIZER: Text("协办单位", "Co-organizers"),
    OrganisationRole.SUPPORTER: Text("支持单位", "Supporters"),
}


class KeyDateKind(StrEnum):
    """What a key date is about."""

    CIRCULAR = "circular"
    ABSTRACTS = "abstracts"
    PAPERS = "papers"
    NOTIFICATION = "notification"
    EARLY_REGISTRATION = "early_registration"
    REGISTRATION = "registration"
    NOMINATION = "nomination"
    ARRIVAL = "arrival"
    OPENING = "opening"
    CLOSING = "closing"
    MEETING = "meeting"
    OTHER = "other"


class NoSuchStep(Conflict):
    """An edition goes through its states one by one."""

    title = Text("当前状态不允许此操作", "Not possible in this state")
    detail = Text("本届活动{state}，不能{deed}。", "The edition is {state} and cannot be {deed}.")


class DatesMissing(Conflict):
    """What is public, and what other dates are moved by, has dates."""

    title = Text("尚未确定日期", "There are no dates yet")
    detail = Text("请先填写起止日期，可只精确到月。", "Enter the dates first; the month alone will do.")


class UnknownReference(Invalid):
    """What a request names must exist, and be visible to the caller."""

    title = Text("所引用的内容不存在", "No such thing")
    detail = Text("{field}：找不到“{named}”。", "{field}: there is no “{named}”.")


class ApprovalMissing(Conflict):
    """Where an edition asks for it, nothing becomes public that another person has not approved."""

    title = Text("尚未获得批准", "Not approved yet")
    detail = Text(
        "对外发布的内容须经另一位有权限的人员批准后方可{deed}。",
        "What becomes public is approved by another person before the edition is {deed}.",
    )


class WasPublic(Conflict):
    """What people may have in their calendars is cancelled, not removed."""

    title = Text("已发布的内容不能删除", "It was public")
    detail = Text(
        "已发布的活动不能删除，可以取消或归档。", "An edition that was public is cancelled or archived, not removed."
    )


def scope_of(edition_id: str) -> str:
    """Return the scope of grants on one edition."""
    return f"edition:{edition_id}"


def staff_organisations(caller: Caller | None) -> frozenset[str]:
    """Return the organisations at which the caller has any role but that of a member."""
    grants = caller.grants if caller else ()
    return frozenset(g.organisation for g in grants if g.organisation and g.role is not Role.MEMBER)


def staff_editions(caller: Caller | None) -> frozenset[str]:
    """Return the editions on which the caller has a role."""
    scopes = (g.scope for g in caller.grants if g.scope and g.role is not Role.MEMBER) if caller else ()
    return frozenset(scope.removeprefix("edition:") for scope in scopes if scope.startswith("edition:"))


def is_insider(caller: Caller | None, path: Sequence[str], edition_id: str) -> bool:
    """Tell whether the caller has any role on the edition or at its owner, whose path is given."""
    return edition_id in staff_editions(caller) or not staff_organisations(caller).isdisjoint(path)


def may_see(caller: Caller | None, path: Sequence[str], edition_id: str, state: str) -> bool:
    """Tell whether the caller may see the edition at all: a public one, or one on which they have a role."""
    return state in PUBLIC or is_insider(caller, path, edition_id)


def may_open(caller: Caller, path: Sequence[str]) -> None:
    """Raise `Forbidden` unless the caller organizes at the organisation that will own the edition."""
    if not caller.has(Role.ORGANIZER, path):
        raise Forbidden()


def can_edit(caller: Caller, path: Sequence[str], edition_id: str) -> bool:
    """Tell whether the caller organizes the edition; `path` is its owner's."""
    return caller.has(Role.ORGANIZER, path, scope_of(edition_id))


def may_edit(caller: Caller, path: Sequence[str], edition_id: str) -> None:
    """Raise `Forbidden` unless the caller organizes the edition; `path` is its owner's."""
    if not can_edit(caller, path, edition_id):
        raise Forbidden()


def may_schedule(caller: Caller, path: Sequence[str], edition_id: str) -> None:
    """Raise `Forbidden` unless the caller organizes or schedules the edition; `path` is its owner's."""
    if not (can_edit(caller, path, edition_id) or caller.has(Role.SCHEDULER, path, scope_of(edition_id))):
        raise Forbidden()


def may_see_inside(caller: Caller, path: Sequence[str], edition_id: str) -> None:
    """Raise `Forbidden` unless the caller has a role on the edition, whose draft is not for everybody."""
    if not is_insider(caller, path, edition_id):
        raise Forbidden()


def next_state(deed: Deed, state: str, standing: str) -> State:
    """Return the state that `deed` leads to; raise `NoSuchStep`."""
    following = STEPS.get((deed, State(state)))
    if following is None:
        raise NoSuchStep(state=STATE_NAMES[State(state)], deed=DEED_NAMES[deed])
    if deed is Deed.START and standing != Standing.NORMAL:
        raise NoSuchStep(state=STATE_NAMES[Standing(standing)], deed=DEED_NAMES[deed])
    return following


def next_standing(deed: Deed, state: str, standing: str) -> Standing:
    """Return the standing that `deed` leads to; what is over stays as it was. Raises `NoSuchStep`."""
    if state in (State.CLOSED, State.ARCHIVED):
        raise NoSuchStep(state=STATE_NAMES[State(state)], deed=DEED_NAMES[deed])
    allowed = {
        Deed.POSTPONE: (Standing.NORMAL, Standing.POSTPONED),
        Deed.CANCEL: (Standing.NORMAL, Standing.POSTPONED),
        Deed.RESUME: (Standing.POSTPONED, Standing.CANCELLED),
    }
    if standing not in allowed[deed]:
        raise NoSuchStep(state=STATE_NAMES[Standing(standing)], deed=DEED_NAMES[deed])
    return {Deed.POSTPONE: Standing.POSTPONED, Deed.CANCEL: Standing.CANCELLED}.get(deed, Standing.NORMAL)


def whole_span(starts_on: date | None, ends_on: date | None, precision: str) -> tuple[date | None, date | None]:
    """Return the span that the dates stand for: whole months or years where they are known no better.

    One date alone stands for both. Raises `DatesBackwards`.
    """
    start, end = starts_on or ends_on, ends_on or starts_on
    if start is None or end is None:
        return None, None
    if precision == Precision.YEAR:
        start, end = start.replace(month=1, day=1), end.replace(month=12, day=31)
    elif precision == Precision.MONTH:
        start, end = start.replace(day=1), end.replace(day=monthrange(end.year, end.month)[1])
    check_order(start, end)
    return start, end


def days_between(old: date | None, new: date | None) -> int:
    """Count the days from one start to the other; none where either is not known."""
    return (new - old).days if old and new else 0


def check_approved(approvers: Collection[str], by: str, deed: Deed) -> None:
    """Raise `ApprovalMissing` unless somebody else than the account `by` has approved."""
    if not set(approvers) - {by}:
        raise ApprovalMissing(deed=DEED_NAMES[deed])
