"""A whole world that has every kind of public page, and the address of each: the sample's editions, and what befalls some.

Paths are without language; those of `own` need the member's session.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from lxml import html

from huitang.commands.packs import packs
from huitang.sample.seed import seed
from services.awards.lists.models import AcceptedList
from shared.text import Text
from tests.world import World

API = "/api/events"
ANNUAL = "/events/cast-annual-conference/cast-annual-sample"
SUMMIT = "world-young-scientist-summit"
RUNNING = "/events/world-science-and-technology-development-forum/wstdf-sample"


@dataclass(frozen=True)
class WholeSite:
    """A running world as its readers find it; `session` is the cookie of a member."""

    url: str
    session: str
    public: Mapping[str, str]
    own: Mapping[str, str]


def build(world: World) -> WholeSite:
    """Fill the world, and find the address of every kind of page."""
    seed(world.house, world.url, world.people, lambda _: None)
    office = Office(world)
    office.change_the_annual_conference()
    office.announce_what_is_uncertain()
    announce_calls(world)
    world.settle()
    session = world.session("member")
    return WholeSite(world.url, session, _public(world, office), _own(world, session))


class Office:
    """The organizers' office: does to editions what happens to them in a year."""

    def __init__(self, world: World) -> None:
        self.client = world.client("administrator")
        self.today = world.clock().date()

    def send(self, method: str, path: str, body: Any = None, *, on: str = "") -> Any:
        """Send something; where it stands `on` something else, as that is now."""
        headers = {"If-Match": f'"v{self.client.get(f"{API}{on}").json()["version"]}"'} if on else {}
        answer = self.client.request(method, f"{API}{path}", json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json()

    def deed(self, edition: str, deed: str, **body: Any) -> None:
        """Do something to an edition."""
        self.send("POST", f"/editions/{edition}/{deed}", body, on=f"/editions/{edition}")

    def open(self, series: str, slug: str, zh: str, en: str, day: int, **more: Any) -> None:
        """Open and publish an edition that begins in some days."""
        first, last = (self.today + timedelta(days=day + after) for after in (0, 1))
        series_id = self.client.get(f"{API}/series/{series}").json()["id"]
        body = {
            "series_id": series_id,
            "slug": slug,
            "name": {"zh": zh, "en": en},
            "city": {"zh": "成都", "en": "Chengdu"},
        }
        days = {"starts_on": first.isoformat(), "ends_on": last.isoformat()}
        self.send("POST", "/editions", body | days | more)
        self.deed(slug, "publish")

    def change_the_annual_conference(self) -> None:
        """Move a plenary to the evening, cancel another, and release that."""
        edition = "/editions/cast-annual-sample"
        sessions = self.client.get(f"{API}{edition}/sessions", params={"limit": 100}).json()["items"]
        moved, gone, *_ = [each["id"] for each in sessions if each["kind"] == "plenary"]
        at = f"/sessions/{moved}/placement"
        now = self.client.get(f"{API}{at}").json()
        evening = {"start_local": f"{now['start_local'][:10]}T20:30:00"}
        self.send("PUT", at, {n: now[n] for n in ("room_id", "start_local", "duration_minutes")} | evening, on=at)
        self.send("PATCH", f"/sessions/{gone}", {"status": "cancelled"}, on=f"/sessions/{gone}")
        self.send("POST", f"{edition}/releases", {"name": {"zh": "会前调整", "en": "Changes before the event"}})

    def announce_what_is_uncertain(self) -> None:
        """Announce one edition for a month, one without a programme below it, one to be postponed, one to be cancelled."""
        self.open(SUMMIT, "month", "2027世界青年科学家峰会", "World Young Scientist Summit 2027", 300, date_precision="month", tentative=True)  # fmt: skip
        self.open(SUMMIT, "bare", "2027世界青年科学家峰会·量子科技与先进计算专题论坛", "World Young Scientist Summit 2027: Thematic Forum on Quantum Technology and Advanced Computing", 310)  # fmt: skip
        above = self.client.get(f"{API}/editions/month").json()["id"]
        self.deed("bare", "umbrellas", edition_id=above)
        note = {"zh": "因主会场维修，经主办单位研究决定。", "en": "The main venue is under repair."}
        for deed, slug in (("postpone", "put-off"), ("cancel", "called-off")):
            self.open(
                SUMMIT,
                slug,
                "新材料前沿学术沙龙（第三十七期）",
                "Frontiers of New Materials: Academic Salon No. 37",
                60,
            )
            self.deed(slug, deed, note=note)


def announce_calls(world: World) -> None:
    """Announce a call of an example programme with an accepted list, one that is to come, and one that was called off."""
    client, today = world.client("administrator"), world.clock().date()

    def send(method: str, path: str, body: Any = None, *, on: str = "") -> Any:
        headers = {"If-Match": client.get(f"/api/awards/{on}").headers["ETag"]} if on else {}
        answer = client.request(method, f"/api/awards/{path}", json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    pack = next(pack for pack in packs() if pack["key"] == "AW01")
    basis = pack["programme"]["basis"] | {"number": "国评组发〔2026〕1号"}
    row = {"key": "AW01-shown", **pack["programme"], "slug": "shown-award", "basis": basis}
    owner = world.organisation("hq")
    send("POST", "catalogue", {"source": "shown", "owner_id": owner, "rows": [row]})
    send("PUT", "programmes/shown-award/eligibility", pack["eligibility"], on="programmes/shown-award")
    programme = client.get("/api/awards/programmes/shown-award").json()["id"]
    for slug, opens in (("shown-now", -1), ("shown-soon", 20), ("shown-off", 20)):
        name = {"zh": f"第四届全国创新争先奖（{slug}）", "en": f"The Fourth National Award for Excellence ({slug})"}
        send("POST", "cycles", {"programme_id": programme, "slug": slug, "name": name})
        for after, stage in enumerate(client.get(f"/api/awards/cycles/{slug}/stages").json()["items"]):
            first = stage["kind"] == "call_opens"
            at = today + timedelta(days=opens if first else opens + 30 + 10 * after)
            if first or stage["kind"].endswith("deadline"):
                path = f"cycles/{slug}/stages/{stage['id']}"
                send("PATCH", path, {"at_local": f"{at}T17:00"}, on=path)
        send("POST", f"cycles/{slug}/open", on=f"cycles/{slug}")
    reason = {"zh": "经研究取消本届评选。", "en": "By decision of the council."}
    send("POST", "cycles/shown-off/cancel", {"reason": reason}, on="cycles/shown-off")
    amendment = {
        "effective_on": str(today),
        "reason": "名额调整",
        "notice": {"zh": "增加推荐名额。", "en": "More places."},
    }
    changes = {"quotas": [{"category": "people", "per_unit": 7}, {"category": "team", "per_unit": 1}]}
    send("POST", "cycles/shown-now/amendments", amendment | {"changes": changes}, on="cycles/shown-now")
    keep_a_list(world, client.get("/api/awards/cycles/shown-now").json()["id"])


def keep_a_list(world: World, cycle_id: str) -> None:
    """Keep an accepted list that was corrected once, behind the API."""
    today = world.clock().date()
    unit = {"zh": "中国气象学会", "en": "Chinese Meteorological Society"}
    lines = [
        {"number": f"shown-now-people-{n:04}", "name": "买买提·艾力", "category": "people", "unit_id": "", "unit": unit}
        for n in range(1, 9)
    ]
    with world.runtime("awards").db.transaction() as tx:
        tx.add(
            AcceptedList(
                cycle_id=cycle_id, number=2, lines=lines, changes=[{"number": lines[0]["number"], "kind": "corrected"}],
                from_on=today, until_on=today + timedelta(days=7), days=5, counted="working", provisional=True,
                contact=Text("评奖办公室，010-00000000", "The award office, 010-00000000"), reason="更正姓名用字",
                notice=Text("<p>现将受理名单予以公布。</p>", "<p>The accepted nominations are published.</p>"),
                record_length=128, record_head="0f" * 32, published_at=world.clock(), published_by="",
            )
        )  # fmt: skip


def _public(world: World, office: Office) -> dict[str, str]:
    anybody = world.client()

    def found(path: str, xpath: str) -> list[str]:
        return [
            str(each).removeprefix("/zh") for each in html.document_fromstring(anybody.get(path).content).xpath(xpath)
        ]

    def link(view: str) -> str:
        return found(
            f"/zh{ANNUAL}?view={view}", f"//main//h2/a/@href | //main//li//a[contains(@href, '{view}=')]/@href"
        )[0]

    day = f"/zh{ANNUAL}?day={office.client.get(f'{API}/editions/cast-annual-sample').json()['starts_on']}"
    stars = "".join(f"&star={each}" for each in found(day, "//input[@class='star']/@value")[2:7])
    moved, gone = found(f"/zh{ANNUAL}/changes/2", "//ul[@class='told']//a/@href")[:2]
    draft = office.send("POST", "/editions/wyss-sample/previews", {})["path"]
    link_page = world.link("member").removeprefix("/zh")
    return {
        "home": "", "events": "/events", "no events": "/events?kind=camp&year=1999",
        "series": "/events/cast-annual-conference", "series without an edition": "/events/china-science-and-technology-summit",
        "edition": RUNNING, "day": day.removeprefix("/zh"), "now": f"{RUNNING}?view=now", "rooms": f"{ANNUAL}?view=room",
        "room": link("room"), "tracks": f"{ANNUAL}?view=track", "track": link("track"), "people": f"{ANNUAL}?view=person",
        "person": link("person"), "found": f"{ANNUAL}?q=量子", "nothing found": f"{ANNUAL}?q=zzzz",
        "mine": f"{ANNUAL}?view=mine{stars}", "nothing chosen": f"{ANNUAL}?view=mine", "about": f"{ANNUAL}?view=about",
        "changes": f"{ANNUAL}/changes", "release": f"{ANNUAL}/changes/2", "moved session": moved, "cancelled session": gone,
        "month": f"/events/{SUMMIT}/month", "without a programme": f"/events/{SUMMIT}/bare",
        "postponed": f"/events/{SUMMIT}/put-off", "cancelled": f"/events/{SUMMIT}/called-off", "draft": draft,
        "awards": "/awards", "award": "/awards/programmes/shown-award", "award without a cycle": "/awards/programmes/outstanding-engineer-award",
        "call": "/awards/cycles/shown-now", "call to come": "/awards/cycles/shown-soon", "call that is off": "/awards/cycles/shown-off",
        "accepted list": "/awards/cycles/shown-now/accepted", "calendars": "/calendars", "feed of a series": f"/calendars/series/{SUMMIT}?lang=zh",
        "feed of an edition": "/calendars/editions/cast-annual-sample", "feed of an organisation": "/calendars/organisations/society-a",
        "agenda": "/calendars/agenda", "sign-in": "/sign-in", "link": link_page, "link that has ended": "/sign-in/none",
        "api": "/api/docs", "problems": "/problems", "problem": "/problems/conflicts-block", "not found": "/nothing",
    }  # fmt: skip


def _own(world: World, session: str) -> dict[str, str]:
    """Keep a feed for the member; return the member's pages."""
    headers = {"Origin": world.url, "Cookie": f"huitang_session={session}"}
    browser = world.client(headers=headers)
    offered = html.document_fromstring(browser.get("/zh/calendars/feeds/new").content)
    topic = str(offered.xpath("//input[@name='topics']/@value")[0])
    form = {"name": "我的会议", "topics": topic, "duties": "1"}
    browser.post("/zh/calendars/feeds", data=form).raise_for_status()
    feeds = html.document_fromstring(browser.get("/zh/calendars/feeds").content)
    (feed,) = feeds.xpath("//div[@class='doing']/a/@href")
    return {
        "my feeds": "/calendars/feeds",
        "new feed": "/calendars/feeds/new",
        "feed of one's own": feed.removeprefix("/zh"),
        "account": "/sign-in",
    }
