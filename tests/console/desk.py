"""An organizer at the console: an edition of two days and two rooms to arrange, and a browser that is signed in."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page

from services.directory.links.actions import recovery_link
from tests.world import World

API = "/api/events"
DAY, NEXT = "2031-05-02", "2031-05-03"
ROOMS = ("Hall A", "Hall B")
SESSIONS = ("Opening", "Tides", "Currents")
"""The first stands in the first room at 09:00, the second in the second at 10:00; the third nowhere yet."""


@dataclass
class Desk:
    """The edition `edition` of a world; ids of rooms and sessions by their English names."""

    world: World
    edition: str
    ids: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body: Any = None, version: int | None = None) -> Any:
        """Do something as the organizer, behind the console's back."""
        headers = {} if version is None else {"If-Match": f'"v{version}"'}
        answer = self.world.client("organizer").request(method, f"{API}{path}", json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def place(self, session: str, room: str, start: str, *, version: int, minutes: int = 60) -> Any:
        """Place a session, or move it."""
        body = {"room_id": self.ids[room], "start_local": f"{DAY}T{start}:00", "duration_minutes": minutes}
        return self.send("PUT", f"/sessions/{self.ids[session]}/placement", body, version)

    def standing(self) -> dict[str, tuple[str, str, int]]:
        """Return where each placed session stands: its room, its start and its minutes."""
        names = {id_: name for name, id_ in self.ids.items()}
        schedule = self.send("GET", f"/editions/{self.edition}/schedule")
        return {
            names[each["session_id"]]: (names[each["room_id"]], each["start_local"][11:16], each["duration_minutes"])
            for each in schedule["placements"]
        }

    def choose_password(self, role: str) -> str:
        """Let a persona choose a password, and return it; sessions that there are end."""
        password = secrets.token_hex(12)
        headers = {"Origin": self.world.url}
        link = self.world.link(role, recovery_link)
        answer = self.world.client(headers=headers).post(link, data={"password": password})
        assert answer.status_code == 303, answer.text
        return password

    @contextmanager
    def browser(self, browser: Browser, language: str = "en", role: str = "organizer") -> Iterator[BrowserContext]:
        """Open a browser that is the organizer's, or another persona's, in a language."""
        context = browser.new_context(
            storage_state=self.signed_in(language, role),
            viewport={"width": 1440, "height": 900},
            reduced_motion="reduce",
        )
        yield context
        context.close()

    def signed_in(self, language: str, role: str = "organizer") -> Any:
        """Return what makes a browser the organizer's, or another persona's."""
        cookie = {"name": "huitang_session", "value": self.world.session(role), "domain": "127.0.0.1"}
        cookie |= {"path": "/", "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
        kept = [{"name": "huitang.language", "value": language}]
        return {"cookies": [cookie], "origins": [{"origin": self.world.url, "localStorage": kept}]}

    @property
    def address(self) -> str:
        """The address of the schedule."""
        return f"{self.world.url}/console/editions/{self.edition}/schedule"

    def open(self, context: BrowserContext) -> Page:
        """Open the schedule, and return the page once the board is there and hears of changes."""
        page = context.new_page()
        page.goto(self.address)
        page.locator(".live[data-heard=true]").wait_for()
        page.locator(".block", has_text="Opening").wait_for()
        return page


def text(en: str) -> dict[str, str]:
    """Return a bilingual text."""
    return {"zh": f"{en}（中）", "en": en}


def make_desk(world: World, edition: str) -> Desk:
    """Make an edition with its rooms and sessions."""
    desk = Desk(world, edition)
    series = desk.send("POST", "/series", {"slug": f"series-{edition}", "kind": "forum", "name": text("Series"), "owner_id": world.organisation("society-a")})  # fmt: skip
    body = {"series_id": series["id"], "slug": edition, "name": text("Forum"), "zone": "Asia/Shanghai"}
    days = {"starts_on": DAY, "ends_on": NEXT, "hours_start": "08:00", "hours_end": "18:00"}
    desk.send("POST", "/editions", body | days)
    venue = desk.send("POST", "/venues", {"name": text("Centre"), "owner_id": world.organisation("society-a")})
    for name in ROOMS:
        room = desk.send("POST", f"/venues/{venue['id']}/rooms", {"name": text(name), "seats": 100})
        desk.ids[name] = room["id"]
        desk.send("POST", f"/editions/{edition}/rooms", {"room_id": room["id"]})
    for name in SESSIONS:
        made = desk.send("POST", f"/editions/{edition}/sessions", {"title": text(name), "kind": "talk", "duration_minutes": 60})  # fmt: skip
        desk.ids[name] = made["id"]
    desk.place("Opening", "Hall A", "09:00", version=0)
    desk.place("Tides", "Hall B", "10:00", version=0)
    return desk


def block(page: Page, name: str) -> Locator:
    """Return the session of this name, on the board or in the tray."""
    return page.locator("[data-session]", has_text=name)


def middle(place: Locator, across: float = 0.5, down: float = 0.5) -> tuple[float, float]:
    """Return a point of something that is shown."""
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down


def drag(page: Page, start: tuple[float, float], end: tuple[float, float], *, drop: bool = True) -> None:
    """Drag by the mouse from one point to another."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    if drop:
        page.mouse.up()


def spoken(page: Page, words: str) -> None:
    """Wait until this is told to whoever cannot see the board."""
    page.locator(".said", has_text=words).wait_for()


def spot(page: Page, column: int, minutes: int) -> tuple[float, float]:
    """Return the point of a room's column so many minutes after 08:00."""
    return middle(page.locator(".layer"), (column + 0.5) / 2, minutes / 600)
