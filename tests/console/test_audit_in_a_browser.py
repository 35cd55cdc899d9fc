"""The record of deeds: what was just done stands in it, and its chain holds, or says where it is broken."""

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import text as sql

from tests.console.desk import Desk, text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def test_what_was_just_done_is_on_record_and_the_chain_holds(desk: Desk, browser: Browser) -> None:
    body = {"slug": "optics", "kind": "society", "name": text("Optics"), "parent_id": desk.world.organisation("hq")}
    made = desk.world.client("administrator").post("/api/directory/organisations", json=body).json()
    desk.world.settle()
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/audit")
        expect(page.get_by_text("The chain holds")).to_be_visible()
        row = page.get_by_role("row", name="Organisation opened").first
        expect(row).to_contain_text("optics")
        expect(row).to_contain_text("Lin Xiaolan")
        row.get_by_role("button", name="Only this").click()
        expect(page.locator("tbody tr")).to_have_count(1)
        assert page.url.endswith(f"subject={made['id']}")
        page.get_by_role("textbox").or_(page.get_by_role("searchbox")).first.fill("")
        page.get_by_text("Events", exact=True).click()
        expect(page.get_by_role("row", name="Session placed").first).to_contain_text("Zhou Wenbo")
        expect(page.get_by_text("The chain holds")).to_be_visible()


def test_a_record_that_was_changed_says_where(desk: Desk, browser: Browser) -> None:
    desk.world.settle()
    db, change = desk.world.runtime("events").db, sql("UPDATE audit SET verb = :verb WHERE number = 2")
    with db.transaction() as tx:
        verb = tx.scalar(sql("SELECT verb FROM audit WHERE number = 2"))
        tx.execute(change, {"verb": "series.removed"})
    try:
        with desk.browser(browser, role="administrator") as context:
            page = context.new_page()
            page.goto(f"{desk.world.url}/console/audit?service=events")
            expect(page.get_by_text("The chain is broken at deed 2")).to_be_visible()
    finally:  # others use the same world after this
        with db.transaction() as tx:
            tx.execute(change, {"verb": verb})
