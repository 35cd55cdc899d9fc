"""The steps of a selection on the screens of the console, each as whoever takes it would, in Chinese or in English."""

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.console.desk import Desk
from tests.console.spoken import said
from tests.journeys.selecting import DAYS, FILES, OFFICE, Cycle, Nominated, Selecting

Json = dict[str, Any]
DEADLINES = ("unit_deadline", "submission_deadline", "correction_deadline")
"""Which stages have to be dated before a call opens."""
WRONG = "通信地址有误，请更正。"
"""Why a nomination is returned, in words."""


@dataclass
class Hand:
    """Somebody's hand on a page of the console, which is read in `language`."""

    page: Page
    language: str
    url: str

    def say(self, key: str, **values: object) -> str:
        """Return what the console says under a key."""
        return said(self.language, key, **values)

    def of(self, text: Json) -> str:
        """Return a bilingual text as it is read."""
        return str(text.get(self.language) or text["zh"])

    def go(self, path: str) -> None:
        """Open a screen of awards."""
        self.page.goto(f"{self.url}/console/awards/{path}")

    def press(self, key: str, within: Locator | None = None, **values: object) -> None:
        """Press a button or follow a link of this name."""
        place, name = within or self.page, self.say(key, **values)
        button = place.get_by_role("button", name=name, exact=True)
        button.or_(place.get_by_role("link", name=name, exact=True)).click()

    def fill(self, within: Page | Locator, **fields: str) -> None:
        """Fill fields of a form, named by their keys with underscores for dots."""
        for key, value in fields.items():
            within.get_by_label(self.say(key.replace("__", ".")), exact=True).fill(value)

    @property
    def dialog(self) -> Locator:
        """The dialog that is open."""
        return self.page.get_by_role("dialog")

    def send(self) -> None:
        """Send the form of the dialog, and wait until it is closed."""
        self.dialog.locator("button[type=submit]").click()
        self.dialog.wait_for(state="detached")

    def pick(self, label: str, option: str, within: Page | Locator | None = None, words: str = "") -> None:
        """Choose one of what a field offers that opens as a list, found by words where it is found so."""
        place = (within or self.page).get_by_role("combobox", name=re.compile(rf"^(\* ?)?{re.escape(label)}"))
        place.click()
        if words:
            place.fill(words)
        expect(self.page.locator(".ant-select-loading")).to_have_count(0)
        shown = self.page.locator(".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option")
        shown.filter(has_text=re.compile(rf"^{re.escape(option)}$")).click()


@dataclass
class Seats:
    """Who sits at the console of a world, each at a browser of their own, where they stay until all is `over`."""

    desk: Desk
    browser: Browser
    over: ExitStack
    taken: dict[tuple[str, str], Hand] = field(default_factory=dict)

    def hand(self, language: str, role: str) -> Hand:
        """Let somebody sit down; nobody in particular where no role is named."""
        if (language, role) not in self.taken:
            context = self.over.enter_context(self.desk.browser(self.browser, language, role or OFFICE))
            if not role:
                context.clear_cookies()
            self.taken[language, role] = Hand(context.new_page(), language, self.desk.world.url)
        return self.taken[language, role]


@dataclass
class ByHand:
    """A selection of a pack as it is made on screens."""

    of: Selecting
    seats: Seats
    pack: Json
    slug: str
    language: str

    def hand(self, role: str) -> Hand:
        """Return the hand of somebody; of nobody in particular where no role is named."""
        return self.seats.hand(self.language, role)

    def open(self) -> Cycle:
        """Prepare a cycle of the pack, date its deadlines, and open the call, as the office."""
        programme = self.of.load(self.pack)
        name = {language: f"{words} {self.slug}" for language, words in programme["name"].items()}
        office = self.hand(OFFICE)
        office.go(f"programmes/{programme['slug']}")
        office.press("cycles.new")
        office.fill(office.page, awards__slug=self.slug, cycles__number="4")
        for language, words in name.items():
            label = office.say(f"parts.in_{language}", label=office.say("cycles.name"))
            office.page.get_by_label(label, exact=True).fill(words)
        office.press("cycles.create")
        office.page.wait_for_url(f"**/awards/cycles/{self.slug}")
        office.press("cycles.dates")
        for kind in DEADLINES:
            self._date(office, kind)
        office.press("cycles.overview")
        office.press("step.open")
        office.press("step.open", office.dialog)
        office.page.locator("li[aria-current=step]", has_text=office.say("phase.open")).wait_for()
        made = self.of.get(OFFICE, f"cycles/{self.slug}")
        assert made["state"] == "open"
        return Cycle(self.of, self.pack, made["id"], self.slug, name)

    def _date(self, office: Hand, kind: str) -> None:
        office.press("cycles.change_stage", name=office.say(f"stage_kind.{kind}"))
        day = datetime.now() + timedelta(days=DAYS[kind])
        office.fill(office.dialog, cycles__from=day.strftime("%Y-%m-%dT17:00"))
        office.send()

    def begin(self, hand: Hand, category: Json) -> str:
        """Begin a nomination from the call on one's desk; return its id."""
        hand.go("nominations")
        hand.page.locator(f"a[href$='/nominations/new?cycle={self.slug}']").click()
        hand.pick(hand.say("nominations.category"), hand.of(category["name"]))
        hand.press("nominations.begin")
        hand.page.wait_for_url(re.compile(r"/nominations/[0-9a-f-]{20,}$"))
        return hand.page.url.rpartition("/")[2]


