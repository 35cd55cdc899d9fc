"""Somebody who works for two organisations chooses one: lists and new things begin with it, and may be turned to another."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.desk import Desk, text
from tests.console.forms import choose, fill, press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def make_two(desk: Desk) -> dict[str, str]:
    """Let the organizer work for a second organisation as well; make a venue of each; return their names."""
    administrator, names = desk.world.client("administrator"), {}
    grant = {"role": "organizer", "organisation_id": desk.world.organisation("society-b")}
    account = desk.world.people.accounts["organizer"]
    answer = administrator.post(f"/api/directory/accounts/{account}/grants", json=grant)
    assert answer.is_success, answer.text
    desk.world.settle()
    for slug in ("society-a", "society-b"):
        owner = desk.world.organisation(slug)
        names[slug] = administrator.get(f"/api/directory/organisations/{owner}").json()["name"]["en"]
        desk.send("POST", "/venues", {"name": text(f"House of {slug}"), "owner_id": owner})
    return names


def work_for(page: Page, name: str) -> None:
    """Choose for which organisation one works."""
    page.get_by_role("button", name="Working for:").click()
    page.locator(".unfolded").get_by_role("button", name=name, exact=True).click()
    page.keyboard.press("Escape")


def test_lists_and_new_things_begin_with_the_organisation_chosen(desk: Desk, browser: Browser) -> None:
    names = make_two(desk)
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/venues?q=house")
        rows = page.locator("tbody tr")
        expect(rows).to_have_count(2)
        work_for(page, names["society-b"])
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("House of society-b")
        page.reload()
        expect(rows).to_have_count(1)
        page.locator(".filters .ant-select").hover()
        page.locator(".filters .ant-select-clear").click()
        expect(rows).to_have_count(2)
        page.reload()  # that all are wanted is said by the address
        expect(rows).to_have_count(2)
        for screen, label in (("series", "Owner"), ("venues", "Owner"), ("people", "Kept by"), ("editions", "Owner")):
            page.goto(f"{desk.world.url}/console/{screen}/new")
            field = page.locator(".ant-form-item", has=page.get_by_label(label, exact=True)).first
            expect(field).to_contain_text(names["society-b"])
        page.goto(f"{desk.world.url}/console/venues/new")
        fill(page, **{"Name (English)": "Made for the second"})
        press(page, "Save")
        page.get_by_role("heading", level=1, name="Made for the second").wait_for()
        made = desk.send("GET", f"/venues/{page.url.rsplit('/', 1)[1]}")
        assert made["owner_id"] == desk.world.organisation("society-b")
        page.goto(f"{desk.world.url}/console/series")
        expect(page.locator(".ant-empty")).to_be_visible()
        choose(page, "Owner", names["society-a"])
        expect(rows.first).to_be_visible()
        work_for(page, "All of mine")
        page.goto(f"{desk.world.url}/console/series")
        expect(rows.first).to_be_visible()
