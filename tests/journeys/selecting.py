"""The steps of a selection, each as whoever takes it would, over HTTP alone: from a pack to the accepted list."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from icalendar import Calendar

from huitang.client import Client
from huitang.commands.packs import load_into
from tests.installation import Installation

Json = dict[str, Any]
API = "/api/awards"
OFFICE, SECOND = "award_officer", "foreign_organizer"
SOCIETY, BRANCH, CANDIDATE = "nominator", "scheduler", "member"
"""Who works for the award office, for the society and for its branch, and who fills in with a code."""

UNITS = {SOCIETY: "society-a", BRANCH: "society-a-branch"}
FURTHER = ((SECOND, "award_officer", "hq"), (BRANCH, "nominator", "society-a-branch"))
"""What personas may do in these journeys beyond what they may do in every world."""

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
FILES = {
    "pdf": b"%PDF-1.7\n%%EOF",
    "png": PNG + b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82",
}
DAYS = {
    "call_opens": -20, "unit_deadline": 10, "submission_deadline": 20, "check": 21, "correction_deadline": 60,
    "list_published": 62, "review": 70, "notice": 90, "result": 110,
}  # fmt: skip
"""In how many days each stage is; deadlines, and when the call opens, to the minute."""
TIMED = ("call_opens", "unit_deadline", "submission_deadline", "correction_deadline")


@dataclass
class Selecting:
    """A world in which the packs are loaded, cycle by cycle."""

    world: Installation
    folder: Path
    clients: dict[str | None, httpx.Client] = field(default_factory=dict)

    def ask(self, role: str | None, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """Ask as somebody (nobody where no role is named) for whatever comes of it."""
        if role not in self.clients:
            self.clients[role] = self.world.client(role)
        if (version := options.pop("version", None)) is not None:
            options["headers"] = {"If-Match": f'"v{version}"'}
        if body is not None:
            options["json"] = body
        return self.clients[role].request(method, path if path[0] == "/" else f"{API}/{path}", **options)

    def do(self, role: str | None, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Ask for what must succeed; return what was answered."""
        answer = self.ask(role, method, path, body, **options)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    def bytes_of(self, role: str | None, path: str, **query: Any) -> bytes:
        """Read something that is no JSON, or is to be held against a hash."""
        answer = self.ask(role, "GET", path, params=query)
        assert answer.is_success, f"{path}: {answer.text}"
        return answer.content

    def get(self, role: str | None, path: str, **query: Any) -> Any:
        """Read something."""
        return self.do(role, "GET", path, params=query)

    def unit(self, role: str) -> str:
        """Return the id of the unit that somebody nominates for."""
        return self.world.organisation(UNITS[role])

    def allow(self) -> None:
        """Give the personas what they need, as the administrator."""
        for role, granted, organisation in FURTHER:
            body = {"role": granted, "organisation_id": self.world.organisation(organisation)}
            self.do("administrator", "POST", f"/api/directory/accounts/{self.world.people.accounts[role]}/grants", body)
        self.world.settle()

    def load(self, pack: Json) -> Json:
        """Load a pack as the command line does, and name the number that an office alone knows; return its programme."""
        with Client(self.world.url, self.world.people.key(OFFICE)) as client:
            load_into(client, keys=[pack["key"]])
        programme = self.get(OFFICE, f"programmes/{pack['programme']['slug']}")
        if programme["missing"]:
            body = {"basis": programme["basis"] | {"number": "国评组发〔2026〕1号"}}
            programme = self.do(OFFICE, "PATCH", f"programmes/{programme['id']}", body, version=programme["version"])
        assert programme["missing"] == []
        return dict(programme)

    def open(self, pack: Json, slug: str) -> "Cycle":
        """Open a cycle of a pack whose call has begun."""
        programme = self.load(pack)
        name = {language: f"{words} {slug}" for language, words in programme["name"].items()}
        body = {"programme_id": programme["id"], "slug": slug, "name": name, "number": 4}
        made = self.do(OFFICE, "POST", "cycles", body)
        cycle = Cycle(self, pack, made["id"], slug, name)
        for stage in cycle.stages():
            self.do(OFFICE, "PATCH", f"{cycle.at}/stages/{stage['id']}", when(stage["kind"]), version=stage["version"])
        assert self.do(OFFICE, "POST", f"{cycle.at}/open", version=made["version"])["state"] == "open"
        return cycle

    @cached_property
    def checker(self) -> Path:
        """Return the script that everybody may download to check receipts and records, with the public keys beside it."""
        script = self.folder / "huitang_check.py"
        script.write_bytes(self.bytes_of(None, "record/checker"))
        (self.folder / "keys.json").write_text(json.dumps(self.get(None, "record/keys")))
        return script

    def verify(self, document: bytes, *more: str | Path) -> str:
        """Check a receipt or a record offline; return what the script says of it."""
        file = self.folder / "signed"
        file.write_bytes(document)
        command = [sys.executable, "-I", self.checker, file, "--keys", self.folder / "keys.json", *more]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout


