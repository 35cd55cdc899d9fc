"""An organizer arranges an edition: by mouse and by keys, told of conflicts before they are made, and of what others do."""

import pytest
from playwright.sync_api import Browser, expect

from huitang.sample.people import email_of
from shared.text import LANGUAGES
from tests.console.desk import Desk, block, drag, middle, spoken, spot

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def test_a_session_is_dragged_to_another_room_and_time_and_back_by_undo(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 205))
        spoken(page, "Dropped: Opening, Hall B, 11:15")
        assert desk.standing()["Opening"] == ("Hall B", "11:15", 60)
        page.keyboard.press("Control+z")
        spoken(page, "Dropped: Opening, Hall A, 09:00")
        assert desk.standing()["Opening"] == ("Hall A", "09:00", 60)
        page.get_by_role("button", name="Redo").click()
        spoken(page, "Dropped: Opening, Hall B, 11:15")
        assert desk.standing()["Opening"] == ("Hall B", "11:15", 60)


def test_its_lower_edge_is_dragged_to_make_it_longer(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        grip = block(page, "Opening").locator("[data-grip]")
        x, y = middle(grip)
        drag(page, (x, y), (x, y + 50))
        spoken(page, "Dropped: Opening")
        assert desk.standing()["Opening"] == ("Hall A", "09:00", 90)


def test_out_of_the_tray_and_back_into_it(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        tray = page.locator("[data-tray]")
        drag(page, middle(block(page, "Currents")), spot(page, 0, 305))
        spoken(page, "Dropped: Currents, Hall A, 13:00")
        expect(tray.locator(".waiting")).to_have_count(0)
        drag(page, middle(block(page, "Currents"), down=0.1), middle(tray))
        spoken(page, "Taken off: Currents")
        expect(tray.locator(".waiting")).to_have_count(1)
        assert desk.standing().keys() == {"Opening", "Tides"}


def test_what_a_drop_would_bring_about_is_said_before_it(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 125), drop=False)
        ghost = page.locator(".ghost")
        expect(ghost).to_have_attribute("data-level", "block")
        expect(ghost).to_contain_text("“Opening” and “Tides” are both in Hall B")
        page.keyboard.press("Escape")
        page.mouse.up()
        expect(ghost).to_have_count(0)
        assert desk.standing()["Opening"] == ("Hall A", "09:00", 60)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_done_by_keys(desk: Desk, browser: Browser, language: str) -> None:
    named = {"en": ("Opening", "Currents"), "zh": ("Opening（中）", "Currents（中）")}[language]
    said = {
        "en": ("Lifted: Opening Hall B, 09:15–10:30", "Dropped: Opening", "Taken off: Opening", "Left where it was"),
        "zh": (
            "已拿起：Opening（中） Hall B（中），09:15–10:30",
            "已放下：Opening",
            "已移出日程：Opening",
            "已放回原处",
        ),
    }[language]
    with desk.browser(browser, language) as context:
        page = desk.open(context)
        block(page, named[0]).focus()
        for key in ("Enter", "ArrowRight", "ArrowDown", "Shift+ArrowDown"):
            page.keyboard.press(key)
        spoken(page, said[0])
        page.keyboard.press("Enter")
        spoken(page, said[1])
        assert desk.standing()["Opening"] == ("Hall B", "09:15", 75)
        expect(block(page, named[0])).to_be_focused()
        for key in ("Enter", "ArrowDown", "ArrowUp", "Enter"):
            page.keyboard.press(key)
        spoken(page, said[3])
        page.keyboard.press("Delete")
        spoken(page, said[2])
        assert "Opening" not in desk.standing()
        block(page, named[1]).focus()
        for key in ("Enter", "ArrowDown", "Enter"):
            page.keyboard.press(key)
        expect(page.locator(".block", has_text=named[1])).to_be_focused()
        assert desk.standing()["Currents"] == ("Hall A", "08:15", 60)


def test_two_who_arrange_at_once_see_each_other(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as one, desk.browser(browser) as another:
        mine, theirs = desk.open(one), desk.open(another)
        drag(mine, middle(block(mine, "Opening"), down=0.1), spot(mine, 0, 245))
        spoken(mine, "Dropped: Opening")
        expect(block(theirs, "Opening")).to_contain_text("12:00", timeout=10_000)


def test_a_move_of_what_somebody_else_has_moved_shows_both_and_asks(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        page.route("**/api/events/editions/*/schedule", lambda route: route.abort())  # it hears too late
        version = desk.send("GET", f"/sessions/{desk.ids['Opening']}/placement")["version"]
        desk.place("Opening", "Hall A", "15:00", version=version)
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 245))
        asked = page.get_by_role("dialog")
        asked.wait_for()
        page.unroute("**/api/events/editions/*/schedule")
        expect(asked).to_contain_text("You meant: 2031-05-02 12:00 Hall B")
        expect(asked).to_contain_text("Now: 2031-05-02 15:00 Hall A", timeout=10_000)
        assert desk.standing()["Opening"] == ("Hall A", "15:00", 60)


def test_a_session_that_has_ended_takes_nothing_away(desk: Desk, browser: Browser) -> None:
    password = desk.choose_password("organizer")
    with desk.browser(browser) as context:
        page = desk.open(context)
        context.clear_cookies()
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 205))
        again = page.get_by_role("dialog")
        expect(again).to_contain_text("Your session has ended")
        expect(block(page, "Tides")).to_be_visible()
        again.get_by_label("Email or phone").fill(email_of("organizer"))
        again.get_by_label("Password").fill(password)
        again.get_by_role("button", name="Sign in").click()
        expect(again).to_have_count(0)
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 205))
        spoken(page, "Dropped: Opening, Hall B, 11:15")
