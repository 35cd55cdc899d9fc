"""Every screen of the console: accessible, in both languages, on a phone and at a desk, light and dark; and no script but its own."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from shared.text import LANGUAGES
from tests.console.desk import DAY, Desk, make_desk, text
from tests.shared.looking import Visit, look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

FIRST = 350_000
"""Bytes that the first screen may take on the wire."""


def shown(address: str, what: str) -> Visit:
    """Return what opens an address, and waits until its content is there."""

    def visit(page: Page) -> None:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(address)
        page.locator(what).first.wait_for()

    return visit


def released_and_clashing(desk: Desk) -> str:
    """Make another edition: its first session is released, the second confirmed at its place; return its slug."""
    other = make_desk(desk.world, f"{desk.edition}-released")
    other.send("PATCH", f"/sessions/{other.ids['Opening']}", {"status": "confirmed"}, 1)
    other.send("POST", f"/editions/{other.edition}/releases", {"note": {"zh": "初稿", "en": "First"}})
    other.send("POST", f"/editions/{other.edition}/previews", {})
    other.send("PATCH", f"/sessions/{other.ids['Tides']}", {"status": "confirmed"}, 1)
    version = other.send("GET", f"/sessions/{other.ids['Tides']}/placement")["version"]
    other.place("Tides", "Hall A", "09:30", version=version)
    return other.edition


def opened(address: str, what: str, click: str) -> Visit:
    """Return what opens an address as `shown` does, and then unfolds something of it."""

    def visit(page: Page) -> None:
        shown(address, what)(page)  # type: ignore[operator]
        page.locator(click).first.click()

    return visit


def furnish(desk: Desk) -> dict[str, str]:
    """Fill an edition with one of everything that screens show; return ids by what they are of."""
    owner, session, room = desk.world.organisation("society-a"), desk.ids["Opening"], desk.ids["Hall A"]
    person = desk.send("POST", "/people", {"name": text("Li"), "owner_id": owner, "title": text("Professor")})["id"]
    track = {"name": text("Ocean"), "colour": "#1f6feb"}
    track_id = desk.send("POST", f"/editions/{desk.edition}/tracks", track)["id"]
    link = [{"href": "https://example.org", "title": "More"}]
    whole = {"people": [{"person_id": person}], "track_id": track_id, "links": link, "needs": {"projector": 1}}
    desk.send("PATCH", f"/sessions/{session}", whole, 1)
    venue = desk.send("GET", f"/rooms/{room}")["venue_id"]
    walk = {"kind": "room", "one": room, "other": desk.ids["Hall B"], "minutes": 5}
    desk.send("PUT", f"/venues/{venue}/walks", {"walks": [walk]}, 1)
    times = {"start_local": f"{DAY}T08:00", "end_local": f"{DAY}T18:00"}
    lunch = {"start_local": f"{DAY}T12:00", "end_local": f"{DAY}T13:00", "closed": True}
    desk.send("PUT", f"/rooms/{room}/windows", {"windows": [times, lunch]}, 1)
    desk.send("PUT", f"/editions/{desk.edition}/people/{person}/windows", {"windows": [times]}, 1)
    return {"person": person, "session": session, "venue": venue, "room": room}


def prepare(desk: Desk) -> None:
    """Let there be something on every screen."""
    edition = f"/editions/{desk.edition}"
    parts = [{"role": "host", "organisation_id": desk.world.organisation("society-a")}]
    values = {"organisations": parts, "requires_approval": True, "city": {"zh": "青岛", "en": ""}}
    desk.send("PATCH", edition, values, 1)
    desk.send("POST", f"{edition}/key-dates", {"kind": "arrival", "title": text("Arrival"), "on": "2031-05-01"})
    alias = {"name": text("Former"), "until_on": "2024-12-31"}
    document = {"code": "1", "title": text("Plan"), "issued_on": "2025-01-01"}
    desk.send("PATCH", f"/series/series-{desk.edition}", {"aliases": [alias], "documents": [document]}, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_accessible_and_fits(desk: Desk, browser: Browser, axe: Path, language: str) -> None:
    console = f"{desk.world.url}/console"
    kept = [{"origin": desk.world.url, "localStorage": [{"name": "huitang.language", "value": language}]}]
    edition = f"{console}/editions/{released_and_clashing(desk)}"
    drafted = f"{console}/editions/{desk.edition}"
    prepare(desk)
    version = desk.send("GET", f"/editions/{desk.edition}")["version"]
    asked = f"deed=change&version={version}&content=%7B%22acronym%22%3A%22A%22%7D"
    strangers = {"sign-in": shown(f"{console}/", "form")}
    ids = furnish(desk)
    own = {
        "home": shown(f"{console}/", ".needs [data-figure=missing] a"),
        "editions": shown(f"{console}/editions", "table a"),
        "no editions": shown(f"{console}/editions?q=zzzz", ".ant-empty"),
        "new edition": shown(f"{console}/editions/new", "form"),
        "series": shown(f"{console}/series", "table a"),
        "new series": shown(f"{console}/series/new", "form"),
        "one series": shown(f"{console}/series/series-{desk.edition}", ".list time"),
        "overview": shown(f"{console}/editions/{desk.edition}", ".tasks"),
        "settings": shown(f"{console}/editions/{desk.edition}/settings", ".list time"),
        "key dates": shown(f"{console}/editions/{desk.edition}/dates", "table"),
        "rooms": shown(f"{console}/editions/{desk.edition}/rooms", ".strip"),
        "lifecycle": shown(f"{console}/editions/{desk.edition}/lifecycle", "details"),
        "approving": shown(f"{console}/editions/{desk.edition}/approve#{asked}", "table"),
        "next edition": shown(f"{console}/editions/{desk.edition}/next", "form"),
        "schedule": shown(desk.address, ".block"),
        "releases": shown(f"{edition}/releases", "table a"),
        "next release": shown(f"{edition}/releases/next", ".blockers"),
        "release": shown(f"{edition}/releases/1", "[data-kind] li"),
        "import": shown(f"{edition}/import", ".drop"),
        "import of a new edition": shown(f"{console}/import", ".drop"),
        "print": shown(f"{edition}/print?by=approval", ".one-sheet"),
        "today": shown(f"{edition}/today", ".room-card"),
        "programme": shown(f"{drafted}/programme", ".cell"),
        "columns": opened(f"{drafted}/programme", ".cell", ".filters .menu button"),
        "a cell": opened(f"{drafted}/programme", ".cell", ".cell"),
        "many at once": opened(f"{drafted}/programme", ".cell", "th input"),
        "no sessions": shown(f"{drafted}/programme?q=zzzz", ".ant-empty"),
        "tracks": shown(f"{drafted}/programme/tracks", "tbody tr"),
        "new session": shown(f"{drafted}/programme/new", "form"),
        "session": shown(f"{drafted}/programme/{ids['session']}", ".taking-part"),
        "people here": shown(f"{drafted}/people", "tbody tr"),
        "person here": shown(f"{drafted}/people/{ids['person']}", ".week"),
        "people": shown(f"{console}/people", "tbody tr"),
        "person": shown(f"{console}/people/{ids['person']}", "form"),
        "new person": shown(f"{console}/people/new", "form"),
        "venues": shown(f"{console}/venues", "tbody tr"),
        "venue": shown(f"{console}/venues/{ids['venue']}", ".line"),
        "new venue": shown(f"{console}/venues/new", "form"),
        "room": shown(f"{console}/venues/{ids['venue']}/rooms/{ids['room']}", ".week"),
        "new room": shown(f"{console}/venues/{ids['venue']}/rooms/new", "form"),
        "not found": shown(f"{console}/nowhere", "h1"),
    }
    found = look(browser, axe, strangers, storage_state={"cookies": [], "origins": kept})
    found |= look(browser, axe, own, storage_state=desk.signed_in(language))
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert found.keys() == strangers.keys() | own.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_of_the_directory_is_accessible_and_fits(
    desk: Desk, browser: Browser, axe: Path, language: str
) -> None:
    console = f"{desk.world.url}/console"
    account = f"{console}/accounts/{desk.world.people.accounts['scheduler']}"

    def asking(address: str, nth: int) -> Visit:
        def visit(page: Page) -> None:
            shown(address, ".deeds a")(page)
            page.locator(".acts button").nth(nth).click()
            page.get_by_role("dialog").locator("form").wait_for()

        return visit

    screens = {
        "organisations": shown(f"{console}/organisations", "[aria-level='2']"),
        "organisations found": shown(f"{console}/organisations?kind=society", "table a"),
        "organisation": shown(f"{console}/organisations/society-a", ".deeds a"),
        "an organisation to move": asking(f"{console}/organisations/society-a", 2),
        "new organisation": shown(f"{console}/organisations/new", "form"),
        "organisations out of a workbook": shown(f"{console}/organisations/import", "form"),
        "accounts": shown(f"{console}/accounts", "table a"),
        "account": shown(account, ".deeds a"),
        "a role to give": asking(account, 2),
        "new account": shown(f"{console}/accounts/new", "form"),
        "grants": shown(f"{console}/grants", "table a"),
        "audit": shown(f"{console}/audit", "table a"),
        "me": shown(f"{console}/me", ".card"),
        "calendars": shown(f"{console}/calendars", ".ant-segmented"),
        "new calendar": shown(f"{console}/calendars/new", "form"),
    }
    found = look(browser, axe, screens, storage_state=desk.signed_in(language, "administrator"))
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert found.keys() == screens.keys()


def test_the_first_screen_is_light(desk: Desk, browser: Browser) -> None:
    sizes = dict[str, int]()
    with desk.browser(browser) as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
        page.goto(f"{desk.world.url}/console/")
        page.locator(".needs [data-figure=missing] a").first.wait_for()
    assert 0 < sum(sizes.values()) <= FIRST, sizes


def test_what_is_typed_is_text(desk: Desk, browser: Browser) -> None:
    attack = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    desk.send("PATCH", f"/sessions/{desk.ids['Opening']}", {"title": {"zh": attack, "en": f"Opening {attack}"}}, 1)
    with desk.browser(browser) as context:
        page = desk.open(context)
        page.goto(f"{desk.world.url}/console/editions?q={attack}")
        page.locator(".ant-empty").wait_for()
        assert page.title() != "taken"


def test_no_other_site_may_frame_it_or_bring_script(desk: Desk) -> None:
    policy = httpx.get(f"{desk.world.url}/console/").headers["content-security-policy"].split("; ")
    assert {"script-src 'self'", "default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"} <= set(policy)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_dialog_is_accessible_and_fits(desk: Desk, browser: Browser, axe: Path, language: str) -> None:
    prepare(desk)

    def opened(page: Page) -> None:
        shown(f"{desk.world.url}/console/editions/{desk.edition}/dates", "table")(page)
        page.locator(".heads .ant-btn-primary").click()
        page.locator(".ant-modal form input[type=date]").first.wait_for()

    found = look(browser, axe, {"a key date": opened}, storage_state=desk.signed_in(language))
    assert found == {"a key date": []}
