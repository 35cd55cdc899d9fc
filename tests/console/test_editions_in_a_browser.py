"""Editions in the console: opened, changed by several, copied, dated, approved and published."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.desk import DAY, Desk, text
from tests.console.forms import choose, confirm, fill, press, refusal_at, tab_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def at(desk: Desk, screen: str = "") -> str:
    """Return the address of a screen of the desk's edition."""
    return f"{desk.world.url}/console/editions/{desk.edition}/{screen}".rstrip("/")


def held(desk: Desk, ref: str = "") -> dict[str, object]:
    """Return the desk's edition, or another, as the server holds it."""
    found = desk.send("GET", f"/editions/{ref or desk.edition}")
    assert isinstance(found, dict)
    return found


def test_an_edition_is_opened_and_an_end_before_the_start_is_said_at_its_field(desk: Desk, browser: Browser) -> None:
    slug = f"{desk.edition}-2032"
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/series/series-{desk.edition}")
        page.get_by_role("link", name="New edition").click()
        fill(page, Slug=slug, First_day="2032-06-10", Last_day="2032-06-09", Number="3")
        fill(page, **{"Name (Chinese)": "海洋论坛", "Name (English)": "Ocean Forum", "City (Chinese)": "青岛"})
        choose(page, "Attendance", "Hybrid")
        fill(page, Days_begin_at="08:30", Days_end_at="17:30")
        press(page, "Create the edition")
        assert "lies before the start" in refusal_at(page, "Last day")
        expect(page.get_by_label("Name (English)", exact=True)).to_have_value("Ocean Forum")
        fill(page, Last_day="2032-06-12")
        press(page, "Create the edition")
        page.get_by_role("heading", name="Ocean Forum · Overview").wait_for()
    made = held(desk, slug)
    assert made["name"] == {"zh": "海洋论坛", "en": "Ocean Forum"}
    assert made["city"] == {"zh": "青岛", "en": ""}
    assert (made["starts_on"], made["ends_on"], made["number"]) == ("2032-06-10", "2032-06-12", 3)
    assert (made["attendance_mode"], made["hours_start"], made["hours_end"]) == ("hybrid", "08:30:00", "17:30:00")
    assert (made["state"], made["has_programme"]) == ("planned", True)


def test_an_edition_is_opened_by_keys_alone(desk: Desk, browser: Browser) -> None:
    slug = f"{desk.edition}-by-keys"
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/editions/new")
        tab_to(page, "Series")
        page.keyboard.type(f"series-{desk.edition}")
        page.locator(".ant-select-item-option", has_text="Series").first.wait_for()
        page.keyboard.press("Enter")
        for label, words in (("Name (English)", "By Keys"), ("Slug", slug)):
            tab_to(page, label)
            page.keyboard.type(words)
        tab_to(page, "Known to the")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        tab_to(page, "The dates are tentative")
        page.keyboard.press("Space")
        tab_to(page, "Create the edition")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="By Keys · Overview").wait_for()
    made = held(desk, slug)
    assert (made["name"], made["date_precision"], made["tentative"]) == ({"zh": "", "en": "By Keys"}, "month", True)


