"""Programmes and cycles in the console: made, completed, opened, put off, amended; the server holds what was entered."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.console.awards_desk import FILLED, make_office
from tests.console.desk import Desk, text
from tests.console.forms import choose, confirm, fill, press, refusal_at
from tests.shared.looking import faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def test_a_programme_is_made_and_says_what_is_missing(desk: Desk, browser: Browser) -> None:
    slug = f"made-{desk.edition}"
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/awards/programmes/new")
        fill(page, Slug=slug)
        fill(page, **{"Name (Chinese)": "某某奖", "Name (English)": "Some Award"})
        choose(page, "Standing", "List")
        choose(page, "Verb", "nominate")
        press(page, "Create the programme")
        assert "may not be called an award" in refusal_at(page, "Name (Chinese)")
        choose(page, "Standing", "Registered society award")
        press(page, "Create the programme")
        page.wait_for_url(f"**/awards/programmes/{slug}")
        page.get_by_text("the number of its approval or registration").wait_for()
        page.get_by_role("link", name="Fill in: the number of its approval or registration").click()
        fill(page, **{"Number of approval or registration": "0299"})
        press(page, "Save")
        page.get_by_text("Saved.").wait_for()
    held = make_office(desk.world, f"read-{desk.edition}").send("GET", f"/programmes/{slug}")
    assert (held["standing"], held["verb"], held["basis"]["number"]) == ("registered", "nominate", "0299")
    assert "number" not in {gap["code"] for gap in held["missing"]}


def test_a_definition_is_changed_as_json_and_a_fault_leads_to_its_line(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition)
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/programmes/{office.programme}/definition")
        page.get_by_text("The form (32 fields)").click()
        page.get_by_role("region", name="About the candidate").get_by_text("Date of birth").wait_for()
        page.get_by_label("Which part", exact=True).select_option(label="Quotas")
        editor = page.get_by_role("textbox", name="Quotas")
        editor.fill('[\n  { "category": "young", "per_unit": -1 }\n]')
        press(page, "Save")
        page.get_by_role("button", name="Line 2").click()
        expect(editor).to_be_focused()
        editor.fill('[\n  { "category": "young", "per_unit": 7 }\n]')
        page.get_by_label("Which part", exact=True).select_option(label="Groups")
        page.get_by_text("Not saved yet: Quotas").wait_for()
        page.get_by_role("link", name="Basics").click()
        page.get_by_role("dialog").get_by_role("button", name="Stay").click()
        page.get_by_label("Which part", exact=True).select_option(label="Quotas")
        press(page, "Save")
        page.get_by_text("Saved.").wait_for()
    quotas = office.send("GET", f"/programmes/{office.programme}/definition")["quotas"]
    assert quotas == [{"category": "young", "total": None, "per_unit": 7}]


def test_a_cycle_is_prepared_dated_opened_and_put_off(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition)
    slug = f"eleventh-{desk.edition}"
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/programmes/{office.programme}")
        page.get_by_role("link", name="New cycle").click()
        fill(page, Slug=slug, Number="11")
        fill(page, **{"Name (English)": "The eleventh"})
        press(page, "Create it")
        page.wait_for_url(f"**/awards/cycles/{slug}")
        confirm(page, "Open the call")
        page.get_by_role("dialog").get_by_text("needs a time to the minute").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Stages and extensions").click()
        soon = datetime.now() + timedelta(days=9)
        for days, stage in enumerate(
            ("Deadline at nominating units", "Submission deadline", "Deadline for corrections")
        ):
            press(page, f"Change: {stage}")
            dialog = page.get_by_role("dialog")
            fill(dialog, **{"From, or deadline": (soon + timedelta(days=days)).strftime("%Y-%m-%dT17:00")})
            dialog.get_by_role("button", name="Save").click()
            expect(dialog).to_have_count(0)
        page.get_by_role("link", name="Overview").click()
        confirm(page, "Open the call")
        page.get_by_role("timer").first.wait_for()
        page.get_by_role("link", name="Stages and extensions").click()
        press(page, "Put off: Submission deadline")
        dialog = page.get_by_role("dialog")
        later = (soon + timedelta(days=4)).strftime("%Y-%m-%dT12:30")
        dialog.get_by_label("New deadline").fill(later)
        fill(dialog, Reason="A holiday")
        dialog.get_by_role("button", name="Put off").click()
        page.get_by_role("region", name="Extensions").get_by_text("A holiday").wait_for()
    held = office.send("GET", f"/cycles/{slug}")
    assert (held["state"], held["number"]) == ("open", 11)
    assert office.stage(slug, "submission_deadline")["at_local"] == f"{later}:00"


def test_an_open_cycle_is_amended_with_a_day_and_a_reason(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition)
    slug = office.cycle("amended", opened=True)
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/cycles/{slug}/definition")
        page.get_by_label("Which part", exact=True).select_option(label="Unit's own notice (working days)")
        page.get_by_role("textbox", name="Unit's own notice (working days)").fill("7")
        press(page, "Save")
        page.get_by_text("This is needed").first.wait_for()
        fill(page, Reason="The new rules of notices")
        fill(page, **{"What is told (English)": "Notices last seven working days."})
        press(page, "Save")
        page.get_by_role("region", name="Amendments").get_by_text("The new rules of notices").wait_for()
    assert office.send("GET", f"/cycles/{slug}/definition")["unit_notice_days"] == 7
    assert office.send("GET", f"/cycles/{slug}/amendments")["items"][0]["reason"] == "The new rules of notices"


def test_a_stranger_sees_what_is_announced_and_changes_nothing(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition)
    slug = office.cycle("seen", opened=True)
    draft = office.cycle("hidden")
    with desk.browser(browser, role="member") as context:
        page = context.new_page()
        page.goto(f"{office.console}/cycles/{slug}")
        page.get_by_role("timer").first.wait_for()
        expect(page.get_by_role("button", name="Close the call")).to_have_count(0)
        expect(page.get_by_role("link", name="Quotas and codes")).to_have_count(0)
        page.get_by_role("link", name="Eligibility").click()
        page.get_by_text("1992").first.wait_for()
        expect(page.get_by_role("textbox")).to_have_count(0)
        page.goto(f"{office.console}/cycles/{draft}")
        page.locator(".ant-alert").wait_for()
        page.goto(f"{office.console}/programmes/{office.programme}")
        page.get_by_role("heading", level=1, name=text(f"Young talent {desk.edition}")["en"]).wait_for()
        expect(page.get_by_role("link", name="New cycle")).to_have_count(0)


def test_a_deadline_is_put_off_for_one_nomination_found_by_name_or_by_its_address(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition, small=True)
    slug = office.cycle("late", opened=True)
    office.allocate(slug, "society-a", 2)
    handed_in, draft = office.nomination(slug, **FILLED), office.nomination(slug, name="A draft")
    office.consent(handed_in)
    path = f"/nominations/{handed_in}"
    version = office.send("GET", path, role="nominator")["version"]
    number = office.send("POST", f"{path}/submission", version=version, role="nominator")["receipt"]["number"]
    until = (datetime.now() + timedelta(days=35)).strftime("%Y-%m-%dT12:30")
    with desk.browser(browser, role="award_officer") as context:
        page = context.new_page()
        page.goto(f"{office.console}/cycles/{slug}/dates")
        for words, option in (
            (number, f"{FILLED['name']} · {number}"),
            (f"{office.console}/nominations/{draft}", draft),
        ):
            press(page, "Put off: Submission deadline")
            dialog = page.get_by_role("dialog")
            dialog.get_by_label("New deadline").fill(until)
            dialog.get_by_label("One nomination").check()
            choose(dialog, "Nominating unit", "Chinese Society for Advanced Energy Storage")
            choose(dialog, "Nomination", option, words)
            fill(dialog, Reason="Illness")
            dialog.locator("form button[type=submit]").click()
            expect(dialog).to_have_count(0)
    told = office.send("GET", f"/cycles/{slug}/extensions")["items"]
    assert {each["nomination_id"] for each in told} == {handed_in, draft}


def test_a_rehearsal_is_filled_with_samples_that_stand_on_every_step(desk: Desk, browser: Browser, axe: Path) -> None:
    office = make_office(desk.world, desk.edition)
    rehearsal = office.send("POST", f"/cycles/{office.cycle('sampled', opened=True)}/rehearsals")["slug"]
    path = f"/cycles/{rehearsal}"
    with desk.browser(browser, "zh", role="administrator") as context:
        page = context.new_page()
        page.goto(f"{office.console}{path}")
        page.get_by_text("启动征集后，可在此生成示例推荐材料。").wait_for()
        office.send("POST", f"{path}/open", version=office.version(path))
        page.reload()
        press(page, "生成示例材料")
        fill(page, **{"每个类别、每个步骤的份数": "11"})
        page.get_by_role("dialog").get_by_role("button", name="生成示例材料").click()
        refusal_at(page, "每个类别、每个步骤的份数")
        fill(page, **{"每个类别、每个步骤的份数": "1"})
        page.get_by_role("dialog").get_by_role("button", name="生成示例材料").click()
        page.get_by_text("已生成 8 份示例材料").wait_for()
        assert list(faults(page, axe)) == []
    rows = office.send("GET", f"/nominations?cycle={rehearsal}")["items"]
    states = ["draft", "draft", "passed", "rejected", "returned", "submitted", "submitted", "withdrawn"]
    assert sorted(row["state"] for row in rows) == states
