"""The bell in the head of every screen: what others have changed since the page was opened, heard live, read when opened."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from shared.text import LANGUAGES
from tests.console.desk import Desk, text
from tests.shared.looking import WIDTHS, faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def is_live(request: Request) -> bool:
    """Tell whether a request opens a live view."""
    return "/api/events/live" in request.url


def open_home(page: Page, desk: Desk) -> None:
    """Open the first screen, and wait until it hears of changes."""
    page.goto(f"{desk.world.url}/console/")
    page.locator(".bell[data-heard=true]").wait_for()


def move(desk: Desk, role: str, start: str) -> None:
    """Let another person move the first session."""
    client = desk.world.client(role)
    path = f"/api/events/sessions/{desk.ids['Opening']}/placement"
    body = {"room_id": desk.ids["Hall A"], "start_local": f"2031-05-02T{start}:00", "duration_minutes": 60}
    answer = client.put(path, json=body, headers={"If-Match": client.get(path).headers["ETag"]})
    assert answer.is_success, answer.text


def test_a_move_by_another_person_is_told_on_the_first_screen_and_leads_to_the_schedule(
    desk: Desk, browser: Browser
) -> None:
    desk.send("PATCH", f"/editions/{desk.edition}", {"name": text(f"Forum {desk.edition}")}, 1)
    with desk.browser(browser) as context:
        page = context.new_page()
        open_home(page, desk)
        bell = page.get_by_role("button", name="Changes by others: 0 new")
        bell.click()
        page.get_by_text("Nobody else has changed your editions").wait_for()
        page.keyboard.press("Escape")
        desk.place("Tides", "Hall B", "12:00", version=2)  # one's own
        move(desk, "administrator", "11:00")
        move(desk, "administrator", "14:00")
        told = page.get_by_role("button", name="Changes by others: 2 new")
        told.press("Enter")
        (entry,) = page.locator(".news li").all()
        expect(entry).to_contain_text("2 changes")
        expect(page.get_by_role("button", name="Changes by others: 0 new")).to_be_visible()
        entry.get_by_role("link", name=f"Forum {desk.edition} · Schedule").click()
        page.wait_for_url(f"**/editions/{desk.edition}/schedule")
        expect(page.locator(".block", has_text="Opening")).to_contain_text("14:00")
        page.locator(".live[data-heard=true]").wait_for()


def test_a_page_has_one_stream_on_whichever_screen(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_streams: set[Request] = set()
        page.on("request", lambda request: open_streams.add(request) if is_live(request) else None)
        for over in ("requestfailed", "requestfinished"):
            page.on(over, lambda request: open_streams.discard(request))  # type: ignore[call-overload]
        open_home(page, desk)
        page.get_by_role("link", name="Editions", exact=True).click()
        page.goto(desk.address)
        page.locator(".live[data-heard=true]").wait_for()
        page.locator(".bell[data-heard=true]").wait_for()
        move(desk, "administrator", "15:00")
        expect(page.locator(".block", has_text="Opening")).to_contain_text("15:00")
        page.get_by_role("button", name="Changes by others: 1 new").wait_for()
        assert len(open_streams) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_accessible(desk: Desk, browser: Browser, axe: Path, language: str) -> None:
    context = browser.new_context(storage_state=desk.signed_in(language), bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    open_home(page, desk)
    desk.world.settle()
    move(desk, "administrator", "16:00")
    page.locator(".bell b").wait_for()
    page.locator("button", has=page.locator(".bell")).click()
    page.locator(".news li").wait_for()
    assert list(faults(page, axe, WIDTHS)) == []
    context.close()
