"""Public pages: what the layout says to readers, browsers and search engines, and what raises."""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from lxml import html

from shared.pages.assets import asset, assets
from shared.pages.render import Pages, PublicPage, UnknownWords, say
from shared.pages.strings import STRINGS
from shared.text import Language, Text
from tests.shared.demo_pages import PAGES, SITE, demo_pages, home, parts, programme

DEMO = list(demo_pages())
each_page = pytest.mark.parametrize(("name", "language", "page"), DEMO, ids=[f"{n}-{lang}" for n, lang, _ in DEMO])


def tree(page: str) -> html.HtmlElement:
    """Parse a page."""
    return html.document_fromstring(page)


@each_page
def test_every_page_has_one_title_one_main_and_unique_ids(name: str, language: Language, page: str) -> None:
    document = tree(page)
    assert [len(document.xpath(path)) for path in ("//h1", "//main", "//title")] == [1, 1, 1]
    assert document.get("lang") == {"zh": "zh-CN", "en": "en"}[language]
    assert [each for each, times in Counter(document.xpath("//@id")).items() if times > 1] == []


@each_page
def test_every_page_keeps_to_the_policy(name: str, language: Language, page: str) -> None:
    document = tree(page)
    assert document.xpath("//@style | //style | //*/@*[starts-with(name(), 'on')]") == []
    assert document.xpath("//script[not(@type='application/ld+json')]") == []
    assert set(document.xpath("//link[@rel='stylesheet' or @rel='icon']/@href")) <= assets().keys()


def test_a_page_knows_itself_in_the_other_language() -> None:
    document = tree(programme("zh"))
    assert (
        document.xpath("string(//link[@rel='canonical']/@href)") == "https://huitang.example/zh/events/wstdf/2026?day=1"
    )
    assert {link.get("hreflang"): link.get("href") for link in document.xpath("//link[@hreflang]")} == {
        "zh-CN": "https://huitang.example/zh/events/wstdf/2026?day=1",
        "en": "https://huitang.example/en/events/wstdf/2026?day=1",
        "x-default": "https://huitang.example/events/wstdf/2026?day=1",
    }
    assert document.xpath("//a[@class='language']/@href") == ["/en/events/wstdf/2026?day=1"]


def test_the_home_page_has_no_path() -> None:
    page = PublicPage("zh", "/", Text("首页", "Home"))
    assert (page.url("zh"), page.url("en")) == ("/zh", "/en")


def test_linked_data_cannot_leave_its_script() -> None:
    scripts = tree(programme("zh")).xpath("//script/text()")
    assert scripts == ['{"@context":"https://schema.org","@type":"Event","name":"\\u003c/script\\u003e论坛"}']


def test_what_exists_in_the_other_language_only_says_so() -> None:
    foreign = tree(home("zh")).xpath("//p[@class='where']/span")
    assert [(each.get("lang"), each.text) for each in foreign] == [("en", "Xi’an")]
    assert tree(home("en")).xpath("//p[@class='where']/span") == []


def test_rich_text_is_made_safe_and_marked() -> None:
    (block,) = tree(parts("zh")).xpath("//div[@class='prose']/div")
    assert html.tostring(block, encoding="unicode").strip() == (
        '<div lang="en"><p>An <b>abstract</b> that only exists in English.</p><ul><li>One</li><li>Two</li></ul></div>'
    )


def test_titles_are_escaped(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text("{{ title | marked }}|{{ other | marked }}|{{ title | t }}", encoding="utf-8")
    page = PublicPage("zh", "/", Text("题"))
    rendered = Pages(SITE, tmp_path).render("one.html", page, title=Text("<b>"), other=Text("", "<i>"))
    assert rendered == '&lt;b&gt;|<span lang="en">&lt;i&gt;</span>|&lt;b&gt;'


def test_who_is_signed_in_is_named_and_a_page_for_all_offers_to_sign_in() -> None:
    assert "当前用户：李娜" in parts("zh")
    assert "/zh/sign-in" not in tree(parts("zh")).xpath("//header//a/@href")
    assert "/zh/sign-in" in tree(home("zh")).xpath("//header//a/@href")


def test_a_wrong_field_is_tied_to_its_words() -> None:
    (email,) = tree(parts("en")).xpath("//input[@id='email']")
    assert (email.get("aria-invalid"), email.get("aria-describedby")) == ("true", "email-error")
    assert tree(parts("en")).xpath("//div[@id='errors']//a/@href") == ["#email"]


@pytest.mark.parametrize(
    ("key", "values", "zh", "en"),
    [
        ("session.count", {"n": 1}, "1 场", "1 session"),
        ("session.count", {"n": 0}, "0 场", "0 sessions"),
        ("layout.signed_in_as", {"name": Text("李娜", "Li Na")}, "当前用户：李娜", "Signed in as Li Na"),
    ],
)
def test_words_are_filled_in_and_counted(key: str, values: dict[str, object], zh: str, en: str) -> None:
    assert (say(STRINGS, "zh", key, **values), say(STRINGS, "en", key, **values)) == (zh, en)


def test_words_that_nobody_wrote_raise(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text("{{ say('nobody' ~ '.wrote') }}", encoding="utf-8")
    (tmp_path / "two.html").write_text("{{ nothing }}", encoding="utf-8")
    pages, page = Pages(SITE, tmp_path), PublicPage("zh", "/", Text("题"))
    with pytest.raises(UnknownWords):
        pages.render("one.html", page)
    with pytest.raises(UndefinedError):
        pages.render("two.html", page)


def test_a_service_may_not_redefine_the_words_of_the_house() -> None:
    with pytest.raises(ValueError, match="layout"):
        Pages(SITE, None, {"layout.events": Text("别的", "Other")})


def test_an_asset_is_named_after_its_content() -> None:
    styles = asset("styles.css")
    assert re.fullmatch(r"/assets/pages/styles-[0-9a-f]{12}\.css", styles.url)
    assert assets()[styles.url] == styles
    assert styles.media_type == "text/css; charset=utf-8"


def test_pages_and_styles_are_small() -> None:
    assert len(asset("styles.css").content) < 14 << 10
    assert (
        len(gzip.compress(programme("zh", 780).encode())) + len(gzip.compress(asset("styles.css").content)) < 60 << 10
    )


def test_the_same_page_gives_the_same_bytes() -> None:
    assert programme("zh") == programme("zh")
    assert PAGES.strings["demo.subscribe"] == Text("订阅日历", "Subscribe")
