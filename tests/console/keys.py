"""Doing things in the console by keys alone: what is to be used is reached by Tab, as it would be by hand."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, Response, expect

from tests.console.templates import Templates

MOST = 400
"""Presses of Tab after which something counts as out of reach."""
CHOICES = 60
PATIENCE = 12_000
"""Milliseconds to wait for anything."""

_HERE = "each => each === document.activeElement"
_WATCH = """for (const kind of ['pointerdown', 'mousedown'])
  addEventListener(kind, event => { if (event.isTrusted) touched(kind) }, true)"""


@dataclass
class Keys:
    """A page that is worked by keys; `done` are the changes that the server took, as `METHOD /path/{}`."""

    page: Page
    templates: Templates
    done: list[str] = field(default_factory=list)
    _touched: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Watch what is asked of the server, and that no pointer is used."""
        self.page.expose_function("touched", lambda kind: self._touched.append(kind))
        self.page.add_init_script(_WATCH)
        self.page.on("response", self._note)

    def _note(self, answer: Response) -> None:
        if answer.request.method != "GET" and answer.ok:
            self.done.append(self.templates.named(answer.request.method, answer.url))

    def made(self, change: str) -> None:
        """Wait until the server has taken a change."""
        while change not in self.done:
            self.page.wait_for_event("response", timeout=10_000)

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
        what = self.page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        expect(what).to_be_enabled()
        self.use(what, key)

    def use(self, what: Locator, key: str = "Enter") -> None:
        """Reach something, and press a key there."""
        self.reach(what)
        self.page.keyboard.press(key)

    def confirm(self, name: str) -> None:
        """Press the button of this name in the dialog that is open."""
        self.use(self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True).last)

    def ask(self, name: str, confirm: str = "") -> None:
        """Press a button, and the one that confirms it."""
        self.press(name)
        self.confirm(confirm or name)

    def tick(self, label: str) -> None:
        """Tick a box, or take one of several choices."""
        self.use(self.page.get_by_label(label, exact=True).first, "Space")

    def write(self, label: str, text: str) -> None:
        """Reach a field by its label, and write into it instead of what stands there."""
        self.reach(self.page.get_by_label(label, exact=True).last)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def write_time(self, label: str, time: str) -> None:
        """Write a day, or a day and a time of the morning, as `2031-05-02T09:00`, into a field that has parts."""
        self.reach(self.page.get_by_label(label, exact=True).last)
        day, _, clock = time.partition("T")
        year, month, of_month = day.split("-")
        self.page.keyboard.type(f"{month}{of_month}{year}")
        if clock:
            self.page.keyboard.press("ArrowRight")
            self.page.keyboard.type(f"{clock.replace(':', '')}AM")

    def pick(self, label: str, option: str) -> None:
        """Choose from the browser's own list by the first letters."""
        self.reach(self.page.get_by_label(label, exact=True).last)
        self.page.keyboard.type(option)

    def choose(self, label: str, option: str) -> None:
        """Reach a field that offers choices, find one by its words, and take it."""
        field = self.page.get_by_label(label, exact=True).and_(self.page.get_by_role("combobox")).last
        self.reach(field)
        if field.get_attribute("readonly") is None:
            self.page.keyboard.insert_text(option)
        else:
            self.page.keyboard.press("Enter")
        self.page.locator(".ant-select-item-option:visible", has_text=option).first.wait_for()
        expect(self.page.locator(".ant-select-loading")).to_have_count(0)
        active = self.page.locator(".ant-select-item-option-active:visible", has_text=option)
        for _ in range(CHOICES):
            if active.count():
                self.page.keyboard.press("Enter")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{option} of {label} is not reached by arrows")

    def used_no_pointer(self) -> bool:
        """Tell whether all was done by keys."""
        return not self._touched
