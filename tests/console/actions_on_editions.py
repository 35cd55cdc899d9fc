"""By keys: the schedule, series, editions and releases."""

from playwright.sync_api import expect

from tests.console.actions import EDITION, PLACEMENT, action
from tests.console.desk import DAY, Desk, block, spoken, text
from tests.console.keys import Keys

HERE = "/editions/{edition}"


def clash(desk: Desk) -> None:
    """Let two sessions that are confirmed stand in one room at once."""
    for name in ("Opening", "Tides"):
        desk.send("PATCH", f"/sessions/{desk.ids[name]}", {"status": "confirmed"}, 1)
    desk.place(
        "Tides", "Hall A", "09:30", version=desk.send("GET", f"/sessions/{desk.ids['Tides']}/placement")["version"]
    )


@action(f"{HERE}/schedule", f"POST {EDITION}/check", f"POST {EDITION}/schedule/moves")
def place_move_and_take_off(keys: Keys, desk: Desk) -> None:
    page = keys.page
    keys.use(page.locator(".waiting", has_text="Currents"))
    page.keyboard.press("ArrowDown")
    keys.made(f"POST {EDITION}/check")
    page.keyboard.press("Enter")
    spoken(page, "Dropped: Currents, Hall A, 08:15")
    keys.use(block(page, "Opening"))
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowDown", "Enter"):
        page.keyboard.press(key)
    spoken(page, "Dropped: Opening, Hall B, 09:15")
    keys.use(block(page, "Tides"), "Delete")
    spoken(page, "Taken off: Tides")
    keys.press("Undo")
    spoken(page, "Dropped: Tides")
    assert desk.standing() == {
        "Currents": ("Hall A", "08:15", 60),
        "Opening": ("Hall B", "09:15", 75),
        "Tides": ("Hall B", "10:00", 60),
    }


@action(f"{HERE}/schedule", f"PUT {EDITION}/presence", f"DELETE {EDITION}/presence")
def be_at_a_session_and_leave(keys: Keys, desk: Desk) -> None:
    page = keys.page
    keys.use(block(page, "Tides"), "s")
    with page.expect_request(lambda request: desk.ids["Tides"] in (request.post_data or "")):
        pass
    keys.press("Print", "link")
    page.wait_for_url("**/print**")


@action(f"{HERE}/schedule", f"POST {EDITION}/schedule/moves")
def move_several_and_exchange_two(keys: Keys, desk: Desk) -> None:
    page = keys.page
    for name in ("Opening", "Tides"):
        keys.use(block(page, name), "s")
    keys.use(block(page, "Opening"))
    for key in ("ArrowDown", "Enter"):
        page.keyboard.press(key)
    spoken(page, "Moved 2 sessions")
    expect(block(page, "Opening")).to_contain_text("09:15")
    keys.press("Swap places")
    expect(block(page, "Opening")).to_contain_text("10:15")
    assert desk.standing()["Tides"] == ("Hall A", "09:15", 60)


