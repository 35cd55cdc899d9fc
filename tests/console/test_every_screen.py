"""Every screen of the console: accessible, in both languages, on a phone and at a desk, light and dark; and no script but its own."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from shared.text import LANGUAGES
from tests.console.desk import Desk
from tests.console.screens import GROUPS, furnish, reader_of, screens_of
from tests.shared.looking import look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

FIRST = 350_000
"""Bytes that the first screen may take on the wire."""


def test_the_first_screen_is_light(desk: Desk, browser: Browser) -> None:
    sizes = dict[str, int]()
    with desk.browser(browser) as context:
        page = context.new_page()
        page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
        page.goto(f"{desk.world.url}/console/")
        page.locator(".needs [data-figure=missing] a").first.wait_for()
    assert 0 < sum(sizes.values()) <= FIRST, sizes


@pytest.mark.parametrize("group", ["strangers", *GROUPS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_accessible_and_fits(
    desk: Desk, browser: Browser, axe: Path, language: str, group: str
) -> None:
    screens = screens_of(group, furnish(desk))
    reader = desk.signed_in(language, reader_of(group))
    if group == "strangers":
        reader["cookies"] = []
    found = look(browser, axe, screens, storage_state=reader)
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert found.keys() == screens.keys()


def test_no_other_site_may_frame_it_or_bring_script(desk: Desk) -> None:
    policy = httpx.get(f"{desk.world.url}/console/").headers["content-security-policy"].split("; ")
    assert {"script-src 'self'", "default-src 'none'", "frame-ancestors 'none'", "form-action 'self'"} <= set(policy)
