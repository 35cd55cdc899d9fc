"""Several sessions at once, on the board: selected, moved together, exchanged, and taken back as one."""

import pytest
from playwright.sync_api import Browser, expect

from tests.console.desk import DAY, NEXT, Desk, block, drag, middle, spoken, spot

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def test_what_is_selected_by_mouse_moves_together_and_comes_back_by_one_undo(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        for name in ("Opening", "Tides"):
            block(page, name).click(modifiers=["Control"])
        expect(page.get_by_role("group", name="Selected sessions")).to_contain_text("2 selected")
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 245), drop=False)
        expect(page.locator(".ghost")).to_have_count(2)
        page.mouse.up()
        spoken(page, "Moved 2 sessions")
        assert desk.standing() == {"Opening": ("Hall A", "12:00", 60), "Tides": ("Hall B", "13:00", 60)}, (
            "no room to the right"
        )
        page.keyboard.press("Control+z")
        spoken(page, "Moved 2 sessions")
        expect(block(page, "Opening")).to_contain_text("09:00")
        assert desk.standing() == {"Opening": ("Hall A", "09:00", 60), "Tides": ("Hall B", "10:00", 60)}


def test_what_is_selected_by_keys_moves_together(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        for name in ("Tides", "Opening"):
            block(page, name).focus()
            page.keyboard.press("s")
        spoken(page, "Selected: Opening, 2 in all")
        for key in ("Enter", "ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
        spoken(page, "Lifted: Opening 2 selected Hall A, 09:30–10:30")
        page.keyboard.press("Enter")
        spoken(page, "Moved 2 sessions")
        assert desk.standing() == {"Opening": ("Hall A", "09:30", 60), "Tides": ("Hall B", "10:30", 60)}
        page.keyboard.press("Escape")
        expect(page.locator("[data-selected]")).to_have_count(0)


def test_two_change_places_each_with_its_length(desk: Desk, browser: Browser) -> None:
    version = desk.send("GET", f"/sessions/{desk.ids['Tides']}/placement")["version"]
    desk.place("Tides", "Hall B", "10:00", version=version, minutes=90)
    with desk.browser(browser) as context:
        page = desk.open(context)
        block(page, "Opening").click(modifiers=["Control"])
        swap = page.get_by_role("button", name="Swap places")
        expect(swap).to_be_disabled()
        block(page, "Tides").focus()
        page.keyboard.press("s")
        swap.click()
        spoken(page, "Moved 2 sessions")
        assert desk.standing() == {"Opening": ("Hall B", "10:00", 60), "Tides": ("Hall A", "09:00", 90)}
        page.get_by_role("button", name="Undo").click()
        expect(block(page, "Opening")).to_contain_text("09:00")
        expect(page.get_by_role("button", name="Redo")).to_be_enabled()
        assert desk.standing() == {"Opening": ("Hall A", "09:00", 60), "Tides": ("Hall B", "10:00", 90)}


def test_undo_leads_back_to_where_somebody_else_had_put_it(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        drafts = "**/api/events/editions/*/schedule"
        page.route(drafts, lambda route: route.abort())  # it hears too late
        version = desk.send("GET", f"/sessions/{desk.ids['Opening']}/placement")["version"]
        desk.place("Opening", "Hall A", "15:00", version=version)
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 245))
        asked = page.get_by_role("dialog")
        asked.wait_for()
        page.unroute(drafts)
        expect(asked).to_contain_text("Now: 2031-05-02 15:00 Hall A", timeout=10_000)
        asked.get_by_role("button", name="Move it all the same").click()
        spoken(page, "Dropped: Opening, Hall B, 12:00")
        assert desk.standing()["Opening"] == ("Hall B", "12:00", 60)
        page.keyboard.press("Control+z")
        spoken(page, "Dropped: Opening, Hall A, 15:00")
        assert desk.standing()["Opening"] == ("Hall A", "15:00", 60)


def test_undo_of_what_somebody_has_moved_since_asks_first(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 205))
        spoken(page, "Dropped: Opening, Hall B, 11:15")
        version = desk.send("GET", f"/sessions/{desk.ids['Opening']}/placement")["version"]
        desk.place("Opening", "Hall A", "16:00", version=version)
        expect(block(page, "Opening")).to_contain_text("16:00")
        page.keyboard.press("Control+z")
        asked = page.get_by_role("dialog")
        expect(asked).to_contain_text("Now: 2031-05-02 16:00 Hall A")
        asked.get_by_role("button", name="Keep it as it is now").click()
        assert desk.standing()["Opening"] == ("Hall A", "16:00", 60)


def test_a_session_is_taken_to_another_day_by_mouse_and_by_keys(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        drag(page, middle(block(page, "Opening"), down=0.1), middle(page.locator(f"[data-day='{NEXT}']")), drop=False)
        page.locator(f".board[aria-label='Schedule of {NEXT}']").wait_for()
        page.mouse.move(*spot(page, 1, 125), steps=5)
        page.mouse.up()
        spoken(page, "Dropped: Opening, Hall B, 10:00")
        assert start(desk, "Opening") == f"{NEXT}T10:00:00"
        expect(block(page, "Opening")).to_be_focused()
        for key in ("Enter", "PageUp", "ArrowLeft"):
            page.keyboard.press(key)
        spoken(page, "Lifted: Opening Hall A, 10:00–11:00")
        page.keyboard.press("Enter")
        spoken(page, "Dropped: Opening, Hall A, 10:00")
        assert start(desk, "Opening") == f"{DAY}T10:00:00"
        expect(block(page, "Opening")).to_be_focused()
        page.keyboard.press("Control+z")
        page.locator(f".board[aria-label='Schedule of {NEXT}']").wait_for()
        expect(block(page, "Opening")).to_be_focused()


def start(desk: Desk, session: str) -> str:
    return str(desk.send("GET", f"/sessions/{desk.ids[session]}/placement")["start_local"])
