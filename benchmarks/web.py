"""The schedule editor in a browser, with 1,000 sessions in 35 rooms: how soon it can be used, and how smoothly.

A house of its own holds the programme; Debian's Chromium opens the console as built. What script and layout take is
counted by the browser itself; a task is long where the browser says so (over 50 ms). Two browsers tell how soon one
shows what the other did. Sizes are those of the built files, as they go over the wire.
"""

import gzip
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.__main__ import Row
from benchmarks.sampled import house
from benchmarks.stack import not_here, row
from tools.built import WEB, is_built

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--js-flags=--expose-gc",
)  # fmt: skip
SESSIONS, ROOMS, DAYS = 1_000, 35, 3
FIRST = date(2031, 5, 2)
STEPS, WARM_UP, DROPS, REPEATS, SETTLED_MS = 120, 20, 500, 5, 1_000
USABLE_SECONDS, MOVE_MS, TASK_MS, DROP_MS, SEEN_SECONDS, GROWTH = 2.5, 8.0, 50.0, 100.0, 1.0, 10.0
FIRST_ROUTE_KB, ROUTE_KB = 350.0, 150.0

_IMPORT = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+)["']""")

_WATCH = """
window.long = [];
new PerformanceObserver(list => list.getEntries().forEach(each => window.long.push(each.duration)))
  .observe({type: 'longtask'});
const look = () => {
  const all = [...document.querySelectorAll('.block .what')];
  if (all.length > 300 && all.every(each => each.textContent !== '…')) window.usable = performance.now();
  else requestAnimationFrame(look);
};
look();
"""
"""Tells when every block of the day is there with its title, in milliseconds since the page was asked for."""

_DRAWN = "new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn)))"
_STANDS = """([id, top]) => { window.stands = new Promise(stands => addEventListener('pointerup', release => {
  const block = () => document.querySelector(`.block[data-session="${id}"]`);
  const taken = () => performance.now() - release.timeStamp;
  const look = () => {
    const there = Math.abs(parseFloat(block()?.style.top) - top) < 0.01;
    requestAnimationFrame(there || taken() > 5000 ? () => setTimeout(() => stands(taken())) : look);
  };
  look();
}, {once: true})) }"""
"""Tells how long after the release a block is drawn at its new place."""


@dataclass
class Draft:
    """An edition of the size of a large congress, on the server."""

    url: str
    key: str
    edition: str = ""
    places: list[dict[str, Any]] = field(default_factory=list)

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the API."""
        answer = self.client.request(method, f"/api/events{path}", json=body)
        answer.raise_for_status()
        return answer.json()

    def fill(self) -> None:
        """Make the edition, its rooms and its sessions, and place all but a few of them."""
        headers = {"Authorization": f"Bearer {self.key}"}
        with httpx.Client(base_url=self.url, headers=headers, timeout=60) as self.client:
            series = self.send("GET", "/series?limit=1")["items"][0]
            days = {"starts_on": f"{FIRST}", "ends_on": f"{FIRST + timedelta(days=DAYS - 1)}", "zone": "Asia/Shanghai"}
            made = {"series_id": series["id"], "slug": "large-congress", "name": _text("Congress")} | days
            self.edition = self.send("POST", "/editions", made)["slug"]
            venue = self.send("POST", "/venues", {"name": _text("Centre"), "owner_id": series["owner_id"]})
            rooms = list[str]()
            for number in range(ROOMS):
                room = {"name": _text(f"Room {number + 1}"), "seats": 100}
                rooms.append(self.send("POST", f"/venues/{venue['id']}/rooms", room)["id"])
                self.send("POST", f"/editions/{self.edition}/rooms", {"room_id": rooms[-1]})
            moves = [self._move(number, rooms) for number in range(SESSIONS)]
            self.places = self.send("POST", f"/editions/{self.edition}/schedule/moves", {"moves": moves})["placements"]

    def _move(self, number: int, rooms: list[str]) -> dict[str, Any]:
        title = _text(f"Talk {number} on the state of the oceans")
        body = {"title": title, "kind": "talk", "duration_minutes": 40, "abstract": _text("About the sea. " * 40)}
        session = self.send("POST", f"/editions/{self.edition}/sessions", body)
        (day, slot), room = divmod(number // ROOMS, 10), number % ROOMS
        start = f"{FIRST + timedelta(days=day)}T{9 + slot:02}:00:00"
        place = {"room_id": rooms[room], "start_local": start, "duration_minutes": 40}
        return {"session_id": session["id"], "version": 0, "place": place}

    @property
    def address(self) -> str:
        """The address of its schedule in the console."""
        return f"{self.url}/console/editions/{self.edition}/schedule"


def _text(en: str) -> dict[str, str]:
    return {"zh": f"{en}（中）", "en": en}


@contextmanager
def visit(browser: Browser, draft: Draft) -> Iterator[Page]:
    """Open a browser of the organizer's own, in English."""
    headers = {"Authorization": f"Bearer {draft.key}"}
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", extra_http_headers=headers)
    context.add_init_script(_WATCH)
    yield context.new_page()
    context.close()


