"""Links to one's part in a nomination: a candidate who may fills the form in, and answers to what they wrote."""

import pytest
from playwright.sync_api import Browser, expect

from tests.console.awards_desk import FILLED, make_office
from tests.console.desk import Desk
from tests.console.forms import fill, press
from tests.console.test_nominations_in_a_browser import content, written

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def test_a_candidate_fills_in_by_link_beside_the_unit_and_answers_to_it(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition, small=True)
    slug = office.cycle("linked", opened=True)
    office.allocate(slug, "society-a", 1)
    nomination = office.nomination(slug, name="Li", birth=FILLED["birth"], identity=FILLED["identity"])
    path = f"/nominations/{nomination}"
    asked = {"role": "candidate", "person": "Li Hua", "may_fill_in": True}
    secret = office.send("POST", f"{path}/roles", asked, role="nominator")["secret"]
    context = browser.new_context()
    context.add_init_script("localStorage.setItem('huitang.language', 'en')")
    page = context.new_page()
    page.goto(f"{desk.world.url}/console/consents/{secret}")
    written(page, "name", "Li Hua")
    version = office.send("GET", path, role="nominator")["version"]
    office.send("PATCH", path, {"content": {"story": "Theirs"}}, version, role="nominator")
    page.locator("[id='at/content/story']").fill("Mine")
    clash = page.get_by_role("group", name="Story")
    clash.locator("blockquote", has_text="Theirs").wait_for()
    press(page, "Keep mine: Story")
    expect(clash).to_have_count(0)
    written(page, "story", "Mine, and what came of it.")
    fill(page, Opinion_or_reason="With pleasure")
    press(page, "Send the answer")
    page.get_by_text("You have consented").wait_for()
    assert content(office, nomination) | {"identity": ""} == {
        "name": "Li Hua", "birth": FILLED["birth"], "identity": "", "story": "Mine, and what came of it.",
    }  # fmt: skip
    (part,) = office.send("GET", f"{path}/roles", role="nominator")
    assert (part["state"], part["words"]) == ("consented", "With pleasure")
    office.submit(nomination)
    page.reload()
    page.get_by_text("Mine, and what came of it.").wait_for()
    expect(page.locator("[id='at/content/story']")).to_have_count(0)
    context.close()