def when(kind: str) -> Json:
    """Return when a stage is, as its route takes it."""
    day = (datetime.now().date() + timedelta(days=DAYS[kind])).isoformat()
    return {"at_local": f"{day}T17:00:00"} if kind in TIMED else {"on": day, "status": "tentative"}


@dataclass
class Cycle:
    """An open cycle of a pack; `name` is what it is called."""

    of: Selecting
    pack: Json
    id: str
    slug: str
    name: Json

    @property
    def at(self) -> str:
        """Return where it stands in the API."""
        return f"cycles/{self.slug}"

    def stages(self) -> list[Json]:
        """Return its stages in order."""
        return list(self.of.get(OFFICE, f"{self.at}/stages")["items"])

    def give_slots(self, amount: int) -> None:
        """Let slots of every category flow from the office to the society, and some of them on to its branch."""
        society, branch = self.of.unit(SOCIETY), self.of.unit(BRANCH)
        keys = [quota["category"] for quota in self.pack["programme"]["quotas"]]
        move = {"move": "allocate", "to_unit_id": society, "amount": 2 * amount, "reason": "按本届分配方案"}
        moves = [move | {"category": key} for key in keys]
        self.of.do(OFFICE, "POST", f"{self.at}/quotas/entries", {"moves": moves})
        move = {
            "move": "pass_on",
            "from_unit_id": society,
            "to_unit_id": branch,
            "amount": amount,
            "reason": "分支机构推荐",
        }
        moves = [move | {"category": key} for key in keys]
        self.of.do(SOCIETY, "POST", f"{self.at}/quotas/entries", {"moves": moves})
        for role in (SOCIETY, BRANCH):
            (found,) = self.of.get(role, f"{self.at}/quotas", unit=self.of.unit(role))["items"]
            assert {each["category"]: each["balance"] for each in found["accounts"]} == dict.fromkeys(keys, amount)
        too_many = move | {"category": keys[0], "amount": amount + 1}
        refused = self.of.ask(SOCIETY, "POST", f"{self.at}/quotas/entries", {"moves": [too_many]})
        assert refused.json()["type"] == "/problems/quota-exceeded"

    def begin(self, role: str, category: Json, kind: str, content: Json, *, by_code: bool) -> "Nominated":
        """Begin a nomination of somebody's unit: by the unit, or by its candidate with a code that the unit gives out."""
        body: Json = {"candidate_kind": kind, "content": content}
        own = {"unit_id": self.of.unit(role), "category": category["key"]}
        if by_code:
            (code,) = self.of.do(role, "POST", f"{self.at}/codes", own)["codes"]
            made = self.of.do(CANDIDATE, "POST", "nominations/with-code", body | {"code": code["code"]})
        else:
            made = self.of.do(role, "POST", "nominations", body | own | {"cycle": self.slug})
        return Nominated(self, role, category, made["id"], by_code=by_code)

    def queue(self) -> dict[str, str]:
        """Return where each nomination stands in the check, by its id."""
        listed = self.of.get(OFFICE, f"{self.at}/checks", limit=100)["items"]
        return {each["nomination_id"]: each["standing"] for each in listed}

    def publish(self) -> Json:
        """Publish the accepted list."""
        contact = {"zh": "评奖办公室 010-68571898", "en": "The award office, +86 10 68571898"}
        body = {"days": 5, "counted": "working", "contact": contact}
        return dict(self.of.do(OFFICE, "POST", f"{self.at}/lists", body))

    def feed(self, language: str) -> dict[str, tuple[int, Any]]:
        """Return sequence and begin of every entry of this cycle in the feed of all awards, by UID."""
        self.of.world.settle()
        events = Calendar.from_ical(self.of.bytes_of(None, "/calendars/awards.ics", lang=language)).walk("VEVENT")
        return {
            str(event["UID"]): (int(event.get("SEQUENCE", 0)), beginning(event["DTSTART"].dt))
            for event in events
            if self.name[language] in str(event["SUMMARY"])
        }


