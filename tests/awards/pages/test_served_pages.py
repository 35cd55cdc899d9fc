"""What readers of awards are answered: what was announced and nothing else, kept while it is true and never after."""

import gzip
import json
from collections import Counter
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from lxml import html

from services.awards.eligibility.rulebook import RuleSet
from services.awards.eligibility.wording import rule_in_words
from shared.pages.assets import asset, assets
from tests.alone import SOCIETY
from tests.awards.pages.site import NUMBER, PACKS, ask, listed, open_pack, text, tree, words_of
from tests.awards.running import Awards

C = "chuangxin-4"
CYCLE, PROGRAMME = f"/en/awards/cycles/{C}", f"/en/awards/programmes/p-{C}"
AWARD = "The Fourth Award"


def test_drafts_and_rehearsals_are_nowhere(awards: Awards) -> None:
    awards.draft()
    assert ask(awards, CYCLE).status_code == 404
    assert "No cycle announced yet" in text(awards, PROGRAMME)
    assert AWARD not in text(awards, PROGRAMME) + text(awards, "/en/awards")
    awards.step(C, "open")
    rehearsal = awards.do("POST", f"cycles/{C}/rehearsals", None, "officer")
    awards.step(rehearsal["slug"], "open")
    assert ask(awards, f"/en/awards/cycles/{rehearsal['slug']}").status_code == 404
    assert listed(awards) == {"Opening soon": [AWARD]}
    assert len(tree(awards, PROGRAMME).xpath("//main//li[@class='card']")) == 1


def test_a_call_is_listed_as_it_stands_by_the_clock(awards: Awards) -> None:
    awards.opened()
    said = []
    for days in (0, 8, 61.3, 0.1, 89, 2):  # the last day of January is the seventieth; at 17:00 it ends
        awards.clock.turn(days=days)
        awards.settle()
        card = tree(awards, "/en/awards").xpath("//li[@class='card']")
        said.append((list(listed(awards)), words_of(card[0]) if card else ""))
    opens = "Opens: Tuesday 1 December 2026 09:00 Beijing time (UTC+8)"
    until = "Deadline to recommend: Sunday 31 January 2027 17:00 Beijing time (UTC+8)"
    kind = "Approved commendations · recommend"
    assert said == [
        (["Opening soon"], f"Opens soon {AWARD} {opens} {kind}"),
        (["Open now"], f"61 days left Open {AWARD} {until} {kind}"),
        (["Open now"], f"Ends today Open {AWARD} {until} {kind}"),
        (["Closed lately"], f"Closed {AWARD} {until} {kind}"),
        (["Closed lately"], f"Closed {AWARD} {until} {kind}"),
        ([], ""),
    ]


def test_a_cycle_tells_its_dates_and_what_was_put_off_for_all_alone(awards: Awards) -> None:
    awards.opened()
    awards.extend(C, "2027-02-05T12:00", unit_id=SOCIETY, notice={"zh": "单位", "en": "For the unit alone"})
    before = text(awards, CYCLE)
    assert "5 February" not in before
    assert "alone" not in before
    awards.extend(C, "2027-02-10T17:00", notice={"zh": "因系统故障延期。", "en": "After an outage."})
    assert "Wednesday 10 February 2027 17:00 Beijing time (UTC+8)" in text(awards, CYCLE)
    assert "Put off from Sunday 31 January 2027 17:00 Beijing time (UTC+8). After an outage." in text(awards, CYCLE)


def test_an_amendment_is_told_at_once_and_holds_from_its_day(awards: Awards) -> None:
    awards.opened()
    body = {
        "effective_on": "2026-12-01", "reason": "名额调整", "notice": {"zh": "增加名额", "en": "More places"},
        "changes": {"quotas": [{"category": "people", "per_unit": 7}]},
    }  # fmt: skip
    awards.do("POST", f"cycles/{C}/amendments", body, "officer", version=2)
    said = text(awards, CYCLE)
    assert "Amendment 1 Not in effect yet More places In effect from Tuesday 1 December 2026 Changes: quotas" in said
    assert "5 places for each unit" in said
    awards.clock.turn(days=8)
    awards.settle()
    assert "7 places for each unit" in text(awards, CYCLE)
    assert "Not in effect yet" not in text(awards, CYCLE)


def test_a_cancelled_call_says_why(awards: Awards) -> None:
    awards.opened()
    awards.step(C, "cancel", reason={"zh": "经研究取消。", "en": "By decision of the council."})
    assert "This call was cancelled By decision of the council." in text(awards, CYCLE)
    assert listed(awards) == {"Closed lately": [AWARD]}


