"""What a programme is, what its definition still lacks, what it may call itself, and who may change it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid
from shared.text import Text


class ProgrammeStanding(StrEnum):
    """By what right a programme selects."""

    APPROVED = "approved"
    REGISTERED = "registered"
    PUBLICITY = "publicity"
    LIST = "list"
    DESIGNATION = "designation"
    GRANT = "grant"
    REFERRAL = "referral"


AWARDS = (ProgrammeStanding.APPROVED, ProgrammeStanding.REGISTERED)
"""The standings under which something may be called an award; each has a number."""

STANDING_NAMES: Mapping[str, Text] = {
    ProgrammeStanding.APPROVED: Text("经批准的表彰奖励项目", "an approved commendation"),
    ProgrammeStanding.REGISTERED: Text("依规登记的社会科技奖", "a registered society award"),
    ProgrammeStanding.PUBLICITY: Text("宣传推选活动", "a publicity selection"),
    ProgrammeStanding.LIST: Text("榜单发布与遴选推介", "a list"),
    ProgrammeStanding.DESIGNATION: Text("认定命名", "a designation"),
    ProgrammeStanding.GRANT: Text("资助计划", "a grant"),
    ProgrammeStanding.REFERRAL: Text("向外部奖项举荐", "a referral to others' awards"),
}


class Verb(StrEnum):
    """What a unit does with its candidates, in the programme's own word."""

    RECOMMEND = "recommend"
    NOMINATE = "nominate"
    APPLY = "apply"
    PUT_FORWARD = "put_forward"


VERB_NAMES: Mapping[str, Text] = {
    Verb.RECOMMEND: Text("推荐", "recommend"),
    Verb.NOMINATE: Text("提名", "nominate"),
    Verb.APPLY: Text("申报", "apply"),
    Verb.PUT_FORWARD: Text("举荐", "put forward"),
}


class SubjectKind(StrEnum):
    """What is selected."""

    INDIVIDUAL = "individual"
    TEAM = "team"
    WORK = "work"
    ORGANISATION = "organisation"
    QUESTION = "question"
    PROJECT = "project"


class Recurrence(StrEnum):
    """How often a programme has a cycle."""

    ANNUAL = "annual"
    BIENNIAL = "biennial"
    TRIENNIAL = "triennial"
    QUADRENNIAL = "quadrennial"
    QUINQUENNIAL = "quinquennial"
    IRREGULAR = "irregular"


class Route(StrEnum):
    """How a nomination comes about: a unit makes it, or a candidate fills it in with a unit's code."""

    UNIT = "unit"
    CODE = "code"


class StageKind(StrEnum):
    """What happens at a stage of a cycle."""

    CALL_OPENS = "call_opens"
    UNIT_DEADLINE = "unit_deadline"
    SUBMISSION_DEADLINE = "submission_deadline"
    CHECK = "check"
    CORRECTION_DEADLINE = "correction_deadline"
    LIST_PUBLISHED = "list_published"
    REVIEW = "review"
    NOTICE = "notice"
    RESULT = "result"
    OTHER = "other"


DEADLINES = (StageKind.UNIT_DEADLINE, StageKind.SUBMISSION_DEADLINE, StageKind.CORRECTION_DEADLINE)
"""Stages that end something for somebody: known to the minute, and only ever extended once they are public."""

ONCE = (StageKind.CALL_OPENS, *DEADLINES)
"""Stages of which a cycle has one at most."""

STAGE_NAMES: Mapping[str, Text] = {
    StageKind.CALL_OPENS: Text("征集启动", "Call opens"),
    StageKind.UNIT_DEADLINE: Text("推荐单位受理截止", "Deadline at nominating units"),
    StageKind.SUBMISSION_DEADLINE: Text("提交截止", "Submission deadline"),
    StageKind.CHECK: Text("形式审查", "Formality check"),
    StageKind.CORRECTION_DEADLINE: Text("补正截止", "Deadline for corrections"),
    StageKind.LIST_PUBLISHED: Text("受理名单公布", "Accepted list published"),
    StageKind.REVIEW: Text("评审", "Review"),
    StageKind.NOTICE: Text("公示", "Public notice"),
    StageKind.RESULT: Text("结果公布", "Results announced"),
    StageKind.OTHER: Text("其他安排", "Other date"),
}


