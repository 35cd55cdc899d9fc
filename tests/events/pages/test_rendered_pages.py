"""Every kind of public page as HTML: its structure, what it promises, what it says in data, and its size."""

import gzip
import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as lxml_html

from services.events.pages.articles import session_page
from services.events.pages.asked import Addresses, Asked
from services.events.pages.names import NAMES, name_of
from services.events.pages.shown import Days, KeyDateShown
from services.events.pages.way import MOST_LINES
from services.events.programme.rules import PersonRole, SessionKind
from services.events.releases.content import PrintedPerson
from services.events.series.rules import Cadence, SeriesKind
from shared.pages.assets import asset, assets
from shared.text import Text, same
from tests.events.pages.sample_pages import (
    CARD,
    EDITION,
    PROGRAMME,
    fosdem,
    frame,
    gallery,
    html,
    id_of,
    page,
)

GALLERY = {path: html(leaf) for path, leaf in gallery().items()}
each_page = pytest.mark.parametrize("path", GALLERY)
LIMIT = 60 << 10


def tree(markup: str) -> lxml_html.HtmlElement:
    """Parse a page."""
    return lxml_html.document_fromstring(markup)


def weight(markup: str) -> int:
    """Return the bytes that a first visit takes: the page and its styles, compressed."""
    styles = (asset("styles.css").content, asset("programme.css").content)
    return sum(len(gzip.compress(each)) for each in (markup.encode(), *styles))


@each_page
def test_every_page_has_one_title_one_main_and_unique_ids(path: str) -> None:
    document = tree(GALLERY[path])
    assert [len(document.xpath(each)) for each in ("//h1", "//main", "//title")] == [1, 1, 1]
    assert [each for each, times in Counter(document.xpath("//@id")).items() if times > 1] == []


@each_page
def test_headings_leave_out_no_level(path: str) -> None:
    levels = [int(each.tag[1]) for each in tree(GALLERY[path]).xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@each_page
def test_every_page_works_without_script_and_keeps_to_the_policy(path: str) -> None:
    document = tree(GALLERY[path])
    assert document.xpath("//@style | //style | //*/@*[starts-with(name(), 'on')]") == []
    assert document.xpath("//script[not(@type='application/ld+json')] | //iframe | //img | //object") == []
    assert set(document.xpath("//link[@rel='stylesheet']/@href")) <= assets().keys()
    assert [each for each in document.xpath("//a/@href") if each.lower().startswith("javascript:")] == []


@each_page
def test_every_page_is_the_same_in_the_other_language_at_the_other_address(path: str) -> None:
    document = tree(GALLERY[path])
    language = "zh" if path.endswith("-zh") else "en"
    own = document.xpath("string(//link[@rel='canonical']/@href)")
    other = document.xpath("string(//a[@class='language']/@href)")
    assert own.startswith(f"https://huitang.example/{language}/events")
    assert (
        own.replace(f"example/{language}", f"example/{'en' if language == 'zh' else 'zh'}")
        == f"https://huitang.example{other}"
    )


@each_page
def test_every_page_is_light(path: str) -> None:
    assert weight(GALLERY[path]) < 20 << 10


def test_the_fields_of_a_form_are_named() -> None:
    for path in ("/day-zh", "/events-en"):
        document = tree(GALLERY[path])
        labelled = set(document.xpath("//label/@for"))
        fields = document.xpath("//input[not(@type='hidden')] | //select")
        assert [f.get("name") for f in fields if not (f.get("aria-label") or f.get("id") in labelled)] == []


def test_a_session_tells_machines_what_it_tells_readers() -> None:
    (script,) = tree(GALLERY["/session-en"]).xpath("//script/text()")
    data = json.loads(script)
    assert {key: data[key] for key in ("@type", "name", "startDate", "endDate", "previousStartDate", "eventStatus", "eventAttendanceMode") if key in data} == {
        "@type": "Event",
        "name": "Round table on international cooperation in deep space exploration",
        "startDate": "2026-11-23T13:30+08:00",
        "endDate": "2026-11-23T14:20+08:00",
        "previousStartDate": "2026-11-23T12:30+08:00",
        "eventStatus": "https://schema.org/EventRescheduled",
    }  # fmt: skip
    assert data["location"]["name"] == "Room 306"
    assert data["performer"][0] == {
        "@type": "Person",
        "name": "Chen Simin",
        "jobTitle": "Academician",
        "affiliation": {"@type": "Organization", "name": "Chinese Academy of Agricultural Sciences"},
    }


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/day-zh", "EventScheduled"),
        ("/postponed-zh", "EventPostponed"),
        ("/cancelled-zh", "EventCancelled"),
        ("/cancelled-session-zh", "EventCancelled"),
    ],
)
def test_standing_is_told_to_machines_too(path: str, status: str) -> None:
    (script,) = tree(GALLERY[path]).xpath("//script/text()")
    assert json.loads(script)["eventStatus"] == f"https://schema.org/{status}"


