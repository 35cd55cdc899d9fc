"""Rules in plain words: what a condition asks for, in Chinese and in English, as it would stand in a notice.

`holds=False` asks for the words of the opposite, which is what `not` asks for.
"""

from functools import singledispatch

from pydantic import BaseModel

from services.awards.eligibility.days import Unit, shifted
from services.awards.eligibility.language import (
    Achievements,
    Age,
    AllOf,
    Among,
    AnyOf,
    Born,
    Choice,
    Condition,
    DateTest,
    DegreeTest,
    Flag,
    Given,
    History,
    Membership,
    Moment,
    Negation,
    NumberTest,
    OfField,
    Pause,
    SameUnit,
    Size,
    TitleTest,
)
from services.awards.eligibility.names import FACTS, day_in_words, name_of, names_of
from services.awards.eligibility.rulebook import Rule
from shared.text import Text, same
from shared.workdays import WorkCalendar

_UNITS = {
    Unit.DAYS: Text("日", "days"),
    Unit.WORKING_DAYS: Text("个工作日", "working days"),
    Unit.MONTHS: Text("个月", "months"),
    Unit.YEARS: Text("年", "years"),
}
_LISTED = {
    "members": (Text("团队成员", "team members"), "名"),
    "co_nominators": (Text("共同提名人", "co-nominators"), "名"),
    "achievements": (Text("代表性成果", "achievements"), "项"),
}
"""What lists are called, and the measure word that Chinese counts them by."""
LIFTED = Text("不受此限", "nothing is required")


def in_words(condition: Condition, *, holds: bool = True) -> Text:
    """Return what a condition asks for; of the opposite where it is not to hold."""
    if isinstance(condition, Negation):
        return in_words(condition.of, holds=not holds)
    if isinstance(condition, AllOf | AnyOf):
        every = isinstance(condition, AllOf) is holds
        parts = [(part, in_words(part, holds=holds)) for part in condition.of]
        between = Text("，且", " and ") if every else Text("，或者", " or ")
        return Text(
            between.zh.join(
                f"（{words.zh}）" if len(parts) > 1 and "，" in words.zh else words.zh for _, words in parts
            ),
            between.en.join(f"({words.en})" if len(parts) > 1 and _joins(part) else words.en for part, words in parts),
        )
    return words_of(condition, holds)


def _joins(condition: Condition) -> bool:
    """Tell whether the words of a condition join several others."""
    while isinstance(condition, Negation):
        condition = condition.of
    return isinstance(condition, AllOf | AnyOf) and len(condition.of) > 1


def rule_in_words(rule: Rule) -> Text:
    """Return a rule and its exceptions as sentences."""
    asked = in_words(rule.requires)
    zh, en = f"须满足：{asked.zh}。", f"Required: {asked.en}."
    for exception in rule.exceptions:
        when = in_words(exception.when)
        then = in_words(exception.requires) if exception.requires else LIFTED
        zh += f"例外：{when.zh}的，{then.zh}。"
        en += f" Except where {when.en}: {then.en}."
    return Text(zh, en)


@singledispatch
def words_of(test: BaseModel, holds: bool) -> Text:
    """Return what one test asks for, or its opposite."""
    raise TypeError(f"no such test: {type(test).__name__}")


@words_of.register
def _(test: Born, holds: bool) -> Text:
    low, high = (day and day_in_words(day) for day in (test.on_or_after, test.on_or_before))
    if low and high:
        between = Text(f"于{low.zh}至{high.zh}（含首尾）出生", f"born from {low.en} to {high.en}, both included")
        return between if holds else Text(f"不{between.zh}", f"not {between.en}")
    if low:
        after = Text(f"{low.zh}（含）以后出生", f"born on or after {low.en}")
        return after if holds else Text(f"{low.zh}以前（不含当日）出生", f"born before {low.en}")
    assert high
    before = Text(f"{high.zh}（含）以前出生", f"born on or before {high.en}")
    return before if holds else Text(f"{high.zh}以后（不含当日）出生", f"born after {high.en}")


@words_of.register
def _(test: Age, holds: bool) -> Text:
    bounds = _bounds(test.at_least, test.at_most, holds, Text("周岁", " years"))
    on = day_in_words(test.on)
    return Text(f"截至{on.zh}年龄{bounds.zh}", f"{bounds.en} old on {on.en}")


