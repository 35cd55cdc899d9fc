"""Whatever is changed in the console is changed by keys alone; a change without a row in the table of actions fails."""

import re

import pytest
from playwright.sync_api import Browser

from tests.console import (
    actions_on_awards,
    actions_on_checks,
    actions_on_directory,
    actions_on_editions,
    actions_on_nominations,
    actions_on_programmes,
)
from tests.console.actions import TABLE, Action
from tests.console.attacks import Description
from tests.console.desk import Desk
from tests.console.keys import PATIENCE, Keys
from tests.console.templates import Templates, bare
from tests.world import World
from tools.built import WEB

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

ENTERED = (
    actions_on_awards,
    actions_on_checks,
    actions_on_nominations,
    actions_on_editions,
    actions_on_programmes,
    actions_on_directory,
)
"""What fills the table."""
CHANGE = re.compile(r"api\.(POST|PUT|PATCH|DELETE)\(\s*[\"`]([^\"`]+)")
UPLOAD = re.compile(r"upload<\w+>\(\s*\"([^\"]+)")
"""How a file is sent, which is a `POST`."""
ONE_OF = "${}"
"""In an address of the source: one of several words."""


@pytest.fixture(scope="module")
def templates(house: World) -> Templates:
    """Read the addresses of the API."""
    return Templates.of(Description.of(house).document)


@pytest.mark.parametrize("action", TABLE, ids=lambda action: action.name)
def test_by_keys_alone(desk: Desk, browser: Browser, templates: Templates, action: Action) -> None:
    action.prepare(desk)
    role = action.role or "organizer"
    with desk.browser(browser, role=role) as context:
        if not action.role:
            context.clear_cookies()
        context.set_default_timeout(PATIENCE)
        keys = Keys(context.new_page(), templates)
        keys.page.goto(f"{desk.world.url}/console{action.address.format(edition=desk.edition, **desk.ids)}")
        action.do(keys, desk)
        for change in action.changes:
            keys.made(change)
        assert keys.used_no_pointer()


def test_every_change_of_the_console_is_in_the_table(templates: Templates) -> None:
    assert {each for action in TABLE for each in action.changes} == changes_of_the_console(templates)


def changes_of_the_console(templates: Templates) -> set[str]:
    """Read the changes out of the sources; where a word of an address varies, it is any that no other names."""
    sources = sorted((WEB / "src").rglob("*.ts*"))
    texts = [file.read_text(encoding="utf-8") for file in sources]
    found = {f"{method} {bare(path)}" for text in texts for method, path in CHANGE.findall(text)}
    found |= {f"POST {bare(path)}" for text in texts for path in UPLOAD.findall(text)}
    varying = {each for each in found if ONE_OF in each}
    named = found - varying
    meant = {
        each for each in templates.changes if each not in named and any(matches_varying(one, each) for one in varying)
    }
    return named | meant


def matches_varying(varying: str, template: str) -> bool:
    return re.fullmatch(re.escape(varying).replace(re.escape(ONE_OF), "[a-z-]+"), template) is not None
