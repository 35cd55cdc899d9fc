"""Public pages of the calendar, and members' own: what they say, what they let one do, and how they are kept."""

import gzip
import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from shared.caller import Caller
from shared.messages.dates import Audience
from shared.text import Text
from tests.calendar.build import timed, whole
from tests.calendar.rig import ADDRESS, Rig, entries_of
from tests.calendar.year import FORUM, HEADQUARTERS, the_year

LI = Caller("li", name=Text("李娜", "Li Na"), language="zh")
WECHAT = {"User-Agent": "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.50"}
PATHS = (
    "",
    "/calendars",
    "/calendars/all",
    "/calendars/series/wyss",
    "/calendars/editions/wstdf-2026",
    "/calendars/agenda",
)


@pytest.fixture
def year(rig: Rig) -> Rig:
    """Return a calendar that knows a year."""
    rig.open_organisation("hq", name=HEADQUARTERS.title)
    rig.tell_dates(*the_year())
    return rig


def page(rig: Rig, path: str, caller: Caller | None = None, **headers: str) -> html.HtmlElement:
    """Return a page that must be there."""
    answer = rig.get(path, caller, headers=headers)
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement, path: str) -> list[str]:
    """Return the words of the elements at an XPath, white space folded."""
    return [" ".join(" ".join(each.itertext()).split()) for each in element.xpath(path)]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_pages_are_small_and_whole(year: Rig, path: str, language: str) -> None:
    answer = year.get(f"/{language}{path}")
    document = html.document_fromstring(answer.text)
    ids = document.xpath("//@id")
    assert len(gzip.compress(answer.content)) < 10_000
    assert (len(document.xpath("//h1")), len(ids)) == (1, len(set(ids)))
    assert document.xpath("//script[not(@src)] | //@style | //style") == []


def test_home_tells_what_is_on_today_what_comes_and_when(year: Rig) -> None:
    home = page(year, "/en")
    assert words(home, "//ul[@class='now']/li") == [
        "World Science and Technology Development Forum 2026 On now 3 sessions today · China National Convention Center, Beijing",
        "National Science Popularisation Month 1–30 September 2026",
    ]
    assert words(home, "//li[@class='card']/h3") == ["World Young Scientist Summit 2026", "29th CAST Annual Meeting"]
    assert words(home, "//h3[@class='month']") == ["September 2026", "October 2026"]
    assert words(home, "//ul[@class='dates']/li") == [
        "15 Tue Nominations for the international prize close 17:00 Europe/Paris (UTC+2) Paris Deadline",
        "30 Wed World Young Scientist Summit 2026: Abstracts due Key date",
        "15 Thu World Young Scientist Summit 2026: Early registration closes 18:00 Key date",
    ]


def test_home_turns_with_the_day(year: Rig) -> None:
    before = words(page(year, "/zh"), "//ul[@class='now']/li/h3")
    year.clock.turn(days=3)
    assert (before, words(page(year, "/zh"), "//ul[@class='now']/li/h3")) == (
        ["2026世界科技与发展论坛 进行中", "全国科普月"],
        ["全国科普月"],
    )


def test_home_says_so_where_nothing_is_announced(rig: Rig) -> None:
    assert words(page(rig, "/zh"), "//div[@class='empty']/h2") == ["还没有公布任何日期"]


def test_pages_show_only_what_is_public(rig: Rig) -> None:
    hidden = {"audience": Audience(kind="members"), "title": Text("内部会议", "Closed meeting")}
    rig.tell_dates(timed("h1", topics=(FORUM,), **hidden), whole("h2", kind="edition", start_on=date(2026, 9, 1), end_on=date(2026, 9, 1), **hidden))  # fmt: skip
    told = [rig.get(f"/zh{path}").text for path in ("", "/calendars", "/calendars/agenda", "/calendars/all")]
    assert [("内部会议" in text, "世界科技与发展论坛" in text) for text in told] == [(False, False)] * 4
    assert rig.get("/zh/calendars/series/wstdf").status_code == 404


def test_pages_say_how_long_they_hold_and_what_calls_them_back(year: Rig) -> None:
    kept = {path: year.get(f"/zh{path}").headers for path in PATHS}
    assert {path: (told["cache-control"], told.get("cache-tag")) for path, told in kept.items()} == {
        "": ("public, max-age=60", "calendar:pages"),
        "/calendars": ("private, max-age=60", None),
        "/calendars/all": ("private, max-age=60", None),
        "/calendars/series/wyss": ("private, max-age=60", None),
        "/calendars/editions/wstdf-2026": ("private, max-age=60", None),
        "/calendars/agenda": ("public, max-age=60", "calendar:pages"),
    }


