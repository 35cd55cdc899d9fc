"""An administrator and the tree of organisations: walked by keys, changed with its past kept, filled from a workbook."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from shared.workbook import write_sheets
from tests.console.desk import Desk, text
from tests.console.forms import choose
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

HEADS = ("slug", "parent", "kind", "name_zh", "name_en", "uscc")
STORAGE, YOUNG, QUANTUM = (
    "Chinese Society for Advanced Energy Storage",
    "Young Scholars' Committee of the Chinese Society for Advanced Energy Storage",
    "Chinese Society for Quantum Information",
)


def held(world: World, ref: str, part: str = "") -> Any:
    """Return what the server holds of an organisation."""
    answer = world.client("administrator").get(f"/api/directory/organisations/{ref}{part}")
    assert answer.is_success, answer.text
    return answer.json()


def opened(world: World, slug: str, en: str) -> str:
    """Open a society below the root, and return its id."""
    body = {"slug": slug, "kind": "society", "name": text(en), "parent_id": world.organisation("hq")}
    answer = world.client("administrator").post("/api/directory/organisations", json=body)
    assert answer.is_success, answer.text
    return str(answer.json()["id"])


def ask(page: Page, deed: str) -> Locator:
    """Ask for a deed, and return the dialog that says what will happen."""
    page.get_by_role("button", name=deed, exact=True).click()
    dialog = page.get_by_role("dialog", name=deed)
    dialog.wait_for()
    return dialog


def test_the_tree_is_walked_by_keys_and_an_organisation_is_moved(desk: Desk, browser: Browser) -> None:
    world = desk.world
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{world.url}/console/organisations")
        page.get_by_role("treeitem").first.focus()
        page.keyboard.press("ArrowRight")
        focused = page.locator("[role=treeitem]:focus")
        while STORAGE not in focused.inner_text():
            page.keyboard.press("ArrowDown")
        expect(focused).to_have_attribute("aria-expanded", "false")
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("treeitem", name=YOUNG)).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(focused).to_contain_text(YOUNG)
        expect(focused).to_have_attribute("aria-level", "3")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(YOUNG)
        dialog = ask(page, "Move")
        expect(dialog).to_contain_text("with everything below it")
        choose(dialog, "New parent", QUANTUM)
        dialog.get_by_role("button", name="Move", exact=True).click()
        expect(page.get_by_role("navigation", name="Path")).to_contain_text(QUANTUM)
        expect(page.get_by_role("region", name="What was done")).to_contain_text("Organisation moved")
        before = (date.today() - timedelta(days=2)).isoformat()
        page.get_by_label("Path on a day").fill(before)
        expect(page.get_by_role("navigation", name="Path on a day")).to_contain_text(STORAGE)
    assert held(world, "society-a-branch")["parent_id"] == world.organisation("society-b")
    assert [state["parent_id"] for state in held(world, "society-a-branch", "/states")] == [
        world.organisation("society-a"),
        world.organisation("society-b"),
    ]


def test_a_new_name_keeps_the_old_one_and_another_change_in_between_is_told(desk: Desk, browser: Browser) -> None:
    world = desk.world
    opened(world, "optics", "Society of Optics")
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{world.url}/console/organisations/optics")
        dialog = ask(page, "Rename")
        dialog.get_by_label("New name (English)").fill("Society of Light")
        patch = {"name": text("Society of Optics, corrected")}
        changed = world.client("administrator").patch(
            "/api/directory/organisations/optics", json=patch, headers={"If-Match": '"v1"'}
        )
        assert changed.is_success
        dialog.get_by_role("button", name="Rename", exact=True).click()
        expect(dialog).to_contain_text("Somebody else has changed this")
        expect(dialog.get_by_label("New name (English)")).to_have_value("Society of Light")
        assert held(world, "optics")["name"] == text("Society of Optics, corrected")
        page.reload()
        dialog = ask(page, "Rename")
        dialog.get_by_label("New name (English)").fill("Society of Light")
        dialog.get_by_role("button", name="Rename", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Society of Light")
        expect(page.get_by_role("region", name="Other names")).to_contain_text("Society of Optics, corrected")
    former = held(world, "optics")["other_names"]
    assert [(name["kind"], name["name"]["en"]) for name in former] == [("former", "Society of Optics, corrected")]


def test_one_is_opened_where_its_fields_are_right_and_closed(desk: Desk, browser: Browser) -> None:
    world = desk.world
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{world.url}/console/organisations/society-b")
        page.get_by_role("link", name="New organisation below").click()
        page.get_by_label("Name (Chinese)").fill("声学学会")
        page.get_by_label("Slug").fill("acoustics")
        page.get_by_label("Unified social credit code").fill("91110000600037341X")
        page.get_by_role("button", name="Open it").click()
        expect(page.locator(".ant-form-item-explain-error")).to_contain_text("check digits")
        page.get_by_label("Unified social credit code").fill("91110000600037341L")
        page.get_by_role("button", name="Open it").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("声学学会")
        assert held(world, "acoustics")["parent_id"] == world.organisation("society-b")
        dialog = ask(page, "Close")
        expect(dialog).to_contain_text("This cannot be undone")
        dialog.get_by_role("button", name="Close", exact=True).last.click()
        expect(page.locator(".heads .ant-tag")).to_have_text("Closed")
        page.goto(f"{world.url}/console/organisations?status=closed")
        expect(page.get_by_role("row", name="声学学会")).to_contain_text(QUANTUM)
    assert held(world, "acoustics")["status"] == "closed"


def test_a_workbook_is_tried_and_then_taken(desk: Desk, browser: Browser, tmp_path: Path) -> None:
    world = desk.world
    good = ("chemistry", "headquarters", "society", "化学学会", "Society of Chemistry", "")
    wrong, right = tmp_path / "wrong.xlsx", tmp_path / "right.xlsx"
    wrong.write_bytes(write_sheets({"One": (HEADS, [good, ("physics", "nowhere", "club", "物理学会", "", "123")])}))
    right.write_bytes(write_sheets({"One": (HEADS, [good])}))
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{world.url}/console/organisations/import")
        page.locator("input[type=file]").set_input_files(wrong)
        problems = page.get_by_role("region", name="Problems")
        expect(problems.get_by_role("row", name="C3")).to_contain_text("is not one of the values there are")
        expect(problems.get_by_role("row", name="F3")).to_contain_text("credit code")
        expect(page.get_by_role("button", name="Take it")).to_have_count(0)
        page.locator("input[type=file]").set_input_files(right)
        expect(page.get_by_role("region", name="Changes")).to_contain_text("Society of Chemistry")
        assert world.client("administrator").get("/api/directory/organisations/chemistry").status_code == 404
        page.get_by_role("button", name="Take it").click()
        expect(page.get_by_text("Done: 1 opened, 0 changed, 0 unchanged.")).to_be_visible()
    assert held(world, "chemistry")["name"] == {"zh": "化学学会", "en": "Society of Chemistry"}


def test_who_administers_nothing_reads_alone(desk: Desk, browser: Browser) -> None:
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/organisations/society-a")
        page.locator(".change").first.wait_for()
        expect(page.locator(".acts")).to_have_count(0)
        expect(page.get_by_role("link", name="New organisation below")).to_have_count(0)
