"""The sample's awards: the example packs, one cycle that is open with slots given out and nominations, and one that is being prepared."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huitang.client import Client, Refused
from huitang.commands.packs import load_into
from huitang.sample.files import text
from huitang.sample.nominations import Nominations
from huitang.sample.people import SamplePeople

OPEN, DRAFT = "young-elite-scientists-sample", "youth-science-award-sample"
"""The slugs of the two cycles."""
PROGRAMMES = {
    OPEN: "young-elite-scientists-sponsorship-program", DRAFT: "china-youth-science-and-technology-award",
}  # fmt: skip
NAMES = {
    OPEN: (["第十一届青年人才托举工程（示例）", "11th Young Elite Scientists Sponsorship Program (sample)"], 11),
    DRAFT: (["第十九届中国青年科技奖（示例）", "19th China Youth Science and Technology Award (sample)"], 19),
}
STAGES = {
    "call_opens": (-10, "09:00"), "unit_deadline": (18, "17:00"), "submission_deadline": (25, "17:00"),
    "correction_deadline": (45, "17:00"),
}  # fmt: skip
"""In how many days from the first start, and at what time."""
DAYS = {"check": 26, "list_published": 50, "review": 60, "notice": 90, "result": 110}
CANDIDATES: tuple[dict[str, Any], ...] = (
    {
        "name": "孙若溪",
        "sex": "female",
        "birth_date": "1993-04-12",
        "nationality": "CN",
        "unit": "江海大学",
        "unit_kind": "university",
        "region": "32",
        "degree": "doctor",
        "title": "associate_senior",
        "discipline": "engineering",
        "speciality": "储能材料",
        "direction": "固态电池界面",
        "brief": "长期从事固态电池界面研究，提出界面原位成膜方法，显著延长循环寿命；主持国家级项目一项，成果在两家企业应用，获同行广泛关注与引用。",
    },
    {
        "name": "高致远",
        "sex": "male",
        "birth_date": "1990-11-03",
        "nationality": "CN",
        "unit": "先进储能研究院",
        "unit_kind": "institute",
        "region": "11",
        "degree": "doctor",
        "title": "associate_senior",
    },
    {"name": "罗一鸣", "unit": "江海储能科技有限公司", "unit_kind": "enterprise"},
)
"""Whom the nominator of a society has begun to put forward; the second was born too early."""
GIVEN = (("society-a", 5), ("society-b", 5), ("province-a", 3), ("jianghai-university", 2))

Json = dict[str, Any]


@dataclass
class Awards:
    """The awards of the sample, made by the award office of the association."""

    client: Client
    people: SamplePeople
    today: date

    def put(self) -> None:
        """Make whatever is missing."""
        load_into(self.client)
        for slug, programme in PROGRAMMES.items():
            if self._find(slug) is None:
                self._prepare(slug, programme)

    def _find(self, slug: str) -> Json | None:
        try:
            found: Json = self.client.get(f"/api/awards/cycles/{slug}")
        except Refused as error:
            if error.status == 404:
                return None
            raise
        return found

    def _prepare(self, slug: str, programme: str) -> None:
        (zh, en), number = NAMES[slug]
        programme_id = self.client.get(f"/api/awards/programmes/{programme}")["id"]
        body = {"programme_id": programme_id, "slug": slug, "name": text([zh, en]), "number": number}
        self.client.send("POST", "/api/awards/cycles", body)
        path = f"/api/awards/cycles/{slug}"
        for stage in self.client.every(f"{path}/stages"):
            self._send("PATCH", f"{path}/stages/{stage['id']}", self._when(stage["kind"]), stage["version"])
        if slug == OPEN:
            self._send("POST", f"{path}/open", None, self.client.get(path)["version"])
            self._give_out(path)
            self._nominate(slug)

    def _when(self, kind: str) -> Json:
        if kind in STAGES:
            days, clock = STAGES[kind]
            return {"at_local": f"{self.today + timedelta(days=days)}T{clock}:00"}
        return {"on": (self.today + timedelta(days=DAYS[kind])).isoformat(), "status": "tentative"}

    def _give_out(self, path: str) -> None:
        ids = self.people.organisations
        given = [
            {
                "move": "allocate",
                "category": "young",
                "to_unit_id": ids[slug],
                "amount": amount,
                "reason": "按本届分配方案",
            }
            for slug, amount in GIVEN
        ]
        own, branch = {"category": "young", "from_unit_id": ids["society-a"]}, ids["society-a-branch"]
        passed = {**own, "move": "pass_on", "to_unit_id": branch, "amount": 2, "reason": "青年工作委员会推荐"}
        kept = {**own, "move": "reserve", "group": "women", "amount": 1, "reason": "为女性人选预留"}
        self.client.send("POST", f"{path}/quotas/entries", {"moves": [*given, passed, kept]})

    def _nominate(self, slug: str) -> None:
        body = {"cycle": slug, "unit_id": self.people.organisations["society-a"], "category": "young"}
        with Client(self.client.url, self.people.key("nominator")) as nominator:
            for content in CANDIDATES:
                kind = {"candidate_kind": "general", "content": content}
                nominator.send("POST", "/api/awards/nominations", body | kind)
            url, key = self.client.url, self.people.key
            with Client(url, key("award_officer")) as office, Client(url, key("foreign_organizer")) as other:
                Nominations(office, self.client, nominator, other, self.people, self.today).put(slug)

    def _send(self, method: str, path: str, body: Json | None, version: int) -> None:
        self.client.send(method, path, body, headers={"If-Match": f'"v{version}"'})
