"""A browser that looks at a public page as readers do: sizes, schemes, accessibility, without script.

`chromium`, `serve` and `faults` are for any test of public pages, those of the services too.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

from shared.pages.assets import POLICY, assets

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDTHS = (390, 1440)
SCHEMES = ("light", "dark")
ORIGIN = "http://huitang.test"

_SMALL_TARGETS = """[...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(e => {
  const box = e.getBoundingClientRect(), inText = getComputedStyle(e).display == 'inline' && e.closest('p, .prose, dd');
  return box.width && !inText && !e.closest('.card, label, .skip') && (box.height < 24 || box.width < 24);
}).map(e => e.outerHTML.slice(0, 80))"""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a page, seen at a width in a scheme."""

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


def faults(page: Page, axe: Path, width: int, scheme: str) -> Iterator[Fault]:
    """Yield what axe-core finds in the page that is open, with all its rules, and what lies outside or is too small."""
    found = page.evaluate(f"(() => {{ {axe.read_text(encoding='utf-8')} }})(), axe.run()")
    for violation in found["violations"]:
        for node in violation["nodes"]:
            yield Fault(width, scheme, violation["id"], str(node["target"]))
    if (outside := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
        yield Fault(width, scheme, "overflow", f"{outside} px")
    for target in page.evaluate(_SMALL_TARGETS):
        yield Fault(width, scheme, "small-target", target)
