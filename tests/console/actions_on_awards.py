"""By keys: programmes, cycles, rules of eligibility, quotas and codes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.console.actions import action
from tests.console.awards_desk import AHEAD, CATEGORY, Office, make_office
from tests.console.desk import Desk
from tests.console.keys import Keys

HERE = "/awards"
PROGRAMME, CYCLE = "/api/awards/programmes/{}", "/api/awards/cycles/{}"
SOCIETY = "Chinese Society for Advanced Energy Storage"
OFFICE: dict[str, Any] = {"role": "administrator"}


def programme(desk: Desk) -> None:
    """Make a programme."""
    office = make_office(desk.world, desk.edition)
    desk.ids["awards"] = office.programme


def office_of(desk: Desk) -> Office:
    """Return the award office whose programme was made."""
    office = Office(desk.world, desk.edition)
    office.ids["programme"] = office.send("GET", f"/programmes/{office.programme}")["id"]
    return office


def draft(desk: Desk) -> None:
    """Make a programme with a cycle that is prepared."""
    programme(desk)
    desk.ids["cycle"] = office_of(desk).cycle("keyed")


def opened(desk: Desk) -> None:
    """Make a programme with a cycle that is open, in which a society has slots."""
    programme(desk)
    office = office_of(desk)
    desk.ids["cycle"] = office.cycle("keyed", opened=True)
    office.allocate(desk.ids["cycle"], "society-a", 4)


def over(keys: Keys, name: str) -> None:
    """Confirm what a dialog asks, and wait until it is gone."""
    keys.use(keys.page.get_by_role("dialog").locator("form button[type=submit]", has_text=name))
    expect(keys.page.get_by_role("dialog")).to_have_count(0)


def write_json(keys: Keys, label: str, text: str) -> None:
    """Write JSON into an editor, instead of what stands there."""
    keys.reach(keys.page.get_by_role("textbox", name=label))
    keys.page.keyboard.press("Control+a")
    keys.page.keyboard.insert_text(text)
    keys.page.keyboard.press("Escape")


@action(f"{HERE}/programmes/new", "POST /api/awards/programmes", f"PATCH {PROGRAMME}", f"DELETE {PROGRAMME}", **OFFICE)
def make_change_and_remove_a_programme(keys: Keys, desk: Desk) -> None:
    keys.write("Slug", f"keyed-{desk.edition}")
    keys.write("Name (English)", "Open Questions")
    keys.press("Create the programme")
    keys.press("Basics", "link")
    keys.write("Note (English)", "Twice a year.")
    keys.press("Save")
    keys.made(f"PATCH {PROGRAMME}")
    keys.ask("Remove: Open Questions", "Remove")


@action(f"{HERE}/programmes/{{awards}}", f"POST {PROGRAMME}/copy", prepare=programme, **OFFICE)
def make_a_programme_like_another(keys: Keys, desk: Desk) -> None:
    keys.press("Make one like it")
    keys.write("Slug", f"like-{desk.edition}")
    keys.write("Name (English)", "Another")
    keys.confirm("Make one like it")
    keys.page.get_by_text("It is made.").wait_for()


@action(f"{HERE}/programmes/{{awards}}/definition", f"PATCH {PROGRAMME}/definition", prepare=programme, **OFFICE)
def define_a_programme(keys: Keys, _: Desk) -> None:
    keys.pick("Which part", "Unit")
    write_json(keys, "Unit's own notice (working days)", "6")
    keys.press("Save")


NO_RULES = '{"rules": [], "examples": []}'


@action(
    f"{HERE}/programmes/{{awards}}/rules",
    "POST /api/awards/eligibility/trials",
    f"PUT {PROGRAMME}/eligibility",
    prepare=programme,
    **OFFICE,
)
def write_rules_and_try_them(keys: Keys, _: Desk) -> None:
    write_json(keys, "Rules (JSON)", NO_RULES)
    keys.press("Save")


@action(
    f"{HERE}/cycles/{{cycle}}/rules",
    f"PUT {CYCLE}/eligibility",
    f"POST {CYCLE}/definition/take-over",
    f"PATCH {CYCLE}/definition",
    prepare=draft,
    **OFFICE,
)
def define_a_cycle(keys: Keys, _: Desk) -> None:
    write_json(keys, "Rules (JSON)", NO_RULES)
    keys.press("Save")
    keys.made(f"PUT {CYCLE}/eligibility")
    keys.press("Definition", "link")
    keys.ask("Take over from the programme again")
    keys.made(f"POST {CYCLE}/definition/take-over")
    expect(keys.page.get_by_role("dialog")).to_have_count(0)
    keys.page.reload()
    keys.pick("Which part", "Unit")
    write_json(keys, "Unit's own notice (working days)", "6")
    keys.press("Save")


@action(
    f"{HERE}/cycles/{{cycle}}/rules",
    f"POST {CYCLE}/eligibility/amendments",
    f"POST {CYCLE}/amendments",
    prepare=opened,
    **OFFICE,
)
def amend_a_cycle(keys: Keys, _: Desk) -> None:
    keys.write("Reason", "A mistake")
    keys.write("What is told (English)", "There are no rules.")
    write_json(keys, "Rules (JSON)", NO_RULES)
    keys.press("Amend the rules")
    keys.made(f"POST {CYCLE}/eligibility/amendments")
    keys.press("Definition", "link")
    keys.write("Reason", "A longer notice")
    keys.write("What is told (English)", "Notices last six days.")
    keys.pick("Which part", "Unit")
    write_json(keys, "Unit's own notice (working days)", "6")
    keys.press("Save")


@action(f"{HERE}/programmes/{{awards}}", "POST /api/awards/cycles", prepare=programme, **OFFICE)
def prepare_a_cycle(keys: Keys, desk: Desk) -> None:
    keys.press("New cycle", "link")
    keys.write("Slug", f"prepared-{desk.edition}")
    keys.write("Name (English)", "The first")
    keys.press("Create it")


@action(
    f"{HERE}/cycles/{{cycle}}",
    f"PATCH {CYCLE}",
    f"POST {CYCLE}/rehearsals",
    f"POST {CYCLE}/open",
    f"POST {CYCLE}/cancel",
    prepare=draft,
    **OFFICE,
)
def change_rehearse_open_and_cancel(keys: Keys, _: Desk) -> None:
    keys.write("Number", "12")
    keys.press("Save")
    keys.made(f"PATCH {CYCLE}")
    keys.ask("Rehearse")
    keys.made(f"POST {CYCLE}/rehearsals")
    keys.confirm("Close")
    keys.ask("Open the call")
    keys.made(f"POST {CYCLE}/open")
    expect(keys.page.get_by_role("dialog")).to_have_count(0)
    keys.press("Call it off")
    keys.write("Reason (English)", "It is not held.")
    over(keys, "Call it off")


def ended(desk: Desk) -> None:
    """Open a cycle whose last submission deadline passes at once, and wait until it has."""
    draft(desk)
    office, slug = office_of(desk), desk.ids["cycle"]
    for seconds, kind in ((6, "unit_deadline"), (7, "submission_deadline")):
        soon = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(seconds=seconds)
        stage = office.stage(slug, kind)
        at = {"at_local": soon.strftime("%Y-%m-%dT%H:%M:%S")}
        office.send("PATCH", f"/cycles/{slug}/stages/{stage['id']}", at, stage["version"])
    office.send("POST", f"/cycles/{slug}/open", version=office.version(f"/cycles/{slug}"))
    until = soon.astimezone(UTC)
    while datetime.fromisoformat(office.send("GET", f"/cycles/{slug}/deadlines")["now"]) <= until:
        pass


@action(
    f"{HERE}/cycles/{{cycle}}",
    f"POST {CYCLE}/close",
    f"POST {CYCLE}/reopen",
    f"POST {CYCLE}/conclude",
    prepare=ended,
    **OFFICE,
)
def close_reopen_and_conclude(keys: Keys, _: Desk) -> None:
    dialog = keys.page.get_by_role("dialog")
    keys.ask("Close the call")
    expect(dialog).to_have_count(0)
    keys.press("Open again")
    keys.write("Reason (English)", "A storm")
    over(keys, "Open again")
    keys.ask("Close the call")
    expect(dialog).to_have_count(0)
    keys.ask("Conclude")


def over_and_gone(desk: Desk) -> None:
    """Make a rehearsal of an open cycle."""
    opened(desk)
    rehearsal = office_of(desk).send("POST", f"/cycles/{desk.ids['cycle']}/rehearsals")
    desk.ids["cycle"] = rehearsal["slug"]


@action(
    f"{HERE}/cycles/{{cycle}}/quotas", f"POST {CYCLE}/quotas/sample", f"DELETE {CYCLE}", prepare=over_and_gone, **OFFICE
)
def fill_a_rehearsal_and_end_it(keys: Keys, _: Desk) -> None:
    keys.ask("Fill in usual slots")
    keys.made(f"POST {CYCLE}/quotas/sample")
    expect(keys.page.get_by_role("dialog")).to_have_count(0)
    keys.press("Overview", "link")
    keys.page.get_by_role("button", name="Remove:").focus()
    keys.page.keyboard.press("Enter")
    keys.confirm("Remove")


def rehearsed(desk: Desk) -> None:
    """Make a rehearsal of an open cycle, and open its call."""
    over_and_gone(desk)
    path = f"/cycles/{desk.ids['cycle']}"
    office_of(desk).send("POST", f"{path}/open", version=office_of(desk).version(path))


@action(f"{HERE}/cycles/{{cycle}}", f"POST {CYCLE}/samples", "DELETE /api/awards/jobs/{}", prepare=rehearsed, **OFFICE)
def fill_a_rehearsal_with_samples_and_stop(keys: Keys, _: Desk) -> None:
    keys.press("Make samples")
    keys.write("How many of each category on each step", "10")
    over(keys, "Make samples")
    keys.press("Stop")
    keys.page.get_by_text("samples were made").wait_for()


@action(
    f"{HERE}/cycles/{{cycle}}/dates",
    f"POST {CYCLE}/stages",
    f"PATCH {CYCLE}/stages/{{}}",
    f"DELETE {CYCLE}/stages/{{}}",
    prepare=draft,
    **OFFICE,
)
def date_a_cycle(keys: Keys, _: Desk) -> None:
    keys.press("Add a stage")
    keys.write("Title (empty: that of its kind) (English)", "Briefing")
    over(keys, "Add a stage")
    keys.press("Change: Briefing")
    keys.write("Title (empty: that of its kind) (English)", "Briefings")
    over(keys, "Save")
    keys.ask("Remove: Briefings", "Remove")


@action(f"{HERE}/cycles/{{cycle}}/dates", f"POST {CYCLE}/extensions", prepare=opened, **OFFICE)
def put_a_deadline_off(keys: Keys, _: Desk) -> None:
    later = datetime.now() + timedelta(days=AHEAD["submission_deadline"] + 3)
    keys.press("Put off: Submission deadline")
    keys.write_time("New deadline (Asia/Shanghai)", later.strftime("%Y-%m-%dT09:30"))
    keys.write("Reason", "A storm")
    over(keys, "Put off")


@action(
    f"{HERE}/cycles/{{cycle}}/quotas",
    f"POST {CYCLE}/quotas/entries",
    f"POST {CYCLE}/codes",
    f"POST {CYCLE}/codes/{{}}/withdraw",
    role="nominator",
    prepare=opened,
)
def move_slots_and_give_codes(keys: Keys, desk: Desk) -> None:
    keys.press("Return")
    keys.write("Amount", "1")
    keys.write("Reason", "One too many")
    over(keys, "Return")
    keys.press("Give out codes")
    keys.use(keys.page.get_by_role("dialog").locator("form button[type=submit]"))
    keys.page.get_by_role("dialog").locator("tbody code").wait_for()
    keys.confirm("Close")
    keys.use(keys.page.locator("button[aria-label^='Withdraw the code']").first)
    keys.write("Reason", "Nobody stands")
    over(keys, "Withdraw")
    held = office_of(desk).send("GET", f"/cycles/{desk.ids['cycle']}/codes")["items"]
    assert [(code["category"], bool(code["withdrawn_at"])) for code in held] == [(CATEGORY, True)]