@dataclass
class Form:
    """The form of a category on a page, filled in by the labels of its fields."""

    hand: Hand
    category: Json

    def fill(self, content: Json) -> None:
        """Fill in what is said in `content`, in the order of the layout, and wait until all of it is saved."""
        sections = self.category["form"]["layout"]["sections"]
        properties = self.category["form"]["schema"]["properties"]
        for section in sections:
            part = self.hand.page.locator(
                ".form-part", has=self.hand.page.get_by_role("heading", name=self.hand.of(section["title"]), exact=True)
            )
            self._columns(part.first, section["fields"], properties, content)
        self.saved()

    def saved(self) -> None:
        """Wait until all is saved."""
        self.hand.page.locator("[data-saving=saved]").wait_for()

    def _columns(self, place: Locator, fields: list[Json], properties: Json, content: Json) -> None:
        columns = place.locator("> .columns-of")
        for each in fields:
            if (name := each["name"]) in content:
                self._field(columns, each, properties[name], content[name])

    def _field(self, columns: Locator, told: Json, schema: Json, value: Any) -> None:
        label = self.hand.of(told["label"])
        if schema["type"] == "object" or (schema["type"] == "array" and "enum" not in schema["items"]):
            place = columns.locator("> fieldset", has=self.hand.page.locator("> legend", has_text=_starts(label)))
            if schema["type"] == "object":
                self._columns(place, told["fields"], schema["properties"], value)
            else:
                self._rows(place, label, told, schema, value)
            return
        place = columns.locator("> .field").filter(has=self.hand.page.locator("label", has_text=_starts(label))).first
        if schema["type"] == "boolean":
            place.get_by_role("checkbox").set_checked(value)
        elif schema["type"] == "array":
            for each in value:
                self.hand.pick(label, self._option(told, each), place)
            self.hand.page.keyboard.press("Escape")
        elif "enum" in schema:
            place.get_by_label(_starts(label)).select_option(label=self._option(told, value))
        else:
            place.get_by_label(_starts(label)).fill(str(value))

    def _option(self, told: Json, value: str) -> str:
        return self.hand.of((told.get("options") or {}).get(value) or {"zh": value})

    def _rows(self, place: Locator, label: str, told: Json, schema: Json, values: list[Any]) -> None:
        if not values:
            place.get_by_role("checkbox", name=self.hand.say("form.there_is_none")).check()
        for number, value in enumerate(values, 1):
            self.hand.press("form.add_to", place, what=label)
            row = place.get_by_role("group", name=f"{label} {number}", exact=True)
            if isinstance(value, dict):
                self._columns(row, told["fields"], schema["items"]["properties"], value)
            else:
                place.get_by_role("textbox", name=f"{label} {number}", exact=True).fill(value)

    def choose_kind(self, kind: str) -> None:
        """Say what kind of candidate it is, where there are several."""
        named = {each["key"]: self.hand.of(each["name"]) for each in self.category["candidate_kinds"]}
        if named:
            label = _starts(self.hand.say("nominations.candidate_kind"))
            self.hand.page.get_by_label(label).select_option(label=named[kind])
            self.saved()


def _starts(label: str) -> re.Pattern[str]:
    """Match a label, with or without the mark of what is needed."""
    return re.compile(rf"^\s*{re.escape(label)}\s*(\*.*)?$")


def attach(hand: Hand, category: Json, kind: str) -> None:
    """Send every paper that is asked of this kind of candidate."""
    for item in category["attachments"]:
        if item.get("only_for") and kind not in item["only_for"]:
            continue
        name = _paper(item)
        ending = name.rpartition(".")[2]
        group = hand.page.get_by_role("group", name=hand.of(item["name"]), exact=True)
        sent = {"name": name, "mimeType": "application/octet-stream", "buffer": FILES[ending]}
        group.locator("input[type=file]").set_input_files(sent)  # type: ignore[arg-type]
        group.get_by_role("link", name=hand.say("papers.download", name=name), exact=True).wait_for()


def _paper(item: Json) -> str:
    """Return the name of the file that is sent for an item of the checklist."""
    return f"{item['key']}.{next(each for each in ('pdf', 'png') if each in item['formats'])}"


