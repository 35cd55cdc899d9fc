"""The example packs that are shipped: whole, in both languages, and each opens a cycle and decides as its examples say."""

from collections.abc import Iterator
from typing import Any

import pytest

from huitang.commands.packs import packs
from services.awards.eligibility.reading import facts_of
from services.awards.eligibility.rulebook import RuleSet, fields_named
from services.awards.eligibility.trying import warnings_of
from services.awards.programmes.actions import parts_of
from services.awards.programmes.forms import validator_of
from services.awards.programmes.rules import check_definition, check_name, missing
from services.awards.programmes.schemas import ProgrammeRow
from shared.text import Text
from tests.alone import ROOT
from tests.awards.eligibility.build import CALENDAR, verdict
from tests.awards.running import Awards

Json = dict[str, Any]
PACKS = {pack["key"]: pack for pack in packs()}
EXTRAS = {"X01", "X02", "X03"}
UNNUMBERED = {"AW01", "AW02", "X01", "X02"}
"""Awards, of which an office alone knows under which number they were approved or registered."""
each_pack = pytest.mark.parametrize("key", sorted(PACKS))


def texts_in(value: Any) -> Iterator[Json]:
    """Yield every bilingual text in a pack."""
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            yield value
        else:
            for inner in value.values():
                yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def test_there_are_nine_of_which_three_are_extras_and_all_are_marked() -> None:
    assert sorted(PACKS) == ["AW01", "AW02", "AW12", "LS01", "LS06", "TP01", *sorted(EXTRAS)]
    assert {key for key, pack in PACKS.items() if pack["extra"]} == EXTRAS
    for pack in PACKS.values():
        assert pack["mark"] == {"zh": "示例，使用前请核对", "en": "Example, to be checked before use"}
        assert pack["assumed"]
        assert pack["programme"]["flags"] == ["example-pack", *(["extra"] if pack["extra"] else [])]
        assert "使用前请核对" in pack["programme"]["note"]["zh"]


def test_they_have_the_categories_that_their_programmes_have() -> None:
    subjects = {
        key: [category["subject"] for category in pack["programme"]["categories"]] for key, pack in PACKS.items()
    }
    assert subjects == {
        "AW01": ["individual", "team"],
        "AW02": ["individual", "individual"],
        "AW12": ["organisation"],
        "LS01": ["work", "individual", "organisation", "organisation"],
        "LS06": ["question", "question", "question"],
        "TP01": ["individual"],
        "X01": ["individual"],
        "X02": ["individual", "team"],
        "X03": ["individual"],
    }


@each_pack
def test_a_pack_is_whole_and_in_both_languages(key: str) -> None:
    pack = PACKS[key]
    row = ProgrammeRow.model_validate({"key": key, **pack["programme"]})
    parts = parts_of(row)
    definition = {**row.model_dump(mode="json", by_alias=True), **parts, "eligibility": pack["eligibility"]}
    check_definition(definition)
    check_name(Text(**pack["programme"]["name"]), pack["programme"]["standing"])
    assert [gap.code for gap in missing(definition)] == (["number"] if key in UNNUMBERED else [])
    assert [words for words in texts_in(pack) if not (words["zh"].strip() and words["en"].strip())] == []
    for category in parts["categories"]:
        properties = category["form"]["schema"]["properties"]
        assert len(properties) >= 12
        unbounded = [
            name for name, field in properties.items()
            if field["type"] == "string" and not (field.keys() & {"maxLength", "enum"} or field.get("format") == "date")
        ]  # fmt: skip
        assert unbounded == []
        assert validator_of(category["form"]["schema"]).is_valid({}) is False
        assert category["attachments"]


@each_pack
def test_the_rules_of_a_pack_decide_its_boundary_candidates(key: str) -> None:
    pack = PACKS[key]
    rules = RuleSet.model_validate(pack["eligibility"])
    assert warnings_of(rules, pack["programme"]["categories"], CALENDAR) == []
    tried = {(example.rule, example.expected.value) for example in rules.examples}
    assert len(rules.examples) >= 10
    assert {answer for _, answer in tried} == {"eligible", "not_eligible", "unknown"}
    barred = {rule for rule, answer in tried if answer == "not_eligible"}
    assert len(barred) >= len(rules.rules) // 2
    for example in rules.examples:
        if example.expected == "not_eligible":
            found = verdict(rules, **example.facts.model_dump(exclude_unset=True))
            assert [each.key for each in found.rules if each.answer == "not_eligible"] == [example.rule]
            assert all(each.words.zh.startswith("不符合：") for each in found.rules if each.key == example.rule)


