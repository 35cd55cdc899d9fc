"""By keys: the formality check of nominations, the reasons for it, and accepted lists."""

from typing import Any

from tests.console.actions import action
from tests.console.actions_on_awards import CYCLE, HERE, OFFICE, PROGRAMME, office_of, over
from tests.console.actions_on_nominations import NOMINATION
from tests.console.awards_desk import make_office
from tests.console.desk import Desk
from tests.console.keys import Keys

CHECK = f"{NOMINATION}/check"
OFFICER: dict[str, Any] = {"role": "award_officer"}


def handed_in(desk: Desk) -> None:
    """Open a call to which a nomination was handed in."""
    office = make_office(desk.world, desk.edition, small=True)
    slug = desk.ids["cycle"] = office.cycle("checked", opened=True)
    desk.ids["awards"] = office.programme
    office.allocate(slug, "society-a", 4)
    desk.ids["nomination"] = office.hand_in(slug, name="Li Hua")


@action(
    f"{HERE}/cycles/{{cycle}}/checks/{{nomination}}",
    f"POST {CHECK}/take",
    f"POST {CHECK}/release",
    f"POST {NOMINATION}/identity",
    f"POST {CHECK}/opinions",
    prepare=handed_in,
    **OFFICER,
)
def take_put_back_and_pass(keys: Keys, desk: Desk) -> None:
    keys.press("Take it")
    keys.made(f"POST {CHECK}/take")
    keys.press("Put it back")
    keys.made(f"POST {CHECK}/release")
    keys.page.get_by_role("button", name="Take it", exact=True).wait_for()
    keys.press("Show it whole: Identity number")
    keys.write("Why", "Held against the card")
    over(keys, "Show it whole")
    keys.made(f"POST {NOMINATION}/identity")
    keys.use(keys.page.get_by_role("radio", name="Pass", exact=True), "Space")
    keys.press("Give the opinion")
    keys.page.get_by_text("It is said.").wait_for()
    held = office_of(desk).send("GET", f"/nominations/{desk.ids['nomination']}/check")
    assert held["standing"] == "second"


@action(f"{HERE}/cycles/{{cycle}}/checks", f"POST {CYCLE}/checks/return", prepare=handed_in, **OFFICER)
def return_several_together(keys: Keys, _: Desk) -> None:
    keys.use(keys.page.locator("tbody input[type=checkbox]").first, "Space")
    keys.press("Return the 1 chosen")
    keys.tick("a paper is missing")
    over(keys, "Return the 1 chosen")


@action(f"{HERE}/programmes/{{awards}}/reasons", f"PUT {PROGRAMME}/check-reasons", prepare=handed_in, **OFFICE)
def write_reasons_of_checks(keys: Keys, _: Desk) -> None:
    keys.use(keys.page.get_by_label("Reason (English)", exact=True).first, "End")
    keys.page.keyboard.insert_text(" indeed")
    keys.press("Save")


def past_the_check(desk: Desk) -> None:
    """Open a call whose only nomination is past the check."""
    handed_in(desk)
    for role in ("award_officer", "administrator"):
        office_of(desk).say(desk.ids["nomination"], "pass", role)


@action(f"{HERE}/cycles/{{cycle}}/list", f"POST {CYCLE}/lists", prepare=past_the_check, **OFFICER)
def publish_a_list(keys: Keys, _: Desk) -> None:
    keys.press("Publish the list")
    keys.write("Where objections go (English)", "The award office")
    over(keys, "Publish the list")
