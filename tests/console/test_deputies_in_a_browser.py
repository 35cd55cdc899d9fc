"""Deputies in the console: named by who goes on leave, told to who stands in, and ended."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from services.awards.deputies.queries import day_of
from tests.console.awards_desk import FILLED, make_office
from tests.console.desk import Desk
from tests.console.forms import choose, fill, press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def test_a_colleague_is_named_works_in_ones_place_and_is_let_go(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition, small=True)
    slug = office.cycle("leave", opened=True)
    nomination = office.nomination(slug, name="Li Hua")
    office.allocate(slug, "society-a", 1)
    asked = {"unit_id": desk.world.organisation("society-a"), "category": "people"}
    (code,) = office.send("POST", f"/cycles/{slug}/codes", asked)["codes"]
    begun = {"code": code["code"], "content": FILLED}
    own = office.send("POST", "/nominations/with-code", begun, role="member")["id"]
    today = day_of(datetime.now(UTC))
    until = (today + timedelta(days=9)).isoformat()
    me = office.world.client("member").get("/api/directory/me").json()
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations")
        page.get_by_role("link", name="Deputies").click()
        page.get_by_text("Nobody stands in.").wait_for()
        press(page, "Name a deputy")
        dialog = page.get_by_role("dialog")
        choose(dialog, "Deputy", me["name"]["en"])
        fill(dialog, **{"Last day": (today - timedelta(days=1)).isoformat()})
        dialog.locator("form button[type=submit]").click()
        dialog.get_by_text("does not end before it begins").wait_for()
        fill(dialog, **{"Last day": until, "Reason": "Leave"})
        dialog.locator("form button[type=submit]").click()
        expect(dialog).to_have_count(0)
        page.get_by_role("row", name=me["name"]["en"]).get_by_text("Going on").wait_for()
    with desk.browser(browser, role="member") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations")
        page.get_by_text(re.compile(f"^You stand in for .*, until {until}")).wait_for()
        page.get_by_role("link", name="Li Hua").click()
        page.locator("[id='at/content/name']").fill("Li Huaming")
        page.locator("[data-saving=saved]").wait_for()
        page.get_by_role("heading", level=1, name="Li Huaming").wait_for()
        page.goto(f"{office.console}/nominations/{own}")  # of which the unit's colleague is the candidate, too
        press(page, "Consent and hand over")
        page.get_by_text("You consented at").wait_for()
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations/deputies")
        press(page, f"End it: {today.isoformat()} – {until}")
        page.get_by_role("dialog").get_by_role("button", name="End it", exact=True).click()
        page.get_by_text("Nobody stands in.").wait_for()
    content = office.send("GET", f"/nominations/{nomination}", role="nominator")["content"]
    assert content == {"name": "Li Huaming"}
    (role,) = office.send("GET", f"/nominations/{own}/roles", role="nominator")
    assert (role["role"], role["state"]) == ("candidate", "consented")
    (deputy,) = office.send("GET", "/deputies", role="nominator")["items"]
    assert (deputy["deputy_id"], deputy["until_on"], deputy["ended_at"] is None) == (me["id"], until, False)