def open_editor(page: Page, draft: Draft) -> float:
    """Open the schedule; return the seconds until the board can be used, every block with its title."""
    page.goto(draft.address)
    page.locator(".live[data-heard=true]").wait_for()
    until = time.monotonic() + 60
    while (usable := page.evaluate("window.usable")) is None and time.monotonic() < until:
        page.wait_for_timeout(20)
    return float(usable) / 1_000


@dataclass
class Hand:
    """Drags blocks about the board, and asks the browser what that took."""

    page: Page
    counts: CDPSession

    @classmethod
    def of(cls, page: Page) -> "Hand":
        """Take the page in hand; the browser counts from here on."""
        counts = page.context.new_cdp_session(page)
        counts.send("Performance.enable")
        counts.send("HeapProfiler.enable")
        return cls(page, counts)

    def counted(self) -> float:
        """Return the milliseconds that script, styles and layout have taken by now."""
        metrics = {each["name"]: each["value"] for each in self.counts.send("Performance.getMetrics")["metrics"]}
        return 1_000 * float(metrics["ScriptDuration"] + metrics["LayoutDuration"] + metrics["RecalcStyleDuration"])

    def heap(self) -> float:
        """Return the bytes of script's memory in use, when all has settled and what is not needed is given back."""
        self.page.wait_for_timeout(SETTLED_MS)
        self.counts.send("HeapProfiler.collectGarbage")
        return float(self.counts.send("Runtime.getHeapUsage")["usedSize"])

    def forget(self) -> None:
        """Begin anew to look for long tasks."""
        self.page.evaluate("window.long = []")

    def longest(self) -> float:
        """Return the longest task of over 50 ms since `forget`, in milliseconds; 0 where there was none."""
        return float(self.page.evaluate("Math.max(0, ...window.long)"))

    def lift(self, session: str) -> tuple[float, float]:
        """Press on a block that is in view, and return where."""
        box = self.page.locator(f'.block[data-session="{session}"]').bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + 6
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        return x, y

    def steps(self, x: float, y: float) -> list[float]:
        """Move about what is held; return the milliseconds that each move took."""
        taken = []
        for number in range(STEPS):
            before = self.counted()
            self.page.mouse.move(x + number * 4, y + (number % 40) * 8)
            self.page.evaluate(_DRAWN)
            taken.append(self.counted() - before)
        return taken

    def drop(self, session: str, minutes: int) -> float:
        """Drag a block so many minutes down (or up), drop it; return the milliseconds until it stands there."""
        block = self.page.locator(f'.block[data-session="{session}"]')
        top = float(block.evaluate("each => parseFloat(each.style.top)"))
        x, y = self.lift(session)
        self.page.mouse.move(x, y + minutes * 1.6, steps=3)
        self.page.evaluate(_DRAWN)
        self.page.evaluate(_STANDS, [session, top + minutes * 1.6])
        self.page.mouse.up()
        return float(self.page.evaluate("window.stands"))


def measure() -> list[Row]:
    """Return the rows."""
    if not CHROMIUM.exists() or not is_built(WEB):
        return not_here("web", "Chromium, or a console that is built (make console)")
    with tempfile.TemporaryDirectory() as place, house(Path(place)) as (url, keys), sync_playwright() as playwright:
        draft = Draft(url, keys["administrator"])
        draft.fill()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            return [*sizes(browser, draft), opening(browser, draft), *dragging(browser, draft), seeing(browser, draft)]
        finally:
            browser.close()


