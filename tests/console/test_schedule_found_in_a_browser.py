"""Finding one's way in a schedule: one person's sessions, the tray by kind, larger and smaller, columns put aside, rows pasted."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from shared.text import LANGUAGES
from tests.console.desk import Desk, block, drag, middle, spoken, text
from tests.shared.looking import Fault, faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

DESK: ViewportSize = {"width": 1440, "height": 900}


def test_the_sessions_of_a_person_stand_out(desk: Desk, browser: Browser) -> None:
    person = desk.send("POST", "/people", {"name": text("Mei"), "owner_id": desk.world.organisation("society-a")})
    parts = {"people": [{"person_id": person["id"], "role": "speaker"}]}
    desk.send("PATCH", f"/sessions/{desk.ids['Opening']}", parts, 1)
    with desk.browser(browser) as context:
        page = desk.open(context)
        page.get_by_label("Show the sessions of a person").fill("Mei")
        page.keyboard.press("Enter")
        expect(page.get_by_text("1 session(s)")).to_be_visible()
        expect(block(page, "Opening")).to_contain_text("Of this person")
        expect(block(page, "Tides")).to_have_attribute("data-mark", "back")
        page.reload()
        expect(block(page, "Opening")).to_have_attribute("data-mark", "out")


def test_the_tray_is_sifted_by_kind(desk: Desk, browser: Browser) -> None:
    body = {"title": text("Dinner"), "kind": "social", "duration_minutes": 90}
    desk.send("POST", f"/editions/{desk.edition}/sessions", body)
    with desk.browser(browser) as context:
        page = desk.open(context)
        tray = page.get_by_role("region", name="Not placed")
        expect(tray.locator(".waiting")).to_have_count(2)
        tray.get_by_label("Kind").press("Enter")
        page.keyboard.type("Social")
        page.get_by_title("Social event").click()
        expect(tray.locator(".waiting")).to_have_text(["Dinner90 min"])
        expect(tray).to_contain_text("1/2")


def test_a_larger_board_places_as_exactly_and_a_column_put_aside_comes_back(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        page.get_by_role("button", name="Larger").click()
        x, y = middle(block(page, "Opening"), down=0.1)
        drag(page, (x, y), (x, y + 2.4 * 60))
        spoken(page, "Dropped: Opening, Hall A, 10:00")
        page.locator("button.room", has_text="Hall A").click()
        page.get_by_role("menuitem", name="Put this column aside").click()
        expect(block(page, "Opening")).to_have_count(0)
        expect(page.locator("button.room")).to_have_count(1)
        page.keyboard.press("Control+z")
        expect(block(page, "Opening")).to_be_focused()
        page.locator("button.room", has_text="Hall B").press("Enter")
        page.get_by_role("menuitem", name="Put this column aside").press("Enter")
        page.get_by_role("button", name="Bring back Hall B").click()
        expect(page.locator("button.room")).to_have_count(2)


def test_the_board_scrolls_while_something_is_held_at_its_edge(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        page.get_by_role("button", name="Larger").click()
        board = page.locator(".board")
        drag(page, middle(block(page, "Opening"), down=0.1), middle(board, 0.3, 0.98), drop=False)
        expect(page.locator(".ghost")).to_contain_text("17:55")
        page.mouse.up()
        spoken(page, "Dropped: Opening, Hall A")
        assert desk.standing()["Opening"][1] > "16:00"


def test_rows_of_a_spreadsheet_become_sessions_and_those_refused_say_why(desk: Desk, browser: Browser) -> None:
    rows = "潮汐二\tTides II\t45\tpanel\n\t\t30\tTalk\n海流二\tCurrents II\tlong\t报告\n深海\tThe deep\t\t工作坊\n"
    with desk.browser(browser) as context:
        page = desk.open(context)
        page.get_by_role("button", name="Paste rows").press("Enter")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Rows").fill(rows)
        expect(dialog).to_contain_text("4 rows, 2 refused, 0 made")
        expect(dialog.get_by_role("row", name="2")).to_contain_text("No title.")
        expect(dialog.get_by_role("row", name="Currents II")).to_contain_text("Minutes must be a whole number from 1.")
        dialog.get_by_role("button", name="Make 2 session(s)").click()
        expect(dialog).to_contain_text("4 rows, 2 refused, 2 made")
        expect(dialog.get_by_role("row", name="Tides II")).to_contain_text("Made")
        expect(dialog.get_by_role("button", name="Make 0")).to_be_disabled()
        dialog.get_by_role("button", name="Close").last.click()
        expect(page.locator(".waiting")).to_have_count(3)
        made = desk.send("GET", f"/editions/{desk.edition}/sessions?limit=100")["items"]
        assert {(each["title"]["en"], each["duration_minutes"], each["kind"]) for each in made} >= {
            ("Tides II", 45, "panel"),
            ("The deep", None, "workshop"),
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_opens_over_the_board_is_accessible(desk: Desk, browser: Browser, axe: Path, language: str) -> None:
    desk.place("Currents", "Hall A", "09:30", version=0)
    desk.send("POST", f"/editions/{desk.edition}/schedule/locks", {"room_id": desk.ids["Hall B"]})
    context = browser.new_context(
        storage_state=desk.signed_in(language), viewport=DESK, bypass_csp=True, reduced_motion="reduce"
    )
    page, found = desk.open(context), dict[str, list[Fault]]()
    for name in ("Opening", "Currents"):
        block(page, name).click(modifiers=["Control"])
    found["selected and locked"] = list(faults(page, axe, [1440]))
    page.locator("button.room").last.click()
    page.get_by_role("menuitem").first.wait_for()
    found["menu"] = list(faults(page, axe, [1440]))
    page.keyboard.press("Escape")
    page.locator(".conflicts li .ant-btn").first.click()
    page.get_by_role("dialog").wait_for()
    found["accepting"] = list(faults(page, axe, [1440]))
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    page.locator(".tray .ant-btn").first.click()
    page.locator("#pasted").fill("潮汐\tTides\t45\tpanel\n\t\tlong\tdance")
    found["pasting"] = list(faults(page, axe, [1440]))
    assert {name: each for name, each in found.items() if each} == {}
    context.close()
