"""A browser that looks at a public page as readers do: sizes, schemes, accessibility.

`look` is for any test of public pages; the fixtures `browser` and `axe` are its first arguments.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Route, sync_playwright

from shared.pages.assets import POLICY, assets

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDTHS = (390, 1440)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NARROWEST = 320
ORIGIN = "http://huitang.test"

_AXE = """new Promise(shown => requestAnimationFrame(() => setTimeout(shown)))
  .then(() => axe.run({resultTypes: ['violations']})).then(found => found.violations)"""
"""All rules, once the page has followed its scheme; what passes them is not told, which would take most of the time."""

Visit = str | Callable[[Page], object]
"""The address of a page, or what brings it about."""

_SMALL_TARGETS = """[...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
  const box = e.getBoundingClientRect(), inText = getComputedStyle(e).display == 'inline' && e.closest('p, .prose, dd');
  return box.width && !inText && !e.closest('.card, label, .skip') && (box.height < 24 || box.width < 24);
}).map(e => e.outerHTML.slice(0, 80))"""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a page, seen at a width, and in a scheme where that matters."""

    width: int
    scheme: str
    rule: str
    where: str


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def serve(page: Page, pages: Mapping[str, str]) -> None:
    """Answer the browser's requests from `pages` (path to HTML) and the assets, under the policy; nothing else exists."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path in assets():
            route.fulfill(body=assets()[path].content, content_type=assets()[path].media_type)
        elif path in pages:
            route.fulfill(
                body=pages[path], content_type="text/html; charset=utf-8", headers={"content-security-policy": POLICY}
            )
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)


def look(browser: Browser, axe: Path, visits: Mapping[str, Visit], **context: Any) -> dict[str, list[Fault]]:
    """Return what is wrong with each page, all that can be unfolded unfolded; `context` says more of the browser."""
    opened = browser.new_context(
        bypass_csp=True, reduced_motion="reduce", **context
    )  # a colour on its way is no colour
    page, found = opened.new_page(), dict[str, list[Fault]]()
    for name, visit in visits.items():
        if callable(visit):
            visit(page)
        else:
            page.goto(visit)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found[name] = list(faults(page, axe))
    opened.close()
    return found


def faults(page: Page, axe: Path, widths: Sequence[int] = (NARROWEST, *WIDTHS)) -> Iterator[Fault]:
    """Yield what axe-core finds in the page that is open, with all its rules, and what lies outside or is too small: at
    every width, light and dark.
    """
    page.evaluate(axe.read_text(encoding="utf-8"))
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        if (outside := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            yield Fault(width, "", "overflow", f"{outside} px")
    for width, scheme in product((width for width in widths if width != NARROWEST), SCHEMES):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        for violation in page.evaluate(_AXE):
            for node in violation["nodes"]:
                yield Fault(width, scheme, violation["id"], str(node["target"]))
        for target in page.evaluate(_SMALL_TARGETS):
            yield Fault(width, scheme, "small-target", target)