@each_pack
def test_what_rules_read_stands_in_the_forms(key: str) -> None:
    pack = PACKS[key]
    rules = RuleSet.model_validate(pack["eligibility"])
    forms = [category["form"]["schema"]["properties"] for category in pack["programme"]["categories"]]
    assert fields_named(rules) <= {name for form in forms for name in form}
    for fact, place in rules.reads.items():
        name, _, column = place.partition("/")
        for field in (form[name] for form in forms if name in form):
            assert not column or column in field["items"]["properties"]
            for word in field.get("enum", ()):
                assert facts_of(rules, {name: word}, {}).model_dump()[fact] == word


AGES = {
    "AW02": ("young", "1986-01-01", "1983-01-01"),
    "TP01": ("young", "1992-01-01", "1990-01-01"),
    "X01": ("people", "1986-01-01", "1981-01-01"),
    "X02": ("people", None, "1981-01-01"),
}
"""Birth cut-offs of men and of women, by pack and category."""


def day_before(day: str) -> str:
    """Return the last day of the year before."""
    return f"{int(day[:4]) - 1}-12-31"


@pytest.mark.parametrize("key", sorted(AGES))
def test_cut_offs_of_men_and_women_to_the_day(key: str) -> None:
    category, men, women = AGES[key]
    rules = RuleSet.model_validate(PACKS[key]["eligibility"])

    def came_out(**known: Any) -> str:
        found = verdict(rules, category=category, **known)
        return next(each.answer.value for each in found.rules if each.key == "age")

    assert came_out(born_on=women, sex="female") == "eligible"
    assert came_out(born_on=day_before(women), sex="female") == "not_eligible"
    assert came_out(born_on=day_before(women)) == "not_eligible"
    assert came_out(sex="female") == "unknown"
    if men:
        assert came_out(born_on=men, sex="male") == "eligible"
        assert came_out(born_on=day_before(men), sex="male") == "not_eligible"
        assert came_out(born_on=day_before(men), sex="female") == "eligible"
        assert came_out(born_on=day_before(men)) == "unknown"
        assert came_out(born_on=men) == "eligible"


@each_pack
def test_a_cycle_of_a_pack_opens_and_decides(awards: Awards, key: str) -> None:
    pack = PACKS[key]
    body = {"source": "catalogue", "owner_id": ROOT, "rows": [{"key": key, **pack["programme"]}]}
    assert awards.do("POST", "catalogue", body, "officer")["created"] == 1
    slug = pack["programme"]["slug"]
    put = awards.do("PUT", f"programmes/{slug}/eligibility", pack["eligibility"], "officer", version=1)
    assert put["warnings"] == []
    assert awards.do("POST", "catalogue", body, "officer")["unchanged"] == 1
    programme = awards.get(f"programmes/{slug}", None)
    if key in UNNUMBERED:
        assert [gap["code"] for gap in programme["missing"]] == ["number"]
        basis = programme["basis"] | {"number": "国评组发〔2026〕1号"}
        body = {"basis": basis}
        programme = awards.do("PATCH", f"programmes/{slug}", body, "officer", version=programme["version"])
    assert programme["missing"] == []
    awards.draft("first", programme, name=pack["programme"]["name"])
    correction = awards.stage("first", "correction_deadline")
    at = f"cycles/first/stages/{correction['id']}"
    awards.do("PATCH", at, {"at_local": "2027-02-20T17:00"}, "officer", version=correction["version"])
    assert awards.step("first", "open")["state"] == "open"
    for example in pack["eligibility"]["examples"]:
        found = awards.do("POST", "cycles/first/eligibility/check", {"facts": example["facts"]}, "nominator")
        assert (example["name"]["en"], found["answer"]) == (example["name"]["en"], example["expected"])
