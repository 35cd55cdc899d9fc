"""Every screen of the console: accessible, in both languages, on a phone and at a desk, light and dark; and no script but its own."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from shared.text import LANGUAGES
from tests.console.desk import DAY, Desk, text
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_accessible_and_fits(desk: Desk, browser: Browser, axe: Path, language: str) -> None:
    console = f"{desk.world.url}/console"
    kept = [{"origin": desk.world.url, "localStorage": [{"name": "huitang.language", "value": language}]}]
    strangers = {"sign-in": shown(f"{console}/", "form")}
    edition = f"{console}/editions/{desk.edition}"
    ids = furnish(desk)
    own = {
        "home": shown(f"{console}/", ".cards a"),
        "editions": shown(f"{console}/editions", "table a"),
        "no editions": shown(f"{console}/editions?q=zzzz", ".ant-empty"),
        "overview": shown(f"{console}/editions/{desk.edition}", ".within"),
        "schedule": shown(desk.address, ".block"),
        "programme": shown(f"{edition}/programme", ".cell"),
        "columns": opened(f"{edition}/programme", ".cell", ".filters .menu button"),
        "a cell": opened(f"{edition}/programme", ".cell", ".cell"),
        "many at once": opened(f"{edition}/programme", ".cell", "th input"),
        "no sessions": shown(f"{edition}/programme?q=zzzz", ".ant-empty"),
        "tracks": shown(f"{edition}/programme/tracks", "tbody tr"),
        "new session": shown(f"{edition}/programme/new", "form"),
        "session": shown(f"{edition}/programme/{ids['session']}", ".taking-part"),
        "people here": shown(f"{edition}/people", "tbody tr"),
        "person here": shown(f"{edition}/people/{ids['person']}", ".week"),
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


def test_the_first_screen_is_light(desk: Desk, browser: Browser) -> None:
    sizes = dict[str, int]()
    with desk.browser(browser) as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
        page.goto(f"{desk.world.url}/console/")
        page.locator(".cards a").first.wait_for()
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
