"""By keys: the programme, venues, people, imports, and the day itself."""

from playwright.sync_api import expect

from tests.console.actions import EDITION, action
from tests.console.desk import DAY, Desk, text
from tests.console.keys import Keys

HERE = "/editions/{edition}"
SESSION = "/api/events/sessions/{}"
TRACK = "/api/events/tracks/{}"
VENUE, ROOM, PERSON = "/api/events/venues/{}", "/api/events/rooms/{}", "/api/events/people/{}"


@action(f"{HERE}/programme/new", f"POST {EDITION}/sessions", f"DELETE {SESSION}")
def make_a_session_and_remove_it(keys: Keys, _: Desk) -> None:
    keys.write("Title (English)", "Closing")
    keys.pick("Kind", "Ceremony")
    keys.press("Save")
    keys.page.get_by_role("heading", level=1, name="Closing").wait_for()
    keys.ask("Remove: Closing", "Remove")


@action(f"{HERE}/programme", f"PATCH {SESSION}")
def change_a_cell_and_many_at_once(keys: Keys, desk: Desk) -> None:
    page = keys.page
    cell = page.locator(f"tr[data-row='{desk.ids['Tides']}'] button.cell[aria-label^='Title (English)']")
    keys.use(cell)
    page.keyboard.type("The tides")
    page.keyboard.press("Enter")
    expect(cell).to_have_text("The tides")
    for name in ("Opening", "Currents"):
        keys.tick(f"Choose {name}")
    keys.pick("What to change", "Open to")
    keys.pick("Change it to", "Invited")
    keys.press("Apply")
    page.get_by_text("2 changed, 0 refused").wait_for()
    assert desk.send("GET", f"/sessions/{desk.ids['Currents']}")["openness"] == "invited"


def taking_part(desk: Desk) -> None:
    """Let somebody have a part, who has not agreed yet."""
    body = {"name": text("Gao Lan"), "owner_id": desk.world.organisation("society-a")}
    desk.ids["person"] = desk.send("POST", "/people", body)["id"]
    parts = {"people": [{"person_id": desk.ids["person"], "role": "speaker"}]}
    desk.send("PATCH", f"/sessions/{desk.ids['Tides']}", parts, 1)


@action(f"{HERE}/programme/{{Tides}}", f"POST {SESSION}/people/{{}}/confirm", f"PATCH {SESSION}", prepare=taking_part)
def confirm_a_person_and_change_a_session(keys: Keys, _: Desk) -> None:
    keys.press("Confirm: Gao Lan")
    keys.made(f"POST {SESSION}/people/{{}}/confirm")
    keys.write("Abstract (English)", "Of tides.")
    keys.press("Save")


@action(f"{HERE}/programme/tracks", f"POST {EDITION}/tracks", f"PATCH {TRACK}", f"DELETE {TRACK}")
def make_change_and_remove_a_track(keys: Keys, _: Desk) -> None:
    keys.press("New track")
    keys.write("Title (English)", "Ocean")
    keys.confirm("Save")
    keys.press("Edit Ocean")
    keys.write("Title (English)", "Oceans")
    keys.confirm("Save")
    keys.made(f"PATCH {TRACK}")
    keys.ask("Remove: Oceans", "Remove")


@action(
    f"{HERE}/people/{{person}}",
    f"POST {SESSION}/people/{{}}/confirm",
    f"PUT {EDITION}/people/{{}}/windows",
    prepare=taking_part,
)
def confirm_a_part_and_set_times(keys: Keys, _: Desk) -> None:
    keys.press("Confirm: Tides")
    keys.made(f"POST {SESSION}/people/{{}}/confirm")
    stretch(keys)


def stretch(keys: Keys) -> None:
    """Enter a stretch of time, and save it."""
    keys.press("Add a stretch of time")
    keys.write_time("Stretch 1: from", f"{DAY}T09:00")
    keys.write_time("Stretch 1: until", f"{DAY}T11:00")
    keys.press("Save times")