def give_notice(hand: Hand, pack: Json, category: Json) -> None:
    """Record the notice that the unit gave, with the scan that shows it, where the programme asks for one."""
    if not pack["programme"]["unit_notice_days"]:
        return
    notice = hand.page.locator("[id='at/notice']")
    days = [(datetime.now().date() - timedelta(days=back)).isoformat() for back in (30, 5)]
    hand.fill(notice, notice__place="本单位网站", notice__from_on=days[0], notice__to_on=days[1])
    hand.pick(hand.say("notice.outcome"), hand.say("notice_outcome.no_objection"), notice)
    first, *others = category["attachments"]
    proof = next((item for item in others if item["key"] == "unit_notice"), first)
    hand.pick(hand.say("notice.scan_id"), _paper(proof), notice)
    hand.press("parts.save", notice)
    notice.get_by_text(hand.say("parts.saved"), exact=True).wait_for()


def ask_candidate(hand: Hand) -> str:
    """Ask the candidate by a link; return its address."""
    hand.press("people_in.ask")
    hand.fill(hand.dialog, people_in__person="候选人")
    hand.dialog.locator("button[type=submit]").click()
    address = hand.dialog.get_by_label(hand.say("people_in.link"), exact=True).input_value()
    hand.press("parts.close", hand.dialog.locator(".ant-modal-body"))
    return address


def consent(hand: Hand, link: str, name: str) -> None:
    """Read a nomination by the link, as whoever has it, and consent."""
    hand.page.goto(link)
    hand.page.get_by_text(name).first.wait_for()
    hand.page.get_by_role("radio", name=hand.say("consent.yes"), exact=True).check()
    hand.fill(hand.page, consent__words="同意推荐")
    hand.press("consent.send")
    consented = hand.page.locator("dd", has_text=hand.say("asked.consented"))
    consented.wait_for()


def hand_in(hand: Hand, *, again: bool = False) -> None:
    """Hand in what lacks nothing, and see its receipt."""
    hand.page.get_by_text(hand.say("nominations.nothing_missing")).wait_for()
    key = "nominations.submit_again" if again else "nominations.submit"
    hand.press(key)
    hand.press(key, hand.dialog)
    hand.dialog.wait_for(state="detached")
    receipt = hand.page.locator(".receipt")
    receipt.locator("dd", has_text=re.compile(rf"^{2 if again else 1}$")).wait_for()


def open_check(hand: Hand, cycle: Cycle, name: str) -> None:
    """Open a nomination from the queue, and take it in hand."""
    hand.go(f"cycles/{cycle.slug}/checks")
    hand.page.get_by_role("link", name=name, exact=True).click()
    hand.press("checks.take")
    hand.page.get_by_role("button", name=hand.say("checks.put_back"), exact=True).wait_for()


def give(hand: Hand, outcome: str, standing: str, reason: str = "", words: str = "") -> None:
    """Give an opinion on the nomination that is open, and see what it comes to."""
    hand.page.get_by_role("radio", name=hand.say(f"outcome.{outcome}"), exact=True).check()
    if reason:
        hand.page.get_by_role("checkbox", name=reason, exact=True).check()
    if words:
        hand.fill(hand.page, checks__words=words)
    hand.press("checks.give")
    hand.page.get_by_text(hand.say("checks.said", standing=hand.say(f"standing.{standing}"))).wait_for()


def publish(hand: Hand, cycle: Cycle, name: str) -> str:
    """Publish the accepted list, and follow the way to the page where everybody reads it; return its text."""
    hand.go(f"cycles/{cycle.slug}/list")
    hand.page.get_by_role("row").filter(has_text=name).wait_for()
    hand.press("lists.publish")
    for language, words in (("zh", "评奖办公室"), ("en", "The award office")):
        label = hand.say(f"parts.in_{language}", label=hand.say("lists.contact"))
        hand.dialog.get_by_label(label, exact=True).fill(words)
    hand.send()
    hand.page.get_by_role("heading", name=hand.say("lists.published_n", n=1)).wait_for()
    hand.press("lists.public_page", hand.page.locator("#content"))
    hand.page.get_by_text(name).first.wait_for()
    return hand.page.locator("main").inner_text()


def correct(hand: Hand, nominated: Nominated) -> None:
    """Read why it was returned, and mend the first field that holds a long text, as the unit."""
    hand.page.get_by_role("group", name=hand.say("nominations.why_returned")).get_by_text(WRONG).wait_for()
    properties = nominated.category["form"]["schema"]["properties"]
    fields = [each for part in nominated.category["form"]["layout"]["sections"] for each in part["fields"]]
    names = [each["name"] for each in fields if "format" not in properties[each["name"]]]
    name = next(each for each in names if properties[each].get("maxLength", 0) >= 120)
    text = "更正后的内容。" * (properties[name].get("minLength", 1) // 7 + 1)
    Form(hand, nominated.category).fill({name: text})
    assert nominated.read()["content"][name] == text
