"""The award office at the console: nominations are checked by two persons, returned alone and together, and the list is published."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.awards.nominating import IDENTITY
from tests.console.awards_desk import Office, make_office
from tests.console.desk import Desk
from tests.console.forms import fill, press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def standing(office: Office, slug: str) -> dict[str, str]:
    """Return where each nomination stands that was handed in, by name."""
    rows = office.send("GET", f"/cycles/{slug}/checks", role="award_officer")["items"]
    return {row["name"]: row["standing"] for row in rows}


def give(page: Page, outcome: str) -> None:
    """Say what becomes of the nomination that is open, and wait until it is said."""
    page.get_by_role("radio", name=outcome, exact=True).check()
    press(page, "Give the opinion")
    page.get_by_text("It is said.").wait_for()


def open_from_queue(page: Page, office: Office, slug: str, name: str) -> None:
    """Open a nomination from the queue."""
    page.goto(f"{office.console}/cycles/{slug}/checks?sort=name")
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", level=1, name=name).wait_for()


def test_two_officers_check_what_was_handed_in_and_its_list_is_published(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition, small=True)
    slug = office.cycle("checked", opened=True)
    office.allocate(slug, "society-a", 6)
    names = ("An Ning", "Bai Yu", "Chen Si", "Ding Yi")
    ids = {name: office.hand_in(slug, name=name) for name in names}
    with desk.browser(browser, role="award_officer") as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/")
        page.locator(".needs > li", has_text="checked cycle").locator("[data-figure=waiting] a").click()
        page.wait_for_url(f"**/cycles/{slug}/checks**")  # home shows such figures, too
        expect(page.locator("[data-figure=waiting] b")).to_have_text("4")
        return_one(page, office, slug, ids["An Ning"])
        page.keyboard.press("j")
        page.get_by_role("heading", level=1, name="Bai Yu").wait_for()
        give(page, "Pass")
        page.get_by_text("another person has to give the second").wait_for()
        return_together(page, office, slug, ("Chen Si", "Ding Yi"))
    assert standing(office, slug) == {
        "An Ning": "returned", "Bai Yu": "second", "Chen Si": "returned", "Ding Yi": "returned",
    }  # fmt: skip
    for name in ("Chen Si", "Ding Yi"):
        path = f"/nominations/{ids[name]}"
        version = office.send("GET", path, role="nominator")["version"]
        office.send("POST", f"{path}/withdraw", {"reason": "Not this year"}, version, "nominator")
    office.submit(ids["An Ning"])
    with desk.browser(browser, role="administrator") as context:
        page = context.new_page()
        open_from_queue(page, office, slug, "Bai Yu")
        page.get_by_role("region", name="Opinion").get_by_text("Cheng Ruochuan").wait_for()
        give(page, "Pass")
        open_from_queue(page, office, slug, "An Ning")
        give(page, "Pass")
    assert standing(office, slug) == {"An Ning": "second", "Bai Yu": "passed"}
    with desk.browser(browser, role="award_officer") as context:
        page = context.new_page()
        page.goto(f"{office.console}/cycles/{slug}/list")
        page.get_by_text("1 are not decided yet").wait_for()
        open_from_queue(page, office, slug, "An Ning")
        give(page, "Pass")
        publish(page, office, slug)
    (made,) = office.send("GET", f"/cycles/{slug}/lists")["items"]
    assert [line["name"] for line in made["lines"]] == ["An Ning", "Bai Yu"]
    assert (made["days"], made["counted"], made["contact"]["en"]) == (7, "calendar", "The award office")


def test_a_list_keeps_the_objection_window_that_the_cycle_announced(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition, small=True)
    path = f"/programmes/{office.programme}"
    window = {"objection_window": {"days": 9, "counted": "working"}}
    office.send("PATCH", f"{path}/definition", window, office.version(path))
    slug = office.cycle("announced", opened=True)
    office.allocate(slug, "society-a", 1)
    nomination = office.hand_in(slug, name="Bai Yu")
    for role in ("award_officer", "administrator"):
        office.say(nomination, "pass", role)
    with desk.browser(browser, role="award_officer") as context:
        page = context.new_page()
        page.goto(f"{office.console}/cycles/{slug}/list")
        press(page, "Publish the list")
        dialog = page.get_by_role("dialog")
        dialog.get_by_text("Objections, as the cycle announced: 9 working days.").wait_for()
        expect(dialog.get_by_label("Days for objections")).to_have_count(0)
        fill(dialog, **{"Where objections go (English)": "The award office"})
        dialog.locator("form button[type=submit]").click()
        page.get_by_role("heading", name="Published (no. 1)").wait_for()
    (made,) = office.send("GET", f"/cycles/{slug}/lists")["items"]
    assert (made["days"], made["counted"]) == (9, "working")


def return_one(page: Page, office: Office, slug: str, nomination: str) -> None:
    """Take a nomination in hand, see its identity number, remark on a field, and return it."""
    page.goto(f"{office.console}/cycles/{slug}/checks?sort=name")
    page.get_by_role("link", name="An Ning", exact=True).click()
    press(page, "Take it")
    page.get_by_role("button", name="Put it back").wait_for()
    looks = page.get_by_role("region", name="Looks the same")
    expect(looks.get_by_text("same identity number")).to_have_count(3)
    assert IDENTITY not in page.content()
    press(page, "Show it whole: Identity number")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Show it whole").click()
    dialog.get_by_text("This is needed").wait_for()
    dialog.get_by_role("textbox", name="Why").fill("Held against the card")
    dialog.get_by_role("button", name="Show it whole").click()
    page.get_by_text(IDENTITY).wait_for()
    press(page, "Remark on: Story")
    page.get_by_role("textbox", name="Remark on: Story").fill("Say when")
    page.get_by_role("radio", name="Return for correction").check()
    press(page, "Give the opinion")
    page.get_by_text("This is needed").wait_for()
    page.get_by_role("checkbox", name="the form is incomplete or wrong").check()
    fill(page, In_words="Please mend", Working_days_for_the_correction="3")
    press(page, "Give the opinion")
    page.get_by_text("It is said.").wait_for()
    (said,) = office.send("GET", f"/nominations/{nomination}/check", role="award_officer")["opinions"]
    given = [reason["key"] for reason in said["reasons"]]
    assert (said["effect"], given, said["words"]) == ("final", ["form"], "Please mend")
    assert said["remarks"] == [{"pointer": "/content/story", "words": "Say when"}]
    deeds = office.send("GET", f"/cycles/{slug}/history?limit=100", role="award_officer")
    assert {"check.taken", "identity.opened", "nomination.returned"} <= {deed["verb"] for deed in deeds}
    (opened,) = (deed for deed in deeds if deed["verb"] == "identity.opened")
    assert opened["change"]["reason"] == "Held against the card"


def return_together(page: Page, office: Office, slug: str, names: tuple[str, ...]) -> None:
    """Return several for one reason."""
    page.goto(f"{office.console}/cycles/{slug}/checks?standing=waiting")
    for name in names:
        page.locator("tr", has_text=name).get_by_role("checkbox").check()
    press(page, "Return the 2 chosen")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("checkbox", name="a paper is missing").check()
    fill(dialog, In_words="The pledge")
    dialog.locator("form button[type=submit]").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("[data-figure=returned] b")).to_have_text("3")


def publish(page: Page, office: Office, slug: str) -> None:
    """Publish the accepted list, and follow the way to its public page."""
    page.goto(f"{office.console}/cycles/{slug}/list")
    press(page, "Publish the list")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio", name="calendar days").check()
    fill(dialog, Days_for_objections="7")
    fill(dialog, **{"Where objections go (Chinese)": "评奖办公室", "Where objections go (English)": "The award office"})
    dialog.locator("form button[type=submit]").click()
    page.get_by_role("heading", name="Published (no. 1)").wait_for()
    page.get_by_role("link", name="Public page", exact=True).click()
    page.get_by_text("Bai Yu").first.wait_for()
    page.goto(f"{office.console}/cycles/{slug}/progress")
    expect(page.locator("[data-figure=listed] b")).to_have_text("2")
    page.locator("[data-figure=passed] a").click()
    expect(page.locator("tbody tr")).to_have_count(2)
