"""A member and calendars: one made of what is followed, fetched by its address, given another, ended."""

from datetime import datetime

import pytest
from playwright.sync_api import Browser, expect

from shared.ledger import emit
from shared.messages.dates import Topic
from shared.messages.events import EventsDateSet
from shared.text import Text
from tests.calendar.build import timed
from tests.console.desk import Desk
from tests.console.forms import choose
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

SERIES = Topic(key="series:s1", slug="young-summit", title=Text("青年峰会", "Youth Summit"))


def tell(world: World) -> None:
    """Let the events service tell a date of the series."""
    with world.runtime("events").db.transaction() as tx:
        day = {"start_local": datetime(2031, 5, 2, 9), "end_local": datetime(2031, 5, 2, 11)}
        emit(tx, EventsDateSet.of(timed("s1", topics=(SERIES,), **day)))
    world.settle()


def test_a_calendar_is_made_fetched_given_another_address_and_revoked(desk: Desk, browser: Browser) -> None:
    world = desk.world
    tell(world)
    reader = world.client(headers={"User-Agent": "Mozilla/5.0 Thunderbird/140.0"})

    def fetched(url: str) -> tuple[int, str]:
        answer = reader.get(f"/calendars/{url.partition('/calendars/')[2]}")
        return answer.status_code, answer.text

    with desk.browser(browser, role="member") as context:
        page = context.new_page()
        page.goto(f"{world.url}/console/calendars")
        page.get_by_role("link", name="New calendar of my own").first.click()
        page.get_by_label("Name").fill("What I follow")
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_text("The feed would hold nothing").or_(page.get_by_text("Choose a topic"))).to_be_visible()
        choose(page, "What it follows", "Youth Summit · Series", "youth")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Make it").click()
        first = page.get_by_role("textbox", name="Address of the calendar").input_value()
        webcal = page.get_by_role("link", name="Add to my calendar").get_attribute("href")
        assert webcal == first.replace("http:", "webcal:")
        status, content = fetched(first)
        assert (status, content[:15]) == (200, "BEGIN:VCALENDAR")
        assert "BEGIN:VEVENT" in content
        page.get_by_role("link", name="Back to the calendars").click()
        card = page.locator(".card", has_text="What I follow")
        expect(card).to_contain_text("Youth Summit")
        expect(card).to_contain_text("by Thunderbird")
        card.get_by_role("button", name="New address: What I follow").click()
        dialog = page.get_by_role("dialog", name="New address: What I follow")
        expect(dialog).to_contain_text("The old address ends at once")
        dialog.get_by_role("button", name="New address", exact=True).click()
        second = dialog.get_by_role("textbox", name="Address of the calendar").input_value()
        dialog.get_by_role("button", name="Close").last.click()
        assert (fetched(first)[0], fetched(second)[0]) == (404, 200)
        card.get_by_role("button", name="Revoke: What I follow").click()
        page.get_by_role("dialog").get_by_role("button", name="Revoke", exact=True).click()
        expect(card).to_have_count(0)
    assert fetched(second)[0] == 410


def test_what_a_calendar_shows_is_changed(desk: Desk, browser: Browser) -> None:
    body = {"name": "Mine", "duties": True, "reminders": "2h"}
    made = desk.world.client("scheduler").post("/api/calendar/feeds", json=body).json()
    with desk.browser(browser, role="scheduler") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/calendars")
        page.get_by_role("link", name="Mine").click()
        page.get_by_label("Name").fill("Mine alone")
        choose(page, "Kinds of dates", "Session")
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".card", has_text="Mine alone")).to_contain_text("Session")
    held = desk.world.client("scheduler").get(f"/api/calendar/feeds/{made['id']}").json()
    assert (held["name"], held["kinds"], held["duties"], held["reminders"]) == ("Mine alone", ["session"], True, "2h")


def test_public_calendars_are_found_and_can_be_read_by_anybody(desk: Desk, browser: Browser) -> None:
    tell(desk.world)
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/calendars?q=youth")
        url = page.get_by_role("textbox", name="Address: Youth Summit").input_value()
        href = page.get_by_role("link", name="Add to my calendar: Youth Summit").get_attribute("href")
    assert url == f"{desk.world.url}/calendars/series/young-summit.ics"
    assert href == url.replace("http:", "webcal:")
    assert "BEGIN:VEVENT" in desk.world.client().get(url).text