def test_rich_text_is_safe_and_links_that_run_code_are_left_out() -> None:
    document = tree(GALLERY["/session-en"])
    assert document.xpath("//div[@class='words']/p/text()")[0].startswith("The session reviews five years")
    assert "alert(1)" not in GALLERY["/session-en"]
    assert document.xpath("//ul[@class='files']//a/@href") == [
        "https://forum.example/slides.pdf",
        "https://forum.example/",
    ]


def test_titles_are_never_markup() -> None:
    session = PROGRAMME.sessions[0]
    named = replace(
        session,
        content=replace(
            session.content, title=same("<b>x</b></script>"), people=(PrintedPerson("p", "speaker", same("<i>")),)
        ),
    )
    programme = type(PROGRAMME)([named])
    for leaf in (page("en", Asked(), programme=programme), session_page(frame("en"), programme, named.id)):
        assert tree(html(leaf)).xpath("//h1//b | //li//h3//b | //main//i") == []
        assert len(tree(html(leaf)).xpath("//h3/a | //h1")) >= 1


def test_words_that_exist_in_the_other_language_only_say_so() -> None:
    spans = tree(GALLERY["/day-zh"]).xpath("//h3/a/span")
    assert {(each.get("lang"), each.text) for each in spans} == {
        ("en", "Responsible artificial intelligence: from principles to practice")
    }


def test_organisations_stand_in_protocol_order_with_the_approval() -> None:
    facts = [each.text_content() for each in tree(GALLERY["/about-zh"]).xpath("//aside//dt")]
    assert facts == [
        "时间",
        "地点",
        "参加方式",
        "指导单位",
        "主办单位",
        "承办单位",
        "协办单位",
        "支持单位",
        "批准文件",
        "秘书处",
        "所属活动",
    ]
    assert "经外交部批准" in GALLERY["/about-zh"]
    assert "批准文号 外国际会〔2026〕118号" in GALLERY["/about-zh"]


def test_what_is_chosen_travels_along_every_way_through_the_programme() -> None:
    stars = (PROGRAMME.sessions[0].id, PROGRAMME.sessions[1].id)
    document = tree(html(page("zh", Asked(day="2026-11-24", star=stars))))
    carried = "&".join(f"star={each}" for each in stars)
    ways = document.xpath("//nav[contains(@class, 'tabs') or contains(@class, 'views')]//a/@href")
    assert [way for way in ways if carried not in way] == []
    assert document.xpath("//form[@role='search']/input[@name='star']/@value") == list(stars)
    assert document.xpath("//form[@id='stars']/input[@name='star']/@value") == list(stars)


def test_a_choice_on_the_page_itself_is_made_by_its_box_alone() -> None:
    chosen = PROGRAMME.sessions[0].id
    document = tree(html(page("zh", Asked(day="2026-11-23", star=(chosen,)))))
    assert document.xpath(f"//input[@value='{chosen}'][@form='stars']/@checked") == ["checked"]
    assert document.xpath(f"//form[@id='stars']/input[@value='{chosen}']") == []


def test_a_line_names_six_people_and_counts_the_others() -> None:
    lines = {each.text for each in tree(GALLERY["/day-en"]).xpath("//li/p[not(@class)]")}
    assert "Zhao Qiming, Li Na, Wang Zhiyuan, Maria García, Chen Simin and 3 more" in lines


def test_everything_that_rules_can_say_has_a_name() -> None:
    kinds: list[tuple[str, type]] = [
        ("format", SessionKind),
        ("role", PersonRole),
        ("kind", SeriesKind),
        ("cadence", Cadence),
    ]
    assert [(group, each.value) for group, enum in kinds for each in enum if each.value not in NAMES[group]] == []  # type: ignore[attr-defined]
    assert name_of("language", "eo") == Text("eo", "eo")


def test_addresses_ask_only_what_is_asked() -> None:
    addresses = Addresses("zh", "/events/a/b", ("x",))
    assert addresses.home() == "/zh/events/a/b?star=x"
    assert (
        Addresses("en", "/events/a/b").to(Asked("room", day="2026-11-23", part=2))
        == "/en/events/a/b?view=room&day=2026-11-23&part=2"
    )
    assert addresses.session("s") == "/zh/events/a/b/sessions/s"


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (Days(CARD.days.first, CARD.days.last), "2026年11月23日至25日", "23–25 November 2026"),
        (Days(CARD.days.first, CARD.days.last, "month"), "2026年11月", "November 2026"),
        (Days(CARD.days.first, CARD.days.last, "year"), "2026年", "2026"),
        (Days(), "", ""),
    ],
)
def test_days_are_said_as_exactly_as_they_are_known(days: Days, zh: str, en: str) -> None:
    assert days.words() == Text(zh, en)


