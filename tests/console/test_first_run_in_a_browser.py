"""Somebody who has never seen the system: from the link of an empty installation to a released edition, by screens alone."""

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from huitang.preparing import prepare_folder
from huitang.sample.people import SamplePeople
from services.directory.links.actions import first_run_link
from shared.text import LANGUAGES, Language
from tests.console.desk import block, drag, middle, spoken, spot
from tests.console.forms import choose, confirm, fill, press
from tests.world import Clock, World, running, settings_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.clients,
    pytest.mark.sqlite_only("is about the browser, to which every database is the same"),
]

SAID = {
    "zh": {
        "Create a series": "新建系列", "Create the series": "创建系列", "New edition": "新建一届",
        "The new edition": "新建活动", "Create the edition": "创建活动", "Overview": "概况", "Choose rooms": "选择会场",
        "Not there yet? Add the venue": "没有所需的场馆？新增场馆", "New room": "新增会议室", "Save": "保存",
        "Editions": "活动", "Rooms": "会场", "Venue": "场馆", "Programme": "议程", "New session": "新增场次",
        "Schedule": "编排日程", "Paste rows": "粘贴表格", "Rows pasted": "表格行", "Make 2 session(s)": "创建 2 个场次",
        "Close": "关闭", "Dropped: ": "已放下：", "Conflicts": "冲突", "Accept": "认可", "Reason": "理由",
        "Lifecycle": "进度与发布", "Open": "启动", "Publish": "发布", "Published": "已发布", "Releases": "发布",
        "Next release": "准备发布", "Confirm them in the programme": "前往议程确定", "Choose all": "全选",
        "What to change": "要修改的内容", "Change it to": "改为", "Status": "状态", "Confirmed": "已确定",
        "Apply": "应用", "Release": "发布", "Open the public page": "打开公开页面", "Slug": "网址标识",
        "First day": "开始日期", "Last day": "结束日期", "Days begin at": "每日最早开始", "Days end at": "每日最晚结束",
        "Name (Chinese)": "名称（中文）", "Name (English)": "名称（英文）", "Title (Chinese)": "标题（中文）",
        "Title (English)": "标题（英文）", "Kind": "类型", "Talk": "报告", "1 to be settled": "1 项须先解决",
        "0 to be settled": "0 项须先解决", "3 changed": "已修改 3 场",
    },
    "en": {"Rows pasted": "Rows", "The new edition": "New edition"},
}  # fmt: skip
NAMES = {
    "Ocean Forum": "海洋论坛",
    "Ocean Forum 2031": "海洋论坛2031",
    "Ocean Centre": "海洋中心",
    "Hall One": "一号厅",
    "Hall Two": "二号厅",
    "Waves": "海浪",
    "Sands": "沙滩",
    "Tides": "潮汐",
}


@pytest.fixture
def empty(console: None, database: object, tmp_path: Path) -> Iterator[World]:
    """Run an installation in which nobody has ever been."""
    settings, clock = settings_of(tmp_path / "data"), Clock()
    prepare_folder(settings)
    with running(settings, clock) as (house, url):
        world = World.of(house, url, clock, SamplePeople())
        yield world
        world.close()


