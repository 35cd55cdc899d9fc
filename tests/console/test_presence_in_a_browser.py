"""Two people at one schedule see each other, and where the other is; alone, one sees nothing of it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from shared.text import LANGUAGES
from tests.console.desk import Desk, block, drag, middle, spoken, spot
from tests.shared.looking import WIDTHS, faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

PATIENCE = 12_000
"""Milliseconds in which a page that is looked at has asked twice who is there."""


def name_of(desk: Desk, role: str, language: str = "en") -> str:
    return str(desk.world.client(role).get("/api/directory/me").json()["name"][language])


def here(page: Page) -> Locator:
    """Return what shows who else is there."""
    return page.locator(".here summary")


def others(desk: Desk) -> list[str]:
    """Ask, as one more, who is at the schedule."""
    client, path = desk.world.client("administrator"), f"/api/events/editions/{desk.edition}/presence"
    names = [other["name"]["en"] for other in client.put(path, json={}).json()]
    assert client.delete(path).status_code == 204
    return names


def test_two_people_see_each_other_come_select_and_leave(desk: Desk, browser: Browser) -> None:
    organizer, scheduler = name_of(desk, "organizer"), name_of(desk, "scheduler")
    with desk.browser(browser) as one, desk.browser(browser, role="scheduler") as other:
        mine = desk.open(one)
        expect(here(mine)).to_have_count(0)
        theirs = desk.open(other)
        expect(here(theirs)).to_contain_text(f"Also here: {organizer}")
        expect(here(mine)).to_contain_text(f"Also here: {scheduler}", timeout=PATIENCE)
        assert sorted(others(desk)) == sorted([organizer, scheduler])

        block(theirs, "Tides").click()
        expect(block(mine, "Tides")).to_contain_text(f"At this session: {scheduler}", timeout=PATIENCE)
        expect(block(mine, "Tides")).to_have_attribute(
            "title", f"Tides, Hall B, 10:00–11:00 · At this session: {scheduler}"
        )
        expect(block(mine, "Opening")).not_to_contain_text("At this session")
        block(theirs, "Currents").focus()
        expect(block(mine, "Currents")).to_contain_text(f"At this session: {scheduler}", timeout=PATIENCE)
        expect(block(mine, "Tides")).not_to_contain_text("At this session")

        here(mine).press("Enter")
        expect(mine.locator(".here li")).to_contain_text([f"{scheduler}since"])
        expect(mine.locator(".here li")).to_contain_text("· Currents")
        mine.keyboard.press("Escape")
        expect(mine.locator(".here li")).to_be_hidden()

        drag(mine, middle(block(mine, "Opening"), down=0.1), spot(mine, 1, 205))
        spoken(mine, "Dropped: Opening, Hall B, 11:15")
        expect(block(theirs, "Opening")).to_contain_text(f"At this session: {organizer}", timeout=PATIENCE)

        theirs.close()
        expect(here(mine)).to_have_count(0, timeout=PATIENCE)
        expect(mine.locator("[data-others]")).to_have_count(0)
        assert others(desk) == [organizer]


def test_who_goes_to_a_session_is_there_still_and_who_goes_elsewhere_has_left(desk: Desk, browser: Browser) -> None:
    scheduler = name_of(desk, "scheduler")
    with desk.browser(browser) as one, desk.browser(browser, role="scheduler") as other:
        mine = desk.open(one)
        theirs = other.new_page()
        theirs.goto(f"{desk.world.url}/console/editions/{desk.edition}/programme/{desk.ids['Tides']}")
        expect(block(mine, "Tides")).to_contain_text(f"At this session: {scheduler}", timeout=PATIENCE)
        expect(here(theirs)).to_have_count(0)
        mine.goto(theirs.url)
        expect(here(mine)).to_contain_text(f"Also here: {scheduler}", timeout=PATIENCE)
        theirs.get_by_role("link", name="Editions", exact=True).first.click()
        expect(here(mine)).to_have_count(0, timeout=PATIENCE)


def test_a_name_is_in_the_language_of_who_reads(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser, "zh") as one, desk.browser(browser, role="scheduler") as other:
        mine = desk.open(one)
        block(desk.open(other), "Tides").focus()
        name = name_of(desk, "scheduler", "zh")
        expect(here(mine)).to_contain_text(f"同在编辑：{name}", timeout=PATIENCE)
        expect(block(mine, "Tides")).to_contain_text(f"正在查看：{name}", timeout=PATIENCE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("screen", ["schedule", "session"])
def test_it_is_accessible_and_fits(desk: Desk, browser: Browser, axe: Path, language: str, screen: str) -> None:
    others = [
        {"account_id": f"{n}", "name": {"zh": zh, "en": en}, "since": "2031-05-01T01:00:00Z", "session_id": at}
        for n, (zh, en, at) in enumerate(
            [
                ("周文博", "Zhou Wenbo", desk.ids["Opening"]),
                ("林海", "Lin Hai", desk.ids["Opening"]),
                ("欧阳静怡", "Ouyang Jingyi", desk.ids["Currents"]),
                ("", "", None),
                ("M" * 80, "M" * 80, desk.ids["Opening"]),
            ]
        )
    ]
    context = browser.new_context(storage_state=desk.signed_in(language), bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.route("**/presence", lambda route: route.fulfill(json=others))
    at = "schedule" if screen == "schedule" else f"programme/{desk.ids['Opening']}"
    page.goto(f"{desk.world.url}/console/editions/{desk.edition}/{at}")
    here(page).click()
    page.locator(".here li").first.wait_for()
    assert list(faults(page, axe, (320, *WIDTHS))) == []
    context.close()
