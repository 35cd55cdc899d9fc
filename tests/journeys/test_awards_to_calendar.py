"""From a template to every calendar: an office opens a cycle, slots flow down, a deadline moves, and feeds follow."""

from typing import Any

import icalendar

from services.awards.programmes.actions import put_parts
from shared.caller import Caller, Grant, Role
from tests.awards.running import BASIS, DEFINITION, RULES, moved
from tests.installation import Installation

DATES = {
    "call_opens": "2098-12-01T09:00", "unit_deadline": "2099-01-10T17:00", "submission_deadline": "2099-01-31T17:00",
}  # fmt: skip


def ask(world: Installation, method: str, path: str, body: Any = None, version: int = 1) -> Any:
    """Ask as the administrator for what must succeed."""
    headers = {"If-Match": f'"v{version}"'}
    answer = world.client("administrator").request(method, f"/api/awards/{path}", json=body, headers=headers)
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def feed(world: Installation, path: str) -> dict[str, tuple[int, str]]:
    """Return sequence and start of every entry of a public feed, by summary."""
    world.settle()
    answer = world.client().get(f"/calendars/{path}.ics?lang=zh")
    assert answer.status_code == 200, answer.text
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(e["SUMMARY"]): (int(e.get("SEQUENCE", 0)), e["DTSTART"].dt.strftime("%m-%d %H:%M")) for e in events}


def open_cycle(world: Installation) -> dict[str, Any]:
    """Make a programme from a template, and open a cycle of it."""
    owner = world.organisation("hq")
    name = {"zh": "青年科技奖", "en": "Young Scientists Award"}
    template = {"slug": "template", "owner_id": owner, "name": name, "is_template": True, "standing": "approved"}
    ask(world, "POST", "programmes", template | {"basis": BASIS, "verb": "nominate", "recurrence": "biennial"})
    ask(world, "PATCH", "programmes/template/definition", DEFINITION)
    programme = ask(world, "POST", "programmes/template/copy", {"slug": "young", "name": name})
    officer = Caller("00000000-0000-7000-9000-000000000001", grants=(Grant(Role.AWARD_OFFICER, owner),))
    with world.databases["awards"].transaction() as tx:
        put_parts(tx, officer, "young", 1, {"eligibility": RULES})
    body = {"programme_id": programme["id"], "slug": "young-19", "name": {"zh": "第十九届青年科技奖"}, "number": 19}
    cycle = ask(world, "POST", "cycles", body)
    for stage in ask(world, "GET", "cycles/young-19/stages")["items"]:
        if stage["kind"] in DATES:
            at = {"at_local": DATES[stage["kind"]]}
            ask(world, "PATCH", f"cycles/young-19/stages/{stage['id']}", at)
    opened: dict[str, Any] = ask(world, "POST", "cycles/young-19/open", version=cycle["version"])
    return opened


def extend(world: Installation, until: str, **values: Any) -> Any:
    """Put the submission deadline off."""
    stages = ask(world, "GET", "cycles/young-19/stages")["items"]
    (stage,) = (stage["id"] for stage in stages if stage["kind"] == "submission_deadline")
    return ask(
        world,
        "POST",
        "cycles/young-19/extensions",
        {"stage_id": stage, "until_local": until, "reason": "故障", **values},
    )


def test_every_deadline_stands_in_the_awards_feed_and_moves_when_it_is_put_off(world: Installation) -> None:
    open_cycle(world)
    first = {
        "第十九届青年科技奖：征集启动": (0, "12-01 09:00"),
        "第十九届青年科技奖：推荐单位受理截止": (0, "01-10 17:00"),
        "第十九届青年科技奖：提交截止": (0, "01-31 17:00"),
    }
    for path in ("awards", "programmes/young", "cycles/young-19"):
        assert feed(world, path) == first, path
    extend(world, "2099-02-10T17:00")
    moved_on = first | {"第十九届青年科技奖：提交截止": (1, "02-10 17:00")}
    for path in ("awards", "programmes/young", "cycles/young-19", "organisations/headquarters"):
        assert feed(world, path) == moved_on, path
    extend(world, "2099-02-20T17:00", unit_id=world.organisation("society-a"))
    assert feed(world, "awards") == moved_on  # one unit's own is for its people alone
    seen = {role: entries(world, role) for role in ("member", "foreign_organizer", "administrator")}
    assert {role: len(each) for role, each in seen.items()} == {"member": 4, "foreign_organizer": 3, "administrator": 4}
    ask(world, "POST", "cycles/young-19/cancel", {"reason": {"zh": "因故取消"}}, version=2)
    assert {sequence for sequence, _ in feed(world, "awards").values()} == {1, 2}


def entries(world: Installation, role: str) -> list[str]:
    """Return the entries of awards that a persona sees."""
    world.settle()
    listed = world.client(role).get("/api/calendar/entries?service=awards").json()["items"]
    return [each["entry_id"] for each in listed]


def test_slots_flow_down_and_are_worked_for_by_whom_the_directory_says(world: Installation) -> None:
    open_cycle(world)
    society = world.organisation("society-a")
    move = moved("allocate", 5, to_unit_id=society)
    ask(world, "POST", "cycles/young-19/quotas/entries", {"moves": [move]})
    path, grant = "/api/awards/cycles/young-19/quotas", {"role": "nominator", "organisation_id": society}
    assert world.client("organizer").get(path).status_code == 403
    account = world.people.accounts["organizer"]
    given = world.client("administrator").post(f"/api/directory/accounts/{account}/grants", json=grant)
    assert given.status_code == 201
    world.settle()
    (balance,) = world.client("organizer").get(path).json()["items"]
    assert (balance["unit_id"], balance["accounts"][0]["balance"]) == (society, 5)
    asked = {"unit_id": society, "category": "people", "count": 5}
    codes = world.client("organizer").post("/api/awards/cycles/young-19/codes", json=asked).json()["codes"]
    assert len({code["code"] for code in codes}) == 5
    again = world.client("organizer").post("/api/awards/cycles/young-19/codes", json=asked)
    assert again.json()["type"] == "/problems/quota-exceeded"


def test_a_programme_can_be_followed_before_it_has_a_cycle(world: Installation) -> None:
    body = {"slug": "early", "owner_id": world.organisation("hq"), "name": {"zh": "某某奖"}}
    ask(world, "POST", "programmes", body)
    assert feed(world, "programmes/early") == {}
    ask(world, "DELETE", "programmes/early")
    world.settle()
    assert world.client().get("/calendars/programmes/early.ics").status_code == 404
