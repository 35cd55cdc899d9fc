"""The quota desk in the console: slots given out and passed on, and codes that are shown once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.awards_desk import make_office
from tests.console.desk import Desk
from tests.console.forms import choose, fill, press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

SOCIETY = "Chinese Society for Advanced Energy Storage"
QUANTUM = "Chinese Society for Quantum Information"
BRANCH = "Young Scholars' Committee of the Chinese Society for Advanced Energy Storage"


def send(page: Page, name: str) -> None:
    """Send the form of the dialog, and wait until it is gone."""
    dialog = page.get_by_role("dialog")
    dialog.locator("form button[type=submit]", has_text=name).click()
    expect(dialog).to_have_count(0)


def test_the_office_gives_out_and_a_unit_passes_on(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition)
    slug = office.cycle("given", opened=True)
    with desk.browser(browser, role="award_officer") as context:
        page = context.new_page()
        page.goto(f"{office.console}/cycles/{slug}/quotas")
        press(page, "Allocate")
        dialog = page.get_by_role("dialog")
        for unit in (SOCIETY, QUANTUM):
            choose(dialog, "To (several get as many each)", unit)
        fill(dialog, Amount="4", Reason="By the plan of this year")
        send(page, "Allocate")
        balances = page.get_by_role("region", name="Balances").locator("tbody tr")
        expect(balances).to_have_count(2)
        page.get_by_role("region", name="Ledger").get_by_text("By the plan of this year").first.wait_for()
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/cycles/{slug}/quotas")
        expect(page.get_by_role("button", name="Allocate", exact=True)).to_have_count(0)
        press(page, "Pass on")
        dialog = page.get_by_role("dialog")
        choose(dialog, "To (several get as many each)", BRANCH)
        fill(dialog, Amount="5", Reason="For the young")
        dialog.locator("form button[type=submit]").click()
        dialog.get_by_text("4 slots are left, and 5 are needed").wait_for()
        fill(dialog, Amount="1")
        send(page, "Pass on")
        balances = page.get_by_role("region", name="Balances").locator("tbody tr")
        expect(balances).to_have_count(2)
        expect(balances.filter(has_text=SOCIETY).first.locator("td").last).to_have_text("3")
    held = {
        each["unit_id"]: each["accounts"][0]["balance"]
        for each in office.send("GET", f"/cycles/{slug}/quotas")["items"]
    }
    units = {unit: desk.world.organisation(unit) for unit in ("society-a", "society-b", "society-a-branch")}
    assert held == {units["society-a"]: 3, units["society-b"]: 4, units["society-a-branch"]: 1}


def test_codes_are_shown_once_taken_along_and_withdrawn(desk: Desk, browser: Browser, tmp_path: Path) -> None:
    office = make_office(desk.world, desk.edition)
    slug = office.cycle("coded", opened=True)
    office.allocate(slug, "society-a", 3)
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/cycles/{slug}/quotas")
        press(page, "Give out codes")
        dialog = page.get_by_role("dialog")
        fill(dialog, How_many="2", Note="Of the institute")
        dialog.locator("form button[type=submit]").click()
        dialog.locator("tbody code").first.wait_for()
        codes = dialog.locator("tbody code").all_inner_texts()
        with page.expect_download() as asked:
            dialog.get_by_role("button", name="Download CSV").click()
        asked.value.save_as(tmp_path / "codes.csv")
        written = (tmp_path / "codes.csv").read_text(encoding="utf-8-sig")
        assert len(codes) == 2
        assert all(code in written for code in codes)
        dialog.get_by_role("button", name="Close", exact=True).last.click()
        page.get_by_role("button", name=re.compile("Withdraw the code")).first.click()
        fill(dialog, Reason="Nobody stands")
        send(page, "Withdraw")
        page.get_by_role("region", name="Recommendation codes").get_by_text("Withdrawn").wait_for()
        assert not any(code in page.content() for code in codes)
    states = [bool(code["withdrawn_at"]) for code in office.send("GET", f"/cycles/{slug}/codes")["items"]]
    assert sorted(states) == [False, True]