@words_of.register
def _(test: Among, holds: bool) -> Text:
    fact = FACTS[test.fact]
    named = test.label or names_of(name_of(test.fact, value) for value in test.values)
    several = len(test.values) > 1 and not test.label
    if holds:
        return Text(
            f"{fact.zh}为{named.in_('zh')}{'之一' if several else ''}",
            f"{fact.en} is {'one of ' if several else ''}{named.in_('en')}",
        )
    return Text(
        f"{fact.zh}不属于{named.in_('zh')}", f"{fact.en} is {'none of' if several else 'not'} {named.in_('en')}"
    )


@words_of.register
def _(test: DegreeTest, holds: bool) -> Text:
    return _ranked("degree", test.at_least, holds)


@words_of.register
def _(test: TitleTest, holds: bool) -> Text:
    return _ranked("title", test.at_least, holds)


@words_of.register
def _(test: Membership, holds: bool) -> Text:
    named = test.label or (names_of(map(same, test.societies)) if test.societies else Text("学会", "a society"))
    on, years = day_in_words(test.on), test.years
    zh = f"截至{on.zh}{'' if holds else '不'}是{named.in_('zh')}的会员" + (f"且会龄满{years}年" if years else "")
    en = f"{'' if holds else 'not '}a member of {named.in_('en')} on {on.en}" + (
        f", for {_many(years, 'years')} by then" if years else ""
    )
    return Text(zh, en)


@words_of.register
def _(test: History, holds: bool) -> Text:
    named, grade = _programmes(test), names_of(map(same, test.grades))
    if test.of == "awards":
        deed = Text(f"获得{named.zh}{grade.zh}", f"won {named.en}{' ' + grade.en if grade else ''}")
    else:
        deed = Text(f"被推荐或申报{named.zh}", f"been put forward for {named.en}")
    span = _span(test.last_years)
    if test.at_most == 0:
        said = Text("未", "has not ") if holds else Text("曾", "has ")
        return Text(f"{span.zh}{said.zh}{deed.zh}", f"{said.en}{deed.en}{span.en}")
    said = Text("不超过", " at most ") if holds else Text("超过", " more than ")
    return Text(
        f"{span.zh}{deed.zh}{said.zh}{test.at_most}次", f"has {deed.en}{said.en}{_many(test.at_most, 'times')}{span.en}"
    )


def _span(last_years: int | None) -> Text:
    if last_years is None:
        return Text()
    if last_years == 0:
        return Text("本年度", " this year")
    zh = f"近{last_years}年（按自然年度计，含本年度）"
    return Text(zh, f" this year or in the {_many(last_years, 'years')} before")


@words_of.register
def _(test: Pause, holds: bool) -> Text:
    named = _programmes(test)
    zh = f"连续{test.after}届参评{named.zh}后须停报{test.rest}届"
    en = f"after {test.after} successive cycles of {named.en}, sits out {test.rest}"
    if holds:
        return Text(f"未处于停报期（{zh}）", f"not in a pause ({en})")
    return Text(f"处于停报期（{zh}）", f"in a pause ({en})")


@words_of.register
def _(test: SameUnit, holds: bool) -> Text:
    named, measure = _list(test.of, test.label)
    compared = Text("不超过", "at most") if holds else Text("超过", "more than")
    return Text(
        f"与候选人同一法人单位的{named.zh}{compared.zh}{test.at_most}{measure}",
        f"{compared.en} {_of_list(test.at_most, named.en, test.label)} of the candidate's own legal unit",
    )


@words_of.register
def _(test: Size, holds: bool) -> Text:
    named, measure = _list(test.of, test.label)
    bounds = _bounds(test.at_least, test.at_most, holds, Text(measure), few=True)
    return Text(f"{named.zh}{bounds.zh}", f"{bounds.en} {named.en}")


@words_of.register
def _(test: Achievements, holds: bool) -> Text:
    named, measure = _list("achievements", test.label)
    until, since = day_in_words(test.until), _many(test.last_years, "years")
    least = Text("不少于", "at least") if holds else Text("少于", "fewer than")
    return Text(
        f"截至{until.zh}的近{test.last_years}年内{named.zh}{least.zh}{test.at_least}{measure}",
        f"{least.en} {_of_list(test.at_least, named.en, test.label)} of the {since} up to {until.en}",
    )


def _list(of: str, label: Text) -> tuple[Text, str]:
    named, measure = _LISTED[of]
    return Text(label.in_("zh") or named.zh, label.in_("en") or named.en), measure


def _of_list(number: int, things: str, label: Text) -> str:
    """Return so many of a list; what a label calls it has no singular that could be known."""
    return f"one of the {things}" if number == 1 and label else _many(number, things)


