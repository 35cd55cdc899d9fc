"""By keys: nominations, their papers, what is printed and sealed of them, workbooks and deputies."""

from datetime import UTC, datetime

from playwright.sync_api import expect

from services.awards.deputies.queries import day_of
from shared.workbook import write_sheets
from tests.awards.nominating import CATEGORY
from tests.console.actions import action
from tests.console.actions_on_awards import HERE, office_of, opened, over
from tests.console.awards_desk import FILLED, make_office
from tests.console.desk import Desk
from tests.console.keys import Keys
from tests.shared.files import PDF

NOMINATION = "/api/awards/nominations/{}"


def call(desk: Desk) -> None:
    """Open a call that asks for little, in which a society has slots and a nomination that is ready."""
    office = make_office(desk.world, desk.edition, small=True)
    slug = desk.ids["cycle"] = office.cycle("called", opened=True)
    office.allocate(slug, "society-a", 4)
    desk.ids["nomination"] = office.nomination(slug, **FILLED)
    office.consent(desk.ids["nomination"])
    code = {"unit_id": desk.world.organisation("society-a"), "category": "people"}
    desk.ids["code"] = office.send("POST", f"/cycles/{slug}/codes", code)["codes"][0]["code"]


@action(
    f"{HERE}/nominations/new?cycle={{cycle}}",
    "POST /api/awards/nominations",
    f"PATCH {NOMINATION}",
    f"POST {NOMINATION}/roles",
    f"POST {NOMINATION}/roles/{{}}/link",
    f"POST {NOMINATION}/roles/{{}}/revoke",
    f"DELETE {NOMINATION}",
    role="nominator",
    prepare=call,
)
def write_a_nomination_and_ask_for_a_part(keys: Keys, _: Desk) -> None:
    page = keys.page
    keys.press("Begin a nomination")
    keys.use(page.locator("[id='at/content/name']"), "End")
    page.keyboard.insert_text("Li Hua")
    keys.made(f"PATCH {NOMINATION}")
    page.locator("[data-saving=saved]").wait_for()
    keys.press("Ask somebody")
    keys.write("Name", "Li Hua")
    keys.use(page.get_by_role("dialog").locator("form button[type=submit]"))
    page.get_by_role("dialog").get_by_label("Link", exact=True).wait_for()
    keys.confirm("Close")
    keys.press("New link: Candidate Li Hua")
    keys.use(page.get_by_role("dialog").locator("form button[type=submit]"))
    page.get_by_role("dialog").get_by_label("Link", exact=True).wait_for()
    keys.confirm("Close")
    keys.ask("Revoke: Candidate Li Hua", "Revoke")
    keys.made(f"POST {NOMINATION}/roles/{{}}/revoke")
    expect(page.get_by_role("dialog")).to_have_count(0)
    keys.ask("Remove: Li Hua", "Remove")


@action(
    f"{HERE}/nominations/{{nomination}}",
    f"POST {NOMINATION}/submission",
    f"POST {NOMINATION}/withdraw",
    role="nominator",
    prepare=call,
)
def hand_in_and_take_back(keys: Keys, desk: Desk) -> None:
    keys.page.get_by_text("Nothing is missing").wait_for()
    keys.ask("Hand in")
    keys.page.get_by_text("Check code", exact=True).wait_for()
    expect(keys.page.get_by_role("dialog")).to_have_count(0)
    keys.press("Withdraw")
    keys.write("Reason", "Not this year")
    over(keys, "Withdraw")
    assert (
        office_of(desk).send("GET", f"/nominations/{desk.ids['nomination']}", role="nominator")["state"] == "withdrawn"
    )


@action(f"{HERE}/nominations/with-code", "POST /api/awards/nominations/with-code", role="member", prepare=call)
def begin_with_a_code(keys: Keys, desk: Desk) -> None:
    keys.write("Code", desk.ids["code"])
    keys.press("Begin a nomination")
    keys.page.locator("[id='at/content/name']").wait_for()


def asked(desk: Desk) -> None:
    """Ask a co-nominator for their part."""
    call(desk)
    body = {"role": "co_nominator", "person": "Wang Fang"}
    path = f"/nominations/{desk.ids['nomination']}/roles"
    desk.ids["secret"] = office_of(desk).send("POST", path, body, role="nominator")["secret"]


@action("/consents/{secret}", "POST /api/awards/consents/{}/answer", role="", prepare=asked)
def consent_by_a_link(keys: Keys, _: Desk) -> None:
    keys.write("Opinion or reason", "With pleasure")
    keys.press("Send the answer")
    keys.page.get_by_text("You have consented").wait_for()


def asked_to_fill_in(desk: Desk) -> None:
    """Begin a nomination, and let its candidate fill it in by a link."""
    call(desk)
    nomination = office_of(desk).nomination(desk.ids["cycle"], name="Li Hua")
    body = {"role": "candidate", "person": "Li Hua", "may_fill_in": True}
    made = office_of(desk).send("POST", f"/nominations/{nomination}/roles", body, role="nominator")
    desk.ids["secret"] = made["secret"]


@action("/consents/{secret}", "PATCH /api/awards/consents/{}", role="", prepare=asked_to_fill_in)
def fill_in_by_a_link(keys: Keys, _: Desk) -> None:
    keys.use(keys.page.locator("[id='at/content/story']"), "End")
    keys.page.keyboard.insert_text("What I have done.")
    keys.made("PATCH /api/awards/consents/{}")
    keys.page.locator("[data-saving=saved]").wait_for()


