"""A programme file through the wizard: what is wrong with it, what it would do, applied, and taken back."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.text import LANGUAGES
from tests.console.desk import Desk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

MINUTE = 60_000
HEAD = "编号,标题,日期,时间,地点,报告人\n"
GOOD = HEAD + "a1,Waves,2031-05-02,09:00-10:00,Lab,Li Hua\na2,Sands,2031-05-02,10:00-11:00,Lab,Wang Wei\n"
BAD = HEAD + "a1,Waves,2031-05-02,25:00-26:00,Lab,Li Hua\na2,,2031-05-02,10:00-11:00,Lab,Wang Wei\n"


def counted(page: Page, part: str) -> list[str]:
    """Return the figures of a part: created, changed, not in the file, unchanged."""
    return page.locator(f"[data-found] [data-part={part}] td").all_inner_texts()


def choose(page: Page, data: str, name: str = "programme.csv") -> None:
    """Choose a file, as if it lay on the disk."""
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data.encode()}
    )


def pick(page: Page, label: str, option: str) -> None:
    """Choose an option of a field, found by typing."""
    field = page.get_by_label(label)
    field.click()
    field.fill(option)
    page.locator(".ant-select-item-option", has_text=option).first.click()


def sessions(desk: Desk, edition: str) -> Any:
    """Return how many sessions the server holds of an edition."""
    return desk.send("GET", f"/editions/{edition}/sessions?total=true&limit=1")["total"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_file_is_told_of_with_its_places_and_taken_once_mended(
    desk: Desk, browser: Browser, language: str
) -> None:
    look, apply, place, done = {
        "en": ("Look at it", "Apply", "Line 2, Cell D2", "Done: 2 sessions made"),
        "zh": ("核对文件", "导入", "第 2 行，单元格 D2", "导入完成：新增 2 个场次"),
    }[language]
    with desk.browser(browser, language) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/editions/{desk.edition}/import")
        choose(page, BAD)
        page.get_by_role("button", name=look).click()
        faults = page.locator("[data-faults] tbody tr")
        expect(faults).to_have_count(2)
        expect(faults.nth(0)).to_contain_text("25:00")
        expect(faults.nth(0)).to_contain_text(place)
        assert sessions(desk, desk.edition) == 3
        choose(page, GOOD)
        expect(faults).to_have_count(0)
        page.get_by_role("button", name=look).click()
        page.locator("[data-found]").wait_for()
        assert counted(page, "sessions")[0] == "2"
        assert sessions(desk, desk.edition) == 3, "looked at, nothing is changed"
        page.get_by_role("button", name=apply, exact=True).click()
        expect(page.locator("[data-done]")).to_contain_text(done)
    assert sessions(desk, desk.edition) == 5


def test_where_both_sides_changed_somebody_says_which_counts(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/editions/{desk.edition}/import")
        choose(page, GOOD)
        page.get_by_role("button", name="Look at it").click()
        page.get_by_role("button", name="Apply", exact=True).click()
        page.locator("[data-done]").wait_for()
        held = desk.send("GET", f"/editions/{desk.edition}/sessions")["items"]
        waves = next(each for each in held if "Waves" in each["title"].values())
        desk.send("PATCH", f"/sessions/{waves['id']}", {"title": {"zh": "Ours", "en": "Ours"}}, waves["version"])
        page.get_by_role("button", name="Another file").click()
        choose(page, GOOD.replace("Waves", "Theirs").replace("a2,", "a3,"))
        page.get_by_role("button", name="Look at it").click()
        found = page.locator("[data-found]")
        expect(found).to_contain_text("Changed on both sides")
        apply = page.get_by_role("button", name="Apply", exact=True)
        expect(apply).to_be_disabled()
        expect(found).to_contain_text("1 sessions are not in the file.")
        page.get_by_label("What is here").check()
        expect(apply).to_be_enabled()
        page.get_by_label("The file: its values").check()
        expect(apply).to_be_enabled()
        apply.click()
        page.locator("[data-done]").wait_for()
    held = desk.send("GET", f"/editions/{desk.edition}/sessions")["items"]
    now = {each["key"]: each for each in held}
    assert "Theirs" in now["a1"]["title"].values()
    assert (now["a2"]["status"], "a3" in now) == ("cancelled", True)


@pytest.mark.samples
def test_a_real_programme_makes_an_edition_and_is_taken_back(desk: Desk, browser: Browser) -> None:
    real = Path(os.environ["HUITANG_SAMPLES"]) / "fosdem2023.xml"
    with desk.browser(browser) as context:
        page = context.new_page()
        page.set_default_timeout(3 * MINUTE)
        expect.set_options(timeout=3 * MINUTE)
        page.goto(f"{desk.world.url}/console/import")
        page.locator("input[type=file]").set_input_files(real)
        expect(page.get_by_label("Address of the new edition")).to_have_value("fosdem2023")
        page.get_by_role("button", name="Look at it").click()
        expect(page.locator("[data-faults] tbody tr")).to_contain_text("The file names no time zone")
        pick(page, "Time zone", "Europe/Brussels")
        pick(page, "Its series", "Series")
        page.get_by_role("button", name="Look at it").click()
        page.locator("[data-found]").wait_for()
        figures = {part: counted(page, part)[0] for part in ("sessions", "rooms", "people")}
        assert figures == {"sessions": "780", "rooms": "35", "people": "787"}
        expect(page.locator("[data-found] [data-kind=room_overlap]")).to_contain_text("1")
        page.get_by_role("button", name="Apply", exact=True).click()
        expect(page.locator("progress")).to_be_visible()
        expect(page.locator("[data-done]")).to_contain_text("Done: 780 sessions made")
        assert sessions(desk, "fosdem2023") == 780
        page.get_by_role("link", name="To the schedule").click()
        page.locator(".block").first.wait_for()
        page.get_by_role("link", name="Import", exact=True).click()
        page.locator("input[type=file]").set_input_files(real)
        page.get_by_role("button", name="Look at it").click()
        expect(page.locator("[data-found]")).to_contain_text("All of it is here already")
        page.get_by_role("button", name="Undo").click()
        page.get_by_role("dialog").get_by_role("button", name="Undo").click()
        expect(page.locator("tbody", has_text="fosdem2023.xml")).to_contain_text("Undone")
        expect.set_options(timeout=5_000)
    assert sessions(desk, "fosdem2023") == 0