def beginning(at: date) -> str:
    """Return when an entry begins, as a stage says it: to the second, or the day alone."""
    return at.strftime("%Y-%m-%dT%H:%M:%S") if isinstance(at, datetime) else at.isoformat()


@dataclass
class Nominated:
    """A nomination of the unit that `role` works for."""

    of: Cycle
    role: str
    category: Json
    id: str
    by_code: bool = False
    secret: str = ""

    @property
    def at(self) -> str:
        """Return where it stands in the API."""
        return f"nominations/{self.id}"

    def do(self, method: str, path: str, body: Any = None, role: str | None = "", **options: Any) -> Any:
        """Do something to it that must succeed, as its unit where nobody else is named."""
        return self.of.of.do(
            self.role if role == "" else role, method, f"{self.at}/{path}".rstrip("/"), body, **options
        )

    def read(self, role: str = "") -> Json:
        """Read it."""
        return dict(self.do("GET", "", role=role))

    def write(self, **content: Any) -> None:
        """Write in it as its unit."""
        self.do("PATCH", "", {"content": content}, version=self.read()["version"])

    def complete(self, kind: str) -> None:
        """Give it all that it needs beside what is written in it; `kind` is the candidate's."""
        self.attach(kind)
        self.give_notice()
        self.get_consent()

    def attach(self, kind: str) -> None:
        """Give it every paper that is asked of this kind of candidate."""
        for item in self.category["attachments"]:
            if not item.get("only_for") or kind in item["only_for"]:
                self._send(item["key"], next(each for each in ("pdf", "png") if each in item["formats"]))

    def _send(self, key: str, ending: str) -> str:
        sent = {"params": {"key": key, "filename": f"{key}.{ending}"}, "content": FILES[ending]}
        return str(self.do("POST", "attachments", **sent)["id"])

    def give_notice(self) -> None:
        """Record the notice that the unit gave, with the scan that shows it, where the programme asks for one."""
        if not self.of.pack["programme"]["unit_notice_days"]:
            return
        listed = self.do("GET", "attachments")["items"]
        scan = next((each["id"] for each in listed if each["key"] == "unit_notice"), "") or self._send(
            "unit_notice", "pdf"
        )
        days = [(datetime.now().date() - timedelta(days=back)).isoformat() for back in (30, 5)]
        notice = {
            "place": "本单位网站",
            "from_on": days[0],
            "to_on": days[1],
            "outcome": "no_objection",
            "scan_id": scan,
        }
        self.do("PUT", "notice", notice, version=0)

    def get_consent(self) -> None:
        """Get the consent of whom it is about: by their link, or from whoever has begun it with a code."""
        if self.category["subject"] not in ("individual", "team", "work"):
            return
        answer = {"answer": "consent", "words": "同意推荐"}
        if self.by_code:
            covers = self.do("GET", "consent", role=CANDIDATE)["covers"]
            self.do("POST", "consent", answer | {"covers": covers}, role=CANDIDATE)
            return
        if not self.secret:
            self.secret = self.do("POST", "roles", {"role": "candidate", "person": "候选人"})["secret"]
        read = self.of.of.get(None, f"consents/{self.secret}")
        said = self.of.of.do(None, "POST", f"consents/{self.secret}/answer", answer | {"covers": read["covers"]})
        assert said["state"] == "consented"

    def seal(self) -> None:
        """Print the page, and bring the scan of the sealed one with the code that stands on it."""
        page = self.of.of.ask(self.role, "GET", f"{self.at}/seal-page")
        code = page.headers["Content-Disposition"].partition("seal-")[2].partition(".")[0]
        sent = {"params": {"check_code": code, "filename": "seal.pdf"}, "content": FILES["pdf"]}
        assert self.do("POST", "sealed-scans", **sent)["holds"] is True

    def submit(self) -> Json:
        """Hand it in, whole; its receipt is held against the document that it is for."""
        ready = self.do("GET", "readiness")
        assert ready["lacks"] == []
        made = self.do("POST", "submission", version=self.read()["version"])
        document = self.of.of.folder / "document"
        document.write_bytes(self.of.of.bytes_of(self.role, f"{self.at}/submissions/{made['turn']}/document"))
        self.of.of.verify(json.dumps(made["receipt"]).encode(), "--content", document)
        return dict(made)

    def check(self, role: str, outcome: str, **said: Any) -> Json:
        """Take it in hand and say what becomes of it, as an officer."""
        self.do("POST", "check/take", {}, role=role)
        version = self.do("GET", "check", role=role)["version"]
        return dict(self.do("POST", "check/opinions", {"outcome": outcome} | said, role=role, version=version))
