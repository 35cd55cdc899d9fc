"""A candidate's own way in the console: begun with a code, filled in and handed over; submitted, returned and corrected by the unit."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.awards_desk import FILLED, Office, make_office
from tests.console.desk import Desk
from tests.console.forms import fill, press
from tests.console.test_nominations_in_a_browser import written

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def state(office: Office, nomination: str) -> str:
    """Return how far a nomination has come."""
    return str(office.send("GET", f"/nominations/{nomination}", role="nominator")["state"])


def hand_in(page: Page) -> None:
    """Hand in what is ready."""
    page.get_by_text("Nothing is missing").wait_for()
    page.get_by_role("button", name="Hand in", exact=False).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Hand in", exact=False).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_code_begins_a_nomination_that_the_unit_hands_in_mends_and_takes_back(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition, small=True)
    slug = office.cycle("coded", opened=True)
    office.allocate(slug, "society-a", 2)
    asked = {"unit_id": desk.world.organisation("society-a"), "category": "people"}
    code = office.send("POST", f"/cycles/{slug}/codes", asked)["codes"][0]["code"]
    with desk.browser(browser, role="member") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations")
        page.get_by_role("link", name="With a code").click()
        fill(page, Code="WRONG-CODE")
        press(page, "Begin a nomination")
        page.locator(".ant-form-item-explain-error").wait_for()
        fill(page, Code=code)
        press(page, "Begin a nomination")
        page.locator("[id='at/content/name']").wait_for()
        nomination = page.url.rsplit("/", 1)[-1]
        for field in ("name", "birth", "identity", "story"):
            written(page, field, str(FILLED[field]))
        press(page, "Consent and hand over")
        page.get_by_text("You consented at").wait_for()
        expect(page.get_by_role("button", name="Hand in", exact=True)).to_have_count(0)
        expect(page.get_by_text("Letter", exact=True)).to_have_count(0)
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations?cycle={slug}")
        page.get_by_role("link", name=str(FILLED["name"])).click()
        hand_in(page)
        page.get_by_text("Check code", exact=True).first.wait_for()
        page.get_by_text("How to verify it").click()
        with page.expect_download() as given:
            page.get_by_role("link", name="Download the script").click()
        assert given.value.path().read_bytes().startswith(b"#!/usr/bin/env python3")
        assert state(office, nomination) == "submitted"
        said = {
            "outcome": "return", "reasons": ["form", "seal"], "words": "The story is too short.", "working_days": 5,
            "remarks": [{"pointer": "/content/story", "words": "Say when"}],
        }  # fmt: skip
        version = office.version(f"/nominations/{nomination}")
        office.send("POST", f"/nominations/{nomination}/check/opinions", said, version)
        page.reload()
        why = page.get_by_role("group", name="Why it was returned")
        why.get_by_text("The story is too short.").wait_for()
        page.get_by_text("Mend it and hand it in again by").wait_for()
        why.get_by_role("button", name="Mend it: a signature or seal is missing").click()
        expect(page.get_by_role("button", name="Nomination as PDF (Chinese)")).to_be_in_viewport()
        why.get_by_role("button", name="Mend it: the form is incomplete or wrong").click()
        expect(page.locator("[id='at/content/name']")).to_be_focused()
        why.get_by_role("button", name="Story", exact=True).click()
        expect(page.locator("[id='at/content/story']")).to_be_focused()
        story = page.locator(".field", has=page.locator("[id='at/content/story']"))
        story.get_by_text(re.compile(r"^Returned: Say when \(\d+ d \d+ h left\)$")).wait_for()
        hand_in(page)
        page.get_by_role("group", name="Why it was returned").wait_for(state="detached")
        expect(story.get_by_text("Returned: Say when")).to_have_count(0)
        assert state(office, nomination) == "submitted"
        press(page, "Withdraw")
        dialog = page.get_by_role("dialog")
        fill(dialog, Reason="Not this year")
        dialog.locator("form button[type=submit]").click()
        expect(dialog).to_have_count(0)
    assert state(office, nomination) == "withdrawn"
    turns = office.send("GET", f"/nominations/{nomination}/submissions", role="nominator")["items"]
    assert len(turns) == 2