class MayNotBeCalledAward(Invalid):
    """Publicity, lists, designations and grants do not call themselves an award."""

    title = Text("不得冠以“奖”的名称", "It may not be called an award")
    detail = Text(
        "“{name}”属于{standing}，名称中不得称“奖”；如确为奖项，请填写批准或登记的依据与编号。",
        "“{name}” is {standing} and may not be called an award; an award states its approval or registration and its number.",
    )


class ProgrammeInUse(Conflict):
    """A programme that has cycles is not removed."""

    title = Text("该项目已有届次", "The programme has cycles")
    detail = Text("项目“{programme}”已有届次，不能删除。", "“{programme}” has cycles and cannot be removed.")


class FormInvalid(Invalid):
    """A form is a JSON Schema of plain fields, and a layout that shows each of them once."""

    title = Text("表单定义有误", "The form is not sound")
    detail = Text("表单定义有 {count} 处错误，详见各项说明。", "The form has {count} faults; see each of them.")


class DefinitionUnsound(Invalid):
    """Within a definition every key is named once, and whatever is named exists."""

    title = Text("项目定义前后不一致", "The definition contradicts itself")
    detail = Text("{part}：“{key}”重复或不存在。", "{part}: “{key}” stands twice, or is not there.")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that a definition lacks: a stable code, whose it is (a category's key), and what it is in words."""

    code: str
    category: str
    words: Text


_CALLS_ITSELF_AWARD = re.compile(r"[奖獎](?![励勵]|学金|教金)|\b(?:award|prize|medal)s?\b", re.IGNORECASE)


def check_name(name: Text, standing: str | None) -> None:
    """Raise `MayNotBeCalledAward` where the standing forbids the name; what is referred elsewhere names others' awards."""
    free = (*AWARDS, ProgrammeStanding.REFERRAL)
    if (
        standing
        and standing not in free
        and (_CALLS_ITSELF_AWARD.search(name.zh) or _CALLS_ITSELF_AWARD.search(name.en))
    ):
        raise MayNotBeCalledAward(name=name, standing=STANDING_NAMES[standing])


def _check_keys(part: str, keys: Sequence[str], among: Sequence[str] | None = None) -> None:
    for number, key in enumerate(keys):
        if key in keys[:number] or (among is not None and key not in among):
            raise DefinitionUnsound(part=part, key=key)


def check_definition(definition: Mapping[str, Any]) -> None:
    """Raise `DefinitionUnsound` where a key stands twice in its part, or a part names what another does not have.

    Raises `MayNotBeCalledAward` for a category or a grade of what is no award.
    """
    categories = definition.get("categories") or ()
    names = [each["key"] for each in categories]
    groups = [each["key"] for each in definition.get("groups") or ()]
    _check_keys("categories", names)
    _check_keys("groups", groups)
    for each in categories:
        own = [kind["key"] for kind in each["candidate_kinds"]]
        _check_keys("candidate_kinds", own)
        _check_keys("attachments", [wanted["key"] for wanted in each["attachments"] or ()])
        for wanted in each["attachments"] or ():
            _check_keys("only_for", wanted["only_for"], own)
    limits = definition.get("limits") or {}
    for each in (*categories, *limits.get("grades", ())):
        check_name(Text(**each["name"]), definition.get("standing"))
    _check_keys("limits.grades", [each["key"] for each in limits.get("grades", ())])
    _check_keys("limits.groups", [each["key"] for each in limits.get("groups", ())], groups)
    kinds = [stage["kind"] for stage in definition.get("stages") or ()]
    _check_keys("stages", [kind for kind in kinds if kind in ONCE])
    _check_keys("quotas", [each["category"] for each in definition.get("quotas") or ()], names)


_NEEDED: tuple[tuple[str, Text], ...] = (
    ("standing", Text("性质（经批准的表彰、登记的社会科技奖，或宣传推选、榜单、认定、资助）", "its standing")),
    ("verb", Text("提法（推荐、提名、申报或举荐）", "its verb: recommend, nominate, apply or put forward")),
    ("recurrence", Text("评选周期", "how often it is held")),
    ("routes", Text("推荐途径", "by which routes candidates come")),
    ("categories", Text("评选类别", "its categories")),
    ("limits", Text("授予或入选数量（不限的也须写明）", "how many are selected, or that there is no limit")),
    ("quotas", Text("推荐名额（不限的也须写明）", "quotas for nominating units, or that there are none")),
    ("stages", Text("各阶段安排", "its stages")),
)
_FORM = Text("申报表单", "the form")
_ATTACHMENTS = Text("附件清单", "the checklist of attachments")
_ELIGIBILITY = Text("参评条件", "the rules of eligibility")
_BASIS = Text("设立依据文件", "the document it rests on")
_NUMBER = Text("批准或登记编号", "the number of its approval or registration")
_DEADLINE = Text("提交截止阶段", "a stage at which submission ends")
_TEMPLATE = Text("模板须先另建为具体项目", "it is a template: make a programme from it first")


def missing(definition: Mapping[str, Any]) -> list[Gap]:
    """Return what a definition lacks, in the order of its parts; no cycle is opened while it lacks anything."""
    return list(_gaps(definition))


def _unknown(code: str, value: Any) -> bool:
    """Tell whether nothing is known of a part; that there are no quotas is something."""
    return value is None if code == "quotas" else not value


def _gaps(definition: Mapping[str, Any]) -> Iterator[Gap]:
    if definition.get("is_template"):
        yield Gap("template", "", _TEMPLATE)
    yield from (Gap(code, "", words) for code, words in _NEEDED if _unknown(code, definition.get(code)))
    basis = definition.get("basis") or {}
    if not any((basis.get("title") or {}).values()):
        yield Gap("basis", "", _BASIS)
    if definition.get("standing") in AWARDS and not basis.get("number"):
        yield Gap("number", "", _NUMBER)
    stages = definition.get("stages") or ()
    if stages and not any(stage["kind"] == StageKind.SUBMISSION_DEADLINE for stage in stages):
        yield Gap("submission_deadline", "", _DEADLINE)
    if definition.get("eligibility") is None:
        yield Gap("eligibility", "", _ELIGIBILITY)
    for category in definition.get("categories") or ():
        if category["form"] is None:
            yield Gap("form", category["key"], _FORM)
        if category["attachments"] is None:
            yield Gap("attachments", category["key"], _ATTACHMENTS)


def with_known(said: Sequence[Mapping[str, Any]], known: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return categories as they are said, each with what it leaves open and one that is known under its key has."""
    have = {category["key"]: category for category in known}
    return [
        {name: value or have.get(each["key"], each).get(name, value) for name, value in each.items()} for each in said
    ]


def scope_of(programme_id: str) -> str:
    """Return the scope of grants on one programme."""
    return f"programme:{programme_id}"


def runs(caller: Caller | None, path: Sequence[str], scope: str | None = None) -> bool:
    """Tell whether the caller is of the award office at the organisation with this `path`, or for the one thing `scope`."""
    return caller is not None and caller.has(Role.AWARD_OFFICER, path, scope)


def may_run(caller: Caller, path: Sequence[str], scope: str | None = None) -> None:
    """Raise `Forbidden` unless the caller `runs` it."""
    if not runs(caller, path, scope):
        raise Forbidden()