def sizes(browser: Browser, draft: Draft) -> list[Row]:
    """Measure what the first screen takes on the wire, and the largest of what further ones load beside it."""
    loaded = dict[str, int]()
    with visit(browser, draft) as page:
        page.on("requestfinished", lambda asked: loaded.update({asked.url: asked.sizes()["responseBodySize"]}))
        page.goto(f"{draft.url}/console/", wait_until="networkidle")
    assets = {file.name: file for file in (WEB / "dist" / "assets").glob("*.*s*")}
    first = {url.rsplit("/", 1)[-1] for url in loaded}
    further = {
        name: sum(len(gzip.compress(assets[each].read_bytes(), 6)) for each in _with_imports(assets, {name}) - first)
        for name in assets
    }
    largest = max(further, key=lambda name: further[name])
    own = sum(size for url, size in loaded.items() if "/console/" in url)
    return [
        _limited("web: first route, gzip", own / 1_000, "kB", FIRST_ROUTE_KB, "page, script and styles"),
        _limited("web: largest further route, gzip", further[largest] / 1_000, "kB", ROUTE_KB, largest),
    ]


def _with_imports(assets: dict[str, Path], names: set[str]) -> set[str]:
    """Return these scripts and all that they import at once."""
    found, new = set[str](), set(names)
    while new:
        found |= new
        texts = (assets[name].read_text(errors="ignore") for name in new if name.endswith(".js"))
        imported = {name for text in texts for name in _IMPORT.findall(text)}
        new = (imported & assets.keys()) - found
    return found


def opening(browser: Browser, draft: Draft) -> Row:
    """Measure how soon the editor can be used, nothing of it in the browser's cache."""
    taken = list[float]()
    for _ in range(REPEATS):
        with visit(browser, draft) as page:
            taken.append(open_editor(page, draft))
    beside = f"{SESSIONS:,} sessions, {ROOMS} rooms; from {min(taken):.2f} to {max(taken):.2f} s"
    return _limited("web: schedule editor usable", median(taken), "s", USABLE_SECONDS, beside)


def dragging(browser: Browser, draft: Draft) -> list[Row]:
    """Measure what it takes to carry a block and to drop it, and what is left in memory after many drops."""
    with visit(browser, draft) as page:
        open_editor(page, draft)
        hand = Hand.of(page)
        session = next(each["session_id"] for each in draft.places if f"{FIRST}T10:" in each["start_local"])
        x, y = hand.lift(session)
        page.mouse.move(x + 8, y)
        page.wait_for_timeout(500)
        hand.forget()
        moves = hand.steps(x, y)
        longest = hand.longest()
        page.keyboard.press("Escape")
        page.mouse.up()
        to_and_fro = (15, -15)
        for number in range(WARM_UP):
            hand.drop(session, to_and_fro[number % 2])
        before = hand.heap()
        drops = [hand.drop(session, to_and_fro[number % 2]) for number in range(DROPS)]
        growth = (hand.heap() / before - 1) * 100
    nth = sorted(drops)
    late, told = nth[int(len(nth) * 0.95)], f"{len(nth)} drops, the longest {nth[-1]:.0f} ms"
    return [
        _limited(
            "web: script and layout of a pointer's move", median(moves), "ms", MOVE_MS, f"at most {max(moves):.1f} ms"
        ),
        _limited("web: longest task while dragging", longest, "ms", TASK_MS, "0: none over 50 ms"),
        _limited("web: a drop stands at its place", median(drops), "ms", DROP_MS, told),
        _limited("web: a drop stands at its place, p95", late, "ms", DROP_MS, told),
        _limited(f"web: memory grown by {DROPS} moves", growth, "%", GROWTH, f"of {before / 1e6:.1f} MB"),
    ]


def seeing(browser: Browser, draft: Draft) -> Row:
    """Measure how soon one browser shows what the other has dropped."""
    session = next(each["session_id"] for each in draft.places if f"{FIRST}T11:" in each["start_local"])
    with visit(browser, draft) as mine, visit(browser, draft) as theirs:
        for page in (mine, theirs):
            open_editor(page, draft)
        hand, taken = Hand.of(mine), list[float]()
        block = theirs.locator(f'.block[data-session="{session}"]')
        for number in range(10):
            top = float(block.evaluate("each => parseFloat(each.style.top)"))
            hand.drop(session, 15 if number % 2 == 0 else -15)
            began = time.perf_counter()
            while block.evaluate("each => parseFloat(each.style.top)") == top and time.perf_counter() - began < 10:
                theirs.wait_for_timeout(5)
            taken.append(time.perf_counter() - began)
    beside = f"the slowest of {len(taken)} moves; {median(taken):.2f} s in the median"
    return _limited("web: a move seen in another browser", max(taken), "s", SEEN_SECONDS, beside)


def _limited(name: str, value: float, unit: str, limit: float, beside: str) -> Row:
    return row(name, value, unit, f"≤ {limit:g}", value <= limit, beside)
