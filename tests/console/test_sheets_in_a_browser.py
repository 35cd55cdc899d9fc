"""Nominations from a workbook in the console: the template, seven faults in two hundred rows told at their cells, and all of it."""

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from shared.workbook import write_sheets
from tests.console.awards_desk import Office, make_office
from tests.console.desk import Desk
from tests.console.forms import press

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

ROWS = 200
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def row(number: int) -> list[Any]:
    """Return a row that is right: of somebody born on another day each."""
    born = date(1985, 1, 1) + timedelta(days=number)
    body = f"110105{born:%Y%m%d}001"
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]
    return [str(number), f"Candidate {number}", born.isoformat(), body + check, "What they have done."]


def wrong(rows: list[list[Any]]) -> list[list[Any]]:
    """Plant seven faults."""
    broken = [list(each) for each in rows]
    for place, value in {
        (1, 1): "", (4, 2): "May 1990", (30, 3): "110105198502010010", (77, 4): "x", (120, 3): rows[119][3],
        (150, 0): rows[149][0], (199, 2): "1990-02-30",
    }.items():  # fmt: skip
        broken[place[0]][place[1]] = value
    return broken


def choose(page: Page, heads: list[str], rows: list[list[Any]]) -> None:
    """Choose a workbook of these rows."""
    data = write_sheets({"people": (heads, rows)})
    page.locator("input[type=file]").set_input_files(
        {"name": "people.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )


def drafts(office: Office, slug: str) -> int:
    return int(office.send("GET", f"/nominations?cycle={slug}&total=true&limit=1", role="nominator")["total"])


def test_a_template_is_filled_in_tried_mended_and_brought_in_whole(desk: Desk, browser: Browser) -> None:
    office = make_office(desk.world, desk.edition, small=True)
    slug = office.cycle("sheet", opened=True)
    office.allocate(slug, "society-a", 300)
    with desk.browser(browser, role="nominator") as context:
        page = context.new_page()
        page.goto(f"{office.console}/nominations/sheets?cycle={slug}")
        with page.expect_download() as asked:
            page.get_by_role("link", name="Download the template (English headings)").click()
        with CalamineWorkbook.from_filelike(io.BytesIO(asked.value.path().read_bytes())) as book:
            heads = [str(each) for each in book.get_sheet_by_index(0).to_python()[0]]
        heads = [heads[0], *heads[heads.index("Name") :]]
        assert heads == ["No.", "Name", "Date of birth", "Identity number", "Story"]
        rows = [row(number) for number in range(1, ROWS + 1)]
        choose(page, heads, wrong(rows))
        page.get_by_text(f"7 problems in {ROWS} rows").wait_for()
        problems = page.get_by_role("region", name="Problems").locator("tbody tr")
        expect(problems).to_have_count(7)
        places = [tuple(each.locator("td").all_inner_texts()[1:3]) for each in problems.all()]
        assert places == [
            ("3", "B · Name"), ("6", "C · Date of birth"), ("32", "D · Identity number"), ("79", "E · Story"),
            ("122", "D · Identity number"), ("152", "A · No."), ("201", "C · Date of birth"),
        ]  # fmt: skip
        problems.nth(4).get_by_text("is the same person as row 121").wait_for()
        assert drafts(office, slug) == 0
        choose(page, heads, rows)
        press(page, f"Bring in {ROWS} drafts")
        page.get_by_role("dialog").get_by_role("button", name=f"Bring in {ROWS} drafts").click()
        page.locator("[data-done]").get_by_text(f"{ROWS} drafts were brought in.").wait_for()
        expect(page.locator("[data-done] li a")).to_have_count(ROWS)
        page.locator("[data-done] li a").nth(1).click()
        page.get_by_role("heading", level=1, name=re.compile("^Candidate 2$")).wait_for()
    assert drafts(office, slug) == ROWS
