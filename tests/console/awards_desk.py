"""An award office at the console: a programme with form and rules of an example pack, and cycles of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from huitang.commands.packs import DEFINITION, packs
from tests.awards.nominating import CONTENT, NO_PAPERS_NEEDED
from tests.console.desk import text
from tests.world import World

API = "/api/awards"
PACK = "TP01"
CATEGORY = "young"
AHEAD = {"call_opens": -2, "unit_deadline": 20, "submission_deadline": 30, "correction_deadline": 40}
"""In how many days, at 17:00, what begins or ends."""


@dataclass
class Office:
    """A programme and cycles of a world; `ids` are those of cycles, by how they were named here."""

    world: World
    name: str
    ids: dict[str, str] = field(default_factory=dict)

    def send(
        self, method: str, path: str, body: Any = None, version: int | None = None, role: str = "administrator"
    ) -> Any:
        """Do something behind the console's back."""
        headers = {} if version is None else {"If-Match": f'"v{version}"'}
        answer = self.world.client(role).request(method, f"{API}{path}", json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def version(self, path: str) -> int:
        """Return the version of something."""
        return int(self.send("GET", path)["version"])

    @property
    def programme(self) -> str:
        """The slug of its programme."""
        return f"programme-{self.name}"

    @property
    def console(self) -> str:
        """The address of the screens of awards."""
        return f"{self.world.url}/console/awards"

    def cycle(self, name: str, *, opened: bool = False) -> str:
        """Make a cycle with its deadlines ahead, open if so asked; return its slug."""
        slug = f"{name}-{self.name}"
        body = {"programme_id": self.ids["programme"], "slug": slug, "name": text(f"{name} cycle"), "number": 3}
        self.ids[name] = self.send("POST", "/cycles", body)["id"]
        today = datetime.now()
        for stage in self.send("GET", f"/cycles/{slug}/stages?limit=100")["items"]:
            if stage["kind"] in AHEAD:
                at = (today + timedelta(days=AHEAD[stage["kind"]])).strftime("%Y-%m-%dT17:00")
                self.send("PATCH", f"/cycles/{slug}/stages/{stage['id']}", {"at_local": at}, stage["version"])
        if opened:
            self.send("POST", f"/cycles/{slug}/open", version=self.version(f"/cycles/{slug}"))
        return slug

    def stage(self, slug: str, kind: str) -> dict[str, Any]:
        """Return a stage of a cycle."""
        stages = self.send("GET", f"/cycles/{slug}/stages?limit=100")["items"]
        return next(dict(stage) for stage in stages if stage["kind"] == kind)

    def allocate(self, slug: str, unit: str, amount: int) -> None:
        """Give a unit slots."""
        category = self.send("GET", f"/cycles/{slug}/definition")["categories"][0]["key"]
        move = {"move": "allocate", "category": category, "amount": amount, "reason": "By the plan"}
        moves = [move | {"to_unit_id": self.world.organisation(unit)}]
        self.send("POST", f"/cycles/{slug}/quotas/entries", {"moves": moves})

    def nomination(self, slug: str, **content: Any) -> str:
        """Begin a nomination of a society, and return its id."""
        category = self.send("GET", f"/cycles/{slug}/definition")["categories"][0]["key"]
        body = {"cycle": slug, "unit_id": self.world.organisation("society-a"), "category": category}
        return str(self.send("POST", "/nominations", body | {"content": content}, role="nominator")["id"])

    def consent(self, nomination: str) -> None:
        """Let the candidate consent to a nomination as it stands."""
        asked = {"role": "candidate", "person": "Li Hua"}
        secret = self.send("POST", f"/nominations/{nomination}/roles", asked, role="nominator")["secret"]
        covers = self.send("GET", f"/consents/{secret}", role="nominator")["covers"]
        said = {"answer": "consent", "covers": covers, "words": "Yes"}
        self.send("POST", f"/consents/{secret}/answer", said, role="nominator")

    def hand_in(self, slug: str, **content: Any) -> str:
        """Hand in a nomination of a society that is filled in and consented to, and return its id."""
        nomination = self.nomination(slug, **(FILLED | content))
        self.consent(nomination)
        self.submit(nomination)
        return nomination

    def submit(self, nomination: str) -> None:
        """Hand a nomination in as it stands."""
        path = f"/nominations/{nomination}"
        version = self.send("GET", path, role="nominator")["version"]
        self.send("POST", f"{path}/submission", version=version, role="nominator")

    def say(self, nomination: str, outcome: str, role: str = "award_officer", **values: Any) -> None:
        """Give an opinion on a nomination."""
        path = f"/nominations/{nomination}/check"
        version = self.send("GET", path, role=role)["version"]
        self.send("POST", f"{path}/opinions", {"outcome": outcome} | values, version, role)


SMALL = NO_PAPERS_NEEDED | {"unit_notice_days": 0, "limits": {"total": 30}}
"""A definition under which a nomination needs little: its form is filled in by `CONTENT`."""
FILLED = CONTENT


def pack() -> dict[str, Any]:
    """Return the example pack that the programme is made from."""
    return next(each for each in packs() if each["key"] == PACK)


def make_office(world: World, name: str, *, small: bool = False) -> Office:
    """Make a programme that lacks nothing; a `small` one asks for little."""
    office, found = Office(world, name), pack()
    owner = world.organisation("hq")
    facts = {key: value for key, value in found["programme"].items() if key not in (*DEFINITION, "slug", "name")}
    body = facts | {"slug": office.programme, "name": text(f"Young talent {name}"), "owner_id": owner}
    office.ids["programme"] = office.send("POST", "/programmes", body)["id"]
    parts = SMALL if small else {key: value for key, value in found["programme"].items() if key in DEFINITION}
    path = f"/programmes/{office.programme}"
    office.send("PATCH", f"{path}/definition", parts, 1)
    office.send("PUT", f"{path}/eligibility", {"rules": []} if small else found["eligibility"], 2)
    return office
