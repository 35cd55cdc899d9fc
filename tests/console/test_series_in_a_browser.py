"""Series in the console: opened, found, changed, removed; the server holds what was entered."""

import pytest
from playwright.sync_api import Browser, expect

from tests.console.desk import Desk, text
from tests.console.forms import choose, fill, press, refusal_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]


def test_a_series_is_opened_and_a_taken_slug_is_said_at_its_field(desk: Desk, browser: Browser) -> None:
    taken, free = f"series-{desk.edition}", f"popular-science-{desk.edition}"
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/series/new")
        fill(page, Slug=taken)
        fill(page, **{"Name (Chinese)": "科普日", "Name (English)": "Popular Science Day"})
        choose(page, "Kind", "Theme day")
        press(page, "Add another name")
        names = page.get_by_role("group", name="Name 1")
        fill(names, **{"Name (Chinese)": "科普周", "From": "2020-01-01", "Until": "2024-12-31"})
        press(page, "Create the series")
        assert "is taken" in refusal_at(page, "Slug")
        expect(page.get_by_label("Slug", exact=True)).to_be_focused()
        expect(page.get_by_label("Name (English)", exact=True).first).to_have_value("Popular Science Day")
        fill(page, Slug=free)
        press(page, "Create the series")
        page.wait_for_url(f"**/series/{free}")
        page.get_by_role("heading", name="Popular Science Day", level=1).wait_for()
    held = desk.send("GET", f"/series/{free}")
    assert held["name"] == {"zh": "科普日", "en": "Popular Science Day"}
    assert (held["kind"], held["owner_id"]) == ("theme_day", desk.world.organisation("society-a"))
    alias = {"name": {"zh": "科普周", "en": ""}, "from_on": "2020-01-01", "until_on": "2024-12-31"}
    assert held["aliases"] == [alias]


def test_a_series_is_changed_and_only_what_was_changed_is_sent(desk: Desk, browser: Browser) -> None:
    slug = f"series-{desk.edition}"
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/series/{slug}")
        choose(page, "Held", "Every two years")
        flags = page.get_by_role("combobox", name="Flags")
        flags.fill("ten-brands")
        flags.press("Enter")
        press(page, "Add a document")
        fill(page, Number="科协发〔2025〕1号", Issued_on="2025-02-01")
        press(page, "Save")
        page.get_by_text("Saved.").wait_for()
        page.get_by_role("region", name="History").get_by_text("Every two years").wait_for()
    held = desk.send("GET", f"/series/{slug}")
    assert (held["cadence"], held["flags"], held["version"]) == ("biennial", ["ten-brands"], 2)
    assert held["documents"] == [
        {"code": "科协发〔2025〕1号", "title": {"zh": "", "en": ""}, "issued_on": "2025-02-01"}
    ]
    changed = desk.send("GET", f"/series/{slug}/history")[0]["change"]
    assert changed.keys() == {"cadence", "flags", "documents"}


def test_filters_stand_in_the_address_and_the_file_follows_them(desk: Desk, browser: Browser) -> None:
    owner = desk.world.organisation("society-a")
    salon = {"slug": f"salon-{desk.edition}", "kind": "salon", "name": text("Tea and Tides"), "owner_id": owner}
    desk.send("POST", "/series", salon)
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/series")
        fill(page, Search_series="tea and")
        choose(page, "Kind", "Salon")
        rows = page.locator("tbody tr")
        expect(rows).to_have_count(1)
        expect(rows.first).to_contain_text("Tea and Tides")
        page.reload()
        expect(rows).to_have_count(1)
        expect(page.get_by_label("Search series")).to_have_value("tea and")
        file = page.get_by_role("link", name="Download CSV").get_attribute("href") or ""
        answer = context.request.get(f"{desk.world.url}{file}").text()
        assert salon["slug"] in answer
        assert f"series-{desk.edition}" not in answer


def test_a_series_in_use_stays_and_another_is_removed(desk: Desk, browser: Browser) -> None:
    owner = desk.world.organisation("society-a")
    unused = f"unused-{desk.edition}"
    desk.send("POST", "/series", {"slug": unused, "kind": "salon", "name": text("Unused"), "owner_id": owner})
    with desk.browser(browser) as context:
        page = context.new_page()
        page.goto(f"{desk.world.url}/console/series/series-{desk.edition}")
        press(page, "Remove: Series")
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Remove").click()
        dialog.get_by_text("has editions, or series under it").wait_for()
        page.goto(f"{desk.world.url}/console/series/{unused}")
        press(page, "Remove: Unused")
        dialog.get_by_role("button", name="Remove").click()
        page.wait_for_url("**/console/series")
    assert desk.send("GET", f"/series/series-{desk.edition}")["version"] == 1
    assert desk.send("GET", "/series?q=Unused&limit=100")["items"] == []
