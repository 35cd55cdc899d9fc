"""What an office and a unit do around single nominations on screens: slots given out, a workbook brought in, a deadline put off."""

import re
from datetime import datetime

from playwright.sync_api import expect

from tests.console.selecting_by_hand import Hand, Json
from tests.journeys.selecting import Cycle


def move_slots(hand: Hand, cycle: Cycle, move: str, unit: Json, amount: int, *, refused: int = 0) -> None:
    """Move slots to a unit, and see them there; first as many as are `refused`, where it is said how many that are."""
    hand.go(f"cycles/{cycle.slug}/quotas")
    hand.press(f"move.{move}")
    hand.pick(hand.say("quotas.to_several"), hand.of(unit["name"]), hand.dialog, words=hand.of(unit["name"]))
    hand.fill(hand.dialog, quotas__reason="按本届分配方案")
    if refused:
        hand.fill(hand.dialog, quotas__amount=str(refused))
        hand.dialog.locator("button[type=submit]").click()
        hand.dialog.get_by_text(re.compile(rf"\d+ .* {refused} ")).wait_for()
    hand.fill(hand.dialog, quotas__amount=str(amount))
    hand.send()
    balances = hand.page.get_by_role("region", name=hand.say("quotas.balances"))
    row = balances.locator("tbody tr").filter(has=hand.page.get_by_text(hand.of(unit["name"]), exact=True))
    expect(row.locator("td").last).to_have_text(str(amount))


def template(hand: Hand, cycle: Cycle) -> bytes:
    """Download the template for workbooks of a cycle, with Chinese headings."""
    hand.go(f"nominations/sheets?cycle={cycle.slug}")
    with hand.page.expect_download() as asked:
        hand.press("sheet_template.zh")
    return asked.value.path().read_bytes()


def try_sheet(hand: Hand, sheet: bytes) -> None:
    """Choose a workbook for the page that is open, which tries it."""
    sent = {"name": "candidates.xlsx", "mimeType": "application/octet-stream", "buffer": sheet}
    hand.page.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]


def problems(hand: Hand, amount: int, rows: int) -> dict[str, str]:
    """Return what is told of a workbook that has so many problems: the heading above each cell that is wrong."""
    hand.page.get_by_text(hand.say("sheets.bad", n=amount, rows=rows)).wait_for()
    lines = hand.page.get_by_role("region", name=hand.say("sheets.problems")).locator("tbody tr")
    expect(lines).to_have_count(amount)
    found = {}
    for sheet, row, column, what in (line.locator("td").all_inner_texts() for line in lines.all()):
        assert what
        letters, _, heading = column.partition(" · ")
        found[("" if sheet == hand.say("sheets.first") else f"{sheet}!") + letters + row] = heading
    return found


def bring_in(hand: Hand, rows: int) -> None:
    """Bring in the workbook that was tried and is right."""
    hand.press("sheets.apply", n=rows)
    hand.press("sheets.apply", hand.dialog, n=rows)
    hand.page.locator("[data-done]").get_by_text(hand.say("sheets.done", n=rows)).wait_for()


def put_off(hand: Hand, cycle: Cycle, kind: str, until: datetime) -> None:
    """Put a deadline off for all."""
    hand.go(f"cycles/{cycle.slug}/dates")
    hand.press("cycles.extend_what", name=hand.say(f"stage_kind.{kind}"))
    hand.fill(hand.dialog, cycles__reason="应推荐单位请求")
    label = hand.say("cycles.new_deadline", zone=cycle.of.get(None, cycle.at)["zone"])
    hand.dialog.get_by_label(label, exact=True).fill(until.strftime("%Y-%m-%dT%H:%M"))
    hand.send()
    moved = hand.page.get_by_role("region", name=hand.say("cycles.extensions"))
    moved.get_by_text(until.strftime("%Y-%m-%d %H:%M")).wait_for()
