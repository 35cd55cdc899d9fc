"""The sample's nominations that were handed in: some wait for the check, one was returned, one is past it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from huitang.client import Client
from huitang.sample.people import SamplePeople

Json = dict[str, Any]
API = "/api/awards"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763e8ececa404a0018500b9dcbd3d3a0000000049454e44ae426082"
)
PAPERS = (
    "pledge", "security_review", "unit_notice", "proofs", "photo", "identity_paper", "mentor_letter", "degree_proof",
    "employer_opinion",
)  # fmt: skip
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WORDS = "依托课题组已有平台开展系统研究，建立了可重复的实验方法，形成了完整的数据，并与企业合作完成中试验证。"


@dataclass(frozen=True)
class Candidate:
    """Whom a unit put forward; `born` is what the form says, `number_born` what the identity number does."""

    name: str
    unit: str
    workplace: str
    sex: str
    born: str
    speciality: str
    becomes: str
    number_born: str = ""
    groups: tuple[str, ...] = ()


CANDIDATES = (
    Candidate("顾清源", "society-a", "江海大学", "female", "1994-06-18", "固态电解质", "", groups=("women",)),
    Candidate("买买提·艾力", "society-a", "先进储能研究院", "male", "1993-02-05", "储能系统安全", "", "1993-02-15"),
    Candidate("顾清源", "society-b", "江海大学", "female", "1994-06-18", "固态电解质", ""),
    Candidate("陆嘉言", "society-b", "江海储能科技有限公司", "male", "1992-09-30", "钠离子电池", "first"),
    Candidate("白若宁", "society-b", "江海大学", "female", "1995-12-01", "电化学储能", "returned"),
    Candidate("唐一舟", "society-b", "先进储能研究院", "male", "1992-03-27", "液流电池", "passed"),
)


def identity_number(born: str, sex: str) -> str:
    """Return a number that has the form of a resident's; its place is one that no number is given for."""
    plain = f"990001{born.replace('-', '')}00{1 if sex == 'male' else 2}"
    total = sum(int(digit) * weight for digit, weight in zip(plain, WEIGHTS, strict=True))
    return plain + "10X98765432"[total % 11]


def content_of(candidate: Candidate) -> Json:
    """Return what the form says of a candidate."""
    brief = f"长期从事{candidate.speciality}研究。{WORDS}"
    mentor = {"name": "江明远", "unit": candidate.workplace, "title": "研究员", "field": candidate.speciality}
    studied = {"from": "2013-09-01", "school": "江海大学", "major": "材料科学与工程", "earned": "doctor"}
    worked = {"from": "2020-07-01", "where": candidate.workplace, "as": "副研究员"}
    done = {
        "what": f"{candidate.speciality}关键技术", "kind": "project", "date": "2024-11-20", "part": "项目负责人",
        "summary": WORDS,
    }  # fmt: skip
    return {
        "name": candidate.name, "sex": candidate.sex, "birth_date": candidate.born, "nationality": "CN",
        "identity_kind": "resident",
        "identity_number": identity_number(candidate.number_born or candidate.born, candidate.sex),
        "unit": candidate.workplace, "unit_kind": "university" if "大学" in candidate.workplace else "institute",
        "region": "32", "title": "associate_senior", "degree": "doctor", "discipline": "engineering",
        "speciality": candidate.speciality, "phone": "010-55550000", "email": "candidate@sample.huitang.example",
        "education": [studied], "positions": [worked], "direction": candidate.speciality, "achievements": [done],
        "brief": brief, "work_so_far": brief + WORDS, "plan": brief + WORDS, "mentors": [mentor],
        "no_misconduct": True, "no_other_plan": True,
    }  # fmt: skip


@dataclass
class Nominations:
    """What units hand in to the open cycle, and what two officers say of it."""

    office: Client
    second: Client
    unit: Client
    other_unit: Client
    people: SamplePeople
    today: date

    def put(self, slug: str) -> None:
        """Hand everything in, and check some of it."""
        account = self.people.accounts["foreign_organizer"]
        held = {"role": "nominator", "organisation_id": self.people.organisations["society-b"]}
        self.second.send("POST", f"/api/directory/accounts/{account}/grants", held)
        for candidate in CANDIDATES:
            by = self.unit if candidate.unit == "society-a" else self.other_unit
            path = self._hand_in(by, slug, candidate)
            if candidate.becomes in ("first", "passed"):
                self._say(self.office, path, {"outcome": "pass", "words": "会员年限已核对。"})
            if candidate.becomes == "passed":
                self._say(self.second, path, {"outcome": "pass", "words": "同意。"})
            if candidate.becomes == "returned":
                words = "导师承诺书缺少签字页，请重新扫描上传。"
                self._say(self.office, path, {"outcome": "return", "reasons": ["paper_wrong"], "words": words})

    def _hand_in(self, by: Client, slug: str, candidate: Candidate) -> str:
        body = {
            "cycle": slug, "unit_id": self.people.organisations[candidate.unit], "category": "young",
            "candidate_kind": "general", "groups": candidate.groups, "content": content_of(candidate),
        }  # fmt: skip
        path = f"{API}/nominations/{by.send('POST', f'{API}/nominations', body)['id']}"
        scan = ""
        for key in PAPERS:
            name, content = (f"{key}.png", PNG) if key == "photo" else (f"{key}.pdf", PDF)
            made = by.call("POST", f"{path}/attachments", params={"key": key, "filename": name}, content=content).json()
            scan = made["id"] if key == "unit_notice" else scan
        notice = {
            "place": "单位网站及公告栏", "from_on": str(self.today - timedelta(days=20)),
            "to_on": str(self.today - timedelta(days=1)), "outcome": "no_objection", "scan_id": scan,
        }  # fmt: skip
        by.send("PUT", f"{path}/notice", notice, headers={"If-Match": '"v0"'})
        secret = by.send("POST", f"{path}/roles", {"role": "candidate", "person": candidate.name})["secret"]
        covers = by.get(f"{API}/consents/{secret}")["covers"]
        said = {"answer": "consent", "covers": covers, "words": "同意，所填内容属实。"}
        by.send("POST", f"{API}/consents/{secret}/answer", said)
        version = by.get(path)["version"]
        by.send("POST", f"{path}/submission", headers={"If-Match": f'"v{version}"'})
        return path

    def _say(self, officer: Client, path: str, body: Json) -> None:
        version = officer.get(f"{path}/check")["version"]
        officer.send("POST", f"{path}/check/opinions", body, headers={"If-Match": f'"v{version}"'})
