"""An organizer keeps people: who they are, what they agreed to, and when they can attend."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.desk import DAY, Desk, text

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def goto(page: Page, desk: Desk, path: str) -> None:
    """Open a screen of the console."""
    page.goto(f"{desk.world.url}/console{path}")


def make_person(desk: Desk, name: str, **parts: str) -> str:
    """Make a person with roles in sessions, by name of these; return the id."""
    body = {"name": text(name), "owner_id": desk.world.organisation("society-a"), "email": "who@example.org"}
    person: str = desk.send("POST", "/people", body)["id"]
    for session, role in parts.items():
        version = desk.send("GET", f"/sessions/{desk.ids[session]}")["version"]
        desk.send("PATCH", f"/sessions/{desk.ids[session]}", {"people": [{"person_id": person, "role": role}]}, version)
    return person


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_person_is_made_found_and_changed(desk: Desk, browser: Browser, language: str) -> None:
    surname = {"zh": "Ouyang", "en": "Sima"}[language]
    zh, en, save, search, email = {
        "zh": ("姓名（中文）", "姓名（英文）", "保存", "搜索姓名或单位", "邮箱"),
        "en": ("Name (Chinese)", "Name (English)", "Save", "Search by name or affiliation", "Email"),
    }[language]
    with desk.browser(browser, language) as context:
        page = context.new_page()
        goto(page, desk, "/people/new")
        page.get_by_label(zh).fill("欧阳静")
        page.get_by_label(en).fill(f"{surname} Jing")
        page.get_by_label(email).fill("not an address")
        page.get_by_role("button", name=save).click()
        expect(page.locator(".ant-form-item-explain-error")).to_have_count(1)
        expect(page.get_by_label(email)).to_be_focused()
        page.get_by_label(email).fill("jing@example.org")
        page.get_by_role("button", name=save).click()
        page.get_by_role("heading", level=1, name={"zh": "欧阳静", "en": f"{surname} Jing"}[language]).wait_for()
        person = page.url.rsplit("/", 1)[1]
        goto(page, desk, "/people")
        page.get_by_label(search).fill(surname)
        page.locator(f"a[href$='{person}']").click()
        page.get_by_label({"zh": "职务职称（英文）", "en": "Title (English)"}[language]).fill("Professor")
        page.get_by_role("button", name=save).click()
        page.get_by_text({"zh": "已保存", "en": "Saved."}[language]).wait_for()
    now = desk.send("GET", f"/people/{person}")
    assert (now["name"]["zh"], now["title"]["en"], now["email"]) == ("欧阳静", "Professor", "jing@example.org")
    assert now["owner_id"] == desk.world.organisation("society-a")  # for which the organizer works


def test_who_has_not_agreed_is_found_and_confirmed_and_their_times_are_set(desk: Desk, browser: Browser) -> None:
    person = make_person(desk, "Gao Lan", Opening="chair", Tides="speaker")
    make_person(desk, "Shi Min", Currents="panelist")
    with desk.browser(browser) as context:
        page = context.new_page()
        goto(page, desk, f"/editions/{desk.edition}/people?role=chair&open=yes")
        rows = page.locator("tbody tr")
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text("2 not confirmed")
        page.get_by_role("link", name="Gao Lan").click()
        page.get_by_role("button", name="Confirm: Tides").click()
        expect(page.locator(".cards li", has_text="Tides")).to_contain_text("Confirmed")
        page.get_by_role("button", name="Add a stretch of time").click()
        page.get_by_label("Stretch 1: from").fill(f"{DAY}T12:00")
        page.get_by_label("Stretch 1: until").fill(f"{DAY}T10:00")
        page.get_by_role("button", name="Save times").click()
        expect(page.get_by_role("alert").first).to_contain_text("no stretch of time")
        page.get_by_label("Stretch 1: until").fill(f"{DAY}T18:00")
        page.get_by_role("button", name="Save times").click()
        page.get_by_text("Saved.", exact=True).wait_for()
    windows = [{"start_local": f"{DAY}T12:00:00", "end_local": f"{DAY}T18:00:00"}]
    assert desk.send("GET", f"/editions/{desk.edition}/people/{person}/windows") == windows
    parts = desk.send("GET", f"/people/{person}/sessions")
    assert {each["role"]: each["confirmed"] for each in parts} == {"chair": False, "speaker": True}
    kinds = {each["kind"] for each in desk.send("GET", f"/editions/{desk.edition}/conflicts")["kinds"]}
    assert "person_unavailable" in kinds


def test_whoever_has_a_part_is_not_removed_and_why_is_said(desk: Desk, browser: Browser) -> None:
    person = make_person(desk, "Tang Yu", Opening="speaker")
    with desk.browser(browser) as context:
        page = context.new_page()
        goto(page, desk, f"/people/{person}")
        page.get_by_role("link", name="Opening").wait_for()
        page.get_by_role("button", name="Remove: Tang Yu").click()
        asked = page.get_by_role("dialog")
        asked.get_by_role("button", name="Remove").click()
        expect(asked).to_contain_text("still has parts in sessions")
        desk.send("PATCH", f"/sessions/{desk.ids['Opening']}", {"people": []}, 2)
        asked.get_by_role("button", name="Remove").click()
        page.get_by_role("heading", level=1, name="People").wait_for()
    assert desk.send("GET", "/people?q=Tang")["items"] == []