def test_a_feed_is_shown_before_it_is_subscribed_to(year: Rig) -> None:
    document = page(year, "/en/calendars/series/wyss")
    assert words(document, "//p[@class='lead']") == ["3 coming dates will stand in your calendar."]
    assert words(document, "//ul[@class='kinds']/li") == ["Key date: 2", "Conference: 1"]
    assert words(document, "//section[@class='contains']//li//h4") == [
        "World Young Scientist Summit 2026: Abstracts due",
        "World Young Scientist Summit 2026: Early registration closes",
        "World Young Scientist Summit 2026",
    ]


@pytest.mark.parametrize("path", ["/calendars/all", "/calendars/series/wyss", "/calendars/editions/wstdf-2026?bar=1"])
def test_what_a_page_promises_is_what_the_feed_holds(year: Rig, path: str) -> None:
    document = page(year, f"/en{path}")
    (url,) = document.xpath("//input[@id='address']/@value")
    coming = sum(int(each.split(": ")[1]) for each in words(document, "//ul[@class='kinds']/li"))
    held = entries_of(year.feed(url.removeprefix(f"{ADDRESS}/calendars/")))
    off = {"session-3", "moved"} & set(held)
    assert coming == len(held) - len(off) > 0


def test_every_way_leads_to_the_same_feed(year: Rig) -> None:
    document = page(year, "/zh/calendars/series/wyss?lang=en&reminders=1d")
    own = "huitang.example/calendars/series/wyss.ics?lang=en&reminders=1d"
    assert document.xpath("//input[@id='address']/@value") == [f"https://{own}"]
    assert document.xpath("//a[starts-with(@href, 'webcal:')]/@href") == [f"webcal://{own}"]
    google, outlook = document.xpath("//ul[@class='others']//a/@href")
    assert parse_qs(urlsplit(google).query)["cid"] == [f"webcal://{own}"]
    assert parse_qs(urlsplit(outlook).query)["url"] == [f"https://{own}"]
    assert len(document.xpath("//figure[@class='qr']//*[local-name()='svg']")) == 1
    assert (document.xpath("//a[@class='language']/@href"), document.xpath("//option[@selected]/@value")) == (
        ["/en/calendars/series/wyss?lang=en&reminders=1d"],
        ["en", "1d"],
    )


@pytest.mark.parametrize("path", ["/calendars", "/calendars/series/wyss"])
@pytest.mark.parametrize(
    ("language", "way_out"), [("zh", "请在浏览器中打开"), ("en", "Open this page in your browser")]
)
def test_in_wechat_the_way_out_is_shown_and_no_link_that_cannot_open(
    year: Rig, path: str, language: str, way_out: str
) -> None:
    document = page(year, f"/{language}{path}", **WECHAT)
    links = document.xpath("//a/@href")
    assert [link for link in links if link.startswith(("webcal:", "https://calendar.google", "https://outlook"))] == []
    assert words(document, "//div[@class='notice warn']/h2") == [way_out]
    (address,) = document.xpath("//input[@readonly and @data-copy]/@value")
    assert [link for link in links if link.endswith(".ics")] == [address]
    assert len(document.xpath("//button[@data-copied]")) == 1


def test_all_feeds_are_listed_with_what_is_coming(year: Rig) -> None:
    document = page(year, "/en/calendars")
    listed = {
        section: words(document, f"//section[@aria-labelledby='{section}']//li") for section in ("series", "editions")
    }
    assert listed == {
        "series": [
            "World Science and Technology Development Forum 4 coming dates · next on Tue 1 Sep",
            "World Young Scientist Summit 3 coming dates · next on Wed 30 Sep",
            "CAST Annual Meeting 1 coming date · next on Thu 1 Jul",
        ],
        "editions": [
            "World Science and Technology Development Forum 2026 4 coming dates · next on Tue 1 Sep",
            "World Young Scientist Summit 2026 3 coming dates · next on Wed 30 Sep",
            "29th CAST Annual Meeting 1 coming date · next on Thu 1 Jul",
        ],
    }
    links = list(document.xpath("//ul[@class='feeds']//a/@href"))
    assert [year.get(link).status_code for link in links] == [200] * len(links)
    assert [year.get(f"{link.removeprefix('/en')}.ics").status_code for link in links] == [200] * len(links)


