"""Selections from a pack to the accepted list, as offices, units and candidates go through them: over HTTP alone."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from huitang.commands.packs import packs
from tests.journeys.candidates import filled_in
from tests.journeys.filled_sheets import filled_in as sheets_of
from tests.journeys.filled_sheets import plant, saved
from tests.journeys.selecting import BRANCH, OFFICE, SECOND, SOCIETY, Cycle, Nominated, Selecting

PACKS = {pack["key"]: pack for pack in packs()}
LOOKED_AT = "已查阅往届获奖名单和入会证明。"


@pytest.mark.sqlite_only("differs from pack to pack, not from database to database; one pack runs on all of them")
@pytest.mark.parametrize("key", sorted(PACKS))
def test_a_cycle_of_a_pack_from_its_opening_to_the_accepted_list(selecting: Selecting, key: str) -> None:
    cycle = selecting.open(PACKS[key], key.lower())
    deadlines_stand_in_the_feed_and_move(cycle)
    asked = [(category, kind) for category in PACKS[key]["programme"]["categories"] for kind in kinds_of(category)]
    cycle.give_slots(len(asked))
    nominated = [nominate(cycle, number, *each) for number, each in enumerate(asked, 1)]
    assert cycle.queue() == {each.id: "waiting" for each in nominated}
    correct(cycle, nominated[0])
    for each in nominated:
        accept(each)
    published(cycle, nominated)


def test_two_hundred_are_brought_in_by_a_workbook_and_some_of_them_go_all_the_way(selecting: Selecting) -> None:
    cycle = selecting.open(PACKS["X03"], "x03-many")
    deadlines_stand_in_the_feed_and_move(cycle)
    cycle.give_slots(3)
    (category,) = PACKS["X03"]["programme"]["categories"]
    made = bring_in(cycle, category)
    nominated = [Nominated(cycle, SOCIETY, category, id_) for id_ in made[:3]]
    for each in nominated:
        submit_as(each, "general")
    one_too_many = Nominated(cycle, SOCIETY, category, made[3])
    one_too_many.complete("general")
    assert [lack["code"] for lack in one_too_many.do("GET", "readiness")["lacks"]] == ["exceeded"]
    correct(cycle, nominated[0])
    for each in nominated:
        accept(each)
    published(cycle, nominated)


def bring_in(cycle: Cycle, category: Any) -> list[str]:
    """Bring two hundred rows in, at first with seven errors; return the ids of the nominations that were made of them."""
    contents = [filled_in(category, cycle.pack["eligibility"], number) for number in range(1, 201)]
    at = f"{cycle.at}/sheets/{category['key']}"
    right = sheets_of(cycle.of.bytes_of(SOCIETY, at), category, contents, "general")
    wrong = sheets_of(cycle.of.bytes_of(SOCIETY, at), category, contents, "general")
    planted = plant(wrong, contents)
    query, mine = {"unit_id": cycle.of.unit(SOCIETY)}, {"cycle": cycle.slug, "total": "true", "limit": 1}
    for dry in (True, False):
        told = cycle.of.do(SOCIETY, "POST", at, params=query | {"dry_run": dry}, content=saved(wrong))
        assert {each["cell"]: each["code"] for each in told["problems"]} == planted
        assert (told["applied"], told["rows"], told["made"]) == (False, 200, [])
        assert cycle.of.get(SOCIETY, "nominations", **mine)["total"] == 0
    told = cycle.of.do(SOCIETY, "POST", at, params=query, content=saved(right))
    assert (told["applied"], told["problems"], len({*told["made"]})) == (True, [], 200)
    assert cycle.of.get(SOCIETY, "nominations", **mine)["total"] == 200
    return list(told["made"])


def kinds_of(category: Any) -> list[str]:
    """Return the kinds of candidates of a category, one that is none where it has none."""
    return [kind["key"] for kind in category["candidate_kinds"]] or [""]


def deadlines_stand_in_the_feed_and_move(cycle: Cycle) -> None:
    """See every date in the feed in both languages; put the deadline off, and see that one entry move."""
    stages = cycle.stages()
    dates = sorted(stage["at_local"] or stage["on"] for stage in stages)
    before = cycle.feed("zh")
    assert sorted(at for _, at in before.values()) == dates
    assert cycle.feed("en") == before
    deadline = next(stage for stage in stages if stage["kind"] == "submission_deadline")
    until = (datetime.fromisoformat(deadline["at_local"]) + timedelta(days=3)).isoformat()
    body = {"stage_id": deadline["id"], "until_local": until, "reason": "应推荐单位请求", "notice": {"zh": "延期三日"}}
    cycle.of.do(OFFICE, "POST", f"{cycle.at}/extensions", body)
    after = cycle.feed("zh")
    (moved,) = (uid for uid in before if before[uid] != after[uid])
    assert before[moved] == (0, deadline["at_local"])
    assert after == before | {moved: (1, until)} == cycle.feed("en")


def nominate(cycle: Cycle, number: int, category: Any, kind: str) -> Nominated:
    """Nominate one candidate, by branch and society in turn; the first with a code where candidates come so."""
    first = number == 1
    by_code = first and "code" in cycle.pack["programme"]["routes"]
    content = filled_in(category, cycle.pack["eligibility"], number)
    made = cycle.begin(BRANCH if number % 2 else SOCIETY, category, kind, content, by_code=by_code)
    if first:
        made.seal()
    return submit_as(made, kind)


def submit_as(nominated: Nominated, kind: str) -> Nominated:
    """Complete a nomination and hand it in; the office reads all of it from then on."""
    nominated.complete(kind)
    said = nominated.read()["content"]
    assert (nominated.submit()["turn"], nominated.read(OFFICE)["content"]) == (1, said)
    return nominated


def correct(cycle: Cycle, nominated: Nominated) -> None:
    """Return a nomination with a clock that its unit finds in its calendar, and have it handed in anew."""
    number = nominated.read()["number"]
    nominated.check(OFFICE, "return", reasons=["form"], words="通信地址有误，请更正。")
    assert (cycle.queue()[nominated.id], nominated.read()["state"]) == ("returned", "returned")
    assert clocks(nominated) == ["confirmed"]
    fields = nominated.category["form"]["schema"]["properties"]
    long = next(name for name, field in fields.items() if field.get("maxLength", 0) >= 120 and "format" not in field)
    nominated.write(**{long: "更正后的内容。" * (fields[long].get("minLength", 1) // 7 + 1)})
    nominated.get_consent()
    assert nominated.submit()["turn"] == 2
    assert (nominated.read()["number"], cycle.queue()[nominated.id]) == (number, "waiting")
    assert clocks(nominated) == ["cancelled"]


def clocks(nominated: Nominated) -> list[str]:
    """Return how the clock of a nomination stands in the calendar of who works for its unit."""
    cycle = nominated.of
    cycle.of.world.settle()
    listed = cycle.of.get(nominated.role, "/api/calendar/entries", topic=f"cycle:{cycle.id}", limit=100)["items"]
    return [each["status"] for each in listed if each["entry_id"] == f"correction-{nominated.id}"]


def accept(nominated: Nominated) -> None:
    """Let two officers pass a nomination; where the rules could not tell, it passes with words on what was looked at."""
    looked = nominated.do("GET", "check", role=OFFICE)
    assert (looked["findings"], looked["eligibility"]["answer"]) in (([], "eligible"), ([], "unknown"))
    words = {}
    if looked["eligibility"]["answer"] == "unknown":
        assert looked["eligibility"]["missing"]
        said = {"outcome": "pass", "words": " "}
        refused = nominated.of.of.ask(OFFICE, "POST", f"{nominated.at}/check/opinions", said, version=looked["version"])
        assert refused.json()["type"] == "/problems/unknown-unexplained"
        words = {"words": LOOKED_AT}
    nominated.check(OFFICE, "pass", **words)
    nominated.check(SECOND, "pass", **words)
    assert nominated.read()["state"] == "passed"


def published(cycle: Cycle, nominated: list[Nominated]) -> None:
    """Publish the list: everybody reads it, its window stands in the feed, and its head is that of the record."""
    before = cycle.feed("zh")
    made = cycle.publish()
    lines = sorted((each.read()["number"], each.read()["name"]) for each in nominated)
    assert sorted((line["number"], line["name"]) for line in made["lines"]) == lines
    for language in ("zh", "en"):
        page = cycle.of.bytes_of(None, f"/{language}/awards/cycles/{cycle.slug}/accepted").decode()
        assert [word for line in lines for word in line if word not in page] == []
        added = cycle.feed(language).items() - before.items()
        assert [at for _, (_, at) in added] == [made["from_on"]]
    bundle = cycle.of.bytes_of(OFFICE, f"{cycle.at}/audit")
    cycle.of.verify(bundle, "--head", f"{made['record_length']}:{made['record_head']}")
