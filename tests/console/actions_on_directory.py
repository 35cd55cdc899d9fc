"""By keys: organisations, accounts, what is one's own, and calendars."""

import re
from typing import Any

from playwright.sync_api import expect

from huitang.sample.people import email_of
from shared.workbook import write_sheets
from tests.console.actions import action
from tests.console.desk import Desk, text
from tests.console.keys import PATIENCE, Keys

ORGANISATION, ACCOUNT = "/api/directory/organisations/{}", "/api/directory/accounts/{}"
ME, FEED = "/api/directory/me", "/api/calendar/feeds/{}"
QUANTUM = "Chinese Society for Quantum Information"
PASSWORD = "green-harbour-27"


def sent(desk: Desk, path: str, body: dict[str, Any], role: str = "administrator") -> Any:
    """Send something to the API, and return the answer."""
    answer = desk.world.client(role).post(f"/api/{path}", json=body)
    assert answer.is_success, answer.text
    return answer.json()


def societies(desk: Desk) -> None:
    """Open some societies to do away with; their slugs begin with the edition's."""
    for name in ("one", "two", "three"):
        body = {"slug": f"{desk.edition}-{name}", "kind": "society", "name": text(f"{desk.edition} {name}")}
        sent(desk, "directory/organisations", body | {"parent_id": desk.world.organisation("hq")})


@action("/organisations/new", "POST /api/directory/organisations", role="administrator")
def open_an_organisation(keys: Keys, desk: Desk) -> None:
    keys.write("Name (English)", "Society of Sound")
    keys.choose("Stands below", QUANTUM)
    keys.choose("Kind", "Society")
    keys.write("Slug", f"sound-{desk.edition}")
    keys.press("Open it")


@action(
    "/organisations/{edition}-one",
    f"PATCH {ORGANISATION}",
    f"POST {ORGANISATION}/names",
    f"DELETE {ORGANISATION}/names/{{}}",
    f"POST {ORGANISATION}/rename",
    f"POST {ORGANISATION}/move",
    f"POST {ORGANISATION}/close",
    role="administrator",
    prepare=societies,
)
def correct_rename_move_and_close(keys: Keys, desk: Desk) -> None:
    keys.press("Correct")
    keys.write("Name (English)", "Society of Light")
    over(keys, "Save")
    keys.press("Add another name")
    keys.write("Name (English)", "Optics")
    over(keys, "Add another name")
    keys.press("Remove the name “Optics”")
    over(keys, "Remove")
    keys.press("Rename")
    keys.write("New name (English)", f"Society of Rays {desk.edition}")
    over(keys, "Rename")
    keys.press("Move")
    keys.choose("New parent", QUANTUM)
    over(keys, "Move")
    keys.press("Close")
    over(keys, "Close")


def over(keys: Keys, name: str) -> None:
    """Confirm what a dialog asks, and wait until it is gone."""
    keys.use(keys.page.get_by_role("dialog").locator("form button[type=submit]", has_text=name))
    expect(keys.page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)


@action("/organisations/{edition}-two", f"POST {ORGANISATION}/merge", role="administrator", prepare=societies)
def merge_an_organisation(keys: Keys, desk: Desk) -> None:
    keys.press("Merge")
    keys.choose("Merge into", f"{desk.edition} three")
    over(keys, "Merge")


@action("/organisations/{edition}-three", f"POST {ORGANISATION}/split", role="administrator", prepare=societies)
def split_an_organisation(keys: Keys, desk: Desk) -> None:
    keys.press("Split")
    for name in ("one", "two"):
        keys.choose("Split into", f"{desk.edition} {name}")
    keys.page.keyboard.press("Escape")
    over(keys, "Split")


HEADS = ("slug", "parent", "kind", "name_zh", "name_en", "uscc")


@action("/organisations/import", "POST /api/directory/workbooks/organisations", role="administrator")
def take_a_workbook(keys: Keys, desk: Desk) -> None:
    row = (f"chemistry-{desk.edition}", "headquarters", "society", "化学学会", "Society of Chemistry", "")
    with keys.page.expect_file_chooser() as asked:
        keys.use(keys.page.locator("input[type=file]"))
    book = write_sheets({"One": (HEADS, [row])})
    asked.value.set_files({"name": "societies.xlsx", "mimeType": "application/octet-stream", "buffer": book})
    keys.press("Take it")
    keys.page.get_by_text("Done: 1 opened, 0 changed, 0 unchanged.").wait_for()


@action("/organisations/society-a/members", "POST /api/directory/workbooks/members/{}", role="administrator")
def take_a_workbook_of_members(keys: Keys, desk: Desk) -> None:
    with keys.page.expect_file_chooser() as asked:
        keys.use(keys.page.locator("input[type=file]"))
    book = write_sheets({"One": (("email", "name_en", "number"), [(f"{desk.edition}@example.org", "Wu Di", "M-1")])})
    asked.value.set_files({"name": "members.xlsx", "mimeType": "application/octet-stream", "buffer": book})
    keys.press("Take it")
    keys.page.get_by_text("Done: 1 enrolled, 0 changed, 0 unchanged.").wait_for()
    keys.page.get_by_role("row", name="M-1").get_by_role("link", name="Wu Di").wait_for()


