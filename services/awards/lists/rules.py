"""When an accepted list is published, for how long objections are taken, what it tells of people, what a new one changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from shared.errors import Conflict, Invalid
from shared.text import Text
from shared.workdays import Counted, WorkCalendar, add_working_days

OF_AGE = 18


class CheckGoesOn(Conflict):
    """A list is published when everything that was handed in is decided."""

    title = Text("形式审查尚未完成", "The check goes on")
    detail = Text("尚有 {count} 项未审结，不能公布受理名单。", "{count} nominations are not decided yet.")


class NothingAccepted(Conflict):
    """A list names something."""

    title = Text("没有通过形式审查的项目", "Nothing is past the check")
    detail = Text("没有可以公布的项目。", "There is nothing to publish.")


class NothingCorrected(Conflict):
    """A list is published once; another says what is other than in the last."""

    title = Text("名单没有变化", "The list is the same")
    detail = Text("与第 {number} 次公布的名单相同，无须重新公布。", "It says what list {number} says.")


class CorrectionUnexplained(Invalid):
    """Whoever publishes a list again says why."""

    title = Text("请说明更正事由", "Say why it is published again")
    detail = Text("重新公布名单须写明更正事由。", "A list that was corrected says why.")


class WindowUnknown(Invalid):
    """A list says how long objections are taken, unless the definition of the cycle does."""

    title = Text("请写明异议期", "Say how long objections are taken")
    detail = Text(
        "本届未规定异议期，请写明天数及计算方式。", "The cycle does not say; give the days and how they count."
    )


class WindowOtherwise(Invalid):
    """What a cycle has announced of its objection window holds for its lists."""

    title = Text("与本届规定的异议期不符", "Not the window of the cycle")
    detail = Text("本届规定的异议期为 {window}。", "The cycle announced {window}.")


WINDOW_NAMES: Mapping[str, Text] = {
    Counted.WORKING: Text("{days} 个工作日", "{days} working days"),
    Counted.CALENDAR: Text("{days} 个自然日", "{days} calendar days"),
}


def length_of(announced: Mapping[str, Any] | None, days: int | None, counted: Counted | None) -> tuple[int, Counted]:
    """Return how long objections are taken: as the cycle has announced, else as the list says.

    Raises `WindowOtherwise` for a list that says another length, `WindowUnknown` where neither says one.
    """
    if announced is None:
        if days is None or counted is None:
            raise WindowUnknown()
        return days, counted
    held = int(announced["days"]), Counted(announced["counted"])
    if (days if days is not None else held[0], counted or held[1]) != held:
        raise WindowOtherwise(window=WINDOW_NAMES[held[1]].format(days=held[0]))
    return held


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a line between two lists: *added*, *removed* or *corrected*."""

    number: str
    kind: str


def window_of(first: date, days: int, counted: Counted, calendar: WorkCalendar) -> tuple[date, bool]:
    """Return the last day of a window that opens on a day, which does not count, and whether that is provisional."""
    if counted is Counted.CALENDAR:
        return first + timedelta(days=days), False
    return add_working_days(first, days, calendar)


def shown_name(name: str, born_on: date | None, on: date) -> str:
    """Return a name as a public list tells it: of who is not of age, the first sign alone."""
    if born_on is None or not name or _years(born_on, on) >= OF_AGE:
        return name
    return name[0] + "＊" * max(len(name) - 1, 1)


def _years(born_on: date, on: date) -> int:
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def changes_between(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> list[Changed]:
    """Return what differs between two lists, in the order of numbers."""
    before, after = ({line["number"]: line for line in lines} for lines in (old, new))
    found = []
    for number in sorted(before.keys() | after.keys()):
        if number not in before:
            found.append(Changed(number, "added"))
        elif number not in after:
            found.append(Changed(number, "removed"))
        elif before[number] != after[number]:
            found.append(Changed(number, "corrected"))
    return found


def check_decided(undecided: int) -> None:
    """Raise `CheckGoesOn` while something waits to be checked or corrected."""
    if undecided:
        raise CheckGoesOn(count=undecided)


def check_new(number: int, lines: Sequence[Any], changes: Sequence[Changed], reason: str) -> None:
    """Raise `NothingAccepted`, or for a list that follows upon another `NothingCorrected` or `CorrectionUnexplained`."""
    if number == 1:
        if not lines:
            raise NothingAccepted()
    elif not changes:
        raise NothingCorrected(number=number - 1)
    elif not reason.strip():
        raise CorrectionUnexplained()
