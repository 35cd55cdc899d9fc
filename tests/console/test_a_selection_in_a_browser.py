"""A selection of every pack on the screens: from opening its call to the list that everybody reads, by hand.

By hand in each of the nine packs, in Chinese and in English by turns: the office makes the cycle, dates its deadlines and
opens the call; a nominator begins a nomination, fills in its form, sends its papers, records the notice and asks the
candidate, who consents by the link; it is handed in, checked, returned with words, corrected, consented to and handed in
again; two officers pass it, and the list is published and read where everybody reads it. Slots come over the API there.

By hand in X03, in a cycle that is opened over the API: slots flow from the headquarters to the society and on to its
branch; of two hundred rows of a workbook seven are wrong, then none; the deadline is put off, which the feed tells.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser

from huitang.commands.packs import packs
from tests.console import preparing_by_hand as preparing
from tests.console import selecting_by_hand as by_hand
from tests.console.desk import Desk
from tests.console.selecting_by_hand import WRONG, ByHand, Form, Hand, Seats
from tests.journeys.candidates import filled_in
from tests.journeys.filled_sheets import filled_in as sheets_of
from tests.journeys.filled_sheets import plant, saved
from tests.journeys.selecting import BRANCH, OFFICE, SECOND, SOCIETY, Nominated, Selecting
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

PACKS = {pack["key"]: pack for pack in packs()}
FORM_WRONG = {"zh": "申报表填写不完整或有误", "en": "the form is incomplete or wrong"}
ROWS = 200
LOOKED_AT = "已查阅往届获奖名单和入会证明。"


@pytest.fixture(scope="module")
def selecting(house: World, tmp_path_factory: pytest.TempPathFactory) -> Selecting:
    """Let the personas of a world do what selections need of them."""
    made = Selecting(house, tmp_path_factory.mktemp("signed"))
    made.allow()
    return made


@pytest.fixture(scope="module")
def seats(house: World, browser: Browser) -> Iterator[Seats]:
    """Let whoever takes part sit down once for all packs."""
    with ExitStack() as over:
        yield Seats(Desk(house, ""), browser, over)


@pytest.mark.parametrize(("number", "key"), list(enumerate(sorted(PACKS), 1)))
def test_a_pack_goes_by_hand_from_its_call_to_its_list(
    selecting: Selecting, seats: Seats, number: int, key: str
) -> None:
    pack = PACKS[key]
    category, *_ = pack["programme"]["categories"]
    kind = next((each["key"] for each in category["candidate_kinds"]), "")
    content = filled_in(category, pack["eligibility"], number)
    language = "zh" if number % 2 else "en"
    made = ByHand(selecting, seats, pack, f"{key.lower()}-by-hand", language)
    cycle = made.open()
    dated = [stage["at_local"] or stage["on"] for stage in cycle.stages()]
    assert sorted(at for _, at in cycle.feed(language).values()) == sorted(at for at in dated if at)
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


def test_slots_flow_down_two_hundred_come_in_and_a_deadline_moves(selecting: Selecting, seats: Seats) -> None:
    pack = PACKS["X03"]
    (category,) = pack["programme"]["categories"]
    made = ByHand(selecting, seats, pack, "x03-many", "zh")
    cycle = selecting.open(pack, made.slug)
    office, unit = made.hand(OFFICE), made.hand(SOCIETY)
    society, branch = (
        selecting.get(OFFICE, f"/api/directory/organisations/{selecting.unit(role)}") for role in (SOCIETY, BRANCH)
    )
    preparing.move_slots(office, cycle, "allocate", society, 4)
    preparing.move_slots(unit, cycle, "pass_on", branch, 1, refused=5)
    held = {
        each["unit_id"]: each["accounts"][0]["balance"] for each in selecting.get(OFFICE, f"{cycle.at}/quotas")["items"]
    }
    assert held == {society["id"]: 3, branch["id"]: 1}
    contents = [filled_in(category, pack["eligibility"], number) for number in range(1, ROWS + 1)]
    empty = preparing.template(unit, cycle)
    right, wrong = (sheets_of(empty, category, contents, "general") for _ in range(2))
    planted = plant(wrong, contents)
    preparing.try_sheet(unit, saved(wrong))
    told = preparing.problems(unit, len(planted), ROWS)
    assert told.keys() == planted.keys()
    assert all(told.values()), "each under its heading"
    mine = {"cycle": cycle.slug, "total": "true", "limit": 1}
    assert selecting.get(SOCIETY, "nominations", **mine)["total"] == 0
    preparing.try_sheet(unit, saved(right))
    preparing.bring_in(unit, ROWS)
    assert selecting.get(SOCIETY, "nominations", **mine)["total"] == ROWS
    before = cycle.feed("zh")
    deadline = next(stage for stage in cycle.stages() if stage["kind"] == "submission_deadline")
    until = datetime.fromisoformat(deadline["at_local"]) + timedelta(days=3)
    preparing.put_off(office, cycle, "submission_deadline", until)
    after = cycle.feed("zh")
    (moved,) = (uid for uid in before if before[uid] != after[uid])
    assert (before[moved], after[moved]) == ((0, deadline["at_local"]), (1, until.isoformat()))


def hand_in(made: ByHand, unit: Hand, link: str, name: str, *, again: bool = False) -> None:
    """Hand in what its candidate, where it has one, consents to as it now stands."""
    if link:
        by_hand.consent(made.hand(""), link, name)
        unit.page.reload()
    by_hand.hand_in(unit, again=again)
