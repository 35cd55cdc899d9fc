"""Every kind of public page of a whole world, as browsers show it: both languages, phone and desk, light and dark."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from shared.text import LANGUAGES
from tests.pages.whole_site import WholeSite, build
from tests.shared.looking import Visit, look
from tests.world import make_world

pytestmark = [pytest.mark.browser, pytest.mark.clients]
the_browser = pytest.mark.sqlite_only("is about the browser, to which every database is the same")

WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50"
WEIGHT = 60_000
"""Bytes that a page and all it brings may take on the wire."""


@pytest.fixture(scope="module")
def site(world_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeSite]:
    """Build the world once."""
    with make_world(world_template, tmp_path_factory.mktemp("pages") / "world") as world:
        yield build(world)


def in_language(site: WholeSite, language: str, paths: Mapping[str, str]) -> dict[str, Visit]:
    """Return the addresses of pages in a language, by name."""
    return {name: f"{site.url}/{language}{path}" for name, path in paths.items()}


def signed_in(site: WholeSite) -> dict[str, Any]:
    """Return what makes a browser the member's."""
    cookie = {"name": "huitang_session", "value": site.session, "domain": "127.0.0.1", "path": "/", "expires": -1}
    cookie |= {"httpOnly": True, "secure": False, "sameSite": "Lax"}
    return {"cookies": [cookie], "origins": []}


def make_feed(page: Page, address: str, name: str) -> None:
    """Fill in the form of a new feed."""
    page.goto(address)
    page.locator("#name").fill(name)
    page.locator("form.compose button").click()


@the_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_and_fits(site: WholeSite, browser: Browser, axe: Path, language: str) -> None:
    new = f"{site.url}/{language}/calendars/feeds/new"
    own = in_language(site, language, site.own)
    own["made"] = lambda page: make_feed(page, new, "我的日历")
    own["refused"] = lambda page: make_feed(page, new, " ")
    wechat = in_language(site, language, {"in wechat": "/calendars", "feed in wechat": "/calendars/editions/month"})
    found = [
        look(browser, axe, in_language(site, language, site.public)),
        look(browser, axe, own, storage_state=signed_in(site)),
        look(browser, axe, wechat, user_agent=WECHAT),
    ]
    wrong = {name: faults for each in found for name, faults in each.items() if faults}
    assert (wrong, sum(map(len, found))) == ({}, len(site.public) + len(site.own) + 4)


@the_browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_needs_script(site: WholeSite, browser: Browser, language: str) -> None:
    said: list[dict[str, str]] = []
    for script in (True, False):
        for paths, more in ((site.public, {}), (site.own, {"storage_state": signed_in(site)})):
            context = browser.new_context(java_script_enabled=script, **more)
            page = context.new_page()
            for address in in_language(site, language, paths).values():
                page.goto(str(address))
                said.append({str(address): _said(page)})
            context.close()
    half = len(said) // 2
    assert said[:half] == said[half:]


def _said(page: Page) -> str:
    """Return what a page says, but the button that script alone can press, the time of day and a request's number."""
    page.locator("[data-copied]").evaluate_all("all => all.forEach(each => each.hidden = true)")
    return " ".join(re.sub(r"\d\d:\d\d|[0-9a-f]{20}", "", page.locator("main").inner_text()).split())


def test_no_page_weighs_more_than_a_phone_should_load(site: WholeSite) -> None:
    headers = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    weights: dict[str, int] = {}
    for paths, more in ((site.public, {}), (site.own, {"Cookie": f"huitang_session={site.session}"})):
        with httpx.Client(base_url=site.url, headers=headers | more, follow_redirects=True) as client:
            for language in LANGUAGES:
                weights |= {f"{language} {name}": _weight(client, f"/{language}{path}") for name, path in paths.items()}
    assert {name: weight for name, weight in weights.items() if weight > WEIGHT} == {}
    assert len(weights) == 2 * (len(site.public) + len(site.own))


def _weight(client: httpx.Client, path: str) -> int:
    """Return the bytes of a page and of all that it brings, as they travel."""
    page = client.get(path)
    brought = "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"
    parts = [client.get(str(each)) for each in html.document_fromstring(page.content).xpath(brought)]
    assert [each.url for each in parts if each.status_code != 200] == []
    return sum(each.num_bytes_downloaded for each in (page, *parts))