def _many(number: int, things: str) -> str:
    """Return a number of things in English, of one of them in the singular."""
    return f"{number} {things.removesuffix('s') if number == 1 else things}"


@words_of.register
def _(test: Given, holds: bool) -> Text:
    named = _field(test)
    return Text(f"{named.zh}{'已' if holds else '未'}填写", f"{named.en} {'is' if holds else 'is not'} filled in")


@words_of.register
def _(test: Flag, holds: bool) -> Text:
    named = _field(test)
    if test.value is holds:
        return Text(f"{named.zh}为“是”", f"{named.en} is yes")
    return Text(f"{named.zh}为“否”", f"{named.en} is no")


@words_of.register
def _(test: Choice, holds: bool) -> Text:
    named, values = _field(test), names_of(test.names.get(value) or same(value) for value in test.values)
    several = "之一" if len(test.values) > 1 else ""
    return Text(
        f"{named.zh}{'' if holds else '不'}为{values.zh}{several}",
        f"{named.en} is {'' if holds else 'not '}{'one of ' if several else ''}{values.en}",
    )


@words_of.register
def _(test: NumberTest, holds: bool) -> Text:
    named = _field(test)
    bounds = _bounds(test.at_least, test.at_most, holds, same(""))
    return Text(f"{named.zh}{bounds.zh}", f"{named.en} is {bounds.en}")


@words_of.register
def _(test: DateTest, holds: bool) -> Text:
    named = _field(test)
    low, high = (moment and _moment(moment) for moment in (test.not_before, test.not_after))
    zh = "，且".join([*([f"不早于{low.zh}"] if low else []), *([f"不晚于{high.zh}"] if high else [])])
    en = " and ".join([*([f"not before {low.en}"] if low else []), *([f"not after {high.en}"] if high else [])])
    if holds:
        return Text(f"{named.zh}{zh}", f"{named.en} is {en}")
    return Text(f"{named.zh}不符合“{zh}”", f"{named.en} is not “{en}”")


def _moment(moment: Moment) -> Text:
    start = day_in_words(moment.on) if moment.on else _called(moment.label, moment.field or "")
    if not moment.plus:
        return start
    unit, number = _UNITS[moment.unit], abs(moment.plus)
    later = Text("后", "after") if moment.plus > 0 else Text("前", "before")
    nth = "第" if moment.unit is Unit.WORKING_DAYS else ""
    words = Text(f"{start.zh}{later.zh}{nth}{number}{unit.zh}", f"{_many(number, unit.en)} {later.en} {start.en}")
    if moment.on is None or moment.unit is Unit.WORKING_DAYS:
        return words
    at = shifted(moment.on, moment.plus, moment.unit, WorkCalendar())
    day = day_in_words(at[0]) if at else Text()
    return Text(f"{day.zh}（即{words.zh}）", f"{day.en} ({words.en})") if day else words


def _called(label: Text, field: str) -> Text:
    return Text(f"“{label.in_('zh') or field}”", f"“{label.in_('en') or field}”")


def _field(test: OfField) -> Text:
    return _called(test.label, test.field)


def _programmes(test: History | Pause) -> Text:
    label = test.label or names_of(map(same, test.programmes))
    return Text(label.in_("zh"), label.in_("en"))


def _ranked(fact: str, least: str, holds: bool) -> Text:
    named, word = FACTS[fact], name_of(fact, least)
    if holds:
        return Text(f"{named.zh}不低于{word.zh}", f"{named.en} is {word.en} or higher")
    return Text(f"{named.zh}低于{word.zh}", f"{named.en} is lower than {word.en}")


def _bounds(low: float | None, high: float | None, holds: bool, unit: Text, *, few: bool = False) -> Text:
    least, most = (None if bound is None else f"{bound:.15g}" for bound in (low, high))
    if least is not None and least == most:
        return Text(f"{'' if holds else '不'}为{least}{unit.zh}", f"{'' if holds else 'not '}{least}{unit.en}")
    if least is not None and most is not None:
        zh = f"{'' if holds else '不'}为{least}至{most}{unit.zh}"
        return Text(zh, f"{'' if holds else 'not '}{least} to {most}{unit.en}")
    if least is not None:
        words = (
            Text("不少于" if few else "不低于", "at least") if holds else Text("少于" if few else "低于", "less than")
        )
        return Text(f"{words.zh}{least}{unit.zh}", f"{words.en} {least}{unit.en}")
    words = Text("不超过", "at most") if holds else Text("超过", "more than")
    return Text(f"{words.zh}{most}{unit.zh}", f"{words.en} {most}{unit.en}")