def test_the_agenda_tells_a_month_by_day(year: Rig) -> None:
    document = page(year, "/en/calendars/agenda")
    days = {
        words(section, ".//h2")[0]: words(section, ".//li/h3") for section in document.xpath("//section[@class='day']")
    }
    assert words(document, "//h1") == ["Agenda for September 2026"]
    assert days == {
        "Tue 1 Sep": ["World Science and Technology Development Forum 2026", "National Science Popularisation Month"],
        "Tue 15 Sep": ["Nominations for the international prize close"],
        "Sun 20 Sep": ["Briefing Cancelled"],
        "Wed 30 Sep": ["World Young Scientist Summit 2026: Abstracts due"],
    }


def test_the_agenda_goes_on_to_other_months_and_feeds(year: Rig) -> None:
    forum = page(year, "/en/calendars/agenda?month=2026-09&feed=editions/wstdf-2026")
    july = page(year, "/zh/calendars/agenda?month=2027-07")
    december = page(year, "/zh/calendars/agenda?month=2026-12")
    assert len(forum.xpath("//section[@class='day']//li")) == 5
    assert words(july, "//section[@class='day']/h2") == ["具体日期待定"]
    assert words(december, "//div[@class='empty']/h2") == ["本月没有日期"]
    assert december.xpath("//nav[@class='views']//a[@aria-current]/@href") == ["/zh/calendars/agenda?month=2026-12"]


@pytest.mark.parametrize("query", ["?month=2026-13", "?month=soon", "?day=1", "?month=0001-01"])
def test_an_agenda_of_no_month_is_refused(year: Rig, query: str) -> None:
    assert year.get(f"/zh/calendars/agenda{query}").status_code == 422


@pytest.mark.parametrize(
    "path", ["/fr", "/zh/calendars/none", "/zh/calendars/series/none", "/zh/calendars/agenda?feed=x"]
)
def test_what_is_not_there_is_not_found(year: Rig, path: str) -> None:
    assert year.get(path).status_code in {404, 422}


OWN = ("/calendars/feeds", "/calendars/feeds/new?topic=series:forum")


@pytest.mark.parametrize("path", OWN)
def test_nobody_is_asked_to_sign_in_and_comes_back(year: Rig, path: str) -> None:
    answer = year.get(f"/zh{path}")
    (back,) = parse_qs(urlsplit(answer.headers["location"]).query)["next"]
    assert (answer.status_code, back) == (303, f"/zh{path}")


def compose(rig: Rig, **form: object) -> str:
    """Compose a feed on its page and return its address without the host."""
    asked = {"name": "我的会议", "topics": ["series:forum"]} | form
    answer = rig.ask("POST", "/zh/calendars/feeds", LI, data=asked)
    assert answer.status_code == 200, answer.text
    (url,) = html.document_fromstring(answer.text).xpath("//input[@id='address']/@value")
    assert answer.headers["cache-control"] == "private, no-store"
    return str(url).removeprefix(ADDRESS)


def test_a_feed_is_composed_on_a_page_and_its_address_shown_this_once(year: Rig) -> None:
    address = compose(year, kinds=["session"], entries=["call"])
    listed = year.get("/zh/calendars/feeds", LI)
    assert entries_of(year.feed(address.removeprefix("/calendars/"))) == [
        "session-0", "session-1", "session-2", "session-3", "session-4", "call",
    ]  # fmt: skip
    assert (address not in listed.text, "/calendars/personal/" not in listed.text) == (True, True)
    assert words(html.document_fromstring(listed.text), "//ul[@class='mine']/li/h2") == ["我的会议"]


def test_the_list_says_who_read_the_feed_last(year: Rig) -> None:
    address = compose(year)
    before = words(page(year, "/en/calendars/feeds", LI), "//ul[@class='mine']/li/p")
    year.get(address, headers={"User-Agent": "iOS/18.0 (22A3354) dataaccessd/1.0"})
    after = words(page(year, "/en/calendars/feeds", LI), "//ul[@class='mine']/li/p")
    assert (before[-1], after[-1]) == (
        "Not read by any calendar yet",
        "Last read by an iPhone or iPad on Tue 1 Sep 12:00",
    )


def test_a_form_that_is_refused_is_shown_again_as_it_was_filled_in(year: Rig) -> None:
    answer = year.ask("POST", "/zh/calendars/feeds", LI, data={"name": " ", "topics": ["series:forum"], "duties": "1"})
    document = html.document_fromstring(answer.text)
    assert (answer.status_code, words(document, "//div[@role='alert']/h2")) == (422, ["请填写名称"])
    assert document.xpath("//input[@checked]/@value") == ["series:forum", "1"]
    empty = year.ask("POST", "/zh/calendars/feeds", LI, data={"name": "空"})
    assert words(html.document_fromstring(empty.text), "//div[@role='alert']/h2") == ["日历没有任何内容"]


