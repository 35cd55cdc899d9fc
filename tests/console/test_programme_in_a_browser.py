"""An organizer works on the programme: cell by cell, many sessions at once, and one with everything that it has."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.console.desk import Desk, text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def open_programme(page: Page, desk: Desk, rest: str = "") -> None:
    """Open the programme, or what `rest` names within it."""
    page.goto(f"{desk.world.url}/console/editions/{desk.edition}/programme{rest}")


def open_session(page: Page, desk: Desk, name: str, rest: str = "") -> None:
    """Open the editor of a session."""
    open_programme(page, desk, f"/{desk.ids[name]}{rest}")
    page.get_by_role("heading", level=1, name=name).wait_for()


def session(desk: Desk, name: str) -> Any:
    """Return a session as the server holds it."""
    return desk.send("GET", f"/sessions/{desk.ids[name]}")


def cell(page: Page, desk: Desk, name: str, label: str) -> Locator:
    """Return a cell of a session's row, closed."""
    return page.locator(f"tr[data-row='{desk.ids[name]}'] button.cell[aria-label^='{label}']")


def make_person(desk: Desk, name: str, title: str = "") -> str:
    """Make a person, and return the id."""
    body = {"name": text(name), "owner_id": desk.world.organisation("society-a"), "title": text(title)}
    person: str = desk.send("POST", "/people", body)["id"]
    return person


