"""The day itself, by phone: a room is put off, another taken, a session cancelled; undone, or released at once."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from shared.text import LANGUAGES
from tests.console.desk import DAY, SESSIONS, Desk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

NOW = f"{DAY}T09:20:00+08:00"
FINGER = 40
"""Pixels that anything to be touched is high, at least."""


@contextmanager
def phone(desk: Desk, browser: Browser, language: str = "en") -> Iterator[Page]:
    """Open the screen on a phone while the first session is on."""
    context = browser.new_context(
        storage_state=desk.signed_in(language), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    page.goto(f"{desk.world.url}/console/editions/{desk.edition}/today")
    page.locator(".room-card").first.wait_for()
    yield page
    context.close()


def release_all(desk: Desk) -> None:
    """Confirm all sessions, and release them as they stand."""
    for name in SESSIONS:
        desk.send("PATCH", f"/sessions/{desk.ids[name]}", {"status": "confirmed"}, 1)
    desk.send("POST", f"/editions/{desk.edition}/releases", {})


def room(page: Page, name: str) -> Locator:
    """Return the card of a room."""
    return page.locator(f".room-card[aria-label^='{name}']")


def public(desk: Desk) -> str:
    """Return the public page of the edition, as a stranger reads it."""
    address = f"{desk.world.url}/en/events/series-{desk.edition}/{desk.edition}"
    return httpx.get(address, follow_redirects=True).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_delay_and_another_room_are_released_at_once(desk: Desk, browser: Browser, language: str) -> None:
    delay, change, minutes, told, release, at_once, released = {
        "en": (
            "Delay",
            "Change room",
            "15 min",
            "Hall B: 15 min later from 10:00",
            "Release",
            "Release now",
            "Released",
        ),
        "zh": ("推迟", "换会议室", "15 分钟", "Hall B（中）：自 10:00 起推迟 15 分钟", "发布", "立即发布", "已发布"),
    }[language]
    release_all(desk)
    with phone(desk, browser, language) as page:
        expect(room(page, "Hall A").locator("[data-on=true]")).to_contain_text("09:00–10:00 Opening")
        room(page, "Hall B").get_by_role("button", name=delay).tap()
        asked = page.get_by_role("dialog")
        asked.get_by_text(minutes, exact=True).tap()
        asked.get_by_role("button", name=delay, exact=True).tap()
        expect(page.locator(".deeds-done")).to_contain_text(told)
        expect(room(page, "Hall B")).to_contain_text("10:15–11:15")
        room(page, "Hall B").get_by_role("button", name=change).tap()
        page.get_by_role("dialog").get_by_role("button", name=change, exact=True).tap()
        expect(room(page, "Hall A")).to_contain_text("10:15–11:15")
        assert desk.standing()["Tides"] == ("Hall A", "10:15", 60)
        bar = page.locator(".release-bar")
        bar.get_by_role("button", name=release).tap()
        page.get_by_role("dialog").get_by_role("button", name=at_once).tap()
        expect(bar).to_contain_text(released)
    newest = desk.send("GET", f"/editions/{desk.edition}/releases")[0]
    assert (newest["number"], newest["counts"]["moved"]) == (2, 1)
    assert "10:15" in public(desk)


def test_what_was_done_is_taken_back_in_turn(desk: Desk, browser: Browser) -> None:
    release_all(desk)
    before = desk.standing()
    with phone(desk, browser) as page:
        card = room(page, "Hall A")
        card.get_by_role("button", name="Delay").tap()
        page.get_by_role("dialog").get_by_role("button", name="Delay", exact=True).tap()
        expect(card).to_contain_text("09:10–10:10")
        card.locator("summary").tap()
        card.get_by_role("button", name="Cancel session: Opening").tap()
        page.get_by_role("dialog").get_by_role("button", name="Cancel session").tap()
        expect(page.locator(".deeds-done li")).to_have_text(["Cancelled: Opening", "Hall A: 10 min later from 09:00 on (1 sessions)"])  # fmt: skip
        assert desk.send("GET", f"/sessions/{desk.ids['Opening']}")["status"] == "cancelled"
        page.get_by_role("button", name="Undo").tap()
        expect(page.locator(".deeds-done li")).to_have_count(1)
        assert desk.send("GET", f"/sessions/{desk.ids['Opening']}")["status"] == "confirmed"
        page.get_by_role("button", name="Undo").tap()
        expect(page.locator(".deeds-done")).to_contain_text("Taken back.")
        expect(card).to_contain_text("09:00–10:00")
        expect(page.locator(".release-bar")).to_contain_text("0 changes to release")
    assert desk.standing() == before


def test_what_somebody_has_changed_since_is_not_taken_back(desk: Desk, browser: Browser) -> None:
    with phone(desk, browser) as page:
        room(page, "Hall A").get_by_role("button", name="Delay").tap()
        page.get_by_role("dialog").get_by_role("button", name="Delay", exact=True).tap()
        expect(page.locator(".deeds-done li")).to_have_count(1)
        version = desk.send("GET", f"/sessions/{desk.ids['Opening']}/placement")["version"]
        desk.place("Opening", "Hall A", "14:00", version=version)
        page.get_by_role("button", name="Undo").tap()
        expect(page.locator(".deeds-done")).to_contain_text("Somebody has changed the same since")
    assert desk.standing()["Opening"][1] == "14:00"


def test_a_conflict_that_a_change_makes_is_told_and_forbids_its_release(desk: Desk, browser: Browser) -> None:
    release_all(desk)
    with phone(desk, browser) as page:
        card = room(page, "Hall A")
        card.get_by_role("button", name="Delay").tap()
        page.get_by_role("dialog").get_by_text("45 min", exact=True).tap()
        page.get_by_role("dialog").get_by_role("button", name="Delay", exact=True).tap()
        card.get_by_role("button", name="Change room").tap()
        page.get_by_role("dialog").get_by_role("button", name="Change room", exact=True).tap()
        expect(page.locator(".made")).to_contain_text("“Opening” and “Tides” are both in Hall B for 45 min.")
        page.locator(".release-bar").get_by_role("button", name="Release").tap()
        asked = page.get_by_role("dialog")
        expect(asked.locator(".blockers li")).to_have_count(1)
        expect(asked.get_by_role("button", name="Release now")).to_be_disabled()
    assert len(desk.send("GET", f"/editions/{desk.edition}/releases")) == 1


def test_everything_is_within_reach_of_a_finger(desk: Desk, browser: Browser) -> None:
    with phone(desk, browser) as page:
        page.locator("summary").first.tap()
        heights = [
            (each.inner_text(), box["height"])
            for each in page.locator(".today button, .today summary").all()
            if (box := each.bounding_box())
        ]
        assert [each for each in heights if 0 < each[1] < FINGER] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