def test_what_was_chosen_elsewhere_is_chosen_in_the_form(year: Rig) -> None:
    document = page(year, "/zh/calendars/feeds/new?topic=series:forum&entry=session-2", LI)
    assert document.xpath("//input[@checked]/@value") == ["session-2", "series:forum"]
    assert document.xpath("//input[@name='name']/@value") == ["世界科技与发展论坛"]


def form_of(rig: Rig, action: str) -> html.HtmlElement:
    """Return the form on the list of feeds whose address ends like this."""
    return next(form for form in page(rig, "/zh/calendars/feeds", LI).forms if form.action.endswith(action))


def test_a_feed_is_changed_reset_and_revoked_on_pages(year: Rig) -> None:
    address = compose(year)
    change = form_of(year, "/address").action.removesuffix("/address")
    shown = page(year, change, LI)
    version = shown.xpath("//input[@name='version']/@value")[0]
    data = {"name": "改名", "topics": ["series:summit"], "version": version}
    changed = year.ask("POST", change, LI, data=data)
    assert (changed.status_code, changed.headers["location"]) == (303, "/zh/calendars/feeds")
    assert year.ask("POST", change, LI, data=data).status_code == 412
    assert "edition-summit" in entries_of(year.feed(address.removeprefix("/calendars/")))
    reset = form_of(year, "/address")
    made = year.ask("POST", reset.action, LI, data=dict(reset.fields))
    (new,) = html.document_fromstring(made.text).xpath("//input[@id='address']/@value")
    assert (year.get(address).status_code, year.get(new.removeprefix(ADDRESS)).status_code) == (404, 200)
    revoke = form_of(year, "/revocation")
    assert year.ask("POST", revoke.action, LI, data={}).status_code == 303
    assert (year.get(new.removeprefix(ADDRESS)).status_code, page(year, "/zh/calendars/feeds", LI).forms) == (410, [])


def test_a_session_is_put_into_a_feed_one_has(year: Rig) -> None:
    address = compose(year, topics=["series:summit"])
    document = page(year, "/zh/calendars/feeds/new?entry=session-2", LI)
    into = next(form for form in document.forms if form.action.endswith("/entries"))
    assert year.ask("POST", into.action, LI, data=dict(into.fields)).status_code == 303
    assert "session-2" in entries_of(year.feed(address.removeprefix("/calendars/")))
    hidden = year.ask("POST", into.action, LI, data={"entries": ["none"]})
    assert (hidden.status_code, hidden.json()["type"]) == (422, "/problems/unknown-entry")


def test_another_members_feed_is_not_there(year: Rig) -> None:
    compose(year)
    path = form_of(year, "/address").action.removesuffix("/address")
    wang = Caller("wang", name=Text("王", "Wang"))
    asked = [("GET", path), ("POST", f"{path}/revocation"), ("POST", f"{path}/address"), ("POST", f"{path}/entries")]
    assert [
        year.ask(method, where, wang, data={} if method == "POST" else None).status_code for method, where in asked
    ] == [404] * 4
    assert year.ask("POST", f"{path}/revocation").status_code == 303
    assert [feed["revoked_at"] for feed in year.get("/api/calendar/feeds", LI).json()] == [None]


def test_the_assets_that_pages_name_are_there(year: Rig) -> None:
    text = year.get("/zh/calendars").text
    assert len(re.findall(r"/assets/pages/(?:calendars|copy)-[0-9a-f]{12}\.(?:css|js)", text)) == 2


def test_a_date_without_a_page_leads_to_its_file(year: Rig) -> None:
    (link,) = page(year, "/zh/calendars/agenda").xpath("//a[contains(., '国际奖项')]/@href")
    assert (link, year.get(link).status_code) == ("/calendars/entries/call.ics", 200)


def test_a_long_month_is_cut_and_says_so(rig: Rig) -> None:
    rig.tell_dates(
        *(whole(f"d{n:03}", start_on=date(2026, 9, 1), end_on=date(2026, 9, 1) + timedelta(days=1)) for n in range(601))
    )
    document = page(rig, "/en/calendars/agenda")
    assert (len(document.xpath("//section[@class='day']//li")), words(document, "//p[@class='help']")) == (
        600,
        ["The first 600 are shown."],
    )
