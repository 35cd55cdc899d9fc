"""What is said about eligibility over HTTP. A set of rules travels as it is written: see `rulebook.py`."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from services.awards.cycles.schemas import Reason
from services.awards.eligibility.facts import Facts
from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.rules import Answer, Purpose
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import Day, In, Out, PlainJson
from shared.text import Text

MOST_CANDIDATES = 200


class EligibilityCheckIn(In):
    """What is known of a candidate: facts, and a form as far as it is filled in. Facts win over what the form says."""

    facts: Facts = Field(default_factory=Facts)
    answers: PlainJson = Field(default_factory=dict)


class CandidateIn(In):
    """A candidate to try rules on, and the answer that is expected, where one is."""

    name: Annotated[str, Field(max_length=200)] = ""
    facts: Facts = Field(default_factory=Facts)
    expected: Answer | None = None


class TrialsIn(In):
    """Rules that need not be saved, and candidates to try them on."""

    rules: RuleSet
    candidates: Annotated[tuple[CandidateIn, ...], Field(max_length=MOST_CANDIDATES)] = ()


class FindingOut(Out):
    """One comparison: which fact, what stood there, what is needed, how it came out, and what is missing for it."""

    answer: Answer
    fact: Text
    value: Text
    needed: Text
    missing: list[str]
    provisional: bool


class RuleAnswerOut(Out):
    """What one rule says. `cleared`: the rule alone would have barred the candidate, `exception` did not."""

    key: str
    answer: Answer
    clause: Text
    document: Text
    article: Text
    needed: Text
    words: Text
    findings: list[FindingOut]
    exception: str | None
    cleared: bool


class VerdictOut(Out):
    """What all rules together say; `missing` names facts, or fields of the form as `form/<name>`."""

    answer: Answer
    rules: list[RuleAnswerOut]
    missing: list[str]
    provisional: bool


class TrialOut(Out):
    """How a candidate came out; `differs` where something else was expected."""

    name: str
    verdict: VerdictOut
    expected: Answer | None
    differs: bool


class RuleWordsOut(Out):
    """A rule in plain words."""

    key: str
    words: Text


class WarnedOut(Out):
    """Something that is not right yet."""

    pointer: str
    code: str
    words: Text


class TrialsOut(Out):
    """Rules in plain words, what is not right with them, and how the candidates came out."""

    words: list[RuleWordsOut]
    warnings: list[WarnedOut]
    trials: list[TrialOut]


class EligibilityOut(Out):
    """The rules that the next cycle of a programme takes over, as they were written; null until they are.

    `version` is the programme's, or the cycle's.
    """

    rules: dict[str, Any] | None
    words: list[RuleWordsOut]
    warnings: list[WarnedOut]
    version: int


class CycleEligibilityOut(EligibilityOut):
    """The rules that hold in a cycle, or held: those of its definition `number`, from a day on where it was amended."""

    number: int
    effective_on: date | None


class AmendRulesIn(In):
    """Other rules for an announced cycle: from which day on, why, and what is told."""

    effective_on: Day
    reason: Reason
    notice: Words
    rules: RuleSet


class DecisionOut(Out):
    """What was decided of a nomination, by the rules of which definition, and the facts that it rests on."""

    id: str
    subject_id: str
    purpose: str
    definition: int
    facts: dict[str, Any]
    answer: Answer
    verdict: VerdictOut
    decided_at: datetime
    decided_by: str


class DecisionFilter(PageQuery):
    """Which decisions of a cycle, the newest first; `subject` is a nomination's id."""

    subject: Annotated[str, Field(max_length=36)] = ""
    purpose: Purpose | None = None
    answer: Answer | None = None


class LanguageOut(Out):
    """JSON Schemas of a set of rules and of the facts, for editors that complete what is typed."""

    rules: dict[str, Any]
    facts: dict[str, Any]
    names: dict[str, Text]
    words: dict[str, dict[str, Text]]
