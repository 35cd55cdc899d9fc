"""The first screen: numbers that are true, each leading to what it counts; and what to do where there is nothing."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.console.desk import Desk, text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def figure(card: Locator, name: str) -> Locator:
    """Return one number of an edition's card."""
    return card.locator(f"[data-figure={name}] a")


def card_of(page: Page, name: str) -> Locator:
    """Return the card of the edition of this name."""
    return page.locator(".needs > li", has_text=name)


def test_the_first_screen_tells_what_waits(desk: Desk, browser: Browser) -> None:
    edition = f"/editions/{desk.edition}"
    renamed = {"name": text(f"Forum {desk.edition}"), "requires_approval": True, "city": {"zh": "青岛", "en": ""}}
    desk.send("PATCH", edition, renamed, 1)
    desk.send("POST", f"{edition}/key-dates", {"kind": "arrival", "title": text("Arrival"), "on": "2031-05-01"})
    desk.send("POST", f"{edition}/key-dates", {"kind": "circular", "title": text("Over"), "on": "2020-05-01"})
    desk.place("Tides", "Hall A", "09:30", version=2)
    desk.send("PATCH", f"/sessions/{desk.ids['Opening']}", {"status": "confirmed"}, 1)
    conflicts = desk.send("GET", f"{edition}/conflicts")
    assert conflicts["blocking"] == 1
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/")
        card = card_of(page, f"Forum {desk.edition}")
        expect(figure(card, "blocking")).to_have_text("1 Conflicts that block")
        expect(figure(card, "unplaced")).to_have_text("1 Sessions not placed")
        expect(figure(card, "missing")).to_have_text("1 Translations missing")
        expect(figure(card, "approvals")).to_have_text("1 Releases to be approved")
        expect(card.get_by_role("list", name="Next dates")).to_contain_text("Arrival 2031-05-01")
        expect(card).not_to_contain_text("Over")
        figure(card, "unplaced").click()
        page.wait_for_url(f"**{edition}/schedule")
        page.go_back()
        figure(card, "missing").click()
        expect(page.locator("#missing tbody tr")).to_have_count(1)
        expect(page.locator("#missing tbody tr")).to_contain_text("青岛")


def test_who_works_on_nothing_is_told_what_to_do(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser, role="member") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/")
        page.get_by_text("Whoever organizes one can let you in").wait_for()
        expect(page.locator(".needs > li")).to_have_count(0)
    with desk.browser(browser, role="foreign_organizer") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/")
        page.get_by_role("link", name="Create an edition").click()
        page.wait_for_url("**/editions/new")