def test_nothing_is_to_be_added_of_what_is_cancelled() -> None:
    link = "//p[@class='actions']/a/@href"
    found = {path: tree(GALLERY[path]).xpath(link) for path in ("/day-en", "/cancelled-en")}
    calendar = "/calendars/editions/wstdf-2026"
    assert found == {"/day-en": [f"/en{calendar}", f"{calendar}.ics"], "/cancelled-en": []}


def test_a_key_date_is_said_as_a_day_a_span_or_a_time() -> None:
    words = [each.words() for each in EDITION.key_dates]
    assert [each.zh for each in words] == [
        "2026年3月16日 星期一", "2026年7月31日 星期五 23:59 北京时间（UTC+8）", "2026年9月1日至11月10日", "2026年11月22日 星期日 14:00—20:00 北京时间（UTC+8）",
    ]  # fmt: skip
    assert words[1].en == "Friday 31 July 2026 23:59 Beijing time (UTC+8)"
    assert KeyDateShown(same("x")).words() == Text()


def test_each_change_is_told_once_and_leads_to_its_session() -> None:
    document = tree(GALLERY["/changes-en"])
    told = [each.text_content().strip() for each in document.xpath("//ul[@class='told']/li/p")]
    assert (
        "Cancelled: “Science communication and public trust” (Mon 23 Nov 14:30–15:20, Room 305, China National Convention Center)."
        in told
    )
    assert len(told) == len(set(told)) == 8
    links = document.xpath("//ul[@class='told']//a")
    assert [each for each in links if "/sessions/" not in each.get("href")] == []
    assert [each.text for each in links if f"“{each.text}”" not in each.getparent().text_content()] == []
    assert len(links) == len(told)


@pytest.mark.samples
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_real_programme_of_780_sessions_is_light_in_every_view(language: str) -> None:
    edition, programme = fosdem()
    busiest = max(programme.days, key=lambda day: len(programme.days[day])).isoformat()
    letter = max(programme.index("en").items(), key=lambda item: len(item[1]))[0]
    track = max(programme.tracks, key=lambda slug: len(programme.tracks[slug][1]))
    asked = [Asked(day=busiest), Asked("room", day=busiest), Asked("track"), Asked("track", track=track), Asked("person"), Asked("person", letter=letter), Asked(q="a"), Asked("now")]  # fmt: skip
    weights = [weight(html(page(language, each, edition, programme))) for each in asked]  # type: ignore[arg-type]
    assert [each for each in weights if each > LIMIT] == []


@pytest.mark.samples
def test_every_session_of_a_real_programme_is_listed_and_has_a_page() -> None:
    edition, programme = fosdem()
    listed = [
        href.rpartition("/")[2]
        for day in programme.days
        for href in tree(html(page("en", Asked(day=day.isoformat()), edition, programme))).xpath("//li//a/@href")
        if "/sessions/" in href
    ]
    assert sorted(listed) == sorted(programme.by_id)
    heaviest = max(programme.sessions, key=lambda each: len(each.content.abstract.en + each.content.description.en))
    assert weight(html(session_page(frame("en", edition), programme, heaviest.id))) < LIMIT


def test_a_day_of_more_sessions_than_fit_is_parted() -> None:
    many = [replace(PROGRAMME.sessions[n % 20], id=id_of(f"many {n}")) for n in range(MOST_LINES * 2)]
    programme = type(PROGRAMME)([replace(each, content=replace(each.content, parent_id=None)) for each in many])
    first = tree(html(page("zh", Asked(day="2026-11-23"), programme=programme)))
    parts = len(first.xpath("//nav[@aria-label='时段']//a"))
    documents = [tree(html(page("zh", Asked(day="2026-11-23", part=1 + n), programme=programme))) for n in range(parts)]
    counts = [len(each.xpath("//ul[@class='agenda']/li")) for each in documents]
    assert (sum(counts), [count for count in counts if count > MOST_LINES]) == (MOST_LINES * 2, [])
    marked = [each.xpath("string(//nav[@aria-label='时段']//a[@aria-current]/@href)") for each in documents]
    assert marked == first.xpath("//nav[@aria-label='时段']//a/@href")
