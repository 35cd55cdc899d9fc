"""Pages of events in Chromium: under the policy, by keyboard, on a phone, on paper."""

from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser

from tests.events.pages.sample_pages import gallery, html
from tests.shared.looking import ORIGIN, serve

pytestmark = pytest.mark.browser

PAGES = {path: html(leaf) for path, leaf in gallery().items()}


def test_pages_break_no_policy_and_need_nothing_that_is_not_there(browser: Browser) -> None:
    page, messages = browser.new_page(), list[str]()
    page.on("console", lambda message: messages.append(message.text))
    serve(page, PAGES)
    for path in PAGES:
        page.goto(ORIGIN + path)
    page.close()
    assert messages == []


def test_sessions_are_chosen_by_keyboard_and_without_script(browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    serve(page, PAGES)
    page.goto(f"{ORIGIN}/day-zh")
    boxes = page.locator("input.star")
    chosen = [boxes.nth(n).get_attribute("value") for n in (0, 2)]
    for n in (0, 2):
        boxes.nth(n).focus()
        page.keyboard.press("Space")
    with page.expect_request(lambda request: "view=mine" in request.url) as asked:
        page.locator("#stars button").click()
    page.close()
    address, _, query = asked.value.url.partition("?")
    assert address == f"{ORIGIN}/zh/events/wstdf/wstdf-2026"
    assert parse_qs(query) == {"view": ["mine"], "star": chosen}


def test_a_phone_shows_the_first_session_without_much_scrolling(browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    serve(page, PAGES)
    page.goto(f"{ORIGIN}/day-zh")
    box = page.locator(".agenda h3").first.bounding_box()
    page.close()
    assert box is not None
    assert box["y"] < 844


def test_on_paper_the_day_is_named_and_nothing_is_there_to_click(browser: Browser) -> None:
    page = browser.new_page()
    serve(page, PAGES)
    page.emulate_media(media="print")
    page.goto(f"{ORIGIN}/day-zh")
    names = (".printed", ".agenda", ".tabs", ".tools", ".star", ".tray", ".actions")
    shown = {name: page.locator(name).first.is_visible() for name in names}
    page.close()
    assert shown == {".printed": True, ".agenda": True} | dict.fromkeys(names[2:], False)
