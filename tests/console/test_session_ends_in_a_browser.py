"""A session that ends, or a server that is away, while a form is filled: it is told, and nothing typed is lost."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from huitang.sample.people import email_of
from tests.console.desk import Desk
from tests.console.forms import press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

FORMS = [
    ("programme/{}", "Abstract (English)", "/sessions/{}", "abstract"),
    ("settings", "Subtitle (English)", "/editions/{}", "subtitle"),
]
"""The screens with a form: address, a field, where the API holds it and as what."""


def open_form(page: Page, desk: Desk, screen: str, label: str) -> None:
    """Open a form of the edition, and type into a field."""
    page.goto(f"{desk.world.url}/console/editions/{desk.edition}/{screen.format(desk.ids['Tides'])}")
    page.get_by_label(label, exact=True).fill("Typed before")


def held(desk: Desk, path: str, name: str) -> Any:
    """Return what the server holds of the field, in English."""
    of = desk.ids["Tides"] if "sessions" in path else desk.edition
    return desk.send("GET", path.format(of))[name]["en"]


@pytest.mark.parametrize(("screen", "label", "path", "name"), FORMS)
def test_who_signs_in_again_over_a_form_saves_what_was_typed(
    desk: Desk, browser: Browser, screen: str, label: str, path: str, name: str
) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_form(page, desk, screen, label)
        password = desk.choose_password("organizer")  # which ends the sessions that there are
        press(page, "Save")
        again = page.get_by_role("dialog")
        expect(again).to_contain_text("Your session has ended")
        assert held(desk, path, name) == ""
        again.get_by_label("Email or phone").fill(email_of("organizer"))
        again.get_by_label("Password").fill(password)
        again.get_by_role("button", name="Sign in").click()
        expect(again).to_have_count(0)
        field = page.get_by_label(label, exact=True)
        expect(field).to_have_value("Typed before")
        field.fill("Typed before and after")
        press(page, "Save")
        page.get_by_text("Saved.", exact=True).first.wait_for()
    assert held(desk, path, name) == "Typed before and after"


@pytest.mark.parametrize(("screen", "label", "path", "name"), FORMS)
def test_what_was_typed_waits_until_the_server_is_back(
    desk: Desk, browser: Browser, screen: str, label: str, path: str, name: str
) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_form(page, desk, screen, label)
        context.route("**/api/**", lambda route: route.abort("connectionrefused"))
        press(page, "Save")
        page.get_by_text("The server cannot be reached").first.wait_for()
        field = page.get_by_label(label, exact=True)
        expect(field).to_have_value("Typed before")
        assert held(desk, path, name) == ""
        context.unroute("**/api/**")
        press(page, "Save")
        page.get_by_text("Saved.", exact=True).first.wait_for()
        expect(page.get_by_text("The server cannot be reached")).to_have_count(0)
        expect(field).to_have_value("Typed before")
    assert held(desk, path, name) == "Typed before"
