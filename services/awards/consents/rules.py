"""The parts that people have in a nomination, how an answer of theirs stands, and who is asked for one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from shared.errors import Conflict, Gone, Invalid
from shared.text import Text


class RoleKind(StrEnum):
    """What somebody is to a nomination beside its nominator."""

    CO_NOMINATOR = "co_nominator"
    CANDIDATE = "candidate"
    GUARDIAN = "guardian"
    EMPLOYER = "employer"
    UNIT = "unit"


ROLE_NAMES: Mapping[str, Text] = {
    RoleKind.CO_NOMINATOR: Text("联合提名人", "the co-nominator"),
    RoleKind.CANDIDATE: Text("候选人", "the candidate"),
    RoleKind.GUARDIAN: Text("监护人", "the guardian"),
    RoleKind.EMPLOYER: Text("候选人所在单位", "the candidate's employer"),
    RoleKind.UNIT: Text("推荐单位", "the nominating unit"),
}

ONE_ONLY = (RoleKind.CANDIDATE, RoleKind.UNIT)
"""Roles of which a nomination has one."""

OPINIONS = (RoleKind.EMPLOYER, RoleKind.UNIT)
"""Roles whose consent says something."""

FULL_AGE = 18
MOST_ROLES = 60


class ConsentAnswer(StrEnum):
    """What somebody answers."""

    CONSENT = "consent"
    DECLINE = "decline"


class Asked(StrEnum):
    """How it stands with somebody who was asked; `outdated`: what they consented to was changed since."""

    OPEN = "open"
    CONSENTED = "consented"
    OUTDATED = "outdated"
    DECLINED = "declined"
    EXPIRED = "expired"
    REVOKED = "revoked"


class LinkUnknown(Gone):
    """A link holds until it is revoked, replaced, or its time is over."""

    title = Text("链接已失效", "The link does not hold")
    detail = Text("请向推荐单位索取新的链接。", "Ask the nominating unit for a new one.")


class RoleTwice(Conflict):
    """There is one candidate, and one opinion of the unit."""

    title = Text("该角色已有人担任", "Somebody has this part already")
    detail = Text("{role}已被邀请，请先撤销原邀请。", "{role} was asked already; revoke that first.")


class TooManyRoles(Invalid):
    """So many people have a part in a nomination at most."""

    title = Text("参与人过多", "Too many people")
    detail = Text("一项提名最多邀请 {most} 人。", "At most {most} people are asked.")


class RoleRevoked(Conflict):
    """A part that was taken back is not given again."""

    title = Text("邀请已撤销", "It was revoked")
    detail = Text("该邀请已撤销，请重新邀请。", "The invitation was revoked; make another.")


class ReasonForDeclining(Invalid):
    """Who declines says why, and an opinion has words."""

    title = Text("请写明意见", "Say something")
    detail = Text("不同意须写明理由，单位意见须写明内容。", "Whoever declines says why, and an opinion has words.")


class ContentChangedSince(Conflict):
    """Consent is to what was read."""

    title = Text("内容已有改动", "It was changed since you read it")
    detail = Text("您阅读之后内容已被修改，请重新阅读后再答复。", "Read it again, then answer.")


class NotAskedToFillIn(Conflict):
    """Who was not asked to fill in reads alone."""

    title = Text("未开放填写", "You were not asked to fill in")
    detail = Text("该链接仅供阅读和答复。", "This link is for reading and answering.")


def asked(
    answer: str, covered: str, now_covers: str, *, revoked: bool, expires_at: datetime | None, now: datetime
) -> Asked:
    """Return how it stands with somebody who was asked."""
    if revoked:
        return Asked.REVOKED
    if answer == ConsentAnswer.DECLINE:
        return Asked.DECLINED
    if answer == ConsentAnswer.CONSENT:
        return Asked.CONSENTED if covered == now_covers else Asked.OUTDATED
    return Asked.EXPIRED if expires_at is not None and now > expires_at else Asked.OPEN


def check_answer(role: str, answer: ConsentAnswer, words: str) -> None:
    """Raise `ReasonForDeclining` where there are no words although there should be."""
    if not words.strip() and (answer is ConsentAnswer.DECLINE or role in OPINIONS):
        raise ReasonForDeclining()


def needed_roles(subject: str, *, of_age: bool | None) -> Sequence[RoleKind]:
    """Return who has to be asked: whoever is nominated, and for the young a guardian; None is an age not known."""
    persons = ("individual", "team", "work")
    needed = [RoleKind.CANDIDATE] if subject in persons else []
    return [*needed, RoleKind.GUARDIAN] if of_age is False else needed


def outstanding(roles: Iterable[tuple[str, Asked]], needed: Iterable[RoleKind]) -> list[tuple[str, Asked | None]]:
    """Return who has still to consent, each with how it stands; nothing for who was not even asked.

    Whoever was asked has to consent, and whoever is `needed` has to be asked; what was revoked does not count.
    """
    there = [(role, state) for role, state in roles if state is not Asked.REVOKED]
    absent: list[tuple[str, Asked | None]] = [
        (role.value, None) for role in needed if role not in {there_role for there_role, _ in there}
    ]
    return [*absent, *((role, state) for role, state in there if state is not Asked.CONSENTED)]


def is_of_age(born_on: date | None, years: int) -> bool | None:
    """Tell whether somebody who has completed so many `years` is of age; None where the birth is not known."""
    return None if born_on is None else years >= FULL_AGE