def weigh(path: str, markup: str) -> None:
    """Hold a page against what every public page keeps to: its size, its structure, the policy, the other language."""
    styles = (asset(name).content for name in ("styles.css", "programme.css", "awards.css"))
    assert sum(len(gzip.compress(each)) for each in (markup.encode(), *styles)) < 60_000
    page = html.document_fromstring(markup)
    assert [len(page.xpath(each)) for each in ("//h1", "//main", "//title")] == [1, 1, 1]
    assert [each for each, times in Counter(page.xpath("//@id")).items() if times > 1] == []
    levels = [int(each.tag[1]) for each in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert page.xpath("//@style | //style | //*/@*[starts-with(name(), 'on')] | //img | //iframe") == []
    assert set(page.xpath("//link[@rel='stylesheet']/@href")) <= assets().keys()
    (data,) = page.xpath("//script/text()")
    assert json.loads(data)["name"] == page.xpath("string(//meta[@property='og:title']/@content)")
    own, other = ("zh", "en") if path.startswith("/zh/") else ("en", "zh")
    assert page.xpath("string(//a[@class='language']/@href)") == path.replace(f"/{own}/", f"/{other}/", 1)


@pytest.mark.parametrize("key", sorted(PACKS))
def test_a_pack_is_told_in_full_in_both_languages(awards: Awards, key: str) -> None:
    programme = open_pack(awards, key)
    pack = PACKS[key]
    rules = RuleSet.model_validate(pack["eligibility"]).rules
    for language in ("zh", "en"):
        for path in (f"/{language}/awards/cycles/first", f"/{language}/awards/programmes/{programme['slug']}"):
            said = "".join(text(awards, path).split())
            wanted = [rule_in_words(rule).in_(language) for rule in rules]
            wanted += [rule.clause.in_(language) for rule in rules]
            for category in pack["programme"]["categories"]:
                sections = category["form"]["layout"]["sections"]
                papers = [category, *category["attachments"], *(f for each in sections for f in each["fields"])]
                wanted += [(each.get("label") or each["name"])[language] for each in papers]
            assert [words for words in wanted if "".join(words.split()) not in said] == []
            assert NUMBER in said
            weigh(path, ask(awards, path).text)


def test_a_page_says_who_may_keep_it_and_what_calls_it_back(awards: Awards) -> None:
    cycle = awards.opened()
    told = {path: ask(awards, path).headers for path in ("/en/awards", CYCLE, PROGRAMME)}
    assert {path: (each["cache-control"], each["cache-tag"]) for path, each in told.items()} == {
        "/en/awards": ("public, max-age=60", "awards"),
        CYCLE: ("public, max-age=60", f"cycle:{cycle['id']} programme:{cycle['programme_id']}"),
        PROGRAMME: ("public, max-age=60", f"programme:{cycle['programme_id']}"),
    }
    held = ask(awards, CYCLE, if_none_match=told[CYCLE]["etag"])
    assert (held.status_code, held.content) == (304, b"")
    head = ask(awards, CYCLE, "HEAD")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", told[CYCLE]["etag"])


def rename(awards: Awards) -> None:
    version = awards.get(f"cycles/{C}", "officer")["version"]
    awards.do("PATCH", f"cycles/{C}", {"name": {"zh": "新名", "en": "A new name"}}, "officer", version=version)


def rename_programme(awards: Awards) -> None:
    version = awards.get(f"programmes/p-{C}", "officer")["version"]
    awards.do("PATCH", f"programmes/p-{C}", {"name": {"zh": "新名", "en": "A new name"}}, "officer", version=version)


@pytest.mark.parametrize("change", [rename, rename_programme], ids=["cycle", "programme"])
def test_a_page_is_never_older_than_what_has_changed(awards: Awards, change: Any) -> None:
    awards.opened()
    assert "A new name" not in text(awards, CYCLE)
    change(awards)
    assert [path for path in (CYCLE, PROGRAMME) if "A new name" not in tree(awards, path).text_content()] == []


def test_what_changes_no_date_tells_no_date_again(awards: Awards) -> None:
    awards.opened()
    awards.facts()
    version = awards.get(f"cycles/{C}", "officer")["version"]
    awards.do("PATCH", f"cycles/{C}", {"number": 5}, "officer", version=version)
    assert [each.type for each in awards.facts()] == ["awards.cycle.changed.v1", "awards.view.changed.v1"]


def test_calendars_lead_to_the_page(awards: Awards) -> None:
    awards.opened()
    assert {entry["link"] for entry in awards.entries().values()} == {f"/awards/cycles/{C}"}


@pytest.mark.parametrize("path", ["/en/awards/cycles/none", "/en/awards/programmes/none", "/en/awards/none"])
def test_what_is_not_there_is_not_found(awards: Awards, path: str) -> None:
    awards.opened()
    assert ask(awards, path).status_code == 404


def test_a_template_has_no_page(awards: Awards) -> None:
    awards.programme("template", is_template=True)
    assert ask(awards, "/en/awards/programmes/template").status_code == 404
    assert "/en/awards/programmes/template" not in tree(awards, "/en/awards").xpath("//a/@href")


def test_the_pages_ask_as_often_for_many_cycles_as_for_one(awards: Awards) -> None:
    programme = awards.defined("many")
    awards.opened("one", programme)
    paths = ("awards", "awards/programmes/many", "awards/cycles/one")

    def statements() -> list[int]:
        for path in paths:
            ask(awards, f"/zh/{path}")  # learns which kind of reading each of them needs, and what a definition says
        return [awards.statements(partial(ask, awards, f"/en/{path}")) for path in paths]

    few = statements()
    for number in range(9):
        awards.opened(f"more-{number}", programme)
    assert statements() == few
