"""What holds for all rules and all facts."""

from dataclasses import asdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.rules import Answer, Verdict
from services.awards.eligibility.wording import rule_in_words
from tests.awards.eligibility.build import rules, verdict
from tests.awards.eligibility.strategies import FACTS, KNOWN, RULES

Json = dict[str, Any]


def by_rule(found: Verdict) -> dict[str, Json]:
    """Return what each rule says, by its key."""
    return {each.key: asdict(each) for each in found.rules}


@given(RULES, FACTS, st.randoms())
def test_the_same_facts_give_the_same_answer_whatever_the_order_of_rules(
    each: list[Json], known: Json, chance: Any
) -> None:
    shuffled = list(each)
    chance.shuffle(shuffled)
    first, again, other = (verdict(rules(*order), **known) for order in (each, each, shuffled))
    assert first == again
    assert (first.answer, first.missing, first.provisional) == (other.answer, other.missing, other.provisional)
    assert by_rule(first) == by_rule(other)


@given(RULES, FACTS)
def test_adding_a_rule_never_makes_an_ineligible_candidate_eligible(each: list[Json], known: Json) -> None:
    order = {Answer.ELIGIBLE: 2, Answer.UNKNOWN: 1, Answer.NOT_ELIGIBLE: 0}
    answers = [order[verdict(rules(*each[:count]), **known).answer] for count in range(len(each) + 1)]
    assert answers == sorted(answers, reverse=True)


@given(RULES, FACTS, st.data())
def test_what_is_decided_stays_so_when_more_becomes_known(each: list[Json], known: Json, data: st.DataObject) -> None:
    """Unknown is honest: filling in a fact may settle an open answer, and never overturns a settled one."""
    absent = sorted(set(KNOWN) - set(known))
    more = {name: data.draw(KNOWN[name]) for name in absent if data.draw(st.booleans())}
    before, after = verdict(rules(*each), **known), verdict(rules(*each), **known, **more)
    settled = {one.key: one.answer for one in before.rules if one.answer != Answer.UNKNOWN}
    later = {one.key: one.answer for one in after.rules}
    assert {key: later[key] for key in settled if key in later} == {
        key: settled[key] for key in settled if key in later
    }
    if before.answer != Answer.UNKNOWN:
        assert after.answer == before.answer


@given(RULES, FACTS)
def test_an_open_answer_says_what_is_missing_and_every_answer_why(each: list[Json], known: Json) -> None:
    found = verdict(rules(*each), **known)
    assert bool(found.missing) == any(one.answer == Answer.UNKNOWN for one in found.rules)
    for one in found.rules:
        assert one.words.zh.startswith(("符合：", "不符合：", "暂不能判断："))
        assert one.needed.zh
        assert one.needed.en
        assert not one.cleared or (one.exception and one.answer == Answer.ELIGIBLE)


@given(RULES)
def test_every_rule_has_words_and_survives_being_stored(each: list[Json]) -> None:
    kept = rules(*each)
    assert RuleSet.model_validate(kept.model_dump(mode="json")) == kept
    for one in kept.rules:
        words = rule_in_words(one)
        assert words.zh.startswith("须满足：")
        assert words.en.startswith("Required: ")
