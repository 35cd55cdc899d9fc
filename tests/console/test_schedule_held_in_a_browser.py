"""What holds a schedule: conflicts that somebody let stand, locks, and times at which nobody is there."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.desk import DAY, Desk, block, drag, middle, spoken, spot, text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def test_a_conflict_is_let_stand_with_a_reason_and_that_taken_back(desk: Desk, browser: Browser) -> None:
    desk.place("Currents", "Hall A", "09:30", version=0)
    with desk.browser(browser) as context:
        page = desk.open(context)
        panel = page.get_by_role("region", name="Conflicts")
        expect(panel).to_contain_text("1 in all, 1 to be settled first, 0 accepted")
        panel.get_by_role("button", name="Accept").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Accept").click()
        expect(dialog).to_contain_text("Say why it may stand")
        dialog.get_by_label("Reason").fill("They share the hall")
        dialog.get_by_role("button", name="Accept").click()
        expect(dialog).to_have_count(0)
        expect(panel).to_contain_text("1 in all, 0 to be settled first, 1 accepted")
        expect(panel).to_contain_text("You: They share the hall")
        (accepted,) = desk.send("GET", f"/editions/{desk.edition}/conflicts/accepted")
        assert (accepted["kind"], accepted["reason"]) == ("room_overlap", "They share the hall")
        expect(block(page, "Opening")).not_to_have_attribute("data-level", "block")
        panel.get_by_role("button", name="Take back").press("Enter")
        expect(panel).to_contain_text("1 in all, 1 to be settled first, 0 accepted")
        assert desk.send("GET", f"/editions/{desk.edition}/conflicts/accepted") == []


def test_a_locked_session_stays_and_says_so(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        opening = block(page, "Opening")
        opening.focus()
        page.keyboard.press("l")
        spoken(page, "Locked: Opening")
        expect(opening).to_contain_text("Locked")
        assert desk.send("GET", f"/sessions/{desk.ids['Opening']}/placement")["locked"]
        drag(page, middle(opening, down=0.1), spot(page, 1, 205))
        spoken(page, "“Opening” is locked; unlock it to move it.")
        opening.focus()
        for key in ("Enter", "ArrowDown", "Enter"):
            page.keyboard.press(key)
        assert desk.standing()["Opening"] == ("Hall A", "09:00", 60)
        opening.click(modifiers=["Control"])
        page.get_by_role("button", name="Lock or unlock").click()
        spoken(page, "Unlocked: Opening")
        drag(page, middle(opening, down=0.1), spot(page, 1, 205))
        spoken(page, "Dropped: Opening, Hall B, 11:15")


def choose_by_keys(page: Page, name: str) -> None:
    """Go down the menu that is open until this is reached, and choose it."""
    wanted = page.get_by_role("menuitem", name=name)
    wanted.wait_for()
    for _ in range(4):
        if wanted.evaluate("item => item === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def test_a_room_and_a_day_are_locked_by_mouse_and_by_keys(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        hall = page.get_by_role("button", name="Hall B", exact=False).and_(page.locator(".room"))
        hall.click()
        page.get_by_role("menuitem", name=f"Lock this room on {DAY}").click()
        expect(hall).to_contain_text("Locked")
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 205), drop=False)
        expect(page.locator(".ghost")).to_contain_text("Locked here: nothing can come in")
        page.mouse.up()
        expect(page.get_by_role("alert")).to_contain_text("“Opening” cannot be moved: the room on that day is locked.")
        assert desk.standing()["Opening"] == ("Hall A", "09:00", 60)
        hall.focus()
        page.keyboard.press("Enter")
        choose_by_keys(page, f"Unlock this room on {DAY}")
        expect(hall).not_to_contain_text("Locked")
        page.get_by_role("button", name="Lock this day").press("Enter")
        expect(page.locator(".block[data-locked]")).to_have_count(2)
        (lock,) = desk.send("GET", f"/editions/{desk.edition}/schedule")["locks"]
        assert (lock["room_id"], lock["day"]) == (None, DAY)
        page.get_by_role("button", name="Unlock this day").click()
        expect(page.locator(".block[data-locked]")).to_have_count(0)


def shaded(page: Page, kind: str) -> list[str]:
    return page.locator(f".shade[data-shade={kind}]").evaluate_all("all => all.map(each => `${each.style.top} ${each.style.height}`)")  # fmt: skip


def test_times_at_which_its_people_are_away_and_rooms_closed_are_hatched(desk: Desk, browser: Browser) -> None:
    person = desk.send("POST", "/people", {"name": text("Mei"), "owner_id": desk.world.organisation("society-a")})
    parts = {"people": [{"person_id": person["id"], "role": "speaker"}]}
    desk.send("PATCH", f"/sessions/{desk.ids['Opening']}", parts, 1)
    there = {"windows": [{"start_local": f"{DAY}T08:00", "end_local": f"{DAY}T12:00"}]}
    desk.send("PUT", f"/editions/{desk.edition}/people/{person['id']}/windows", there, person["version"])
    shut = {"windows": [{"closed": True, "start_local": f"{DAY}T08:00", "end_local": f"{DAY}T10:00"}]}
    desk.send("PUT", f"/rooms/{desk.ids['Hall B']}/windows", shut, 1)
    with desk.browser(browser) as context:
        page = desk.open(context)
        block(page, "Opening").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".shade")).to_have_count(2)
        assert (shaded(page, "away"), shaded(page, "closed")) == (["384px 576px"], ["0px 192px"])
        expect(page.locator(".legend")).to_contain_text("Its people are not available")
        for _ in range(13):
            page.keyboard.press("ArrowDown")
        expect(page.locator(".ghost")).to_contain_text("Mei is not available for 60 min of “Opening”.")
        page.keyboard.press("Escape")
        expect(page.locator(".shade")).to_have_count(0)
