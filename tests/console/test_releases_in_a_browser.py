"""An organizer releases a programme: refused while conflicts stand, shown to others beforehand, taken back."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shared.text import LANGUAGES
from tests.console.desk import SESSIONS, Desk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def confirm(desk: Desk, *names: str) -> None:
    """Confirm sessions, so that a release holds them."""
    for name in names or SESSIONS:
        desk.send("PATCH", f"/sessions/{desk.ids[name]}", {"status": "confirmed"}, 1)


def clash(desk: Desk) -> None:
    """Place the second session over the first."""
    version = desk.send("GET", f"/sessions/{desk.ids['Tides']}/placement")["version"]
    desk.place("Tides", "Hall A", "09:30", version=version)


def open_page(desk: Desk, context: BrowserContext, path: str) -> Page:
    """Open a screen of the edition, and wait for its head."""
    page = context.new_page()
    page.goto(f"{desk.world.url}/console/editions/{desk.edition}/{path}")
    page.get_by_role("heading", level=1).wait_for()
    return page


def releases(desk: Desk) -> list[dict[str, Any]]:
    """Return the releases that the server holds, the newest first."""
    found: list[dict[str, Any]] = desk.send("GET", f"/editions/{desk.edition}/releases")
    return found


def public(desk: Desk, language: str = "en") -> str:
    """Return the public page of the edition, as a stranger reads it."""
    address = f"{desk.world.url}/{language}/events/series-{desk.edition}/{desk.edition}"
    return httpx.get(address, follow_redirects=True).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conflict_forbids_a_release_until_it_is_accepted(desk: Desk, browser: Browser, language: str) -> None:
    accept, reason, name, release = {
        "en": ("Accept", "Reason", "Name of this release (English)", "Release"),
        "zh": ("接受", "理由", "版本名称（英文）", "发布"),
    }[language]
    confirm(desk)
    clash(desk)
    with desk.browser(browser, language) as context:
        page = open_page(desk, context, "releases/next")
        submit = page.get_by_role("button", name=release, exact=True)
        expect(submit).to_be_disabled()
        blocker = page.locator(".blockers li")
        expect(blocker).to_have_count(1)
        expect(page.locator("[data-kind=added] li")).to_have_count(2)
        page.get_by_label(name).fill("First programme")
        blocker.get_by_role("button").click()
        asked = page.get_by_role("dialog")
        expect(asked.get_by_role("button", name=accept, exact=True)).to_be_disabled()
        asked.get_by_label(reason).fill("The hall is parted.")
        asked.get_by_role("button", name=accept, exact=True).click()
        expect(blocker).to_have_count(0)
        expect(submit).to_be_enabled()
        submit.click()
        page.wait_for_url("**/releases/1")
    (made,) = releases(desk)
    assert (made["name"], made["counts"]["added"]) == ({"zh": "", "en": "First programme"}, 2)
    assert "Tides" in public(desk)


def test_a_conflict_leads_to_the_schedule_and_once_mended_is_gone_by_itself(desk: Desk, browser: Browser) -> None:
    confirm(desk)
    clash(desk)
    with desk.browser(browser) as context:
        page = open_page(desk, context, "releases/next")
        page.get_by_role("link", name="See it in the schedule").click()
        page.locator(".block", has_text="Tides").wait_for()
        assert "day=2031-05-02" in page.url
        page.go_back()
        page.locator(".blockers li").wait_for()
        version = desk.send("GET", f"/sessions/{desk.ids['Tides']}/placement")["version"]
        desk.place("Tides", "Hall B", "09:30", version=version)
        expect(page.locator(".blockers li")).to_have_count(0)
        page.get_by_role("button", name="Release", exact=True).click()
        page.wait_for_url("**/releases/1")
        expect(page.locator("[data-kind=added]")).to_contain_text("“Tides”")
    assert len(releases(desk)) == 1


def test_what_has_changed_since_it_was_looked_at_is_shown_before_it_is_released(desk: Desk, browser: Browser) -> None:
    confirm(desk)
    with desk.browser(browser) as context:
        context.route("**/api/events/live*", lambda route: route.abort())  # it hears too late
        page = open_page(desk, context, "releases/next")
        page.locator("[data-kind=added]", has_text="10:00").wait_for()
        page.get_by_label("Name of this release (English)").fill("Typed")
        version = desk.send("GET", f"/sessions/{desk.ids['Tides']}/placement")["version"]
        desk.place("Tides", "Hall B", "15:00", version=version)
        page.get_by_role("button", name="Release", exact=True).click()
        expect(page.locator(".ant-alert", has_text="The draft has changed since you looked")).to_be_visible()
        expect(page.locator("[data-kind=added]", has_text="15:00")).to_be_visible()
        assert releases(desk) == []
        expect(page.get_by_label("Name of this release (English)")).to_have_value("Typed")
        page.get_by_role("button", name="Release", exact=True).click()
        page.wait_for_url("**/releases/1")
    assert [each["name"]["en"] for each in releases(desk)] == ["Typed"]


def test_somebody_else_approves_exactly_what_is_released(desk: Desk, browser: Browser) -> None:
    confirm(desk)
    edition = desk.send("GET", f"/editions/{desk.edition}")
    desk.send("PATCH", f"/editions/{desk.edition}", {"requires_approval": True}, edition["version"])
    theirs = desk.signed_in("en")
    theirs["cookies"][0]["value"] = desk.world.session("administrator")
    other = browser.new_context(storage_state=theirs, reduced_motion="reduce")
    with desk.browser(browser) as context:
        mine = open_page(desk, context, "releases/next")
        submit = mine.get_by_role("button", name="Release", exact=True)
        expect(submit).to_be_disabled()
        mine.get_by_role("button", name="Approve this").click()
        expect(mine.locator(".ant-alert", has_text="You made the last change")).to_be_visible()
        page = open_page(desk, other, "releases/next")
        page.get_by_label("Note of approval").fill("Seen by the board.")
        page.get_by_role("button", name="Approve this").click()
        expect(page.locator("li", has_text="Seen by the board.")).to_be_visible()
        mine.reload()
        expect(mine.locator("li", has_text="Seen by the board.")).to_be_visible()
        submit.click()
        mine.wait_for_url("**/releases/1")
    other.close()
    assert len(releases(desk)) == 1


def test_an_earlier_release_is_made_public_again(desk: Desk, browser: Browser) -> None:
    confirm(desk)
    desk.send("POST", f"/editions/{desk.edition}/releases", {"name": {"zh": "", "en": "First"}})
    version = desk.send("GET", f"/sessions/{desk.ids['Tides']}/placement")["version"]
    desk.place("Tides", "Hall B", "15:00", version=version)
    desk.send("POST", f"/editions/{desk.edition}/releases", {"name": {"zh": "", "en": "Second"}})
    with desk.browser(browser) as context:
        page = open_page(desk, context, "releases")
        page.get_by_role("link", name="Release 2").click()
        expect(page.locator("[data-kind=moved]")).to_contain_text("“Tides” moved from Fri 2 May 10:00")
        page.get_by_role("combobox", name="Held against").click()
        page.locator(".ant-select-item-option", has_text="nothing").click()
        expect(page.locator("[data-kind=added] li")).to_have_count(2)
        page.go_back()
        page.get_by_role("link", name="Release 1").click()
        page.get_by_role("button", name="Roll back to this").click()
        assert len(releases(desk)) == 2
        page.get_by_role("dialog").get_by_role("button", name="Roll back to this").click()
        page.wait_for_url("**/releases/3")
        expect(page.locator("[data-kind=moved]")).to_contain_text("10:00")
    newest = releases(desk)[0]
    assert (newest["number"], newest["kind"], newest["of_number"]) == (3, "rollback", 1)
    assert desk.standing()["Tides"][1] == "15:00", "the draft stays as it is"


def test_a_preview_is_seen_without_signing_in_until_it_is_revoked(desk: Desk, browser: Browser) -> None:
    confirm(desk)
    with desk.browser(browser) as context:
        page = open_page(desk, context, "releases")
        page.get_by_role("combobox", name="Works for").click()
        page.locator(".ant-select-item-option", has_text="8 hours").click()
        page.get_by_role("button", name="Make a link").click()
        link = page.get_by_label("Preview link", exact=True).input_value()
        stranger = browser.new_context()
        seen = stranger.new_page()
        seen.goto(link)
        expect(seen.get_by_text("Opening").first).to_be_visible()
        page.get_by_role("button", name="Revoke the link").click()
        page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        expect(page.get_by_text("No link works at present")).to_be_visible()
        expect(page.get_by_label("Preview link", exact=True)).to_have_count(0)
        assert seen.goto(link).status == 410  # type: ignore[union-attr]
        stranger.close()
    assert desk.send("GET", f"/editions/{desk.edition}/previews") == []