@action("/accounts/new", "POST /api/directory/accounts", role="administrator")
def open_an_account(keys: Keys, desk: Desk) -> None:
    keys.write("Name (English)", "Chen Mo")
    keys.write("Email", f"{desk.edition}@example.org")
    keys.choose("Organisation", "Energy Storage")
    keys.press("Open it")


def somebody(desk: Desk) -> None:
    """Open an account."""
    body = {"name": text("Fang Zhou"), "email": f"fang-{desk.edition}@example.org"}
    made = sent(desk, "directory/accounts", body | {"organisation_id": desk.world.organisation("society-a")})
    desk.ids["account"] = made["id"]


@action(
    "/accounts/{account}",
    "POST /api/directory/links",
    f"POST {ACCOUNT}/grants",
    "POST /api/directory/grants/{}/withdraw",
    "POST /api/directory/memberships",
    "POST /api/directory/memberships/{}/end",
    f"PATCH {ACCOUNT}",
    f"POST {ACCOUNT}/disable",
    f"POST {ACCOUNT}/reopen",
    role="administrator",
    prepare=somebody,
)
def do_everything_with_an_account(keys: Keys, _: Desk) -> None:
    keys.ask("Make a sign-in link")
    keys.made("POST /api/directory/links")
    keys.page.get_by_role("dialog").get_by_role("textbox").wait_for()
    keys.confirm("Close")
    expect(keys.page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
    keys.press("Give a role")
    keys.choose("Role", "Scheduler")
    over(keys, "Give a role")
    keys.press("Withdraw: Scheduler")
    over(keys, "Withdraw")
    keys.press("Make a member")
    keys.choose("Society", QUANTUM)
    over(keys, "Make a member")
    keys.press("End membership")
    over(keys, "End membership")
    keys.write("Name (English)", "Fang Zhou II")
    keys.press("Save")
    keys.made(f"PATCH {ACCOUNT}")
    keys.press("Disable")
    over(keys, "Disable")
    keys.press("Reopen")
    over(keys, "Reopen")


@action("/", "POST /api/directory/sign-in", "POST /api/directory/sign-out", role="")
def sign_in_and_out(keys: Keys, desk: Desk) -> None:
    password = desk.choose_password("foreign_organizer")
    keys.write("Email or phone", email_of("foreign_organizer"))
    keys.write("Password", password)
    keys.press("Sign in")
    keys.use(keys.page.get_by_role("button", name=re.compile("your menu$")))
    keys.press("Sign out")
    keys.page.get_by_label("Password", exact=True).wait_for()


def two_browsers(desk: Desk) -> None:
    """Let the scheduler be signed in elsewhere, and have a password."""
    desk.world.session("scheduler")


@action(
    "/me",
    f"PATCH {ME}",
    f"POST {ME}/keys",
    f"DELETE {ME}/keys/{{}}",
    f"DELETE {ME}/sessions/{{}}",
    role="scheduler",
    prepare=two_browsers,
)
def change_what_is_ones_own(keys: Keys, _: Desk) -> None:
    keys.write("Name (English)", "He Jia-Shu")
    keys.press("Save")
    keys.made(f"PATCH {ME}")
    keys.use(keys.page.locator("[data-current=false] button").first)
    over(keys, "Sign it out")
    keys.press("Make a key")
    keys.write("What it is for", "Nightly export")
    keys.confirm("Make a key")
    keys.page.get_by_role("dialog").get_by_role("textbox", name="API key").wait_for()
    keys.confirm("Close")
    expect(keys.page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
    keys.press("End the key: Nightly export")
    over(keys, "End")


def with_password(desk: Desk) -> None:
    """Let the member have a password, which stands among the ids."""
    desk.ids["password"] = desk.choose_password("member")


@action("/me", f"POST {ME}/password", role="member", prepare=with_password)
def change_the_password(keys: Keys, desk: Desk) -> None:
    keys.press("Change password")
    keys.write("Present password", desk.ids["password"])
    keys.write("New password", PASSWORD)
    keys.write("New password again", PASSWORD)
    over(keys, "Change password")


@action("/calendars/new", "POST /api/calendar/feeds", role="scheduler")
def make_a_calendar(keys: Keys, _: Desk) -> None:
    keys.write("Name", "My duties")
    keys.tick("Also dates that are addressed to me")
    keys.press("Make it")


def feed(desk: Desk) -> None:
    """Make a calendar of one's own."""
    desk.ids["feed"] = sent(desk, "calendar/feeds", {"name": "Mine", "duties": True}, "scheduler")["id"]


@action("/calendars/{feed}", f"PATCH {FEED}", f"POST {FEED}/address", f"DELETE {FEED}", role="scheduler", prepare=feed)
def change_a_calendar_and_revoke_it(keys: Keys, _: Desk) -> None:
    keys.write("Name", "Mine alone")
    keys.press("Save")
    keys.press("New address: Mine alone")
    keys.confirm("New address")
    keys.page.get_by_role("dialog").get_by_role("textbox").wait_for()
    keys.confirm("Close")
    expect(keys.page.get_by_role("dialog")).to_have_count(0, timeout=PATIENCE)
    keys.press("Revoke: Mine alone")
    over(keys, "Revoke")
