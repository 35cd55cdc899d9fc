"""What a person does with forms and lists of the console, by mouse or by keys alone."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect


def fill(page: Page | Locator, **fields: str) -> None:
    """Fill fields, named by their labels; an underscore stands for a space."""
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)


def choose(place: Page | Locator, label: str, option: str, words: str = "") -> None:
    """Find something by its name, or by `words` of it, in a field of choices, and choose it once all is found."""
    field = place.get_by_role("combobox", name=re.compile(rf"^(\* ?)?{re.escape(label)}$"))
    field.click()
    if field.get_attribute("readonly") is None:
        field.fill(words or option)
    expect(field.page.locator(".ant-select-loading")).to_have_count(0)
    field.page.locator(".ant-select-item-option:visible", has_text=re.compile(rf"^{re.escape(option)}$")).click()


def press(page: Page, name: str, nth: int = 0) -> None:
    """Press a button."""
    page.get_by_role("button", name=name, exact=True).nth(nth).click()


def confirm(page: Page, name: str) -> None:
    """Press a button, and the one of the same name that confirms it."""
    press(page, name)
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def refusal_at(page: Page, label: str) -> str:
    """Return what is said at a field."""
    item = page.locator(".ant-form-item", has=page.get_by_label(label, exact=True))
    item.locator(".ant-form-item-explain-error").first.wait_for()
    return item.locator(".ant-form-item-explain-error").first.inner_text()


def tab_to(page: Page, label: str, steps: int = 80) -> None:
    """Go on by the tab key until the field or button of this name has the focus."""
    wanted: Any = page.get_by_label(label, exact=True).or_(page.get_by_role("button", name=label, exact=True)).first
    for _ in range(steps):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keys do not lead to {label}")
