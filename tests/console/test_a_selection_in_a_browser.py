"""A selection of every pack on the screens: from opening its call to the list that everybody reads, by hand."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from huitang.commands.packs import packs
from tests.console import selecting_by_hand as by_hand
from tests.console.desk import Desk
from tests.console.selecting_by_hand import WRONG, ByHand, Form, Hand
from tests.journeys.candidates import filled_in
from tests.journeys.selecting import OFFICE, SECOND, SOCIETY, Nominated, Selecting
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

PACKS = {pack["key"]: pack for pack in packs()}
FORM_WRONG = {"zh": "申报表填写不完整或有误", "en": "the form is incomplete or wrong"}
LOOKED_AT = "已查阅往届获奖名单和入会证明。"


@pytest.fixture(scope="module")
def selecting(house: World, tmp_path_factory: pytest.TempPathFactory) -> Selecting:
    """Let the personas of a world do what selections need of them."""
    made = Selecting(house, tmp_path_factory.mktemp("signed"))
    made.allow()
    return made


@pytest.mark.parametrize(("number", "key"), list(enumerate(sorted(PACKS), 1)))
def test_a_pack_goes_by_hand_from_its_call_to_its_list(
    selecting: Selecting, house: World, browser: Browser, number: int, key: str
) -> None:
    pack = PACKS[key]
    category, *_ = pack["programme"]["categories"]
    kind = next((each["key"] for each in category["candidate_kinds"]), "")
    content = filled_in(category, pack["eligibility"], number)
    with ExitStack() as over:
        language = "zh" if number % 2 else "en"
        made = ByHand(selecting, Desk(house, ""), browser, pack, f"{key.lower()}-by-hand", language, over)
        cycle = made.open()
        cycle.give_slots(1)
        unit, office = made.hand(SOCIETY), made.hand(OFFICE)
        nominated = Nominated(cycle, SOCIETY, category, made.begin(unit, category))
        form = Form(unit, category)
        form.choose_kind(kind)
        form.fill(content)
        name = nominated.read()["name"]
        by_hand.attach(unit, category, kind)
        by_hand.give_notice(unit, pack, category)
        link = by_hand.ask_candidate(unit) if category["subject"] in ("individual", "team", "work") else ""
        hand_in(made, unit, link, name)
        assert nominated.read(OFFICE)["content"] == nominated.read()["content"]
        by_hand.open_check(office, cycle, name)
        by_hand.give(office, "return", "returned", FORM_WRONG[language], WRONG)
        unit.page.reload()
        by_hand.correct(unit, nominated)
        hand_in(made, unit, link, name, again=True)
        unknown = nominated.do("GET", "check", role=OFFICE)["eligibility"]["answer"] == "unknown"
        for role, standing in ((OFFICE, "second"), (SECOND, "passed")):
            by_hand.open_check(made.hand(role), cycle, name)
            by_hand.give(made.hand(role), "pass", standing, words=LOOKED_AT if unknown else "")
        assert name in by_hand.publish(office, cycle, name)
    (listed,) = selecting.get(OFFICE, f"{cycle.at}/lists")["items"]
    assert [(line["number"], line["name"]) for line in listed["lines"]] == [(nominated.read()["number"], name)]


def hand_in(made: ByHand, unit: Hand, link: str, name: str, *, again: bool = False) -> None:
    """Hand in what its candidate, where it has one, consents to as it now stands."""
    if link:
        by_hand.consent(made.hand(""), link, name)
        unit.page.reload()
    by_hand.hand_in(unit, again=again)
