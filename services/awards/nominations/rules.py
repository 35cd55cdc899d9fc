"""How a nomination goes on, who has which part in it, and how the changes of two who write at once come together."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid, PreconditionFailed
from shared.text import Text


class NominationState(StrEnum):
    """How far a nomination has come; `passed` is past the formality check."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PASSED = "passed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


NOMINATION_STATE_NAMES: Mapping[str, Text] = {
    NominationState.DRAFT: Text("草稿", "a draft"),
    NominationState.SUBMITTED: Text("已提交", "submitted"),
    NominationState.RETURNED: Text("已退回补正", "returned for correction"),
    NominationState.PASSED: Text("形式审查通过", "past the formality check"),
    NominationState.REJECTED: Text("不予受理", "rejected"),
    NominationState.WITHDRAWN: Text("已撤回", "withdrawn"),
}


class NominationPart(StrEnum):
    """What somebody is to a nomination: of its unit, of the award office, its candidate, or of a unit above."""

    UNIT = "unit"
    OFFICE = "office"
    CANDIDATE = "candidate"
    ABOVE = "above"


READERS = (NominationPart.UNIT, NominationPart.OFFICE, NominationPart.CANDIDATE)
"""Those who read what a nomination says; a unit above sees its number and state."""


class NominationSettled(Conflict):
    """What has gone through the check is not written in any more."""

    title = Text("当前状态不能改动", "Not possible in this state")
    detail = Text("该提名{state}，不能再改动。", "The nomination is {state} and is not changed any more.")


class CorrectionOver(Conflict):
    """What was returned is corrected until its clock has run down."""

    title = Text("已过补正期限", "The time for corrections is over")
    detail = Text("补正期限为 {until}。", "Corrections were taken until {until}.")


class RouteNotOffered(Conflict):
    """A cycle says by which routes candidates come."""

    title = Text("本届未开放此推荐途径", "The cycle does not offer this route")
    detail = Text("本届不接收以此途径提出的提名。", "Nominations do not come by this route in the cycle.")


class NotInDefinition(Invalid):
    """A nomination names a category, a kind of candidate and groups that the cycle has."""

    title = Text("本届没有该项", "The cycle has no such thing")
    detail = Text("本届没有“{key}”。", "The cycle has no “{key}”.")


class ContentInvalid(Invalid):
    """What is filled in is of the form's own types, and no longer than it takes."""

    title = Text("填写内容有误", "Some fields are not right")
    detail = Text("共有 {count} 处不符合表单要求。", "{count} fields do not fit the form.")


class FieldsChangedByBoth(PreconditionFailed):
    """Two who write at once lose nothing: what both have changed is decided by a person who sees both."""

    title = Text("同一内容已被他人修改", "Somebody else has changed the same")
    detail = Text(
        "他人也改动了同一处内容，请对照双方内容后决定；其余内容未受影响。",
        "Somebody else has changed the same; look at both and decide. Nothing was lost.",
    )


class OnlyDraftsRemoved(Conflict):
    """What was ever handed in stays; it is withdrawn."""

    title = Text("已提交过的提名不能删除", "It was handed in before")
    detail = Text("曾经提交的提名可以撤回，不能删除。", "What was handed in once is withdrawn, not removed.")


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that both have changed: what stood there when `yours` was begun, and what others made of it since."""

    place: str
    base: Any
    yours: Any
    theirs: Any


def nominates_for(caller: Caller, unit_id: str) -> bool:
    """Tell whether the caller works for this unit itself, not only for one above it."""
    return unit_id in caller.organisations_with(Role.NOMINATOR)


def part_in(
    caller: Caller, unit_id: str, path: Collection[str], *, office: bool, known: bool, own: bool, stands_in: bool
) -> NominationPart | None:
    """Return the caller's part in a nomination, the first of several; whoever is of its unit and its candidate may act as both.

    `known` tells that it was submitted once, before which an `office` sees nothing; `own` that the caller is its
    candidate; `stands_in` that they are a deputy at the unit.
    """
    if stands_in or nominates_for(caller, unit_id):
        return NominationPart.UNIT
    if own:
        return NominationPart.CANDIDATE
    if office and known:
        return NominationPart.OFFICE
    return NominationPart.ABOVE if caller.has(Role.NOMINATOR, tuple(path)) else None


def may_write(part: NominationPart, state: str) -> None:
    """Raise `Forbidden` for who does not write in a nomination: the unit does, and until it is handed in its candidate."""
    with_candidate = (NominationState.DRAFT, NominationState.RETURNED, NominationState.WITHDRAWN)
    if part is not NominationPart.UNIT and not (part is NominationPart.CANDIDATE and state in with_candidate):
        raise Forbidden()


def check_written(state: str, correct_until: datetime | None, now: datetime, *, handed_in: bool) -> None:
    """Raise `NominationSettled` or `CorrectionOver` where nothing is written any more, what is `handed_in` perhaps included."""
    settled = (NominationState.PASSED, NominationState.REJECTED)
    if state in settled or (state == NominationState.SUBMITTED and not handed_in):
        raise NominationSettled(state=NOMINATION_STATE_NAMES[state])
    if state == NominationState.RETURNED and correct_until is not None and now > correct_until:
        raise CorrectionOver(until=correct_until.isoformat(timespec="minutes"))


def check_among(key: str, known: Collection[str]) -> None:
    """Raise `NotInDefinition` for what the cycle does not have."""
    if key not in known:
        raise NotInDefinition(key=key)


def category_in(definition: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return the category with this key; raise `NotInDefinition`."""
    for category in definition["categories"]:
        if category["key"] == key:
            return dict(category)
    raise NotInDefinition(key=key)


def merged(
    current: Mapping[str, Any], base: Mapping[str, Any], wanted: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Clash]]:
    """Return what of `wanted` is to be written into `current`, and what clashes, both by place; absent is None.

    `base` is what stood there when the writer last read it. Where others left a place alone the writer's word stands; where
    the writer left it alone, or says what is there already, nothing is to be done.
    """
    changes: dict[str, Any] = {}
    clashes: list[Clash] = []
    for place, yours in wanted.items():
        before, theirs = base.get(place), current.get(place)
        if alike(yours, theirs) or alike(yours, before):
            continue
        if alike(theirs, before):
            changes[place] = yours
        else:
            clashes.append(Clash(place, before, yours, theirs))
    return changes, clashes


def alike(one: Any, other: Any) -> bool:
    """Tell whether two values are the same JSON; Python takes 1 for true."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def has_place(schema: Mapping[str, Any], pointer: str) -> bool:
    """Tell whether a JSON pointer leads to a field of a form, or to what stands in one, such as a row of a list."""
    root, *steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]] or [""]
    field: Mapping[str, Any] | None = schema
    for step in steps:
        if field is None:
            return False
        row = field.get("type") == "array" and step.isascii() and step.isdigit()
        field = field["items"] if row else field.get("properties", {}).get(step)
    return pointer.startswith("/") and root == "content" and bool(steps) and field is not None
