"""Doing things in the console by keys alone: what is to be used is reached by Tab, as it would be by hand."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, Request

MOST = 400
"""Presses of Tab after which something counts as out of reach."""

_HERE = "each => each === document.activeElement"
_WATCH = "for (const kind of ['pointerdown', 'mousedown']) addEventListener(kind, e => { if (e.isTrusted) window.touched = true }, true)"
_ID = re.compile(r"(?<=/)[0-9a-f]{8}-[0-9a-f-]{27,}(?=/|$)")


@dataclass
class Keys:
    """A page that is worked by keys; `done` are the changes that the server took, as `METHOD /path/{}`."""

    page: Page
    done: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Watch what is asked of the server, and that no pointer is used."""
        self.page.add_init_script(_WATCH)
        self.page.on("requestfinished", self._note)

    def _note(self, request: Request) -> None:
        answer = request.response()
        if request.method != "GET" and answer is not None and answer.ok:
            path = request.url.split("/", 3)[3].partition("?")[0]
            self.done.append(f"{request.method} /{_ID.sub('{}', path)}")

    def reach(self, what: Locator) -> None:
        """Press Tab until the focus is there; raise `AssertionError` where it never is."""
        what.wait_for()
        for _ in range(MOST):
            if what.evaluate(_HERE):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} is not reached by Tab")

    def press(self, name: str, role: str = "button", *, key: str = "Enter") -> None:
        """Reach a button, a link or what else has this role and name, and press it."""
        self.reach(self.page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
        self.page.keyboard.press(key)

    def write(self, label: str, text: str) -> None:
        """Reach a field by its label, and write into it instead of what stands there."""
        self.reach(self.page.get_by_label(label, exact=True).first)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, label: str, option: str) -> None:
        """Reach a field that offers choices, find one by its words, and take it."""
        self.reach(self.page.get_by_role("combobox", name=label, exact=True).first)
        self.page.keyboard.type(option)
        self.page.get_by_role("option", name=option).first.wait_for(state="attached")
        self.page.keyboard.press("Enter")

    def used_no_pointer(self) -> bool:
        """Tell whether all was done by keys on the page that is open."""
        return not self.page.evaluate("window.touched === true")
