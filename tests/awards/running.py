"""The awards service alone, with a programme and a cycle as tests need them."""

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.awards.service import service
from shared.caller import Caller, Grant, Role
from tests.alone import BRANCH, OTHER, ROOT, SOCIETY, Alone, Turning, account, make_runtime

OFFICE = {
    "officer": Caller(account(2), organisation=ROOT, grants=(Grant(Role.AWARD_OFFICER, ROOT),)),
    "foreign_officer": Caller(account(4), organisation=OTHER, grants=(Grant(Role.AWARD_OFFICER, OTHER),)),
    "nominator": Caller(account(5), organisation=SOCIETY, grants=(Grant(Role.NOMINATOR, SOCIETY),)),
    "branch_nominator": Caller(account(7), organisation=BRANCH, grants=(Grant(Role.NOMINATOR, BRANCH),)),
    "foreign_nominator": Caller(account(8), organisation=OTHER, grants=(Grant(Role.NOMINATOR, OTHER),)),
}
"""The award office of the association, that of another society, and those who nominate for units."""

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


class Awards(Alone):
    """The running service; nothing works in its background, `settle` does at once what waits."""

    def programme(self, slug: str = "chuangxin", role: str = "officer", **values: Any) -> Any:
        """Open a programme, with everything known of it but its definition."""
        own = {
            "slug": slug, "owner_id": ROOT, "name": NAME, "standing": "approved", "basis": BASIS, "verb": "recommend",
            "recurrence": "triennial",
        }  # fmt: skip
        return self.do("POST", "programmes", own | values, role)


def make_awards(template: Path, key: Ed25519PrivateKey, folder: Path) -> Awards:
    """Make the service on a copy of `template`."""
    clock = Turning()
    return Awards(make_runtime(service, template, folder, clock), clock, key, dict(OFFICE))