@action(
    f"{HERE}/schedule",
    f"PUT {PLACEMENT}/lock",
    f"DELETE {PLACEMENT}/lock",
    f"POST {EDITION}/schedule/locks",
    f"DELETE {EDITION}/schedule/locks/{{}}",
)
def lock_and_unlock(keys: Keys, _: Desk) -> None:
    page = keys.page
    keys.use(block(page, "Opening"), "l")
    spoken(page, "Locked: Opening")
    keys.use(block(page, "Opening"), "l")
    spoken(page, "Unlocked: Opening")
    keys.press("Lock this day")
    keys.press("Unlock this day")
    keys.made(f"DELETE {EDITION}/schedule/locks/{{}}")
    hall = page.locator("button.room", has_text="Hall B")
    keys.use(hall)
    wanted = page.get_by_role("menuitem", name=f"Lock this room on {DAY}")
    wanted.wait_for()
    for _step in range(4):
        if wanted.evaluate("each => each === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(hall).to_contain_text("Locked")


@action(
    f"{HERE}/schedule",
    f"POST {EDITION}/conflicts/accepted",
    f"DELETE {EDITION}/conflicts/accepted/{{}}",
    prepare=clash,
)
def let_a_conflict_stand_and_take_that_back(keys: Keys, _: Desk) -> None:
    keys.press("Accept")
    keys.write("Reason", "They share the hall")
    keys.confirm("Accept")
    keys.press("Take back")


@action(f"{HERE}/schedule", f"POST {EDITION}/sessions")
def paste_rows(keys: Keys, _: Desk) -> None:
    keys.press("Paste rows")
    keys.write("Rows", "潮汐二\tTides II\t45\tpanel\n")
    keys.confirm("Make 1 session(s)")


@action("/series/new", "POST /api/events/series")
def open_a_series(keys: Keys, desk: Desk) -> None:
    keys.write("Slug", f"by-keys-{desk.edition}")
    keys.write("Name (English)", "By Keys")
    keys.choose("Kind", "Theme day")
    keys.press("Create the series")


def unused_series(desk: Desk) -> None:
    """Make a series without editions."""
    owner = desk.world.organisation("society-a")
    body = {"slug": f"unused-{desk.edition}", "kind": "salon", "name": text("Unused"), "owner_id": owner}
    desk.send("POST", "/series", body)


@action(
    "/series/unused-{edition}", "PATCH /api/events/series/{}", "DELETE /api/events/series/{}", prepare=unused_series
)
def change_and_remove_a_series(keys: Keys, _: Desk) -> None:
    keys.choose("Held", "Every two years")
    keys.press("Add a document")
    keys.write("Number", "1")
    keys.press("Save")
    keys.made("PATCH /api/events/series/{}")
    keys.page.get_by_text("Saved.").wait_for()
    keys.ask("Remove: Unused", "Remove")


@action("/editions/new", "POST /api/events/editions")
def open_an_edition(keys: Keys, desk: Desk) -> None:
    keys.choose("Series", "Series")
    keys.write("Name (English)", "By Keys")
    keys.write("Slug", f"{desk.edition}-by-keys")
    keys.choose("Known to the", "month")
    keys.press("Create the edition")


@action(f"{HERE}/next", f"POST {EDITION}/next")
def open_the_next_edition(keys: Keys, desk: Desk) -> None:
    keys.write("Slug", f"{desk.edition}-next")
    keys.tick("Rooms")
    keys.press("Create the next edition")


@action(
    f"{HERE}/settings",
    f"PATCH {EDITION}",
    f"POST {EDITION}/umbrellas",
    f"DELETE {EDITION}/umbrellas/{{}}",
    f"DELETE {EDITION}",
    prepare=unused_series,
)
def change_an_edition_and_remove_it(keys: Keys, _: Desk) -> None:
    keys.write("Acronym", "KEYS")
    keys.press("Save")
    keys.page.get_by_text("Saved.").wait_for()
    keys.choose("A series above", "Unused")
    keys.press("Place under this series")
    keys.ask("Remove: Unused", "Remove")
    keys.made(f"DELETE {EDITION}/umbrellas/{{}}")
    expect(keys.page.get_by_role("dialog")).to_have_count(0)
    keys.ask("Remove: Forum", "Remove")


@action(
    f"{HERE}/dates", f"POST {EDITION}/key-dates", f"PATCH {EDITION}/key-dates/{{}}", f"DELETE {EDITION}/key-dates/{{}}"
)
def enter_change_and_remove_a_key_date(keys: Keys, _: Desk) -> None:
    keys.press("Add a key date")
    keys.write_time("From", "2031-04-10")
    keys.write("Title (English)", "Abstracts")
    keys.confirm("Add a key date")
    keys.press("Change Abstracts")
    keys.write_time("From", "2031-04-12")
    keys.confirm("Save")
    keys.made(f"PATCH {EDITION}/key-dates/{{}}")
    expect(keys.page.get_by_role("dialog")).to_have_count(0)
    keys.ask("Remove: Abstracts", "Remove")


def another_venue(desk: Desk) -> None:
    """Make a venue with a room that the edition does not use."""
    owner = desk.world.organisation("society-a")
    venue = desk.send("POST", "/venues", {"name": text(f"Pier {desk.edition}"), "owner_id": owner})["id"]
    desk.send("POST", f"/venues/{venue}/rooms", {"name": text("Quay"), "seats": 40})


@action(f"{HERE}/rooms", f"POST {EDITION}/rooms", f"DELETE {EDITION}/rooms/{{}}", prepare=another_venue)
def choose_rooms(keys: Keys, desk: Desk) -> None:
    keys.choose("Venue", f"Pier {desk.edition}")
    keys.use(keys.page.get_by_label("Quay").first, "Space")
    keys.press("Move up: Quay")
    keys.ask("Remove: Hall B", "Remove")


STEPS = ("Open", "Publish", "Start", "Close", "Archive", "Reopen")


@action(f"{HERE}/lifecycle", *(f"POST {EDITION}/{step.lower()}" for step in STEPS))
def take_an_edition_through_its_life(keys: Keys, _: Desk) -> None:
    for step in STEPS:
        keys.ask(step)
        keys.made(f"POST {EDITION}/{step.lower()}")
        expect(keys.page.get_by_role("dialog")).to_have_count(0)


def published(desk: Desk) -> None:
    """Let it be public."""
    desk.send("POST", f"/editions/{desk.edition}/publish", version=1)


@action(
    f"{HERE}/lifecycle",
    f"POST {EDITION}/postpone",
    f"POST {EDITION}/resume",
    f"POST {EDITION}/cancel",
    prepare=published,
)
def postpone_resume_and_call_off(keys: Keys, _: Desk) -> None:
    for deed, words in (("postpone", "Postpone"), ("resume", "Resume"), ("cancel", "Call off")):
        unfolded = keys.page.locator("details", has=keys.page.locator("summary", has_text=words))
        keys.use(unfolded.locator("summary"))
        keys.use(unfolded.get_by_role("button", name=words))
        keys.made(f"POST {EDITION}/{deed}")
        expect(keys.page.locator("details[open]")).to_have_count(0)


def to_be_approved(desk: Desk) -> None:
    """Let another person approve what becomes public."""
    desk.send("PATCH", f"/editions/{desk.edition}", {"requires_approval": True}, 1)


@action(f"{HERE}/lifecycle", f"POST {EDITION}/approvals", role="administrator", prepare=to_be_approved)
def approve_publishing(keys: Keys, _: Desk) -> None:
    keys.ask("Approve publishing")


@action(f"{HERE}/releases/next", f"POST {EDITION}/conflicts/accepted", f"POST {EDITION}/releases", prepare=clash)
def accept_a_conflict_and_release(keys: Keys, _: Desk) -> None:
    keys.use(keys.page.locator(".blockers button"))
    keys.write("Reason", "The hall is parted.")
    keys.confirm("Accept")
    keys.write("Name of this release (English)", "First")
    keys.press("Release")


def to_be_released(desk: Desk) -> None:
    """Let there be something to release, once somebody has approved it."""
    to_be_approved(desk)
    desk.send("PATCH", f"/sessions/{desk.ids['Opening']}", {"status": "confirmed"}, 1)


@action(f"{HERE}/releases/next", f"POST {EDITION}/releases/approvals", role="administrator", prepare=to_be_released)
def approve_a_release(keys: Keys, _: Desk) -> None:
    keys.write("Note of approval (may be left out)", "Seen by the board.")
    keys.press("Approve this")


def released(desk: Desk) -> None:
    """Let there be a release."""
    desk.send("PATCH", f"/sessions/{desk.ids['Opening']}", {"status": "confirmed"}, 1)
    desk.send("POST", f"/editions/{desk.edition}/releases", {})
    desk.send("PATCH", f"/sessions/{desk.ids['Tides']}", {"status": "confirmed"}, 1)
    desk.send("POST", f"/editions/{desk.edition}/releases", {})


@action(f"{HERE}/releases/1", f"POST {EDITION}/releases/{{}}/rollback", prepare=released)
def roll_back(keys: Keys, _: Desk) -> None:
    keys.ask("Roll back to this")


@action(f"{HERE}/releases", f"POST {EDITION}/previews", f"DELETE {EDITION}/previews/{{}}")
def make_a_preview_and_revoke_it(keys: Keys, _: Desk) -> None:
    keys.press("Make a link")
    keys.use(keys.page.get_by_role("button", name="Revoke the link that expires"))
    keys.confirm("Revoke")
