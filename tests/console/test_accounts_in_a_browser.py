"""An administrator and accounts: opened, let in by a link, given a role on one edition, taken it again, disabled."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.console.desk import Desk
from tests.console.forms import choose

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

DIRECTORY = "/api/directory"


def ask(desk: Desk, path: str, **query: Any) -> Any:
    """Ask the directory as its administrator."""
    answer = desk.world.client("administrator").get(f"{DIRECTORY}/{path}", params=query)
    assert answer.is_success, answer.text
    return answer.json()


def test_an_account_is_opened_and_a_role_on_one_edition_given_and_withdrawn(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/accounts")
        page.get_by_role("link", name="New account").click()
        page.get_by_label("Name (Chinese)").fill("陈默")
        page.get_by_label("Name (English)").fill("Chen Mo")
        page.get_by_label("Email").fill("not an address")
        choose(page, "Organisation", "Chinese Society for Advanced Energy Storage")
        page.get_by_role("button", name="Open it").click()
        expect(page.locator(".ant-form-item-explain-error")).to_contain_text("email")
        page.get_by_label("Email").fill("chen.mo@example.org")
        page.get_by_role("button", name="Open it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Chen Mo")
        (account,) = ask(desk, "accounts", q="chen.mo@example.org")["items"]
        page.get_by_role("button", name="Give a role").click()
        dialog = page.get_by_role("dialog", name="Give a role")
        choose(dialog, "Role", "Scheduler")
        choose(dialog, "On one edition alone", "Forum")
        dialog.get_by_label("Until").fill("2031-12-31")
        dialog.get_by_role("button", name="Give a role").click()
        row = page.get_by_role("region", name="Grants").get_by_role("row", name="Scheduler")
        expect(row).to_contain_text("Only: Forum")
        (grant,) = ask(desk, "grants", account=account["id"])["items"]
        edition = desk.send("GET", f"/editions/{desk.edition}")
        assert (grant["scope"], grant["until_on"]) == (f"edition:{edition['id']}", "2031-12-31")
        assert grant["organisation_id"] == desk.world.organisation("society-a")
        row.get_by_role("button", name="Withdraw: Scheduler").click()
        dialog = page.get_by_role("dialog", name="Withdraw: Scheduler")
        expect(dialog).to_contain_text("ends at once")
        dialog.get_by_role("button", name="Withdraw", exact=True).click()
        expect(row).to_contain_text("Withdrawn")
    assert ask(desk, "grants", account=account["id"])["items"] == []


def test_a_link_lets_its_owner_in_until_the_account_is_disabled(desk: Desk, browser: Browser) -> None:
    body = {"name": {"zh": "方舟", "en": "Fang Zhou"}, "email": "fang@example.org"}
    body |= {"organisation_id": desk.world.organisation("society-b")}  # type: ignore[dict-item]
    made = desk.world.client("administrator").post(f"{DIRECTORY}/accounts", json=body).json()
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/accounts/{made['id']}")
        page.get_by_role("button", name="Make a sign-in link").click()
        dialog = page.get_by_role("dialog", name="Make a sign-in link")
        dialog.get_by_role("button", name="Make a sign-in link").click()
        link = dialog.get_by_role("textbox", name="Make a sign-in link").input_value()
        owner = desk.world.client(headers={"Origin": desk.world.url})
        path = link.removeprefix(desk.world.house.settings.address())
        assert owner.post(path, data={"password": "green-harbour-27"}).status_code == 303
        dialog.get_by_role("button", name="Close").last.click()
        sign_in = {"account": "fang@example.org", "password": "green-harbour-27"}
        assert owner.post(f"{DIRECTORY}/sign-in", json=sign_in).is_success
        assert owner.get(f"{DIRECTORY}/me").json()["id"] == made["id"]
        page.get_by_role("button", name="Disable").click()
        dialog = page.get_by_role("dialog", name="Disable")
        expect(dialog).to_contain_text("signed out everywhere at once")
        dialog.get_by_role("button", name="Disable").click()
        expect(page.locator(".heads .ant-tag")).to_have_text("Disabled")
        assert owner.get(f"{DIRECTORY}/me").status_code == 401
        page.get_by_role("button", name="Reopen").click()
        page.get_by_role("dialog", name="Reopen").get_by_role("button", name="Reopen").click()
        expect(page.locator(".heads .ant-tag")).to_have_text("Active")
    assert ask(desk, f"accounts/{made['id']}")["status"] == "active"
    assert owner.post(f"{DIRECTORY}/sign-in", json=sign_in).is_success


def test_a_membership_is_given_and_ended(desk: Desk, browser: Browser) -> None:
    account = desk.world.people.accounts["scheduler"]
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/accounts/{account}")
        page.get_by_role("button", name="Make a member").click()
        dialog = page.get_by_role("dialog", name="Make a member")
        choose(dialog, "Society", "Chinese Society for Quantum Information")
        dialog.get_by_label("Number").fill("Q-7")
        dialog.get_by_role("button", name="Make a member").click()
        row = page.get_by_role("region", name="Memberships").get_by_role("row", name="Q-7")
        expect(row).to_contain_text("In force")
        assert [each["number"] for each in ask(desk, "memberships", account=account)["items"]] == ["Q-7"]
        row.get_by_role("button", name="End membership").click()
        page.get_by_role("dialog").get_by_role("button", name="End membership").click()
        expect(row).to_contain_text("Withdrawn")
    assert ask(desk, "memberships", account=account)["items"] == []


def test_grants_are_found_by_role(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/grants")
        choose(page, "Role", "Organizer")
        table = page.get_by_role("region", name="Grants")
        expect(table.get_by_role("row")).to_have_count(3)
        expect(table).to_contain_text("Zhou Wenbo")
        expect(table).not_to_contain_text("He Jiashu")
        page.reload()
        expect(table.get_by_role("row")).to_have_count(3)
