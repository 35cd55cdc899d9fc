"""The calendar's pages as a browser shows them: under the policy, with and without script, on paper."""

from collections.abc import Iterator

import pytest
from lxml import html
from playwright.sync_api import Browser

from shared.caller import Caller
from shared.text import Text
from tests.calendar.rig import Rig, make_rig
from tests.calendar.year import HEADQUARTERS, the_year
from tests.shared.looking import ORIGIN, serve

pytestmark = pytest.mark.browser

LI = Caller("li", name=Text("李娜", "Li Na"), language="zh")
PATHS = ("", "/calendars", "/calendars/series/wyss?lang=zh", "/calendars/editions/wstdf-2026", "/calendars/agenda")
OWN = ("/calendars/feeds", "/calendars/feeds/new?topic=series:forum&entry=session-2")


@pytest.fixture(scope="module")
def pages(database: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return every page by its path."""
    with make_rig(tmp_path_factory.mktemp("calendar")) as rig:
        rig.open_organisation("hq", name=HEADQUARTERS.title)
        rig.tell_dates(*the_year())
        return {path: text for language in ("zh", "en") for path, text in _pages(rig, language)}


def _pages(rig: Rig, language: str) -> Iterator[tuple[str, str]]:
    feed = {"name": "我的会议", "topics": ["series:forum"], "kinds": ["session"], "duties": "1"}
    yield f"/{language}/made", rig.ask("POST", f"/{language}/calendars/feeds", LI, data=feed).text
    yield f"/{language}/refused", rig.ask("POST", f"/{language}/calendars/feeds", LI, data={"name": " "}).text
    for path in (*PATHS, *OWN):
        yield f"/{language}{path}", rig.get(f"/{language}{path}", LI if path in OWN else None).text
    in_wechat = rig.get(f"/{language}/calendars", headers={"User-Agent": "MicroMessenger/8.0.50"})
    yield f"/{language}/in-wechat", in_wechat.text
    change = next(
        form.action for form in html.document_fromstring(rig.get(f"/{language}/calendars/feeds", LI).text).forms
    )
    yield f"/{language}/change", rig.get(change.removesuffix("/address"), LI).text


def test_the_policy_allows_all_that_pages_need(pages: dict[str, str], browser: Browser) -> None:
    page = browser.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    serve(page, pages)
    for path in pages:
        page.goto(ORIGIN + path)
    page.close()
    assert messages == []


def test_the_address_is_copied_with_script_and_shown_without(pages: dict[str, str], browser: Browser) -> None:
    shown = {}
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        serve(page, pages)
        page.goto(f"{ORIGIN}/en/calendars")
        button = page.locator(".copying button")
        before = button.is_visible()
        if before:
            button.click()
            page.get_by_text("Copied").wait_for()
        shown[script] = before, page.locator("#address").input_value()
        context.close()
    address = "https://huitang.example/calendars/all.ics"
    assert shown == {True: (True, address), False: (False, address)}


def test_a_month_prints_as_a_list_and_nothing_else(pages: dict[str, str], browser: Browser) -> None:
    page = browser.new_page()
    serve(page, pages)
    page.emulate_media(media="print")
    page.goto(f"{ORIGIN}/zh/calendars/agenda")
    shown = {name: page.locator(name).first.is_visible() for name in (".top nav", ".views", ".day", "h1", ".address")}
    page.close()
    assert shown == {".top nav": False, ".views": False, ".day": True, "h1": True, ".address": True}
