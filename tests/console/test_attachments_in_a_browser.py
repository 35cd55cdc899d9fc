"""Papers of a nomination in the console: sent several at once, refused with words, replaced, pointed to; printed and sealed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.awards.nominating import CATEGORY
from tests.console.awards_desk import FILLED, Office, make_office
from tests.console.desk import Desk
from tests.console.forms import fill, press
from tests.shared.files import EXE, PDF, png

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

PAPERS: list[dict[str, Any]] = [
    {"key": "pledge", "name": {"zh": "诚信承诺书", "en": "Pledge"}, "formats": ["pdf"], "most_bytes": 300_000},
    {"key": "photo", "name": {"zh": "照片", "en": "Photo"}, "formats": ["jpg", "png"], "most": 2, "required": False},
    {"key": "letter", "name": {"zh": "推荐信", "en": "Letter"}, "required": False, "kept_from_candidate": True},
]


def begun(desk: Desk) -> tuple[Office, str]:
    """Open a call with a checklist, and begin a nomination; return the office and its id."""
    office = make_office(desk.world, desk.edition, small=True)
    path = f"/programmes/{office.programme}"
    categories = {"categories": [CATEGORY | {"attachments": PAPERS}]}
    office.send("PATCH", f"{path}/definition", categories, office.version(path))
    slug = office.cycle("papers", opened=True)
    office.allocate(slug, "society-a", 2)
    return office, office.nomination(slug, **FILLED)


def file(name: str, content: bytes) -> Any:
    """Make a file, as if it lay on the disk."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def item(page: Page, name: str) -> Locator:
    """Return what the checklist asks for by this name."""
    return page.get_by_role("group", name=name, exact=True)


def held(office: Office, nomination: str, query: str = "") -> list[tuple[str, str]]:
    """Return what the server holds, by key and name."""
    papers = office.send("GET", f"/nominations/{nomination}/attachments{query}", role="nominator")["items"]
    return [(each["key"], each["name"] or each["pointer"]["number"]) for each in papers]


def test_papers_are_sent_several_at_once_refused_at_the_file_replaced_and_taken_off(
    desk: Desk, browser: Browser
) -> None:
    office, nomination = begun(desk)
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations/{nomination}")
        pledge, photo = item(page, "Pledge"), item(page, "Photo")
        pledge.get_by_text("Formats: pdf · 292 KB each at most · 0 of 1 at most").wait_for()
        item(page, "Letter").get_by_text("Kept from the candidate").wait_for()
        files = [file("me.png", png()), file("setup.png", EXE), file("again.png", png()), file("third.png", png())]
        photo.locator("input[type=file]").set_input_files(files)
        expect(photo.locator("[data-paper]")).to_have_count(2)
        photo.get_by_role("alert").filter(has_text="setup.png").get_by_text("by its content this file is").wait_for()
        photo.get_by_role("alert").filter(has_text="third.png").get_by_text("takes 2 at most").wait_for()
        for name in ("setup.png", "third.png"):
            press(page, f"Leave it: {name}")
        pledge.locator("input[type=file]").set_input_files(file("huge.pdf", PDF + b" " * 300_000))
        pledge.get_by_text("292 KB are taken at most").wait_for()
        press(page, "Leave it: huge.pdf")
        pledge.locator("input[type=file]").set_input_files(file("pledge.pdf", PDF))
        pledge.get_by_role("link", name="Download: pledge.pdf").wait_for()
        page.get_by_label("Replace: pledge.pdf").set_input_files(file("signed.pdf", PDF))
        with page.expect_download() as asked:
            pledge.get_by_role("link", name="Download: signed.pdf").click()
        assert asked.value.suggested_filename == "signed.pdf"
        assert asked.value.path().read_bytes() == PDF
        confirm_removal(page, "again.png")
        expect(photo.locator("[data-paper]")).to_have_count(1)
        press(page, "Point to classified material: Letter")
        dialog = page.get_by_role("dialog")
        fill(dialog, Number="S-2026-1")
        fill(dialog, **{"Keeper (English)": "The archive"})
        dialog.locator("form button[type=submit]").click()
        item(page, "Letter").get_by_text("Classified material S-2026-1").wait_for()
    now = {("photo", "me.png"), ("pledge", "signed.pdf"), ("letter", "S-2026-1")}
    assert set(held(office, nomination)) == now
    assert set(held(office, nomination, "?all=true")) == now | {("photo", "again.png"), ("pledge", "pledge.pdf")}


