"""The nomination form in the console: it saves itself, loses nothing between two writers, and says what is missing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.awards_desk import FILLED, Office, make_office
from tests.console.desk import Desk
from tests.console.forms import press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def called(desk: Desk) -> tuple[Office, str]:
    """Open a call that asks for little; return the office and the slug."""
    office = make_office(desk.world, desk.edition, small=True)
    slug = office.cycle("called", opened=True)
    office.allocate(slug, "society-a", 2)
    return office, slug


def written(page: Page, field: str, text: str) -> None:
    """Write into a field of the form, and wait until it is saved."""
    page.locator(f"[id='at/content/{field}']").fill(text)
    page.locator("[data-saving=waiting], [data-saving=sending]").wait_for()
    page.locator("[data-saving=saved]").wait_for()


def content(office: Office, nomination: str) -> dict[str, object]:
    found: dict[str, object] = office.send("GET", f"/nominations/{nomination}", role="nominator")["content"]
    return found


def test_what_is_typed_saves_itself_and_signs_are_counted(desk: Desk, browser: Browser) -> None:
    office, slug = called(desk)
    nomination = office.nomination(slug)
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations/{nomination}")
        written(page, "name", "李明华")
        page.get_by_role("heading", level=1, name="李明华").wait_for()
        name = page.locator(".field", has=page.locator("[id='at/content/name']"))
        expect(name.locator(".counter")).to_have_text("3/40")
        page.locator("[id='at/content/name']").fill("𠮷" * 41)
        name.get_by_text("1 characters too long").wait_for()
        page.locator("[data-saving=refused]").wait_for()
        written(page, "name", "𠮷" * 40)
        page.reload()
        expect(page.locator("[id='at/content/name']")).to_have_value("𠮷" * 40)
    assert content(office, nomination) == {"name": "𠮷" * 40}


def test_two_writers_lose_nothing_and_see_both_texts(desk: Desk, browser: Browser) -> None:
    office, slug = called(desk)
    nomination = office.nomination(slug, name="Li", story="One")
    path = f"/nominations/{nomination}"
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}{path}")
        page.locator("[id='at/content/name']").wait_for()
        office.send("PATCH", path, {"content": {"story": "Theirs", "birth": "1990-05-04"}}, 1, role="nominator")
        written(page, "name", "Li Hua")
        expect(page.locator("[id='at/content/story']")).to_have_value("Theirs")
        expect(page.locator("[id='at/content/birth']")).to_have_value("1990-05-04")
        version = office.send("GET", path, role="nominator")["version"]
        office.send("PATCH", path, {"content": {"story": "Theirs again"}}, version, role="nominator")
        page.locator("[id='at/content/story']").fill("Mine")
        clash = page.get_by_role("group", name="Story")
        clash.get_by_text("Theirs again").wait_for()
        clash.get_by_text("Mine", exact=True).wait_for()
        press(page, "Keep mine: Story")
        page.locator("[data-saving=saved]").wait_for()
        expect(clash).to_have_count(0)
    assert content(office, nomination) == {"name": "Li Hua", "story": "Mine", "birth": "1990-05-04"}


def test_what_is_missing_leads_to_its_field_and_a_receipt_is_shown(desk: Desk, browser: Browser) -> None:
    office, slug = called(desk)
    nomination = office.nomination(slug, **(FILLED | {"birth": None}))
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations/{nomination}")
        page.get_by_role("button", name="Date of birth is required").click()
        expect(page.locator("[id='at/content/birth']")).to_be_focused()
        written(page, "birth", "1930-12-30")
        office.consent(nomination)
        page.reload()
        page.get_by_text("Nothing is missing").wait_for()
        press(page, "Hand in")
        page.get_by_role("dialog").get_by_role("button", name="Hand in").click()
        page.get_by_text("Check code", exact=True).wait_for()
        with page.expect_download() as asked:
            press(page, "Download the receipt")
        assert asked.value.suggested_filename.endswith("-1.json")
        page.get_by_text("110105").first.wait_for(state="detached")
        assert "11010519491231002X" not in page.content()
    held = office.send("GET", f"/nominations/{nomination}", role="nominator")
    assert (held["state"], bool(held["number"])) == ("submitted", True)


def test_typing_goes_on_while_the_server_is_away(desk: Desk, browser: Browser) -> None:
    office, slug = called(desk)
    nomination = office.nomination(slug, name="Li")
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations/{nomination}")
        page.locator("[id='at/content/story']").wait_for()
        context.set_offline(True)
        page.locator("[id='at/content/story']").fill("Written on the train")
        page.locator("[data-saving=away]").wait_for()
        context.set_offline(False)
        press(page, "Try again")
        page.locator("[data-saving=saved]").wait_for()
    assert content(office, nomination) == {"name": "Li", "story": "Written on the train"}