def test_two_people_edit_one_edition_and_nothing_typed_is_lost(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(at(desk, "settings"))
        fill(page, Acronym="MINE", **{"City (English)": "Qingdao"})
        desk.send("PATCH", f"/editions/{desk.edition}", {"acronym": "THEIRS", "contact_phone": "010-1"}, 1)
        press(page, "Save")
        told = page.get_by_role("alert").filter(has_text="Somebody else has changed this")
        expect(told).to_contain_text("Acronym THEIRS")
        expect(told).to_contain_text("Phone 010-1")
        expect(page.get_by_label("Acronym", exact=True)).to_have_value("MINE")
        assert held(desk)["acronym"] == "THEIRS"
        press(page, "Save")
        page.get_by_text("Saved.").wait_for()
        expect(page.get_by_label("Phone", exact=True)).to_have_value("010-1")
    now = held(desk)
    assert (now["acronym"], now["contact_phone"], now["city"]) == ("MINE", "010-1", {"zh": "", "en": "Qingdao"})


def test_organisations_stand_in_the_order_that_keys_give_them(desk: Desk, browser: Browser) -> None:
    society = desk.world.organisation("society-a")
    parts = [{"role": "host", "organisation_id": society}, {"role": "supporter", "name": text("A Foundation")}]
    desk.send("PATCH", f"/editions/{desk.edition}", {"organisations": parts}, 1)
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(at(desk, "settings"))
        tab_to(page, "Move up: Organisation 2", steps=120)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Move down: Organisation 1")).to_be_focused()
        first = page.get_by_role("group", name="Organisation 1")
        expect(first.get_by_label("Name as printed (English)")).to_have_value("A Foundation")
        press(page, "Save")
        page.get_by_text("Saved.").wait_for()
    organisations = held(desk)["organisations"]
    assert isinstance(organisations, list)
    assert [part["role"] for part in organisations] == ["supporter", "host"]
    changed = desk.send("GET", f"/editions/{desk.edition}/history")[0]["change"]["organisations"]
    assert changed[1]["name"] == {"zh": "", "en": ""}, "a name that the directory has goes on following it"


def test_the_next_edition_takes_along_what_was_chosen(desk: Desk, browser: Browser) -> None:
    date = {"kind": "arrival", "title": text("Arrival"), "on": "2031-05-01"}
    desk.send("POST", f"/editions/{desk.edition}/key-dates", date)
    desk.send("PATCH", f"/editions/{desk.edition}", {"number": 7}, 1)
    slug = f"next-{desk.edition}"
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(at(desk))
        page.get_by_role("link", name="Next edition").click()
        expect(page.get_by_label("Number", exact=True)).to_have_value("8")
        expect(page.get_by_label("First day")).to_have_value("2032-05-02")
        fill(page, Slug=slug, **{"Name (English)": "The Next"})
        page.get_by_label("Rooms", exact=True).uncheck()
        press(page, "Create the next edition")
        page.get_by_role("heading", name="The Next · Overview").wait_for()
    made = held(desk, slug)
    assert (made["number"], made["starts_on"], made["copied_from_id"]) == (8, "2032-05-02", held(desk)["id"])
    dates = desk.send("GET", f"/editions/{slug}/key-dates")["items"]
    assert [(each["on"], each["status"]) for each in dates] == [("2032-05-01", "tentative")]
    assert desk.send("GET", f"/editions/{slug}/rooms") == []
    sessions = desk.send("GET", f"/editions/{slug}/sessions")["items"]
    assert [each["title"]["en"] for each in sessions] == ["Opening", "Tides", "Currents"]


def test_key_dates_are_entered_changed_and_removed(desk: Desk, browser: Browser) -> None:
    dates = f"/editions/{desk.edition}/key-dates"
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(at(desk, "dates"))
        press(page, "Add a key date")
        dialog = page.get_by_role("dialog")
        fill(dialog, From="2031-04-10", **{"Until, if it lasts": "2031-04-01", "Title (English)": "Abstracts"})
        dialog.get_by_role("button", name="Add a key date").click()
        assert "lies before the start" in refusal_at(page, "Until, if it lasts")
        fill(dialog, **{"Until, if it lasts": ""})
        dialog.get_by_role("button", name="Add a key date").click()
        row = page.locator("tbody tr", has_text="Abstracts")
        expect(row).to_contain_text("2031-04-10")
        press(page, "Change Abstracts")
        dialog.get_by_label("Times of day (Asia/Shanghai)").check()
        fill(dialog, From="2031-04-10T18:00")
        dialog.get_by_role("button", name="Save").click()
        expect(row).to_contain_text("2031-04-10 18:00")
        (entered,) = desk.send("GET", dates)["items"]
        assert (entered["on"], entered["at_local"], entered["zone"]) == (None, "2031-04-10T18:00:00", "Asia/Shanghai")
        press(page, "Remove: Abstracts")
        page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        page.locator(".ant-empty").wait_for()
    assert desk.send("GET", dates)["items"] == []


def test_rooms_are_chosen_from_a_venue_and_put_in_order(desk: Desk, browser: Browser) -> None:
    owner = desk.world.organisation("society-a")
    venue = desk.send("POST", "/venues", {"name": text(f"Pier {desk.edition}"), "owner_id": owner})
    desk.send("POST", f"/venues/{venue['id']}/rooms", {"name": text("Quay"), "seats": 40})
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(at(desk, "rooms"))
        choose(page, "Venue", f"Pier {desk.edition}")
        page.get_by_label("Quay").check()
        rooms = page.locator("ol.cards > li")
        expect(rooms).to_have_count(3)
        press(page, "Move up: Quay")
        expect(rooms.nth(1)).to_contain_text("Quay")
        press(page, "Remove: Hall B")
        page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        expect(rooms).to_have_count(2)
    names = [room["name"]["en"] for room in desk.send("GET", f"/editions/{desk.edition}/rooms")]
    assert names == ["Hall A", "Quay"]


def test_an_edition_is_published_once_another_has_approved(desk: Desk, browser: Browser) -> None:
    desk.send("PATCH", f"/editions/{desk.edition}", {"requires_approval": True}, 1)
    with desk.browser(browser) as organizers, desk.browser(browser, role="administrator") as others:
        page, other = organizers.new_page(), others.new_page()
        page.goto(at(desk, "lifecycle"))
        confirm(page, "Open")
        expect(page.locator("[aria-current=step]")).to_have_text("Open")
        confirm(page, "Publish")
        page.get_by_role("dialog").get_by_text("Another person approves this first").wait_for()
        assert held(desk)["state"] == "open"
        address = page.get_by_label("Address for approving").input_value()
        page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
        other.goto(address)
        press(other, "Approve")
        other.get_by_text("Approved. They can do it now.").wait_for()
        page.reload()
        page.get_by_role("list").get_by_text("Publish ·").wait_for()
        confirm(page, "Publish")
        expect(page.locator("[aria-current=step]")).to_have_text("Published")
    assert held(desk)["state"] == "published"


def test_a_change_of_what_is_public_is_shown_to_who_approves_it(desk: Desk, browser: Browser) -> None:
    desk.send("POST", f"/editions/{desk.edition}/publish", version=1)
    desk.send("PATCH", f"/editions/{desk.edition}", {"requires_approval": True}, 2)
    with desk.browser(browser) as organizers, desk.browser(browser, role="administrator") as others:
        page, other = organizers.new_page(), others.new_page()
        page.goto(at(desk, "settings"))
        fill(page, Days_begin_at="07:30", **{"City (English)": "Qingdao"})
        press(page, "Save")
        address = page.get_by_label("Address for approving").input_value()
        other.goto(address)
        change = other.get_by_role("region", name="What would change")
        expect(change.get_by_role("row", name="City")).to_contain_text("Qingdao")
        expect(change.get_by_role("row", name="Days begin at")).to_contain_text("07:30")
        press(other, "Approve")
        other.get_by_text("Approved. They can do it now.").wait_for()
        press(page, "Save")
        page.get_by_text("Saved.").wait_for()
    assert (held(desk)["hours_start"], held(desk)["city"]) == ("07:30:00", {"zh": "", "en": "Qingdao"})


def test_an_edition_is_postponed_with_its_dates_and_held_after_all(desk: Desk, browser: Browser) -> None:
    date = {"kind": "arrival", "title": text("Arrival"), "on": "2031-05-01"}
    desk.send("POST", f"/editions/{desk.edition}/key-dates", date)
    desk.send("POST", f"/editions/{desk.edition}/publish", version=1)
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(at(desk, "lifecycle"))
        page.locator("summary", has_text="Postpone").click()
        form = page.locator("details", has_text="becomes tentative")
        fill(form, New_first_day="2031-06-02", New_last_day="2031-06-03", **{"Notice (English)": "Storms"})
        form.get_by_label("Move the key dates that lie ahead as well").check()
        form.get_by_role("button", name="Postpone").click()
        page.get_by_text("It is postponed").wait_for()
        now = held(desk)
        assert (now["standing"], now["starts_on"], now["standing_note"]) == (
            "postponed",
            "2031-06-02",
            {"zh": "", "en": "Storms"},
        )
        (moved,) = desk.send("GET", f"/editions/{desk.edition}/key-dates")["items"]
        assert moved["on"] == "2031-06-01"
        page.locator("summary", has_text="Resume").click()
        page.locator("details", has_text="It is held after all").get_by_role("button", name="Resume").click()
        expect(page.get_by_text("It is postponed")).to_have_count(0)
    assert (held(desk)["standing"], held(desk)["starts_on"]) == ("normal", "2031-06-02")


def test_the_overview_tells_what_is_next_and_leads_there(desk: Desk, browser: Browser) -> None:
    def task(page: Page, name: str) -> str:
        return page.locator(".tasks li", has_text=name).inner_text()

    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(at(desk))
        page.locator(".tasks").wait_for()
        assert "Done" in task(page, "Settle the dates")
        assert "To do" in task(page, "Name the hosts")
        assert "1 left" in task(page, "Place every session")
        expect(page.locator(".tasks [aria-current=step]")).to_contain_text("Name the hosts")
        expect(page.locator(".figures")).to_have_count(2)
        assert page.locator(".figures li").first.inner_text() == "3 Sessions"
        page.get_by_role("link", name="Name the hosts").click()
        page.wait_for_url("**/settings")


def test_editions_are_found_by_state_and_days(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/editions?q={desk.edition}")
        expect(page.locator("tbody tr")).to_have_count(1)
        choose(page, "State", "Published")
        page.locator(".ant-empty").wait_for()
        page.goto(f"{desk.world.url}/console/editions?q={desk.edition}&state=planned&from_on={DAY}")
        expect(page.locator("tbody tr")).to_have_count(1)
        fill(page, From="2031-05-04")
        page.locator(".ant-empty").wait_for()
        assert "from_on=2031-05-04" in page.url
