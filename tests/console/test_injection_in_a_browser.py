"""Nothing that is written or asked for becomes script; another site changes nothing here, and frames nothing of it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from tests.console.attacked import (
    EXEMPT,
    HANDED_IN,
    attack_awards,
    attack_directory,
    attack_draft,
    attack_released,
)
from tests.console.attacks import ATTACKS, Attacker, Description
from tests.console.desk import Desk, make_desk
from tests.console.screens import GROUPS, Furnished, furnish, reader_of, screens_of
from tests.world import World
from tools.built import WEB

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

MADE = """() => ({
  taken: window.taken === 1,
  made: [...document.querySelectorAll('img[src="x"], [onerror], [onload]')].map(each => each.outerHTML),
  scripts: [...document.scripts].filter(each => each.textContent.trim() === 'taken=1').length,
  links: [...document.querySelectorAll('[href], [src], [action]')]
    .flatMap(each => ['href', 'src', 'action'].map(name => each.getAttribute(name) ?? ''))
    .filter(each => /^[\\\\s\\\\0]*javascript:/i.test(each)),
})"""
"""What an attack would have made of a page."""

NOTHING = {"taken": False, "made": [], "scripts": 0, "links": []}
SHOWN = """() => [document.body.innerText, ...[...document.querySelectorAll('input, textarea')].map(each => each.value)]
  .some(each => each.includes('onerror=taken=1'))"""
ASKED = re.compile(r"(?:useFilters\(\s*|FILTERS = )\[([^\]]*)\]|search(?:Params)?\.get\(\"(\w+)\"\)")
CHANGING = {"post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def attacked(house: World) -> tuple[Furnished, Attacker]:
    """Make an edition with one of everything, and attack through every text of it."""
    on, attacker = furnish(make_desk(house, "attacked")), Attacker(house, Description.of(house))
    attack_draft(attacker, on)
    attack_released(attacker, on)
    attack_directory(attacker, on)
    attack_awards(attacker, on)
    house.settle()
    return on, attacker


@contextmanager
def reading(browser: Browser, desk: Desk, role: str = "organizer") -> Iterator[Page]:
    """Open a page that would run what it holds: the policy that forbids it is put aside."""
    context = browser.new_context(storage_state=desk.signed_in("en", role), bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_every_text_that_the_api_takes_is_attacked(attacked: tuple[Furnished, Attacker]) -> None:
    _, attacker = attacked
    texts = {name for name, body in attacker.description.bodies().items() if any(attacker.description.texts(body))}
    assert texts - attacker.sent == EXEMPT
    assert attacker.refused, "what has a rule refuses"
    assert len(attacker.taken) > len(attacker.refused)


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_written_stays_text(attacked: tuple[Furnished, Attacker], browser: Browser, group: str) -> None:
    on, _ = attacked
    found, shown = dict[str, Any](), set[str]()
    with reading(browser, on.desk, reader_of(group)) as page:
        for name, screen in screens_of(group, on).items():
            screen(page)
            found[name] = page.evaluate(MADE)
            shown |= {name} if page.evaluate(SHOWN) else set()
    assert {name: each for name, each in found.items() if each != NOTHING} == {}
    assert len(shown) >= len(found) / 3, f"attacks stand on {shown} alone"


def test_what_is_written_stays_text_on_public_pages(attacked: tuple[Furnished, Attacker], browser: Browser) -> None:
    on, _ = attacked
    seen = set[str]()
    with reading(browser, on.desk) as page:
        left = [f"/{each}/events/series-{on.released.edition}/{on.released.edition}" for each in ("zh", "en")]
        left += [f"/{each}/awards/cycles/{HANDED_IN}" for each in ("zh", "en")]
        while left and len(seen) < 60:
            address = left.pop()
            seen.add(address)
            page.goto(f"{on.desk.world.url}{address}")
            assert page.evaluate(MADE) == NOTHING, address
            hrefs = page.locator("main a[href^='/']").evaluate_all("all => all.map(each => each.getAttribute('href'))")
            pages = {
                href.partition("#")[0].partition("?")[0] for href in hrefs if not re.search(r"\.\w+($|\?|#)", href)
            }
            left += sorted(pages - seen - set(left))
        assert len(seen) > 6
        assert {re.sub(r"[^/]*$", "", address) for address in seen} >= {
            "/en/notices/",
            f"/en/awards/cycles/{HANDED_IN}/",
        }


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_asked_for_stays_text(attacked: tuple[Furnished, Attacker], browser: Browser, group: str) -> None:
    on, _ = attacked
    sources = "".join(file.read_text(encoding="utf-8") for file in sorted((WEB / "src").rglob("*.ts*")))
    names = {name for found in ASKED.findall(sources) for name in re.findall(r"\w+", found[0] or found[1])}
    assert {"q", "day", "person", "from_on", "below"} <= names
    with reading(browser, on.desk, reader_of(group)) as page:
        for address in {
            screen.address.partition("#")[0].partition("?")[0] for screen in screens_of(group, on).values()
        }:
            for asked in (
                dict.fromkeys(sorted(names - {"language"}), ATTACKS[0]),
                {"q": ATTACKS[0], "language": ATTACKS[0]},
            ):
                page.goto(f"{address}?{urlencode(asked)}#{ATTACKS[0]}")
                page.locator("h1").first.wait_for()
                assert page.evaluate(MADE) == NOTHING, address


def test_no_changing_request_is_taken_from_another_site(desk: Desk) -> None:
    paths = Description.of(desk.world).document["paths"]
    cookie = {"Cookie": f"huitang_session={desk.world.session('organizer')}"}
    origins = (
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
        {"Sec-Fetch-Site": "same-site", "Origin": desk.world.url},
    )
    changing = [(method, path) for path, methods in paths.items() for method in methods.keys() & CHANGING]
    taken = [
        (method, path, origin)
        for method, path in changing
        for origin in origins
        if not refused_as_cross_site(desk, method, path, cookie | origin)
    ]
    assert {path.split("/")[2] for _, path in changing} == {"awards", "calendar", "directory", "events"}
    assert taken == []


def refused_as_cross_site(desk: Desk, method: str, path: str, headers: dict[str, str]) -> bool:
    address = re.sub(r"\{\w+\}", "x", path)
    answer = desk.world.client(headers=headers).request(method, address, content=b"{}")
    return answer.status_code == 403 and answer.json()["type"].endswith("cross-site")


@contextmanager
def elsewhere(html: str) -> Iterator[str]:
    """Serve a page of another site: another port of the same host, whose requests bring the cookie along."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_form_of_another_site_changes_nothing(desk: Desk, browser: Browser) -> None:
    taken = f"{desk.world.url}/api/events/editions/{desk.edition}"
    forms = "".join(
        f"""<form method=post enctype=text/plain action='{taken}/key-dates' target=there>
          <input name='{{"kind":"arrival","on":"2031-05-01","title":{{"zh":"x","en":"' value='"}}}}'></form>
        <form method=post action='{taken}/publish' target=there></form>
        <form method=post action='{desk.world.url}/api/directory/sign-out' target=there></form>"""
    )
    with elsewhere(f"{forms}<iframe name=there></iframe>") as address, desk.browser(browser) as context:
        page = context.new_page()
        page.goto(address)
        for n in range(3):
            with page.expect_response(lambda answer: answer.request.method == "POST") as told:
                page.evaluate(f"document.forms[{n}].submit()")
            assert "huitang_session" in (told.value.request.all_headers().get("cookie") or ""), "its cookie comes along"
            assert told.value.status == 403
        script = "url => fetch(url, {method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}'})"
        with page.expect_response(lambda answer: answer.request.method == "POST") as told:
            page.evaluate(script, f"{taken}/publish")
        assert told.value.status == 403
    assert desk.send("GET", f"/editions/{desk.edition}/key-dates")["items"] == []
    assert desk.send("GET", f"/editions/{desk.edition}")["state"] == "planned"


@pytest.mark.parametrize("path", ["/console/", "/console/me", "/sign-in", "/en/events"])
def test_another_site_frames_nothing(desk: Desk, browser: Browser, path: str) -> None:
    with elsewhere(f"<iframe src='{desk.world.url}{path}'></iframe>") as address, desk.browser(browser) as context:
        page = context.new_page()
        page.goto(address)
        framed = page.frames[1]
        framed.wait_for_load_state()
        assert framed.url.startswith("chrome-error:")
        assert desk.world.url not in framed.url