@action("/people/new", "POST /api/events/people", f"PATCH {PERSON}", f"DELETE {PERSON}")
def make_change_and_remove_a_person(keys: Keys, _: Desk) -> None:
    keys.write("Name (English)", "Shi Min")
    keys.choose("Kept by", "Energy Storage")
    keys.press("Save")
    keys.page.get_by_role("heading", level=1, name="Shi Min").wait_for()
    keys.write("Title (English)", "Professor")
    keys.press("Save")
    keys.made(f"PATCH {PERSON}")
    keys.ask("Remove: Shi Min", "Remove")


@action(
    "/venues/new",
    "POST /api/events/venues",
    f"POST {VENUE}/rooms",
    f"PUT {ROOM}/windows",
    f"PATCH {ROOM}",
    f"DELETE {ROOM}",
)
def make_a_venue_and_a_room(keys: Keys, _: Desk) -> None:
    keys.write("Name (English)", "Ocean Centre")
    keys.choose("Owner", "Energy Storage")
    keys.press("Save")
    keys.page.get_by_role("heading", level=1, name="Ocean Centre").wait_for()
    keys.press("New room")
    keys.page.get_by_role("heading", level=1, name="New room").wait_for()
    keys.write("Name (English)", "Hall One")
    keys.press("Save")
    keys.page.get_by_role("heading", level=1, name="Hall One").wait_for()
    stretch(keys)
    keys.made(f"PUT {ROOM}/windows")
    keys.write("Seats", "310")
    keys.press("Save")
    keys.made(f"PATCH {ROOM}")
    keys.ask("Remove: Hall One", "Remove")


def empty_venues(desk: Desk) -> None:
    """Make a venue without rooms; find the one with two."""
    owner = desk.world.organisation("society-a")
    desk.ids["venue"] = desk.send("GET", f"/rooms/{desk.ids['Hall A']}")["venue_id"]
    desk.ids["empty"] = desk.send("POST", "/venues", {"name": text("Lighthouse"), "owner_id": owner})["id"]


@action("/venues/{venue}", f"PUT {VENUE}/walks", f"PATCH {VENUE}", prepare=empty_venues)
def change_a_venue_and_its_ways(keys: Keys, _: Desk) -> None:
    keys.press("Add a way")
    keys.pick("Way 1: one end", "Hall A")
    keys.pick("Way 1: other end", "Hall B")
    keys.write("Way 1: minutes", "7")
    keys.press("Save walking times")
    keys.made(f"PUT {VENUE}/walks")
    keys.write("City (English)", "Qingdao")
    keys.press("Save")


@action("/venues/{empty}", f"DELETE {VENUE}", prepare=empty_venues)
def remove_a_venue(keys: Keys, _: Desk) -> None:
    keys.ask("Remove: Lighthouse", "Remove")


FILE = "编号,标题,日期,时间,地点,报告人\na1,Waves,2031-05-02,09:00-10:00,Lab,Li Hua\n"


@action(f"{HERE}/import", "POST /api/events/imports", "POST /api/events/imports/{}/undo")
def import_a_programme_and_undo_that(keys: Keys, _: Desk) -> None:
    with keys.page.expect_file_chooser() as asked:
        keys.use(keys.page.locator("input[type=file]"))
    asked.value.set_files({"name": "programme.csv", "mimeType": "text/csv", "buffer": FILE.encode()})
    keys.press("Look at it")
    keys.press("Apply")
    keys.page.locator("[data-done]").wait_for()
    keys.ask("Undo")


@action(
    f"{HERE}/today",
    f"POST {EDITION}/rooms/{{}}/delay",
    f"POST {EDITION}/rooms/{{}}/change",
    f"PATCH {SESSION}",
    f"POST {EDITION}/schedule/moves",
)
def put_off_change_rooms_and_call_off(keys: Keys, desk: Desk) -> None:
    page = keys.page
    before = desk.standing()
    keys.ask("Delay: Hall A", "Delay")
    keys.made(f"POST {EDITION}/rooms/{{}}/delay")
    keys.ask("Change room: Hall B", "Change room")
    keys.made(f"POST {EDITION}/rooms/{{}}/change")
    keys.use(page.locator(".room-card[aria-label^='Hall A'] summary"))
    keys.ask("Cancel session: Opening", "Cancel session")
    done = page.locator(".deeds-done li")
    for left in (2, 1, 0):
        expect(done).to_have_count(left + 1)
        keys.press("Undo")
    expect(done).to_have_count(0)
    assert desk.standing() == before
