"""The awards service alone, with a programme and a cycle as tests need them."""

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.awards.programmes.actions import put_parts
from services.awards.service import service
from shared.caller import Caller, Grant, Role
from tests.alone import BRANCH, OTHER, ROOT, SOCIETY, Alone, Turning, account, make_runtime

OFFICE = {
    "officer": Caller(account(2), organisation=ROOT, grants=(Grant(Role.AWARD_OFFICER, ROOT),)),
    "foreign_officer": Caller(account(4), organisation=OTHER, grants=(Grant(Role.AWARD_OFFICER, OTHER),)),
    "nominator": Caller(account(5), organisation=SOCIETY, grants=(Grant(Role.NOMINATOR, SOCIETY),)),
    "branch_nominator": Caller(account(7), organisation=BRANCH, grants=(Grant(Role.NOMINATOR, BRANCH),)),
    "foreign_nominator": Caller(account(8), organisation=OTHER, grants=(Grant(Role.NOMINATOR, OTHER),)),
    "supervisor": Caller(account(9), organisation=ROOT, grants=(Grant(Role.SUPERVISOR, ROOT),)),
    "foreign_supervisor": Caller(account(0), organisation=OTHER, grants=(Grant(Role.SUPERVISOR, OTHER),)),
}
"""The award office of the association, that of another society, those who nominate for units, and who supervises."""

NAME = {"zh": "全国创新争先奖", "en": "National Award for Excellence in Innovation"}
BASIS = {"title": {"zh": "关于设立全国创新争先奖的批复", "en": "Approval of the award"}, "number": "批〔2017〕1号"}
FORM = {
    "schema": {
        "type": "object",
        "properties": {"name": {"type": "string", "maxLength": 40}, "birth": {"type": "string", "format": "date"}},
        "required": ["name"],
    },
    "layout": {
        "sections": [
            {
                "title": {"zh": "基本情况", "en": "About the candidate"},
                "fields": [
                    {"name": "name", "label": {"zh": "姓名", "en": "Name"}},
                    {"name": "birth", "label": {"zh": "出生日期", "en": "Date of birth"}},
                ],
            }
        ]
    },
}
PEOPLE = {
    "key": "people",
    "name": {"zh": "科技工作者", "en": "Individuals"},
    "subject": "individual",
    "candidate_kinds": [{"key": "enterprise", "name": {"zh": "企业人员", "en": "Of enterprises"}}],
    "form": FORM,
    "attachments": [
        {"key": "pledge", "name": {"zh": "诚信承诺书", "en": "Integrity pledge"}, "formats": ["pdf"]},
        {"key": "clearance", "name": {"zh": "企业证明", "en": "Clearance"}, "only_for": ["enterprise"]},
    ],
}
DEFINITION: dict[str, Any] = {
    "routes": ["unit", "code"],
    "unit_notice_days": 5,
    "categories": [PEOPLE],
    "groups": [{"key": "women", "name": {"zh": "女性", "en": "Women"}}],
    "limits": {"total": 300, "grades": [{"key": "medal", "name": {"zh": "奖章", "en": "Medal"}, "most": 30}]},
    "quotas": [{"category": "people", "per_unit": 5}],
    "stages": [
        {"kind": "call_opens"},
        {"kind": "unit_deadline"},
        {"kind": "submission_deadline"},
        {"kind": "notice", "title": {"zh": "拟表彰对象公示", "en": "Notice of who is to be honoured"}},
    ],
}
"""All that a definition needs, but for its rules of eligibility."""

RULES = {"rules": []}
"""Rules of eligibility that ask for nothing."""

TIMES = {
    "call_opens": "2026-12-01T09:00", "unit_deadline": "2027-01-10T17:00", "submission_deadline": "2027-01-31T17:00",
}  # fmt: skip
"""When the stages of a cycle begin; tests begin on 23 November 2026."""