def confirm_removal(page: Page, name: str) -> None:
    """Take a paper off, and confirm that."""
    press(page, f"Remove: {name}")
    page.get_by_role("dialog").get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_file_on_its_way_is_seen_cancelled_and_tried_again(desk: Desk, browser: Browser) -> None:
    office, nomination = begun(desk)
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations/{nomination}")
        pledge = item(page, "Pledge")
        pledge.locator("input[type=file]").wait_for()
        network = context.new_cdp_session(page)
        slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 20_000}
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", slow)
        pledge.locator("input[type=file]").set_input_files(file("slow.pdf", PDF + b" " * 250_000))
        pledge.get_by_role("progressbar", name="slow.pdf").wait_for()
        page.get_by_role("link", name="Cycles").click()
        page.get_by_role("dialog").get_by_role("button", name="Stay").click()
        press(page, "Cancel: slow.pdf")
        expect(pledge.get_by_role("progressbar")).to_have_count(0)
        assert held(office, nomination) == []
        network.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
        context.set_offline(True)
        pledge.locator("input[type=file]").set_input_files(file("cut.pdf", PDF))
        pledge.get_by_text("The connection broke off").wait_for()
        context.set_offline(False)
        press(page, "Try again: cut.pdf")
        pledge.get_by_role("link", name="Download: cut.pdf").wait_for()
    assert held(office, nomination) == [("pledge", "cut.pdf")]


def test_a_file_whose_answer_was_lost_is_sent_again_and_taken_once(desk: Desk, browser: Browser) -> None:
    office, nomination = begun(desk)
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations/{nomination}")
        photo = item(page, "Photo")
        photo.locator("input[type=file]").wait_for()
        network = context.new_cdp_session(page)

        def lose(answer: dict[str, Any]) -> None:
            network.send("Fetch.failRequest", {"requestId": answer["requestId"], "errorReason": "ConnectionReset"})
            network.send("Fetch.disable")

        network.once("Fetch.requestPaused", lose)
        sent = {"urlPattern": "*/attachments?*", "requestStage": "Response"}
        network.send("Fetch.enable", {"patterns": [sent]})
        photo.locator("input[type=file]").set_input_files(file("one.png", png()))
        photo.get_by_text("The connection broke off").wait_for()
        assert held(office, nomination) == [("photo", "one.png")]
        press(page, "Try again: one.png")
        photo.get_by_role("link", name="Download: one.png").wait_for()
    assert held(office, nomination) == [("photo", "one.png")]


def test_a_nomination_is_printed_sealed_and_its_scan_is_tied_to_what_it_says(desk: Desk, browser: Browser) -> None:
    office, nomination = begun(desk)
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations/{nomination}")
        for button in ("Nomination as PDF (Chinese)", "Nomination as PDF (English)", "Seal page (Chinese)"):
            with page.expect_download() as asked:
                press(page, button)
            assert asked.value.path().read_bytes().startswith(b"%PDF"), button
        seal = page.locator("[id='at/seal']")
        seal.locator("input[type=file]").set_input_files(file("sealed.pdf", PDF))
        seal.get_by_label("Check code").fill("0000-0000-0000")
        press(page, "Send the scan of the sealed page")
        refused = seal.locator(".ant-form-item-explain-error")
        refused.get_by_text("that of the content now is").wait_for()
        found = re.search(r"now is ([0-9A-Z-]{14})", refused.inner_text())
        assert found
        seal.get_by_label("Check code").fill(found[1].lower().replace("0", "o"))
        press(page, "Send the scan of the sealed page")
        seal.get_by_text("For what is written now", exact=True).wait_for()
        page.locator("[id='at/content/story']").fill("Artemisinin, and what came of it.")
        seal.get_by_text("It was changed since it was sealed").wait_for()
        seal.get_by_text("For other content; does not count").wait_for()
    (scan,) = office.send("GET", f"/nominations/{nomination}/sealed-scans", role="nominator")["items"]
    assert (scan["check_code"], scan["holds"], scan["name"]) == (found[1], False, "sealed.pdf")