def name_both(page: Page, name: str, say: Callable[[str], str], what: str = "Name") -> None:
    """Fill a name in both languages."""
    fill(page, **{say(f"{what} (Chinese)"): NAMES[name], say(f"{what} (English)"): name})


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_first_link_to_a_released_edition(empty: World, browser: Browser, language: Language) -> None:
    def say(words: str) -> str:
        return SAID[language].get(words, words)

    def named(name: str) -> str:
        return NAMES[name] if language == "zh" else name

    def go(name: str, role: Any = "link") -> None:
        page.get_by_role(role, name=say(name), exact=True).first.click()

    def heading(name: str) -> None:
        page.get_by_role("heading", level=1, name=name).wait_for()

    def ask(path: str) -> Any:
        answer = context.request.get(f"{empty.url}{path}")
        assert answer.ok, answer.text()
        return answer.json()

    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    link = first_run_link(empty.runtime("directory").db, empty.house.settings) or ""
    page.goto(link.replace("/zh/", f"/{language}/"))
    entered = {"organisation_zh": "海洋学会", "organisation_en": "Ocean Society", "name_zh": "李娜", "name_en": "Li Na"}
    for field, value in (entered | {"email": "li.na@example.org", "password": secrets.token_hex(12)}).items():
        page.locator(f"[name={field}]").fill(value)
    page.locator("form.form button").click()
    page.wait_for_url("**/console/**")

    go("Create a series")
    name_both(page, "Ocean Forum", say)
    fill(page, **{say("Slug"): "ocean-forum"})
    press(page, say("Create the series"))
    heading(named("Ocean Forum"))
    go("New edition")
    heading(say("The new edition"))
    name_both(page, "Ocean Forum 2031", say)
    fill(page, **{say("Slug"): "ocean-2031", say("First day"): "2031-05-02", say("Last day"): "2031-05-03"})
    fill(page, **{say("Days begin at"): "08:00", say("Days end at"): "18:00"})
    press(page, say("Create the edition"))
    heading(f"{named('Ocean Forum 2031')} · {say('Overview')}")

    go("Choose rooms")
    go("Not there yet? Add the venue")
    name_both(page, "Ocean Centre", say)
    press(page, say("Save"))
    heading(named("Ocean Centre"))
    for room in ("Hall One", "Hall Two"):
        press(page, say("New room"))
        heading(say("New room"))
        name_both(page, room, say)
        press(page, say("Save"))
        heading(named(room))
        page.get_by_role("link", name=named("Ocean Centre")).click()
        heading(named("Ocean Centre"))
    go("Editions")
    page.get_by_role("link", name=named("Ocean Forum 2031")).click()
    go("Rooms")
    choose(page, say("Venue"), named("Ocean Centre"))
    for room in ("Hall One", "Hall Two"):
        page.get_by_label(named(room)).check()
    expect(page.locator("ol.cards > li")).to_have_count(2)

    go("Programme")
    press(page, say("New session"))
    heading(say("New session"))
    name_both(page, "Waves", say, "Title")
    page.get_by_label(say("Kind"), exact=True).select_option(say("Talk"))
    press(page, say("Save"))
    heading(named("Waves"))
    go("Schedule")
    press(page, say("Paste rows"))
    pasting = page.get_by_role("dialog")
    pasting.get_by_label(say("Rows pasted"), exact=True).fill("沙滩\tSands\t60\ttalk\n潮汐\tTides\t45\ttalk")
    pasting.get_by_role("button", name=say("Make 2 session(s)")).click()
    pasting.get_by_role("button", name=say("Close"), exact=True).last.click()
    expect(page.locator(".waiting")).to_have_count(3)

    for name, minutes in (("Waves", 65), ("Sands", 95)):  # the second over the first
        drag(page, middle(block(page, named(name))), spot(page, 0, minutes))
        spoken(page, f"{say('Dropped: ')}{named(name)}")
        page.locator(".block", has_text=named(name)).wait_for()
    block(page, named("Tides")).focus()
    for key in ("Enter", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.locator(".block", has_text=named("Tides")).wait_for()
    panel = page.get_by_role("region", name=say("Conflicts"))
    expect(panel).to_contain_text(say("1 to be settled"))
    panel.get_by_role("button", name=say("Accept"), exact=True).click()
    accepting = page.get_by_role("dialog")
    accepting.get_by_label(say("Reason")).fill("The hall is parted.")
    accepting.get_by_role("button", name=say("Accept"), exact=True).click()
    expect(panel).to_contain_text(say("0 to be settled"))
    placed = ask("/api/events/editions/ocean-2031/schedule")["placements"]
    assert sorted((each["start_local"][11:16], each["duration_minutes"]) for each in placed) == [
        ("08:00", 45),
        ("09:00", 60),
        ("09:30", 60),
    ]

    go("Lifecycle")
    for deed in ("Open", "Publish"):
        confirm(page, say(deed))
    expect(page.locator("[aria-current=step]")).to_have_text(say("Published"))
    go("Releases")
    go("Next release")
    go("Confirm them in the programme")
    page.get_by_label(say("Choose all"), exact=True).check()
    page.get_by_label(say("What to change")).select_option(say("Status"))
    page.get_by_label(say("Change it to")).select_option(say("Confirmed"))
    press(page, say("Apply"))
    page.get_by_text(say("3 changed")).wait_for()
    go("Releases")
    go("Next release")
    press(page, say("Release"))
    page.wait_for_url("**/releases/1")
    (released,) = ask("/api/events/editions/ocean-2031/releases")
    assert released["counts"]["added"] == 3

    go("Open the public page")
    page.wait_for_url(f"**/{language}/events/ocean-forum/ocean-2031")
    for name in ("Waves", "Sands", "Tides"):
        expect(page.get_by_text(named(name)).first).to_be_visible()
    empty.settle()
    feed = page.locator("a[href$='.ics']").first.get_attribute("href") or ""
    calendar = context.request.get(f"{empty.url}{feed}").text()
    assert calendar.count("BEGIN:VEVENT") >= 3
    assert named("Waves") in calendar
    context.close()