class Awards(Alone):
    """The running service; nothing works in its background, `settle` does at once what waits."""

    def types(self) -> list[str]:
        """Return the types of the facts since this was last asked, but for what calls pages back."""
        return [kind for kind in super().types() if kind != "view.changed"]

    def programme(self, slug: str = "chuangxin", role: str = "officer", **values: Any) -> Any:
        """Open a programme, with everything known of it but its definition."""
        own = {
            "slug": slug, "owner_id": ROOT, "name": NAME, "standing": "approved", "basis": BASIS, "verb": "recommend",
            "recurrence": "triennial",
        }  # fmt: skip
        return self.do("POST", "programmes", own | values, role)

    def defined(self, slug: str = "chuangxin", definition: Any = None, **values: Any) -> Any:
        """Open a programme of which everything is known."""
        made = self.programme(slug, **values)
        path = f"programmes/{slug}/definition"
        self.do("PATCH", path, DEFINITION | (definition or {}), "officer", version=1)
        with self.db.transaction() as tx:
            put_parts(tx, OFFICE["officer"], made["id"], 2, {"eligibility": RULES})
        return self.get(f"programmes/{slug}", None)

    def draft(self, slug: str = "chuangxin-4", programme: Any = None, **values: Any) -> Any:
        """Prepare a cycle whose deadlines stand, of a programme of its own unless one is given."""
        of = programme or self.defined(f"p-{slug}")
        body = {
            "programme_id": of["id"],
            "slug": slug,
            "name": {"zh": "第四届全国创新争先奖", "en": "The Fourth Award"},
            "number": 4,
        }
        cycle = self.do("POST", "cycles", body | values, "officer")
        for stage in self.get(f"cycles/{slug}/stages", "officer")["items"]:
            if at := TIMES.get(stage["kind"]):
                self.do("PATCH", f"cycles/{slug}/stages/{stage['id']}", {"at_local": at}, "officer", version=1)
        return cycle

    def opened(self, slug: str = "chuangxin-4", programme: Any = None, **values: Any) -> Any:
        """Announce a cycle."""
        self.draft(slug, programme, **values)
        return self.step(slug, "open")

    def step(self, slug: str, deed: str, role: str = "officer", **body: Any) -> Any:
        """Do a deed to a cycle as it now stands."""
        version = self.get(f"cycles/{slug}", role)["version"]
        return self.do("POST", f"cycles/{slug}/{deed}", body or None, role, version=version)

    def stage(self, slug: str, kind: str) -> Any:
        """Return the stage of a kind."""
        stages = self.get(f"cycles/{slug}/stages", "officer")["items"]
        return next(stage for stage in stages if stage["kind"] == kind)

    def extend(self, slug: str, until: str, kind: str = "submission_deadline", **values: Any) -> Any:
        """Put a deadline off."""
        body = {"stage_id": self.stage(slug, kind)["id"], "until_local": until, "reason": "系统故障"}
        return self.do("POST", f"cycles/{slug}/extensions", body | values, "officer")

    def move(self, slug: str, move: str, amount: int | None = None, role: str = "officer", **values: Any) -> Any:
        """Move slots."""
        return self.do("POST", f"cycles/{slug}/quotas/entries", {"moves": [moved(move, amount, **values)]}, role)[
            "entries"
        ]

    def balances(self, slug: str, role: str = "officer", query: str = "") -> dict[str, dict[str, int]]:
        """Return what each unit has, by group, of the only category."""
        listed = self.get(f"cycles/{slug}/quotas{query}", role)["items"]
        return {each["unit_id"]: {a["group"]: a["balance"] for a in each["accounts"]} for each in listed}


def moved(move: str, amount: int | None = None, **values: Any) -> dict[str, Any]:
    """Return a move of slots."""
    return {"move": move, "category": "people", "reason": "首批下达", "amount": amount} | values


def make_awards(template: Path, key: Ed25519PrivateKey, folder: Path) -> Awards:
    """Make the service on a copy of `template`."""
    clock = Turning()
    return Awards(make_runtime(service, template, folder, clock), clock, key, dict(OFFICE))
