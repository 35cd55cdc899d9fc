"""How slots move between units, who may move them, and the words of every refusal. A balance is only ever summed."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Gone, Invalid
from shared.text import Text


class Move(StrEnum):
    """What an entry of the ledger does with slots."""

    ALLOCATE = "allocate"
    PASS_ON = "pass_on"
    RESERVE = "reserve"
    RELEASE = "release"
    RETURN = "return"
    TRANSFER = "transfer"
    INHERIT = "inherit"
    CODE = "code"
    TAKE = "take"
    GIVE_BACK = "give_back"


USES = (Move.CODE, Move.TAKE, Move.GIVE_BACK)
"""Entries by which slots leave the units for candidates, or come back."""


class QuotaExceeded(Conflict):
    """Nobody gives away, or uses, more slots than there are."""

    title = Text("名额不足", "Not enough slots")
    detail = Text("剩余 {available} 个名额，需要 {amount} 个。", "{available} slots are left, and {amount} are needed.")


class NoSuchCategory(Invalid):
    """Slots are those of a category of the cycle that has quotas."""

    title = Text("没有该类别的名额", "No quotas in this category")
    detail = Text(
        "该届没有类别“{category}”，或该类别不限名额。", "The cycle has no category “{category}”, or no quotas in it."
    )


class NoSuchGroup(Invalid):
    """Slots are reserved for groups that the cycle names."""

    title = Text("没有该专项名额", "No such group")
    detail = Text("该届未设专项“{group}”。", "The cycle names no group “{group}”.")


class UnitsMissing(Invalid):
    """A move names the units that it is between, and an amount where none is usual."""

    title = Text("名额变动不完整", "The move is incomplete")
    detail = Text("请写明名额的来源、去向和数量。", "Say from which unit, to which unit, and how many.")


class NotBelow(Invalid):
    """Slots are passed on to units below, and returned to one above."""

    title = Text("单位之间没有上下级关系", "The units do not stand above each other")
    detail = Text(
        "名额只能下达给下级单位，或退回上级单位。", "Slots are passed on to a unit below, and returned to one above."
    )


class UnitEnded(Conflict):
    """Only a unit that goes on is given slots."""

    title = Text("该单位已撤销或合并", "The unit has ended")
    detail = Text("不能向已撤销或合并的单位分配名额。", "No slots are given to a unit that was closed or merged.")


class CodeUnknown(Invalid):
    """A code is written as it was given out."""

    title = Text("推荐码无效", "The code is not valid")
    detail = Text("请核对推荐单位发给您的推荐码。", "Check the code that the nominating unit gave you.")


class CodeWithdrawn(Gone):
    """What the unit has withdrawn is of no more use."""

    title = Text("推荐码已撤回", "The code was withdrawn")
    detail = Text("该推荐码已由推荐单位撤回。", "The nominating unit has withdrawn this code.")


class CodeUsed(Conflict):
    """A code is used once, and then not withdrawn: what was made with it is."""

    title = Text("推荐码已被使用", "The code was used")
    detail = Text("一个推荐码只能使用一次。", "A code is used once.")


def may_move(caller: Caller, move: Move, source: Sequence[str], target: Sequence[str], *, office: bool) -> None:
    """Raise `Forbidden` unless the caller may move slots from the unit with the path `source` to that with `target`.

    The award office may move any. A unit passes on, reserves, returns and uses its own, and those of units below it;
    what is reserved is released, and what is another's transferred, by who stands above.
    """
    if office:
        return
    above = {Move.RELEASE: source[:-1], Move.TRANSFER: [unit for unit in source[:-1] if unit in target[:-1]]}
    path = above.get(move, source)
    if move in (Move.ALLOCATE, Move.INHERIT) or not caller.has(Role.NOMINATOR, path):
        raise Forbidden()


def may_see(caller: Caller, *, office: bool) -> None:
    """Raise `Forbidden` for who neither runs the cycle nor works for any unit."""
    if not office and not caller.organisations_with(Role.NOMINATOR):
        raise Forbidden()


def check_units(move: Move, source: Sequence[str], target: Sequence[str]) -> None:
    """Raise `UnitsMissing` or `NotBelow` where the paths of a move's units do not fit what it does; empty is no unit."""
    needs_source, needs_target = move is not Move.ALLOCATE, move in (Move.ALLOCATE, Move.PASS_ON, Move.TRANSFER)
    if needs_source != bool(source) or (needs_target and not target):
        raise UnitsMissing()
    if move is Move.PASS_ON and source[-1] not in target[:-1]:
        raise NotBelow()
    if move is Move.RETURN and target and target[-1] not in source[:-1]:
        raise NotBelow()
    if move is Move.TRANSFER and source == target:
        raise UnitsMissing()
    if move in (Move.RESERVE, Move.RELEASE) and target and target != source:
        raise UnitsMissing()


def groups_of(move: Move, group: str) -> tuple[str, str]:
    """Return from which group to which a move takes slots; raise `NoSuchGroup` where it names none that it needs."""
    if move in (Move.RESERVE, Move.RELEASE) and not group:
        raise NoSuchGroup(group=group)
    return {Move.RESERVE: ("", group), Move.RELEASE: (group, "")}.get(move, (group, group))


def check_known(category: str, group: str, categories: Collection[str], groups: Collection[str]) -> None:
    """Raise `NoSuchCategory` or `NoSuchGroup` for what the cycle does not name."""
    if category not in categories:
        raise NoSuchCategory(category=category)
    if group and group not in groups:
        raise NoSuchGroup(group=group)


def check_enough(available: int, amount: int) -> None:
    """Raise `QuotaExceeded` where fewer than `amount` are left."""
    if amount > available:
        raise QuotaExceeded(available=max(available, 0), amount=amount)


def check_code(*, used: bool, withdrawn: bool) -> None:
    """Raise `CodeUsed` or `CodeWithdrawn` for a code that stands for nothing any more."""
    if withdrawn:
        raise CodeWithdrawn()
    if used:
        raise CodeUsed()
