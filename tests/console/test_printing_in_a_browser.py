"""A programme goes to paper: by room, by day, and as a version to be approved, each on A4 and whole."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.text import LANGUAGES
from tests.console.desk import Desk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

A4 = "/MediaBox [0 0 594.95996 841.91998]"
"""How Chromium writes the size of a sheet."""


def open_print(desk: Desk, page: Page, by: str) -> None:
    """Open the draft as it is printed, on paper."""
    page.goto(f"{desk.world.url}/console/editions/{desk.edition}/print?by={by}")
    page.locator(".one-sheet").first.wait_for()
    page.emulate_media(media="print")


def sheets(page: Page) -> int:
    """Print, and return the number of sheets, all of them A4."""
    printed = page.pdf(prefer_css_page_size=True).decode("latin-1")
    pages = len(re.findall(r"/Type ?/Page\b", printed))
    assert printed.count(A4) == pages, re.findall(r"/MediaBox ?\[[^]]*\]", printed)
    return pages


def read(page: Page) -> list[str]:
    """Return what is to be read on paper, by sheet."""
    return [each.inner_text() for each in page.locator(".one-sheet").all() if each.is_visible()]


def test_each_room_has_a_sheet_of_its_own(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_print(desk, page, "room")
        (first, second) = read(page)
        assert ("Hall A" in first, "Opening" in first, "Tides" in first) == (True, True, False)
        assert ("Hall B" in second, "Opening" in second, "Tides" in second) == (True, False, True)
        assert "Friday" in first
        assert sheets(page) == 2
        shown = [page.locator(name).first.is_visible() for name in (".frame > header", ".within", ".not-printed", "h1")]
        assert shown == [False, False, False, False]


def test_a_long_day_goes_on_over_sheets_that_say_what_they_are(desk: Desk, browser: Browser) -> None:
    for n in range(70):
        title = {"zh": f"第 {n} 场", "en": f"Talk {n}"}
        body = {"title": title, "kind": "talk", "duration_minutes": 5}
        made = desk.send("POST", f"/editions/{desk.edition}/sessions", body)
        desk.ids[f"Talk {n}"] = made["id"]
        desk.place(f"Talk {n}", "Hall A", f"{10 + n // 12:02}:{n % 12 * 5:02}", version=0, minutes=5)
    with desk.browser(browser) as context:
        page = context.new_page()
        open_print(desk, page, "day")
        (day,) = read(page)
        assert all(f"Talk {n}\t" in day or f"Talk {n} " in day for n in range(70))
        assert sheets(page) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_version_to_be_approved_says_so_on_every_sheet(desk: Desk, browser: Browser, language: str) -> None:
    mark, version, signature = {
        "en": ("FOR APPROVAL", "Version: for release 1", "Approved by (signature):"),
        "zh": ("送审稿", "版本：拟第 1 次发布", "审批人（签字）："),
    }[language]
    with desk.browser(browser, language) as context:
        page = context.new_page()
        open_print(desk, page, "approval")
        expect(page.locator(".cover")).to_contain_text(version)
        expect(page.locator(".signature")).to_contain_text(signature)
        expect(page.locator(".watermark")).to_have_text(mark)
        assert page.locator(".watermark").evaluate("each => getComputedStyle(each).position") == "fixed"
        assert sheets(page) == 1


def test_paper_is_white_and_ink_black_in_the_dark_as_well(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        page.add_init_script("localStorage.setItem('huitang.dark', 'yes')")
        open_print(desk, page, "approval")
        for part in (".one-sheet td", ".one-sheet h2", ".cover p", ".signature p"):
            ink = page.locator(part).first.evaluate("each => getComputedStyle(each).color")
            assert ink == "rgb(0, 0, 0)", part
        assert page.locator(".paper").evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(255, 255, 255)"


def test_what_is_shown_is_what_is_chosen(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/editions/{desk.edition}/releases")
        page.get_by_role("link", name="Print").click()
        expect(page.locator(".one-sheet")).to_have_count(1)
        page.get_by_text("By room").click()
        expect(page.locator(".one-sheet")).to_have_count(2)
        page.evaluate("print = () => { document.title = 'printed' }")
        page.get_by_role("button", name="Print").click()
        expect(page).to_have_title("printed")
