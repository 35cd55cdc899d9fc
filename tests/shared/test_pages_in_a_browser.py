"""The house's layout and macros in Chromium: zh and en, phone and desk, light and dark, and on paper."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.shared.demo_pages import demo_pages
from tests.shared.looking import ORIGIN, Visit, faults, look, serve

pytestmark = [pytest.mark.browser, pytest.mark.clients]

PAGES = {f"/{name}-{language}": page for name, language, page in demo_pages()}
BROKEN = (
    "<!doctype html><html><title>x</title><body><img src=x><a href=y style='color:#ccc'>y</a><p><table width=3000><td>z"
)


def test_every_part_is_accessible_and_fits(browser: Browser, axe: Path) -> None:
    visits: dict[str, Visit] = {
        path: lambda page, path=path: (serve(page, PAGES), page.goto(ORIGIN + path)) for path in PAGES
    }
    assert look(browser, axe, visits) == {path: [] for path in PAGES}


def test_the_check_finds_what_is_wrong(browser: Browser, axe: Path) -> None:
    page = browser.new_page()
    serve(page, {"/": BROKEN})
    page.goto(f"{ORIGIN}/")
    rules = {fault.rule for fault in faults(page, axe)}
    page.close()
    assert {"image-alt", "html-has-lang", "overflow", "small-target"} <= rules


def test_the_policy_allows_all_that_pages_need(browser: Browser) -> None:
    page = browser.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    serve(page, PAGES)
    for path in PAGES:
        page.goto(ORIGIN + path)
    width = page.evaluate("getComputedStyle(document.querySelector('.wrap')).maxWidth")
    page.close()
    assert (messages, width) == ([], "1120px")


def test_a_page_works_by_keyboard(browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=True)
    serve(page, PAGES)
    page.goto(f"{ORIGIN}/home-zh")
    page.keyboard.press("Tab")
    skip = page.evaluate("[document.activeElement.className, document.activeElement.getBoundingClientRect().top >= 0]")
    page.keyboard.press("Enter")
    landed = page.evaluate("document.activeElement.id")
    page.close()
    assert (skip, landed) == (["skip", True], "main")


def test_on_paper_only_what_can_be_read_remains(browser: Browser) -> None:
    page = browser.new_page()
    serve(page, PAGES)
    page.emulate_media(media="print")
    page.goto(f"{ORIGIN}/programme-zh")
    shown = {
        name: page.locator(name).first.is_visible() for name in (".top nav", ".tabs", ".actions", ".agenda", ".address")
    }
    page.close()
    assert shown == {".top nav": False, ".tabs": False, ".actions": False, ".agenda": True, ".address": True}
