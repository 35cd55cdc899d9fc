"""What is done to a schedule while the server is away, or its answer gets lost, is made all the same, and once."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Route, expect

from tests.console.desk import NEXT, Desk, block, drag, make_desk, middle, spoken, spot
from tests.world import make_world, open_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def test_what_is_dropped_while_the_server_is_away_is_made_when_it_is_back(
    console: None, browser: Browser, world_template: Path, tmp_path: Path
) -> None:
    with make_world(world_template, tmp_path / "world") as world:
        desk = make_desk(world, "forum")
        context = browser.new_context(storage_state=desk.signed_in("en"), viewport={"width": 1440, "height": 900})
        page = desk.open(context)
        port = httpx.URL(world.url).port or 0
    drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 205))
    told = page.get_by_role("alert").filter(has_text="The server cannot be reached")
    expect(told).to_contain_text("1 change(s) are kept on this page")
    drag(page, middle(block(page, "Tides"), down=0.1), spot(page, 0, 245))
    expect(told).to_contain_text("2 change(s) are kept on this page")
    expect(block(page, "Opening")).to_contain_text("11:15–12:15")
    expect(block(page, "Tides")).to_contain_text("12:00–13:00")
    with open_world(tmp_path / "world", port) as again:
        spoken(page, "Dropped: Tides, Hall A, 12:00")
        expect(told).to_have_count(0)
        desk.world = again
        assert desk.standing() == {"Opening": ("Hall B", "11:15", 60), "Tides": ("Hall A", "12:00", 60)}
        page.locator(".live[data-heard=true]").wait_for()
        page.keyboard.press("Control+z")
        spoken(page, "Dropped: Tides, Hall B, 10:00")
        context.close()


def test_a_move_whose_answer_got_lost_counts_as_made(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        tries = list[int]()

        def lose(route: Route) -> None:
            answer = route.fetch()
            tries.append(answer.status)
            if len(tries) == 1:
                route.abort()
            else:
                route.fulfill(response=answer)

        page.route("**/schedule/moves", lose)
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 1, 205))
        spoken(page, "Dropped: Opening, Hall B, 11:15")
        assert tries == [200, 412]
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.unroute("**/schedule/moves")
        page.keyboard.press("Control+z")
        spoken(page, "Dropped: Opening, Hall A, 09:00")
        assert desk.standing()["Opening"] == ("Hall A", "09:00", 60)


def test_the_next_drop_does_not_wait_for_the_answer_to_the_last(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = desk.open(context)
        held = list[Route]()

        def hold_the_first(route: Route) -> None:
            if held:
                route.continue_()
            else:
                held.append(route)

        page.route("**/schedule/moves", hold_the_first)
        for name, minutes in (("Opening", 205), ("Tides", 305)):
            drag(page, middle(block(page, name), down=0.1), spot(page, 1, minutes))
        expect(block(page, "Opening")).to_contain_text("11:15")
        expect(block(page, "Tides")).to_contain_text("13:00")
        drag(page, middle(block(page, "Opening"), down=0.1), spot(page, 0, 245))
        expect(block(page, "Opening")).to_contain_text("12:00")
        held[0].continue_()
        spoken(page, "Dropped: Opening, Hall A, 12:00")
        assert desk.standing() == {"Opening": ("Hall A", "12:00", 60), "Tides": ("Hall B", "13:00", 60)}


@pytest.mark.parametrize("where", ["placed", "waiting"])
def test_an_address_names_a_session_to_be_brought_into_view(desk: Desk, browser: Browser, where: str) -> None:
    placed = {"room_id": desk.ids["Hall A"], "start_local": f"{NEXT}T17:00:00", "duration_minutes": 60}
    desk.send("PUT", f"/sessions/{desk.ids['Tides']}/placement", placed, 2)
    name = {"placed": "Tides", "waiting": "Currents"}[where]
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.address}?session={desk.ids[name]}")
        expect(block(page, name)).to_be_focused()
        expect(block(page, name)).to_be_in_viewport()
        page.get_by_role("link", name="Next release").click()
        page.wait_for_url("**/releases/next")