def noticed(desk: Desk) -> None:
    """Open a call that asks for a unit's notice, with a nomination."""
    opened(desk)
    desk.ids["nomination"] = office_of(desk).nomination(desk.ids["cycle"], name="Li Hua")


@action(f"{HERE}/nominations/{{nomination}}", f"PUT {NOMINATION}/notice", role="nominator", prepare=noticed)
def record_a_notice(keys: Keys, _: Desk) -> None:
    keys.write("Where", "The website of the society")
    keys.write_time("First day", "2026-11-02")
    keys.write_time("Last day", "2026-11-11")
    keys.press("Save")


PAPERS = [{"key": "pledge", "name": {"zh": "承诺书", "en": "Pledge"}, "formats": ["pdf"], "required": False}]


def with_papers(desk: Desk) -> None:
    """Open a call with a checklist of one paper, and begin a nomination."""
    office = make_office(desk.world, desk.edition, small=True)
    path = f"/programmes/{office.programme}"
    categories = {"categories": [CATEGORY | {"attachments": PAPERS}]}
    office.send("PATCH", f"{path}/definition", categories, office.version(path))
    slug = desk.ids["cycle"] = office.cycle("papers", opened=True)
    desk.ids["nomination"] = office.nomination(slug, **FILLED)


def choose(keys: Keys, label: str, name: str, content: bytes) -> None:
    """Reach where a file is chosen, and choose one."""
    with keys.page.expect_file_chooser() as asked:
        keys.use(keys.page.get_by_label(label, exact=True).first)
    asked.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


@action(
    f"{HERE}/nominations/{{nomination}}",
    f"POST {NOMINATION}/attachments",
    f"POST {NOMINATION}/attachments/pointers",
    "DELETE /api/awards/attachments/{}",
    role="nominator",
    prepare=with_papers,
)
def give_papers_and_take_them_off(keys: Keys, _: Desk) -> None:
    choose(keys, "Choose files: Pledge", "pledge.pdf", PDF)
    choose(keys, "Replace: pledge.pdf", "signed.pdf", PDF)
    keys.page.get_by_role("link", name="Download: signed.pdf").wait_for()
    keys.ask("Remove: signed.pdf", "Remove")
    keys.page.get_by_role("link", name="Download: signed.pdf").wait_for(state="detached")
    expect(keys.page.get_by_role("dialog")).to_have_count(0)
    keys.press("Point to classified material: Pledge")
    keys.write("Number", "S-1")
    keys.write("Keeper (English)", "The archive")
    over(keys, "Save")


@action(f"{HERE}/nominations/{{nomination}}", f"POST {NOMINATION}/sealed-scans", role="nominator", prepare=with_papers)
def send_the_scan_of_a_sealed_page(keys: Keys, desk: Desk) -> None:
    keys.write("Check code", "0000-0000-0000")
    with keys.page.expect_file_chooser() as asked:
        keys.use(keys.page.locator("[id='at/seal'] input[type=file]"))
    asked.value.set_files({"name": "sealed.pdf", "mimeType": "application/octet-stream", "buffer": PDF})
    keys.press("Send the scan of the sealed page")
    refused = keys.page.locator("[id='at/seal'] .ant-form-item-explain-error").inner_text()
    keys.write("Check code", refused.split("now is ")[1][:14])
    keys.press("Send the scan of the sealed page")


@action(
    f"{HERE}/nominations/sheets?cycle={{cycle}}", "POST /api/awards/cycles/{}/sheets/{}", role="nominator", prepare=call
)
def bring_in_a_workbook(keys: Keys, _: Desk) -> None:
    keys.page.get_by_role("link", name="Download the template (English headings)").wait_for()
    with keys.page.expect_file_chooser() as asked:
        keys.use(keys.page.locator("input[type=file]"))
    data = write_sheets({"people": (("No.", "Name", "Date of birth"), [("1", "Li Hua", "1990-05-04")])})
    asked.value.set_files({"name": "people.xlsx", "mimeType": "application/octet-stream", "buffer": data})
    keys.ask("Bring in 1 drafts")
    keys.page.get_by_text("1 drafts were brought in.").wait_for()


@action(
    f"{HERE}/nominations/deputies",
    "POST /api/awards/deputies",
    "POST /api/awards/deputies/{}/end",
    role="nominator",
    prepare=call,
)
def let_a_colleague_stand_in(keys: Keys, _: Desk) -> None:
    today = day_of(datetime.now(UTC)).isoformat()
    keys.press("Name a deputy")
    keys.choose("Deputy", "Shen Zhiyuan")
    keys.write_time("Last day", today)
    over(keys, "Name a deputy")
    keys.press(f"End it: {today} – {today}")
    keys.confirm("End it")


def coded(desk: Desk) -> None:
    """Let a candidate begin with a code."""
    call(desk)
    body = {"code": desk.ids["code"], "content": FILLED}
    desk.ids["nomination"] = office_of(desk).send("POST", "/nominations/with-code", body, role="member")["id"]


@action(f"{HERE}/nominations/{{nomination}}", f"POST {NOMINATION}/consent", role="member", prepare=coded)
def consent_to_ones_own(keys: Keys, _: Desk) -> None:
    keys.press("Consent and hand over")
    keys.page.get_by_text("You consented at").wait_for()