def test_cells_are_edited_by_keys(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_programme(page, desk)
        cell(page, desk, "Opening", "Title (Chinese)").focus()
        page.keyboard.press("ArrowDown")
        expect(cell(page, desk, "Tides", "Title (Chinese)")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.type("潮汐")
        page.keyboard.press("Tab")
        expect(cell(page, desk, "Tides", "Title (English)")).to_be_focused()
        expect(cell(page, desk, "Tides", "Title (Chinese)")).to_have_text("潮汐")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.keyboard.type("75")
        page.keyboard.press("Enter")
        expect(cell(page, desk, "Tides", "Minutes")).to_have_text("75")
        expect(cell(page, desk, "Tides", "Minutes")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.type("5")
        page.keyboard.press("Escape")
        expect(cell(page, desk, "Tides", "Minutes")).to_have_text("75")
        page.keyboard.press("Enter")
        page.keyboard.type("0")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("at least 1")
        page.keyboard.press("Escape")
    now = session(desk, "Tides")
    assert (now["title"], now["duration_minutes"]) == ({"zh": "潮汐", "en": "Tides"}, 75)


def test_cells_are_edited_by_the_mouse(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_programme(page, desk)
        cell(page, desk, "Opening", "Status").click()
        page.get_by_label("Status", exact=True).nth(1).select_option("Confirmed")
        expect(cell(page, desk, "Opening", "Status")).to_have_text("Confirmed")
        cell(page, desk, "Opening", "Title (English)").click()
        page.get_by_label("Title (English)", exact=True).fill("Opening ceremony")
        page.get_by_role("heading", level=1).click()
        expect(cell(page, desk, "Opening", "Title (English)")).to_have_text("Opening ceremony")
    now = session(desk, "Opening")
    assert (now["status"], now["title"]["en"], now["version"]) == ("confirmed", "Opening ceremony", 3)


def test_a_cell_that_somebody_else_has_changed_waits_for_an_answer(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_programme(page, desk)
        cell(page, desk, "Tides", "Title (English)").click()
        desk.send("PATCH", f"/sessions/{desk.ids['Tides']}", {"title": {"zh": "", "en": "Theirs"}}, 1)
        field = page.get_by_label("Title (English)", exact=True)
        field.fill("Mine")
        field.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("it says “Theirs” now")
        expect(field).to_have_value("Mine")
        page.get_by_role("heading", level=1).click()
        assert session(desk, "Tides")["title"]["en"] == "Theirs"
        field.press("Enter")
        expect(cell(page, desk, "Tides", "Title (English)")).to_have_text("Mine")
    assert session(desk, "Tides")["title"] == {"zh": "", "en": "Mine"}


def test_many_are_changed_at_once_and_who_was_refused_is_told(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_programme(page, desk)
        for name in ("Opening", "Tides", "Currents"):
            page.get_by_label(f"Choose {name}").check()
        desk.send("PATCH", f"/sessions/{desk.ids['Tides']}", {"expected_attendance": 40}, 1)
        bulk = page.get_by_role("region", name="Change many at once")
        bulk.get_by_label("What to change").select_option("Open to")
        bulk.get_by_label("Change it to").select_option("Invited")
        bulk.get_by_role("button", name="Apply").click()
        expect(bulk).to_contain_text("2 changed, 1 refused")
        expect(bulk.locator("li")).to_contain_text("Tides Somebody else has just changed it")
        levels = {name: session(desk, name)["openness"] for name in desk.ids if not name.startswith("Hall")}
        assert levels == {"Opening": "invited", "Tides": "public", "Currents": "invited"}
        expect(page.get_by_label("Choose Tides")).to_be_checked()
        expect(page.get_by_label("Choose Opening")).not_to_be_checked()
        bulk.get_by_role("button", name="Apply").click()
        expect(bulk).to_contain_text("1 changed, 0 refused")
    now = session(desk, "Tides")
    assert (now["openness"], now["expected_attendance"]) == ("invited", 40)


def test_filters_and_columns_are_there_again_after_a_reload(desk: Desk, browser: Browser) -> None:
    desk.send("PATCH", f"/sessions/{desk.ids['Currents']}", {"title": {"zh": "", "en": "Currents"}, "tags": ["sea"]}, 1)
    with desk.browser(browser) as context:
        page = context.new_page()
        open_programme(page, desk)
        page.get_by_label("Missing translation").select_option("Chinese missing")
        rows = page.locator("tbody tr")
        expect(rows).to_have_count(1)
        page.get_by_role("button", name="Columns").click()
        page.get_by_role("checkbox", name="Tags").check()
        page.get_by_role("checkbox", name="Minutes").uncheck()
        page.keyboard.press("Escape")
        page.reload()
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("sea")
        expect(page.get_by_role("columnheader", name="Minutes")).to_have_count(0)
        expect(page.get_by_role("link", name="Download XLSX")).to_have_attribute("href", "/api/events/editions/"
            f"{desk.edition}/sessions?missing=zh&format=xlsx")  # fmt: skip
        page.get_by_label("Missing translation").select_option("")
        page.get_by_label("Search titles").fill("tid")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("Tides")


def test_tracks_are_made_ordered_and_given_to_sessions(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_programme(page, desk, "/tracks")
        for zh, en in (("能源", "Energy"), ("海洋", "Ocean")):
            page.get_by_role("button", name="New track").click()
            asked = page.get_by_role("dialog", name="New track")
            asked.get_by_label("Title (Chinese)").fill(zh)
            asked.get_by_label("Title (English)").fill(en)
            asked.get_by_label("Colour").fill("#1f6feb")
            asked.get_by_role("button", name="Save").click()
            expect(asked).to_have_count(0)
        page.get_by_role("button", name="Move up: Ocean").click()
        expect(page.locator("tbody tr").first).to_contain_text("Ocean")
        open_programme(page, desk)
        cell(page, desk, "Tides", "Track").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Track", exact=True).nth(1).select_option("Ocean")
        page.keyboard.press("Enter")
        expect(cell(page, desk, "Tides", "Track")).to_have_text("Ocean")
        open_programme(page, desk, "/tracks")
        page.get_by_role("link", name="Its sessions").first.click()
        expect(page.locator("tbody tr")).to_have_count(1)
    tracks = desk.send("GET", f"/editions/{desk.edition}/tracks")["items"]
    assert [(each["name"]["zh"], each["colour"]) for each in tracks] == [("海洋", "#1f6feb"), ("能源", "#1f6feb")]
    assert session(desk, "Tides")["track_id"] == tracks[0]["id"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_session_holds_both_languages_and_its_people_in_order(desk: Desk, browser: Browser, language: str) -> None:
    li, wang = make_person(desk, f"Li {desk.edition}", "Professor"), make_person(desk, f"Wang {desk.edition}")
    parts = [{"person_id": li, "role": "speaker"}, {"person_id": wang, "role": "chair"}]
    desk.send("PATCH", f"/sessions/{desk.ids['Tides']}", {"people": parts}, 1)
    abstract, missing, up, save, confirm, tags, embargo, saved = {
        "zh": (
            "摘要",
            "缺：摘要",
            f"上移：Wang {desk.edition}（中）",
            "保存",
            "确认出席：Wang",
            "标签（用逗号分隔）",
            "此前不公开",
            "已保存",
        ),
        "en": (
            "Abstract",
            "Missing: Abstract",
            f"Move up: Wang {desk.edition}",
            "Save",
            "Confirm: Wang",
            "Tags",
            "Not public",
            "Saved",
        ),
    }[language]
    in_zh, in_en = {"zh": ("（中文）", "（英文）"), "en": (" (Chinese)", " (English)")}[language]
    with desk.browser(browser, language) as context:
        page = context.new_page()
        open_session(page, desk, "Tides")
        page.get_by_label(f"{abstract}{in_zh}").fill("论潮汐。")
        expect(page.locator(".sides")).to_contain_text(missing)
        page.get_by_label(f"{abstract}{in_en}").fill("Of tides.")
        expect(page.locator(".sides")).not_to_contain_text(missing)
        page.get_by_label(tags).fill("海洋，tide")
        page.get_by_label(embargo).fill("2031-05-01T08:00")
        page.get_by_role("button", name=confirm).click()
        expect(page.get_by_role("button", name=confirm)).to_have_count(0)
        page.get_by_role("button", name=up).focus()
        page.keyboard.press("Alt+ArrowUp")
        expect(page.get_by_role("group").filter(has_text="Wang").first).to_be_visible()
        expect(page.locator(".taking-part").first).to_contain_text("Wang")
        with page.expect_response(lambda answer: answer.request.method == "PATCH"):
            page.get_by_role("button", name=save, exact=True).click()
        page.get_by_text(saved).last.wait_for()
    now = session(desk, "Tides")
    assert now["abstract"] == {"zh": "论潮汐。", "en": "Of tides."}
    assert (now["tags"], now["embargo_until"]) == (["海洋", "tide"], "2031-05-01T00:00:00Z")
    assert [(part["person_id"], part["role"], part["confirmed"]) for part in now["people"]] == [
        (wang, "chair", True),
        (li, "speaker", False),
    ]
    desk.send("PATCH", f"/people/{li}", {"title": text("Academician")}, 1)  # what was not printed otherwise follows
    assert session(desk, "Tides")["people"][1]["title"]["en"] == "Academician"


def test_a_stale_save_is_refused_and_keeps_what_was_typed(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_session(page, desk, "Currents")
        page.get_by_label("Abstract (English)").fill("Of currents.")
        desk.send("PATCH", f"/sessions/{desk.ids['Currents']}", {"subtitle": text("Theirs")}, 1)
        page.get_by_role("button", name="Save", exact=True).click()
        told = page.get_by_role("alert").filter(has_text="Somebody else has changed this")
        expect(told).to_contain_text("Subtitle Theirs（中） / Theirs")
        expect(page.get_by_label("Abstract (English)")).to_have_value("Of currents.")
        assert session(desk, "Currents")["abstract"]["en"] == ""
        page.get_by_role("link", name="People", exact=True).first.click()
        page.get_by_role("dialog").get_by_role("button", name="Stay").click()
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("Saved.", exact=True).wait_for()
    now = session(desk, "Currents")
    assert (now["abstract"]["en"], now["subtitle"]["en"]) == ("Of currents.", "Theirs")


def test_one_is_made_gone_on_from_by_keys_and_deleted(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        open_programme(page, desk)
        page.get_by_role("button", name="New session").click()
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".ant-form-item-explain-error")).not_to_have_count(0)
        page.get_by_label("Title (English)").fill("Closing")
        page.get_by_label("Kind").select_option("Ceremony")
        page.get_by_role("button", name="Save").click()
        page.get_by_role("heading", level=1, name="Closing").wait_for()
        made = page.url.rsplit("/", 1)[1]
        assert desk.send("GET", f"/sessions/{made}")["kind"] == "ceremony"
        expect(page.get_by_text("Not on the schedule yet")).to_be_visible()
        page.keyboard.press("Alt+PageUp")
        page.get_by_role("heading", level=1, name="Currents").wait_for()
        page.keyboard.press("Alt+PageDown")
        page.get_by_role("heading", level=1, name="Closing").wait_for()
        page.get_by_role("button", name="Remove: Closing").click()
        page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        page.get_by_role("heading", level=1, name="Programme").wait_for()
    listed = desk.send("GET", f"/editions/{desk.edition}/sessions")["items"]
    assert made not in [each["id"] for each in listed]
