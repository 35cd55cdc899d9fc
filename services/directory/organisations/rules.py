"""Decisions about organisations: kinds, states, places in the tree, days, and who may change what. No database, no clock."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid, NotFound
from shared.text import Text

HOME = ZoneInfo("Asia/Shanghai")
"""Where the days are counted by which grants, memberships and changes of organisations take effect."""

DEEPEST = 20
"""How many levels the tree may have."""


class Kind(StrEnum):
    """What sort of body an organisation is."""

    HEADQUARTERS = "headquarters"
    DEPARTMENT = "department"
    AFFILIATED_UNIT = "affiliated_unit"
    SOCIETY = "society"
    CONSORTIUM = "consortium"
    PROVINCIAL = "provincial"
    CORPS = "corps"
    SUBPROVINCIAL_CITY = "subprovincial_city"
    CITY = "city"
    COUNTY = "county"
    PARK = "park"
    ENTERPRISE = "enterprise"
    UNIVERSITY = "university"
    COMMITTEE = "committee"
    BRANCH = "branch"
    GOVERNMENT = "government"
    HKMT = "hkmt"
    FOREIGN = "foreign"
    OTHER = "other"


KINDS: dict[Kind, Text] = {
    Kind.HEADQUARTERS: Text("总部机关", "Headquarters"),
    Kind.DEPARTMENT: Text("内设部门", "Department"),
    Kind.AFFILIATED_UNIT: Text("直属单位", "Affiliated unit"),
    Kind.SOCIETY: Text("学会", "Society"),
    Kind.CONSORTIUM: Text("学会联合体", "Consortium of societies"),
    Kind.PROVINCIAL: Text("省级科协", "Provincial association"),
    Kind.CORPS: Text("新疆生产建设兵团科协", "Association of the Xinjiang Production and Construction Corps"),
    Kind.SUBPROVINCIAL_CITY: Text("副省级城市科协", "Association of a sub-provincial city"),
    Kind.CITY: Text("市级科协", "City association"),
    Kind.COUNTY: Text("县级科协", "County association"),
    Kind.PARK: Text("园区科协", "Association of an industrial park"),
    Kind.ENTERPRISE: Text("企业科协", "Enterprise association"),
    Kind.UNIVERSITY: Text("高校科协", "University association"),
    Kind.COMMITTEE: Text("专业委员会", "Committee"),
    Kind.BRANCH: Text("分支机构", "Branch"),
    Kind.GOVERNMENT: Text("政府部门", "Government body"),
    Kind.HKMT: Text("港澳台机构", "Hong Kong, Macao or Taiwan body"),
    Kind.FOREIGN: Text("境外机构", "Foreign body"),
    Kind.OTHER: Text("其他", "Other"),
}


class Status(StrEnum):
    """Whether an organisation is at work, and how it ended where it is not."""

    ACTIVE = "active"
    MERGED = "merged"
    SPLIT = "split"
    CLOSED = "closed"


STATUSES: dict[Status, Text] = {
    Status.ACTIVE: Text("正常", "Active"),
    Status.MERGED: Text("已合并", "Merged"),
    Status.SPLIT: Text("已分立", "Split"),
    Status.CLOSED: Text("已撤销", "Closed"),
}


class NameKind(StrEnum):
    """Why an organisation has another name."""

    ALIAS = "alias"
    FORMER = "former"


NAME_KINDS: dict[NameKind, Text] = {
    NameKind.ALIAS: Text("别名", "Alias"),
    NameKind.FORMER: Text("曾用名", "Former name"),
}


class UnknownOrganisation(NotFound):
    """There is no such organisation."""

    title = Text("未找到机构", "No such organisation")
    detail = Text("没有机构 {organisation}。", "There is no organisation {organisation}.")


class NotAdministrator(Forbidden):
    """Organisations are changed by administrators at or above them; their place and their end, by those above."""

    detail = Text("此操作须由上级机构的管理员进行。", "This is for an administrator of an organisation above.")


class SlugTaken(Conflict):
    """A slug names one organisation for ever."""

    title = Text("代码已被使用", "The slug is taken")
    detail = Text("代码“{slug}”已属于另一机构。", "The slug “{slug}” belongs to another organisation.")


class IdentifierTaken(Conflict):
    """An identifier belongs to one organisation."""

    title = Text("识别码已被使用", "The identifier is taken")
    detail = Text("{identifier} 已属于机构“{organisation}”。", "{identifier} belongs to “{organisation}”.")


class CycleInTree(Conflict):
    """An organisation cannot stand below itself."""

    title = Text("机构树中出现循环", "A cycle in the tree")
    detail = Text("机构不能移到自身或其下级机构之下。", "An organisation cannot go below itself or what is below it.")


class TooDeep(Conflict):
    """The tree has a limited number of levels."""

    title = Text("层级过深", "Too many levels")
    detail = Text("机构树最多 {limit} 级。", "The tree has at most {limit} levels.")


class RootStays(Conflict):
    """The root carries everything: it is renamed, but never moved, merged, split or closed."""

    title = Text("根机构不可移动或终止", "The root stays")
    detail = Text(
        "根机构可以更名，但不可移动、合并、分设或终止。", "It can be renamed, but not moved, merged, split or closed."
    )


class NotActive(Conflict):
    """An organisation that has ended takes part in nothing new."""

    title = Text("机构已终止", "The organisation has ended")
    detail = Text("机构“{organisation}”已终止，不能进行此操作。", "“{organisation}” has ended; this cannot be done.")


class ActiveBelow(Conflict):
    """What ends leaves nobody hanging: what is active below it is moved or ended first."""

    title = Text("仍有下级机构", "Organisations are active below")
    detail = Text(
        "其下仍有 {count} 个正常机构，请先移动或终止。",
        "{count} active organisations stand directly below it; move or end them first.",
    )


class DayNotPossible(Invalid):
    """A change takes effect today or earlier, and not before the last one."""

    title = Text("生效日期不可行", "That day is not possible")
    detail = Text(
        "生效日期不得晚于今天（{today}），也不得早于上一次变更。",
        "The day is no later than today ({today}), and no earlier than the last change.",
    )


class DatesReversed(Invalid):
    """What begins later than it ends never was."""

    title = Text("起止日期颠倒", "The dates are reversed")
    detail = Text("结束日期不得早于开始日期。", "The end may not come before the beginning.")


class SamePlace(Conflict):
    """Nothing would change."""

    title = Text("没有变化", "Nothing would change")
    detail = Text("所提交的内容与现状相同。", "What was sent is how things stand.")


class IntoItself(Conflict):
    """An organisation goes into others, each named once, not into itself or what is below it."""

    title = Text("承接机构有误", "That cannot carry it on")
    detail = Text("机构不能并入自身或其下级机构。", "An organisation does not go into itself or what is below it.")


class UnknownIdentifier(Invalid):
    """An identifier has the right form and check digits."""

    title = Text("识别码有误", "The identifier is not right")
    detail = Text("“{identifier}”的格式或校验位不正确。", "The form or the check digits of “{identifier}” are wrong.")


def day_of(moment: datetime) -> date:
    """Return the day that `moment` falls on in Beijing."""
    return moment.astimezone(HOME).date()


def path_to(path: str) -> tuple[str, ...]:
    """Return the ids from the root down, of a path `/a/b/`."""
    return tuple(path.strip("/").split("/"))


def may_tend(caller: Caller, path: Sequence[str]) -> None:
    """Raise `NotAdministrator` unless the caller administers the organisation or one above it."""
    if not caller.has(Role.ADMINISTRATOR, path):
        raise NotAdministrator()


def may_place(caller: Caller, path: Sequence[str]) -> None:
    """Raise `NotAdministrator` unless the caller administers an organisation above this one (or this one, the root)."""
    may_tend(caller, path[:-1] or path)


def check_place(path: str, parent_path: str, height: int) -> None:
    """Raise `CycleInTree` or `TooDeep` where a subtree of `height` levels at `path` cannot go below `parent_path`."""
    if parent_path.startswith(path):
        raise CycleInTree()
    if len(path_to(parent_path)) + height > DEEPEST:
        raise TooDeep(limit=DEEPEST)


def check_day(on: date | None, since: date | None, today: date) -> date:
    """Return the day on which a change takes effect: `on`, or today; raise `DayNotPossible`."""
    day = on or today
    if day > today or (since and day < since):
        raise DayNotPossible(today=today, since=since)
    return day


def check_dates(first: date | None, last: date | None) -> None:
    """Raise `DatesReversed` where the last day comes before the first."""
    if first and last and last < first:
        raise DatesReversed()
