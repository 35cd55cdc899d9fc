"""What an answer about eligibility is, the vocabularies that rules speak in, and what refuses a set of rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shared.caller import Caller, Role
from shared.errors import Conflict, Forbidden, Invalid
from shared.text import Text


class Answer(StrEnum):
    """Whether a candidate may stand; unknown where a fact that decides it is not there."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"


class Sex(StrEnum):
    """As an identity paper gives it."""

    FEMALE = "female"
    MALE = "male"


class Degree(StrEnum):
    """Academic degrees, from the lowest upwards."""

    NONE = "none"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class Title(StrEnum):
    """Grades of professional titles, from the lowest upwards."""

    NONE = "none"
    JUNIOR = "junior"
    INTERMEDIATE = "intermediate"
    ASSOCIATE_SENIOR = "associate_senior"
    SENIOR = "senior"


class UnitKind(StrEnum):
    """What a candidate works for, or is."""

    UNIVERSITY = "university"
    INSTITUTE = "institute"
    ENTERPRISE = "enterprise"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    VENUE = "venue"
    GOVERNMENT = "government"
    ASSOCIATION = "association"
    MILITARY = "military"
    OTHER = "other"


class PostLevel(StrEnum):
    """Levels of a leading post in party, government and public institutions."""

    NONE = "none"
    BELOW_DIVISION = "below_division"
    DIVISION = "division"
    BUREAU = "bureau"
    MINISTRY = "ministry"


class TrialTooLarge(Invalid):
    """So many rules are tried on so many candidates only in several goes."""

    title = Text("一次试算的内容过多", "Too much to try at once")
    detail = Text(
        "规则条件数与候选人数之积超过 {most}，请分批试算。",
        "The tests of the rules times the candidates are more than {most}; try them in several goes.",
    )


class NoRulesYet(Conflict):
    """Nothing is decided by rules that nobody has written."""

    title = Text("尚未制定资格规则", "There are no rules yet")
    detail = Text("请先编写资格规则。", "Write the rules of eligibility first.")


class Purpose(StrEnum):
    """When a decision was made."""

    SUBMISSION = "submission"
    CHECK = "check"


@dataclass(frozen=True)
class Finding:
    """One comparison: of which fact, what stood there, what is needed, and how it came out.

    `missing` names the facts, as keys of the facts that were given, without which it cannot be decided.
    """

    answer: Answer
    fact: Text
    value: Text
    needed: Text
    missing: tuple[str, ...] = ()
    provisional: bool = False


@dataclass(frozen=True)
class RuleAnswer:
    """What one rule says: its clause and authority, how it came out and why.

    `exception` is the one that decided; `cleared` where the rule alone would have barred the candidate. `words` is the
    whole in a sentence.
    """

    key: str
    answer: Answer
    clause: Text
    document: Text
    article: Text
    needed: Text
    words: Text
    findings: tuple[Finding, ...]
    exception: str | None = None
    cleared: bool = False


@dataclass(frozen=True)
class Verdict:
    """What all rules together say. `missing` names what is yet to be given, `provisional` where holidays may still move."""

    answer: Answer
    rules: tuple[RuleAnswer, ...]
    missing: tuple[str, ...]
    provisional: bool


@dataclass(frozen=True)
class Warned:
    """Something that can be saved and is not right yet: where (JSON pointer), a stable code, and in words."""

    pointer: str
    code: str
    words: Text


def may_try(caller: Caller) -> None:
    """Raise `Forbidden` unless the caller works for an award office, wherever that is."""
    if not (caller.organisations_with(Role.AWARD_OFFICER) or caller.scopes_with(Role.AWARD_OFFICER)):
        raise Forbidden()


def answer_of(value: bool | None) -> Answer:
    """Return the answer that a decision is; nothing is unknown."""
    if value is None:
        return Answer.UNKNOWN
    return Answer.ELIGIBLE if value else Answer.NOT_ELIGIBLE


def all_of(values: Iterable[bool | None]) -> bool | None:
    """Return whether all hold (Kleene's strong logic): one that does not decides, one that is unknown leaves it open."""
    seen = set(values)
    return False if False in seen else None if None in seen else True


def any_of(values: Iterable[bool | None]) -> bool | None:
    """Return whether one holds: one that does decides, one that is unknown leaves it open."""
    seen = set(values)
    return True if True in seen else None if None in seen else False


def chosen(when: bool | None, then: bool | None, otherwise: bool | None) -> bool | None:
    """Return `then` where `when` holds and `otherwise` where it does not; unknown only where that makes a difference."""
    if when is None:
        return then if then == otherwise else None
    return then if when else otherwise
