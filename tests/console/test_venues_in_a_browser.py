"""An organizer keeps venues: rooms in their order, when they are open, and how long the ways between them take."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.desk import Desk, text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def make_venue(desk: Desk, name: str, *rooms: str) -> tuple[str, dict[str, str]]:
    """Make a venue with rooms; return its id, and theirs by name."""
    venue = desk.send("POST", "/venues", {"name": text(name), "owner_id": desk.world.organisation("society-a")})["id"]
    return venue, {room: desk.send("POST", f"/venues/{venue}/rooms", {"name": text(room)})["id"] for room in rooms}


def goto(page: Page, desk: Desk, path: str) -> None:
    """Open a screen of the console."""
    page.goto(f"{desk.world.url}/console{path}")


def test_a_venue_with_a_room_and_its_times_is_made(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        goto(page, desk, "/venues/new")
        page.get_by_label("Name (Chinese)").fill("海洋中心")
        page.get_by_label("Name (English)").fill("Ocean Centre")
        page.get_by_label("On foot to another building").fill("2000")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".ant-form-item-explain-error")).to_be_visible()
        expect(page.get_by_label("On foot to another building")).to_be_focused()
        page.get_by_label("On foot to another building").fill("12")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("heading", level=1, name="Ocean Centre").wait_for()
        venue = page.url.rsplit("/", 1)[1]
        made = desk.send("GET", f"/venues/{venue}")
        assert (made["other_building_minutes"], made["owner_id"]) == (12, desk.world.organisation("society-a"))

        page.get_by_role("button", name="New room").click()
        page.get_by_role("heading", level=1, name="New room").wait_for()
        page.get_by_label("Name (Chinese)").fill("一号厅")
        page.get_by_label("Name (English)").fill("Hall One")
        page.get_by_label("Seats", exact=True).fill("300")
        page.get_by_label("Theatre").fill("320")
        page.get_by_role("button", name="Add: Equipment that stays").click()
        page.get_by_label("Equipment that stays 1: name").fill("projector")
        page.get_by_label("Equipment that stays 1: how many").fill("2")
        page.get_by_label("Accessible").check()
        page.get_by_role("button", name="Save").click()
        page.get_by_role("heading", level=1, name="Hall One").wait_for()
        room = page.url.rsplit("/", 1)[1]
        made = desk.send("GET", f"/rooms/{room}")
        assert made["name"] == {"zh": "一号厅", "en": "Hall One"}
        assert (made["seats"], made["capacity"], made["equipment"]) == (300, {"theatre": 320}, {"projector": 2})
        assert made["accessible"]

        page.get_by_role("button", name="Add a stretch of time").click()
        page.get_by_label("Stretch 1: from").fill("2031-05-02T09:00")
        page.get_by_label("Stretch 1: until").fill("2031-05-02T18:00")
        expect(page.locator(".week .open")).to_have_count(1)
        page.get_by_role("button", name="Same on the next day").click()
        expect(page.locator(".week .open")).to_have_count(2)
        page.get_by_role("button", name="Save times").click()
        page.get_by_text("Saved.", exact=True).first.wait_for()
        assert desk.send("GET", f"/rooms/{room}/windows") == [
            {"closed": False, "start_local": f"{day}T09:00:00", "end_local": f"{day}T18:00:00"}
            for day in ("2031-05-02", "2031-05-03")
        ]
        page.get_by_label("Seats", exact=True).fill("310")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved.", exact=True)).not_to_have_count(0)
        page.get_by_text("History").click()
        expect(page.locator(".history")).to_contain_text("Seats 300 → 310")


def test_rooms_change_places_and_ways_are_told(desk: Desk, browser: Browser) -> None:
    venue, rooms = make_venue(desk, "Harbour", "East", "West", "North")
    with desk.browser(browser) as context:
        page = context.new_page()
        goto(page, desk, f"/venues/{venue}")
        page.get_by_role("button", name="Move up: North").click()
        names = page.get_by_role("region", name="Rooms").locator("tbody a")
        expect(names).to_have_text(["East", "North", "West"])
        page.get_by_role("button", name="Add a way").click()
        page.get_by_label("Way 1: one end").select_option("East")
        page.get_by_label("Way 1: other end").select_option("West")
        page.get_by_label("Way 1: minutes").fill("7")
        page.get_by_role("button", name="Save walking times").click()
        page.get_by_text("Saved.", exact=True).wait_for()
        page.get_by_label("City (English)").fill("Qingdao")  # the two forms rest on one version
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved.", exact=True)).to_have_count(2)
    listed = [room["id"] for room in desk.send("GET", f"/venues/{venue}/rooms")["items"]]
    assert listed == [rooms["East"], rooms["North"], rooms["West"]]
    way = {"kind": "room", "one": rooms["East"], "other": rooms["West"], "minutes": 7}
    assert desk.send("GET", f"/venues/{venue}/walks") == [way]
    assert desk.send("GET", f"/venues/{venue}")["city"]["en"] == "Qingdao"


def test_what_somebody_else_has_changed_is_told_and_both_are_kept(desk: Desk, browser: Browser) -> None:
    venue, _ = make_venue(desk, "Pier")
    with desk.browser(browser) as context:
        page = context.new_page()
        goto(page, desk, f"/venues/{venue}")
        page.get_by_label("Address (English)").fill("1 Quay Road")
        desk.send("PATCH", f"/venues/{venue}", {"city": text("Dalian")}, 1)
        page.get_by_role("button", name="Save", exact=True).click()
        told = page.get_by_role("alert").filter(has_text="Somebody else has changed this")
        expect(told).to_contain_text("Dalian")
        expect(page.get_by_label("Address (English)")).to_have_value("1 Quay Road")
        assert desk.send("GET", f"/venues/{venue}")["address"]["en"] == ""
        page.get_by_role("button", name="Save", exact=True).click()
        expect(told).to_have_count(0)
    now = desk.send("GET", f"/venues/{venue}")
    assert (now["address"]["en"], now["city"]["en"]) == ("1 Quay Road", "Dalian")


def test_a_venue_is_found_and_removed_once_it_is_empty(desk: Desk, browser: Browser) -> None:
    venue, rooms = make_venue(desk, "Lighthouse", "Lamp")
    with desk.browser(browser) as context:
        page = context.new_page()
        goto(page, desk, "/venues")
        page.get_by_label("Search by name or city").fill("lighth")
        page.get_by_role("link", name="Lighthouse").click()
        page.get_by_role("button", name="Remove: Lighthouse").click()
        asked = page.get_by_role("dialog")
        asked.get_by_role("button", name="Remove").click()
        expect(asked).to_contain_text("is used by something else")
        desk.send("DELETE", f"/rooms/{rooms['Lamp']}", version=1)
        asked.get_by_role("button", name="Remove").click()
        page.get_by_role("heading", level=1, name="Venues").wait_for()
    found = desk.send("GET", "/venues?q=lighth")
    assert venue not in [each["id"] for each in found["items"]]


def test_words_to_search_by_stand_as_they_are_typed_and_are_asked_for_once_they_are_composed(
    desk: Desk, browser: Browser
) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/venues")
        asked = list[str]()
        page.on("request", lambda request: asked.append(request.url))
        field = page.get_by_role("searchbox")
        field.press_sequentially("Centre by the sea")
        expect(field).to_have_value("Centre by the sea")
        expect(page).to_have_url(re.compile(r"q=Centre\+by\+the\+sea$"))
        field.fill("")
        keyboard = context.new_cdp_session(page)
        keyboard.send("Input.imeSetComposition", {"text": "hai", "selectionStart": 3, "selectionEnd": 3})
        expect(field).to_have_value("hai")
        keyboard.send("Input.insertText", {"text": "海"})
        expect(page).to_have_url(re.compile(f"q={quote('海')}$"))
        expect(field).to_have_value("海")
        assert not any("hai" in url for url in asked)
