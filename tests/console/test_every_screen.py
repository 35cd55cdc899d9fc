"""Every screen of the console: accessible, in both languages, on a phone and at a desk, light and dark; and no script but its own."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from shared.text import LANGUAGES
from tests.console.desk import Desk, text
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
    prepare(desk)
    version = desk.send("GET", f"/editions/{desk.edition}")["version"]
    asked = f"deed=change&version={version}&content=%7B%22acronym%22%3A%22A%22%7D"
    strangers = {"sign-in": shown(f"{console}/", "form")}
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
