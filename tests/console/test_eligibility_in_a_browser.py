"""Rules of eligibility in the console: written with completion, read in words, tried on candidates, amended."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.console.awards_desk import make_office
from tests.console.desk import Desk
from tests.console.forms import fill, press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

EDITOR = "Rules (JSON)"
RULE = """{
  "rules": [
    {
      "key": "age",
      "clause": { "zh": "1990年及以后出生。", "en": "Born in 1990 or later." },
      "authority": { "document": { "zh": "办法", "en": "Rules" } },
      "requires": { "test": "born", "on_or_after": "1990-01-01" }
    }
  ]
}"""


def test_rules_are_read_in_words_and_tried_while_they_are_written(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition)
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/programmes/{office.programme}/rules")
        editor = page.get_by_role("textbox", name=EDITOR)
        editor.fill(RULE)
        words = page.get_by_role("region", name="In plain words")
        expect(words.locator("tbody tr")).to_have_count(1)
        words.get_by_text("1990年1月1日").wait_for()
        words.get_by_text("1 January 1990").wait_for()
        press(page, "Add a candidate")
        fill(page, **{"date of birth": "1989-12-31"})
        rule = page.locator("[data-rule=age]")
        rule.get_by_text("Not eligible").wait_for()
        rule.get_by_text("What would satisfy it").wait_for()
        fill(page, **{"date of birth": ""})
        rule.get_by_text("Not known: date of birth").wait_for()
        fill(page, **{"date of birth": "1990-01-01"})
        rule.locator(".mark-of.fine", has_text="Eligible").first.wait_for()
        press(page, "Save")
        page.get_by_text("Saved.").wait_for()
    held = office.send("GET", f"/programmes/{office.programme}/eligibility")["rules"]
    assert [rule["key"] for rule in held["rules"]] == ["age"]


def type_in(page: Page, before: str, text: str, after: str) -> None:
    """Put the cursor between two texts, and type."""
    editor = page.get_by_role("textbox", name=EDITOR)
    editor.fill(before + after)
    editor.evaluate("(each, at) => each.setSelectionRange(at, at)", len(before))
    page.keyboard.type(text)


def test_what_fits_is_offered_and_what_is_wrong_leads_to_its_line(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition)
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/programmes/{office.programme}/rules")
        editor = page.get_by_role("textbox", name=EDITOR)
        before, after = RULE.split('"on_or_after": "1990-01-01"')
        type_in(page, before, '"', after)
        offered = page.get_by_role("listbox", name="What fits here").get_by_role("option")
        offered.first.wait_for()
        assert {"on_or_after", "on_or_before"} == set(offered.locator("code").all_inner_texts())
        page.keyboard.type("before")
        page.keyboard.press("Enter")
        page.keyboard.type('"1990-13-01"')
        press(page, "Line 7")
        expect(editor).to_be_focused()
        editor.fill("{")
        page.get_by_text("It is no valid JSON").wait_for()
        page.once("dialog", lambda dialog: dialog.accept())


def test_rules_of_an_open_cycle_are_amended(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition)
    slug = office.cycle("ruled", opened=True)
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/cycles/{slug}/rules")
        page.get_by_role("textbox", name=EDITOR).fill(RULE)
        fill(page, Reason="A mistake in the year")
        fill(page, **{"What is told (Chinese)": "更正出生年份。"})
        press(page, "Amend the rules")
        page.get_by_text("Saved.").wait_for()
    held = office.send("GET", f"/cycles/{slug}/eligibility")
    assert (held["number"], [rule["key"] for rule in held["rules"]["rules"]]) == (2, ["age"])
