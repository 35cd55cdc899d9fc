"""The decision: every rule against what is known of a candidate, three-valued, each answer with its reasons.

Pure and deterministic: the same rules, facts and calendar give the same answer, in whatever order the rules stand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from services.awards.eligibility.facts import Facts
from services.awards.eligibility.language import AllOf, AnyOf, Condition, Negation, OfField
from services.awards.eligibility.measuring import measure
from services.awards.eligibility.names import FACTS, UNFILLED, fact_named, names_of
from services.awards.eligibility.rulebook import Rule, RuleSet
from services.awards.eligibility.rules import (
    Answer,
    Finding,
    RuleAnswer,
    Verdict,
    all_of,
    answer_of,
    any_of,
    chosen,
)
from services.awards.eligibility.wording import LIFTED, in_words, words_of
from shared.text import Text, same
from shared.workdays import WorkCalendar

NOT_REQUIRED = Text("属例外情形，不受此限", "an exception, nothing is required")
_SIGNS = {
    Answer.ELIGIBLE: Text("符合", "Met"),
    Answer.NOT_ELIGIBLE: Text("不符合", "Not met"),
    Answer.UNKNOWN: Text("暂不能判断", "Not known yet"),
}


@dataclass(frozen=True)
class _Decision:
    holds: bool | None
    findings: tuple[Finding, ...]


def evaluate(rules: RuleSet, facts: Facts, calendar: WorkCalendar) -> Verdict:
    """Return what the rules say of a candidate of whom these facts are known; no rules bar nobody."""
    answers = tuple(_of_rule(rule, facts, calendar) for rule in rules.rules if _concerns(rule, facts))
    return Verdict(
        answer=answer_of(all_of(_VALUES[answer.answer] for answer in answers)),
        rules=answers,
        missing=tuple(sorted({name for answer in answers for name in _missing(answer)})),
        provisional=any(finding.provisional for answer in answers for finding in answer.findings),
    )


def _concerns(rule: Rule, facts: Facts) -> bool:
    """Tell whether a rule is for the category, or may be: until that is known, every rule is answered."""
    return not rule.categories or facts.category is None or facts.category in rule.categories


_VALUES = {Answer.ELIGIBLE: True, Answer.NOT_ELIGIBLE: False, Answer.UNKNOWN: None}


def _missing(answer: RuleAnswer) -> Iterator[str]:
    if answer.answer is Answer.UNKNOWN:
        yield from (name for finding in answer.findings for name in finding.missing)


def _of_rule(rule: Rule, facts: Facts, calendar: WorkCalendar) -> RuleAnswer:
    """Decide one rule: its first exception that applies stands in the place of its condition."""
    alone = _decide(rule.requires, facts, calendar)
    holds, needed, deciding, findings = alone.holds, in_words(rule.requires), None, alone.findings
    for exception in reversed(rule.exceptions):
        when = _decide(exception.when, facts, calendar)
        then = _decide(exception.requires, facts, calendar) if exception.requires else _Decision(True, ())
        holds = chosen(when.holds, then.holds, holds)
        if when.holds:
            deciding, findings = exception, (*when.findings, *then.findings)
            needed = in_words(exception.requires) if exception.requires else NOT_REQUIRED
        elif when.holds is None:
            deciding = None
            findings = (*_open(when.findings), *then.findings, *findings)
            needed = _either(in_words(exception.when), exception.requires, needed)
    if rule.categories and facts.category is None:
        holds, findings = chosen(None, holds, True), (*findings, _category_open(rule))
    answer = answer_of(holds)
    return RuleAnswer(
        key=rule.key,
        answer=answer,
        clause=deciding.clause if deciding else rule.clause,
        document=rule.authority.document,
        article=rule.authority.article,
        needed=needed,
        words=_sentence(rule, answer, needed, findings),
        findings=findings,
        exception=deciding.key if deciding else None,
        cleared=bool(deciding and holds and alone.holds is False),
    )


def _category_open(rule: Rule) -> Finding:
    named = names_of(same(category) for category in rule.categories)
    return Finding(Answer.UNKNOWN, FACTS["category"], UNFILLED, named, ("category",))


def _open(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (finding for finding in findings if finding.answer is Answer.UNKNOWN)


def _either(when: Text, requires: Condition | None, otherwise: Text) -> Text:
    then = in_words(requires) if requires else LIFTED
    return Text(f"{when.zh}的，{then.zh}；否则{otherwise.zh}", f"{then.en} where {when.en}; otherwise {otherwise.en}")


def _decide(condition: Condition, facts: Facts, calendar: WorkCalendar, holds: bool = True) -> _Decision:
    """Decide a condition, or its opposite: `not` goes inwards, so that every finding tells what it needs itself."""
    if isinstance(condition, Negation):
        return _decide(condition.of, facts, calendar, not holds)
    if isinstance(condition, AllOf | AnyOf):
        parts = [_decide(part, facts, calendar, holds) for part in condition.of]
        join = all_of if isinstance(condition, AllOf) is holds else any_of
        return _Decision(
            join(part.holds for part in parts), tuple(finding for part in parts for finding in part.findings)
        )
    found = measure(condition, facts, calendar)
    value = found.holds if holds or found.holds is None else not found.holds
    finding = Finding(
        answer_of(value), _fact(condition), found.value, words_of(condition, holds), found.missing, found.provisional
    )
    return _Decision(value, (finding,))


def _fact(test: BaseModel) -> Text:
    if isinstance(test, OfField):
        return Text(test.label.in_("zh") or test.field, test.label.in_("en") or test.field)
    if label := getattr(test, "label", None) if test.test in _LISTS else None:  # type: ignore[attr-defined]
        return Text(label.in_("zh"), label.in_("en"))
    name = getattr(test, "fact", None) or getattr(test, "of", None) or _LOOKED_AT[test.test]  # type: ignore[attr-defined]
    return FACTS[name]


_LISTS = ("size", "same_unit", "achievements")
_LOOKED_AT = {
    "born": "born_on", "age": "age", "degree": "degree", "title": "title", "membership": "memberships",
    "pause": "nominations", "achievements": "achievements",
}  # fmt: skip


def _sentence(rule: Rule, answer: Answer, needed: Text, findings: Iterable[Finding]) -> Text:
    """Say how a rule came out: what stood there, what is needed, and where that is written."""
    telling = [finding for finding in findings if finding.answer is answer]
    if answer is Answer.UNKNOWN:
        missing = names_of(dict.fromkeys(name for finding in telling for name in _missing_names(finding)))
        said = [Text(f"请补充{missing.zh}", f"{missing.en} needed")]
    else:
        each = (
            Text(f"{finding.fact.zh}为{finding.value.in_('zh')}", f"{finding.fact.en} is {finding.value.in_('en')}")
            for finding in telling
        )
        said = list(dict.fromkeys(each))
    document, article = rule.authority.document, rule.authority.article
    source = Text(
        f"《{document.in_('zh')}》{article.in_('zh')}", ", ".join(filter(None, (document.in_("en"), article.in_("en"))))
    )
    sign = _SIGNS[answer]
    asked = needed if needed is NOT_REQUIRED else Text(f"要求{needed.zh}", f"required: {needed.en}")
    return Text(
        f"{sign.zh}：{''.join(f'{part.zh}；' for part in said)}{asked.zh}。依据：{source.zh}。",
        f"{sign.en}: {''.join(f'{part.en}; ' for part in said)}{asked.en}. Source: {source.en}.",
    )


def _missing_names(finding: Finding) -> Iterator[Text]:
    """Yield what is missing by the name that the form gives it."""
    own = finding.value == UNFILLED and len(finding.missing) == 1
    yield from (finding.fact if own and name.startswith("form/") else fact_named(name) for name in finding.missing)
