"""Rules tried out: on examples and on candidates, and held against the programme that they are for."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.awards.eligibility.evaluation import evaluate
from services.awards.eligibility.rulebook import RuleSet, fields_named
from services.awards.eligibility.rules import Answer, Verdict, Warned
from shared.text import Text
from shared.workdays import WorkCalendar

_DIFFERS = Text(
    "示例“{name}”应为“{expected}”，实际为“{found}”。", "The example “{name}” should be {expected}, and is {found}."
)
_ELSEWHERE = Text("示例“{name}”应由规则“{rule}”判定。", "The example “{name}” should be decided by the rule {rule}.")
_NO_CATEGORY = Text("规则所属类别“{category}”不在项目的类别之中。", "The programme has no category {category}.")
_NO_FIELD = Text(
    "表单中没有字段“{field}”，依赖它的规则将始终无法判断。",
    "No form has a field {field}: what rests on it stays unknown.",
)
ANSWERS: Mapping[str, Text] = {
    Answer.ELIGIBLE: Text("符合", "eligible"),
    Answer.NOT_ELIGIBLE: Text("不符合", "not eligible"),
    Answer.UNKNOWN: Text("暂不能判断", "unknown"),
}


def warnings_of(rules: RuleSet, categories: list[dict[str, Any]] | None, calendar: WorkCalendar) -> list[Warned]:
    """Return what is not right with rules that can be saved; `categories` are those of their programme, where it is known."""
    found = [*_wrong_examples(rules, calendar)]
    return found if categories is None else [*found, *_stray(rules, categories)]


def _wrong_examples(rules: RuleSet, calendar: WorkCalendar) -> Iterator[Warned]:
    for number, example in enumerate(rules.examples):
        verdict = evaluate(rules, example.facts, calendar)
        pointer = f"/examples/{number}"
        if verdict.answer is not example.expected:
            expected, found = ANSWERS[example.expected], ANSWERS[verdict.answer]
            words = _DIFFERS.format(name=example.name, expected=expected, found=found)
            yield Warned(f"{pointer}/expected", "example_differs", words)
        elif example.rule and not _decides(verdict, example.rule):
            words = _ELSEWHERE.format(name=example.name, rule=example.rule)
            yield Warned(f"{pointer}/rule", "example_decided_elsewhere", words)


def _decides(verdict: Verdict, key: str) -> bool:
    """Tell whether the answer is this rule's: a rule that bars, leaves open, or lets through by an exception."""
    return any(each.key == key and each.answer is verdict.answer for each in verdict.rules)


def _stray(rules: RuleSet, categories: list[dict[str, Any]]) -> Iterator[Warned]:
    known = {category["key"] for category in categories}
    for number, rule in enumerate(rules.rules):
        for place, category in enumerate(rule.categories):
            if category not in known:
                pointer = f"/rules/{number}/categories/{place}"
                yield Warned(pointer, "category_unknown", _NO_CATEGORY.format(category=category))
    forms = [category["form"]["schema"]["properties"] for category in categories if category.get("form")]
    if len(forms) == len(categories):
        fields = {name for form in forms for name in form}
        for field in sorted(fields_named(rules) - fields):
            yield Warned("", "field_unknown", _NO_FIELD.format(field=field))
