"""What is one's own: keys that work until they are ended, browsers that are signed out, a password, a name."""

import pytest
from playwright.sync_api import Browser, expect

from huitang.sample.people import email_of
from tests.console.desk import Desk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

ME = "/api/directory/me"


def test_a_key_is_shown_once_works_and_is_ended(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/me")
        page.get_by_role("button", name="Make a key").click()
        dialog = page.get_by_role("dialog", name="Make a key")
        dialog.get_by_label("What it is for").fill("Nightly export")
        dialog.get_by_role("button", name="Make a key").click()
        key = dialog.get_by_role("textbox", name="API key").input_value()
        dialog.get_by_role("button", name="Close").last.click()
        script = desk.world.client(headers={"Authorization": f"Bearer {key}"})
        assert script.get(ME).json()["email"] == email_of("organizer")
        assert script.patch(ME, json={"zone": "UTC"}, headers={"If-Match": '"v1"'}).status_code == 403
        card = page.locator(".card", has_text="Nightly export")
        expect(card).to_contain_text("Read only")
        assert key not in page.content()
        card.get_by_role("button", name="End the key: Nightly export").click()
        dialog = page.get_by_role("dialog", name="End the key: Nightly export")
        expect(dialog).to_contain_text("stops working at once")
        dialog.get_by_role("button", name="End", exact=True).click()
        expect(card).to_have_count(0)
    assert script.get(ME).status_code == 401


def test_another_browser_is_signed_out(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as other, desk.browser(browser) as mine:
        theirs = other.new_page()
        theirs.goto(f"{desk.world.url}/console/editions")
        theirs.locator("table a").first.wait_for()
        page = mine.new_page()
        page.goto(f"{desk.world.url}/console/me")
        page.locator("[data-current=true]").wait_for()
        expect(page.locator("[data-current=true]")).to_have_count(1)
        expect(page.locator("[data-current=true]").get_by_role("button")).to_have_count(0)
        while page.locator("[data-current=false]").count():
            page.locator("[data-current=false]").first.get_by_role("button").click()
            before = page.locator("[data-current=false]").count()
            page.get_by_role("dialog").get_by_role("button", name="Sign it out").click()
            expect(page.locator("[data-current=false]")).to_have_count(before - 1)
        theirs.reload()
        expect(theirs.get_by_role("heading", name="Sign in")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_a_password_is_changed_and_a_name_corrected(desk: Desk, browser: Browser) -> None:
    old = desk.choose_password("scheduler")
    with desk.browser(browser, role="scheduler") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/me")
        page.get_by_label("Name (English)").fill("He Jia-Shu")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved", exact=True)).to_be_visible()
        page.get_by_role("button", name="Change password").click()
        dialog = page.get_by_role("dialog", name="Change password")
        dialog.get_by_label("Present password").fill(old)
        dialog.get_by_label("New password", exact=True).fill("green-harbour-27")
        dialog.get_by_label("New password again").fill("green-harbour-28")
        dialog.get_by_role("button", name="Change password").click()
        expect(dialog).to_contain_text("The two are not the same")
        dialog.get_by_label("New password again").fill("green-harbour-27")
        dialog.get_by_role("button", name="Change password").click()
        expect(dialog).to_have_count(0)
    visitor = desk.world.client(headers={"Origin": desk.world.url})

    def sign_in(password: str) -> int:
        body = {"account": email_of("scheduler"), "password": password}
        return visitor.post("/api/directory/sign-in", json=body).status_code

    assert (sign_in(old), sign_in("green-harbour-27")) == (401, 200)
    assert desk.world.client("scheduler").get(ME).json()["name"]["en"] == "He Jia-Shu"
